"""The one home for cleaning HTML that authors and translators wrote, before it reaches anybody else's browser.

It works in two steps. First the tree is walked: what may not stay is taken out, each kind of thing with an issue,
and what another site would have sent becomes a link that names it. Then nh3 (ammonia, which parses as browsers do)
has the last word: only what `allowed` lists goes out, whatever the first step made of it.

Classes and ids get a prefix, so that an author's text cannot pass for a part of the site; the few classes that the
design offers to authors stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import nh3
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from polylect.issues import Issue, IssueKind, Place, Severity, declare
from polylect_web.foundation import allowed

TOO_LONG = declare(
    "clean-too-long", Severity.ERROR, "This text has {found} characters, so it is not shown; {limit} are shown at most."
)
DEPTH = declare("clean-depth", Severity.ERROR, "Elements are nested too deep; the text that lies deepest was left out.")
SCRIPT = declare("clean-script", Severity.WARNING, "Scripts do not run here and were left out: {found}.")
FORM = declare("clean-form", Severity.WARNING, "Form fields do not work inside a text and were left out: {found}.")
ADDRESS = declare("clean-address", Severity.WARNING, "Addresses that a page may not use were left out: {found}.")
DRAWING = declare("clean-drawing", Severity.WARNING, "Drawings in the text were left out; keep them in files: {found}.")
REMOTE = declare("clean-remote", Severity.NOTE, "What other sites would send is shown as a link: {found}.")
EMBEDDED = declare("clean-embedded", Severity.NOTE, "Embedded documents are shown as a link: {found}.")
STYLE = declare("clean-style", Severity.NOTE, "Styles were left out, the site has its own: {found}.")
ELEMENT = declare("clean-element", Severity.NOTE, "Elements that are not used here were left out: {found}.")
ICON = declare("clean-icon", Severity.NOTE, "Icons of a font that is not used here were left out: {found}.")
ATTRIBUTE = declare("clean-attribute", Severity.NOTE, "Attributes that are not used here were left out: {found}.")

LONGEST_HTML = 500_000
"""Characters. Real pages have less than half of it; parsers take a minute and more for what could be written."""
_NO_PLACE = Place()
_MOST_NAMED = 5
_LONGEST_NAMED = 120
_NEVER_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HOST = re.compile(r"[^/\\]*[/\\]{2}([^/\\?#]+).*", re.DOTALL)
_KINDS_OF_REMOTE = {"img": "image", "audio": "audio", "video": "video", "track": "track", "source": "video"}


def clean(html: str, place: Place = _NO_PLACE) -> tuple[str, tuple[Issue, ...]]:
    """The fragment as others may see it, and one issue, at `place`, for each kind of thing that had to go.

    It takes any text whatever. What is clean and well-formed stays as it is.
    """
    if len(html) > LONGEST_HTML:
        return "", (TOO_LONG.at(place, found=len(html), limit=LONGEST_HTML),)
    text = _NEVER_TEXT.sub("", html)
    if "<" not in text:
        return _last_word(text), ()
    walk = _Walk()
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    body = _body(document_fromstring(f"<html><body><div>{text}</div></body></html>".encode(), parser=parser))
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        walk.note(DEPTH, "")
    walk.children(body)
    return _last_word(_inside(body)), tuple(walk.issues(place))


@dataclass
class _Walk:
    """A way through a tree, changing it, and what was found on it: the things of each kind, once and in order."""

    found: dict[IssueKind, dict[str, None]] = field(default_factory=dict)

    def note(self, kind: IssueKind, what: str) -> None:
        self.found.setdefault(kind, {})[what if len(what) <= _LONGEST_NAMED else f"{what[:_LONGEST_NAMED]}…"] = None

    def issues(self, place: Place) -> Iterator[Issue]:
        """One for each kind, naming the first few things."""
        for kind, things in self.found.items():
            names = list(things)
            more = ["…"] if len(names) > _MOST_NAMED else []
            yield kind.at(place, found=", ".join(names[:_MOST_NAMED] + more))

    def children(self, element: HtmlElement) -> None:
        for child in list(element):
            self._visit(child)

    def _visit(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        kind = _kind_left_out(tag)
        if kind is not None:
            self.note(kind, tag)
            element.drop_tree()
        elif tag in allowed.EMBEDDING:
            self._link_instead(element, element.get("src") or element.get("data") or "", "frame")
        elif tag in _KINDS_OF_REMOTE and allowed.is_remote(_remote_source(element)):
            self._link_instead(element, _remote_source(element), _KINDS_OF_REMOTE[tag])
        elif allowed.is_icon(element.get("class") or ""):
            self._icon(element)
        elif tag in allowed.TAGS:
            self._attributes(element, tag)
            self.children(element)
        else:
            if tag not in allowed.OLD_STYLE:
                self.note(FORM if tag in ("form", "fieldset") else ELEMENT, tag)
            self.children(element)
            element.drop_tag()

    def _attributes(self, element: HtmlElement, tag: str) -> None:
        """Takes away the attributes that may not stay, and says which."""
        kept: dict[str, str] = {}
        count = len(element.attrib)
        for name, value in element.attrib.items():
            if allowed.may_have(tag, name, value) is not None or (name == "class" and not value.strip()):
                kept[name] = _NEVER_TEXT.sub("", value)
            elif name.startswith("on"):
                self.note(SCRIPT, name)
            elif name == "style":
                self.note(STYLE, name)
            elif name in allowed.ADDRESSES & allowed.ATTRIBUTES[tag]:
                self.note(REMOTE if allowed.is_remote(value) else ADDRESS, value)
            elif (tag, name) != ("a", "target"):
                self.note(ATTRIBUTE, name)
        if len(kept) < count:  # all at once: to take away one takes the longer, the more there are
            element.attrib.clear()
            element.attrib.update(kept)

    def _icon(self, element: HtmlElement) -> None:
        """An icon font spells its icons as words, which nobody should read: a sign in their place, or nothing."""
        name = " ".join(element.text_content().split())
        sign = allowed.SIGNS.get(name, "")
        if name and not sign:
            self.note(ICON, name)
        element.tail = sign + (element.tail or "")
        element.drop_tree()

    def _link_instead(self, element: HtmlElement, address: str, kind: str) -> None:
        """Puts a link in the element's place, which works by itself, and which a script may turn into a button."""
        address = allowed.squeezed(address)
        if allowed.scheme(address) not in ("", "http", "https", "//") or not address:
            self.note(ADDRESS if address else ELEMENT, address or str(element.tag))
            element.drop_tree()
            return
        is_remote = allowed.is_remote(address)
        self.note(REMOTE if is_remote else EMBEDDED, address)
        link = element.makeelement("a", {"href": address})
        if is_remote:
            link.set("class", allowed.LINK_CLASS)
            link.set("data-load-remote", kind)
        said, name = (element.get("alt") or element.get("title") or "").strip(), address
        if not is_remote:  # a reader knows a file of the course by its name
            name = unquote(address.partition("?")[0].rstrip("/").rpartition("/")[2]) or address
        elif said:  # and another site by its host, where there are words for what it sends
            name = _HOST.sub(r"\1", address)
        link.text = f"{said} ({name})" if said else name
        around = next(element.iterancestors("a"), None)
        if around is None:
            link.tail, element.tail = element.tail, None
            element.getparent().replace(element, link)
        else:  # a link cannot stand inside a link
            element.drop_tree()
            link.tail, around.tail = around.tail, None
            around.addnext(link)


