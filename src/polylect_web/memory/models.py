"""What was translated before, over all courses.

    Source ─┬─ Remembered    a translation of it, in a language and a course
            └─ Gram          a piece of it by which texts like it are found

A source text is one row, however many courses and languages have it. No row says whose translation it is: that stands
with the target, in `texts`. Grams follow from the text, and can be made anew (`actions.rebuild`).
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from polylect_web.courses.models import Course


class Source(models.Model):
    """A source text. `folded` is what it is compared by; `text_hash` and `folded_hash` are
    `likeness.exact_hash` of both."""

    language = models.CharField(max_length=35)
    text = models.TextField()
    text_hash = models.CharField(max_length=32)
    folded = models.TextField()
    folded_hash = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["text_hash", "language"], name="memory_source_once"),)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["folded_hash"], name="memory_source_folded")]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:40]}"


class Remembered(models.Model):
    """A translation of a source text in one course.

    `is_secret`: wherever it was met in that course, it gave an answer away. `used_count`: how often it became what is
    shown. `folded`: the text as it is searched through.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="remembered", db_index=False)
    language = models.CharField(max_length=35)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    text_hash = models.CharField(max_length=32)
    folded = models.TextField()
    is_secret = models.BooleanField(default=False)
    used_count = models.PositiveIntegerField(default=1)
    last_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "language", "course", "text_hash"], name="memory_pair_once"),
        )
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "-last_used_at"], name="memory_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:40]}"


class Gram(models.Model):
    """One of the grams that are kept of a source text, and how many characters that has when folded.

    There are up to twelve to a text. The table is its own index, and has no other: a source's rows are found by the
    grams of its text, which is why they do not go by themselves when it is deleted.
    """

    pk = models.CompositePrimaryKey("key", "length", "source_id")
    key = models.IntegerField()
    length = models.PositiveSmallIntegerField()
    source = models.ForeignKey(
        Source, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    def __str__(self) -> str:
        return f"{self.key} of {self.source_id}"
