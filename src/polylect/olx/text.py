"""Text blocks: OLX's `html`, inline or in `html/NAME.html` beside `html/NAME.xml`. The HTML need not be XML."""

import re

from lxml import etree

from polylect.course.tree import Text
from polylect.issues import Severity, declare
from polylect.olx.context import Context
from polylect.olx.nodes import Node

NO_HTML = declare(
    "olx-no-html", Severity.ERROR, "The text “{code}” is empty: found no file {expected}, which its filename names."
)

_ROOT_TAG = re.compile(r"\A\s*<[\w:.-]+(?:\s[^<>]*)?>|</[\w:.-]+\s*>\s*\Z")


def read(context: Context, node: Node) -> Text:
    """The HTML as its author wrote it, its links in the internal form."""
    fields = context.nodes.fields(node)
    name = fields.text("filename")
    file, line = node.file, node.line
    path = _html_file(context, node, name)
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


def _html_file(context: Context, node: Node, name: str) -> str | None:
    """The file that holds the HTML, or None where it stands inline."""
    names = [name] if name else [] if len(node.element) or (node.element.text or "").strip() else [node.url_name]
    for stem in dict.fromkeys(spelling for each in names for spelling in (each, each.replace(":", "/"))):
        for folder in dict.fromkeys((node.base, "")):
            for path in (f"{folder}html/{stem}.html", f"{folder}html/{stem}.htm", f"{folder}html/{stem}"):
                if path in context.export:
                    return path
    return None


def _inline(node: Node) -> str:
    """What stands between the tags. Text right inside is taken for HTML, as in Open edX: CDATA is used for that."""
    if node.source is not None and node.source.is_broken:
        return _ROOT_TAG.sub("", node.source.text)
    element = node.element
    inner = [element.text or ""]
    inner += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(inner).strip()
