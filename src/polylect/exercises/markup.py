"""Problem XML, read with suspicion, and taken apart into fragments of HTML.

Entities are never expanded and a document type is refused, so that no text grows while it is read and no file
is asked for.
"""

import re
from html import escape, unescape

from lxml import etree

VOID_TAGS = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""HTML's elements without content (HTML, section 13.1.2). All others are written with an end tag."""

PLACE = "data-place"
"""The attribute that says where a question or a field sits inside author HTML."""

_NO_DOCUMENT_TYPE = "a document type is not allowed here"
_PARSER = etree.XMLParser(
    encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml\b.*?\?>", re.DOTALL)
_PLACE = re.compile(rf'<span {PLACE}="([^"]*)">\s*</span>')
_SPACE = re.compile(r"\s+")
_IMAGE = re.compile(r"""<img\b((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")


class Unreadable(Exception):
    """The XML cannot be read: `reason` in English, and the line in the XML."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read(xml: str) -> etree._Element:
    """The root element, without comments and processing instructions. Raises Unreadable."""
    xml = xml.removeprefix("\ufeff")
    if _PROLOG.match(xml):
        raise Unreadable(_NO_DOCUMENT_TYPE, 1)
    if _DECLARATION.match(xml):
        xml = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), xml, count=1)
    try:
        root = etree.fromstring(xml.encode("utf-8"), _PARSER)
    except etree.XMLSyntaxError as error:
        raise Unreadable(error.msg or "it is not well-formed", error.lineno or 0) from None
    except UnicodeEncodeError:
        raise Unreadable("it holds half of a surrogate pair") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_NO_DOCUMENT_TYPE, 1)
    if "&" in xml:
        for entity in root.iter(etree.Entity):
            raise Unreadable("an entity is used that XML does not define", line_of(entity))
    if PLACE in xml:
        for element in root.iter():
            element.attrib.pop(PLACE, "")
    for element in root.iter():
        if element.text is None and element.tag not in VOID_TAGS:
            element.text = ""  # so that it is written with an end tag, as HTML wants
    return root


def line_of(element: etree._Element) -> int:
    """The element's line in the XML, from 1; 0 where it is not known."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def is_true(value: str | None) -> bool:
    """Whether an attribute says true, in any case of letters."""
    return value is not None and value.strip().lower() == "true"


def inner_html(element: etree._Element) -> str:
    """What an element holds, as HTML, without space around it."""
    return run_html(element.text or "", list(element) if len(element) else [])


def run_html(text: str, children: list[etree._Element]) -> str:
    """Some text and the elements after it, each with the text that follows it, as HTML, without space around
    it."""
    if not children:
        return escape(text.strip(), quote=False)
    parts = [escape(text, quote=False)]
    parts += [etree.tostring(child, encoding="unicode", with_tail=True) for child in children]
    return "".join(parts).strip()


def inner_text(element: etree._Element) -> str:
    """The characters in an element, white space folded."""
    return folded("".join(map(str, element.itertext())))


def folded(text: str) -> str:
    """The text with each run of white space made one space, and none at the ends."""
    return _SPACE.sub(" ", text).strip()


def drop(element: etree._Element) -> None:
    """Takes an element out of its parent and leaves the text behind it where it was."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Puts what an element holds in its place."""
    parent, text = element.getparent(), (element.text or "").strip()
    if parent is None:
        return
    if text:
        loose = etree.Element("p")
        loose.text = text
        element.addprevious(loose)
    for child in list(element):
        element.addprevious(child)
    element.text = ""
    drop(element)


def mark(element: etree._Element, code: str) -> etree._Element:
    """Puts a place for the question or field `code` where the element was, and gives it back."""
    place = etree.Element("span", {PLACE: code})
    place.text, place.tail = "", element.tail
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root has no place")
    parent.replace(element, place)
    return place


def place_of(element: etree._Element) -> str | None:
    """The code of the question or field whose place this is."""
    return element.get(PLACE)


def image_attributes(html: str) -> dict[str, str]:
    """The attributes of the first picture in some HTML; none where it has no picture."""
    found = _IMAGE.search(html)
    if found is None:
        return {}
    return {
        name.lower(): unescape(value[1:-1] if value[:1] in ("'", '"') else value)
        for name, value in _ATTRIBUTE.findall(found[1])
    }


def with_places(html: str, codes: tuple[str, ...]) -> str:
    """The HTML with each of these places exactly once: others and repeated ones go, missing ones come at the end.

    An author's HTML has them; a translation may have lost one, and a field must never be lost with it.
    """
    left = list(codes)

    def keep(found: re.Match[str]) -> str:
        if found[1] not in left:
            return ""
        left.remove(found[1])
        return found[0]

    kept = _PLACE.sub(keep, html)
    return kept + "".join(f'<span {PLACE}="{escape(code)}"></span>' for code in left)
