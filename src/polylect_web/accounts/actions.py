"""Changes of people: guests, sign-up, merging, profile, signing out everywhere, erasing."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from polylect_web.accounts.models import FailedSignIn, Person, PersonLanguage, PersonRole, Role, Session, folded
from polylect_web.foundation.database import write
from polylect_web.foundation.slices import delete_in_slices

GUESTS_KEPT = timedelta(days=90)
FAILURES_KEPT = timedelta(days=1)
BACKEND = "polylect_web.accounts.backends.PasswordBackend"
_GUESTS_AT_ONCE = 10
"""In one transaction. Ten take little longer than one, for most of the time goes into looking at every table."""

merge_hooks: list[Callable[[Person, Person], None]] = []
"""What other apps do when a guest's work joins an account: `hook(guest, person)` moves the guest's rows to the
person. It runs inside the transaction that then deletes the guest, and so must leave nothing that points at it.
Append in `AppConfig.ready`."""

naming_hooks: list[Callable[[Person], None]] = []
"""What other apps do when somebody is named otherwise, or not any more: `hook(person)` has what they keep with the name
in it made anew. It runs inside the transaction that changes or erases the person. Append in `AppConfig.ready`."""


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
    """Moves a guest's work to an account and deletes the guest: all of it or, when a hook raises, nothing.

    A guest who has signed up by now, in another window, keeps that account; one who was merged already is gone.
    """
    if not guest.is_guest or into.is_guest or guest.pk == into.pk:
        raise ValueError("only a guest can be merged, and only into an account")
    with write():
        now = Person.objects.select_for_update().filter(pk=guest.pk).first()
        if now is None or not now.is_guest:
            return
        for hook in merge_hooks:
            hook(guest, into)
        _name_anew(into)
        if not into.languages.exists():
            guest.languages.update(person=into)
        guest.delete()


def set_profile(*, person: Person, name: str, email: str, languages: Sequence[str], is_credited: bool = True) -> None:
    """Sets what the account page asks for; `languages` best first, in canonical spelling."""
    before = (person.name, person.is_credited)
    person.name = name.strip()
    person.email = folded(email) or None
    person.is_credited = is_credited
    with write():
        person.save(update_fields=["name", "email", "is_credited"])
        if before != (person.name, person.is_credited):
            _name_anew(person)
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


def erase(*, person: Person) -> None:
    """Deletes a person and all that is theirs, at once or not at all.

    What others build on (translations, reviews, published versions) stays without the name: docs/reference/
    personal-data.md says of every row which it is, and `on_delete` does it.
    """
    with write():
        _name_anew(person)
        person.delete()


def tidy(*, now: datetime) -> int:
    """Forgets what has been kept for long enough, in short transactions; gives the number of guests that went.

    Sessions that have ended, sign-ins that failed more than a day ago, and guests whom nobody can be any more.
    """
    delete_in_slices(Session.objects.filter(expire_date__lt=now))
    delete_in_slices(FailedSignIn.objects.filter(at__lt=now - FAILURES_KEPT))
    return remove_idle_guests(now=now)


def remove_idle_guests(*, now: datetime) -> int:
    """Erases the guests that were made 90 days ago or earlier and have no session left; gives their number.

    A session lasts for 90 days after its guest was last here. Without one, nobody can be that guest again.
    """
    idle = Person.objects.filter(
        ~Exists(Session.objects.filter(person=OuterRef("pk"), expire_date__gt=now)),
        username__isnull=True,
        email__isnull=True,
        made_at__lte=now - GUESTS_KEPT,
    )
    found = list(idle.values_list("pk", flat=True))
    for at in range(0, len(found), _GUESTS_AT_ONCE):
        with write():
            _erase_guests(found[at : at + _GUESTS_AT_ONCE])
    return len(found)


def note_failed_sign_in(keys: Sequence[str]) -> None:
    """Remembers a sign-in that did not succeed under each of these keys."""
    now = timezone.now()
    with write():
        FailedSignIn.objects.bulk_create(FailedSignIn(key=key, at=now) for key in keys)


def failure_key(kind: str, value: str) -> str:
    """A key to count failures of a name or an address under; it does not tell which."""
    return salted_hmac(f"accounts.failed-sign-in.{kind}", value, algorithm="sha256").hexdigest()


def _name_anew(person: Person) -> None:
    for hook in naming_hooks:
        hook(person)


def _erase_guests(numbers: Sequence[int]) -> None:
    """Erases these people, except who has made an account by now."""
    guests = [person.pk for person in Person.objects.filter(pk__in=numbers) if person.is_guest]
    Person.objects.filter(pk__in=guests).delete()
