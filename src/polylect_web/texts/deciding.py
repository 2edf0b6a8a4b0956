"""What a choice for a language would change for learners, said before it is made (`showing.choose` makes it)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from polylect_web.courses.models import Placement, Version
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import HOLDING, Review, Shown, Target, TranslationUnit, Verdict, Who


@dataclass(frozen=True)
class Effect:
    """How many texts of the course learners would see that they do not see now, no longer, or in another wording: an
    earlier one that was approved."""

    shown: int = 0
    hidden: int = 0
    reworded: int = 0


def effects(version: Version, language: str) -> Mapping[tuple[Shown, bool], Effect]:
    """What each choice (which translations are shown, and whether those by machines are) would change in a version. One
    query, over all the translations into the language: for a page that is seldom asked for."""
    said = Review.objects.filter(target=OuterRef("pk")).exclude(verdict__in=HOLDING).order_by("-pk")
    approved = (
        Target.objects.filter(message=OuterRef("message"), language=language)
        .annotate(said=Subquery(said.values("verdict")[:1]))
        .filter(said=Verdict.APPROVED)
        .order_by("-pk")
    )
    here = Placement.objects.filter(version=version, unplaced="").values("content_id")
    rows = (
        TranslationUnit.objects.filter(
            language=language, message__course_id=version.course_id, message__places__content_hash__in=here
        )
        .annotate(approved=Subquery(approved.values("pk")[:1]))
        .values_list("pk", "current_id", "shown_id", "current__origin", "approved")
        .distinct()
    )
    units = list(rows)
    found: dict[tuple[Shown, bool], Effect] = {}
    for shown in Shown:
        for shows_machine in (False, True):
            choice = Choice(Who.OPEN, shown, shows_machine)
            pairs = [
                (now, current if choice.shows(origin, is_approved=best == current) else best)
                for _, current, now, origin, best in units
            ]
            found[shown, shows_machine] = Effect(
                sum(now is None and then is not None for now, then in pairs),
                sum(now is not None and then is None for now, then in pairs),
                sum(now is not None and then is not None and now != then for now, then in pairs),
            )
    return found
