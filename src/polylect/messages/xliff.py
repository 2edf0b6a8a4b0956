"""Translations of a course as XLIFF 2.0 (OASIS, 2014), the file of translators' programs; 2.1 and 2.2 are read, too.

A `<file>` is a block or level (`original`: its code), a `<unit>` a message: `id` its uuid, `name` its `CODE|ROLE`,
`type` its kind. Placeholders are `<pc>` and `<ph>` with the id that they have in the notation of messages (`a2`), and
what they stand for is `<originalData>`; pairs that cross are `<sc>` and `<ec>`. Characters that XML cannot hold are
`<cp>`. In `<mda:metadata>` stand what the unit left with (`base`) and where cues part (`cuts`), in a note of the
category `made-for` the source text that an outdated translation was made for.

Read is what programs make of it: segments cut and put in another order, `<mrk>` around terms, copied placeholders,
states or none. A file with a document type is refused: entities could read other files, or fill the memory.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, cast
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from polylect import languages
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages.message import Form, Mark, Placeholder, join, split, without_controls
from polylect.messages.rows import Head, Read, Row, State, notes, numbers, parse_base, parse_numbers, warnings

CORE = "urn:oasis:names:tc:xliff:document:2.0"
NAMESPACES = (CORE, "urn:oasis:names:tc:xliff:document:2.2")
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
OUTDATED = "polylect:outdated"

_OLD = "urn:oasis:names:tc:xliff:document:1."
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CATEGORY = "polylect"
_MADE_FOR = "made-for"
_STATES = {
    State.MISSING: "initial",
    State.OUTDATED: f'initial" subState="{OUTDATED}',
    State.TRANSLATED: "translated",
    State.APPROVED: "reviewed",
}
_DONE = ("translated", "reviewed", "final")
_TYPES = {"": "fmt", "a": "link", "img": "image"}
_ONCE = frozenset({"a", "img", "field"})
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IDENTIFIER = re.compile(r"(?P<name>a|img|field|math|code|var|)(?P<number>[0-9]{1,5})(?:-.*)?")
_DATA = re.compile(r"d(?P<id>[a-z]*[0-9]{1,5})")
_NO_CHARACTER = 0x110000
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")

UNREADABLE = declare("xliff-unreadable", Severity.ERROR, "This is no XML: {reason}.")
WITH_DOCTYPE = declare(
    "xliff-doctype", Severity.ERROR, "The file has a document type (<!DOCTYPE …>), which XLIFF does not. Take it out."
)
NOT_XLIFF = declare("xliff-root", Severity.ERROR, "This is XML, and no XLIFF 2: its outermost element is {found}.")
OLD_XLIFF = declare(
    "xliff-version",
    Severity.ERROR,
    "This is XLIFF 1, whose files are made in another way. Have your program save XLIFF 2.",
)
PARTLY = declare(
    "xliff-partly",
    Severity.WARNING,
    "Only a part of “{source}” is translated: {done} of {count} segments. The unit is left out.",
)
UNKNOWN_INLINE = declare(
    "xliff-inline",
    Severity.WARNING,
    "The target of “{source}” has {found}, and no placeholder of the source is named like that. The unit is left out.",
)


class _Unreadable(Exception):
    """An element in a text stands for nothing that we know. `str()` shows it."""


def write(head: Head, rows: Iterable[Row]) -> Iterator[str]:
    """The file, piece by piece: rows that follow each other and stand in one block are one `<file>`."""
    target = f" trgLang={_attribute(head.language)}" if head.language else ""
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{CORE}" xmlns:mda="{METADATA}" version="2.0"'
        f" srcLang={_attribute(head.source_language or 'und')}{target}>\n"
    )
    number = 0
    for number, (code, of_file) in enumerate(groupby(rows, lambda row: row.place.partition("|")[0]), 1):
        yield f'<file id="f{number}" original={_attribute(code)} xml:space="preserve">\n'
        yield from (_unit(row, count, head) for count, row in enumerate(of_file, 1))
        yield "</file>\n"
    if not number:
        yield '<file id="f1"><unit id="none"><segment><source/></segment></unit></file>\n'  # one is required
    yield "</xliff>\n"


def read(content: bytes, file: str) -> Read:
    """The rows of a file. `content` is in whatever encoding it names."""
    root, issue = _root(content, file)
    if root is None:
        return Read(Head(), issues=(issue,) if issue else ())
    source, target = (languages.canonical(root.get(name, "")) or "" for name in ("srcLang", "trgLang"))
    namespace = etree.QName(root).namespace or ""
    rows: list[Row] = []
    issues: list[Issue] = []
    for unit in root.iter(f"{{{namespace}}}unit"):
        row = _read_unit(unit, namespace, file)
        if isinstance(row, Issue):
            issues.append(row)
        elif row is not None:
            rows.append(row)
            target = target or _row_language(unit, namespace)
    return Read(Head("", source, target), tuple(rows), tuple(issues))


def _row_language(unit: etree._Element, namespace: str) -> str:
    """The language that the target of a unit names, or an empty text."""
    found = unit.find(f".//{{{namespace}}}target")
    return (languages.canonical(found.get(_LANG, "")) or "") if found is not None else ""


def _attribute(text: str) -> str:
    return quoteattr(without_controls(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _unit(row: Row, number: int, head: Head) -> str:
    source = _inline(split(row.source), row.placeholders)
    target = f"<target{_lang(head.language)}>{_inline(split(row.text), row.placeholders)}</target>" if row.text else ""
    said = [f'<note category="{category}">{_plain(text)}</note>' for category, text in _notes(row)]
    return (
        f'<unit id="{row.key or f"u{number}"}" name={_attribute(row.place)} type="polylect:{row.kind.value}">\n'
        f"{_metadata(row)}<notes>{''.join(said)}</notes>\n{_original_data(row.placeholders)}"
        f'<segment state="{_STATES[row.state]}">\n<source{_lang(head.source_language)}>{source}</source>\n{target}'
        f"</segment>\n</unit>\n"
    )


def _lang(language: str) -> str:
    return f" xml:lang={_attribute(language)}" if language else ""


def _notes(row: Row) -> Iterator[tuple[str, str]]:
    yield "kind", row.kind.value
    for text in (*warnings(row), *notes(row)):
        yield "note", text
    if row.state is State.OUTDATED:
        yield _MADE_FOR, row.made_for


def _metadata(row: Row) -> str:
    values = {"base": str(row.base) if row.base else "", "cuts": numbers(row.cuts or ())}
    metas = "".join(f'<mda:meta type="{name}">{value}</mda:meta>' for name, value in values.items() if value)
    if not metas:
        return ""
    return f'<mda:metadata><mda:metaGroup category="{_CATEGORY}">{metas}</mda:metaGroup></mda:metadata>\n'


def _original_data(placeholders: Sequence[Placeholder]) -> str:
    data = "".join(f'<data id="d{one.name}{one.number}">{_text(one.shown)}</data>' for one in placeholders)
    return f"<originalData>{data}</originalData>\n" if data else ""


def _plain(text: str) -> str:
    """A text where there can be no elements."""
    return escape(without_controls(text), {"\r": "&#13;"})


def _text(words: str) -> str:
    return _UNWRITABLE.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escape(words, {"\r": "&#13;"}))


def _inline(parts: Sequence[str | Mark], placeholders: Sequence[Placeholder]) -> str:
    """A text with its placeholders as elements. An id is used once in a text; the next is a copy of it."""
    data = {f"{one.name}{one.number}" for one in placeholders}
    partners = _partners(parts)
    closes = set(partners.values())
    used: dict[str, int] = {}
    latest: dict[str, str] = {}
    written = ""
    for at, part in enumerate(parts):
        if isinstance(part, str):
            written += _text(part)
            continue
        name = f"{part.name}{part.number}"
        if at in closes:
            written += "</pc>"
        elif part.form is Form.CLOSE and name in latest:
            written += f'<ec startRef="{latest[name]}"/>'
        else:
            used[name] = used.get(name, 0) + 1
            identifier = name if used[name] == 1 else f"{name}-{used[name]}"
            attributes = _attributes(part, identifier, name if name in data else "", at in partners)
            if part.form is Form.CLOSE:
                written += f'<ec isolated="yes"{attributes}/>'
            elif part.form is Form.ALONE:
                written += f"<ph{attributes}/>"
            elif at in partners:
                written += f"<pc{attributes}>"
            else:
                latest[name] = identifier
                written += f"<sc{attributes}/>"
    return written


def _partners(parts: Sequence[str | Mark]) -> dict[int, int]:
    """Where the pairs that go one inside the other begin, and where each ends."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for at, part in enumerate(parts):
        if isinstance(part, str):
            continue
        if part.form is Form.OPEN:
            opened.append(at)
        elif part.form is Form.CLOSE and opened:
            first = parts[opened[-1]]
            if isinstance(first, Mark) and (first.name, first.number) == (part.name, part.number):
                partners[opened.pop()] = at
    return partners


