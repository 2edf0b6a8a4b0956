"""Where to cut a translated sentence, so that its pieces go into the cues of the source."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """What one cue holds of the source sentence, and when it is shown."""

    text: str
    start_ms: int
    end_ms: int


def recue(target: str, pieces: Sequence[Piece], language: str, *, kept_cuts: Sequence[int] = ()) -> tuple[int, ...]:
    """One offset in `target` for each border between two pieces: where the next piece of the translation begins."""
    raise NotImplementedError
