"""The author who edits: what changed after it was translated, and whether translations stay valid."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from polylect.keys import RunKey
from polylect_web.accounts.context import account_of
from polylect_web.accounts.leading import to_sign_in
from polylect_web.accounts.rights import Act, may
from polylect_web.texts.changed import say_cosmetic_of
from polylect_web.translate import author_page
from polylect_web.translate.desk import find_course

_MOST_AT_ONCE = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def changed_texts(request: HttpRequest, language: str, run_key: RunKey) -> HttpResponse:
    """What changed; posted, of which texts it is cosmetic: of those that are ticked, or of one (`cosmetic:SEEN`)."""
    run = find_course(request, run_key)
    person = account_of(request)
    if person is None:
        return to_sign_in(request)
    if not may(person, Act.PUBLISH, str(run_key.course)):
        raise PermissionDenied
    if request.method != "POST":
        changes = author_page.changes(run, run_key, request.GET.get("page", ""))
        return render(request, "translate/changed_texts.html", {"changes": changes})
    act, colon, of = request.POST.get("act", "").partition(":")
    if act != "cosmetic":
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    seen = _seen([of] if colon else request.POST.getlist("seen")[:_MOST_AT_ONCE])
    if not seen:
        notices.warning(request, _("Nothing is ticked: tick the texts that say the same as before."))
        return HttpResponseRedirect(request.get_full_path())
    said, left = say_cosmetic_of(run.course, seen, by=person)
    if said:
        sentence = ngettext(
            "Of {count} text the translations stay valid.", "Of {count} texts the translations stay valid.", said
        )
        notices.success(request, sentence.replace("{count}", str(said)))
    if left:
        sentence = ngettext(
            "{count} text changed meanwhile: nothing was said of it. Look at it again.",
            "{count} texts changed meanwhile: nothing was said of them. Look at them again.",
            left,
        )
        notices.warning(request, sentence.replace("{count}", str(left)))
    return HttpResponseRedirect(request.get_full_path())


def _seen(given: list[str]) -> dict[UUID, str]:
    """Messages with the marks that were seen; what stands for none is left out."""
    found: dict[UUID, str] = {}
    for one in given:
        name, _colon, mark = one.partition(":")
        try:
            found[UUID(name)] = mark
        except ValueError:
            continue
    return found
