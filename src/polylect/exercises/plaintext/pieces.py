"""Pieces of XML, made of what an author wrote: as they are where that is well-formed, mended where it is not."""

import re
from html import escape
from typing import NamedTuple

import lxml.html
from lxml import etree

from polylect.exercises.markup import VOID_TAGS
from polylect.exercises.plaintext.lines import MADE, Line, plain
from polylect.issues import Issue, IssueKind, Place, Severity, declare

MENDED = declare(
    "exercise-mended", Severity.NOTE, "“{found}” is not well-formed XML; it is read as HTML, and becomes “{became}”."
)

_UNCLOSED_AT = re.compile(r" line (\d+) and ")
"""In what the parser says of an element that is not closed: where it begins."""


class Remark(NamedTuple):
    """A text without its first feedback, and that feedback; its label is None where it has none."""

    rest: str
    text: str = ""
    label: str | None = None


class Pieces:
    """Makes pieces of XML, and keeps what there is to tell about them in `issues`.

    What the author wrote stays as it is, unless it `mends`: then each piece is well-formed. Numbers are of lines.
    """

    def __init__(self, file: str, *, like_open_edx: bool, mends: bool) -> None:
        self.issues: list[Issue] = []
        self.like_open_edx = like_open_edx
        self.mends = mends
        self._file = file

    def tell(self, kind: IssueKind, number: int, **params: str) -> None:
        """Something to tell the author; texts are told in short."""
        shown = {name: short(text) for name, text in params.items()}
        self.issues.append(kind.at(Place(self._file, number), **shown))

    def html(self, text: str, number: int) -> str:
        return self.sound(text, number) if self.mends else text

    def sound(self, text: str, number: int) -> str:
        """HTML as it is if it is well-formed, else what a browser would make of it."""
        if tree_of(text) is not None:
            return text
        mended = _mended(text)
        self.tell(MENDED, number, found=text, became=mended)
        return mended

    def sound_run(self, lines: list[Line]) -> str:
        """Lines of HTML that may go together, well-formed: first each paragraph, then, if need be, all of them."""
        lines = [
            line._replace(text=self.sound(line.text, line.number)) if line.text.startswith("<p>") else line
            for line in lines
        ]
        text = plain(lines)
        try:
            etree.fromstring(f"<x>{text}</x>")
        except etree.XMLSyntaxError as error:
            place = _UNCLOSED_AT.search(error.msg or "")
            number = int(place[1]) if place else error.lineno or 1
            line = lines[min(number, len(lines)) - 1]
            self.tell(MENDED, line.number, found=line.text, became=_mended(line.text))
            return _mended(text)
        return text

    def attribute(self, text: str, number: int) -> str:
        """The value of an attribute; where it is not well-formed, it is no XML."""
        if not self.mends or ('"' not in text and tree_of(f'<x a="{text}"/>') is not None):
            return text
        written = escape(text)
        if self.like_open_edx:
            self.tell(MENDED, number, found=text, became=written)
        return written

    def feedback(self, tag: str, remark: Remark, number: int, attributes: str = "") -> str:
        if remark.label is not None:
            attributes += f' label="{self.attribute(remark.label, number)}"'
        return f"<{tag}{attributes}>{self.html(remark.text, number)}</{tag}>"


def remark_of(text: str) -> Remark:
    """Takes the first feedback out of a text, and the space before it."""
    begin = text.find("{{")
    end = text.find("}}", begin + 2)
    if begin < 0 or end < 0:
        return Remark(text)
    rest = text[:begin].rstrip() + text[end + 2 :]
    label, sign, said = text[begin + 2 : end].strip().partition("::")
    return Remark(rest, said.strip(), label.strip()) if sign else Remark(rest, label)


def tree_of(xml: str) -> etree._Element | None:
    """The element `x` with this XML in it, if that is well-formed."""
    try:
        return etree.fromstring(f"<x>{xml}</x>")
    except etree.XMLSyntaxError:
        return None


def short(text: str) -> str:
    """A text as it is told in an issue."""
    text = " ".join(text.replace(MADE, "").split())
    return text if len(text) <= 60 else text[:59] + "…"


def _mended(fragment: str) -> str:
    """A fragment as an HTML parser understands it, written as XML; as plain text, where even that fails."""
    try:
        holder = lxml.html.fragment_fromstring(fragment, create_parent="div")
        for element in holder.iter():
            if isinstance(element.tag, str) and element.text is None and element.tag not in VOID_TAGS:
                element.text = ""
        written = etree.tostring(holder, encoding="unicode", with_tail=False)
        etree.fromstring(written)
    except (etree.LxmlError, ValueError):
        return escape(fragment, quote=False)
    return written[written.index(">") + 1 : written.rindex("</")]
