"""Pages that belong to the site as a whole, and what is shown when a page cannot be."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.pages.gallery import FRAMES, PARTS

_SLOGANS = (
    ("en", "One course, every language."),
    ("fr", "Un cours, toutes les langues."),
    ("es", "Un curso, todos los idiomas."),
    ("ar", "دورة واحدة، بكل اللغات."),
    ("hi", "एक पाठ्यक्रम, हर भाषा में।"),
    ("bn", "একটি কোর্স, সব ভাষায়।"),
    ("sw", "Kozi moja, kila lugha."),
    ("uk", "Один курс — усіма мовами."),
)


@dataclass(frozen=True)
class Slogan:
    """The site's sentence in one language."""

    language: str
    text: str


@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """What this is, and the way into the first lesson."""
    run = courses.catalogue().first()
    return render(
        request,
        "pages/home.html",
        {
            "run": run,
            "start_address": _first_lesson(run, language) if run else None,
            "slogans": [Slogan(tag, text) for tag, text in _SLOGANS],
        },
    )


@require_safe
def privacy(request: HttpRequest, language: str) -> HttpResponse:
    """What the site keeps about people, and what it does not."""
    return render(request, "pages/privacy.html")


@require_safe
def gallery(request: HttpRequest, language: str) -> HttpResponse:
    """Each part of the pages, in both directions, light and dark."""
    return render(request, "pages/gallery.html", {"parts": PARTS, "frames": FRAMES})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent could not be understood."""
    return _refusal(
        request, HTTPStatus.BAD_REQUEST, _("This could not be understood"), _("Go back, and try once more.")
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this person."""
    return _refusal(
        request,
        HTTPStatus.FORBIDDEN,
        _("This page is not open to you"),
        _("If it should be, sign in with the account that has been given access."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or none that this person may know of."""
    return _refusal(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is no page here"),
        _("The address may be mistyped, or the page may have moved. The courses are all in one place:"),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from a page of ours, or whose page is too old."""
    return _refusal(
        request,
        HTTPStatus.FORBIDDEN,
        _("Please send that again"),
        _("This form was open for long, or this browser keeps no cookies. Reload the page before, and send it again."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Nothing is asked of the database, the session or the languages."""
    return HttpResponse(loader.render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _refusal(request: HttpRequest, status: HTTPStatus, title: str, advice: str) -> HttpResponse:
    return render(request, "pages/refusal.html", {"title": title, "advice": advice, "status": status}, status=status)


def _first_lesson(run: Run, language: str) -> str:
    """Where the course begins, or its about page while nothing is open yet."""
    unit = next(courses.outline(run.version).visible_to_learners(timezone.now()).listed_units(), None)
    if unit is None:
        return reverse("about", args=[language, run.key])
    return reverse("unit", args=[language, run.key, unit.code])
