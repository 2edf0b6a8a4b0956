"""Editing a caption track: each change gives a new track, and says what became of every cue.

Cues are named by their number in the track, from 0; places in a cue count the characters of its readable text
(`plain.readable`). Times move only as far as neighbors leave room: no change makes a cue overlap more than it did,
start before zero, or end before it starts. What is asked for and cannot be done at all is `Refused`, with a sentence.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from polylect.captions import markup, plain, recue, scripts, times
from polylect.captions.norms import shown
from polylect.captions.track import Cue, Group, Track
from polylect.issues import Issue, IssueKind, Place, Severity, declare

NO_CUE = declare("edit-no-cue", Severity.ERROR, "There is no cue {number}; the track has {count}.")
NOTHING_TO_SPLIT = declare(
    "edit-split-blank", Severity.ERROR, "Cue {number} cannot be split there: one of its parts would show nothing."
)
TOO_SHORT_TO_SPLIT = declare(
    "edit-split-short",
    Severity.ERROR,
    "Cue {number} cannot be split: it is shown for {length} ms, and 2 ms are needed.",
)
SPLIT_OUTSIDE = declare(
    "edit-split-time",
    Severity.ERROR,
    "Cue {number} cannot be split at {time}: it is shown from {start} to {end}, and the time must lie between.",
)
NOTHING_TO_MERGE = declare(
    "edit-merge-last", Severity.ERROR, "Cue {number} has no cue below it that it could be merged with."
)
TAPPED_TOO_SOON = declare(
    "edit-tap-soon",
    Severity.ERROR,
    "Cue {number} cannot start at {time}: the cue before it starts at {previous}, and must start first.",
)
NO_ROOM = declare(
    "edit-insert-room",
    Severity.ERROR,
    "There is no time for a new cue before cue {number}: the cue above is shown until {time}. End it sooner first.",
)
NOTHING_TO_FIND = declare("edit-find-blank", Severity.ERROR, "Write what to look for; it is blank.")

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SPACES = re.compile(r"\s+")


class Refused(Exception):
    """This change cannot be made. `issue` says why, in a sentence."""

    def __init__(self, kind: IssueKind, **params: object) -> None:
        self.issue: Issue = kind.at(Place(), **params)
        super().__init__(self.issue.sentence)


@dataclass(frozen=True)
class Edited:
    """The track after a change.

    `became` has an entry for each cue of the track before: the numbers of the cues that hold its text now; none where
    it was removed.
    """

    track: Track
    became: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Replaced:
    """The track after find and replace, and how often something was found, for each cue."""

    edited: Edited
    counts: tuple[int, ...]


def split(track: Track, number: int, at: int, *, time_ms: int | None = None) -> Edited:
    """One cue made two, at a place in its readable text. Markup that is open there goes on in the second.

    White space at the place goes. The time is parted as the text is, unless `time_ms` says when the second part starts.
    The first part keeps identifier and comments, both keep the settings.
    """
    cue = _cue(track, number)
    text = plain.readable(cue.text)
    if not text[: max(0, at)].strip() or not text[max(0, at) :].strip():
        raise Refused(NOTHING_TO_SPLIT, number=number + 1)
    if cue.end_ms - cue.start_ms < 2:
        raise Refused(TOO_SHORT_TO_SPLIT, number=number + 1, length=cue.end_ms - cue.start_ms)
    if time_ms is None:
        share = shown(text[:at]) / max(1, shown(text))
        time_ms = cue.start_ms + round((cue.end_ms - cue.start_ms) * share)
        time_ms = max(cue.start_ms + 1, min(time_ms, cue.end_ms - 1))
    elif not cue.start_ms < time_ms < cue.end_ms:
        start, end = times.write(cue.start_ms), times.write(cue.end_ms)
        raise Refused(SPLIT_OUTSIDE, number=number + 1, time=times.write(time_ms), start=start, end=end)
    first = len(text[:at].rstrip())
    second = len(text) - len(text[at:].lstrip())
    nodes = markup.parse(cue.text)
    parts = (
        replace(cue, end_ms=time_ms, text=markup.write(_part(nodes, 0, first)), timing=""),
        replace(
            cue, start_ms=time_ms, text=markup.write(_part(nodes, second, len(text))), code="", leading=(), timing=""
        ),
    )
    return _exchanged(track, number, number + 1, parts)


def merge(track: Track, number: int, count: int = 2) -> Edited:
    """A cue and those below it made one, `count` in all. The first keeps identifier and settings; no comment is lost.

    The texts follow each other on one line, as sentences are joined; each speaker keeps a line.
    """
    _cue(track, number)
    if count < 2 or number + count > len(track.cues):
        raise Refused(NOTHING_TO_MERGE, number=number + 1)
    merged = track.cues[number : number + count]
    text = merged[0].text
    for left, right in pairwise(merged):
        text = _joined(text, right.text, is_same_speaker=plain.speaker(left) == plain.speaker(right))
    cue = replace(
        merged[0],
        start_ms=min(one.start_ms for one in merged),
        end_ms=max(one.end_ms for one in merged),
        text=text,
        leading=tuple(block for one in merged for block in one.leading),
        timing="",
    )
    return _exchanged(track, number, number + count, (cue,))


def nudge(track: Track, number: int, *, start_ms: int = 0, end_ms: int = 0) -> Edited:
    """A cue's start and end moved by so many milliseconds, as far as its neighbors leave room."""
    cue = _cue(track, number)
    return set_times(track, number, start_ms=cue.start_ms + start_ms, end_ms=cue.end_ms + end_ms)


