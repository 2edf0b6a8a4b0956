"""Who may do what with a case that is kept: `may` is the one place that answers."""

from enum import Enum

from polylect_web.accounts.models import Person
from polylect_web.practice.models import Case


class CaseAct(Enum):
    """What somebody may want to do with a case."""

    SEE = "see"
    EDIT = "edit"
    """Change what it says."""
    OWN = "own"
    """Delete it, share it, and take it back."""


def may(person: Person, act: CaseAct, case: Case) -> bool:
    """Whether `person` may: the owner everything, those it is shared with as the owner said, anybody else nothing.

    No role on the site changes that. Asks for the shares of the case once, and for none where the owner asks.
    """
    if case.owner_id == person.pk:
        return True
    if act is CaseAct.OWN:
        return False
    shares = [share for share in case.shares.all() if share.person_id == person.pk]
    return any(share.may_edit or act is CaseAct.SEE for share in shares)
