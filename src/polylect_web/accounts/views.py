"""Signing up, in and out, and one's own account."""

from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.db import IntegrityError
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polylect_web.accounts import actions, export, queries
from polylect_web.accounts.context import account_of
from polylect_web.accounts.forms import TOO_MANY_FAILURES, DeleteForm, PasswordForm, ProfileForm, SignInForm, SignUpForm
from polylect_web.accounts.leading import to_sign_in
from polylect_web.accounts.models import Person, folded

_IN_MEMORY_BYTES = 1024 * 1024


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, language: str) -> HttpResponse:
    """Makes an account, out of the guest of this browser if there is one."""
    if account_of(request):
        return HttpResponseRedirect(_next(request, language))
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        try:
            person = actions.sign_up(
                person=_guest_of(request),
                username=values["username"],
                email=values["email"],
                name=values["name"],
                password=values["password"],
            )
        except IntegrityError:  # somebody else took the name between our look and our write
            form.add_error("username", _("Somebody has this username or email already. Choose another one."))
        else:
            login(request, person, backend=actions.BACKEND)
            return HttpResponseRedirect(_next(request, language))
    return _page(request, "accounts/sign_up.html", form, language)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, language: str) -> HttpResponse:
    """Signs somebody in, with the work of this browser's guest if they want it."""
    if account_of(request):
        return HttpResponseRedirect(_next(request, language))
    guest = _guest_of(request)
    form = SignInForm(request.POST or None, has_work=guest is not None)
    if form.is_valid():
        person = _checked(request, form)
        if person:
            login(request, person, backend=actions.BACKEND)
            if guest and form.cleaned_data["bring_work"]:
                actions.merge(guest=guest, into=person)
            return HttpResponseRedirect(_next(request, language))
    return _page(request, "accounts/sign_in.html", form, language)


@require_POST
def sign_out(request: HttpRequest, language: str) -> HttpResponse:
    """Ends this browser's session."""
    logout(request)
    return HttpResponseRedirect(_home(language))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, language: str) -> HttpResponse:
    """One's name, email and languages."""
    person = account_of(request)
    if person is None:
        return to_sign_in(request)
    form = ProfileForm(request.POST or None, person=person)
    if form.is_valid():
        values = form.cleaned_data
        try:
            actions.set_profile(
                person=person,
                name=values["name"],
                email=values["email"],
                languages=form.languages(),
                is_credited=values["is_credited"],
            )
        except IntegrityError:
            form.add_error("email", _("An account with this email exists already."))
        else:
            messages.success(request, _("Saved."))
            return redirect("account", language)
    return _page(request, "accounts/account.html", form, language)


@never_cache
@sensitive_post_parameters("current", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest, language: str) -> HttpResponse:
    """A new password; this browser stays signed in, the others do not."""
    person = account_of(request)
    if person is None:
        return to_sign_in(request)
    form = PasswordForm(request.POST or None, person=person)
    if form.is_valid():
        actions.set_password(person=person, password=form.cleaned_data["password"])
        login(request, person, backend=actions.BACKEND)
        messages.success(request, _("You have a new password. Other browsers are signed out."))
        return redirect("account", language)
    return _page(request, "accounts/change_password.html", form, language)


@never_cache
@require_safe
def data(request: HttpRequest, language: str) -> HttpResponse:
    """What is kept of one, for everybody: guests, too, may take it along or delete it."""
    person = _person_of(request)
    tables = export.export(person).values() if person else ()
    kept = [table.about for table in tables if any(True for _row in table.rows())]
    return render(request, "accounts/data.html", {"person": person, "kept": kept})


@never_cache
@require_safe
def download_data(request: HttpRequest, language: str) -> HttpResponseBase:
    """All of it, as one ZIP file, made beside the memory where it is large."""
    person = _person_of(request)
    if person is None:
        return redirect("data", language)
    file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  the response closes it
    export.write_archive(file, export.export(person))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"polylect-{timezone.now():%Y-%m-%d}.zip")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest, language: str) -> HttpResponse:
    """Deletes whoever uses this browser, after saying what goes and what stays."""
    person = _person_of(request)
    if person is None:
        return redirect("data", language)
    form = DeleteForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        actions.erase(person=person)
        logout(request)
        messages.success(request, _("Everything that was yours is deleted."))
        return HttpResponseRedirect(_home(language))
    return _page(request, "accounts/delete_account.html", form, language)


@require_POST
def sign_out_everywhere(request: HttpRequest, language: str) -> HttpResponse:
    """Ends all of one's sessions, this one too."""
    person = account_of(request)
    if person is not None:
        actions.sign_out_everywhere(person=person)
    logout(request)
    return HttpResponseRedirect(_home(language))


def _page(request: HttpRequest, template: str, form: Form, language: str) -> HttpResponse:
    """The page with its form: again, and with status 400, when something in it has to be put right."""
    return render(
        request, template, {"form": form, "next": _next(request, language)}, status=400 if form.errors else 200
    )


def _checked(request: HttpRequest, form: SignInForm) -> Person | None:
    """Whom name and password belong to. Otherwise the form gets a sentence, and the failure is counted."""
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    by_name = actions.failure_key("name", folded(name))
    by_address = actions.failure_key("address", _address(request))
    if (
        queries.recent_failures([by_name]) >= queries.FAILURES_FOR_A_NAME
        or queries.recent_failures([by_address]) >= queries.FAILURES_FROM_AN_ADDRESS
    ):
        form.add_error(None, TOO_MANY_FAILURES)
        return None
    person = authenticate(request, username=name, password=password)
    if isinstance(person, Person):
        return person
    actions.note_failed_sign_in([by_name, by_address])
    form.add_error(None, _("Username and password do not match. Check both; capital letters count in the password."))
    return None


def _person_of(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _guest_of(request: HttpRequest) -> Person | None:
    person = request.user
    return person if isinstance(person, Person) and person.is_guest else None


def _next(request: HttpRequest, language: str) -> str:
    """Where to go afterwards: what `next` says if that is on this site, else the home page."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else _home(language)


def _home(language: str) -> str:
    return f"/{language}/"


def _address(request: HttpRequest) -> str:
    """The visitor's network: an IPv4 address, or the first half of an IPv6 one, which is what one subscriber has."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the front server appends whom it heard from; what stands before that anybody can write
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return ":".join(address.split(":")[:4]) if ":" in address else address
