"""What may stand in a text that somebody else reads: elements, attributes, addresses. `clean` holds texts to it."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUTHOR_CLASSES = frozenset({"cases", "case", "note", "example", "lead"})
"""Parts of the design that authors may use by name; any other class gets PREFIX."""

PREFIX = "author-"
LINK_CLASS = "remote"
"""The class of a link that stands for something another site would have sent."""

REL = "noopener noreferrer"
"""What every link says of itself: its target learns nothing about the page."""

MATHML = _words(
    "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder "
    "mover munderover mmultiscripts mprescripts mtable mtr mtd semantics annotation"
)
TAGS = MATHML | _words(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rp "
    "rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track "
    "u ul var video wbr"
)
EMBEDDING = frozenset({"iframe", "frame", "object", "embed", "applet"})
STYLES = frozenset({"style", "link"})
DRAWINGS = frozenset({"svg", "canvas"})
FIELDS = _words("input button select textarea option optgroup datalist output progress meter keygen isindex")
NOT_TEXT = frozenset({"head", "title", "meta", "base", "template", "noframes", "param"})
"""Elements whose content nobody was meant to read in its place."""
OLD_STYLE = frozenset({"html", "body", "center", "font", "tt", "big", "strike", "nobr", "picture", "noscript"})
"""Elements around a text that nobody misses when only the text stays."""

_ANYWHERE = frozenset({"lang", "dir", "title", "class", "id", "role", "aria-label", "aria-hidden", "aria-describedby"})
_MATHML_ATTRIBUTES = _words(
    "display displaystyle scriptlevel mathvariant mathsize mathcolor mathbackground stretchy fence separator "
    "accent accentunder lspace rspace minsize maxsize symmetric largeop movablelimits form linethickness "
    "columnalign rowalign columnspan rowspan width height depth voffset notation encoding alttext"
)
_OF_TAG = {
    "a": "href hreflang download rel data-load-remote",
    "audio": "src controls loop muted preload",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "del": "cite datetime",
    "details": "open",
    "img": "src alt width height loading",
    "ins": "cite datetime",
    "li": "value",
    "ol": "start type reversed",
    "q": "cite",
    "source": "src type",
    "span": "data-place",  # where a question or a field sits in the text of an exercise
    "td": "colspan rowspan headers",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "src kind srclang label default",
    "video": "src poster controls loop muted preload width height playsinline",
}
ATTRIBUTES = {tag: _ANYWHERE | (_MATHML_ATTRIBUTES if tag in MATHML else _words(_OF_TAG.get(tag, ""))) for tag in TAGS}
LOADED = frozenset({"src", "poster"})
"""Attributes whose address a browser loads by itself."""
ADDRESSES = LOADED | {"href", "cite"}
_NAMES_OF_IDS = frozenset({"id", "headers", "aria-describedby"})

SIGNS = {
    "check": "\N{CHECK MARK}",
    "check_circle": "\N{CHECK MARK}",
    "done": "\N{CHECK MARK}",
    "cancel": "\N{MULTIPLICATION X}",
    "clear": "\N{MULTIPLICATION X}",
    "close": "\N{MULTIPLICATION X}",
}
"""What stands for the icons that say something by themselves, such as in the cells of a table."""

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_ROLES = frozenset({"img", "presentation", "none", "note", "group", "math"})
_ICON_FONT = re.compile(r"(?:^|\s)material-(?:icons|symbols)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=]+")
_IGNORED_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f]+")


def scheme(address: str) -> str:
    """The address's scheme as a browser reads it: empty for an address on this site, `//` for `//host`."""
    address = squeezed(address)
    if address[:2].replace("\\", "/") == "//":
        return "//"
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def squeezed(address: str) -> str:
    """The address without the blanks and controls that browsers skip when they read it."""
    return _IGNORED_IN_ADDRESS.sub("", address)


def is_remote(address: str) -> bool:
    """Whether loading this address would ask another site."""
    return scheme(address) in ("http", "https", "//")


def is_icon(classes: str) -> bool:
    """Whether an element with these classes holds the name of an icon in a font from another site."""
    return _ICON_FONT.search(classes) is not None


def may_have(tag: str, name: str, value: str) -> str | None:
    """The value this attribute may have, or None where it may not stand. What it allows, it gives back unchanged."""
    if name not in ATTRIBUTES.get(tag, ()):
        return None
    if name in ADDRESSES:
        return _address(tag, name, value)
    if name == "class":
        return " ".join(dict.fromkeys(_class(word) for word in value.split())) or None
    if name in _NAMES_OF_IDS:
        return " ".join(_prefixed(word) for word in value.split()) or None
    if name == "rel":
        return REL
    if name == "role":
        return value if value in _ROLES else None
    if name == "dir":
        return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
    return value


def _address(tag: str, name: str, value: str) -> str | None:
    value = value.strip()
    kind = scheme(value)
    if not kind:
        return f"#{_prefixed(value[1:])}" if value.startswith("#") and len(value) > 1 else value
    if name in LOADED:
        return value if tag == "img" and kind == "data" and _PICTURE.fullmatch(value) else None
    return value if kind == "//" or kind in LINK_SCHEMES else None


def _class(word: str) -> str:
    return word if word in AUTHOR_CLASSES or word == LINK_CLASS else _prefixed(word)


def _prefixed(word: str) -> str:
    return word if word.startswith(PREFIX) else PREFIX + word
