"""A caption track: everything that its file said. Times are whole milliseconds."""

from dataclasses import dataclass
from enum import Enum


class TrackKind(Enum):
    """What a track is for, with HTML's words (HTML, section 4.8.11.11.1)."""

    CAPTIONS = "captions"
    SUBTITLES = "subtitles"
    DESCRIPTIONS = "descriptions"
    CHAPTERS = "chapters"


@dataclass(frozen=True)
class Cue:
    """A text with a start and an end. `text` is the payload as written, markup included; lines are parted by LF."""

    start_ms: int
    end_ms: int
    text: str
    code: str = ""
    """The identifier line of WebVTT, the counter line of SRT; empty where the file had none."""
    settings: str = ""
    """WebVTT's cue settings (or SRT's coordinates) as written, after the times."""
    leading: tuple[str, ...] = ()
    """Blocks that stood between the cue before and this one, as written: NOTE, STYLE, REGION."""


@dataclass(frozen=True)
class Track:
    """The cues of one video in one language, of one kind, in the file's order."""

    cues: tuple[Cue, ...]
    header: str = ""
    """What followed `WEBVTT` on its line and the lines after it, as written."""
    trailing: tuple[str, ...] = ()
    """Blocks after the last cue."""


@dataclass(frozen=True)
class Span:
    """A piece of one cue: characters `start` to `end` of the readable text of cue number `cue` (from 0)."""

    cue: int
    start: int
    end: int


@dataclass(frozen=True)
class Group:
    """A sentence group: the spans, in order, that together hold one sentence. The message of a caption track."""

    spans: tuple[Span, ...]
