"""What stands beside the text in hand: the playing video for a sentence of its captions, the block itself for all
others."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from polylect.captions import recue
from polylect.captions.recue import Piece
from polylect.captions.track import Group
from polylect.course import tree
from polylect.messages import Kind
from polylect_web.courses import queries as courses
from polylect_web.courses.outline import Block
from polylect_web.foundation.allowed import is_remote
from polylect_web.learn.preview import Preview, preview
from polylect_web.learn.video_page import Speed, speeds
from polylect_web.texts.tracks import sentence_at
from polylect_web.texts.working import Line
from polylect_web.translate.desk import Desk


@dataclass(frozen=True)
class Source:
    """A media file of the course."""

    address: str
    media_type: str


@dataclass(frozen=True)
class Video:
    """A video to play beside its sentences. Without sources it is not on this site: `host` is where it is, if that is
    known, and `lesson` where learners find it."""

    block_code: str
    sources: tuple[Source, ...]
    poster: str
    host: str
    lesson: str

    @property
    def speeds(self) -> list[Speed]:
        return speeds()


@dataclass(frozen=True)
class Sentence:
    """A sentence of a video's captions. `content_hash`: of the video; `number`: of the sentence in its track, from
    1."""

    video: tree.Video
    content_hash: str
    track: tree.VideoTrack
    number: int

    @property
    def group(self) -> Group:
        return self.track.groups[self.number - 1]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What each cue says of it, and when."""
        return recue.pieces(self.track.track, self.group)


def context(desk: Desk, line: Line, text: str) -> dict[str, object]:
    """What the template of the stage asks for, with what is in the form."""
    known = sentence(desk, line)
    if known is not None:
        return {"video": _video(desk, known.video)}
    return {"shown": previewed(desk, line, text)}


def previewed(desk: Desk, line: Line, text: str) -> Preview | None:
    """The block as learners will see it with this draft; None where the text stands in no block that is drawn."""
    block = _block(desk, line)
    if block is None or block.kind not in ("text", "exercise"):
        return None
    return preview(desk.run, block, desk.target, line.role, text, may_see_answers=desk.rights.may_see_answers)


def sentence(desk: Desk, line: Line) -> Sentence | None:
    """The sentence of captions that a text is; None for other texts."""
    block = _block(desk, line) if line.kind is Kind.CAPTION else None
    item = courses.load_content(block.content_hash) if block else None
    if block is None or not isinstance(item, tree.Video):
        return None
    found = sentence_at(item, line.role, desk.own_language)
    return Sentence(item, block.content_hash, *found) if found else None


def _block(desk: Desk, line: Line) -> Block | None:
    unit = desk.outline.unit_of(line.block_code)
    return next((one for one in unit.all_blocks() if one.code == line.block_code), None) if unit else None


def _video(desk: Desk, video: tree.Video) -> Video:
    found = ((courses.asset_url(desk.version, one.address), one.media_type) for one in video.sources)
    sources = tuple(Source(address, media_type) for address, media_type in found if address)
    poster = courses.asset_url(desk.version, video.poster) or "" if video.poster else ""
    unit = desk.outline.unit_of(video.code)
    lesson = reverse("unit", args=[desk.target, desk.key, unit.code]) if unit else ""
    return Video(video.code, sources, poster, _host(video), lesson)


def _host(video: tree.Video) -> str:
    """The site that a video is on, if it is not this one."""
    if video.youtube_id:
        return "YouTube"
    elsewhere = next((one.address for one in video.sources if is_remote(one.address)), "")
    return urlsplit(elsewhere).hostname or ""
