"""Cues of their own for translated sentences: as many as they need, within the norms, at good places.

A dynamic programme takes the cues of a sentence and the places between them together; the time in which the source says
it is shared out by length. A sentence that is too long for its time takes what is free around it, first after, then
before, then what its neighbors can spare. Nothing overlaps. A norm is broken only where the text is too long for that,
or cannot be parted.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from polylect.captions import evidence, plain, recue, scripts
from polylect.captions.norms import Norms, norms, shown
from polylect.captions.track import Cue, Group, Track

LATE_MS = 1500
"""How long a cue may stay after its sentence was said."""

EARLY_MS = 500
"""How long before it is said a cue may come, and how long before a sentence has been said it may go."""

DELAY_MS = 500
"""How long after its sentence begins a cue may come, where the sentence before it is still to be read."""

_CUE_COST = 0.6
_OVERFULL_COST = 0.3
_LINE_COST = 50.0
_SHORT_MS, _LONG_MS = 1200, 6000
_FULLNESS_COST = 0.012
_SLACK = 1.3
_HOPELESS = 4
_SLOWEST = 4
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
    for (_, text), (start_ms, end_ms) in zip(held, _windows(held, limits), strict=True):
        start_ms = max(start_ms, cues[-1].end_ms if cues else 0)
        parts = _parts(text, language, end_ms - start_ms, limits)
        cues += _shared_out(parts, start_ms, max(end_ms, start_ms + len(parts)), language, limits)
    return tuple(_without_blinks(cues, limits))


def timed(track: Track, groups: Sequence[Group], texts: Sequence[str]) -> tuple[Timed, ...]:
    """When the track says each sentence, with its translation. A sentence that begins inside a cue begins there by its
    share of the cue's characters, and so does one that ends there."""
    found = []
    for group, text in zip(groups, texts, strict=True):
        first, last = group.spans[0], group.spans[-1]
        start_ms = _moment(track.cues[first.cue], first.start)
        found.append(Timed(text, start_ms, max(start_ms, _moment(track.cues[last.cue], last.end))))
    return tuple(found)


def lines(text: str, language: str, limits: Norms) -> str:
    """The text in one line, or in two that are as good as can be. One that is far too long for two stays in one."""
    if limits.lines < 2 or not limits.line < shown(text) <= _HOPELESS * limits.characters:
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


def wrapped(track: Track, language: str, limits: Norms) -> Track:
    """The track with a line break in each text that is too long for one line and has neither a break nor markup."""
    cues = [
        replace(cue, text=plain.escaped(lines(text, language, limits)))
        if (text := plain.readable(cue.text)) and shown(text) > limits.line and not {"\n", "<"} & set(cue.text)
        else cue
        for cue in track.cues
    ]
    return replace(track, cues=tuple(cues))


def _moment(cue: Cue, place: int) -> int:
    """When a cue's readable text has been said up to a place."""
    length = len(plain.readable(cue.text))
    return cue.start_ms + (cue.end_ms - cue.start_ms) * place // max(1, length)


@dataclass
class _Window:
    """From when to when a sentence is shown, and what it may take around that."""

    said: Timed
    start_ms: int
    end_ms: int
    reading_ms: int
    shortest_ms: int

    @property
    def needed_ms(self) -> int:
        return max(self.reading_ms, self.shortest_ms)

    @property
    def is_read(self) -> bool:
        """Whether there is time to read it, be it ever so short."""
        return self.end_ms - self.start_ms >= self.reading_ms

    @property
    def missing_ms(self) -> int:
        return self.needed_ms - (self.end_ms - self.start_ms)

    def end_later(self, latest_ms: int) -> None:
        """Takes what is missing up to a moment, as far as its sentence has not been said for long."""
        latest_ms = min(latest_ms, max(self.said.end_ms, self.said.start_ms) + LATE_MS)
        self.end_ms = max(self.end_ms, min(latest_ms, self.end_ms + self.missing_ms))

    def start_sooner(self, earliest_ms: int) -> None:
        earliest_ms = max(earliest_ms, self.said.start_ms - EARLY_MS, 0)
        self.start_ms = min(self.start_ms, max(earliest_ms, self.start_ms - self.missing_ms))


def _windows(held: Sequence[tuple[Timed, str]], limits: Norms) -> Iterator[tuple[int, int]]:
    """From when to when each sentence is shown: as the source says it, and longer where reading takes longer."""
    windows: list[_Window] = []
    free_ms = 0
    for number, (said, text) in enumerate(held):
        start_ms = max(said.start_ms, free_ms)
        window = _Window(said, start_ms, start_ms, _reading_ms(text, limits), limits.shortest_ms)
        free_ms = max(said.end_ms, start_ms + 1)
        if number + 1 < len(held):  # where sentences overlap, the next begins when this one has been read
            free_ms = min(free_ms, max(held[number + 1][0].start_ms, start_ms + window.needed_ms))
        window.end_ms = free_ms
        windows.append(window)
    for number, window in enumerate(windows):
        before = windows[number - 1] if number else None
        after = windows[number + 1] if number + 1 < len(windows) else None
        for gap_ms in (limits.gap_ms, 0):
            window.end_later(after.start_ms - gap_ms if after else window.end_ms + LATE_MS)
            window.start_sooner(before.end_ms + gap_ms if before else 0)
        if after:
            _take_from_next(window, after, windows[number + 2].start_ms if number + 2 < len(windows) else None)
        if before:
            _take_from_last(window, before)
    for pairs in (pairwise(windows), pairwise(reversed(windows))):
        for pair in pairs:
            _even_out(*sorted(pair, key=lambda window: window.start_ms))
    return ((window.start_ms, window.end_ms) for window in windows)


