"""One element of an export with everything known about it, and the way from an element to the next.

In OLX an element stands in its parent's file, or its parent's file has only a pointer to it: `<html url_name="a"/>`
means `html/a.xml`. Both ways come mixed. `policy.json` may override any attribute. Here all that is put together, so
that the rest of the reader sees nodes and never files.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from polylect.issues import Place, Severity, declare
from polylect.olx.export import Export, Parsed
from polylect.olx.fields import Fields

MAX_NODES = 30_000
"""Elements of one course: a file that names itself many times over is not followed for ever."""
MAX_DEPTH = 40
MAX_CODE_CHARS = 120

DANGLING = declare(
    "olx-dangling", Severity.ERROR, "{tag} “{code}” is named here, but its file {expected} does not exist."
)
DRAFT_ONLY = declare(
    "olx-draft-only",
    Severity.WARNING,
    "{tag} “{code}” is named here, but exists as a draft only: staff can look at it.",
)
CYCLE = declare("olx-cycle", Severity.ERROR, "{tag} “{code}” contains itself; it is left out here.")
TOO_DEEP = declare(
    "olx-too-deep", Severity.ERROR, "{tag} “{code}” stands more than {limit} levels deep; it is left out."
)
TOO_MANY = declare("olx-too-many", Severity.ERROR, "The course has more than {limit} elements; the rest is left out.")
DUPLICATE = declare(
    "olx-duplicate", Severity.WARNING, "The url_name “{code}” is used by another {tag} too; here it becomes “{found}”."
)
NO_CODE = declare(
    "olx-no-url-name", Severity.NOTE, "This {tag} has no url_name; it is called “{code}”, by its place. Give it one."
)
ODD_CODE = declare(
    "olx-odd-url-name",
    Severity.NOTE,
    "The url_name “{found}” does not fit into an address; it becomes “{code}”.",
)
OTHER_TAG = declare(
    "olx-other-tag",
    Severity.WARNING,
    "Found <{found}>; expected <{expected}>, as this file is named. It is read as {found}.",
)

INHERITED = (
    *("showanswer", "show_correctness", "rerandomize", "max_attempts", "show_reset_button", "graceperiod"),
    *("graded", "format"),
)
"""Attributes that hold for everything inside, unless it says otherwise."""

_POINTER_ATTRIBUTES = frozenset({"url_name", "slug", "org", "course"})
_SAY_MORE = frozenset({"chapter", "sequential", "vertical", "html", "problem"})
_ODD = re.compile(r"[^\w.:~-]+")


@dataclass(frozen=True)
class Node:
    """An element of the course, pointers followed. `source` is its file, where it is the root of one."""

    element: etree._Element
    tag: str
    code: str
    """Unique in the course."""
    url_name: str
    """As written."""
    attributes: Mapping[str, str]
    file: str
    inherited: Mapping[str, str]
    base: str = ""
    """Where its pointers are looked up first: `drafts/` for a draft and everything in it."""
    source: Parsed | None = None
    open_files: tuple[str, ...] = ()
    depth: int = 0
    is_refused: bool = False
    """Whether the file was not read as XML at all, so that `source` has nothing but its text."""

    @property
    def line(self) -> int:
        return line_of(self.element)

    @property
    def title(self) -> str:
        return (self.attributes.get("display_name") or self.attributes.get("name") or "").strip()


class Nodes:
    """Makes nodes: follows pointers, applies policies, gives codes."""

    def __init__(self, export: Export, policies: Mapping[str, Mapping[str, str]]) -> None:
        self.export = export
        self.policies = policies
        self.tags_by_code: dict[str, str] = {}
        self.codes_by_name: dict[str, str] = {}
        self.used_policies: set[str] = set()
        self.draft_pointers: set[str] = set()
        self._repeats: Counter[str] = Counter()
        self._count = 0

    def fields(self, node: Node) -> Fields:
        """The node's attributes, to be read."""
        place = Place(self.export.place(node.file), node.line, node.code)
        fields = Fields(node.attributes, node.inherited, place, self.export.issues)
        fields.drop(
            "display_name", "name", "xblock-family", "parent_url", "parent_sequential_url", "index_in_children_list"
        )
        return fields

    def children(self, node: Node, leave_out: frozenset[str] = frozenset()) -> Iterator[Node]:
        """The nodes inside this one, in order, but for these tags. What cannot be followed is reported and left out."""
        unnamed: Counter[str] = Counter()
        for element in node.element.iterchildren(etree.Element):
            tag, name = str(element.tag), _name_of(element)
            if tag in leave_out:
                continue
            if not name:
                unnamed[tag] += 1
                name = f"{node.code}-{tag}-{unnamed[tag]}"
                self.export.report(NO_CODE, node.file, line_of(element), name, tag=tag, code=name)
            child = self._follow(element, name, node)
            if child is not None:
                yield child

    def _follow(self, element: etree._Element, name: str, parent: Node) -> Node | None:
        """The node for an element inside `parent`, or None, with an issue."""
        tag = str(element.tag)
        file, line = parent.file, line_of(element)
        self._count += 1
        if self._count >= MAX_NODES:
            if self._count == MAX_NODES:
                self.export.report(TOO_MANY, file, line, limit=MAX_NODES)
            return None
        if parent.depth >= MAX_DEPTH:
            self.export.report(TOO_DEEP, file, line, name, tag=tag, code=name, limit=MAX_DEPTH)
            return None
        found = self._definition(element, parent)
        return None if found is None else self._finished(found, parent.inherited, name, file, line)

    def root(self, file: str, source: Parsed, name: str, base: str = "") -> Node:
        """The node of a file that nothing need point at."""
        tag = str(source.root.tag)
        start = Node(source.root, tag, "", name, _attributes(source.root), file, {}, base, source, (file,))
        return self._finished(start, {}, name, file, start.line)

    def path(self, tag: str, name: str, base: str) -> str | None:
        """The file that a pointer means, or None. A colon in a name parts folders."""
        for folder in dict.fromkeys((base, "")):
            for stem in dict.fromkeys((name.replace(":", "/"), name)):
                path = f"{folder}{tag}/{stem}.xml"
                if path in self.export:
                    return path
        return None

    def _definition(self, element: etree._Element, parent: Node) -> Node | None:
        """The element itself, or the root of the file that it points to, through any number of pointers."""
        tag, name = str(element.tag), _name_of(element)
        node = replace(
            parent,
            element=element,
            tag=tag,
            url_name=name,
            attributes=_attributes(element),
            source=None,
            depth=parent.depth + 1,
        )
        while name and self._may_point(node):
            path = self.path(node.tag, node.attributes.get("filename") or name, node.base)
            if path is None:
                return self._without_file(node, parent)
            if path == node.file:
                return node  # an empty element is all that its own file has
            if path in node.open_files:
                self.export.report(CYCLE, node.file, line_of(node.element), name, tag=tag, code=name)
                return None
            source = self.export.xml(path)
            if source is None:
                return self._refused(node, path)
            node = self._opened(node, path, source)
            name = _name_of(source.root) or name
        return node

    def _may_point(self, node: Node) -> bool:
        """Whether this is a pointer: empty, and saying nothing else; but some that people write have a title."""
        if not is_empty(node.element) or "xblock-family" in node.attributes:
            return False
        if node.attributes.keys() <= _POINTER_ATTRIBUTES:
            return True
        filename = node.attributes.get("filename")
        if node.tag == "html" and filename and self.html_path(filename, node.base):
            return False
        return node.source is None and node.tag in _SAY_MORE

    def html_path(self, name: str, base: str) -> str | None:
        """The file with the HTML that an `html` calls `name`, or None."""
        for folder in dict.fromkeys((base, "")):
            for stem in dict.fromkeys((name, name.replace(":", "/"))):
                for path in (f"{folder}html/{stem}.html", f"{folder}html/{stem}.htm", f"{folder}html/{stem}"):
                    if path in self.export:
                        return path
        return None

    def _opened(self, pointer: Node, path: str, source: Parsed) -> Node:
        tag = str(source.root.tag)
        if tag != pointer.tag:
            self.export.report(OTHER_TAG, path, line_of(source.root), found=tag, expected=pointer.tag)
        return replace(
            pointer,
            element=source.root,
            tag=tag,
            attributes={**pointer.attributes, **_attributes(source.root)},
            file=path,
            source=source,
            open_files=(*pointer.open_files, path),
        )

    def _refused(self, pointer: Node, path: str) -> Node | None:
        """A node for a file that was not read as XML: there is its text to keep, if it was not too long for that."""
        text = self.export.refused.get(path)
        if text is None:
            return None
        nothing = etree.Element(pointer.tag)
        source = Parsed(nothing, text, is_broken=True)
        return replace(pointer, element=nothing, file=path, source=source, is_refused=True)

    def _without_file(self, node: Node, parent: Node) -> Node | None:
        """An empty element without a file: all there is, if it says anything; else a pointer that leads nowhere."""
        if not node.attributes.keys() <= _POINTER_ATTRIBUTES:
            return node
        if node.source is not None or (node.tag == "html" and self.html_path(node.url_name, node.base)):
            return node
        draft = self.path(node.tag, node.url_name, "drafts/")
        line = line_of(node.element)
        if draft is not None:
            self.draft_pointers.add(draft)
            self.export.report(DRAFT_ONLY, parent.file, line, node.url_name, tag=node.tag, code=node.url_name)
        else:
            expected = self.export.place(f"{node.tag}/{node.url_name.replace(':', '/')}.xml")
            self.export.report(
                DANGLING, parent.file, line, node.url_name, tag=node.tag, code=node.url_name, expected=expected
            )
        return None

    def _finished(self, node: Node, above: Mapping[str, str], name: str, file: str, line: int) -> Node:
        """The node with its policy, what it inherits from above, and a code; it was named in this file and line."""
        key = f"{node.tag}/{name}"
        attributes = {**node.attributes, **self.policies.get(key, {})}
        self.used_policies.add(key)
        for each in _POINTER_ATTRIBUTES:
            attributes.pop(each, None)
        inherited = {**above, **{each: attributes[each] for each in INHERITED if each in attributes}}
        code = self._code(name, node, file, line)
        return replace(node, code=code, url_name=name, attributes=attributes, inherited=inherited)

    def code(self, name: str, node: Node) -> str:
        """A code for something that the files do not have, made because of this node."""
        return self._code(name, node, node.file, node.line)

    def _code(self, name: str, node: Node, file: str, line: int) -> str:
        """A code that nothing else in the course has: the url_name wherever that is possible."""
        code = _ODD.sub("_", name).strip("_")[:MAX_CODE_CHARS] or node.tag
        if code != name:
            self.export.report(ODD_CODE, file, line, code, found=name, code=code)
        known = self.tags_by_code.get(code)
        if known is not None:
            suffix = "draft" if node.base else node.tag if known != node.tag else "2"
            wanted, code = code, f"{code}-{suffix}"
            while code in self.tags_by_code:
                self._repeats[wanted] += 1
                code = f"{wanted}-{self._repeats[wanted] + 2}"
            if known == node.tag and not node.base:
                self.export.report(DUPLICATE, file, line, code, code=wanted, tag=node.tag, found=code)
        self.tags_by_code[code] = node.tag
        self.codes_by_name.setdefault(name, code)
        return code


def line_of(element: etree._Element) -> int:
    """The line that the element's tag ends on."""
    return element.sourceline if isinstance(element.sourceline, int) else 0


def is_empty(element: etree._Element) -> bool:
    """Whether the element has neither children nor text: it may be a pointer."""
    if next(element.iterchildren(etree.Element), None) is not None:
        return False
    return not (element.text or "").strip() and not any((child.tail or "").strip() for child in element)


def _name_of(element: etree._Element) -> str:
    return str(element.get("url_name") or element.get("slug") or "").strip()


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}
