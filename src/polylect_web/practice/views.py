"""Is it a partnership? And the register of the cases that somebody keeps.

The page keeps nothing of a case that is not kept on purpose: no view of it writes, logs or remembers, and a case is in
the body of a request and never in an address.
"""

from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polylect.partnership import Arrangement
from polylect_web.accounts import leading
from polylect_web.accounts.context import account_of
from polylect_web.accounts.models import Person
from polylect_web.foundation.numbers import whole_number
from polylect_web.practice import actions, queries, register_page, table
from polylect_web.practice import case_file as files
from polylect_web.practice import described as form
from polylect_web.practice.answer import answer, name_of, repaired, together
from polylect_web.practice.described import Described
from polylect_web.practice.forms import CaseForm, FilterForm, ShareForm, values_of
from polylect_web.practice.models import LONGEST_TITLE, Case
from polylect_web.practice.rights import CaseAct, may

ON_A_PAGE = 25

for_account = leading.for_account("partnerships")
"""Whoever posted comes back to the list of their cases."""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def partnership(request: HttpRequest, language: str) -> HttpResponse:
    """Describes a case and judges it: each step is a form that is posted and answered."""
    if request.method != "POST":
        return _case_page(request, Described(form.empty()))
    described = form.from_form(request.POST)
    match request.POST.get("act", "").partition(":"):
        case "add", _, _:
            return _case_page(request, Described(form.with_one_more(described.arrangement), described.clashes))
        case "remove", _, key:
            return _case_page(request, Described(form.without(described.arrangement, key), described.clashes))
        case "open", _, _:
            return _opened(request, described)
        case "change", _, _:
            changed = repaired(described.arrangement, request.POST.get)
            return _case_page(request, Described(changed), is_judged=True)
        case _:
            return _case_page(request, described, is_judged=True)


@never_cache
@sensitive_post_parameters()
@require_POST
def case_file(request: HttpRequest, language: str) -> HttpResponse:
    """The posted case as a file."""
    content = files.to_bytes(form.from_form(request.POST).arrangement)
    disposition = {"Content-Disposition": f'attachment; filename="{files.NAME}"'}
    return HttpResponse(content, content_type="application/json", headers=disposition)


@never_cache
@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest, language: str) -> HttpResponse:
    """Keeps the posted case in the register of whoever is signed in. Pressed twice, it is kept once."""
    described = form.from_form(request.POST)
    person = account_of(request)
    if person is None:
        issue = _("You are not signed in. Take the case along as a file, sign in, and open the file again.")
        return _case_page(request, described, is_judged=True, issues=[issue], status=403)
    try:
        kept = actions.keep(
            owner=person,
            kept=actions.Kept(_title_of(described.arrangement), described.arrangement),
            uuid=_uuid(request.POST.get("keep_as", "")),
        )
    except actions.TooMany as error:
        return _case_page(request, described, is_judged=True, issues=[_full(error)], status=400)
    messages.success(request, _("The case is in your list now. Only you can see it."))
    return redirect("case", language, kept.uuid)


@never_cache
@require_safe
@for_account
def partnerships(request: HttpRequest, person: Person, language: str) -> HttpResponse:
    """The list of the cases that somebody keeps, and of those shared with them."""
    today = _today()
    chosen = FilterForm(request.GET)
    page = _page_of(queries.listed(person, today, **chosen.chosen()), request)
    return render(
        request,
        "practice/partnerships.html",
        {
            "form": chosen,
            "page": page,
            "rows": register_page.rows(page, person, today),
            "query": register_page.without_page(request.GET),
            "due": queries.due_counts(person, today),
        },
    )


@never_cache
@require_safe
@for_account
def reminders(request: HttpRequest, person: Person, language: str) -> HttpResponse:
    """The next steps by their dates, what is late first."""
    page = _page_of(queries.reminders(person), request)
    groups = register_page.groups(page, person, _today())
    return render(request, "practice/reminders.html", {"page": page, "groups": groups, "query": ""})


@never_cache
@require_safe
@for_account
def partnerships_table(request: HttpRequest, person: Person, language: str) -> HttpResponse:
    """One's own cases as a CSV file."""
    disposition = {"Content-Disposition": f'attachment; filename="{table.NAME}"'}
    content = table.to_text(queries.own(person)).encode()
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_account
def import_partnerships(request: HttpRequest, person: Person, language: str) -> HttpResponse:
    """Takes in a CSV file: all of it, or nothing and a sentence for each row that has to be put right."""
    if request.method != "POST":
        return _import_page(request, ())
    content = _content(request, table.MOST_BYTES)
    if content is None:
        return _import_page(request, (_("Choose a file first."),))
    found = table.read(content)
    if found.issues:
        return _import_page(request, found.issues)
    try:
        new, changed = actions.take_in(owner=person, rows=found.rows)
    except actions.TooMany as error:
        return _import_page(request, (_full(error),))
    said = _("The table is taken in. New: {new}. Changed: {changed}.")
    messages.success(request, said.replace("{new}", str(new)).replace("{changed}", str(changed)))
    return redirect("partnerships", language)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_account