def _reading_ms(text: str, limits: Norms) -> int:
    """How long it takes to read a text, and a millisecond for each cue that it may become."""
    size = shown(text)
    return -int(-1000 * size // limits.speed) + max(0, size - 1) // limits.line


def _take_from_next(window: _Window, after: _Window, limit_ms: int | None) -> None:
    """Has the next sentence begin a little later, where it can still be read by `limit_ms`."""
    latest_end_ms = after.said.end_ms + LATE_MS
    latest_end_ms = max(after.end_ms, latest_end_ms if limit_ms is None else min(limit_ms, latest_end_ms))
    latest_start_ms = min(latest_end_ms - after.needed_ms, after.said.start_ms + DELAY_MS)
    if window.missing_ms > 0 and latest_start_ms > after.start_ms:
        window.end_later(latest_start_ms)
        after.start_ms = max(after.start_ms, window.end_ms)
        after.end_later(latest_end_ms)


def _take_from_last(window: _Window, before: _Window) -> None:
    """Has the sentence before go a little sooner, where it can still be read."""
    earliest_ms = max(before.start_ms + before.needed_ms, before.said.end_ms - EARLY_MS)
    if window.missing_ms > 0 and earliest_ms < before.end_ms:
        window.start_sooner(earliest_ms)
        before.end_ms = min(before.end_ms, window.start_ms)


def _even_out(window: _Window, after: _Window) -> None:
    """Moves the border between two sentences that both have too little time, so that both have as little of it.

    One that can at least be read stays so.
    """
    if window.end_ms != after.start_ms or window.missing_ms <= 0 or after.missing_ms <= 0:
        return
    whole_ms = after.end_ms - window.start_ms
    border_ms = window.start_ms + whole_ms * window.needed_ms // (window.needed_ms + after.needed_ms)
    if window.is_read:
        border_ms = max(border_ms, window.start_ms + window.reading_ms)
    if after.is_read:
        border_ms = min(border_ms, after.end_ms - after.reading_ms)
    low_ms = min(window.end_ms, max(after.said.start_ms, window.said.end_ms) - EARLY_MS)
    high_ms = max(window.end_ms, min(after.said.start_ms, window.said.end_ms) + DELAY_MS)
    border_ms = max(low_ms, window.start_ms + 1, min(border_ms, high_ms, after.end_ms - 1))
    window.end_ms = after.start_ms = border_ms


def _parts(text: str, language: str, length_ms: int, limits: Norms) -> list[str]:
    """The texts of a sentence's cues, with the space at their end."""
    full = limits.characters
    if shown(text) <= limits.line:
        return [text]
    length_ms = min(length_ms, _SLOWEST * _reading_ms(text, limits))  # a pause is no reason for one more cue
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
    sizes = [max(1, shown(part.rstrip(" "))) for part in parts]
    least = [-int(-1000 * size // limits.speed) for size in sizes]
    unhurried = [max(reading_ms, limits.shortest_ms) for reading_ms in least]
    if sum(unhurried) <= end_ms - start_ms:
        least = unhurried
    elif sum(least) > end_ms - start_ms:
        least = [1] * len(parts)
    left_ms = end_ms - start_ms - sum(least)
    shares = [left_ms * before // sum(sizes) for before in (0, *accumulate(sizes))]
    borders = [start_ms + own + share for own, share in zip((0, *accumulate(least)), shares, strict=True)]
    for part, (start, end) in zip(parts, pairwise(borders), strict=True):
        text = plain.escaped(lines(part.rstrip(" "), language, limits))
        yield Cue(start, min(end, start + limits.longest_ms), text)


def _without_blinks(cues: Sequence[Cue], limits: Norms) -> Iterator[Cue]:
    """The cues, without silences between them that are too short to be more than a flicker."""
    for cue, following in pairwise((*cues, None)):
        if cue and following and 0 < following.start_ms - cue.end_ms < limits.gap_ms:
            can_stay = following.start_ms - cue.start_ms <= limits.longest_ms
            cue = replace(cue, end_ms=following.start_ms if can_stay else following.start_ms - limits.gap_ms)
        if cue:
            yield cue


def _ease(reader: evidence.Reader, place: int) -> float:
    return max(-_EASE_MAX, min(recue.ease(reader, place), _EASE_MAX))