def _kind_left_out(tag: str) -> IssueKind | None:
    """The issue for an element that goes with all that is in it; None for those of which something stays."""
    if tag == "script":
        return SCRIPT
    if tag in allowed.STYLES:
        return STYLE
    if tag in allowed.FIELDS:
        return FORM
    if tag in allowed.DRAWINGS:
        return DRAWING
    return ELEMENT if tag in allowed.NOT_TEXT else None


def _remote_source(element: HtmlElement) -> str:
    """Where an element would load from: its own address, or a film's first source where none of them is our own."""
    own = element.get("src")
    if own is not None or element.tag not in ("audio", "video"):
        return own or ""
    sources = [source.get("src") or "" for source in element.iter("source")]
    return sources[0] if sources and all(allowed.is_remote(source) for source in sources) else ""


def _body(root: HtmlElement) -> HtmlElement:
    """The body, with what the parser put behind it because the author had closed it before the end."""
    body, *behind = root
    body.extend(behind)
    return body


def _inside(body: HtmlElement) -> str:
    """The source of what stands in our own body and our own element in it."""
    body[0].drop_tag()
    return str(tostring(body, encoding="unicode")).removeprefix("<body>").removesuffix("</body>")


def _last_word(html: str) -> str:
    """The fragment with nothing in it that is not allowed."""
    return nh3.clean(
        html,
        tags=set(allowed.TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
        attribute_filter=allowed.may_have,
        url_schemes=set(allowed.LINK_SCHEMES) | {"data"},
        link_rel=None,
        set_tag_attribute_values={"a": {"rel": allowed.REL}},
    )
