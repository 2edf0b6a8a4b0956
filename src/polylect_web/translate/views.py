"""The workbench: a lesson's texts, the one in hand, what is saved and said of it.

Every view begins by finding the course as this person may work on it (`desk.open_desk`). A page works without scripts;
a script asks for its parts (header `X-Fragment: parts`) and puts each in the place of the one with the same id.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from http import HTTPStatus
from urllib.parse import unquote
from uuid import UUID

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polylect import languages
from polylect.keys import RunKey
from polylect.messages import Kind
from polylect_web.accounts.context import account_of
from polylect_web.accounts.leading import to_sign_in
from polylect_web.accounts.models import Person
from polylect_web.courses import converters
from polylect_web.foundation.numbers import whole_number
from polylect_web.texts import working, writing
from polylect_web.texts.working import Line
from polylect_web.texts.writing import Outcome, Written
from polylect_web.translate import asking, cues, lesson_page, line_page, matrix_page, stage, verdicts, wishes_page
from polylect_web.translate.asking import Answer
from polylect_web.translate.checking import Checked, check
from polylect_web.translate.desk import Desk, find_course, may_write, open_desk, sees_hidden
from polylect_web.translate.lesson_page import Filter, Listed, Numbered
from polylect_web.translate.line_page import Draft, Notice, Panel
from polylect_web.translate.wishes_page import NotAsked

_RUN_KEY = re.compile(converters.RunKeyConverter.regex)
_LONGEST_NAME = 60
"""Characters of the name of a language."""
FRAGMENT = "X-Fragment"
"""The header by which a script asks for the parts of a page that changed, and by which they are known as such."""


def on_line(
    view: Callable[[HttpRequest, Desk, Listed, Numbered], HttpResponse],
) -> Callable[[HttpRequest, str, str, RunKey, str, UUID], HttpResponse]:
    """Hands the view the course as this person may work on it, the lesson's texts, and the one in hand. Raises
    Http404."""

    @wraps(view)
    def found(
        request: HttpRequest, language: str, target: str, run_key: RunKey, lesson_code: str, message: UUID
    ) -> HttpResponse:
        desk = open_desk(request, language, target, run_key)
        listed = _listed(request, desk, lesson_code, message)
        numbered = listed.find(message)
        if numbered is None:
            raise Http404
        return view(request, desk, listed, numbered)

    return found


@require_safe
def translate(request: HttpRequest, language: str) -> HttpResponse:
    """Every course, with the languages that somebody began, and a way to begin another."""
    person = account_of(request)
    typed = request.GET.get("into", "").strip()[:_LONGEST_NAME]
    asked = (languages.canonical(typed) or languages.named(typed, language)) if typed else None
    key = request.GET.get("course", "")
    if asked and _RUN_KEY.fullmatch(key):
        return HttpResponseRedirect(reverse("translation_course", args=[language, asked, RunKey.parse(key)]))
    context = {"courses": matrix_page.offered(language, person), "typed": typed, "asked": key}
    return render(request, "translate/translate.html", context)


@require_safe
def translation_matrix(request: HttpRequest, language: str, run_key: RunKey) -> HttpResponse:
    """How far a course is: its lessons by languages."""
    run = find_course(request, run_key)
    wanted = [tag for tag in map(languages.canonical, request.GET.getlist("with")) if tag][: matrix_page.MOST_COLUMNS]
    may_see_hidden = sees_hidden(request.user, run_key)
    matrix = matrix_page.matrix(run, run_key, language, wanted, may_see_hidden=may_see_hidden)
    context = {"matrix": matrix, "key": run_key}
    return render(request, "translate/matrix.html", context)


@require_safe
def translation_course(request: HttpRequest, language: str, target: str, run_key: RunKey) -> HttpResponse:
    """A course in one language: its lessons, what is almost done, what waits for an answer."""
    desk = open_desk(request, language, target, run_key)
    rows = matrix_page.course_rows(desk)
    whole = sum((row.cells[0].tally for row in rows), working.Tally())
    context = {"desk": desk, "rows": rows, "almost_done": matrix_page.almost_done(rows), "whole": whole}
    return render(request, "translate/course.html", context)


@never_cache
@require_safe
def translation_lesson(
    request: HttpRequest, language: str, target: str, run_key: RunKey, lesson_code: str
) -> HttpResponse:
    """The texts of a lesson in reading order; with the first that is to be done in hand."""
    desk = open_desk(request, language, target, run_key)
    listed = _listed(request, desk, lesson_code)
    first = next((one for one in listed.shown if one.is_to_do), None) or next(iter(listed.shown), None)
    return _page(request, desk, listed, first)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_line
def translation_line(request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered) -> HttpResponse:
    """The text in hand; posted, what somebody wrote for it or said of it."""
    if request.method != "POST":
        return _page(request, desk, listed, numbered)
    person = desk.person
    if person is None or not desk.rights.may_suggest:
        return to_sign_in(request)
    act, _colon, of = request.POST.get("act", "").partition(":")
    if act in ("accept", "approve", "keep", "reject"):
        return _decide(request, desk, listed, numbered, person, act, of)
    if act.startswith("cut-"):
        draft = Draft(_text(request), request.POST.get("seen", ""), cues.posted(request.POST))
        return _page(request, desk, listed, numbered, draft, cut_act=request.POST.get("act", ""))
    if act == "take":
        return _page(request, desk, listed, numbered, Draft(_text(request), request.POST.get("seen", "")))
    if act == "settle":
        return _settle(request, desk, listed, numbered, person, of)
    return _write(request, desk, listed, numbered, person, act)


@never_cache
@require_POST
def check_translation(
    request: HttpRequest, language: str, target: str, run_key: RunKey, lesson_code: str, message: UUID
) -> HttpResponse:
    """What is to be looked at in a draft, as it is typed."""
    desk = open_desk(request, language, target, run_key)
    line = desk.find_line(desk.find_lesson(lesson_code), message)
    text = _text(request)
    act = request.POST.get("act", "")
    cut = cues.cues(desk, line, text, cues.posted(request.POST), act if act.startswith("cut-") else "")
    shown = stage.previewed(desk, line, text)
    context = {"checked": check(desk, line, text), "desk": desk, "shown": shown, "cues": cut}
    return _parts(request, "translate/_typed.html", context)


@never_cache
@require_POST
@on_line
def remark_on_translation(request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered) -> HttpResponse:
    """Keeps what somebody asks or says about a text; also that its sentence be joined with the next or parted
    (`asks`)."""
    if desk.person is None or not desk.rights.may_suggest:
        return to_sign_in(request, _address(desk, listed, numbered))
    try:
        asked = wishes_page.posted(desk, numbered.line, request.POST)
    except NotAsked as refused:
        return _page(request, desk, listed, numbered, refused={"asks": str(refused)}, status=400)
    text = request.POST.get("remark", "")
    if writing.remark(desk.course, desk.target, numbered.line.uuid, text, by=desk.person, asked=asked) is None:
        why = _("The remark was not kept: it is empty or too long, or too many of yours are open.")
        return _page(request, desk, listed, numbered, refused={"asks" if asked else "remark": why}, status=400)
    if asked is None:
        said = _("Your remark is there for everybody who works on this text.")
    else:
        said = _("It is asked for: those who publish the course find it among what they are asked.")
    return _onward(request, desk, listed, numbered, said, stays=True)


@never_cache
@require_POST
@on_line
def ask_machine(request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered) -> HttpResponse:
    """Asks the machines that the operator connected what they make of a text."""
    if desk.person and not asking.machines(desk, numbered.line):
        raise Http404
    if desk.person is None:
        return to_sign_in(request, _address(desk, listed, numbered))
    said = asking.ask(desk, numbered.line)
    if is_for_script(request):
        shown = line_page.panel(desk, listed, numbered, machine=said)
        context = {"desk": desk, "listed": listed, "panel": shown, "address": _address(desk, listed, numbered)}
        return _parts(request, "translate/_machine.html", context)
    return _page(request, desk, listed, numbered, machine=said)


@never_cache
@require_safe
def translation_news(
    request: HttpRequest, language: str, target: str, run_key: RunKey, lesson_code: str
) -> HttpResponse:
    """What others wrote in this lesson since the target with the id `since`: the lines that changed."""
    desk = open_desk(request, language, target, run_key)
    listed = _listed(request, desk, lesson_code)
    since = whole_number(request.GET.get("since", ""))
    if since is None:
        raise Http404
    changed = {line.uuid for line in working.changed_since([one.line for one in listed.numbered], target, since)}
    rows = [one for one in listed.numbered if one.line.uuid in changed]
    return _parts(request, "translate/_news.html", {"desk": desk, "listed": listed, "rows": rows})


def _write(
    request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered, person: Person, act: str
) -> HttpResponse:
    """Saves what somebody wrote, or suggests it where they may not translate."""
    text, line = _text(request), numbered.line
    seen = request.POST.get("seen", "")
    cutting = cues.posted(request.POST)
    typed = Draft(text, seen, cutting)
    checked = check(desk, line, text)
    if checked.errors or not text:
        checked = checked if text else Checked(errors=line_page.blank(line))
        return _page(request, desk, listed, numbered, replace(typed, notice=Notice.REFUSED), checked, status=400)
    if checked.warnings and request.POST.get("heeded", "") != checked.heeded:
        return _page(request, desk, listed, numbered, replace(typed, notice=Notice.WARNED), checked)
    moved, borders = cues.saved(desk, line, text, cutting)
    source = request.POST.get("source", "")
    draft = writing.Draft(text, source, whole_number(seen), moved, borders)
    if may_write(desk, line) and act != "suggest":
        is_approved = act == "save-approved" and desk.rights.may_review
        written = writing.write_target(
            desk.course, desk.target, line.uuid, draft, by=person, choice=desk.choice, is_approved=is_approved
        )
    else:
        written = writing.suggest(desk.course, desk.target, line.uuid, draft, by=person)
    return _written(request, desk, listed, numbered, typed, written)


def _written(
    request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered, typed: Draft, written: Written
) -> HttpResponse:
    match written.outcome:
        case Outcome.CONFLICT | Outcome.SOURCE_CHANGED:
            notice = Notice.CONFLICT if written.outcome is Outcome.CONFLICT else Notice.SOURCE_CHANGED
            theirs = working.as_current(written.target) if written.target else None
            seen = str(written.target.pk) if written.target else typed.seen
            again = replace(typed, seen=seen, notice=notice)
            return _page(request, desk, listed, numbered, again, theirs=theirs, status=409)
        case Outcome.GONE:
            raise Http404
        case Outcome.REFUSED:
            notice = Notice.REFUSED if written.issues else Notice.FULL
            checked = Checked(errors=written.issues)
            return _page(request, desk, listed, numbered, replace(typed, notice=notice), checked, status=400)
    said = {
        Outcome.SAVED: _("Saved."),
        Outcome.SUGGESTED: _("Thank you. Your suggestion waits for somebody who may accept it."),
        Outcome.SAME: _("It was the same already."),
    }[written.outcome]
    return _onward(request, desk, listed, numbered, said, stays=False)


def _decide(
    request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered, person: Person, act: str, of: str
) -> HttpResponse:
    """A word about a target: a suggestion accepted, the current one approved, still valid, or wrong.

    Who may translate may accept suggestions and say that a text is still valid; approving and rejecting is for
    reviewers, but everybody may take their own suggestion back.
    """
    may_say = desk.rights.may_review if act in ("approve", "reject") else may_write(desk, numbered.line)
    pk = whole_number(of) or 0  # the id of nothing
    if not (may_say or (act == "reject" and working.is_own_suggestion(numbered.line, desk.target, pk, person))):
        raise PermissionDenied
    say = {"accept": writing.accept, "approve": writing.approve, "keep": writing.keep, "reject": writing.reject}[act]
    done = say(desk.course, pk, by=person, choice=desk.choice)
    if done is None:
        raise Http404
    return _onward(request, desk, listed, numbered, verdicts.said(act, done), stays=act in ("accept", "reject"))


def _settle(
    request: HttpRequest, desk: Desk, listed: Listed, numbered: Numbered, person: Person, of: str
) -> HttpResponse:
    if not desk.rights.may_translate:
        raise PermissionDenied
    if writing.settle_remark(desk.course, whole_number(of) or 0, by=person) is None:
        raise Http404
    return _onward(request, desk, listed, numbered, _("Settled."), stays=True)


def _onward(
    request: HttpRequest, desk: Desk, before: Listed, numbered: Numbered, said: str, *, stays: bool
) -> HttpResponse:
    """Says what was done, and goes on to the next text that is to be done, or stays.

    A script gets both texts' lines and the next one's panel at once; without one, the page follows.
    """
    listed = lesson_page.listed(desk, before.lesson, before.filter, holding=numbered.line.uuid)
    done = listed.find(numbered.line.uuid)
    if done is None:
        raise Http404
    following = done if stays else listed.following(done) or done
    if is_for_script(request):
        return _page(request, desk, listed, following, said=said, done=done)
    notices.success(request, said)
    return HttpResponseRedirect(_address(desk, listed, following))


def _page(
    request: HttpRequest,
    desk: Desk,
    listed: Listed,
    numbered: Numbered | None,
    draft: Draft | None = None,
    checked: Checked | None = None,
    *,
    theirs: working.Current | None = None,
    machine: Answer | None = None,
    said: str = "",
    done: Numbered | None = None,
    cut_act: str = "",
    refused: Mapping[str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The lesson with a text in hand; for a script, the parts of it that are other than before."""
    shown: Panel | None = None
    if numbered is not None:
        shown = line_page.panel(
            desk,
            listed,
            numbered,
            draft=draft,
            checked=checked,
            theirs=theirs,
            machine=machine,
            act=cut_act,
            refused=refused,
        )
    context: dict[str, object] = {"desk": desk, "listed": listed, "panel": shown, "said": said, "done": done}
    if shown is None:
        return render(request, "translate/lesson.html", context, status=status)
    context["address"] = _address(desk, listed, shown.numbered)
    is_part = is_for_script(request)
    context["has_stage"] = not is_part or not _stays_on_stage(request, shown.line)
    if context["has_stage"]:
        context |= stage.context(desk, shown.line, shown.draft.text)
    if not is_part:
        return render(request, "translate/lesson.html", context, status=status)
    return _parts(request, "translate/_parts.html", context, status=status)


