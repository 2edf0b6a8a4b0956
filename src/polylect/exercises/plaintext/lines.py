"""A text as lines that know their number, while constructs are taken out of it one kind after the other.

The form is read in passes, as Open edX reads it: each looks at what the passes before it left. A line that was
`made` is XML already, maybe of several lines, and is not read again.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

MADE = "\0"
"""Stands for a made line while spans are searched for. No text has it: `lines_of` has taken it out."""


class Line(NamedTuple):
    """A line, or a piece of one. `number` counts from 1."""

    number: int
    text: str
    made: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.made and not self.text.strip()


Span = tuple[int, int, int, int]
"""Where something begins and ends in a text, and where its inside does."""


def lines_of(text: str, first: int = 1) -> list[Line]:
    """The lines of a text that has no `MADE` in it."""
    return [Line(number, line) for number, line in enumerate(text.split("\n"), first)]


def plain(lines: Iterable[Line]) -> str:
    """The lines as text."""
    return "\n".join(line.text for line in lines)


def parts(lines: list[Line]) -> Iterator[list[Line]]:
    """What stands between lines that are `---`.

    Such a line separates only what is there: with nothing at all before or after it, it is text.
    """
    part: list[Line] = []
    is_first = True
    for place, line in enumerate(lines):
        is_rule = line.text.strip() == "---" and 0 < place < len(lines) - 1
        if is_rule and (is_first or not all(before.is_blank for before in part)):
            yield part
            part, is_first = [], False
        else:
            part.append(line)
    yield part


def runs(lines: list[Line], belongs: Callable[[str], object]) -> Iterator[tuple[bool, list[Line]]]:
    """Runs of lines whose text belongs, without the blank lines before and among them, and the runs between."""
    run: list[Line] = []
    between: list[Line] = []
    for line in lines:
        if not line.made and belongs(line.text):
            if not run:
                while between and between[-1].is_blank:
                    between.pop()
                yield False, between
            run.append(line)
            between = []
        elif line.is_blank or not run:
            between.append(line)
        else:
            yield True, run
            run, between = [], [*between, line]
    if run:
        yield True, run
    if between:
        yield False, between


def replaced(
    lines: list[Line], spans: Callable[[str], Iterable[Span]], make: Callable[[list[Line]], list[Line]]
) -> list[Line]:
    """The lines with each of these spans replaced by what `make` makes of the lines inside."""
    shown = [MADE if line.made else line.text for line in lines]
    text = "\n".join(shown)
    cut = _Cutter(lines, shown)
    written: list[Line] = []
    position = 0
    for begin, end, *inside in spans(text):
        written += _without_empty(cut(position, begin), -1)
        written += make(cut(*inside))
        position = end
    return written + _without_empty(cut(position, len(text)), 0) if position else lines


def between(pattern: re.Pattern[str], last: str) -> Callable[[str], Iterator[Span]]:
    """Finds what `pattern` matches and its first group.

    Every match ends with `last`, in any letter case: nothing is searched behind the last of these, so that a search
    for an end that never comes takes no time.
    """
    ends = re.compile(re.escape(last), re.IGNORECASE)

    def spans(text: str) -> Iterator[Span]:
        end = max((found.end() for found in ends.finditer(text)), default=0)
        for found in pattern.finditer(text, 0, end):
            yield *found.span(), *found.span(1)

    return spans


def _without_empty(lines: list[Line], place: int) -> list[Line]:
    """The lines without the one at this place, if it is empty: a piece of a line, of which a span is the rest."""
    if lines and not lines[place].text:
        lines.pop(place)
    return lines


class _Cutter:
    """Cuts pieces out of lines, by their places in the text that the lines make together."""

    def __init__(self, lines: list[Line], shown: list[str]) -> None:
        self._lines, self._shown = lines, shown
        self._starts = [0]
        for text in shown[:-1]:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def __call__(self, begin: int, end: int) -> list[Line]:
        cut = []
        place = bisect_right(self._starts, begin) - 1
        while place < len(self._lines) and self._starts[place] <= end:
            line, start = self._lines[place], self._starts[place]
            piece = self._shown[place][max(begin - start, 0) : end - start]
            cut.append(line if line.made and piece else Line(line.number, piece))
            place += 1
        return cut
