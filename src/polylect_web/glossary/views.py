"""The glossary: its list, one term with what it is called in the language translated into, and its table."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polylect.messages import glossary as table
from polylect_web.accounts.context import account_of
from polylect_web.accounts.leading import to_sign_in
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.foundation.languages import reading_language
from polylect_web.foundation.numbers import whole_number
from polylect_web.glossary import actions, glossary_page, queries, rights
from polylect_web.glossary.forms import (
    SITE,
    FilterForm,
    TableForm,
    TermForms,
    WordForm,
    Words,
    initial_of,
    said,
    values_of,
)
from polylect_web.glossary.models import Term
from polylect_web.glossary.queries import CourseNamed
from polylect_web.glossary.taking import Brought, bring

ON_A_PAGE = 50
_MOST_ISSUES = 30
_USUAL_SOURCE = "en"
"""The language of a term that belongs to every course, where a table does not say it."""


@never_cache
@require_safe
def glossary(request: HttpRequest, language: str, target: str) -> HttpResponse:
    """The terms of the courses that somebody may see, and of every course, with what they are called."""
    courses = queries.courses_shown(request.user, target)
    chosen = FilterForm(request.GET, courses)
    found = queries.listed((one.course for one in courses), target, **chosen.chosen())
    page = _page_of(found, request)
    return render(
        request,
        "glossary/glossary.html",
        {
            "target": target,
            "names_courses": not chosen.chosen()["course"],
            "form": chosen,
            "page": page,
            "rows": glossary_page.rows(page, courses, target, request.user),
            "query": glossary_page.without_page(request.GET),
            "chosen": request.GET.get("course", ""),
            "may_add": bool(_choices(request.user, courses, target, may_set_forms=False)),
            "may_import": bool(_choices(request.user, courses, target, may_set_forms=True)),
        },
    )


@never_cache
@require_safe
def glossary_table(request: HttpRequest, language: str, target: str) -> HttpResponse:
    """The terms of a course, or of every course, with their forms in every language, as a CSV file."""
    chosen = request.GET.get("course", "")
    shown = {str(one.course.uuid): one.course for one in queries.courses_shown(request.user, target)}
    if chosen not in (SITE, *shown):
        raise Http404
    course = shown.get(chosen)
    content = table.write(queries.all_terms(course), _source_of(course)).encode()
    disposition = {"Content-Disposition": f'attachment; filename="{table.NAME}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_glossary(request: HttpRequest, language: str, target: str) -> HttpResponse:
    """Takes in a table: all of it, or nothing and a sentence for each line that has to be put right."""
    courses = queries.courses_shown(request.user, target)
    choices = _choices(request.user, courses, target, may_set_forms=True)
    led = _refused(request, bool(choices))
    if led:
        return led
    posted = request.method == "POST"
    form = TableForm(*((request.POST, request.FILES) if posted else ()), courses=choices, initial=_initial(request))
    if not posted:
        return _import_page(request, target, form)
    if not form.is_valid():
        return _import_page(request, target, form, status=400)
    course = _course_of(form.cleaned_data["course"])
    brought = bring(
        form.cleaned_data["file"].read(table.MOST_BYTES + 1),
        course=course,
        language=_source_of(course),
        by=_person(request),
        is_replacing=form.cleaned_data["is_replacing"],
    )
    if brought.taken is None:
        return _import_page(request, target, form, brought, status=400)
    told = _("The table is taken in. New: {new}. Changed: {changed}. Kept as they are here: {kept}.")
    counts = {"new": brought.taken.new, "changed": brought.taken.changed, "kept": len(brought.kept)}
    for name, count in counts.items():
        told = told.replace(f"{{{name}}}", str(count))
    messages.success(request, told)
    if brought.kept:
        return _import_page(request, target, form, brought)
    return redirect(
        f"{reverse('glossary', args=[language, target])}?{urlencode({'course': form.cleaned_data['course']})}"
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: HttpRequest, language: str, target: str) -> HttpResponse:
    """A term that was not there before."""
    courses = queries.courses_shown(request.user, target)
    choices = _choices(request.user, courses, target, may_set_forms=False)
    led = _refused(request, bool(choices))
    if led:
        return led
    form = TermForms(request.POST or None, courses=choices, initial=_initial(request))
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, target, form, status=400 if request.method == "POST" else 200)
    try:
        added = actions.add_term(course=_course_of(form.cleaned_data["course"]), given=form.term(), by=_person(request))
    except actions.Exists as error:
        form.add_error("text", _there_is(error))
        return _edit_page(request, target, form, status=400)
    messages.success(request, _("The term is in the glossary. Now say what it is called."))
    return redirect("term", language, target, added.uuid)


@never_cache
@require_safe
def term(request: HttpRequest, language: str, target: str, uuid: UUID) -> HttpResponse:
    """One term: what it means, what it is called in this language, and who changed what of it."""
    found = _found(request, target, uuid)
    initial = initial_of(queries.forms_of(found, target))
    return _term_page(request, target, found, Words(initial=initial) if _may_say(request, found, target) else None)


@never_cache
@require_POST
def set_forms(request: HttpRequest, language: str, target: str, uuid: UUID) -> HttpResponse:
    """Says what a term is called in this language. Who has been overtaken by somebody else's change is told, and may
    save over it."""
    found = _found(request, target, uuid)
    led = _refused(request, _may_say(request, found, target), reverse("term", args=[language, target, uuid]))
    if led:
        return led
    words = Words(request.POST)
    if not words.is_valid():
        return _term_page(request, target, found, words, status=400)
    try:
        actions.set_forms(
            term=found, language=target, forms=said(words), revision=_number(request), by=_person(request)
        )
    except actions.ChangedMeanwhile:
        return _term_page(request, target, found, words, is_overtaken=True, status=409)
    messages.success(request, _("Saved."))
    return redirect("term", language, target, found.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_term(request: HttpRequest, language: str, target: str, uuid: UUID) -> HttpResponse:
    """Changes what a term is and means."""
    found = _found(request, target, uuid)
    led = _refused(request, rights.may_set_terms(request.user, found.course))
    if led:
        return led
    if request.method != "POST":
        return _edit_page(request, target, TermForms(initial=values_of(found)), found)
    form = TermForms(request.POST)
    if not form.is_valid():
        return _edit_page(request, target, form, found, status=400)
    try:
        actions.change_term(term=found, given=form.term(), revision=_number(request), by=_person(request))
    except actions.Exists as error:
        form.add_error("text", _there_is(error))
        return _edit_page(request, target, form, found, status=400)
    except actions.ChangedMeanwhile:
        form.add_error(None, _overtaken())
        return _edit_page(request, target, form, found, is_overtaken=True, status=409)
    messages.success(request, _("Saved."))
    return redirect("term", language, target, found.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_term(request: HttpRequest, language: str, target: str, uuid: UUID) -> HttpResponse:
    """Removes a term with its forms in every language, after asking."""
    found = _found(request, target, uuid)
    led = _refused(request, rights.may_set_terms(request.user, found.course))
    if led:
        return led
    if request.method != "POST":
        return render(request, "glossary/remove_term.html", {"target": target, "term": found})
    actions.remove_term(term=found, by=_person(request))
    messages.success(request, _("The term is removed."))
    return redirect("glossary", language, target)


def _term_page(
    request: HttpRequest,
    target: str,
    found: Term,
    words: "BaseFormSet[WordForm] | None",
    *,
    is_overtaken: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`words`: the form, for who may change what the term is called. `is_overtaken`: saved now, it is saved over what
    somebody else has changed."""
    rows = queries.forms_of(found, target)
    posted = request.POST.get("revision", "")
    return render(
        request,
        "glossary/term.html",
        {
            "target": target,
            "term": found,
            "forms": tuple(queries.as_form(row) for row in rows),
            "words": words,
            "is_overtaken": is_overtaken,
            "revision": posted if posted and not is_overtaken else queries.revision_of(found, target),
            "changes": glossary_page.changes(found, target, request.user),
            "may_set_terms": rights.may_set_terms(request.user, found.course),
            "page_address": reverse("term", args=[reading_language(request), target, found.uuid]),
        },
        status=status,
    )