def _attributes(mark: Mark, identifier: str, data: str, is_pair: bool) -> str:
    name = f"{mark.name}{mark.number}"
    found = {
        "id": identifier,
        "copyOf": name if identifier != name else "",
        "type": _TYPES.get(mark.name, "other"),
        "dataRefStart" if is_pair else "dataRef": f"d{data}" if data else "",
        "canDelete": "no" if mark.name else "",
        "canCopy": "no" if mark.name in _ONCE else "",
    }
    return "".join(f' {key}="{value}"' for key, value in found.items() if value)


def _root(content: bytes, file: str) -> tuple[etree._Element | None, Issue | None]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        line = getattr(error, "lineno", 0) or 0
        return None, UNREADABLE.at(Place(file, line), reason=str(error).partition(", line ")[0].rstrip("."))
    if str(cast(Any, root.getroottree()).docinfo.doctype):
        return None, WITH_DOCTYPE.at(Place(file, 1))
    name = etree.QName(root)
    if (name.namespace or "").startswith(_OLD) or (name.localname == "xliff" and root.get("version", "2")[0] == "1"):
        return None, OLD_XLIFF.at(Place(file, 1))
    if name.localname != "xliff" or name.namespace not in NAMESPACES:
        return None, NOT_XLIFF.at(Place(file, _line(root)), found=f"<{name.localname}>")
    return root, None


