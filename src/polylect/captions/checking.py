"""What a person who watches a caption file would stumble over: measured against norms, and against its source.

Readers (`webvtt`, `srt`, `sjson`) say what is wrong with a file as a file; this says what is wrong with its captions.
Every issue names the cue by its number, from 1, and when it is shown.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from polylect.captions import evidence, plain, retime, scripts, srt, times
from polylect.captions.norms import Norms, norms, shown
from polylect.captions.track import Cue, Track, TrackKind
from polylect.issues import Issue, IssueKind, Place, Severity, declare

NEVER_SHOWN = declare(
    "cue-never-shown",
    Severity.ERROR,
    "Cue {number} is never shown: it starts at {time} and ends at {end}. It has to end after its start.",
)
OVERLAP = declare(
    "cue-overlap",
    Severity.ERROR,
    "Cue {number} starts at {time}, while cue {other} is shown until {end}: two texts at once. Start it at {end}, or "
    "end the other one at {time}.",
)
EMPTY = declare(
    "cue-empty", Severity.WARNING, "Cue {number}, at {time}, shows nothing. Write what is said, or take the cue out."
)
FAST = declare(
    "cue-fast",
    Severity.WARNING,
    "Cue {number}, at {time}, is too fast to read: {characters} characters in {seconds} s are {speed} a second, and "
    "{most} can be read. Show it for {needed} s, or take {surplus} characters out.",
)
LONG_LINE = declare(
    "cue-long-line",
    Severity.WARNING,
    "Cue {number}, at {time}, has a line of {characters} characters, and {most} fit. Better: “{better}”.",
)
LONG_TEXT = declare(
    "cue-long-text",
    Severity.WARNING,
    "Cue {number}, at {time}, has a line of {characters} characters, and {most} fit: “{line}”. Shorten it, or split "
    "the cue.",
)
MANY_LINES = declare(
    "cue-many-lines",
    Severity.WARNING,
    "Cue {number}, at {time}, has {lines} lines, and {most} fit. Put them together, shorten them, or split the cue.",
)
SHORT = declare(
    "cue-short",
    Severity.WARNING,
    "Cue {number}, at {time}, is shown for {seconds} s. A text takes {least} s to be seen at all.",
)
LONG = declare(
    "cue-long",
    Severity.WARNING,
    "Cue {number}, at {time}, is shown for {seconds} s, and {most} s are the most. Split it, or end it sooner.",
)
GAP = declare(
    "cue-gap",
    Severity.WARNING,
    "Between cue {other} and cue {number}, at {time}, {gap} ms are free, which flickers. Leave {least} ms, or none.",
)
LOOSE_LINE = declare(
    "cue-loose-line",
    Severity.WARNING,
    "Cue {number}, at {time}, breaks its line after “{word}”, which belongs to what follows. Better: “{better}”.",
)
LOOSE_END = declare(
    "cue-loose-end",
    Severity.NOTE,
    "Cue {number}, at {time}, ends with “{word}”, which belongs to what follows in the next cue.",
)
UNSAID = declare(
    "cue-unsaid",
    Severity.WARNING,
    "Cue {number}, from {time} to {end}, is shown while the source says nothing. Are the times those of another video?",
)
UNTRANSLATED = declare(
    "cue-untranslated", Severity.WARNING, "Cue {number}, at {time}, says the same as the source: “{text}”."
)
UNSHOWN = declare(
    "cue-unshown",
    Severity.WARNING,
    "Nothing is shown from {time} to {end}, where the source says “{text}” in its cue {number}.",
)

_BREAK = " ⏎ "
_SHOWN_CHARACTERS = 60
_PLACED = re.compile(r"(?:\A|\s)(?:line|region|position|X1):")
_WORD = re.compile(r"([^\W\d_]+['’]?)\s*\Z")
_LETTERS_MIN = 4
"""Texts of fewer letters, such as names and numbers, are often the same in two languages."""


@dataclass(frozen=True)
class _Checked:
    """A cue with what is asked about it several times."""

    number: int
    cue: Cue
    text: str
    place: Place

    @property
    def length_ms(self) -> int:
        return self.cue.end_ms - self.cue.start_ms

    def issue(self, kind: IssueKind, **params: object) -> Issue:
        return kind.at(self.place, number=self.number, time=times.write(self.cue.start_ms), **params)


def check(
    track: Track,
    language: str,
    *,
    limits: Norms | None = None,
    kind: TrackKind = TrackKind.CAPTIONS,
    file: str = "",
    lines: Sequence[int] = (),
    first: int = 1,
) -> tuple[Issue, ...]:
    """Every norm that a cue breaks, in the order of the cues.

    `first`: the number of the first cue, where these are some of a longer track.

    `limits`: `norms(language, style)`; those for lectures unless given. `lines` are the lines of the file with the
    times of the cues (`lines_of`), for the places of issues. Of chapters and descriptions, which are not read from the
    picture, only times and empty texts are checked. Cues that their settings put elsewhere may be shown at once.
    """
    limits = limits or norms(language)
    is_read = kind in (TrackKind.CAPTIONS, TrackKind.SUBTITLES)
    issues: list[Issue] = []
    latest: _Checked | None = None
    for checked, following in _pairs(_checked(track, file, lines, first)):
        if checked.length_ms <= 0:
            issues.append(checked.issue(NEVER_SHOWN, end=times.write(checked.cue.end_ms)))
            continue
        issues += _between(latest, checked, limits if is_read else None)
        if not checked.text.strip():
            issues.append(checked.issue(EMPTY))
        elif is_read:
            issues += _time(checked, limits)
            issues += _layout(checked, language, limits)
            issues += _end(checked, following, language)
        if latest is None or checked.cue.end_ms >= latest.cue.end_ms:
            latest = checked
    return tuple(issues)


def check_against(
    track: Track,
    source: Track,
    *,
    language: str,
    source_language: str,
    file: str = "",
    lines: Sequence[int] = (),
) -> tuple[Issue, ...]:
    """Where a translation and its source part: times in which only one of them shows something, and equal texts.

    The translation may have cues of its own.
    """
    said = [checked for checked in _checked(source, "", ()) if checked.text.strip() and checked.length_ms > 0]
    shown_cues = [checked for checked in _checked(track, file, lines) if checked.text.strip()]
    by_text: dict[str, list[_Checked]] = {}
    for checked in said:
        by_text.setdefault(scripts.one_line(checked.text), []).append(checked)
    said_times = _times(said)
    same_times = {text: _times(cues) for text, cues in by_text.items()}
    issues: list[Issue] = []
    for checked in shown_cues:
        text = scripts.one_line(checked.text)
        if not _meets(checked, said_times):
            issues.append(checked.issue(UNSAID, end=times.write(checked.cue.end_ms)))
        elif language != source_language and _has_words(text) and _meets(checked, same_times.get(text, ())):
            issues.append(checked.issue(UNTRANSLATED, text=_short(text)))
    shown_times = _times(shown_cues)
    for checked in said:
        if not _meets(checked, shown_times):
            issue = checked.issue(UNSHOWN, end=times.write(checked.cue.end_ms), text=_short(checked.text))
            issues.append(replace(issue, place=Place(file)))
    return tuple(issues)


def lines_of(text: str, track: Track) -> tuple[int, ...]:
    """The line, from 1, of each cue's times in the text it was read from; 0 where none is (as in sjson)."""
    found: list[int] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if len(found) == len(track.cues):
            break
        cue = track.cues[len(found)]
        if ">" in line and srt.times_of(line) == (cue.start_ms, cue.end_ms):
            found.append(number)
    return (*found, *[0] * (len(track.cues) - len(found)))


