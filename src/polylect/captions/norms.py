"""What guidelines ask of captions: how fast one may have to read, how long lines and cues may be. As data, by style.

`netflix` has the published limits of its timed text guides by language, `ted` and `bbc` those of their guidelines;
`lecture` is TED's for most languages, and milder than films need for Chinese, Japanese and Korean.
"""

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from polylect.captions import shipped

LECTURE = "lecture"


@dataclass(frozen=True)
class Norms:
    """The limits of a style in a language."""

    speed: float
    """Characters a second."""
    line: int
    """Characters of a line."""
    lines: int
    shortest_ms: int
    longest_ms: int
    gap_ms: int
    """What should be free between two cues, unless they follow each other at once."""

    @property
    def characters(self) -> int:
        """Of a full cue."""
        return self.line * self.lines


@lru_cache(maxsize=64)
def norms(language: str, style: str = LECTURE) -> Norms:
    """The norms of a style (`styles` lists them) in a language. KeyError for a style that there is not."""
    base = language.lower().partition("-")[0]
    by_language = _styles()[style]
    return Norms(**{**by_language[""], **by_language.get(base, {})})


def styles() -> tuple[str, ...]:
    return tuple(_styles())


def shown(text: str) -> int:
    """How long a text is to the eye: characters, without marks that combine and signs that are not seen."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


@lru_cache(maxsize=1)
def _styles() -> dict[str, dict[str, dict[str, int]]]:
    loaded: dict[str, dict[str, dict[str, int]]] = json.loads(shipped.text("norms.json"))
    return loaded
