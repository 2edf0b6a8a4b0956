"""HTML as a row of tokens that know where they stand in the text they came from.

For reading what authors really write, and writing back every character that nobody translated. The rules are
those of the HTML standard's tokenizer (WHATWG HTML, section 13.2.5), without its tree building. Where it
departs: a CDATA section is one token everywhere, not only in SVG and MathML, since the texts of exercises
come from XML; a script that holds `<!--` and `<script` ends at the last `</script>` of the page. Joining
`text[token.start:token.end]` of all tokens gives the text.
"""

import html
import re
from dataclasses import dataclass, replace
from enum import Enum

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
RAW = frozenset(["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"])

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?P<value>"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*))?"""
)
_TAG_END = re.compile(r"[\s/]*>?")
_COMMENT_END = re.compile(r"--!?>")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{0,31});?")


class TokenKind(Enum):
    TEXT = "text"
    START = "start"
    END = "end"
    RAW = "raw"
    """What stands inside a script, a style and the like."""
    ASIDE = "aside"
    """A comment, a doctype, a processing instruction, a CDATA section, a tag that the text ends in."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute. `start` and `end` enclose its value in the text, quotes included; equal where it has no
    value.
    """

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """`name` is lower case. `closes_itself`: a void element, or one written `<b/>` (which only XML takes at
    its word).
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    closes_itself: bool = False

    def get(self, name: str) -> str | None:
        """The value of an attribute, None where there is none. Of two with one name the first counts, as in
        HTML.
        """
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)


def tokens(text: str) -> list[Token]:
    """All of `text` as tokens, in time linear in its length. Nothing is an error."""
    found: list[Token] = []
    endless: set[str] = set()
    at = 0
    while at < len(text):
        token = _token(text, at)
        found.append(token)
        at = token.end
        if token.kind is TokenKind.START and token.name in RAW and token.name not in endless:
            end = _raw_end(text, at, token.name)
            if end is None and token.closes_itself:
                endless.add(token.name)
                continue
            found[-1] = replace(token, closes_itself=False)
            at = len(text) if end is None else end
            found += [Token(TokenKind.RAW, token.end, at)] if at > token.end else []
    return found


def partners(found: list[Token]) -> dict[int, int]:
    """Which start tag belongs to which end tag, by index, both ways. Tags of one name nest; the rest stay
    single.
    """
    partner: dict[int, int] = {}
    open_tags: dict[str, list[int]] = {}
    for index, token in enumerate(found):
        if token.kind is TokenKind.START and not token.closes_itself:
            open_tags.setdefault(token.name, []).append(index)
        elif token.kind is TokenKind.END and open_tags.get(token.name):
            start = open_tags[token.name].pop()
            partner[start], partner[index] = index, start
    return partner


def decode(text: str, *, in_attribute: bool = False) -> str:
    """Character references resolved as HTML does, which in an attribute leaves `?a=1&copy=2` alone."""

    def resolved(found: re.Match[str]) -> str:
        following = text[found.end() : found.end() + 1]
        if in_attribute and not found[0].endswith(";") and (following == "=" or following.isalnum()):
            return found[0]
        return html.unescape(found[0])

    return _REFERENCE.sub(resolved, text) if "&" in text else text


def _token(text: str, at: int) -> Token:
    markup = _MARKUP.search(text, at)
    if markup is None:
        return Token(TokenKind.TEXT, at, len(text))
    if markup.start() > at:
        return Token(TokenKind.TEXT, at, markup.start())
    tag = _TAG.match(text, at)
    if tag is not None:
        return _tag(text, at, tag)
    return Token(TokenKind.ASIDE, at, _aside_end(text, at))


def _tag(text: str, at: int, tag: re.Match[str]) -> Token:
    attributes: list[Attribute] = []
    position = tag.end()
    while attribute := _ATTRIBUTE.match(text, position):
        position = attribute.end()
        start, end = attribute.span("value") if attribute["value"] is not None else (position, position)
        value = attribute["value"] or ""
        value = value.strip(value[0]) if value[:1] in ("'", '"') else value
        attributes.append(Attribute(attribute["name"].lower(), decode(value, in_attribute=True), start, end))
    end_match = _TAG_END.match(text, position)
    end = end_match.end() if end_match else position
    if end == position or text[end - 1] != ">":
        return Token(TokenKind.ASIDE, at, end)
    name = tag[2].lower()
    kind = TokenKind.END if tag[1] else TokenKind.START
    closes_itself = kind is TokenKind.START and (name in VOID or text[position:end].endswith("/>"))
    return Token(kind, at, end, name, tuple(attributes), closes_itself)


def _aside_end(text: str, at: int) -> int:
    if text.startswith("<![CDATA[", at):
        end = text.find("]]>", at)
        return len(text) if end < 0 else end + 3
    if text.startswith("<!--", at):
        for short in ("<!-->", "<!--->"):
            if text.startswith(short, at):
                return at + len(short)
        found = _COMMENT_END.search(text, at + 4)
        return found.end() if found else len(text)
    end = text.find(">", at)
    return len(text) if end < 0 else end + 1


def _raw_end(text: str, at: int, name: str) -> int | None:
    """Where the raw text that begins at `at` ends: at its end tag. None: there is none."""
    if name == "plaintext":
        return None
    end_tag = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    found = end_tag.search(text, at)
    if found is None:
        return None
    inside = text[at : found.start()].lower()
    if name == "script" and "<!--" in inside and "<script" in inside:
        *_, found = end_tag.finditer(text, at)
    return found.start()
