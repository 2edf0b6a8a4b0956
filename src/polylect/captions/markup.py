"""The markup inside a cue: WebVTT's cue text, as a tree.

Follows WebVTT (W3C Candidate Recommendation, 4 April 2019), section 6.4, "WebVTT cue text parsing rules". Nothing is
refused there: unknown tags vanish, what stays open is closed at the end. Character references are HTML's, by `html`.
"""

import html
import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from polylect.captions import times

DEPTH_MAX = 60
"""A departure: elements inside so many others are passed over as if they were unknown."""

_TAG = re.compile(r"<([^>]*)>?")
_SPACES = re.compile(r"[\t\n\f\r ]+")
_START_TAG = re.compile(r"([^\t\n\f .]*)((?:\.[^\t\n\f .]*)*)(.*)", re.DOTALL)


class Kind(Enum):
    """The elements of cue text, by their tags."""

    CLASS = "c"
    ITALIC = "i"
    BOLD = "b"
    UNDERLINE = "u"
    RUBY = "ruby"
    READING = "rt"
    VOICE = "v"
    LANGUAGE = "lang"


@dataclass(frozen=True)
class Element:
    """`<kind.class annotation>children</kind>`. The annotation is the speaker of a voice, the tag of a language."""

    kind: Kind
    children: tuple["Node", ...] = ()
    classes: tuple[str, ...] = ()
    annotation: str = ""


@dataclass(frozen=True)
class Moment:
    """`<00:01.000>`: what follows is said from here on."""

    time_ms: int


Node = str | Element | Moment


class Fault(Enum):
    """Why a tag has no effect, or not the one its author thought of."""

    UNKNOWN = "unknown"
    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Flaw:
    """A tag, as written, what is wrong with it, and where in the payload it begins."""

    tag: str
    fault: Fault
    start: int


def parse(cue_text: str) -> tuple[Node, ...]:
    """The tree of a payload, by the standard's rules: any text has one. Strings are decoded; no two are neighbors."""
    return _read(cue_text).nodes()


def flaws(cue_text: str) -> tuple[Flaw, ...]:
    """The tags of a payload that readers pass over or repair. A voice that is the whole cue need not be closed."""
    reader = _read(cue_text)
    reader.nodes()
    return tuple(reader.flaws)


def write(nodes: tuple[Node, ...]) -> str:
    """The payload of a tree, every element closed: `parse(write(nodes)) == nodes`."""
    return "".join(_written(node) for node in nodes)


def escape(text: str) -> str:
    """Text as it stands in a payload: `&` and `<` as references, and the `>` of an arrow."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


@dataclass
class _Open:
    """An element whose end has not been reached."""

    start: int
    tag: str
    kind: Kind | None
    classes: tuple[str, ...] = ()
    annotation: str = ""
    children: list[Node] = field(default_factory=list)


class _Reader:
    """The elements that are open, outermost first; the first of them stands for the cue itself."""

    def __init__(self) -> None:
        self.open = [_Open(0, "", None)]
        self.flaws: list[Flaw] = []

    def nodes(self) -> tuple[Node, ...]:
        """Closes everything, and gives the whole tree."""
        while len(self.open) > 1:
            last = self.open[-1]
            if last.tag.endswith(">") and not self._is_whole_voice():
                self.flaws.append(Flaw(last.tag, Fault.UNCLOSED, last.start))
            self._close()
        return _merged(self.open[0].children)

    def text(self, raw: str) -> None:
        self.open[-1].children.append(html.unescape(raw))

    def tag(self, start: int, tag: str, body: str) -> None:
        """Reads a tag that begins at `start`; `body` is what stands between the angle brackets."""
        if body[:1] == "/":
            fault = self._end_tag(body[1:])
        elif "0" <= body[:1] <= "9":
            fault = self._moment(body)
        else:
            fault = self._start_tag(start, tag, body)
        if not tag.endswith(">"):
            fault = Fault.UNFINISHED
        if fault:
            self.flaws.append(Flaw(tag, fault, start))

    def _start_tag(self, start: int, tag: str, body: str) -> Fault | None:
        found = _START_TAG.match(body)
        assert found is not None  # noqa: S101  the pattern matches any text
        name, classes, annotation = found.groups()
        kind = _KINDS.get(name)
        is_misplaced = kind is Kind.READING and self.open[-1].kind is not Kind.RUBY
        if kind is None or is_misplaced or len(self.open) > DEPTH_MAX:
            return Fault.UNKNOWN
        said = _SPACES.sub(" ", html.unescape(annotation)).strip(" ") if kind in _ANNOTATED else ""
        self.open.append(_Open(start, tag, kind, tuple(filter(None, classes.split("."))), said))
        return None

    def _end_tag(self, name: str) -> Fault | None:
        kind = self.open[-1].kind
        if kind is not None and name == kind.value:
            self._close()
        elif kind is Kind.READING and name == "ruby":
            self._close()
            self._close()
        else:
            return Fault.UNOPENED
        return None

    def _moment(self, body: str) -> Fault | None:
        time_ms = times.read(body)
        if time_ms is None:
            return Fault.UNKNOWN
        self.open[-1].children.append(Moment(time_ms))
        return None

    def _close(self) -> None:
        closed = self.open.pop()
        if closed.kind is not None:
            element = Element(closed.kind, _merged(closed.children), closed.classes, closed.annotation)
            self.open[-1].children.append(element)

    def _is_whole_voice(self) -> bool:
        return len(self.open) == 2 and self.open[1].kind is Kind.VOICE and not self.open[0].children


_KINDS = {kind.value: kind for kind in Kind}
_ANNOTATED = frozenset({Kind.VOICE, Kind.LANGUAGE})


def _read(cue_text: str) -> _Reader:
    reader = _Reader()
    position = 0
    for found in _TAG.finditer(cue_text):
        if found.start() > position:
            reader.text(cue_text[position : found.start()])
        reader.tag(found.start(), found[0], found[1])
        position = found.end()
    if position < len(cue_text):
        reader.text(cue_text[position:])
    return reader


def _merged(nodes: list[Node]) -> tuple[Node, ...]:
    """The nodes with neighboring strings, which a tag without effect has parted, as one."""
    merged: list[Node] = []
    for is_text, run in groupby(nodes, lambda node: isinstance(node, str)):
        several = list(run)
        merged += ["".join(map(str, several))] if is_text else several
    return tuple(merged)


def _written(node: Node) -> str:
    if isinstance(node, str):
        return escape(node)
    if isinstance(node, Moment):
        return f"<{times.write(node.time_ms)}>"
    classes = "".join(f".{name}" for name in node.classes)
    annotation = f" {escape(node.annotation).replace('>', '&gt;')}" if node.annotation else ""
    return f"<{node.kind.value}{classes}{annotation}>{write(node.children)}</{node.kind.value}>"
