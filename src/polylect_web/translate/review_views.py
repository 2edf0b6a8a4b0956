"""The queue of reviewers: what waits for them in a language, and the word that they say of it."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from polylect import languages
from polylect.keys import RunKey
from polylect_web.accounts.leading import for_account
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses.queries import find_run
from polylect_web.foundation.numbers import whole_number
from polylect_web.texts import reviewing, writing
from polylect_web.texts.choices import Choice, choices_of
from polylect_web.texts.reviewing import Reviewed, Seen
from polylect_web.translate import review_page, verdicts
from polylect_web.translate.review_page import Only, Reviewable

_MOST_AT_ONCE = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_account()
def review(request: HttpRequest, person: Person, language: str, target: str) -> HttpResponse:
    """All that waits for this person in a language; posted, what they say of it."""
    some = review_page.reviewable(person, target)
    if not some and not may(person, Act.REVIEW, "", target):
        raise PermissionDenied
    asked = _asked(request, some)
    if request.method == "POST":
        return _decide(request, person, target, some)
    queue = review_page.queue(target, some, asked, _only(request), request.GET.get("page", ""))
    context = {"queue": queue, "target": target, "target_name": languages.autonym(target)}
    return render(request, "translate/review.html", context)


def _decide(request: HttpRequest, person: Person, target: str, some: tuple[Reviewable, ...]) -> HttpResponse:
    """Says what was chosen: of all that are ticked (`approve`), of one (`approve:SEEN`), of a remark (`settle:ID`)."""
    act, colon, of = request.POST.get("act", "").partition(":")
    if act == "settle":
        return _settle(request, person, target, some, of)
    if act not in verdicts.VERDICTS or (not colon and act != "approve"):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    given = [of] if colon else request.POST.getlist("seen")[:_MOST_AT_ONCE]
    seen = [one for one in map(Seen.parse, given) if one is not None]
    courses = _reviewed(seen, target, some)
    if not colon:
        return _approve(request, person, target, seen, courses)
    done = reviewing.say_seen(seen[0], verdicts.VERDICTS[act], target, courses, by=person) if seen else None
    if done is None:
        notices.warning(request, _("That text changed meanwhile: nothing was done. Look at it again."))
        return HttpResponseRedirect(f"{request.get_full_path()}#main")
    notices.success(request, verdicts.said(act, done))
    return HttpResponseRedirect(request.get_full_path())


def _approve(
    request: HttpRequest, person: Person, target: str, seen: list[Seen], courses: dict[int, Reviewed]
) -> HttpResponse:
    if not seen:
        notices.warning(request, _("Nothing is ticked: tick what you have read and found right."))
        return HttpResponseRedirect(f"{request.get_full_path()}#main")
    done, left = reviewing.approve_seen(seen, target, courses, by=person)
    if done:
        count = len(done)
        notices.success(
            request,
            ngettext("{count} text is approved.", "{count} texts are approved.", count).replace("{count}", str(count)),
        )
    if left:
        said = ngettext(
            "{count} text changed meanwhile and was not approved. Look at it again.",
            "{count} texts changed meanwhile and were not approved. Look at them again.",
            left,
        )
        notices.warning(request, said.replace("{count}", str(left)))
    return HttpResponseRedirect(f"{request.get_full_path()}#main")


def _settle(request: HttpRequest, person: Person, target: str, some: tuple[Reviewable, ...], of: str) -> HttpResponse:
    found = writing.open_remarks().filter(language=target, pk=whole_number(of) or 0)
    remark = found.select_related("message__course").first()
    if remark is None or all(one.run.course_id != remark.message.course_id for one in some):
        raise Http404
    writing.settle_remark(remark.message.course, remark.pk, by=person)
    notices.success(request, _("Settled."))
    return HttpResponseRedirect(request.get_full_path())


def _reviewed(seen: list[Seen], target: str, some: tuple[Reviewable, ...]) -> dict[int, Reviewed]:
    """The courses of these targets, of those that this person reviews, with what each decided."""
    wanted = reviewing.courses_of([one.target_id for one in seen])
    return {
        one.run.course_id: Reviewed(one.run.course, choices_of(one.run.course_id).get(target, Choice()))
        for one in some
        if one.run.course_id in wanted
    }


def _asked(request: HttpRequest, some: tuple[Reviewable, ...]) -> Reviewable | None:
    """The course that the list is for, if it is for one, by the run that was named. Raises Http404 where it is none of
    theirs."""
    name = request.GET.get("course", "")
    if not name:
        return None
    try:
        key = RunKey.parse(name)
    except ValueError:
        raise Http404 from None
    run = find_run(key.org, key.code, key.run)
    if run is None or all(one.run.course_id != run.course_id for one in some):
        raise Http404
    return Reviewable.of(run)


def _only(request: HttpRequest) -> Only:
    asked = request.GET.get("only", "")
    return Only(asked) if asked in {one.value for one in Only} else Only.ALL
