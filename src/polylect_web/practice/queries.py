"""What pages ask about cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.translation import pgettext_lazy

from polylect_web.accounts.models import Person, folded
from polylect_web.practice.models import Case, CaseShare, Stage

SOON = timedelta(days=7)


class Due(Enum):
    """When the next step is to be taken."""

    OVERDUE = "overdue"
    WEEK = "week"
    DATED = "dated"
    UNDATED = "undated"

    @property
    def label(self) -> str:
        return str(_DUE_LABELS[self])


class Order(Enum):
    """What a list of cases is sorted by."""

    NEXT = "next"
    TITLE = "title"
    STAGE = "stage"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return str(_ORDER_LABELS[self])


@dataclass(frozen=True)
class DueCounts:
    """How many next steps are late, and how many are for today."""

    overdue: int
    today: int


_DUE_LABELS = {
    Due.OVERDUE: pgettext_lazy("next step of a partnership", "Overdue"),
    Due.WEEK: pgettext_lazy("next step of a partnership", "Due by next week"),
    Due.DATED: pgettext_lazy("next step of a partnership", "With a date"),
    Due.UNDATED: pgettext_lazy("next step of a partnership", "Without a date"),
}
_ORDER_LABELS = {
    Order.NEXT: pgettext_lazy("sorted by", "Next date"),
    Order.TITLE: pgettext_lazy("sorted by", "Title"),
    Order.STAGE: pgettext_lazy("sorted by", "Stage"),
    Order.CHANGED: pgettext_lazy("sorted by", "Last change"),
}
_ORDERS = {
    Order.NEXT: (F("next_on").asc(nulls_last=True), Lower("title")),
    Order.TITLE: (Lower("title"),),
    Order.STAGE: ("stage_at", F("next_on").asc(nulls_last=True), Lower("title")),
    Order.CHANGED: ("-changed_at",),
}


def case_of(uuid: UUID) -> Case | None:
    """The case of this uuid, with its owner, whoever may see it: ask `rights.may`."""
    return Case.objects.select_related("owner").prefetch_related("shares__person").filter(uuid=uuid).first()


def own(person: Person) -> QuerySet[Case]:
    """The cases of one's own, in the order in which they were made."""
    return person.cases.order_by("made_at", "pk")


def listed(
    person: Person,
    today: date,
    *,
    stage: Stage | None = None,
    due: Due | None = None,
    text: str = "",
    order: Order = Order.NEXT,
) -> QuerySet[Case]:
    """The cases that somebody sees, their own and those shared with them, chosen and sorted."""
    found = _visible(person).select_related("owner")
    if stage:
        found = found.filter(stage=stage)
    if due:
        found = found.filter(_is_due(due, today))
    for word in folded(text).split():
        found = found.filter(searched__contains=word)
    if order is Order.STAGE:
        found = found.annotate(stage_at=_stage_at())
    return found.order_by(*_ORDERS[order], "pk")


def reminders(person: Person) -> QuerySet[Case]:
    """The cases with a next step that has a date, first what was to be done first. What has ended waits for nothing."""
    dated = _visible(person).select_related("owner").filter(next_on__isnull=False).exclude(stage=Stage.ENDED)
    return dated.order_by("next_on", "title", "pk")


def due_counts(person: Person, today: date) -> DueCounts:
    """How many reminders are late or for today. One query."""
    counts = (
        _visible(person)
        .exclude(stage=Stage.ENDED)
        .aggregate(
            overdue=Count("pk", filter=Q(next_on__lt=today)),
            today=Count("pk", filter=Q(next_on=today)),
        )
    )
    return DueCounts(counts["overdue"], counts["today"])


def searched(parts: Iterable[str]) -> str:
    """What a search looks through, folded as what is searched for is."""
    return folded(" \n".join(part for part in parts if part))


def _visible(person: Person) -> QuerySet[Case]:
    shared = CaseShare.objects.filter(person=person).values("case")
    return Case.objects.filter(Q(owner=person) | Q(pk__in=shared))


def _is_due(due: Due, today: date) -> Q:
    match due:
        case Due.OVERDUE:
            return Q(next_on__lt=today) & ~Q(stage=Stage.ENDED)
        case Due.WEEK:
            return Q(next_on__lte=today + SOON) & ~Q(stage=Stage.ENDED)
        case Due.DATED:
            return Q(next_on__isnull=False)
        case Due.UNDATED:
            return Q(next_on__isnull=True)


def _stage_at() -> Choice:
    """The place of a stage on the way from an idea to its end."""
    whens = [When(stage=stage, then=Value(at)) for at, stage in enumerate(Stage)]
    return Choice(*whens, default=Value(len(whens)), output_field=IntegerField())
