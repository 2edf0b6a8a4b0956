"""When two problems are the same, white space between tags and the order of attributes aside."""

import re

from lxml import etree

_SPACE = re.compile(r"[ \t\r\n]+")
_VERBATIM = frozenset(["script", "pre", "code"])


def folded(xml: str) -> str:
    """Problem XML in one spelling: equal for problems that differ in white space, comments and attribute order only.

    White space inside `script`, `pre` and `code` counts, except at its ends. The attributes of the root are left
    out: they are settings of the block, not part of the exercise. Raises `lxml.etree.XMLSyntaxError`.
    """
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, strip_cdata=True)
    root = etree.fromstring(xml, parser)
    root.attrib.clear()
    for element in root.iter():
        text = element.text or ""
        element.text = text.strip() if element.tag in _VERBATIM else _folded(text)
        element.tail = _folded(element.tail or "")
    return etree.tostring(root, method="c14n").decode()


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
