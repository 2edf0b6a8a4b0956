"""The words of a course, and what they are called in each language.

    Term ─┬─ TermForm      what it is called in a language: preferred, allowed or forbidden
          └─ TermChange    who changed what of it, and when

No row is ever deleted: what is removed is marked, so that the file of a course does not bring it back. `is_from_file`:
it is as that file gave it, and no person has changed it since; so the next file may. `Glossary` counts the changes of a
course's terms, and of those that belong to every course, in the transaction that makes them; as long as both numbers
are the same, so are the terms. `searched` is what a search looks through, folded; `actions` keeps it in step.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from polylect.messages.glossary import LONGEST_ALSO, LONGEST_TERM, LONGEST_TEXT
from polylect.messages.terms import Standing as Stands
from polylect_web.courses.models import Course

EVERY_COURSE = 0
"""Stands for the id of a course where a term belongs to all of them."""
MOST_FORMS = 30
"""Of one term in one language."""


class Standing(models.TextChoices):
    """What the glossary says of a form; as `polylect.messages.terms.Standing`."""

    PREFERRED = Stands.PREFERRED.value, pgettext_lazy("standing of a word in the glossary", "preferred")
    ALLOWED = Stands.ALLOWED.value, pgettext_lazy("standing of a word in the glossary", "allowed")
    FORBIDDEN = Stands.FORBIDDEN.value, pgettext_lazy("standing of a word in the glossary", "not to be used")


class Term(models.Model):
    """A word or a few. `course` null: it belongs to every course. `also`: other spellings in its language, one a
    line."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, null=True, related_name="terms")
    language = models.CharField(max_length=35)
    text = models.CharField(max_length=LONGEST_TERM)
    definition = models.CharField(max_length=LONGEST_TEXT, blank=True)
    note = models.CharField(max_length=LONGEST_TEXT, blank=True)
    is_untranslatable = models.BooleanField(default=False)
    also = models.TextField(max_length=LONGEST_ALSO, blank=True)
    searched = models.TextField(blank=True)
    is_from_file = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "language", "text"],
                name="term_once_in_course",
                condition=models.Q(course__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["language", "text"], name="term_once_on_site", condition=models.Q(course__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its other spellings."""
        return tuple(self.also.split("\n")) if self.also else ()


class TermForm(models.Model):
    """What a term is called in a language."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="forms")
    language = models.CharField(max_length=35)
    text = models.CharField(max_length=LONGEST_TERM)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PREFERRED)
    note = models.CharField(max_length=LONGEST_TEXT, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    searched = models.TextField(blank=True)
    is_from_file = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["term", "language", "text"], name="term_form_once"),)

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"


class TermChange(models.Model):
    """Something that was changed. Append-only.

    `language` and `form` are empty where it is about the term itself; `field` is the field's name, or `standing` with
    an empty `before` for a form that was added and an empty `after` for one that was removed. `is_by_file`: the file of
    a course brought it, whoever published that.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="changes")
    language = models.CharField(max_length=35, blank=True)
    form = models.CharField(max_length=LONGEST_TERM, blank=True)
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    is_by_file = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["term", "language"], name="term_history")]

    def __str__(self) -> str:
        return f"{self.term} {self.form} {self.field}: {self.before} → {self.after}"


class Glossary(models.Model):
    """How often the terms of a course changed, by the course's id; under EVERY_COURSE, those of every course."""

    of = models.PositiveBigIntegerField(primary_key=True)
    count = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.of}: {self.count}"
