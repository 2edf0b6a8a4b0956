"""The way to signing in and back, for pages that are for people with an account."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from polylect_web.accounts.context import account_of
from polylect_web.accounts.models import Person
from polylect_web.foundation.languages import reading_language

P = ParamSpec("P")


def to_sign_in(request: HttpRequest, back: str = "") -> HttpResponseRedirect:
    """To signing in, and from there to `back`, an address of this site; empty: to the page that was asked for, with its
    query. What was posted is not sent along, so where that page can only be posted to, `back` has to be another."""
    query = urlencode({"next": back or request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('sign_in', args=[reading_language(request)])}?{query}")


def for_account(
    after_post: str = "",
) -> Callable[[Callable[Concatenate[HttpRequest, Person, str, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Hands a view whoever is signed in, before the language. Others are led to signing in, and back to the page that
    was asked for; after posting, to the page named `after_post` (empty: the address that was posted to)."""

    def decorate(view: Callable[Concatenate[HttpRequest, Person, str, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def led(request: HttpRequest, language: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person = account_of(request)
            if person is not None:
                return view(request, person, language, *args, **kwargs)
            is_seen_again = not after_post or request.method in ("GET", "HEAD")
            return to_sign_in(request, "" if is_seen_again else reverse(after_post, args=[language]))

        return led

    return decorate
