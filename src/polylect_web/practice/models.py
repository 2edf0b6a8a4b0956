"""The register: the cases that people keep, and with whom they share them.

    Case ─── CaseShare (person)   who else sees it, or may change it

A case belongs to one person, and nobody else knows of it unless it is shared. `arrangement` is in the library's own
plain form (`polylect.partnership.form`) with the number of that form; it is never searched, and is judged each time it
is looked at: no verdict is stored. `searched` holds what a search looks through, folded as the search is; `actions`
keeps it in step.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from polylect.partnership import Arrangement, parse
from polylect_web.accounts.models import Person

SCHEMA = 1
"""The form of `Case.arrangement`."""
MOST_CASES = 1000
"""Of one person."""
MOST_SHARES = 20
"""Of one case."""
LONGEST_TITLE = 150
LONGEST_STEP = 200
LONGEST_NOTES = 5000


class Stage(models.TextChoices):
    """How far it has come."""

    IDEA = "idea", pgettext_lazy("stage of a partnership", "Idea")
    TALKING = "talking", pgettext_lazy("stage of a partnership", "Talking")
    AGREED = "agreed", pgettext_lazy("stage of a partnership", "Agreed")
    RUNNING = "running", pgettext_lazy("stage of a partnership", "Running")
    ENDED = "ended", pgettext_lazy("stage of a partnership", "Ended")


class Case(models.Model):
    """A case that somebody keeps. `revision` rises with every change, so that two people notice each other's."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cases")
    title = models.CharField(max_length=LONGEST_TITLE)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA)
    next_step = models.CharField(max_length=LONGEST_STEP, blank=True)
    next_on = models.DateField(null=True, blank=True)
    notes = models.TextField(max_length=LONGEST_NOTES, blank=True)
    arrangement = models.JSONField(default=dict)
    searched = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["owner", "next_on"], name="case_by_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def described(self) -> Arrangement:
        """What was said about the sides; with no side where nothing was."""
        return parse(self.arrangement)[0]


class CaseShare(models.Model):
    """Somebody besides its owner who sees a case, and may change it if `may_edit`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="case_shares")
    may_edit = models.BooleanField(default=False)
    shared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person"], name="case_share_once"),)

    def __str__(self) -> str:
        return f"{self.case} with {self.person}"