def new_case(request: HttpRequest, person: Person, language: str) -> HttpResponse:
    """A case that was not described before."""
    if request.method != "POST":
        return _edit_page(request, CaseForm(initial={"stage": "idea"}), Described(form.empty()))
    described = form.from_form(request.POST)
    asked = _other_act(request, described)
    if asked:
        return asked
    given = CaseForm(request.POST)
    if described.clashes or not given.is_valid():
        return _edit_page(request, given, described, status=400)
    try:
        kept = actions.keep(
            owner=person,
            kept=given.kept(_said(described.arrangement)),
            uuid=_uuid(request.POST.get("keep_as", "")),
        )
    except actions.TooMany as error:
        given.add_error(None, _full(error))
        return _edit_page(request, given, described, status=400)
    messages.success(request, _("Saved."))
    return redirect("case", language, kept.uuid)


@never_cache
@require_safe
@for_account
def case(request: HttpRequest, person: Person, language: str, uuid: UUID) -> HttpResponse:
    """One case: what it is, what was noted of it, and with whom it is shared."""
    found = _found(person, uuid, CaseAct.SEE)
    return _kept_page(request, person, found, ShareForm(None, owner=found.owner))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_account
def edit_case(request: HttpRequest, person: Person, language: str, uuid: UUID) -> HttpResponse:
    """Changes a case. Who has been overtaken by somebody else's change is told, and may save over it."""
    found = _found(person, uuid, CaseAct.EDIT)
    if request.method != "POST":
        arrangement = form.numbered(found.described)
        described = Described(arrangement if arrangement.sides else form.empty())
        return _edit_page(request, CaseForm(initial=values_of(found)), described, found)
    described = form.from_form(request.POST)
    asked = _other_act(request, described, found)
    if asked:
        return asked
    given = CaseForm(request.POST)
    if described.clashes or not given.is_valid():
        return _edit_page(request, given, described, found, status=400)
    try:
        actions.change(
            case=found,
            kept=given.kept(_said(described.arrangement)),
            revision=whole_number(request.POST.get("revision", ""), 9) or 0,
        )
    except actions.ChangedMeanwhile:
        given.add_error(None, _("Somebody has changed this case meanwhile. To save yours over theirs, save it again."))
        return _edit_page(request, given, described, found, revision=found.revision, status=409)
    messages.success(request, _("Saved."))
    return redirect("case", language, found.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_account
def delete_case(request: HttpRequest, person: Person, language: str, uuid: UUID) -> HttpResponse:
    """Deletes a case, after asking."""
    found = _found(person, uuid, CaseAct.OWN)
    if request.method != "POST":
        return render(request, "practice/delete_case.html", {"case": found})
    actions.delete(case=found)
    messages.success(request, _("The case is deleted."))
    return redirect("partnerships", language)


@never_cache
@require_POST
@for_account
def share_case(request: HttpRequest, person: Person, language: str, uuid: UUID) -> HttpResponse:
    """Lets somebody see a case, or change it. Said again, what is said last holds."""
    found = _found(person, uuid, CaseAct.OWN)
    given = ShareForm(request.POST, owner=person)
    if given.is_valid():
        values = given.cleaned_data
        try:
            actions.share(case=found, person=values["username"], may_edit=values["may_edit"])
        except actions.TooMany as error:
            said = _("A case can be shared with {most} people. Take it back from somebody first.")
            given.add_error("username", said.replace("{most}", str(error.most)))
        else:
            messages.success(request, _("The case is shared. It is in the other person’s list now."))
            return redirect("case", language, found.uuid)
    return _kept_page(request, person, found, given, status=400)


@never_cache
@require_POST
@for_account
def unshare_case(request: HttpRequest, person: Person, language: str, uuid: UUID) -> HttpResponse:
    """Takes a case back from somebody: its owner does, or whoever no longer wants to have it."""
    found = _found(person, uuid, CaseAct.SEE)
    from_whom = _uuid(request.POST.get("person", ""))
    if from_whom != person.uuid and not may(person, CaseAct.OWN, found):
        raise PermissionDenied
    if from_whom and actions.unshare(case=found, person=from_whom):
        messages.success(request, _("The case is shared with one person less."))
    if from_whom == person.uuid:
        return redirect("partnerships", language)
    return redirect("case", language, found.uuid)


def _case_page(
    request: HttpRequest,
    described: Described,
    *,
    is_judged: bool = False,
    issues: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the form, and with the answer above it where one was asked for."""
    given = answer(described.arrangement) if is_judged else None
    address = reverse("partnership", args=[request.reading_language])  # type: ignore[attr-defined]
    return render(
        request,
        "practice/partnership.html",
        {
            "answer": given,
            "fields": form.fields(described, given.empty if given else ()),
            "issues": issues or (),
            "keep_as": uuid4(),
            "sides": register_page.sides(described.arrangement),
            "form_address": address,
            "page_address": address,
        },
        status=status,
    )


def _opened(request: HttpRequest, described: Described) -> HttpResponse:
    """The case of the file that was chosen, in the form; what the form held stays where there is none."""
    content = _content(request, files.MOST_BYTES)
    if content is None:
        return _case_page(request, described, issues=[_("Choose a file first.")], status=400)
    found = files.opened(content)
    if found.arrangement is None:
        return _case_page(request, described, issues=list(found.issues), status=400)
    return _case_page(request, Described(found.arrangement), is_judged=not found.issues, issues=list(found.issues))


def _kept_page(
    request: HttpRequest, person: Person, found: Case, share: ShareForm, *, status: int = 200
) -> HttpResponse:
    arrangement = form.numbered(found.described)
    today = _today()
    return render(
        request,
        "practice/case.html",
        {
            "case": found,
            "answer": answer(arrangement) if arrangement.sides else None,
            "sides": register_page.sides(arrangement),
            "when": register_page.when_of(found, today),
            "is_overdue": register_page.is_overdue(found, today),
            "is_owner": may(person, CaseAct.OWN, found),
            "may_edit": may(person, CaseAct.EDIT, found),
            "shares": sorted(found.shares.all(), key=lambda share: str(share.person).casefold()),
            "form": share,
            "me": person,
            "page_address": reverse("case", args=[request.reading_language, found.uuid]),  # type: ignore[attr-defined]
        },
        status=status,
    )


def _edit_page(
    request: HttpRequest,
    given: CaseForm,
    described: Described,
    found: Case | None = None,
    *,
    revision: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form of a case that is kept, or is to be. `revision`: what is saved over when it is saved now."""
    posted = request.POST.get("revision", "")
    shown = revision if revision is not None else posted or (found.revision if found else "")
    return render(
        request,
        "practice/edit_case.html",
        {
            "case": found,
            "form": given,
            "fields": form.fields(described),
            "form_address": request.path,
            "revision": shown,
            "keep_as": request.POST.get("keep_as") or uuid4(),
        },
        status=status,
    )


def _other_act(request: HttpRequest, described: Described, found: Case | None = None) -> HttpResponse | None:
    """The form with a side more or less, where that was asked for; None where it is to be saved."""
    act, _colon, key = request.POST.get("act", "").partition(":")
    if act not in ("add", "remove"):
        return None
    arrangement = described.arrangement
    arrangement = form.with_one_more(arrangement) if act == "add" else form.without(arrangement, key)
    as_it_is = CaseForm(initial={name: request.POST.get(name, "") for name in CaseForm.base_fields})
    return _edit_page(request, as_it_is, Described(arrangement, described.clashes), found)


def _import_page(request: HttpRequest, issues: tuple[str, ...]) -> HttpResponse:
    context = {"issues": issues, "columns": table.COLUMNS}
    return render(request, "practice/import_partnerships.html", context, status=400 if issues else 200)


def _found(person: Person, uuid: UUID, act: CaseAct) -> Case:
    """The case, or a refusal: who may not see it is not told that it exists."""
    found = queries.case_of(uuid)
    if found is None or not may(person, CaseAct.SEE, found):
        raise Http404
    if not may(person, act, found):
        raise PermissionDenied
    return found


def _said(arrangement: Arrangement) -> Arrangement:
    """The arrangement; none where nothing was said of it."""
    return Arrangement() if form.is_blank(arrangement) else arrangement


def _title_of(arrangement: Arrangement) -> str:
    """The names of the sides."""
    return together(name_of(arrangement, side.id) for side in arrangement.sides)[:LONGEST_TITLE] or _("A case")


def _content(request: HttpRequest, most_bytes: int) -> bytes | None:
    """What is in the file that was chosen, and one byte more than there may be of one that is too large."""
    file = request.FILES.get("file")
    return bytes(file.read(most_bytes + 1)) if isinstance(file, UploadedFile) else None


def _page_of(cases: QuerySet[Case], request: HttpRequest) -> Page[Case]:
    return Paginator(cases, ON_A_PAGE).get_page(request.GET.get("page"))


def _full(error: actions.TooMany) -> str:
    return _("Your list can hold {most} cases. Delete some of them first.").replace("{most}", str(error.most))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _today() -> date:
    return timezone.now().date()
