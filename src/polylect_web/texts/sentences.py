"""The sentences of a video's captions, as people put them together, carried on from version to version.

It comes before a version is stored, for sentences are part of a video's content.
"""

from dataclasses import replace

from polylect.captions import regrouping
from polylect.course import stored, tree, walk
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Course, Placement, Version


def with_sentences(course: tree.Course, home: Course | None) -> tree.Course:
    """The course with the sentences of its captions as they are in the version shown last, wherever their words are the
    same; itself where nothing has to be. At most three queries."""
    here = {block.code: block for block in walk.blocks(course) if isinstance(block, tree.Video) and block.tracks}
    last = Version.objects.filter(course=home).exclude(number=None).order_by("-number").first() if home else None
    if last is None or not here:
        return course
    placed = Placement.objects.filter(version=last, kind="video", unplaced="").values_list("code", "content_id")
    changed = {code: at for code, at in placed if code in here and at != stored.content_hash(here[code])}
    contents = courses.load_contents(changed.values())
    regrouped: dict[str, tree.Video] = {}
    for code, at in changed.items():
        before, video = contents[at], here[code]
        if isinstance(before, tree.Video):
            tracks = tuple(_carried(before, track) for track in video.tracks)
            if tracks != video.tracks:
                regrouped[code] = replace(video, tracks=tracks)
    return walk.with_blocks(course, regrouped) if regrouped else course


def _carried(before: tree.Video, track: tree.VideoTrack) -> tree.VideoTrack:
    old = next((one for one in before.tracks if (one.language, one.kind) == (track.language, track.kind)), None)
    if old is None or not old.groups:
        return track
    found = regrouping.carried(old.track, old.groups, track.track, track.groups, track.language, track.kind)
    return track if found == track.groups else replace(track, groups=found)
