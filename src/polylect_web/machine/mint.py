"""MinT, the Wikimedia Foundation's machine translation, over HTTP: `GET /api/languages`, which names for each source
language its target languages with their models, and `POST /api/translate` with `source_language`, `target_language`,
`format` and `content`. (as of 2024; the address with both languages in its path is its former one)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polylect import languages
from polylect_web.foundation.network import READ_SECONDS
from polylect_web.machine.asking import ask_service, unreadable
from polylect_web.machine.paragraphs import translated
from polylect_web.machine.provider import Codes, Pairs, portions

_THEIRS = {"no": "nb", "bh": "bho"}
"""Codes that mean a language which has a tag of its own."""


@dataclass(frozen=True)
class MinT:
    """The service at an address."""

    address: str
    name: str = "MinT"
    is_here: bool = False

    def pairs(self) -> Pairs:
        listed = ask_service(self.name, f"{self.address}/api/languages", None, READ_SECONDS)
        if not isinstance(listed, Mapping):
            raise unreadable(self.name)
        pairs: dict[tuple[str, str], Codes] = {}
        for source, targets in listed.items():
            for target in targets if isinstance(targets, Mapping) else ():
                source_tag, target_tag = (languages.canonical(_THEIRS.get(code, code)) for code in (source, target))
                if source_tag and target_tag:
                    pairs[source_tag, target_tag] = Codes(source, target)
        return pairs

    def translate(self, texts: Sequence[str], codes: Codes, *, seconds: float = READ_SECONDS) -> list[str]:
        return [
            text
            for portion in portions(texts)
            for text in translated(portion, lambda html: self._translated(html, codes, seconds))
        ]

    def _translated(self, html: str, codes: Codes, seconds: float) -> str:
        said = {
            "source_language": codes.source,
            "target_language": codes.target,
            "format": "html",
            "content": html,
        }
        answer = ask_service(self.name, f"{self.address}/api/translate", said, seconds)
        found = answer.get("translation") if isinstance(answer, Mapping) else None
        if not isinstance(found, str):
            raise unreadable(self.name)
        return found
