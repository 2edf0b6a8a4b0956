"""The markup inside a cue: WebVTT's cue text, as a tree.

Follows WebVTT (W3C Candidate Recommendation, 4 April 2019), section 6.4, "WebVTT cue text parsing rules". Nothing is
refused there: unknown tags vanish, what stays open is closed at the end. Character references are HTML's, by `html`.
"""

import html
import re
from dataclasses import dataclass, field
from enum import Enum

from polylect.captions import times

_TAG = re.compile(r"<([^>]*)(>?)")
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
    """A tag, as written, and what is wrong with it."""

    tag: str
    fault: Fault


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

    tag: str
    kind: Kind | None
    classes: tuple[str, ...] = ()
    annotation: str = ""
    children: list[Node] = field(default_factory=list)


class _Reader:
    """The elements that are open, outermost first; the first of them stands for the cue itself."""

    def __init__(self) -> None:
        self.open = [_Open("", None)]
        self.flaws: list[Flaw] = []

    def nodes(self) -> tuple[Node, ...]:
        """Closes everything, and gives the whole tree."""
        while len(self.open) > 1:
            if self.open[-1].tag.endswith(">") and not self._is_whole_voice():
                self.flaws.append(Flaw(self.open[-1].tag, Fault.UNCLOSED))
            self._close()
        return tuple(self.open[0].children)

    def text(self, raw: str) -> None:
        children = self.open[-1].children
        text = html.unescape(raw)
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def tag(self, tag: str, body: str) -> None:
        if body[:1] == "/":
            self._end_tag(tag, body[1:])
        elif "0" <= body[:1] <= "9":
            self._moment(tag, body)
        else:
            self._start_tag(tag, body)

    def _start_tag(self, tag: str, body: str) -> None:
        found = _START_TAG.match(body)
        assert found is not None  # noqa: S101  the pattern matches any text
        name, classes, annotation = found.groups()
        kind = _KINDS.get(name)
        if kind is None or (kind is Kind.READING and self.open[-1].kind is not Kind.RUBY):
            self.flaws.append(Flaw(tag, Fault.UNKNOWN))
            return
        said = _SPACES.sub(" ", html.unescape(annotation)).strip(" ") if kind in _ANNOTATED else ""
        self.open.append(_Open(tag, kind, tuple(filter(None, classes.split("."))), said))

    def _end_tag(self, tag: str, name: str) -> None:
        kind = self.open[-1].kind
        if kind is not None and name == kind.value:
            self._close()
        elif kind is Kind.READING and name == "ruby":
            self._close()
            self._close()
        else:
            self.flaws.append(Flaw(tag, Fault.UNOPENED))

    def _moment(self, tag: str, body: str) -> None:
        time_ms = times.read(body)
        if time_ms is None:
            self.flaws.append(Flaw(tag, Fault.UNKNOWN))
        else:
            self.open[-1].children.append(Moment(time_ms))

    def _close(self) -> None:
        closed = self.open.pop()
        if closed.kind is not None:
            element = Element(closed.kind, tuple(closed.children), closed.classes, closed.annotation)
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
        flaws_before = len(reader.flaws)
        reader.tag(found[0], found[1])
        if not found[2]:
            reader.flaws[flaws_before:] = [Flaw(found[0], Fault.UNFINISHED)]
        position = found.end()
    if position < len(cue_text):
        reader.text(cue_text[position:])
    return reader


def _written(node: Node) -> str:
    if isinstance(node, str):
        return escape(node)
    if isinstance(node, Moment):
        return f"<{times.write(node.time_ms)}>"
    classes = "".join(f".{name}" for name in node.classes)
    annotation = f" {escape(node.annotation).replace('>', '&gt;')}" if node.annotation else ""
    return f"<{node.kind.value}{classes}{annotation}>{write(node.children)}</{node.kind.value}>"
