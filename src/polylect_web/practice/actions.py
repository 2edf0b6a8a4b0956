"""Changes of the register: keeping, changing, deleting, sharing, taking in a table. Each is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from polylect.partnership import Arrangement
from polylect.partnership import write as written
from polylect_web.accounts.models import Person
from polylect_web.foundation.database import write
from polylect_web.practice.models import MOST_CASES, MOST_SHARES, SCHEMA, Case, CaseShare, Stage
from polylect_web.practice.queries import searched


class TooMany(Exception):
    """There are as many as there may be: cases of a person, or shares of a case. `most` is the number."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most}")
        self.most = most


class ChangedMeanwhile(Exception):
    """Somebody has changed the case since it was read."""


@dataclass(frozen=True)
class Kept:
    """What a case says, checked by a form or a reader."""

    title: str
    arrangement: Arrangement
    stage: Stage = Stage.IDEA
    next_step: str = ""
    next_on: date | None = None
    notes: str = ""

    def fields(self) -> dict[str, object]:
        """The columns that hold it."""
        names = (side.name for side in self.arrangement.sides)
        return {
            "title": self.title,
            "stage": self.stage,
            "next_step": self.next_step,
            "next_on": self.next_on,
            "notes": self.notes,
            "arrangement": {"schema": SCHEMA} | written(self.arrangement),
            "searched": searched((self.title, *names, self.next_step, self.notes)),
        }


def keep(*, owner: Person, kept: Kept, uuid: UUID | None = None) -> Case:
    """Adds a case to somebody's register. With a uuid that they have used already, it is the case made then.

    Raises TooMany.
    """
    uuid = uuid or uuid4()
    try:
        return _keep(owner, kept, uuid)
    except IntegrityError:  # sent twice at once, and the other was a moment earlier: its case is there now
        return _keep(owner, kept, uuid)


def change(*, case: Case, kept: Kept, revision: int) -> None:
    """Sets what a case says, if nobody has changed it since `revision`; raises ChangedMeanwhile."""
    with write():
        changed = Case.objects.filter(pk=case.pk, revision=revision).update(
            **kept.fields(), revision=F("revision") + 1, changed_at=timezone.now()
        )
    if not changed:
        raise ChangedMeanwhile


def delete(*, case: Case) -> None:
    """Deletes a case, for everybody it was shared with, too."""
    with write():
        case.delete()


def share(*, case: Case, person: Person, may_edit: bool) -> None:
    """Lets somebody see a case, and change it if `may_edit`; said again, what is said last holds. Raises TooMany."""
    with write():
        if not case.shares.filter(person=person).exists() and case.shares.count() >= MOST_SHARES:
            raise TooMany(MOST_SHARES)
        CaseShare.objects.update_or_create(case=case, person=person, defaults={"may_edit": may_edit})


def unshare(*, case: Case, person: UUID) -> bool:
    """Takes a case back from the person with this uuid; whether they had it."""
    with write():
        taken, _ = case.shares.filter(person__uuid=person).delete()
    return taken > 0


def take_in(*, owner: Person, rows: Sequence[tuple[UUID | None, Kept]]) -> tuple[int, int]:
    """Takes in a table: how many cases are new, and how many of one's own were changed. All of it or, when TooMany
    is raised, nothing.

    A row whose uuid is a case of one's own changes that case; any other is a new one.
    """
    now = timezone.now()
    prepared = [(uuid, Case(owner=owner, changed_at=now, **kept.fields())) for uuid, kept in rows]
    with write():
        mine = dict(owner.cases.values_list("uuid", "revision"))
        changed = 0
        for uuid, case in prepared:
            if uuid in mine:
                case.uuid, case.revision = uuid, mine[uuid] + 1
                changed += 1
        if len(mine) + len(prepared) - changed > MOST_CASES:
            raise TooMany(MOST_CASES)
        Case.objects.bulk_create(
            [case for _uuid, case in prepared],
            update_conflicts=True,
            unique_fields=["uuid"],
            update_fields=[*Kept("", Arrangement()).fields(), "revision", "changed_at"],
        )
    return len(prepared) - changed, changed


def _keep(owner: Person, kept: Kept, uuid: UUID) -> Case:
    with write():
        made = Case.objects.filter(uuid=uuid).first()
        if made and made.owner_id == owner.pk:
            return made
        if owner.cases.count() >= MOST_CASES:
            raise TooMany(MOST_CASES)
        return Case.objects.create(owner=owner, uuid=uuid4() if made else uuid, **kept.fields())
