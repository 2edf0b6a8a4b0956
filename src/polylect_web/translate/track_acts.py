"""What can be done to a track in the caption editor: what was typed is read from the form, and one act follows it.

Acts are pure: a track and the cue in hand (from 0) go in, both come out. What cannot be done is `editing.Refused`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from polylect.captions import editing, plain, scripts
from polylect.captions.editing import Refused
from polylect.captions.track import Cue, Track
from polylect.issues import Severity, declare
from polylect_web.foundation.issues import sentence
from polylect_web.foundation.numbers import whole_number
from polylect_web.translate.track_page import FRAME_MS, NUDGE_MS, Typed, clock

BAD_TIME = declare(
    "edit-bad-time", Severity.ERROR, "“{found}” is no time. Write minutes and seconds, such as 01:02.500."
)
BAD_SHIFT = declare("edit-bad-shift", Severity.ERROR, "“{found}” is no number of seconds, such as 1.5 or −0.25.")
NOT_PLAYED = declare("edit-not-played", Severity.ERROR, "Play the video to where it should be first.")
UNSPLIT = declare("edit-split-word", Severity.ERROR, "This cue has no place to split it at: it is one word.")

_LONGEST_S = 24 * 60 * 60
_TIME = re.compile(r"\s*(?:(?:([0-9]{1,3}):)?([0-9]{1,3}):)?([0-9]{1,6})(?:[.,]([0-9]{1,3}))?\s*")
_SHIFT = re.compile(r"\s*([-−+]?)\s*([0-9]{1,6})(?:[.,]([0-9]{1,3}))?\s*")
_TAP = re.compile(r"([be])([0-9]{1,7}):([0-9]{1,9})")
_MOST_TAPS = 500
_NEW_CUE_MS = 2000


@dataclass(frozen=True)
class Done:
    """The track after an act, the cue in hand, and what is told of it (empty: nothing needs to be)."""

    track: Track
    cue: int
    said: str = ""


@dataclass(frozen=True)
class Taken:
    """The track after typing. By cue: `wrong`, why a time that was typed is none (that cue keeps its times); `moved`,
    that a time became another one, for there was no room."""

    track: Track
    wrong: Mapping[int, str]
    moved: Mapping[int, str]


def typed(post: Mapping[str, str]) -> Typed:
    """What the fields `text-N`, `start-N` and `end-N` hold."""
    found: dict[str, dict[int, str]] = {"text": {}, "start": {}, "end": {}}
    for name, value in post.items():
        kind, dash, number = name.partition("-")
        cue = whole_number(number, 7)
        if dash and kind in found and cue is not None:
            found[kind][cue] = value
    return Typed(found["text"], found["start"], found["end"])


def take_typed(track: Track, fields: Typed) -> Taken:
    """The track with what was typed."""
    wrong: dict[int, str] = {}
    moved: dict[int, str] = {}
    for number in sorted({*fields.texts, *fields.starts, *fields.ends}):
        if number >= len(track.cues):
            continue
        cue = track.cues[number]
        text = _lines(fields.texts.get(number, plain.readable(cue.text)))
        if text != _lines(plain.readable(cue.text)):
            track = editing.reword(track, number, text).track
        try:
            start_ms = _moment(fields.starts.get(number), cue.start_ms)
            end_ms = _moment(fields.ends.get(number), cue.end_ms)
        except Refused as refused:
            wrong[number] = _sentence(refused)
            continue
        if (start_ms, end_ms) != (None, None):
            track = editing.set_times(track, number, start_ms=start_ms, end_ms=end_ms).track
            cue = track.cues[number]
            if start_ms not in (None, cue.start_ms) or end_ms not in (None, cue.end_ms):
                moved[number] = _moved(cue)
    return Taken(track, wrong, moved)


def acted(track: Track, cue: int, act: str, post: Mapping[str, str], language: str) -> Done | None:
    """The track, which is in this language, after an act of its buttons; None for one that there is not. Raises
    Refused."""
    name, _colon, of = act.partition(":")
    known: Mapping[str, Callable[[], Done]] = {
        "keep": lambda: Done(track, cue),
        "hand": lambda: Done(track, _number(of, len(track.cues), cue)),
        "go": lambda: Done(track, _number(of or post.get("go", "").strip(), len(track.cues) + 1, cue + 1) - 1),
        "split": lambda: _split(track, cue, post, language),
        "merge": lambda: Done(editing.merge(track, cue).track, cue),
        "merge-before": lambda: Done(editing.merge(track, cue - 1).track, cue - 1) if cue else Done(track, cue),
        "insert": lambda: _insert(track, cue, post),
        "remove": lambda: Done(editing.remove(track, cue).track, cue, _said(_("Cue {number} is removed."), cue)),
        "start": lambda: Done(editing.nudge(track, cue, start_ms=_nudge(of)).track, cue),
        "end": lambda: Done(editing.nudge(track, cue, end_ms=_nudge(of)).track, cue),
        "start-here": lambda: Done(editing.set_times(track, cue, start_ms=_playing(post)).track, cue),
        "end-here": lambda: Done(editing.set_times(track, cue, end_ms=_playing(post)).track, cue),
        "shift": lambda: Done(editing.shift(track, _seconds(post.get("shift", "")), first=cue).track, cue),
        "tap": lambda: _tapped(track, cue, post.get("taps", "")),
    }
    return known[name]() if name in known else None


def _split(track: Track, cue: int, post: Mapping[str, str], language: str) -> Done:
    """At the cursor; where none is known, at the first line break, or else near the middle."""
    text = plain.readable(track.cues[cue].text) if cue < len(track.cues) else ""
    at = _number(post.get("at", ""), len(text) + 1, -1)
    if at < 0:
        at = text.find("\n")
    if at < 0:
        places = [
            place for place in scripts.cuts_offered(text, language, 1) if text[:place].strip() and text[place:].strip()
        ]
        if not places and cue < len(track.cues):
            raise Refused(UNSPLIT)
        at = min(places, key=lambda place: abs(place - len(text) // 2), default=0)
    return Done(editing.split(track, cue, at).track, cue + 1)


def _insert(track: Track, cue: int, post: Mapping[str, str]) -> Done:
    """A blank cue after the one in hand; at the playing position, where that is later."""
    number = min(cue + 1, len(track.cues))
    start_ms = track.cues[number - 1].end_ms if number else 0
    start_ms = max(start_ms, _posted_time(post) or 0)
    new = Cue(start_ms, start_ms + _NEW_CUE_MS, "")
    return Done(editing.insert(track, number, new).track, number, _said(_("Cue {number} is new."), number))


def _tapped(track: Track, cue: int, taps: str) -> Done:
    """Beginnings and ends of cues, in the order in which they were heard: `b12:3400 e12:5100 b13:5600`. Where one
    cannot be, those after it are left out, and it is told."""
    for kind, number, time_ms in _TAP.findall(taps)[:_MOST_TAPS]:
        try:
            if kind == "b":
                track = editing.tap(track, int(number), int(time_ms)).track
            else:
                track = editing.set_times(track, int(number), end_ms=int(time_ms)).track
        except Refused as refused:
            return Done(track, cue, _sentence(refused))
        cue = int(number)
    return Done(track, cue)


def _nudge(of: str) -> int:
    return {"-": -NUDGE_MS, "+": NUDGE_MS, "-frame": -FRAME_MS, "+frame": FRAME_MS}.get(of, 0)


def _playing(post: Mapping[str, str]) -> int:
    """The position that the video was at, in milliseconds."""
    time = _posted_time(post)
    if time is None:
        raise Refused(NOT_PLAYED)
    return time


def _posted_time(post: Mapping[str, str]) -> int | None:
    return whole_number(post.get("time", ""), 9)


def _moment(typed: str | None, known_ms: int) -> int | None:
    """A time that was typed; None where it is the one that is known."""
    if typed is None or typed.strip() == clock(known_ms):
        return None
    found = _TIME.fullmatch(typed)
    if found is None:
        raise Refused(BAD_TIME, found=typed[:40])
    hours, minutes, seconds, fraction = found.groups()
    whole_s = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    if whole_s >= _LONGEST_S:
        raise Refused(BAD_TIME, found=typed[:40])
    time_ms = whole_s * 1000 + int((fraction or "0").ljust(3, "0"))
    return None if time_ms == known_ms else time_ms


def _moved(cue: Cue) -> str:
    said = _(
        "The cues beside it leave no room for that, or it would end before it starts. It is from {start} to {end} now."
    )
    return said.replace("{start}", clock(cue.start_ms)).replace("{end}", clock(cue.end_ms))


def _seconds(typed: str) -> int:
    """A number of seconds, as milliseconds."""
    found = _SHIFT.fullmatch(typed)
    if found is None or int(found[2]) >= _LONGEST_S:
        raise Refused(BAD_SHIFT, found=typed[:40])
    by_ms = int(found[2]) * 1000 + int((found[3] or "0").ljust(3, "0"))
    return by_ms if found[1] in ("", "+") else -by_ms


def _number(written: str, count: int, otherwise: int) -> int:
    """A number below `count`, as it was posted; `otherwise` for anything else."""
    number = whole_number(written, 9)
    return number if number is not None and number < count else otherwise


def _said(sentence: str, cue: int) -> str:
    return sentence.replace("{number}", str(cue + 1))


def _sentence(refused: Refused) -> str:
    return sentence(refused.issue)


def _lines(text: str) -> str:
    """A text as fields of a form bring it: lines parted by LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
