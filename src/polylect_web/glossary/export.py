"""What a person takes along of their work on the glossary."""

from django.utils.translation import gettext as _

from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person
from polylect_web.glossary.models import TermChange


def tables(person: Person) -> dict[str, Table]:
    """What they changed in the glossary."""
    names = ("term__text", "language", "form", "field", "before", "after", "made_at")
    changes = TermChange.objects.filter(person=person).order_by("pk")
    return {
        "glossary_changes": Table(
            _("What you changed in the glossary: terms, their definitions, and what they are called."),
            tuple(name.removesuffix("__text") for name in names),
            lambda: changes.values_list(*names).iterator(),
        )
    }
