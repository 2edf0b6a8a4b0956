"""Kinds of blocks that we cannot show: kept whole, so that they can be written out again."""

import copy
import re

from lxml import etree

from polylect.course.tree import Foreign
from polylect.issues import Severity, declare
from polylect.olx.context import Context
from polylect.olx.nodes import MAX_DEPTH, Node, is_empty

NOT_SHOWN = declare(
    "olx-not-shown",
    Severity.WARNING,
    "“{tag}” cannot be shown here. It is kept, and a sentence tells learners about it.",
)

_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(context: Context, node: Node) -> Foreign:
    """The block with all its XML, that of the files it points to put in its place."""
    context.report(NOT_SHOWN, node, tag=node.tag)
    return keep(context, node)


def keep(context: Context, node: Node) -> Foreign:
    """As `read`, where an issue has said already what is wrong."""
    access = context.nodes.fields(node).access()
    return Foreign(node.code, node.title, node.tag, _whole(context, node), access)


def _whole(context: Context, node: Node) -> str:
    """The XML of the node. What could not be read as XML is kept as it was."""
    if node.source is not None and node.source.is_broken:
        return node.source.text
    element = copy.deepcopy(node.element)
    element.tail = None
    for name, value in {"url_name": node.url_name, **node.attributes}.items():
        if _NAME.fullmatch(name):
            element.set(name, _NOT_IN_XML.sub("", value))
    _fill(context, node, element, node.open_files)
    return etree.tostring(element, encoding="unicode")


def _fill(context: Context, node: Node, element: etree._Element, open_files: tuple[str, ...]) -> None:
    """Puts what the pointers inside mean in their place; what leads nowhere stays a pointer."""
    for child in list(element.iter(etree.Element)):
        name = child.get("url_name")
        above = child.getparent()
        if above is None or not name or not is_empty(child) or set(child.attrib) != {"url_name"}:
            continue
        path = context.nodes.path(str(child.tag), str(name), node.base)
        if path is None or path in open_files or len(open_files) > MAX_DEPTH:
            continue
        source = context.export.xml(path)
        if source is not None:
            inner = copy.deepcopy(source.root)
            inner.set("url_name", name)
            inner.tail = child.tail
            above.replace(child, inner)
            _fill(context, node, inner, (*open_files, path))
