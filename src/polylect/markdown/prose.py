"""Markdown to the HTML of a text block: CommonMark with tables, definition lists and HTML blocks."""

import posixpath
import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin

_RAW_LINK = re.compile(r"""(\s(?:src|href|poster)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE)

Rewrite = Callable[[str], str]
"""Takes an address as the author wrote it, and gives the one that goes into the HTML."""


def parser() -> MarkdownIt:
    """The one Markdown dialect of courses. `:::` fences come out as top-level `colon_fence` tokens."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").use(deflist_plugin).use(colon_fence_plugin)


def render(markdown: MarkdownIt, tokens: Sequence[Token], rewrite: Rewrite) -> str:
    """HTML of some top-level tokens, every address rewritten."""
    for token in tokens:
        if token.type == "html_block":
            token.content = _rewrite_raw(token.content, rewrite)
        for child in token.children or ():
            if child.type == "html_inline":
                child.content = _rewrite_raw(child.content, rewrite)
            for name in ("src", "href"):
                address = child.attrs.get(name)
                if isinstance(address, str):
                    child.attrs[name] = rewrite(address)
    return str(markdown.renderer.render(tokens, markdown.options, {})).strip()


def _rewrite_raw(html: str, rewrite: Rewrite) -> str:
    return _RAW_LINK.sub(lambda found: f"{found[1]}{found[2]}{rewrite(found[3])}{found[2]}", html)


def local_path(address: str, file: str) -> str | None:
    """The path inside the course that a relative address in `file` names, or None for any other address.

    Authors write `media/x.webp` as seen from the course's folder, or `../media/x.webp` as seen from the file; both are
    understood by the caller, who asks which of the two exists.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # it begins like one of another site, and is none
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(parts.path)))
