"""Texts of messages as pages show them: with their placeholders set apart."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from polylect.messages.message import Form, Mark, split


def chips(text: str) -> SafeString:
    """A text with its placeholders set apart, so that they stay whole and in order in any direction of writing."""
    return format_html_join("", "{}", ((_part(part),) for part in split(text)))


def _part(part: str | Mark) -> SafeString:
    if isinstance(part, str):
        return format_html("{}", part)
    closes = part.form is Form.CLOSE
    return format_html('<bdi class="chip{}" dir="ltr">{}</bdi>', mark_safe(" chip-close") if closes else "", str(part))
