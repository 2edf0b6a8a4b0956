"""What a person takes along of their register."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person
from polylect_web.practice.models import CaseShare


def tables(person: Person) -> dict[str, Table]:
    """Their cases, with whom they are shared, and which of other people's are shared with them."""
    given = CaseShare.objects.filter(case__owner=person).order_by("case__made_at", "pk")
    taken = CaseShare.objects.filter(person=person).order_by("pk")
    return {
        "partnerships": Table(
            _("The cases in your list of partnerships, with everything that you noted."),
            ("id", "title", "stage", "next_step", "next_on", "notes", "arrangement", "made_at", "changed_at"),
            lambda: _cases(person),
        ),
        "partnership_shares": Table(
            _("With whom you share cases, and who may change them."),
            ("case", "username", "may_edit", "shared_at"),
            lambda: given.values_list("case__uuid", "person__username", "may_edit", "shared_at"),
        ),
        "partnerships_shared_with_you": Table(
            _("The cases of other people that are shared with you: their titles, and whether you may change them."),
            ("title", "may_edit", "shared_at"),
            lambda: taken.values_list("case__title", "may_edit", "shared_at"),
        ),
    }


def _cases(person: Person) -> Iterator[tuple[object, ...]]:
    names = ("uuid", "title", "stage", "next_step", "next_on", "notes", "arrangement", "made_at", "changed_at")
    yield from person.cases.order_by("made_at", "pk").values_list(*names).iterator()
