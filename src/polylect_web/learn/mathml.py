r"""TeX in author HTML becomes MathML, which browsers draw by themselves.

What counts as TeX is what Open edX's authors write: `\( … \)` and `[mathjaxinline] … [/mathjaxinline]` in a line,
`\[ … \]` and `[mathjax] … [/mathjax]` on lines of its own. What cannot be read stays as it is.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

_MARK = re.compile(r"<[^>]*>|\\[\\()\[\]]|\[/?mathjax(?:inline)?\]")
_PAIRS = {
    r"\(": (r"\)", "inline"),
    "[mathjaxinline]": ("[/mathjaxinline]", "inline"),
    r"\[": (r"\]", "block"),
    "[mathjax]": ("[/mathjax]", "block"),
}
_LONGEST_TEX = 2000  # characters; the converter recurses, and no author writes longer ones by hand


def with_mathml(cleaned_html: str) -> str:
    r"""Cleaned HTML with its TeX as MathML; a tag ends at its first `>`, for cleaning escapes those in attributes.

    It has to be cleaned again: HTML in `\text` and addresses in `\href` go through the converter as they are.
    """
    if "\\(" not in cleaned_html and "\\[" not in cleaned_html and "[mathjax" not in cleaned_html:
        return cleaned_html
    parts: list[str] = []
    done = 0
    for opened, closed in _formulas(cleaned_html):
        tex = html.unescape(cleaned_html[opened.end() : closed.start()]).strip()
        formula = _converted(tex, _PAIRS[opened[0]][1]) if 0 < len(tex) <= _LONGEST_TEX else ""
        if formula:
            parts += [cleaned_html[done : opened.start()], formula]
            done = closed.end()
    return "".join([*parts, cleaned_html[done:]])


def _formulas(cleaned_html: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The marks that each formula stands between. They are found in one pass, so that nobody can make it a long one."""
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(cleaned_html):
        if opened is None:
            opened = mark if mark[0] in _PAIRS else None
        elif mark[0].startswith("<"):
            opened = None  # tags inside: these backslashes are not TeX's
        elif mark[0] == _PAIRS[opened[0]][0]:
            yield opened, mark
            opened = None


@lru_cache(maxsize=2048)
def _converted(tex: str, display: str) -> str:
    """The MathML of TeX, or nothing where it cannot be read. The converter is loaded with the first formula."""
    from latex2mathml.converter import convert

    try:
        return str(convert(tex, display=display))
    except Exception:  # its exceptions have no common base, and an author's TeX must never break a page
        return ""