def _edit_page(
    request: HttpRequest,
    target: str,
    form: TermForms,
    found: Term | None = None,
    *,
    is_overtaken: bool = False,
    status: int = 200,
) -> HttpResponse:
    posted = request.POST.get("revision", "")
    revision = "" if found is None else posted if posted and not is_overtaken else queries.revision_of(found)
    context = {"target": target, "form": form, "term": found, "revision": revision}
    return render(request, "glossary/edit_term.html", context, status=status)


def _import_page(
    request: HttpRequest, target: str, form: TableForm, brought: Brought | None = None, *, status: int = 200
) -> HttpResponse:
    issues = brought.issues if brought else ()
    context = {
        "target": target,
        "form": form,
        "issues": [glossary_page.told(issue) for issue in issues[:_MOST_ISSUES]],
        "more": max(0, len(issues) - _MOST_ISSUES),
        "kept": brought.kept if brought else (),
        "columns": table.COLUMNS,
    }
    return render(request, "glossary/import_glossary.html", context, status=status)


def _found(request: HttpRequest, target: str, uuid: UUID) -> Term:
    """The term, if it may be seen: who may not is not told that it exists."""
    found = queries.term_of(uuid)
    if found is None:
        raise Http404
    if found.course and found.course not in [one.course for one in queries.courses_shown(request.user, target)]:
        raise Http404
    return found


