"""Exercises about arrangements, as their authors write them: YAML in a fence of a unit, to problem XML and back.

::: arrangement who-gains
title: The library and the group
story: |
  A wiki group runs editing workshops, and the city library lends its room.
sides:
  - {id: library, name: the city library, kind: organization, invests: [venue, promotion?], gains: [reach, mission]}
  - {id: group, name: the wiki group, kind: group, invests: [time, expertise], gains: recruits}
overlap: [compatible, shared]
verdict: partnership
note: Both put something in, both get something out.
explain:
  donation: Something comes back.
:::

`read` makes XML of it, one element a line, and knows from which line of the author's file each comes: so the issues
that `exercises.parse` finds are told where the author can mend them. `write` gives the YAML of XML back. docs/exercises
has a page for each kind.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from polylect.exercises import graded_here, markup
from polylect.exercises.plaintext.folding import folded
from polylect.exercises.plaintext.pieces import Pieces
from polylect.markdown import prose
from polylect.markdown.fields import Fields, read_fields
from polylect.markdown.prose import Rewrite

TAGS = {
    "arrangement": "arrangementresponse",
    "repair": "repairresponse",
    "spot": "missingresponse",
    "sort": "sortresponse",
    "contrast": "contrastresponse",
    "matrix": "matrixresponse",
}
"""The kinds of fences, and the elements that they become."""

_KINDS = {tag: kind for kind, tag in TAGS.items()}
_SIDES = (
    "a list of sides, such as {id: library, name: the city library, kind: organization, invests: venue, gains: reach}"
)
_CELL = "a word, or a list of words, such as [venue, time]"
_TEXTS = "a text for each wrong answer, such as {donation: Something comes back.}"
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p\b).)*)</p>", re.DOTALL)
_EMPHASIS = re.compile(r"</?(?:em|strong)>")
_SIGNS = {"em": "*", "strong": "**"}
_WIDTH = 1000
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass
class Made:
    """Problem XML, and of each of its lines the line of the author's file that it comes from."""

    rows: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def put(self, xml: str, line: int) -> None:
        for row in xml.split("\n"):
            self.rows.append(row)
            self.lines.append(line)

    @property
    def xml(self) -> str:
        return graded_here("\n".join(self.rows))

    def line_of(self, number: int) -> int:
        """The author's line of a line of the XML."""
        return self.lines[min(max(number, 1), len(self.lines)) - 1]


def read(kind: str, fields: Fields, rewrite: Rewrite = str) -> Made:
    """Reads what is asked out of an exercise's fields; others are left for whoever reads its settings."""
    made = Made()
    reader = _Reader(fields, made, rewrite)
    top = fields.first_line
    made.put("<problem>", top)
    getattr(reader, kind)()
    reader.hints(fields)
    made.put("</problem>", top)
    return made


def write(xml: str) -> str | None:
    """The YAML of an exercise about arrangements, without the settings of its block. None for XML that it cannot say:
    what it gives always reads back as the same XML, white space between tags aside."""
    try:
        root = markup.read(xml)
    except markup.Unreadable:
        return None
    found = [element for element in root if element.tag in _KINDS]
    if len(found) != 1 or (root.text or "").strip():
        return None
    kind = _KINDS[str(found[0].tag)]
    values = CommentedMap(_Writer().question(kind, found[0]))
    hints = [_plain(markup.inner_html(hint)) for hint in root.findall("demandhint/hint")]
    if hints:
        values["hints"] = hints
    text = _yaml(values)
    again = read(kind, read_fields(text, "", [])).xml
    try:
        is_same = folded(again) == folded(xml)
    except etree.XMLSyntaxError:
        return None
    return text if is_same else None


def kind_of(xml: str) -> str:
    """The kind of fence that says this exercise; empty where none does."""
    try:
        root = markup.read(xml)
    except markup.Unreadable:
        return ""
    return next((_KINDS[str(element.tag)] for element in root if element.tag in _KINDS), "")