def _read_unit(unit: etree._Element, namespace: str, file: str) -> Row | Issue | None:
    """The row of a unit; None for one without a text."""
    parts = [part for part in unit if part.tag in (f"{{{namespace}}}segment", f"{{{namespace}}}ignorable")]
    place = Place(file, _line(unit))
    source = ""
    try:
        source = join([piece for part in parts for piece in _pieces(part.find(f"{{{namespace}}}source"))])
        targets = [(part, part.find(f"{{{namespace}}}target")) for part in parts]
        if issue := _partly(targets, namespace, source, place):
            return issue
        text = _text_of(targets, namespace)
    except _Unreadable as error:
        return UNKNOWN_INLINE.at(place, source=_shown(unit), found=error)
    return _row(unit, parts, namespace, source, text) if source or text else None


def _shown(unit: etree._Element) -> str:
    """The beginning of what a unit says, for a sentence about it."""
    words = " ".join("".join(map(str, unit.itertext())).split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _line(element: etree._Element) -> int:
    return int(cast(int | None, element.sourceline) or 0)


def _partly(
    targets: Sequence[tuple[etree._Element, etree._Element | None]], namespace: str, source: str, place: Place
) -> Issue | None:
    """What is wrong with a unit of which some segments are translated, and others not."""
    segments = [(part, target) for part, target in targets if part.tag == f"{{{namespace}}}segment"]
    done = [target is not None and bool(_pieces(target)) for _, target in segments]
    empty = [not _pieces(part.find(f"{{{namespace}}}source")) for part, _ in segments]
    if not any(done) or all(is_done or is_empty for is_done, is_empty in zip(done, empty, strict=True)):
        return None
    return PARTLY.at(place, source=source, done=sum(done), count=len(done))


def _text_of(targets: Sequence[tuple[etree._Element, etree._Element | None]], namespace: str) -> str:
    """The translation: the targets in the order that they say; what is not translated between them is the source's."""
    if not any(target is not None and part.tag.endswith("}segment") for part, target in targets):
        return ""
    found: list[tuple[int, list[str | Mark]]] = []
    for at, (part, target) in enumerate(targets, 1):
        element = target if target is not None else part.find(f"{{{namespace}}}source")
        order = target.get("order", "") if target is not None else ""
        found.append((int(order) if order.isdecimal() else at, _pieces(element)))
    return join([piece for _, pieces in sorted(found, key=lambda one: one[0]) for piece in pieces])


def _pieces(element: etree._Element | None) -> list[str | Mark]:
    """Words and placeholders of a `<source>` or `<target>`. Raises _Unreadable."""
    return list(_inside(element, {})) if element is not None else []


def _inside(element: etree._Element, starts: dict[str, Mark]) -> Iterator[str | Mark]:
    """`starts`: the marks of `<sc>` by id, for the `<ec>` that name them."""
    if element.text:
        yield element.text
    for child in element:
        tag = etree.QName(child).localname
        if tag == "cp":
            yield _character(child)
        elif tag == "ph":
            yield _mark(child, Form.ALONE)
        elif tag == "pc":
            mark = _mark(child, Form.OPEN)
            yield mark
            yield from _inside(child, starts)
            yield Mark(mark.number, Form.CLOSE, mark.name)
        elif tag == "sc":
            mark = starts[child.get("id", "")] = _mark(child, Form.OPEN)
            yield mark
        elif tag == "ec":
            start = starts.get(child.get("startRef", ""))
            yield Mark(start.number, Form.CLOSE, start.name) if start else _mark(child, Form.CLOSE)
        elif tag not in ("sm", "em"):
            yield from _inside(child, starts)
        if child.tail:
            yield child.tail


def _character(element: etree._Element) -> str:
    written = element.get("hex", "")
    found = int(written, 16) if _HEXADECIMAL.fullmatch(written) else _NO_CHARACTER
    if found >= _NO_CHARACTER or 0xD800 <= found <= 0xDFFF:  # half a character is none either
        raise _Unreadable(f'<cp hex="{written}"/>')
    return chr(found)


def _mark(element: etree._Element, form: Form) -> Mark:
    """The placeholder that an element stands for: what it is a copy of, or its id, or the data that it names."""
    data = _DATA.fullmatch(element.get("dataRefStart") or element.get("dataRef") or "")
    names = (element.get("copyOf"), element.get("id"), element.get("startRef"), data["id"] if data else None)
    for name in names:
        found = _IDENTIFIER.fullmatch(name or "")
        if found:
            return Mark(int(found["number"]), form, found["name"])
    raise _Unreadable(f'<{etree.QName(element).localname} id="{element.get("id", "")}"/>')


def _row(unit: etree._Element, parts: Sequence[etree._Element], namespace: str, source: str, text: str) -> Row:
    said = {meta.get("type"): meta.text or "" for meta in unit.iter(f"{{{METADATA}}}meta") if _is_ours(meta)}
    segments = [part for part in parts if part.tag == f"{{{namespace}}}segment"]
    is_done = all(part.get("state") in _DONE for part in segments)
    row = Row(
        key=_uuid(unit.get("id", "")),
        place=unit.get("name", ""),
        source=source,
        text=text,
        cuts=parse_numbers(said.get("cuts", "")) if said else None,
        base=parse_base(said.get("base", "")),
        line=_line(unit),
    )
    return row if is_done else _not_done(row, unit, segments, namespace)


def _is_ours(meta: etree._Element) -> bool:
    group = meta.getparent()
    return group is not None and group.get("category") == _CATEGORY


def _uuid(identifier: str) -> str:
    try:
        return str(UUID(identifier))
    except ValueError:
        return ""


def _not_done(row: Row, unit: etree._Element, segments: Sequence[etree._Element], namespace: str) -> Row:
    """A row without a state that says that it is translated. Many programs leave the state as it was, so what they
    changed was made for the source beside it; and what they did not touch is still as outdated as it was."""
    has_changed = row.base is not None and not row.is_as_it_left
    if not row.text or has_changed:
        return row
    made_for = "".join(
        note.text or "" for note in unit.iter(f"{{{namespace}}}note") if note.get("category") == _MADE_FOR
    )
    is_outdated = any(part.get("subState") == OUTDATED for part in segments)
    return replace(
        row,
        made_for=made_for if is_outdated or row.base else "",
        is_unsure=not made_for and (is_outdated or row.base is not None),
    )
