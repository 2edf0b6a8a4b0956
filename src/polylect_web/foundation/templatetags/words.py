"""Template tags for words that know their language."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from polylect import languages

register = template.Library()


@register.simple_tag
def lang_dir(language: str) -> SafeString:
    """The attributes of an element whose text is in this language: `lang="ar" dir="rtl"`."""
    return format_html('lang="{}" dir="{}"', language, languages.direction(language))
