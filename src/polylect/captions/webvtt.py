"""WebVTT, read and written without loss.

Follows WebVTT (W3C Candidate Recommendation, 4 April 2019), section 6.1: the cues of any text are those of the
standard's parser. What that parser passes over is kept in `Cue.leading` and `Track.trailing`, and written out again;
what an author would want to mend is an issue. For every file that is valid by section 4, `write(parse(text)) == text`
but for CR and CRLF.

Departures: hours have at most nine digits; elements of a cue's text nest sixty deep at most (`markup`); style sheets
are kept and not applied.
"""

import re
from collections.abc import Sequence

from polylect.captions import decoding, markup, settings, times
from polylect.captions.track import Cue, Track
from polylect.issues import Issue, Place, Severity, declare

NO_SIGNATURE = declare(
    "vtt-no-signature",
    Severity.ERROR,
    "A WebVTT file begins with the word WEBVTT; this one begins with “{found}”, and shows nothing.",
)
NUL = declare("vtt-nul", Severity.WARNING, "A NUL character (U+0000) was replaced by U+FFFD.")
BAD_TIMES = declare(
    "vtt-bad-times",
    Severity.ERROR,
    "This cue is never shown: its times are “{found}”, and should look like “00:01.000 --> 00:02.500”.",
)
ENDS_TOO_SOON = declare(
    "vtt-ends-too-soon", Severity.ERROR, "This cue is never shown: it starts at {start} and ends at {end}."
)
OUT_OF_ORDER = declare(
    "vtt-out-of-order",
    Severity.WARNING,
    "This cue starts at {start}, before a cue above it, which starts at {previous}.",
)
NO_BLANK_LINE = declare(
    "vtt-no-blank-line", Severity.WARNING, "A cue begins here; put a blank line above it, to end what is there."
)
STRAY_TEXT = declare(
    "vtt-stray-text",
    Severity.ERROR,
    "“{found}” is never shown: no line of times stands above it. Is a blank line too many?",
)
LATE_BLOCK = declare(
    "vtt-late-block", Severity.WARNING, "This {found} block has no effect: it must stand above every cue."
)
SAME_CODE = declare("vtt-same-id", Severity.WARNING, "Another cue is called “{found}” too, in line {line}.")
BAD_SETTING = declare(
    "vtt-bad-setting", Severity.WARNING, "The setting “{found}” has no effect. Right would be: {expected}"
)
FLAWS = {
    markup.Fault.UNKNOWN: declare(
        "vtt-unknown-tag", Severity.WARNING, "The tag “{found}” has no effect here; readers pass over it."
    ),
    markup.Fault.UNCLOSED: declare(
        "vtt-unclosed-tag", Severity.WARNING, "The tag “{found}” is never closed in its cue."
    ),
    markup.Fault.UNOPENED: declare(
        "vtt-unopened-tag", Severity.WARNING, "The tag “{found}” closes nothing that is open."
    ),
    markup.Fault.UNFINISHED: declare(
        "vtt-unfinished-tag",
        Severity.WARNING,
        "“{found}” is taken for a tag and not shown. A “<” that is to be read is written “&lt;”.",
    ),
}

_BOM = "\N{BYTE ORDER MARK}"
_SIGNATURE = "WEBVTT"
_ARROW = "-->"
_SPACE = r"[\t\n\f\r ]*"
_TIMES = re.compile(rf"{_SPACE}{times.TIMESTAMP}{_SPACE}-->{_SPACE}{times.TIMESTAMP}(.*)")
_BLOCK_NAME = re.compile(r"(STYLE|REGION)[\t\f ]*")
_COMMENT = re.compile(r"NOTE(?:[\t \n]|\Z)")
_SHOWN_CHARACTERS = 40


def parse(data: str | bytes, file: str = "") -> tuple[Track, tuple[Issue, ...]]:
    """The track, and what its author would want to mend, in the order of the lines. Never raises.

    A file without its signature is a track without cues. A cue that ends before it starts is in the track, as the
    standard says, though no player shows it.
    """
    text, issues = decoding.webvtt(data, file) if isinstance(data, bytes) else (data, [])
    bom = text.startswith(_BOM)
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        issues.append(NUL.at(Place(file, text.count("\n", 0, text.index("\0")) + 1)))
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    body = text.rstrip("\n")
    if not re.match(rf"{_SIGNATURE}(?:[ \t\n]|\Z)", text):
        issues.append(NO_SIGNATURE.at(Place(file, 1), found=_shown(body)))
        return Track(()), tuple(issues)
    reader = _Reader(body.split("\n"), file, issues)
    header = reader.header()
    reader.blocks()
    track = Track(tuple(reader.cues), header, tuple(reader.leading), bom, text[len(body) :])
    return track, tuple(sorted(issues, key=lambda issue: issue.place.line))


