"""The only ways between sentences and cues: `compose` makes a translated track, `take_cues` reads one."""

from collections.abc import Sequence
from dataclasses import dataclass

from polylect.captions.track import Group, Track
from polylect.issues import Issue


@dataclass(frozen=True)
class SentenceTarget:
    """A sentence's translation. White space in `text` is single spaces.

    `cuts`: for each border between two spans of its group, the offset in `text` where the next cue's piece begins, -1
    where it is ours to choose; empty: all are ours to choose.
    """

    text: str
    language: str
    cuts: tuple[int, ...] = ()


def compose(
    track: Track,
    groups: Sequence[Group],
    targets: Sequence[SentenceTarget | None],
    *,
    language: str,
    source_language: str,
) -> Track:
    """The track in `language`: the source's cues and times, their texts made from the sentences' targets.

    `targets` has one entry for each group, None where there is none: the source text is shown, inside
    `<lang source_language>` if that is another language. A cue shared by sentences in different languages marks the
    language of each part.
    """
    raise NotImplementedError


def take_cues(
    translated: Track,
    track: Track,
    groups: Sequence[Group],
    *,
    language: str,
    source_language: str,
    file: str = "",
) -> tuple[tuple[SentenceTarget | None, ...], tuple[Issue, ...]]:
    """The sentences of a translated track: one entry for each group, None where nothing is known for certain.

    Cues are matched by identifier, else by time, else by order if there are equally many. Parts that are marked as
    being in `source_language` are not translations. Law: `take_cues(compose(track, groups, targets)) == targets` where every
    group has a target with its cuts in place.
    """
    raise NotImplementedError
