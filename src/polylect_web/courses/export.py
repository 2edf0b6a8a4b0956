"""What a person takes along of the courses they published."""

from django.utils.translation import gettext as _

from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Version


def tables(person: Person) -> dict[str, Table]:
    """The versions that the person published."""
    versions = Version.objects.filter(published_by=person).exclude(number=None).order_by("pk")
    return {
        "versions": Table(
            _("The versions of courses that you published."),
            ("org", "code", "version", "published_at"),
            lambda: versions.values_list("course__org", "course__code", "number", "published_at"),
        )
    }