def set_times(track: Track, number: int, *, start_ms: int | None = None, end_ms: int | None = None) -> Edited:
    """A cue's start, end or both at these times, or as near as its neighbors leave room; it is shown for 1 ms at least.

    A cue that overlaps a neighbor already may go on doing so, and no more than that.
    """
    cue = _cue(track, number)
    low = min(cue.start_ms, max(0, track.cues[number - 1].end_ms)) if number else 0
    high = max(cue.end_ms, track.cues[number + 1].start_ms) if number + 1 < len(track.cues) else None
    start_ms = cue.start_ms if start_ms is None else max(low, start_ms)
    end_ms = cue.end_ms if end_ms is None else end_ms if high is None else min(high, end_ms)
    if start_ms >= end_ms:  # the edge that was not moved stays
        if start_ms == cue.start_ms:
            end_ms = start_ms + 1
        else:
            start_ms = max(low, end_ms - 1)
            end_ms = max(end_ms, start_ms + 1)
    changed = replace(cue, start_ms=start_ms, end_ms=end_ms, timing="")
    return _exchanged(track, number, number + 1, (changed,))


def tap(track: Track, number: int, time_ms: int) -> Edited:
    """A cue starts at this moment, as heard: for one who taps along while the video plays.

    The cue keeps its length where there is room. The cue before it ends here if it was still shown; cues below that
    would begin before it ends are moved on, with their lengths. A time at or before the start of the cue before it is
    refused.
    """
    _cue(track, number)
    cues = list(track.cues)
    if number and time_ms <= cues[number - 1].start_ms:
        previous = times.write(cues[number - 1].start_ms)
        raise Refused(TAPPED_TOO_SOON, number=number + 1, time=times.write(max(0, time_ms)), previous=previous)
    if number and cues[number - 1].end_ms > time_ms:
        cues[number - 1] = replace(cues[number - 1], end_ms=time_ms, timing="")
    free_ms = max(0, time_ms)
    for later in range(number, len(cues)):
        cue = cues[later]
        start_ms = free_ms if later == number else max(cue.start_ms, free_ms)
        if later > number and start_ms == cue.start_ms:
            break
        length_ms = max(1, cue.end_ms - cue.start_ms)
        cues[later] = replace(cue, start_ms=start_ms, end_ms=start_ms + length_ms, timing="")
        free_ms = start_ms + length_ms
        if later == number and later + 1 < len(cues) and cues[later + 1].start_ms > start_ms:
            free_ms = min(free_ms, cues[later + 1].start_ms)
            cues[later] = replace(cues[later], end_ms=free_ms)
    return _same(replace(track, cues=tuple(cues)))


