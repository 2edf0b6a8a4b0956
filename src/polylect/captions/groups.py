"""Sentence groups: which cues, and which parts of them, together hold one sentence."""

from polylect.captions.track import Group, Track, TrackKind


def group(track: Track, language: str, *, kind: TrackKind = TrackKind.CAPTIONS) -> tuple[Group, ...]:
    """The sentences of a track, in order. Every readable character that is not white space is in exactly one group.

    Cues without readable text belong to none. Chapters and descriptions are one sentence a cue.
    """
    raise NotImplementedError


def text(track: Track, group: Group) -> str:
    """The sentence as one line: white space and cue borders become one space, none between scripts without spaces."""
    raise NotImplementedError
