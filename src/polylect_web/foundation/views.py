"""Addresses without a language."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from polylect_web.foundation.languages import preferred


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` while the site can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Leads to the home page in the language this visitor prefers."""
    response = HttpResponseRedirect(f"/{preferred(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