class _Reader:
    """Takes fields one by one, and puts what they say into the XML. A method for each kind of fence."""

    def __init__(self, fields: Fields, made: Made, rewrite: Rewrite) -> None:
        self.fields = fields
        self.made = made
        self.rewrite = rewrite
        self.markdown = prose.parser()

    def arrangement(self) -> None:
        fields = self.fields
        points = fields.text("points")
        sides = "given" if fields.flag("show_sides") else ""
        filled = fields.words("filled", expected="a list of cells, such as [library.invests, overlap]") or ""
        self.open("arrangement", points=points, sides=sides, filled=filled)
        self.label_and_story()
        self.case(fields)
        self.verdicts()
        self.explanations(fields, "kind")
        self.close("arrangement")

    def repair(self) -> None:
        self.open("repair", points=self.fields.text("points"))
        self.label_and_story()
        self.case(self.fields)
        self.explanations(self.fields, "cell")
        self.close("repair")

    def spot(self) -> None:
        missing = self.fields.text("missing", required=True, expected="sides, investment, overlap, benefit or none")
        self.open("spot", points=self.fields.text("points"), missing=missing)
        self.label_and_story()
        self.case(self.fields)
        self.explanations(self.fields, "condition")
        self.close("spot")

    def sort(self) -> None:
        fields = self.fields
        kinds = fields.words("kinds", expected="a list of kinds, such as [partnership, donation]") or ""
        self.open("sort", points=fields.text("points"), kinds=kinds)
        self.label_and_story()
        self.values(fields)
        for case in fields.nested("cases", required=True, expected="a list of {id, text, kind, explain}"):
            attributes = {"name": case.text("id", required=True), "kind": case.text("kind", required=True)}
            self.made.put(f"<case{_attributes(attributes)}>", case.line_of("id"))
            self.block(case, "text", required=True)
            if "sides" in case.values:
                self.case(case)
            self.line(case, "right", "right")
            self.explanations(case, "kind", with_note=False)
            self.made.put("</case>", case.line_of("id"))
            case.finish()
        self.note()
        self.close("sort")

    def contrast(self) -> None:
        fields = self.fields
        flips = fields.text("flips", required=True, expected="a cell, such as library.gains")
        self.open("contrast", points=fields.text("points"), flips=flips)
        self.label_and_story()
        self.values(fields)
        for name, case in zip("ab", fields.nested("cases", required=True, expected="two cases"), strict=False):
            title = case.text("title")
            line = case.line_of("title" if title else "story")
            self.made.put(f"<case{_attributes({'name': name})}>", line)
            if title:
                self.made.put(f"<title>{escape(title, quote=False)}</title>", line)
            self.block(case, "story", required=True)
            self.case(case)
            self.made.put("</case>", line)
            case.finish()
        self.explanations(fields, "cell")
        self.close("contrast")

    def matrix(self) -> None:
        fields = self.fields
        offered = fields.words("offered", expected=_CELL) or ""
        self.open("matrix", points=fields.text("points"), of=fields.text("asks") or "invests", offered=offered)
        self.label_and_story()
        self.case(fields)
        self.explanations(fields, "cell")
        self.close("matrix")

    def open(self, kind: str, **attributes: str) -> None:
        self.made.put(f"<{TAGS[kind]}{_attributes(attributes)}>", self.fields.first_line)

    def close(self, kind: str) -> None:
        self.made.put(f"</{TAGS[kind]}>", self.fields.first_line)

    def label_and_story(self) -> None:
        self.line(self.fields, "question", "label")
        self.block(self.fields, "story")

    def case(self, fields: Fields) -> None:
        """Who takes part, what belongs into the cells, and how the goals meet."""
        if fields is self.fields:
            self.values(fields)
        for name, tag in (("sides", "side"), ("others", "bystander")):
            required = name == "sides"
            for side in fields.nested(name, required=required, expected=_SIDES):
                attributes = {
                    "name": side.text("id", required=True, expected="a short name, such as library"),
                    "kind": side.text("kind"),
                    "invests": side.words("invests", expected=_CELL) or "",
                    "gains": side.words("gains", expected=_CELL) or "",
                }
                text = escape(side.text("name", required=True), quote=False)
                self.made.put(f"<{tag}{_attributes(attributes)}>{text}</{tag}>", side.line_of("id"))
                side.finish()
        overlap = fields.words("overlap", expected="shared, compatible or none")
        if overlap is not None:
            self.made.put(f"<goals{_attributes({'overlap': overlap})}/>", fields.line_of("overlap"))

    def values(self, fields: Fields) -> None:
        """The author's own values."""
        lists = fields.inner("values", expected="own values, such as {invests: {laptops: old laptops}}")
        for of in ("invests", "gains"):
            own = lists.inner(of, expected="a name for each value, such as {laptops: old laptops}")
            for id in list(own.values):
                described = own.values[id]
                line = own.line_of(id)
                if isinstance(described, Mapping):
                    value = own.inner(id, expected="a name, and what it is like")
                    name, like = value.text("name", required=True), value.text("like")
                    value.finish()
                else:
                    name, like = own.text(id), ""
                attributes = {"of": of, "name": str(id), "like": like}
                self.made.put(f"<value{_attributes(attributes)}>{escape(name, quote=False)}</value>", line)
        lists.finish()

    def verdicts(self) -> None:
        fields, expected = self.fields, "a kind, or a list of {kind, if, sides, overlap}"
        if not fields.is_list("verdict"):
            kind = fields.text("verdict", required=True, expected=expected)
            self.made.put(f"<verdict{_attributes({'kind': kind})}/>", fields.line_of("verdict"))
            return
        for verdict in fields.nested("verdict", expected=expected):
            line = verdict.line_of("kind")
            assumed = verdict.text("if", required=True, expected="what is assumed")
            kind = verdict.text("kind", required=True)
            self.made.put(f"<verdict{_attributes({'kind': kind})}>{self.html(assumed, line, inline=True)}", line)
            sides = verdict.inner("sides", expected="what changes, such as {library: {gains: reach}}")
            for id in list(sides.values):
                side = sides.inner(id, expected="cells, such as {gains: reach}")
                attributes = {
                    "side": str(id),
                    "invests": side.words("invests", expected=_CELL) or "",
                    "gains": side.words("gains", expected=_CELL) or "",
                }
                self.made.put(f"<cell{_attributes(attributes)}/>", sides.line_of(id))
                side.finish()
            overlap = verdict.words("overlap", expected="shared, compatible or none")
            if overlap is not None:
                self.made.put(f"<goals{_attributes({'overlap': overlap})}/>", verdict.line_of("overlap"))
            self.made.put("</verdict>", line)
            verdict.finish()

    def explanations(self, fields: Fields, attribute: str, *, with_note: bool = True) -> None:
        texts = fields.inner("explain", expected=_TEXTS)
        for code in list(texts.values):
            line = texts.line_of(code)
            text = self.html(texts.text(code), line, inline=True)
            self.made.put(f"<explain{_attributes({attribute: str(code)})}>{text}</explain>", line)
        if with_note:
            self.note()

    def note(self) -> None:
        self.line(self.fields, "note", "note")

    def hints(self, fields: Fields) -> None:
        hints = fields.texts("hints")
        if hints:
            line = fields.line_of("hints")
            told = "".join(f"<hint>{self.html(hint, line, inline=True)}</hint>" for hint in hints)
            self.made.put(f"<demandhint>{told}</demandhint>", line)

    def line(self, fields: Fields, name: str, tag: str) -> None:
        """A text that may hold inline Markdown, as an element."""
        text = fields.text(name)
        if text:
            html = self.html(text, fields.line_of(name), inline=True)
            self.made.put(f"<{tag}>{html}</{tag}>", fields.line_of(name))

    def block(self, fields: Fields, name: str, *, required: bool = False) -> None:
        """A text of any Markdown."""
        text = fields.text(name, required=required)
        if text:
            self.made.put(self.html(text, fields.line_of(name)), fields.line_of(name))

    def html(self, text: str, line: int, *, inline: bool = False) -> str:
        html = prose.render(self.markdown, self.markdown.parse(text), self.rewrite)
        alone = _ONE_PARAGRAPH.fullmatch(html) if inline else None
        pieces = Pieces(self.fields.file, like_open_edx=False, mends=True)
        sound = pieces.html(alone[1] if alone else html, line)
        self.fields.issues.extend(pieces.issues)
        return sound


