"""An author makes two sentences of a video one, or two of one: from the sentence in hand, or as translators ask."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from polylect.keys import RunKey
from polylect.messages.blocks import caption_role
from polylect_web.accounts.context import account_of
from polylect_web.accounts.leading import for_account, to_sign_in
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses.models import Run
from polylect_web.foundation.numbers import whole_number
from polylect_web.texts import regrouping, wishes, writing
from polylect_web.texts.models import Asks
from polylect_web.texts.regrouping import At
from polylect_web.texts.tracks import Outcome
from polylect_web.texts.wishes import Wish
from polylect_web.translate import stage, wishes_page
from polylect_web.translate.desk import find_course, open_desk


@never_cache
@require_POST
def regroup_sentences(
    request: HttpRequest, language: str, target: str, run_key: RunKey, lesson_code: str, message: UUID
) -> HttpResponse:
    """Joins a sentence with the next one (`join`), or parts it at a `place`, for all languages."""
    desk = open_desk(request, language, target, run_key)
    lesson = desk.find_lesson(lesson_code)
    line = desk.find_line(lesson, message)
    sentence = stage.sentence(desk, line)
    if sentence is None:
        raise Http404
    here = desk.address("translation_line", lesson.code, message)
    person = account_of(request)
    if person is None:
        return to_sign_in(request, here)
    if not desk.may_publish:
        raise PermissionDenied
    at = At(line.block_code, sentence.track, sentence.number - 1)
    outcome = Outcome.CLASH
    if request.POST.get("source", "") == line.text:
        if request.POST.get("act", "") == "join":
            outcome = regrouping.join(desk.run, at, by=person)
        else:
            outcome = regrouping.part(desk.run, at, _place(request), by=person)
    if outcome is not Outcome.PUBLISHED:
        notices.warning(request, _why(outcome))
        return HttpResponseRedirect(f"{here}#hand")
    notices.success(request, _("Done, for all languages. What was translated went along."))
    published = open_desk(request, language, target, run_key)
    found = regrouping.message_at(published.version, line.block_code, caption_role(sentence.track, sentence.number))
    view = ("translation_lesson", lesson.code) if found is None else ("translation_line", lesson.code, found.uuid)
    return HttpResponseRedirect(f"{published.address(*view)}#hand")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_account()
def sentence_wishes(request: HttpRequest, person: Person, language: str, run_key: RunKey) -> HttpResponse:
    """What translators ask for; posted, one of these wishes is done (`do:KEY`) or not (`leave:KEY`)."""
    run = find_course(request, run_key)
    if not may(person, Act.PUBLISH, str(run_key.course)):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "translate/sentence_wishes.html", {"wishes": wishes_page.of_run(run, run_key)})
    act, _colon, key = request.POST.get("act", "").partition(":")
    if act not in ("do", "leave"):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    wish = wishes.find(run.version, key)
    if wish is None:
        notices.warning(request, _("That was answered meanwhile. Nothing was done."))
    elif act == "leave":
        writing.settle_asked(wish.message, wish.asked, by=person)
        notices.success(request, _("Settled. The sentence stays as it is."))
    else:
        _do(request, run, wish, person)
    return HttpResponseRedirect(request.get_full_path())


def _do(request: HttpRequest, run: Run, wish: Wish, person: Person) -> None:
    """Joins or parts a sentence as it was asked for, and says what became of it."""
    outcome = Outcome.CLASH
    if wish.at is not None and wish.asked.asks is Asks.JOIN:
        outcome = regrouping.join(run, wish.at, by=person)
    elif wish.at is not None:
        outcome = regrouping.part(run, wish.at, wish.asked.place or 0, by=person)
    if outcome is Outcome.PUBLISHED:
        notices.success(request, _("Done, for all languages. What was translated went along."))
    else:
        notices.warning(request, _why(outcome))


def _place(request: HttpRequest) -> int:
    return whole_number(request.POST.get("place", ""), 6) or 0


def _why(outcome: Outcome) -> str:
    """What to say where nothing was published."""
    return {
        Outcome.UNCHANGED: _("Nothing was changed: choose where to split the sentence."),
        Outcome.CLASH: _("The captions changed meanwhile. Nothing was done; look at the sentence again."),
        Outcome.BUSY: _("Somebody is publishing this course at this moment. Try again in a minute."),
    }[outcome]
