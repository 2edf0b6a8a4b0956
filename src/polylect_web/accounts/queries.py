"""What pages ask about people."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from polylect_web.accounts.models import FailedSignIn, Person, PersonRole, Role, folded

WINDOW = timedelta(minutes=15)
FAILURES_FOR_A_NAME = 10
FAILURES_FROM_AN_ADDRESS = 100


def find_person(name: str) -> Person | None:
    """The person with this username or email."""
    field = "email" if "@" in name else "username"
    return Person.objects.filter(**{field: folded(name)}).first()


def recent_failures(keys: Sequence[str]) -> int:
    """How many sign-ins failed in the last quarter of an hour under any of these keys."""
    return FailedSignIn.objects.filter(key__in=keys, at__gt=timezone.now() - WINDOW).count()


def has_team(course_key: str, language: str) -> bool:
    """Whether somebody is named to translate or review just this course or this language: not everywhere, into
    everything."""
    here = Q(course_key=course_key, language__in=("", language)) | Q(course_key="", language=language)
    return PersonRole.objects.filter(here, role__in=(Role.TRANSLATOR, Role.REVIEWER)).exists()


def team(course_key: str, language: str) -> list[PersonRole]:
    """Who is named to translate or review a course into a language, here or in several courses or languages at once:
    their roles, with the people. One query."""
    here = Q(course_key__in=("", course_key), language__in=("", language))
    roles = PersonRole.objects.filter(here, role__in=(Role.TRANSLATOR, Role.REVIEWER)).select_related("person")
    return sorted(roles, key=lambda one: (str(one.person).casefold(), one.pk))
