"""SRT (SubRip), read and written.

There is no standard. A cue is a counter, a line of times, and lines of text up to a blank line, as SubRip wrote them:

    1
    00:00:01,000 --> 00:00:02,500
    Text, of one or more lines

What people upload departs from that in many ways, so a cue is found by its line of times alone, however it is written
(`0:00:01.5-->0:00:02,500`), and its text goes on to the next cue. Every such departure is an issue. Tags and positions
stay in the text (see `plain.from_loose`), coordinates in `Cue.settings`, counters in `Cue.code`.

For a file without departures `write(parse(text)) == text` but for CR and CRLF; one with departures is written without.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from polylect.captions import decoding, plain, times
from polylect.captions.track import Cue, Track
from polylect.issues import Issue, IssueKind, Place, Severity, declare

NO_CUES = declare(
    "srt-no-cues", Severity.ERROR, "The file holds no cue. A cue has a line such as “00:00:01,000 --> 00:00:02,500”."
)
BAD_TIMES = declare(
    "srt-bad-times",
    Severity.ERROR,
    "This cue is never shown: its times are “{found}”, and should look like “00:00:01,000 --> 00:00:02,500”.",
)
LOOSE_TIMES = declare(
    "srt-loose-times",
    Severity.NOTE,
    "Lines of times that are not written like “00:00:01,000 --> 00:00:02,500”: {count}, this one first: “{found}”.",
)
COUNTERS = declare(
    "srt-counters",
    Severity.NOTE,
    "Cues without a counter, or with one out of order: {count}. The first of them is here.",
)
ENDS_TOO_SOON = declare(
    "srt-ends-too-soon", Severity.ERROR, "This cue is never shown: it starts at {start} and ends at {end}."
)
OVERLAP = declare(
    "srt-overlap",
    Severity.NOTE,
    "Cues that start before the one above them has ended, so that both are shown at once: {count}. The first is here.",
)
BLANK_LINE = declare("srt-blank-line", Severity.WARNING, "The text of this cue goes on after a blank line.")
STRAY_TEXT = declare("srt-stray-text", Severity.WARNING, "“{found}” stands before the first cue and is never shown.")
NUL = declare("srt-nul", Severity.WARNING, "A NUL character (U+0000) was replaced by U+FFFD.")

_BOM = "\N{BYTE ORDER MARK}"
_SPACE = "[\\t \N{NO-BREAK SPACE}]*"
_TIME = r"(?:([0-9]{1,9})[:.])?([0-9]{1,2}):([0-9]{1,2})(?:[,.:;][ ]?([0-9]{1,3}))?"
_TIMES = re.compile(rf"{_SPACE}{_TIME}{_SPACE}[-–—]{{1,2}}>{_SPACE}{_TIME}(?![0-9])(.*)")
_STRICT_TIMES = re.compile(
    r"[0-9]{2,9}:[0-5][0-9]:[0-5][0-9],[0-9]{3} --> [0-9]{2,9}:[0-5][0-9]:[0-5][0-9],[0-9]{3}(?: +\S.*)?"
)
_TIMES_MEANT = re.compile(r"[\t ]*[0-9]\S{0,10}:\S{0,10}[\t ]*-{1,2}>")
_COUNTER = re.compile(r"[\t ]*([0-9]{1,9})[\t ]*")
_SHOWN_CHARACTERS = 40


def parse(data: str | bytes, file: str = "") -> tuple[Track, tuple[Issue, ...]]:
    """The track, and what its author would want to mend, in the order of the lines. Never raises.

    Bytes are UTF-16 where their byte order mark says so, else UTF-8, else Windows-1252. One issue stands for all
    departures of a kind that a whole file shares.
    """
    text, issues = decoding.loose(data, file) if isinstance(data, bytes) else (data, [])
    bom = text.startswith(_BOM)
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        issues.append(NUL.at(Place(file, text.count("\n", 0, text.index("\0")) + 1)))
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    body = text.rstrip("\n")
    lines = body.split("\n")
    blocks = _blocks(lines)
    cues, trailing = _cues(lines, blocks, file, issues)
    if not blocks:
        issues.append(NO_CUES.at(Place(file)))
    track = Track(tuple(cues), trailing=tuple(trailing), bom=bom, ending=text[len(body) :])
    return track, tuple(sorted(issues, key=lambda issue: issue.place.line))


def write(track: Track) -> str:
    """The file's text, lines parted by LF.

    Cues keep their counters if all have one, and are numbered from 1 otherwise. SRT has no place for comments, style
    sheets, voices or the settings of WebVTT: those are left out.
    """
    if not track.cues:
        return ""
    numbered = all(_COUNTER.fullmatch(cue.code) for cue in track.cues)
    parts = [_BOM if track.bom else ""]
    for number, cue in enumerate(track.cues, 1):
        parts.append("\n" * (cue.leading.count("") + (number > 1)))
        parts += (cue.code if numbered else str(number), "\n", _timing_line(cue), "\n")
        if cue.text:
            parts += (_text(cue.text), "\n")
    parts.append("\n" * track.trailing.count(""))
    return "".join(parts)[:-1] + track.ending


def times_of(line: str) -> tuple[int, int] | None:
    """Start and end in milliseconds of a line of times, of SRT or WebVTT; None for any other line."""
    span = _span(line)
    return span[:2] if span else None


@dataclass(frozen=True)
class _Block:
    """Numbers of lines, from 0: the counter's or else the times', the times', and the one after the block."""

    start: int
    times: int
    end: int


