"""The languages of a request.

The first part of a path is the language somebody *reads* in: any well-formed BCP 47 tag, for anyone may start any
language. The language of the *interface* follows from it: the first that has a catalogue among that one and what it
falls back on, the person's own languages, what the browser asks for, and English.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from polylect import languages

_TAG = r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*"
_FIRST_PART = re.compile(rf"/({_TAG})(?=/|$)")
_FALLBACK = "en"


class LanguageConverter:
    """A path's language in its canonical spelling, `<bcp47:language>`; `LanguageMiddleware` redirects the others."""

    regex = _TAG

    def to_python(self, value: str) -> str:
        if languages.canonical(value) != value:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


class LanguageMiddleware:
    """Sets `request.reading_language` and speaks the interface's language while the page is made.

    A path that spells its language in another way, or has none where one is needed, is redirected to the one that
    does. It writes nothing down: a link that somebody shared changes nobody's preference.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        spelled = _FIRST_PART.match(request.path_info)
        language = languages.canonical(spelled[1]) if spelled else None
        if spelled and language and language != spelled[1]:
            return HttpResponsePermanentRedirect(
                _with_query(request, f"/{language}{request.path_info[spelled.end() :]}")
            )
        request.reading_language = language or preferred(request)  # type: ignore[attr-defined]
        with translation.override(interface_language(request)):
            response = self._get_response(request)
        if response.status_code == 404 and language is None and request.method in ("GET", "HEAD"):
            return self._with_language(request) or response
        return response

    def _with_language(self, request: HttpRequest) -> HttpResponse | None:
        """The same page in the language this visitor prefers, if there is such a page."""
        path = f"/{reading_language(request)}{request.path_info}"
        for candidate in (path, f"{path}/"):
            try:
                resolve(candidate)
            except Resolver404:
                continue
            response = HttpResponseRedirect(_with_query(request, candidate))
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            return response
        return None


def reading_language(request: HttpRequest) -> str:
    """The language that this page is read in."""
    return request.reading_language  # type: ignore[attr-defined,no-any-return]


def preferred(request: HttpRequest) -> str:
    """The reading language of somebody who has not chosen one with the address: their own first, then the
    browser's, then English.

    A variant of a language that the interface speaks is that language (`en-US` gives `en`), so that most people
    share addresses.
    """
    for language in (*_of_person(request), *_of_browser(request)):
        return catalogue((language,)) or language
    return _FALLBACK


def interface_language(request: HttpRequest) -> str:
    """The language of the menus and sentences around the course."""
    return (
        catalogue((reading_language(request),))
        or catalogue(_of_person(request))
        or catalogue(_of_browser(request))
        or _FALLBACK
    )


def catalogue(tags: Iterable[str]) -> str | None:
    """The first language with a catalogue, among these and what each falls back on."""
    for tag in tags:
        for candidate in languages.chain(tag):
            if candidate in _catalogues():
                return candidate
    return None


@lru_cache(maxsize=1)
def _catalogues() -> frozenset[str]:
    return frozenset(code for code, _ in settings.LANGUAGES)


def _of_person(request: HttpRequest) -> list[str]:
    """The languages somebody has said they read, best first; asks the database only about people with a session."""
    person = getattr(request, "user", None)
    return list(person.reading_languages()) if person is not None and person.is_authenticated else []


def _of_browser(request: HttpRequest) -> list[str]:
    """What Accept-Language asks for, best first."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    found = (languages.canonical(tag) for tag, _ in asked if tag != "*")
    return [tag for tag in found if tag]


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
