r"""TeX in author HTML becomes MathML, which browsers draw by themselves.

What counts as TeX is what Open edX's authors write: `\( … \)` and `[mathjaxinline] … [/mathjaxinline]` in a line,
`\[ … \]` and `[mathjax] … [/mathjax]` on lines of its own. What cannot be read stays as it is.
"""

import html
import re
from functools import lru_cache

_TEX = re.compile(
    r"\\\((?P<inline>.+?)\\\)|\[mathjaxinline\](?P<edx_inline>.+?)\[/mathjaxinline\]"
    r"|\\\[(?P<display>.+?)\\\]|\[mathjax\](?P<edx_display>.+?)\[/mathjax\]",
    re.DOTALL,
)
_LONGEST_TEX = 2000  # characters; the converter recurses, and no author writes longer ones by hand


def with_mathml(cleaned_html: str) -> str:
    r"""Cleaned HTML with its TeX as MathML. It has to be cleaned again: HTML in `\text` and addresses in `\href`
    go through the converter as they are, and TeX may stand in an attribute.
    """
    if "\\(" not in cleaned_html and "\\[" not in cleaned_html and "[mathjax" not in cleaned_html:
        return cleaned_html
    return _TEX.sub(_mathml, cleaned_html)


def _mathml(found: re.Match[str]) -> str:
    inline = found["inline"] or found["edx_inline"]
    tex = html.unescape(inline or found["display"] or found["edx_display"]).strip()
    if "<" in (inline or "") or len(tex) > _LONGEST_TEX:
        return found[0]  # tags inside: these backslashes are not TeX's
    return _converted(tex, "inline" if inline else "block") or found[0]


@lru_cache(maxsize=2048)
def _converted(tex: str, display: str) -> str:
    """The MathML of TeX, or nothing where it cannot be read. The converter is loaded with the first formula."""
    from latex2mathml.converter import convert

    try:
        return str(convert(tex, display=display))
    except Exception:  # its exceptions have no common base, and an author's TeX must never break a page
        return ""
