"""Whether a translated sentence can be read in the cues it goes into: the budget that a translator sees while typing.

Everything is said as text, as a `Sentence` for each cue and one for the whole, so that nobody needs to see colors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from polylect.captions import retime
from polylect.captions.norms import Norms, norms, shown
from polylect.sentences import Number, Sentence, declare

FITS = declare("caption-fits", "It fits.", note="told to a translator about the text of a caption while they type")
NOT_WRITTEN = declare("caption-not-written", "Nothing is written yet.")
EMPTY = declare("caption-empty", "Nothing is shown in this caption.")
TOO_LONG = declare(
    "caption-too-long",
    "{count} characters too long for {seconds} s.",
    note="two characters or more than can be read in that time",
)
TOO_LONG_BY_ONE = declare("caption-too-long-by-one", "1 character too long for {seconds} s.")
TOO_WIDE = declare(
    "caption-too-wide",
    "{count} characters too long for {lines} lines of {width}.",
    note="two characters or more than fit",
)
TOO_WIDE_BY_ONE = declare("caption-too-wide-by-one", "1 character too long for {lines} lines of {width}.")
UNEVEN = declare(
    "caption-uneven",
    "It fits as a whole, but not caption {caption}: {reason} Move the break.",
    note="{reason} is a sentence such as “12 characters too long for 3.2 s.”",
)
PART_EMPTY = declare(
    "caption-part-empty",
    "It fits, but nothing is shown in caption {caption}. Move the break, if you can.",
)


@dataclass(frozen=True)
class CueFit:
    """One cue's part of a translation, and whether it can be read there."""

    text: str
    """On one line."""
    lines: tuple[str, ...]
    """The same as it would be shown."""
    characters: int
    """As they are seen: without marks that combine."""
    seconds: float
    speed: float
    """Characters a second; 0 where the cue takes no time."""
    surplus: int
    """How many characters too many there are, for the time or for the lines, whichever is worse; 0: it fits."""
    sentence: Sentence


@dataclass(frozen=True)
class Fit:
    """A translated sentence in its cues."""

    cues: tuple[CueFit, ...]
    characters: int
    seconds: float
    surplus: int
    """How many characters too many the whole has for the time of all cues together."""
    sentence: Sentence

    @property
    def is_fitting(self) -> bool:
        return not self.surplus and not any(cue.surplus for cue in self.cues)


def fit(
    text: str,
    cuts: Sequence[int],
    times: Sequence[tuple[int, int]],
    language: str,
    *,
    limits: Norms | None = None,
) -> Fit:
    """The budget of a translation, cut at `cuts` (as `recue.recue` gives them), in cues shown at `times`.

    `text` is on one line (`scripts.one_line`); `times` has the start and end of each cue, in milliseconds, one more
    than there are cuts (else ValueError). `limits`: `norms(language, style)`; those for lectures unless given.
    """
    if len(times) != len(cuts) + 1:
        raise ValueError(f"{len(cuts)} cuts part a text into {len(cuts) + 1} cues, and there are {len(times)} times")
    limits = limits or norms(language)
    pieces = [text[low:high].strip(" ") for low, high in pairwise((0, *cuts, len(text)))]
    lengths = [max(0, end_ms - start_ms) for start_ms, end_ms in times]
    is_written = bool(text.strip())
    cues = tuple(_cue(piece, length_ms, language, limits) for piece, length_ms in zip(pieces, lengths, strict=True))
    characters, length_ms = shown(text.strip(" ")), sum(lengths)
    surplus = max(0, characters - _readable(length_ms, limits))
    if not is_written:
        sentence = NOT_WRITTEN.of()
    elif surplus:
        sentence = _too_long(surplus, length_ms)
    else:
        sentence = _as_a_whole(cues)
    return Fit(cues, characters, length_ms / 1000, surplus, sentence)


def _cue(text: str, length_ms: int, language: str, limits: Norms) -> CueFit:
    characters = shown(text)
    held = tuple(retime.lines(text, language, limits).split("\n"))
    too_fast = characters - _readable(length_ms, limits)
    too_wide = sum(max(0, shown(line) - limits.line) for line in held)
    if not text:
        sentence = EMPTY.of()
    elif too_fast > 0 and too_fast >= too_wide:
        sentence = _too_long(too_fast, length_ms)
    elif too_wide > 0:
        sizes = {"lines": Number(limits.lines), "width": Number(limits.line)}
        one = too_wide == 1
        sentence = TOO_WIDE_BY_ONE.of(**sizes) if one else TOO_WIDE.of(count=Number(too_wide), **sizes)
    else:
        sentence = FITS.of()
    speed = characters * 1000 / length_ms if length_ms else 0.0
    return CueFit(text, held, characters, length_ms / 1000, speed, max(0, too_fast, too_wide), sentence)


def _as_a_whole(cues: Sequence[CueFit]) -> Sentence:
    """What is to be said of a sentence that has time enough in all: where its worst cue is, if one does not fit."""
    worst = max(range(len(cues)), key=lambda number: cues[number].surplus)
    if cues[worst].surplus:
        reason = cues[worst].sentence
        return UNEVEN.of(caption=Number(worst + 1), reason=reason) if len(cues) > 1 else reason
    empty = next((number for number, cue in enumerate(cues, 1) if not cue.text), None)
    return PART_EMPTY.of(caption=Number(empty)) if empty else FITS.of()


def _too_long(surplus: int, length_ms: int) -> Sentence:
    seconds = Number(length_ms / 1000, 1)
    return TOO_LONG_BY_ONE.of(seconds=seconds) if surplus == 1 else TOO_LONG.of(count=Number(surplus), seconds=seconds)


def _readable(length_ms: int, limits: Norms) -> int:
    """How many characters can be read in a time."""
    return int(limits.speed * length_ms / 1000 + 1e-6)
