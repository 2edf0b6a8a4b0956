"""How far a lesson or a course is in a language, as the workbench shows it: a bar, and the same in words."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext

from polylect_web.texts.working import Tally
from polylect_web.translate.matrix_page import Cell, Row
from polylect_web.translate.matrix_page import go_on as go_on_in

register = template.Library()

_HEIGHTS = {"approved": (0, 8), "translated": (3, 5), "outdated": (6, 2)}
"""Where a state begins in a bar of eight, and how high it is: it is told by more than its color."""


@register.simple_tag
def how_far(cell: Cell) -> SafeString:
    """The bar and the words."""
    return _how_far(cell.tally, cell.percent, cell.is_begun, get_language())


@register.simple_tag
def bar(state: str) -> SafeString:
    """A short bar that is all in one state, to explain what bars look like."""
    return _bar([(state, 0, 100)])


@register.filter
def states_said(tally: Tally) -> str:
    """How many words are in which state: those states that there are, the furthest first."""
    said = [
        (tally.approved, pgettext("words", "{count} approved")),
        (tally.translated, pgettext("words", "{count} translated")),
        (tally.outdated, pgettext("words", "{count} outdated")),
        (tally.missing, pgettext("words", "{count} missing")),
    ]
    return " · ".join(name.replace("{count}", _number(count)) for count, name in said if count)


@register.filter
def grouped(number: int) -> str:
    """A number as the interface's language groups its digits."""
    return _number(number)


@register.simple_tag
def go_on(rows: Iterable[Row]) -> Cell | None:
    """Where somebody goes on in a course and language."""
    return go_on_in(rows)


@lru_cache(maxsize=20_000)
def _how_far(tally: Tally, percent: int, is_begun: bool, language: str) -> SafeString:
    parts: list[tuple[str, int, int]] = []
    at = 0
    for state in _HEIGHTS:
        width = round(100 * getattr(tally, state) / tally.total) if tally.total else 0
        if width:
            parts.append((state, at, width))
            at += width
    words = _words(tally, percent, is_begun)
    return format_html('<span class="how-far">{} <span class="how-far-words">{}</span></span>', _bar(parts), words)


def _bar(parts: Sequence[tuple[str, int, int]]) -> SafeString:
    drawn = (
        (state, f"M{at} {_HEIGHTS[state][0]}h{width}v{_HEIGHTS[state][1]}h-{width}z") for state, at, width in parts
    )
    return format_html(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        format_html_join("", '<path class="bar-{}" d="{}"/>', drawn),
    )


def _words(tally: Tally, percent: int, is_begun: bool) -> str:
    if not tally.left:
        is_approved = tally.approved == tally.total
        return pgettext("lesson", "approved") if is_approved else pgettext("lesson", "translated")
    if not is_begun:
        return ngettext("{count} word", "{count} words", tally.total).replace("{count}", _number(tally.total))
    if not tally.missing:
        left = ngettext("{count} word outdated", "{count} words outdated", tally.left)
    else:
        left = ngettext("{count} word left", "{count} words left", tally.left)
    left = left.replace("{count}", _number(tally.left))
    if tally.outdated and tally.missing:
        left = f"{left} ({pgettext('words', '{count} outdated').replace('{count}', _number(tally.outdated))})"
    return f"{number_format(percent)}\u00a0% · {left}"


def _number(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
