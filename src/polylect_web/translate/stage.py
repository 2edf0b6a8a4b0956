"""What stands beside the text in hand: the playing video for a sentence of its captions, the block itself for all
others."""

from dataclasses import dataclass

from polylect.course import tree
from polylect.messages import Kind
from polylect.messages.blocks import caption_role, source_tracks
from polylect_web.courses import queries as courses
from polylect_web.learn.preview import Preview, preview
from polylect_web.texts.working import Lesson, Line
from polylect_web.translate.desk import Desk


@dataclass(frozen=True)
class Source:
    """A media file of the course."""

    address: str
    media_type: str


@dataclass(frozen=True)
class Video:
    """A video to play beside its sentences."""

    block_code: str
    sources: tuple[Source, ...]
    poster: str


@dataclass(frozen=True)
class Span:
    """When a sentence is said, in milliseconds."""

    start_ms: int
    end_ms: int


def context(desk: Desk, lesson: Lesson, line: Line, text: str) -> dict[str, object]:
    """What the template of the stage asks for, with what is in the form."""
    item = _item(lesson, line)
    if line.kind is Kind.CAPTION and isinstance(item, tree.Video):
        return {"video": _video(desk, item)}
    return {"shown": previewed(desk, line, text)}


def previewed(desk: Desk, line: Line, text: str) -> Preview | None:
    """The block as learners will see it with this draft; None where the text stands in no block that is drawn."""
    unit = desk.outline.unit_of(line.block_code)
    block = next((one for one in unit.all_blocks() if one.code == line.block_code), None) if unit else None
    if block is None or block.kind not in ("text", "exercise"):
        return None
    return preview(desk.run, block, desk.target, line.role, text, may_see_answers=desk.rights.may_see_answers)


def span(desk: Desk, lesson: Lesson, line: Line) -> Span | None:
    """When a sentence of captions is said; None for other texts."""
    item = _item(lesson, line) if line.kind is Kind.CAPTION else None
    if not isinstance(item, tree.Video):
        return None
    for track in source_tracks(item, desk.own_language):
        for number, group in enumerate(track.groups, start=1):
            if caption_role(track, number) == line.role:
                cues = [track.track.cues[one.cue] for one in group.spans]
                return Span(cues[0].start_ms, cues[-1].end_ms)
    return None


def _item(lesson: Lesson, line: Line) -> object:
    at = next((one for one in lesson.places if one[0] == line.block_code), None)
    return courses.load_content(at[1]) if at else None


def _video(desk: Desk, video: tree.Video) -> Video:
    found = ((courses.asset_url(desk.version, one.address), one.media_type) for one in video.sources)
    sources = tuple(Source(address, media_type) for address, media_type in found if address)
    poster = courses.asset_url(desk.version, video.poster) or "" if video.poster else ""
    return Video(video.code, sources, poster)
