"""Template tags for texts: those that know their language, and those with placeholders. They are built in: no template
needs to load them."""

from typing import Protocol

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from polylect import languages
from polylect_web.foundation import chips as placeholders

register = template.Library()


class Words(Protocol):
    """A plain text and the language it is in (None: the language around it), as the library's `Words`."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str | None: ...


@register.simple_tag
def lang_dir(language: str) -> SafeString:
    """The attributes of an element whose text is in this language: `lang="ar" dir="rtl"`."""
    return format_html('lang="{}" dir="{}"', language, languages.direction(language))


@register.filter
def chips(text: str) -> SafeString:
    """The text of a message with its placeholders set apart."""
    return placeholders.chips(text)


@register.simple_tag
def language_label(language: str, partly: bool = False) -> SafeString:
    """A quiet label that says which language a text is in, for want of a translation: the language's own name, in a
    phrase of the interface. `partly`: only some of the text is."""
    # Translators: said beside a text that is not translated yet; {language} is the language's own name, as "English".
    phrase = pgettext("text", "partly in {language}") if partly else pgettext("text", "in {language}")
    name = format_html("<bdi {}>{}</bdi>", lang_dir(language), languages.autonym(language))
    return format_html('<small class="language-label">{}</small>', format_html(phrase, language=name))


@register.simple_tag(takes_context=True)
def words(context: template.Context, words: Words, label: bool = True) -> SafeString:
    """The text, marked with its language where that is not the interface's.

    Where it is not what the learner reads in either, a quiet label follows that names it; `label=False` leaves that
    out, for places that say it otherwise.
    """
    if words.language is None or words.language == translation.get_language():
        text = format_html("{}", words.text)
    else:
        text = format_html("<span {}>{}</span>", lang_dir(words.language), words.text)
    reading = context.get("reading_language")
    if not label or not reading or not words.language or words.language in languages.chain(reading):
        return text
    return format_html("{} {}", text, language_label(words.language))