def write(track: Track) -> str:
    """The file's text, lines parted by LF, and always valid where the track's own markup and settings are.

    What WebVTT cannot hold is changed: blank lines inside a cue are left out, and an arrow in its text is escaped.
    """
    parts = [_BOM if track.bom else "", _SIGNATURE, _header(track.header), "\n"]
    for cue in track.cues:
        _write_blocks(parts, cue.leading)
        parts += ("\n", _code_line(cue.code), _timing_line(cue), "\n")
        text = cue.text
        if "\n" in text or _ARROW in text:
            text = _without_blank_lines(text).replace(_ARROW, "--&gt;")
        if text:
            parts += (text, "\n")
    _write_blocks(parts, track.trailing)
    return "".join(parts)[:-1] + track.ending


def regions(track: Track) -> tuple[settings.Region, ...]:
    """The regions that the track's file defines, in order."""
    blocks = [block for cue in track.cues[:1] for block in cue.leading] or list(track.trailing)
    return tuple(settings.region(block.partition("\n")[2]) for block in blocks if _block_name(block) == "REGION")


class _Reader:
    """The lines of a file, the number of the one to be read next (from 0), and what has been read of it."""

    def __init__(self, lines: list[str], file: str, issues: list[Issue]) -> None:
        self.lines = lines
        self.next = 0
        self.file = file
        self.issues = issues
        self.cues: list[Cue] = []
        self.leading: list[str] = []
        self.regions: list[settings.Region] = []
        self.code_lines: dict[str, int] = {}
        self.latest_start_ms = 0

    def header(self) -> str:
        """What follows the signature, up to the first blank line or arrow."""
        self.next = 1
        while self.next < len(self.lines) and (line := self.lines[self.next]) and _ARROW not in line:
            self.next += 1
        return "\n".join(self.lines[: self.next])[len(_SIGNATURE) :]

    def blocks(self) -> None:
        """Everything below the header, into `cues` and `leading`."""
        while True:
            first_blank = self.next
            while self.next < len(self.lines) and not self.lines[self.next]:
                self.next += 1
            if self.next == len(self.lines):
                return
            if first_blank == self.next:
                self.issues.append(NO_BLANK_LINE.at(self._place(self.next)))
            self.leading += [""] * (self.next - first_blank - 1)
            self._block()

    def _block(self) -> None:
        """One block: lines up to a blank one, or up to an arrow that is in neither of its first two lines."""
        start = self.next
        arrow = -1
        while self.next < len(self.lines) and (line := self.lines[self.next]):
            if _ARROW in line:
                if arrow >= 0 or self.next > start + 1:
                    break
                arrow = self.next
            self.next += 1
        if arrow < 0 or not self._cue(start, arrow):
            self._other(start, has_arrow=arrow >= 0)

    def _cue(self, start: int, arrow: int) -> bool:
        """Reads the cue from line `start` on, whose times are in line `arrow`, if they can be read."""
        line = self.lines[arrow]
        found = _TIMES.fullmatch(line)
        if found is None:
            self.issues.append(BAD_TIMES.at(self._place(arrow), found=_shown(line)))
            return False
        start_ms, end_ms = times.milliseconds(*found.group(1, 2, 3, 4)), times.milliseconds(*found.group(5, 6, 7, 8))
        written = found[9].strip("\t\f ")
        text = "\n".join(self.lines[arrow + 1 : self.next])
        cue = Cue(start_ms, end_ms, text, self.lines[start] if arrow > start else "", written, tuple(self.leading))
        if line != _plain_timing_line(cue):
            cue = Cue(start_ms, end_ms, text, cue.code, written, cue.leading, line)
        self.leading.clear()
        self.cues.append(cue)
        self._check(cue, arrow)
        return True

    def _check(self, cue: Cue, arrow: int) -> None:
        """Notes what its author would want to mend in a cue, whose times are in line `arrow`."""
        place = self._place(arrow)
        if cue.end_ms <= cue.start_ms:
            start, end = times.write(cue.start_ms), times.write(cue.end_ms)
            self.issues.append(ENDS_TOO_SOON.at(place, start=start, end=end))
        if cue.start_ms < self.latest_start_ms:
            start, previous = times.write(cue.start_ms), times.write(self.latest_start_ms)
            self.issues.append(OUT_OF_ORDER.at(place, start=start, previous=previous))
        self.latest_start_ms = max(self.latest_start_ms, cue.start_ms)
        if cue.code:
            earlier = self.code_lines.setdefault(cue.code, arrow)
            if earlier != arrow:
                self.issues.append(SAME_CODE.at(self._place(arrow - 1), found=cue.code, line=earlier))
        if cue.settings:
            self._check_settings(settings.faults(cue.settings, self.regions), arrow)
        if "<" in cue.text:
            self._check_markup(cue.text, arrow + 1)

    def _check_markup(self, text: str, line: int) -> None:
        counted = 0
        for flaw in sorted(markup.flaws(text), key=lambda flaw: flaw.start):
            line += text.count("\n", counted, flaw.start)
            counted = flaw.start
            self.issues.append(FLAWS[flaw.fault].at(self._place(line), found=_shown(flaw.tag)))

    def _check_settings(self, faults: Sequence[settings.SettingFault], line: int) -> None:
        for fault in faults:
            self.issues.append(BAD_SETTING.at(self._place(line), found=fault.setting, expected=fault.expected))

    def _other(self, start: int, *, has_arrow: bool) -> None:
        """Keeps a block that is no cue. One with an arrow has its issue already."""
        block = "\n".join(self.lines[start : self.next])
        name = _block_name(block)
        if name and self.cues:
            self.issues.append(LATE_BLOCK.at(self._place(start), found=name))
        elif name == "REGION" and not has_arrow:
            described = block.partition("\n")[2]
            self.regions.append(settings.region(described))
            self._check_settings(settings.region_faults(described), start)
        elif not name and not has_arrow and not _COMMENT.match(block):
            self.issues.append(STRAY_TEXT.at(self._place(start), found=_shown(block)))
        self.leading.append(block)

    def _place(self, line: int) -> Place:
        return Place(self.file, line + 1)