def _may_say(request: HttpRequest, found: Term, target: str) -> bool:
    """Whether somebody may say what a term is called in this language. In its own it is called what it is."""
    return target != found.language and rights.may_set_forms(request.user, found.course, target)


def _refused(request: HttpRequest, may: bool, back: str = "") -> HttpResponse | None:
    """The way to signing in and back to this page (or another), for who is not; a refusal for whoever else may not;
    None for who may."""
    if may:
        return None
    if account_of(request) is not None:
        raise PermissionDenied
    return to_sign_in(request, back)


def _choices(
    person: object, courses: tuple[CourseNamed, ...], target: str, *, may_set_forms: bool
) -> list[tuple[str, str]]:
    """The courses whose terms somebody may set (or, with `may_set_forms`, at least their forms), for a form."""

    def may(course: Course | None) -> bool:
        may_set = rights.may_set_terms(person, course)
        return may_set or (may_set_forms and rights.may_set_forms(person, course, target))

    named = [(str(one.course.uuid), one.title) for one in courses if may(one.course)]
    return [*named, (SITE, _("Terms of every course"))] if may(None) else named


def _initial(request: HttpRequest) -> dict[str, object]:
    """What a form begins with: the course of the list that it was reached from."""
    chosen = request.GET.get("course", "")
    return {"course": chosen, "language": _source_of(_course_of(chosen))}


def _course_of(chosen: str) -> Course | None:
    """The course that a form names; None for every course."""
    try:
        return Course.objects.filter(uuid=UUID(chosen)).first()
    except ValueError:
        return None


def _source_of(course: Course | None) -> str:
    return course.source_language if course else _USUAL_SOURCE


def _person(request: HttpRequest) -> Person | None:
    return account_of(request)


def _number(request: HttpRequest) -> int:
    given = whole_number(request.POST.get("revision", ""))
    return -1 if given is None else given


def _page_of(terms: QuerySet[Term], request: HttpRequest) -> Page[Term]:
    return Paginator(terms, ON_A_PAGE).get_page(request.GET.get("page"))


def _there_is(error: actions.Exists) -> str:
    return _("“{term}” is a term already.").replace("{term}", str(error.term))


def _overtaken() -> str:
    return _("Somebody has changed this term meanwhile. To save yours over theirs, save it again.")