def shift(track: Track, by_ms: int, *, first: int = 0) -> Edited:
    """All cues from `first` on moved by so many milliseconds; back only as far as zero or the cue before them."""
    _cue(track, first)
    moved = track.cues[first:]
    earliest_ms = min(cue.start_ms for cue in moved)
    low = min(earliest_ms, max((cue.end_ms for cue in track.cues[:first]), default=0))
    by_ms = max(by_ms, low - earliest_ms)
    shifted = [replace(cue, start_ms=cue.start_ms + by_ms, end_ms=cue.end_ms + by_ms, timing="") for cue in moved]
    return _same(replace(track, cues=(*track.cues[:first], *(shifted if by_ms else moved))))


def reword(track: Track, number: int, text: str) -> Edited:
    """A cue that reads as `text`. If one voice says the whole cue, it says the new text; other markup goes.

    The same text as before changes nothing.
    """
    cue = _cue(track, number)
    if text == plain.readable(cue.text):
        return _same(track)
    payload = plain.escaped(_BLANK_LINES.sub("\n", text))
    voices = {name for _, _, name in plain.voices(cue.text)}
    speaker = voices.pop() if len(voices) == 1 else ""
    if speaker and payload:
        payload = markup.write((markup.Element(markup.Kind.VOICE, markup.parse(payload), annotation=speaker),))
    return _exchanged(track, number, number + 1, (replace(cue, text=payload),))


def insert(track: Track, number: int, cue: Cue) -> Edited:
    """A new cue before cue `number`, or at the end. Its times are brought between those of its neighbors."""
    if number != len(track.cues):
        _cue(track, number)
    low = max(0, track.cues[number - 1].end_ms) if number else 0
    high = track.cues[number].start_ms if number < len(track.cues) else max(cue.end_ms, low + 1)
    if high <= low:
        raise Refused(NO_ROOM, number=number + 1, time=times.write(low))
    start_ms = max(low, min(cue.start_ms, high - 1))
    end_ms = max(start_ms + 1, min(cue.end_ms, high))
    cues = (*track.cues[:number], replace(cue, start_ms=start_ms, end_ms=end_ms, timing=""), *track.cues[number:])
    became = tuple((old + (old >= number),) for old in range(len(track.cues)))
    return Edited(replace(track, cues=cues), became)


def remove(track: Track, number: int) -> Edited:
    """The track without a cue. Comments above it stay, above the next one."""
    cue = _cue(track, number)
    cues = [*track.cues[:number], *track.cues[number + 1 :]]
    trailing = track.trailing
    if number < len(cues):
        cues[number] = replace(cues[number], leading=(*cue.leading, *cues[number].leading))
    else:
        trailing = (*cue.leading, *trailing)
    became = tuple((old - (old > number),) if old != number else () for old in range(len(track.cues)))
    return Edited(replace(track, cues=tuple(cues), trailing=trailing), became)


def find_and_replace(
    track: Track, find: str, replacement: str, *, is_case_sensitive: bool = True, whole_words: bool = False
) -> Replaced:
    """Every `find` in what people read, replaced; as plain text, so that neither can break markup.

    White space in `find` matches line breaks too. What is found across tags takes the place of its beginning.
    """
    if not find.strip():
        raise Refused(NOTHING_TO_FIND)
    words = _SPACES.split(find.strip())
    sought = r"\s+".join(map(re.escape, words))
    sought = rf"(?<!\w){sought}(?!\w)" if whole_words else sought
    pattern = re.compile(sought, 0 if is_case_sensitive else re.IGNORECASE)
    replacement = replacement.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    cues, counts = [], []
    for cue in track.cues:
        text = plain.readable(cue.text)
        found = [(match.start(), match.end()) for match in pattern.finditer(text)]
        counts.append(len(found))
        cues.append(replace(cue, text=_replaced(cue.text, found, replacement)) if found else cue)
    return Replaced(_same(replace(track, cues=tuple(cues))), tuple(counts))


