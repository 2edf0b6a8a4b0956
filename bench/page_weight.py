"""What a browser fetches when it opens a page for the first time, and how heavy that is, without a browser.

Read are the page and what it names: stylesheets with what they import, modules with what they import, icons and
pictures. What loads on demand is left out: lazy pictures, and the films, sounds and tracks that a budget does not
count. A test holds this list to what chromium fetches.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from visitor import Visitor

_IMPORTED = re.compile(
    r"""(?:@import\s+(?:url\()?|\bimport\s*(?:[\w*{}\s,]+\bfrom\s*)?|\bexport\s[\w*{}\s,]+\bfrom\s*)["'](?P<path>[^"']+)["']"""
)
_MEDIA = "/media/"


@dataclass(frozen=True)
class Fetched:
    """Something that was fetched: its address, bytes over the wire, and whether nothing is drawn before it is here."""

    address: str
    size_bytes: int
    is_blocking: bool = False
    is_media: bool = False
    """A file of the course, such as a poster or a picture in a text."""


def fetched(visitor: Visitor, path: str) -> list[Fetched]:
    """Everything that belongs to the page at `path`, the page first."""
    answer = visitor.get(path)
    page = _Page(path)
    page.feed(answer.text)
    found = {path: Fetched(path, len(answer.body))}
    waiting = list(page.named)
    while waiting:
        address, is_blocking = waiting.pop(0)
        if address in found:
            continue
        answer = visitor.get(address)
        found[address] = Fetched(address, len(answer.body), is_blocking, address.startswith(_MEDIA))
        if answer.headers["content-type"].startswith(("text/css", "text/javascript")):
            waiting += [(urljoin(address, part), is_blocking) for part in _imports(answer.text)]
    return list(found.values())


def _imports(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.lstrip().startswith(("//", "*", "/*")):
            yield from (match["path"] for match in _IMPORTED.finditer(line))


class _Page(HTMLParser):
    """Collects what a page names, in order: addresses, and whether drawing waits for them."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self.named: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        relation = values.get("rel", "").split()
        if tag == "link" and {"stylesheet", "icon", "modulepreload", "preload", "manifest"} & set(relation):
            self._name(values["href"], is_blocking="stylesheet" in relation)
        elif tag == "script" and "src" in values:
            is_waiting = values.get("type") != "module" and not {"defer", "async"} & values.keys()
            self._name(values["src"], is_blocking=is_waiting)
        elif tag == "img" and values.get("loading") != "lazy":
            self._name(values.get("src", ""))
        elif tag == "use":
            self._name(values.get("href", ""))
        elif tag == "video":
            self._name(values.get("poster", ""))

    def _name(self, address: str, *, is_blocking: bool = False) -> None:
        address = urldefrag(urljoin(self._address, address)).url
        if address and not address.startswith("data:") and address != self._address:
            self.named.append((address, is_blocking))
