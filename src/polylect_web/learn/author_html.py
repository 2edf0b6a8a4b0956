"""Author HTML on its way into a page: cleaned, TeX made MathML, tables and cases given their frames.

Nearly all of it is the same for all learners, so what was made of it lately is kept in this process.
"""

import re
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from polylect.exercises import Words
from polylect_web.foundation.clean import clean
from polylect_web.foundation.saying import said
from polylect_web.foundation.templatetags.words import lang_dir
from polylect_web.learn.mathml import with_mathml

_MOST_KEPT_CHARS = 8000
"""Labels, choices and feedback are shorter; what a check makes of a long answer is not worth the memory."""
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CASES = re.compile(r'<div class="cases">(?P<inside>(?:(?!</?div\b).)*)</div>', re.DOTALL)
_CASE_HEADING = re.compile(r"(?=<h[2-5]\b)")
_ONE_PARAGRAPH = re.compile(r"<p(?P<attributes>[^>]*)>(?P<inside>(?:(?!</?p\b).)*)</p>", re.DOTALL)


def for_page(html: str) -> SafeString:
    """HTML that may stand in a page. Links of the course must have been made addresses before."""
    return _kept(html) if len(html) <= _MOST_KEPT_CHARS else _drawn(html)


@lru_cache(maxsize=4096)
def _kept(html: str) -> SafeString:
    return _drawn(html)


def _drawn(html: str) -> SafeString:
    cleaned = clean(html)[0]
    with_formulas = with_mathml(cleaned)
    if with_formulas != cleaned:
        cleaned = clean(with_formulas)[0]
    return mark_safe(_TABLE.sub(_in_frame, _CASES.sub(_with_case_frames, cleaned)))


def words_html(words: Words) -> SafeString:
    """A text of an exercise as HTML, in an element of its own where its language has to be said."""
    if words.sentence is not None:
        return format_html("{}", said(words.sentence))
    html = for_page(words.text)
    if words.language is None:
        return html
    return format_html("<div {}>{}</div>", lang_dir(words.language), html)


def inline_html(words: Words) -> SafeString:
    """A text for a place that takes no blocks, such as a label: a paragraph around the whole of it goes."""
    if words.sentence is not None:
        return format_html("{}", said(words.sentence))
    html = for_page(words.text).strip()
    alone = _ONE_PARAGRAPH.fullmatch(html)
    if alone:
        html = f"<span{alone['attributes']}>{alone['inside']}</span>" if alone["attributes"] else alone["inside"]
    if words.language is None:
        return mark_safe(html)
    return format_html("<span {}>{}</span>", lang_dir(words.language), mark_safe(html))


def _in_frame(table: re.Match[str]) -> str:
    """A wide table scrolls in its frame; the frame takes the focus, so that keys scroll it."""
    return f'<div class="table-frame" tabindex="0">{table[0]}</div>'


def _with_case_frames(found: re.Match[str]) -> str:
    """Authors write cases one after the other, each under its heading; each gets a frame of its own."""
    parts = [part for part in _CASE_HEADING.split(found["inside"]) if part.strip()]
    frames = "".join(f'<div class="case">{part.strip()}</div>' for part in parts)
    return f'<div class="cases">{frames}</div>'
