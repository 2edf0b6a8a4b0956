"""Sentences that a person put together or parted, where `groups.group` saw it otherwise; and how that is carried on
when the track is edited."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from polylect.captions import cutting, groups, plain, scripts
from polylect.captions.track import Group, Span, Track, TrackKind

_Meeting = tuple[str, str]
"""What is said before and after two sentences meet, in the one or two cues where they do."""


def joined(groups: Sequence[Group], number: int) -> tuple[Group, ...]:
    """The sentences with `number` (from 0) and the next one made one. IndexError where there is no next one."""
    left, right = groups[number].spans, groups[number + 1].spans
    if left[-1].cue == right[0].cue:
        spans = (*left[:-1], replace(left[-1], end=right[0].end), *right[1:])
    else:
        spans = (*left, *right)
    return (*groups[:number], Group(spans), *groups[number + 2 :])


def places(track: Track, group: Group) -> tuple[int, ...]:
    """Where a sentence can be parted: offsets in its text (`groups.text`), after spaces and where a cue ends."""
    pieces = [groups.piece_text(track, span) for span in group.spans]
    text = scripts.join(pieces)
    return tuple(sorted({*scripts.cuts_allowed(text), *cutting.source_places(pieces)} - {0, len(text)}))


def parted(track: Track, sentences: Sequence[Group], number: int, place: int) -> tuple[Group, ...]:
    """The sentences with `number` (from 0) made two, at one of its `places`; as they are where it cannot be parted
    there."""
    spans = sentences[number].spans
    pieces = [groups.piece_text(track, span) for span in spans]
    starts = (0, *cutting.source_places(pieces))
    if place not in places(track, sentences[number]):
        return tuple(sentences)
    at = max(one for one, start in enumerate(starts) if start <= place)
    if starts[at] == place:
        first, second = spans[:at], spans[at:]
    else:
        halves = _halves(track, spans[at], place - starts[at])
        if halves is None:
            return tuple(sentences)
        first, second = (*spans[:at], halves[0]), (halves[1], *spans[at + 1 :])
    return (*sentences[:number], Group(first), Group(second), *sentences[number + 1 :])


def carried(
    before: Track, chosen: Sequence[Group], after: Track, found: Sequence[Group], language: str, kind: TrackKind
) -> tuple[Group, ...]:
    """The sentences of an edited track, put together and parted as people chose before.

    `chosen` are the sentences of the track before, `found` what `groups.group` sees in the one after. Where the words
    on both sides of a choice are others now, the choice is gone.
    """
    if before.cues == after.cues:
        return tuple(chosen)
    seen = groups.group(before, language, kind=kind)
    if tuple(chosen) == seen:
        return tuple(found)
    were, are = Counter(_meetings(before, seen)), Counter(_meetings(before, chosen))
    together = {meeting for meeting in were if meeting not in are}
    apart = [meeting for meeting in are if meeting not in were]
    made = list(found)
    for number in reversed(range(len(made) - 1)):
        if _meeting(after, made[number], made[number + 1]) in together:
            made = list(joined(made, number))
    for meeting in apart:
        made = _apart(after, made, meeting)
    return tuple(made)


def _halves(track: Track, span: Span, length: int) -> tuple[Span, Span] | None:
    """A span parted where the first half has so many characters on one line."""
    text = plain.readable(track.cues[span.cue].text)
    whole = groups.piece_text(track, span)
    for place in range(span.start + 1, span.end):
        first, second = text[span.start : place], text[place : span.end]
        if scripts.one_line(first) == whole[:length].rstrip(" ") and scripts.one_line(second) == whole[length:]:
            start = place + len(second) - len(second.lstrip())
            return Span(span.cue, span.start, span.start + len(first.rstrip())), Span(span.cue, start, span.end)
    return None


def _meetings(track: Track, sentences: Sequence[Group]) -> list[_Meeting]:
    return [_meeting(track, left, right) for left, right in pairwise(sentences)]


def _meeting(track: Track, left: Group, right: Group) -> _Meeting:
    before, after = left.spans[-1], right.spans[0]
    ending = plain.readable(track.cues[before.cue].text)[: before.end]
    return scripts.one_line(ending), scripts.one_line(plain.readable(track.cues[after.cue].text)[after.start :])


def _apart(track: Track, sentences: list[Group], meeting: _Meeting) -> list[Group]:
    """The sentences with the one parted that has this inside, if there is one."""
    for number, group in enumerate(sentences):
        for place in places(track, group):
            made = parted(track, sentences, number, place)
            if len(made) > len(sentences) and _meeting(track, made[number], made[number + 1]) == meeting:
                return list(made)
    return sentences
