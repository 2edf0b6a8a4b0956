r"""TeX in author HTML becomes MathML, which browsers draw by themselves.

What counts as TeX is what Open edX's authors write: `\( … \)` and `[mathjaxinline] … [/mathjaxinline]` in a line, `\[ … \]` and
`[mathjax] … [/mathjax]` on lines of its own. What cannot be read stays as it is.
"""

import html
import re
from functools import lru_cache

import nh3

_TEX = re.compile(
    r"\\\((?P<inline>.+?)\\\)|\[mathjaxinline\](?P<edx_inline>.+?)\[/mathjaxinline\]"
    r"|\\\[(?P<display>.+?)\\\]|\[mathjax\](?P<edx_display>.+?)\[/mathjax\]",
    re.DOTALL,
)
_LONGEST_TEX = 2000  # characters; the converter recurses, and no author writes longer ones by hand

_ELEMENTS = set(
    "math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms"
    " mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
_ATTRIBUTES = {
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle", "fence", "form",
    "height", "linethickness", "lspace", "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines",
    "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
}  # fmt: skip


def with_mathml(cleaned_html: str) -> str:
    """Cleaned HTML with its TeX as MathML."""
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
    r"""The MathML of TeX, or nothing where it cannot be read. The converter is loaded with the first formula.

    The converter passes HTML in `\text` and addresses in `\href` on as they are, so what it makes is cleaned like any HTML.
    """
    from latex2mathml.converter import convert

    try:
        made = convert(tex, display=display)
    except Exception:  # its exceptions have no common base, and an author's TeX must never break a page
        return ""
    return nh3.clean(made, tags=_ELEMENTS, attributes={"*": _ATTRIBUTES}, strip_comments=True)