def _checked(track: Track, file: str, lines: Sequence[int], first: int = 1) -> list[_Checked]:
    padded = (*lines, *[0] * (len(track.cues) - len(lines)))
    return [
        _Checked(number, cue, plain.readable(cue.text), Place(file, line))
        for number, (cue, line) in enumerate(zip(track.cues, padded, strict=True), first)
    ]


def _pairs(checked: Sequence[_Checked]) -> Iterator[tuple[_Checked, _Checked | None]]:
    yield from zip(checked, (*checked, None)[1:], strict=True)


def _start(checked: _Checked) -> tuple[int, int]:
    return checked.cue.start_ms, checked.number


def _between(latest: _Checked | None, checked: _Checked, limits: Norms | None) -> Iterator[Issue]:
    """What is wrong with the time between a cue and the one above it that is shown the longest."""
    if latest is None:
        return
    gap_ms = checked.cue.start_ms - latest.cue.end_ms
    if gap_ms < 0:
        if not (_PLACED.search(checked.cue.settings) or _PLACED.search(latest.cue.settings)):
            yield checked.issue(OVERLAP, other=latest.number, end=times.write(latest.cue.end_ms))
    elif limits and 0 < gap_ms < limits.gap_ms:
        yield checked.issue(GAP, other=latest.number, gap=gap_ms, least=limits.gap_ms)


