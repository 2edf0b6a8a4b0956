"""Template tags for the parts that pages share: icons, the language menu, the way back after signing in."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from polylect import languages
from polylect_web.foundation.languages import reading_language
from polylect_web.foundation.templatetags.kept import kept

register = template.Library()

_TURNING_ICONS = frozenset({"next", "previous", "list", "follow"})


@dataclass(frozen=True)
class MenuItem:
    """The same page in another language."""

    language: str
    name: str
    address: str


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture from `static/img/icons.svg`, hidden from those who listen: words stand beside it."""
    turns = " icon-turns" if name in _TURNING_ICONS else ""
    sprite = static("img/icons.svg")
    return format_html(
        '<svg class="icon{}" width="18" height="18" aria-hidden="true"><use href="{}#{}"/></svg>', turns, sprite, name
    )


@register.simple_tag(takes_context=True)
def language_menu(context: Context) -> SafeString:
    """The page's languages in their own names, each a link to the same place.

    A page may set `page_languages` (beside those of the interface), and `page_address` where its own address is not
    one to come back to (an answer that was posted).
    """
    request = context["request"]
    current = reading_language(request)
    offered = {code for code, _ in settings.LANGUAGES} | set(context.get("page_languages") or ()) | {current}
    rest = _after_language(context.get("page_address") or request.get_full_path())
    return kept(
        context,
        "parts/_language_menu.html",
        current=current,
        current_name=languages.autonym(current),
        items=_menu(frozenset(offered), rest),
    )


@lru_cache(maxsize=1000)
def _menu(offered: frozenset[str], rest: str) -> tuple[MenuItem, ...]:
    """The languages by their names, each with the address of the page in it."""
    items = [MenuItem(tag, languages.autonym(tag), f"/{tag}{rest}") for tag in offered]
    return tuple(sorted(items, key=lambda item: item.name.casefold()))


@register.simple_tag(takes_context=True)
def come_back(context: Context) -> str:
    """`?next=` with this page's address, for a link to signing in."""
    request: HttpRequest = context["request"]
    return "?" + urlencode({"next": context.get("page_address") or request.get_full_path()})


def _after_language(address: str) -> str:
    """What follows the language in a page's address: `/fr/courses/?q=x` gives `/courses/?q=x`; `/` without one."""
    first, slash, rest = address.removeprefix("/").partition("/")
    return f"/{rest}" if slash and languages.canonical(first) == first else "/"
