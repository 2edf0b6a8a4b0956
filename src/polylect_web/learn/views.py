"""A learner's pages: catalogue, about, unit, transcript, progress. The exercises' own views are in `exercise_views`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def catalogue(request: HttpRequest, language: str) -> HttpResponse:
    return render(request, "learn/catalogue.html", {})


def _missing(request: HttpRequest, language: str, **names: object) -> HttpResponse:
    return HttpResponse()


about = unit = answer = transcript = captions = progress = unplaced = unplaced_block = _missing