def _time(checked: _Checked, limits: Norms) -> Iterator[Issue]:
    characters = shown(scripts.one_line(checked.text))
    length_ms = checked.length_ms
    most = int(limits.speed * length_ms / 1000 + 1e-6)
    if characters > most:
        yield checked.issue(
            FAST,
            characters=characters,
            seconds=_seconds(length_ms),
            speed=f"{characters * 1000 / length_ms:.1f}",
            most=f"{limits.speed:g}",
            needed=_seconds(-int(-characters * 1000 // limits.speed)),
            surplus=characters - most,
        )
    if length_ms < limits.shortest_ms:
        yield checked.issue(SHORT, seconds=_seconds(length_ms), least=_seconds(limits.shortest_ms))
    elif length_ms > limits.longest_ms:
        yield checked.issue(LONG, seconds=_seconds(length_ms), most=_seconds(limits.longest_ms))


def _layout(checked: _Checked, language: str, limits: Norms) -> Iterator[Issue]:
    """What is wrong with the lines of a cue. What would be right is only worked out where something is."""
    held = [line.strip() for line in checked.text.split("\n") if line.strip()]
    long_lines = [line for line in held if shown(line) > limits.line]
    loose = [word for line, following in pairwise(held) if (word := loose_word(line, following, language))]
    if not (long_lines or loose or len(held) > limits.lines):
        return
    better = _better(checked.text, held, language, limits)
    for line in long_lines[:1] if better else long_lines:
        sizes = {"characters": shown(line), "most": limits.line}
        yield (
            checked.issue(LONG_LINE, **sizes, better=better)
            if better
            else checked.issue(LONG_TEXT, **sizes, line=_short(line))
        )
    if len(held) > limits.lines:
        yield checked.issue(MANY_LINES, lines=len(held), most=limits.lines)
    elif loose and better and not long_lines:
        yield checked.issue(LOOSE_LINE, word=loose[0], better=better)


def _better(text: str, held: Sequence[str], language: str, limits: Norms) -> str:
    """The same text in other lines that break no norm; empty where there are none, and in a dialogue."""
    if len(held) > 1 and all(line[0] in "-–—>" for line in held):
        return ""
    proposed = retime.lines(scripts.one_line(text), language, limits).split("\n")
    is_right = all(shown(line) <= limits.line for line in proposed)
    is_loose = any(loose_word(line, following, language) for line, following in pairwise(proposed))
    return _BREAK.join(proposed) if is_right and not is_loose and proposed != list(held) else ""


def _end(checked: _Checked, following: _Checked | None, language: str) -> Iterator[Issue]:
    """Whether a cue ends in the middle of what belongs together, such as after an article."""
    if following and following.text.strip():
        word = loose_word(checked.text, following.text, language)
        if word:
            yield checked.issue(LOOSE_END, word=word)


def loose_word(text: str, following: str, language: str) -> str:
    """The last word of a text, if it leans on what follows: an article, a preposition. Empty where it does not."""
    found = _WORD.search(text)
    if found is None or not following.strip():
        return ""
    base = language.lower().partition("-")[0]
    return found[1] if found[1].lower().replace("’", "'") in evidence.loose_words(base) else ""


def _times(cues: Sequence[_Checked]) -> list[tuple[int, int]]:
    """When any of the cues is shown: from and to, in order, apart from each other."""
    found: list[tuple[int, int]] = []
    for checked in sorted(cues, key=_start):
        start_ms, end_ms = checked.cue.start_ms, checked.cue.end_ms
        if found and start_ms <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end_ms))
        elif start_ms < end_ms:
            found.append((start_ms, end_ms))
    return found


def _meets(checked: _Checked, shown_times: Sequence[tuple[int, int]]) -> bool:
    """Whether a cue is shown in one of these times, which are in order."""
    following = bisect_left(shown_times, (checked.cue.end_ms, 0))
    return following > 0 and shown_times[following - 1][1] > checked.cue.start_ms


def _has_words(text: str) -> bool:
    return sum(character.isalpha() for character in text) >= _LETTERS_MIN


def _short(text: str) -> str:
    line = scripts.one_line(text)
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"


def _seconds(length_ms: int) -> str:
    return f"{length_ms / 1000:.2f}".rstrip("0").rstrip(".")
