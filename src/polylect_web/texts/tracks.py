"""A video's captions that somebody edited, published: a new version of the course that differs in this track alone.

Its files stay as they are, translations follow their sentences as at any publish (`carrying`), and moved cuts stay at
the borders that are still there.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from polylect.captions import cutting, groups, recue
from polylect.captions.track import Track
from polylect.course import tree, walk
from polylect.messages import Kind
from polylect.messages.blocks import caption_role, source_tracks
from polylect.messages.message import escape
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Course, Run, Version
from polylect_web.foundation.numbers import whole_number
from polylect_web.foundation.slices import in_slices
from polylect_web.texts.actions import publish
from polylect_web.texts.models import Target

_NONE = Track(())


class Outcome(Enum):
    """What became of publishing a track."""

    PUBLISHED = auto()
    UNCHANGED = auto()
    """The version that is shown has this track already; none was made."""
    CLASH = auto()
    """The version that is shown has other captions, or no such video, than the one that the editing began with."""
    BUSY = auto()
    """Somebody else publishes the course at this moment; a little later it can be tried again."""


def find_video(version: Version | int, block_code: str) -> tree.Video | None:
    """The video of this code in a version; None where it has none that learners may come to."""
    unit = courses.outline(version).unit_of(block_code)
    block = next((one for one in unit.all_blocks() if one.code == block_code), None) if unit else None
    item = courses.load_content(block.content_hash) if block else None
    return item if isinstance(item, tree.Video) else None


def track_of(video: tree.Video, language: str) -> tree.VideoTrack | None:
    """The video's own track in a language; the first, if there are several."""
    return next((track for track in video.tracks if track.language == language), None)


def sentence_at(video: tree.Video, role: str, own_language: str) -> tuple[tree.VideoTrack, int] | None:
    """The track of a video that has the sentence under this role, and its number there, from 1; None where there is
    none. `own_language`: the course's."""
    number = whole_number(role.rpartition(".")[2]) or 0
    for track in source_tracks(video, own_language):
        if caption_role(track, number) == role and 0 < number <= len(track.groups):
            return track, number
    return None


def publish_track(
    run: Run,
    block_code: str,
    language: str,
    track: Track,
    *,
    base: Version | int,
    by: Person,
    is_cosmetic: bool = False,
) -> Outcome:
    """Publishes the version that `run` shows with this track in the place of its own. `base`: the version that the
    editing began with; where its track is another than the one shown now, nothing is published. `is_cosmetic` as in
    `publish`. An empty track takes the video's away.
    """
    version = run.version
    video, began = find_video(version, block_code), find_video(base, block_code)
    if video is None:
        return Outcome.CLASH
    here, before = track_of(video, language), track_of(began, language) if began else None
    if (here.track if here else _NONE) == track:
        return Outcome.UNCHANGED
    if (here.track if here else _NONE) != (before.track if before else _NONE):
        return Outcome.CLASH
    if here is not None:
        _say_where_cut(run.course, block_code, here)
    course = walk.with_blocks(courses.course_tree(version), {block_code: _with_track(video, language, here, track)})
    try:
        publish(course, by=by, is_cosmetic=is_cosmetic, edits=version)
    except NotPublished:
        return Outcome.BUSY
    return Outcome.PUBLISHED


def _with_track(video: tree.Video, language: str, here: tree.VideoTrack | None, track: Track) -> tree.Video:
    edited = here or tree.VideoTrack(language, track)
    edited = replace(edited, track=track, groups=groups.group(track, language, kind=edited.kind))
    if not track.cues:
        return replace(video, tracks=tuple(one for one in video.tracks if one is not here))
    if here is None:
        return replace(video, tracks=(*video.tracks, edited))
    return replace(video, tracks=tuple(edited if one is here else one for one in video.tracks))


def _say_where_cut(course: Course, block_code: str, track: tree.VideoTrack) -> None:
    """Says of translations that were cut by hand, and brought without it, where their source is cut now: so that their
    cuts can be found again when the cues are others."""
    rows = Target.objects.filter(
        message__course=course,
        message__block_code=block_code,
        message__kind=Kind.CAPTION.value,
        cuts__isnull=False,
        borders__isnull=True,
    )
    places = _places(track)
    told: list[Target] = []
    for target in rows.select_related("message"):
        at = places.get((target.message.role, target.source_text), ())
        cuts: list[int] = target.cuts or []
        borders = [border for border in zip(at, cuts, strict=False) if border[1] != recue.CHOOSE]
        if len(at) == len(cuts) and borders:
            target.borders = borders
            told.append(target)
    in_slices(told, lambda some: Target.objects.bulk_update(some, ["borders"]))


def _places(track: tree.VideoTrack) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Where each sentence is cut in the source, by its role and its text as messages have it."""
    found = {}
    for number, group in enumerate(track.groups, 1):
        pieces = [groups.piece_text(track.track, span) for span in group.spans]
        text = escape(groups.text(track.track, group))
        found[caption_role(track, number), text] = cutting.source_places(pieces)
    return found
