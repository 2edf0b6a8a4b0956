"""What people say of a translation in the workbench and in the queue of reviewers, and what the page says then."""

from django.utils.translation import gettext as _

from polylect_web.texts import reviewing
from polylect_web.texts.models import Target, Verdict

VERDICTS = {
    "approve": Verdict.APPROVED,
    "accept": Verdict.ACCEPTED,
    "keep": Verdict.STILL_VALID,
    "reject": Verdict.REJECTED,
}
"""The values of the buttons that say it."""


def said(act: str, target: Target) -> str:
    """A sentence for who said it of this target: what is so now."""
    if act == "accept":
        is_shown = reviewing.is_shown(target)
        return _("Accepted: learners see it now.") if is_shown else _("Accepted. Learners see it once it is approved.")
    return {
        "approve": _("Approved."),
        "keep": _("The translation stays valid."),
        "reject": _("Set aside. It stays in the history."),
    }[act]