def _blocks(lines: Sequence[str]) -> list[_Block]:
    starts: list[tuple[int, int]] = []
    counter = 0
    last_times = -1
    for number, line in enumerate(lines):
        if not _is_times(line):
            continue
        above = _COUNTER.fullmatch(lines[number - 1]) if number - 1 > last_times else None
        if above and (number == 1 or not lines[number - 2].strip() or int(above[1]) == counter + 1):
            counter = int(above[1])
            starts.append((number - 1, number))
        else:
            starts.append((number, number))
        last_times = number
    borders = [*starts, (len(lines), 0)]
    return [_Block(start, times, end) for (start, times), (end, _) in pairwise(borders)]


def _is_times(line: str) -> bool:
    """Whether a line holds the times of a cue, be they readable or not."""
    return ">" in line and bool(_TIMES.fullmatch(line) or _TIMES_MEANT.match(line))


def _cues(
    lines: Sequence[str], blocks: Sequence[_Block], file: str, issues: list[Issue]
) -> tuple[list[Cue], list[str]]:
    """The cues of the blocks, and the blocks that stand after the last one and could not be read."""
    cues: list[Cue] = []
    log = _Log(file, issues)
    leading = _stray(lines[: blocks[0].start] if blocks else lines, log)
    for block in blocks:
        line = lines[block.times]
        text = list(lines[block.times + 1 : block.end])
        blanks = 0
        while text and not text[-1].strip():
            text.pop()
            blanks += 1
        span = _span(line)
        if span is None:
            log.at(BAD_TIMES, block.times, found=_shown(line))
            leading.append("\n".join([*lines[block.start : block.times + 1], *text]))
        else:
            start_ms, end_ms, settings = span
            code = lines[block.start].strip() if block.start < block.times else ""
            cue = Cue(start_ms, end_ms, _payload(text, block, log), code, settings, tuple(leading))
            if line != _plain_timing_line(cue) and _STRICT_TIMES.fullmatch(line):
                cue = replace(cue, timing=line)
            log.cue(cue, block, line)
            cues.append(cue)
            leading = []
        leading += [""] * (blanks - 1)
    log.close()
    return cues, leading


class _Log:
    """Issues of a file. Those that a whole file shares are counted, and reported once by `close`."""

    def __init__(self, file: str, issues: list[Issue]) -> None:
        self.file = file
        self.issues = issues
        self.shared: dict[IssueKind, tuple[int, int, str]] = {}
        self.counter: int | None = None
        self.latest_end_ms = 0

    def at(self, kind: IssueKind, line: int, **params: object) -> None:
        self.issues.append(kind.at(Place(self.file, line + 1), **params))

    def count(self, kind: IssueKind, line: int, found: str) -> None:
        first, count, shown = self.shared.get(kind, (line, 0, found))
        self.shared[kind] = (first, count + 1, shown)

    def cue(self, cue: Cue, block: _Block, line: str) -> None:
        """Notes what its author would want to mend in a cue."""
        if not _STRICT_TIMES.fullmatch(line):
            self.count(LOOSE_TIMES, block.times, _shown(line))
        if cue.end_ms <= cue.start_ms:
            start, end = times.write(cue.start_ms, ","), times.write(cue.end_ms, ",")
            self.at(ENDS_TOO_SOON, block.times, start=start, end=end)
        if cue.start_ms < self.latest_end_ms:
            self.count(OVERLAP, block.times, cue.code)
        counter = int(cue.code) if cue.code else None
        if counter is None or (self.counter is not None and counter != self.counter + 1):
            self.count(COUNTERS, block.start, cue.code)
        self.counter = counter if counter is not None else self.counter
        self.latest_end_ms = cue.end_ms

    def close(self) -> None:
        for kind, (line, count, found) in self.shared.items():
            self.at(kind, line, count=count, found=found)


def _stray(lines: Sequence[str], log: _Log) -> list[str]:
    """What stands before the first cue, as a block."""
    found = [line for line in lines if line.strip()]
    if not found:
        return [""] * len(lines)
    log.at(STRAY_TEXT, 0, found=_shown(found[0]))
    return ["\n".join(found)]


def _span(line: str) -> tuple[int, int, str] | None:
    """Start and end in milliseconds, and the coordinates after them, of a line of times."""
    found = _TIMES.fullmatch(line)
    if found is None:
        return None
    return _milliseconds(*found.group(1, 2, 3, 4)), _milliseconds(*found.group(5, 6, 7, 8)), found[9].strip()


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    return times.milliseconds(hours, minutes, seconds, (fraction or "").ljust(3, "0"))


def _payload(lines: Sequence[str], block: _Block, log: _Log) -> str:
    """The text of a cue, without blank lines: WebVTT cannot hold them, and a player would end the cue there."""
    kept = [line for line in lines if line.strip()]
    if len(kept) < len(lines):
        blank = next(number for number, line in enumerate(lines) if not line.strip())
        log.at(BLANK_LINE, block.times + 1 + blank)
    return plain.from_loose("\n".join(kept))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def _timing_line(cue: Cue) -> str:
    is_srt = _STRICT_TIMES.fullmatch(cue.timing)
    if is_srt and _span(cue.timing) == (cue.start_ms, cue.end_ms, cue.settings):
        return cue.timing
    return _plain_timing_line(cue)


def _plain_timing_line(cue: Cue) -> str:
    line = f"{times.write(cue.start_ms, ',')} --> {times.write(cue.end_ms, ',')}"
    return f"{line} {cue.settings}" if cue.settings.startswith("X") else line


def _text(payload: str) -> str:
    """The lines of a cue's text. One that would be read as a line of times gets its arrow escaped."""
    lines = [line for line in plain.to_loose(payload).split("\n") if line.strip()]
    return "\n".join(line.replace(">", "&gt;", 1) if _is_times(line) else line for line in lines)
