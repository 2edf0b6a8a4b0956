"""What a course decides for a language, and whom it names: pages for those who may publish it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from polylect.keys import RunKey
from polylect_web.accounts import actions as accounts
from polylect_web.accounts.context import account_of
from polylect_web.accounts.leading import to_sign_in
from polylect_web.accounts.models import Person, Role, folded
from polylect_web.accounts.queries import find_person, team
from polylect_web.texts.models import Shown, Who
from polylect_web.texts.showing import choose
from polylect_web.translate import choice_page
from polylect_web.translate.desk import Desk, open_desk

View = Callable[[HttpRequest, Desk], HttpResponse]


def deciding(view: View) -> Callable[[HttpRequest, str, str, RunKey], HttpResponse]:
    """Hands the view the course as somebody decides for it, who may publish it. Others are refused; who is nobody yet
    is led to signing in, and back to the page."""

    @wraps(view)
    def led(request: HttpRequest, language: str, target: str, run_key: RunKey) -> HttpResponse:
        desk = open_desk(request, language, target, run_key)
        if account_of(request) is None:
            return to_sign_in(request, desk.address("language_choice"))
        if not desk.may_publish:
            raise PermissionDenied
        return view(request, desk)

    return led


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@deciding
def language_choice(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who translates, and what learners see; posted, what is chosen."""
    if request.method != "POST":
        return _page(request, desk)
    who, shown = request.POST.get("who", ""), request.POST.get("shown", "")
    if who not in ("", *Who.values) or shown not in Shown.values:
        return _page(request, desk, wrong={"choice": _("Choose who translates, and what is shown.")})
    changed = choose(
        desk.course,
        desk.target,
        who=Who(who) if who else None,
        shown=Shown(shown),
        shows_machine=request.POST.get("machine", "") == "yes",
    )
    said = _("Saved. Nothing changed for learners.")
    if changed:
        said = ngettext(
            "Saved. {count} text is shown differently now.", "Saved. {count} texts are shown differently now.", changed
        ).replace("{count}", str(changed))
    notices.success(request, said)
    return HttpResponseRedirect(desk.address("language_choice"))


@never_cache
@require_POST
@deciding
def name_translator(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Names somebody as translator or reviewer of just this course and language."""
    typed, role = request.POST.get("username", "").strip(), request.POST.get("role", "")
    if role not in choice_page.TRANSLATOR_ROLES:
        return _page(request, desk, wrong={"role": _("Choose what they are to do.")}, typed=typed)
    someone = _find(typed)
    if someone is None:
        sentence = (
            _("Nobody has the username “{name}”. People make an account first.") if typed else _("Write a username.")
        )
        return _page(request, desk, wrong={"username": sentence.replace("{name}", typed)}, typed=typed)
    accounts.give_role(person=someone, role=Role(role), course_key=str(desk.course), language=desk.target)
    said = _("{name} is named: {role}.").replace("{name}", str(someone))
    notices.success(request, said.replace("{role}", dict(choice_page.roles())[role]))
    return HttpResponseRedirect(desk.address("language_choice"))


@never_cache
@require_POST
@deciding
def end_role(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ends a role that somebody has for just this course and language. What they wrote stays."""
    own = [one for one in team(str(desk.course), desk.target) if one.course_key and one.language]
    wanted = (request.POST.get("username", ""), request.POST.get("role", ""))
    row = next((one for one in own if (one.person.username, one.role) == wanted), None)
    if row is None:
        raise Http404
    accounts.take_role(person=row.person, role=Role(row.role), course_key=row.course_key, language=row.language)
    said = _("{name} is no longer named: {role}. What they wrote stays.").replace("{name}", str(row.person))
    notices.success(request, said.replace("{role}", dict(choice_page.roles())[row.role]))
    return HttpResponseRedirect(desk.address("language_choice"))


def _page(request: HttpRequest, desk: Desk, *, wrong: dict[str, str] | None = None, typed: str = "") -> HttpResponse:
    context = {"desk": desk, "page": choice_page.page(desk), "wrong": wrong or {}, "typed": typed}
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    return render(request, "translate/language_choice.html", context, status=status)


def _find(username: str) -> Person | None:
    """The person with just this username: an address would tell who has an account here."""
    found = find_person(username) if username and "@" not in username else None
    return found if found is not None and found.is_active and found.username == folded(username) else None