class _Writer:
    """From elements to what an author would have written."""

    def question(self, kind: str, element: etree._Element) -> Iterator[tuple[str, Any]]:
        label = element.find("label")
        if label is not None:
            yield "question", _plain(markup.inner_html(label))
        story = _story(element)
        if story:
            yield "story", story
        yield from self.settings(kind, element)
        yield from self.values(element)
        if kind in ("sort", "contrast"):
            write = self.sorted_case if kind == "sort" else self.contrasted_case
            yield "cases", [CommentedMap(write(case)) for case in element.findall("case")]
        else:
            yield from self.case(element)
        yield from self.verdicts(element)
        yield from self.inline(element, "note", "note")
        yield from self.explanations(element)

    def settings(self, kind: str, element: etree._Element) -> Iterator[tuple[str, Any]]:
        names = {"points": "points", "missing": "missing", "flips": "flips", "of": "asks"}
        for attribute, name in names.items():
            if element.get(attribute):
                yield name, element.get(attribute)
        if element.get("sides") == "given":
            yield "show_sides", True
        for name in ("kinds", "offered", "filled"):
            if element.get(name):
                yield name, _words(element.get(name, ""))

    def sorted_case(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        yield "id", element.get("name", "")
        yield "kind", element.get("kind", "")
        yield "text", _story(element)
        yield from self.case(element)
        yield from self.inline(element, "right", "right")
        yield from self.explanations(element)

    def contrasted_case(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        title = element.find("title")
        if title is not None:
            yield "title", markup.inner_text(title)
        yield "story", _story(element)
        yield from self.case(element)

    def case(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        for tag, name in (("side", "sides"), ("bystander", "others")):
            listed = CommentedSeq([self.side(side) for side in element.findall(tag)])
            if listed:
                yield name, listed
        goals = element.find("goals")
        if goals is not None:
            yield "overlap", _words(goals.get("overlap", ""))

    def side(self, element: etree._Element) -> CommentedMap:
        side = CommentedMap({"id": element.get("name", ""), "name": markup.inner_text(element)})
        side |= {name: element.get(name) for name in ("kind",) if element.get(name)}
        side |= {name: _words(element.get(name, "")) for name in ("invests", "gains") if element.get(name)}
        side.fa.set_flow_style()
        return side

    def values(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        lists: dict[str, Any] = {}
        for value in element.findall("value"):
            name, like = markup.inner_text(value), value.get("like")
            described: Any = CommentedMap({"name": name, "like": like}) if like else name
            lists.setdefault(value.get("of", ""), {})[value.get("name", "")] = described
        if lists:
            yield "values", lists

    def verdicts(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        elements = element.findall("verdict")
        if len(elements) == 1 and not len(elements[0]) and not (elements[0].text or "").strip():
            yield "verdict", elements[0].get("kind", "")
        elif elements:
            yield "verdict", [CommentedMap(self.verdict(one)) for one in elements]

    def verdict(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        yield "kind", element.get("kind", "")
        yield "if", _plain(_html_without(element, ("cell", "goals")))
        sides = {
            cell.get("side", ""): {
                name: _words(cell.get(name, "")) for name in ("invests", "gains") if name in cell.attrib
            }
            for cell in element.findall("cell")
        }
        if sides:
            yield "sides", sides
        goals = element.find("goals")
        if goals is not None:
            yield "overlap", _words(goals.get("overlap", ""))

    def explanations(self, element: etree._Element) -> Iterator[tuple[str, Any]]:
        texts = {
            next(iter(one.attrib.values()), ""): _plain(markup.inner_html(one)) for one in element.findall("explain")
        }
        if texts:
            yield "explain", texts

    def inline(self, element: etree._Element, tag: str, name: str) -> Iterator[tuple[str, Any]]:
        found = element.find(tag)
        if found is not None:
            yield name, _plain(markup.inner_html(found))


_OWN_ELEMENTS = ("label", "value", "side", "bystander", "goals", "verdict", "explain", "note", "right", "case", "title")


def _story(element: etree._Element) -> str:
    """The text of an element, as Markdown."""
    html = _html_without(element, _OWN_ELEMENTS)
    return _markdown(html, inline=False)


def _plain(html: str) -> str:
    return _markdown(html, inline=True)


def _html_without(element: etree._Element, tags: tuple[str, ...]) -> str:
    """What an element holds beside those children."""
    left = [child for child in element if child.tag not in tags]
    return _BLANK_LINES.sub("\n", markup.run_html(element.text or "", left))


def _markdown(html: str, *, inline: bool) -> str:
    """Markdown that means this HTML: words where there is no markup, else the HTML, which Markdown takes as it is."""
    paragraphs = [html] if inline else _ONE_PARAGRAPH.findall(html)
    words = "\n\n".join(unescape(_EMPHASIS.sub(lambda found: _SIGNS[found[0].strip("</>")], one)) for one in paragraphs)
    rendered = _Reader(Fields({}, "", []), Made(), str).html(words, 0, inline=inline)
    is_same = "".join(rendered.replace("&quot;", '"').split()) == "".join(html.split())
    text = words if is_same and "<" not in words else html
    return LiteralScalarString(text + "\n") if "\n" in text else text


def _words(text: str) -> Any:
    """One word, or a list of them."""
    words = text.split()
    if len(words) == 1:
        return words[0]
    listed = CommentedSeq(words)
    listed.fa.set_flow_style()
    return listed


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)


def _yaml(values: CommentedMap) -> str:
    yaml = YAML(typ="rt")
    yaml.width = _WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    yaml.dump(values, written)
    return written.getvalue()
