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
    """A text with a start and an end.

    `text` is a WebVTT payload whatever format it was read from: markup and character references included, lines parted
    by LF. `plain.readable` gives what a person reads, `plain.escaped` makes a payload from plain text.
    """

    start_ms: int
    end_ms: int
    text: str
    code: str = ""
    """The identifier line of WebVTT, the counter line of SRT; empty where the file had none."""
    settings: str = ""
    """WebVTT's cue settings (or SRT's coordinates) as written, after the times."""
    leading: tuple[str, ...] = ()
    """Blocks that stood between the cue before and this one, as written: NOTE, STYLE, REGION, and blocks that could not
    be read. An empty one stands for a blank line more than the one that parts blocks."""
    timing: str = ""
    """The line of the times as written, where we would write it otherwise. It counts while it says the same times and
    settings."""


@dataclass(frozen=True)
class Track:
    """The cues of one video in one language, of one kind, in the file's order."""

    cues: tuple[Cue, ...]
    header: str = ""
    """What followed `WEBVTT` on its line and the lines after it, as written."""
    trailing: tuple[str, ...] = ()
    """Blocks after the last cue."""
    bom: bool = False
    """Whether the file began with a byte order mark."""
    ending: str = "\n"
    """The line breaks that ended the file."""


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
