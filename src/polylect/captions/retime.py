"""Cues of their own for translated sentences: as many as they need, within the norms, at good places.

A dynamic programme takes the cues of a sentence and the places between them together; the time in which the source says
it is shared out by length. A sentence that is too long for its time takes what is free around it, first after, then
before. Nothing overlaps. A norm is broken only where the text is too long for that, or cannot be parted.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from polylect.captions import evidence, plain, recue, scripts
from polylect.captions.norms import Norms, norms, shown
from polylect.captions.track import Cue

LATE_MS = 1500
"""How long a cue may stay after its sentence was said."""

EARLY_MS = 500
"""How long before it is said a cue may come."""

_CUE_COST = 0.6
_OVERFULL_COST = 0.3
_LINE_COST = 50.0
_SHORT_MS, _LONG_MS = 1200, 6000
_FULLNESS_COST = 0.012
_SLACK = 1.3
_EASE = 0.4
_EASE_MAX = 4.0


@dataclass(frozen=True)
class Timed:
    """A translated sentence, on one line, and when the source says it."""

    text: str
    start_ms: int
    end_ms: int


def retime(sentences: Sequence[Timed], language: str, *, limits: Norms | None = None) -> tuple[Cue, ...]:
    """The cues of a track, in order, with line breaks. `sentences` are in order; those without text give no cue.

    `limits`: `norms(language, style)`; those for lectures unless given. Joined, the texts are those of the sentences.
    """
    limits = limits or norms(language)
    held = [(sentence, text) for sentence in sentences if (text := scripts.one_line(sentence.text))]
    cues: list[Cue] = []
    free_ms = 0
    for number, (sentence, text) in enumerate(held):
        following = held[number + 1][0].start_ms if number + 1 < len(held) else sentence.end_ms + 2 * LATE_MS
        start_ms, end_ms = _window(sentence, text, free_ms, following, limits)
        parts = _parts(text, language, end_ms - start_ms, limits)
        end_ms = max(end_ms, start_ms + len(parts))
        cues += _shared_out(parts, start_ms, end_ms, language, limits)
        free_ms = cues[-1].end_ms
    return tuple(cues)


def lines(text: str, language: str, limits: Norms) -> str:
    """The text in one line, or in two that are as good as can be."""
    if shown(text) <= limits.line or limits.lines < 2:
        return text
    reader = evidence.Reader(text, [text], language)
    best, cost = text, float("inf")
    for place in scripts.cuts_allowed(text):
        first, second = text[:place].rstrip(" "), text[place:]
        if scripts.join([first, second]) != text:
            continue
        lengths = shown(first), shown(second)
        over = sum(max(0, length - limits.line) for length in lengths)
        own = _LINE_COST * over + 0.2 * abs(lengths[0] - lengths[1]) - 2 * _ease(reader, place)
        if own < cost:
            best, cost = f"{first}\n{second}", own
    return best


def _window(sentence: Timed, text: str, free_ms: int, following_ms: int, limits: Norms) -> tuple[int, int]:
    """From when to when a sentence is shown: as the source says it, and longer where reading takes longer."""
    start_ms = max(sentence.start_ms, free_ms)
    end_ms = max(sentence.end_ms, start_ms + 1)
    needed_ms = max(limits.shortest_ms, -int(-1000 * shown(text) // limits.speed))
    if end_ms - start_ms < needed_ms:
        room_ms = max(end_ms, min(following_ms - limits.gap_ms, end_ms + LATE_MS))
        end_ms = min(room_ms, start_ms + needed_ms)
    if end_ms - start_ms < needed_ms:
        start_ms = min(start_ms, max(end_ms - needed_ms, free_ms + limits.gap_ms, sentence.start_ms - EARLY_MS, 0))
    return start_ms, end_ms


def _parts(text: str, language: str, length_ms: int, limits: Norms) -> list[str]:
    """The texts of a sentence's cues, with the space at their end."""
    full = limits.characters
    if shown(text) <= limits.line and length_ms <= limits.longest_ms:
        return [text]
    reader = evidence.Reader(text, [text], language)
    places = [0, *scripts.cuts_offered(text, language, 1 + len(text) // full), len(text)]
    ease = [_ease(reader, place) if 0 < place < len(text) else 0.0 for place in places]
    before = [0, *accumulate(shown(text[low:high]) for low, high in pairwise(places))]
    whole = max(1, before[-1])
    costs = [0.0] + [float("inf")] * (len(places) - 1)
    origins = [0] * len(places)
    for end in range(1, len(places)):
        for start in range(end - 1, -1, -1):
            size = before[end] - before[start]
            if size > _SLACK * full and start < end - 1:
                break
            over = _overfull(before, start, end, limits)
            cost = costs[start] + _cue_cost(size, over, size / whole * length_ms, limits) - _EASE * ease[end]
            if cost < costs[end]:
                costs[end], origins[end] = cost, start
    cuts = [len(places) - 1]
    while cuts[-1]:
        cuts.append(origins[cuts[-1]])
    return [text[places[start] : places[end]] for end, start in reversed(list(pairwise(cuts)))]


def _overfull(before: Sequence[int], start: int, end: int, limits: Norms) -> int:
    """By how many characters a cue's last line is too long if the lines before it are as full as they may be."""
    for _ in range(limits.lines - 1):
        if before[end] - before[start] > limits.line:
            start = max(start + 1, bisect_right(before, before[start] + limits.line, start, end + 1) - 1)
    return max(0, before[end] - before[start] - limits.line)


def _cue_cost(size: int, over: int, length_ms: float, limits: Norms) -> float:
    short = max(0.0, _SHORT_MS - length_ms) / 1000
    long = max(0.0, length_ms - _LONG_MS) / 1000
    fullness = _FULLNESS_COST * abs(size - 1.1 * limits.line) * 42 / limits.line
    return _CUE_COST + _OVERFULL_COST * over + _OVERFULL_COST * 10 * (over > 0) + 2 * short + 2 * long + fullness


def _shared_out(parts: Sequence[str], start_ms: int, end_ms: int, language: str, limits: Norms) -> Iterator[Cue]:
    """The cues of a sentence, one after the other, their time by their length. None stays longer than it may."""
    sizes = [max(1, shown(part)) for part in parts]
    borders = [start_ms + (end_ms - start_ms) * before // sum(sizes) for before in (0, *accumulate(sizes))]
    for number in range(1, len(borders) - 1):
        borders[number] = max(borders[number], borders[number - 1] + 1)
    for part, (start, end) in zip(parts, pairwise(borders), strict=True):
        text = plain.escaped(lines(part.rstrip(" "), language, limits))
        yield Cue(start, max(start + 1, min(end, start + limits.longest_ms)), text)


def _ease(reader: evidence.Reader, place: int) -> float:
    return max(-_EASE_MAX, min(recue.ease(reader, place), _EASE_MAX))
