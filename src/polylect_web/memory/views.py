"""The translation memory as people search it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from polylect import languages
from polylect_web.accounts.leading import for_account
from polylect_web.accounts.models import Person
from polylect_web.foundation.numbers import whole_number
from polylect_web.memory import queries
from polylect_web.memory.queries import Match

LONGEST_WORDS = 1000
_LAST_PAGE = 1000
_NEAR = 3
"""Near matches shown for each language that courses are written in."""


@never_cache
@require_safe
@for_account()
def memory(request: HttpRequest, person: Person, language: str, target: str) -> HttpResponse:
    """What was translated into a language before: texts like the one that was typed, and those that hold its words."""
    words, page = request.GET.get("words", "").strip()[:LONGEST_WORDS], _page(request.GET.get("page", ""))
    secrets = queries.secrets_open_to(person, target)
    found = queries.search(target, words, secrets_of=secrets, page=page)
    near = _near(target, words, secrets) if page == 1 else ()
    return render(
        request,
        "memory/memory.html",
        {
            "target": target,
            "target_name": languages.autonym(target),
            "words": words,
            "longest_words": LONGEST_WORDS,
            "near": near,
            "entries": _without(found.entries, near),
            "query": urlencode({"words": words}) + "&" if words else "",
            "previous": page - 1,
            "next": page + 1 if found.has_more and page < _LAST_PAGE else 0,
        },
    )


def _page(number: str) -> int:
    return min(whole_number(number, 8) or 1, _LAST_PAGE)


def _near(target: str, words: str, secrets: frozenset[int]) -> tuple[Match, ...]:
    """Translations of texts like this one, whatever language it is in, best first."""
    if not words:
        return ()
    found = [
        match
        for source_language in queries.source_languages()
        for match in queries.matches(source_language, target, words, limit=_NEAR, secrets_of=secrets)
    ]
    return tuple(sorted(found, key=lambda match: -match.percent))


def _without(entries: tuple[queries.Entry, ...], near: tuple[Match, ...]) -> list[queries.Entry]:
    """The entries but those that are shown as near ones."""
    shown = {(match.course_id, match.language, match.source_text, match.text) for match in near}
    return [one for one in entries if (one.course_id, one.language, one.source_text, one.text) not in shown]