def _block_name(block: str) -> str:
    """STYLE or REGION for a block that the standard takes for one (where no cue stands above it)."""
    first, has_more, _ = block.partition("\n")
    found = _BLOCK_NAME.fullmatch(first) if has_more else None
    return found[1] if found else ""


def _shown(text: str) -> str:
    """The beginning of the first line, short enough for a sentence."""
    line = text.partition("\n")[0]
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"


def _write_blocks(parts: list[str], blocks: Sequence[str]) -> None:
    parts += [f"\n{_without_blank_lines(block)}\n" if block else "\n" for block in blocks]


def _code_line(code: str) -> str:
    """The identifier's line, or nothing where it cannot be one."""
    return f"{code}\n" if code and _ARROW not in code and "\n" not in code else ""


def _timing_line(cue: Cue) -> str:
    if cue.timing and (found := _TIMES.fullmatch(cue.timing)):
        start_ms, end_ms = times.milliseconds(*found.group(1, 2, 3, 4)), times.milliseconds(*found.group(5, 6, 7, 8))
        if (start_ms, end_ms, found[9].strip("\t\f ")) == (cue.start_ms, cue.end_ms, cue.settings):
            return cue.timing
    return _plain_timing_line(cue)


def _plain_timing_line(cue: Cue) -> str:
    line = f"{times.write(cue.start_ms)} {_ARROW} {times.write(cue.end_ms)}"
    return f"{line} {cue.settings}" if cue.settings else line


def _header(header: str) -> str:
    """The header, apart from the signature and without anything that would end it."""
    if not header:
        return ""
    first, *others = header.split("\n")
    parting = "" if not first or first[0] in " \t" else " "
    return "\n".join([parting + first, *(line for line in others if line and _ARROW not in line)])


def _without_blank_lines(text: str) -> str:
    if "\n\n" not in text and not text.startswith("\n") and not text.endswith("\n"):
        return text
    return "\n".join(line for line in text.split("\n") if line)
