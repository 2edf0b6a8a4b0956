"""What learners do for a translation while they read it: point at a text of a lesson, and say what would be better.

Suggesting is open here to everybody who can read the lesson, although `texts.choices` says that visitors may do
nothing: they learn, and are not asked to sign in before they can say that a word is wrong. It is as with answers:
whoever sends the first thing worth keeping becomes a guest by it. What they send changes nothing that others read until
somebody who may has accepted it; a guest can leave `writing.MOST_OPEN` of them, all guests together
`guests.MOST_FROM_GUESTS`.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from polylect.keys import RunKey
from polylect_web.translate import improving


@never_cache
@require_safe
def improvable_texts(request: HttpRequest, language: str, run_key: RunKey, unit_code: str) -> HttpResponse:
    """The texts of a unit that its reader may improve, with the form to do so: for the script that points at them."""
    study, unit = improving.open_translated(request, language, run_key, unit_code)
    context = {"listed": improving.listed(study, unit), "study": study, "unit": unit}
    return render(request, "translate/_improve.html", context)


@never_cache
@require_POST
def improve_text(request: HttpRequest, language: str, run_key: RunKey, unit_code: str, message: UUID) -> HttpResponse:
    """Takes a learner's suggestion for a text, a remark about it, or both; answers with what became of it."""
    study, unit = improving.open_translated(request, language, run_key, unit_code)
    said = improving.improve(request, study, unit, message)
    return JsonResponse({"sentences": list(said.sentences)}, status=said.status)
