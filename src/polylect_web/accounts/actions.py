"""Changes of people: guests, sign-up, merging, profile, signing out everywhere."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from polylect_web.accounts.models import FailedSignIn, Person, PersonLanguage, PersonRole, Role, folded
from polylect_web.foundation.database import write

FAILURES_KEPT = timedelta(days=1)
BACKEND = "polylect_web.accounts.backends.PasswordBackend"

merge_hooks: list[Callable[[Person, Person], None]] = []
"""What other apps do when a guest's work joins an account: `hook(guest, person)` moves the guest's rows to the
person. It runs inside the transaction that then deletes the guest, and so must leave nothing that points at it.
Append in `AppConfig.ready`."""


def person_for(request: HttpRequest) -> Person:
    """Who a kept POST belongs to: whoever is signed in, or a guest, made here and signed in to this browser.

    Call it in a POST that keeps something and nowhere else: looking at pages makes nobody.
    """
    if isinstance(request.user, Person):
        return request.user
    guest = Person()
    guest.set_unusable_password()
    with write():
        guest.save()
        token = request.META.get("CSRF_COOKIE")
        login(request, guest, backend=BACKEND)
        if token:  # nobody gained any rights, and the other forms of the page that was answered must stay good
            request.META["CSRF_COOKIE"] = token
    return guest


def sign_up(*, person: Person | None, username: str, email: str = "", name: str = "", password: str) -> Person:
    """Adds credentials to a guest, whose work stays theirs, or makes a new person where `person` is None.

    Raises IntegrityError where somebody has that username or email.
    """
    person = person or Person()
    person.username = folded(username)
    person.email = folded(email) or None
    person.name = name.strip()
    person.set_password(password)
    with write():
        person.save()
    return person


def merge(*, guest: Person, into: Person) -> None:
    """Moves a guest's work to an account and deletes the guest: all of it or, when a hook raises, nothing."""
    if not guest.is_guest or into.is_guest or guest.pk == into.pk:
        raise ValueError("only a guest can be merged, and only into an account")
    with write():
        for hook in merge_hooks:
            hook(guest, into)
        if not into.languages.exists():
            guest.languages.update(person=into)
        guest.delete()


def set_profile(*, person: Person, name: str, email: str, languages: Sequence[str]) -> None:
    """Sets what the account page asks for; `languages` best first, in canonical spelling."""
    person.name = name.strip()
    person.email = folded(email) or None
    with write():
        person.save(update_fields=["name", "email"])
        person.languages.all().delete()
        PersonLanguage.objects.bulk_create(
            PersonLanguage(person=person, language=language, position=position)
            for position, language in enumerate(dict.fromkeys(languages))
        )


def set_password(*, person: Person, password: str) -> None:
    """Sets a new password, which signs the person out wherever else they are."""
    person.set_password(password)
    with write():
        person.save(update_fields=["password"])


def sign_out_everywhere(*, person: Person) -> None:
    """Ends every session of this person, in every browser."""
    with write():
        person.sessions.all().delete()


def give_role(*, person: Person, role: Role, course_key: str = "", language: str = "") -> None:
    """Gives somebody a role, in a course (ORG+CODE; empty: all) and for a language (empty: all)."""
    with write():
        PersonRole.objects.get_or_create(person=person, role=role, course_key=course_key, language=language)


def take_role(*, person: Person, role: Role, course_key: str = "", language: str = "") -> bool:
    """Takes this role away again; whether there was one. The same role elsewhere stays."""
    with write():
        taken, _ = person.roles.filter(role=role, course_key=course_key, language=language).delete()
    return taken > 0


def note_failed_sign_in(keys: Sequence[str]) -> None:
    """Remembers a sign-in that did not succeed under each of these keys, and forgets those of yesterday."""
    now = timezone.now()
    with write():
        FailedSignIn.objects.filter(at__lt=now - FAILURES_KEPT).delete()
        FailedSignIn.objects.bulk_create(FailedSignIn(key=key, at=now) for key in keys)


def failure_key(kind: str, value: str) -> str:
    """A key to count failures of a name or an address under; it does not tell which."""
    return salted_hmac(f"accounts.failed-sign-in.{kind}", value, algorithm="sha256").hexdigest()
