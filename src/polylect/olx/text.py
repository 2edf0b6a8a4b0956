"""Text blocks: OLX's `html`, inline or in `html/NAME.html` beside `html/NAME.xml`. The HTML need not be XML."""

import re

from lxml import etree

from polylect.course.tree import Text
from polylect.issues import Severity, declare
from polylect.olx.context import Context
from polylect.olx.nodes import Node, is_empty

NO_HTML = declare(
    "olx-no-html", Severity.ERROR, "The text “{code}” is empty: found no file {expected}, which its filename names."
)

_ROOT_TAG = re.compile(r"\A\s*<[\w:.-]+(?:\s[^<>]*)?>|</[\w:.-]+\s*>\s*\Z")


def read(context: Context, node: Node) -> Text:
    """The HTML as its author wrote it, its links in the internal form."""
    fields = context.nodes.fields(node)
    name = fields.text("filename")
    file, line = node.file, node.line
    is_elsewhere = name or is_empty(node.element)
    path = context.nodes.html_path(name or node.url_name, node.base) if is_elsewhere else None
    if path is not None:
        file, line, html = path, 1, context.export.text(path) or ""
    elif name:
        context.report(NO_HTML, node, code=node.code, expected=context.export.place(f"html/{name}.html"))
        html = ""
    else:
        html = _inline(node)
    return Text(
        code=node.code,
        title=node.title,
        html=context.links.internal(html, file, line),
        access=fields.access(),
        kept=fields.kept(),
    )


def _inline(node: Node) -> str:
    """What stands between the tags. Text right inside is taken for HTML, as in Open edX: CDATA is used for that."""
    if node.source is not None and node.source.is_broken:
        return _ROOT_TAG.sub("", node.source.text)
    element = node.element
    inner = [element.text or ""]
    inner += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(inner).strip()