def carried_cuts(cuts: Sequence[int], before: Group, after: Group, became: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The cuts of a translation, for its sentence after a change of the track: `before` is its group in the old track,
    `after` in the new one, `became` what `Edited` says.

    A border that is still there keeps its cut; one that is new is `recue.CHOOSE`, and one inside a merged cue goes.
    """
    kept = {
        (became[left.cue][-1], became[right.cue][0]): cut
        for (left, right), cut in zip(pairwise(before.spans), cuts, strict=False)
        if became[left.cue] and became[right.cue]
    }
    return tuple(kept.get((left.cue, right.cue), recue.CHOOSE) for left, right in pairwise(after.spans))


def _cue(track: Track, number: int) -> Cue:
    if not 0 <= number < len(track.cues):
        raise Refused(NO_CUE, number=number + 1, count=len(track.cues))
    return track.cues[number]


def _same(track: Track) -> Edited:
    return Edited(track, tuple((number,) for number in range(len(track.cues))))


def _exchanged(track: Track, first: int, after: int, cues: Sequence[Cue]) -> Edited:
    """The track with other cues in the place of `first` to `after`; each of those became all of these."""
    new = tuple(range(first, first + len(cues)))
    became = [(number,) for number in range(first)]
    moved = len(cues) - (after - first)
    rest = [(number + moved,) for number in range(after, len(track.cues))]
    whole = replace(track, cues=(*track.cues[:first], *cues, *track.cues[after:]))
    return Edited(whole, (*became, *[new] * (after - first), *rest))


def _part(nodes: Sequence[markup.Node], start: int, end: int) -> tuple[markup.Node, ...]:
    """The nodes that hold characters `start` to `end` of the readable text, elements around them with them."""
    kept: list[markup.Node] = []
    position = 0
    for node in nodes:
        length = len(plain.readable_nodes((node,)))
        low, high = max(start - position, 0), min(end - position, length)
        if isinstance(node, str):
            if low < high:
                kept.append(node[low:high])
        elif isinstance(node, markup.Moment):
            kept += [node] if start <= position < end else []
        elif node.kind is markup.Kind.READING:
            kept += [node] if start < position <= end else []
        elif low < high:
            kept.append(replace(node, children=_part(node.children, low, high)))
        position += length
    return tuple(kept)


def _joined(text: str, following: str, *, is_same_speaker: bool) -> str:
    left, right = plain.readable(text), plain.readable(following)
    if not left.strip() or not right.strip():
        return following if not left.strip() else text
    is_dialogue = not is_same_speaker or right.lstrip()[:1] in "-–—"
    gap = "\n" if is_dialogue else scripts.separator(left, right)
    return markup.write((*markup.parse(text), *([gap] if gap else []), *markup.parse(following)))


def _replaced(cue_text: str, found: Sequence[tuple[int, int]], replacement: str) -> str:
    """A payload with other text in these places of its readable text."""
    position = 0

    def rewritten(text: str) -> str:
        nonlocal position
        start, position = position, position + len(text)
        return "".join(_pieces(text, start, found, replacement))

    nodes = _mapped(markup.parse(cue_text), rewritten)
    payload = markup.write(nodes)
    if "\n" in replacement or not replacement:
        payload = _BLANK_LINES.sub("\n", payload).strip("\n")
    return payload


def _pieces(text: str, start: int, found: Sequence[tuple[int, int]], replacement: str) -> Iterator[str]:
    """A string that begins at `start` of the readable text: what was found in it goes, replaced where it begins."""
    kept_from = 0
    for low, high in found:
        low, high = low - start, high - start
        if high > 0 and low < len(text):
            yield text[kept_from : max(low, 0)]
            yield replacement if low >= 0 else ""
            kept_from = high
    yield text[kept_from:]


def _mapped(nodes: Sequence[markup.Node], change: Callable[[str], str]) -> tuple[markup.Node, ...]:
    """The nodes with each readable string changed, in order."""
    mapped: list[markup.Node] = []
    for node in nodes:
        if isinstance(node, str):
            mapped.append(change(node))
        elif isinstance(node, markup.Element) and node.kind is not markup.Kind.READING:
            mapped.append(replace(node, children=_mapped(node.children, change)))
        else:
            mapped.append(node)
    return tuple(mapped)
