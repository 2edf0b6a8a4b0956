"""The register as its pages show it: the list, the reminders, and one case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import ngettext, pgettext

from polylect.partnership import Arrangement, Cell, Part, label
from polylect_web.accounts.models import Person
from polylect_web.foundation.saying import said
from polylect_web.practice.answer import holding, kind_name, name_of
from polylect_web.practice.models import Case, Stage
from polylect_web.practice.queries import SOON

_DAYS_IN_WORDS = 14


@dataclass(frozen=True)
class RowShown:
    """A case in a list. `owner` is named where it is somebody else's."""

    case: Case
    stage: str
    kind: str
    when: str
    is_overdue: bool
    owner: str


@dataclass(frozen=True)
class GroupShown:
    """Reminders of one time: those that are late, of today, of the coming week, of later."""

    name: str
    rows: tuple[RowShown, ...]


@dataclass(frozen=True)
class SideShown:
    """A side, and what it brings and gets, in words."""

    name: str
    kind: str
    brings: str
    gets: str


def rows(cases: Iterable[Case], person: Person, today: date) -> tuple[RowShown, ...]:
    """The lines of a list."""
    return tuple(_row(case, person, today) for case in cases)


def groups(cases: Iterable[Case], person: Person, today: date) -> tuple[GroupShown, ...]:
    """Reminders by time, what is late first. `cases` come by date."""
    found: dict[str, list[RowShown]] = {}
    for case in cases:
        if case.next_on:
            found.setdefault(_time(case.next_on, today), []).append(_row(case, person, today))
    return tuple(GroupShown(name, tuple(of_it)) for name, of_it in found.items())


def sides(arrangement: Arrangement) -> tuple[SideShown, ...]:
    """What each side brings and gets."""
    return tuple(
        SideShown(
            name_of(arrangement, side.id),
            said(label(side.kind)) if side.kind else "",
            holding(arrangement, Cell(Part.INVESTS, side.id)),
            holding(arrangement, Cell(Part.GAINS, side.id)),
        )
        for side in arrangement.sides
    )


def when(day: date | None, today: date) -> str:
    """How far off a day is, in words; empty where its date alone says it better."""
    days = (day - today).days if day else _DAYS_IN_WORDS + 1
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days) % {"count": -days}
    if days == 0:
        return pgettext("when a step is due", "today")
    if days == 1:
        return pgettext("when a step is due", "tomorrow")
    if days > _DAYS_IN_WORDS:
        return ""
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


def when_of(case: Case, today: date) -> str:
    """How far off the next step of a case is. One that has ended waits for nothing."""
    return "" if case.stage == Stage.ENDED else when(case.next_on, today)


def is_overdue(case: Case, today: date) -> bool:
    """Whether the next step should have been taken by now."""
    return case.stage != Stage.ENDED and case.next_on is not None and case.next_on < today


def without_page(query: QueryDict) -> str:
    """What the address asks for, but for the page: for links to other pages of the same list."""
    rest = query.copy()
    rest.pop("page", None)
    return f"{rest.urlencode()}&" if rest else ""


def _row(case: Case, person: Person, today: date) -> RowShown:
    return RowShown(
        case,
        str(Stage(case.stage).label),
        kind_name(case.described),
        when_of(case, today),
        is_overdue(case, today),
        "" if case.owner_id == person.pk else str(case.owner),
    )


def _time(day: date, today: date) -> str:
    if day < today:
        return pgettext("reminders", "Overdue")
    if day == today:
        return pgettext("reminders", "Today")
    return pgettext("reminders", "In the next seven days") if day <= today + SOON else pgettext("reminders", "Later")
