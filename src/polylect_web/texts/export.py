"""What a person takes along of their translations and reviews."""

from django.utils.translation import gettext as _

from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person
from polylect_web.texts.models import Remark, Review, Target


def tables(person: Person) -> dict[str, Table]:
    """What the person wrote and said about texts, by the name of the table."""
    targets = Target.objects.filter(person=person).order_by("pk")
    reviews = Review.objects.filter(person=person).order_by("pk")
    remarks = Remark.objects.filter(person=person).order_by("pk")
    settled = Remark.objects.filter(settled_by=person).order_by("pk")
    course = ("message__course__org", "message__course__code")
    return {
        "translations": Table(
            _("What you translated."),
            ("org", "code", "language", "source_text", "text", "origin", "written_at"),
            lambda: targets.values_list(*course, "language", "source_text", "text", "origin", "created_at").iterator(),
        ),
        "reviews": Table(
            _("What you said about translations."),
            ("org", "code", "language", "source_text", "text", "verdict", "said_at"),
            lambda: reviews.values_list(
                *(f"target__{name}" for name in (*course, "language")),
                *("source_text", "target__text", "verdict", "created_at"),
            ).iterator(),
        ),
        "remarks": Table(
            _("What you asked or said about texts."),
            ("org", "code", "language", "source_text", "text", "asks", "written_at"),
            lambda: remarks.values_list(*course, "language", "message__text", "text", "asks", "created_at").iterator(),
        ),
        "remarks_settled": Table(
            _("The remarks that you settled."),
            ("org", "code", "language", "source_text", "settled_at"),
            lambda: settled.values_list(*course, "language", "message__text", "settled_at").iterator(),
        ),
    }