def _parts(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers[FRAGMENT] = "parts"
    return response


def _stays_on_stage(request: HttpRequest, line: Line) -> bool:
    """Whether the page has the video of this sentence already, which plays on as it is. Everything else that stands
    there is of one text, and drawn anew for the next, even in the same block."""
    return line.kind is Kind.CAPTION and unquote(request.headers.get("X-Stage", "")) == line.block_code


def is_for_script(request: HttpRequest) -> bool:
    """Whether a script asked, which puts the parts in their places by itself."""
    return request.headers.get(FRAGMENT) == "parts"


def _listed(request: HttpRequest, desk: Desk, lesson_code: str, holding: UUID | None = None) -> Listed:
    asked = request.GET.get("show", "")
    chosen = Filter(asked) if asked in {one.value for one in Filter} else Filter.ALL
    page = whole_number(request.GET.get("page", ""), 5) or 1
    return lesson_page.listed(desk, desk.find_lesson(lesson_code), chosen, page=page, holding=holding)


def _address(desk: Desk, listed: Listed, numbered: Numbered) -> str:
    return desk.address("translation_line", listed.lesson.code, numbered.line.uuid) + listed.query


def _text(request: HttpRequest) -> str:
    """What was typed. Browsers send ends of lines as CR LF; a text of a lesson has LF."""
    return request.POST.get("text", "").replace("\r\n", "\n").strip()
