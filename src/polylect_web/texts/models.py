"""Messages and what people wrote for them.

    Message ─┬─ Place              in which content of which block the message stands, under which role
             └─ TranslationUnit    the message in one language ── its current Target
                    Target ── Review

A message lives on while its course is edited; a target is never edited, only followed by another. Whether a
text is missing, outdated, translated or approved is computed from these rows (`queries.state_of`) and stored
nowhere. `RevisionCounter` says when rendered text is stale: it is raised in the transaction that saves a
target.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from polylect_web.courses.models import Course, Version


class Message(models.Model):
    """A text to translate. Where it stands and what it says are those of the last publish that held it.

    `block_code` is the code of a block, unit, subsection or section, and `messages.COURSE_CODE` for the course.
    `since`: the version that brought it, for a version that is taken back takes its messages along.
    `reveals`: it gives an answer away, so only the course's own translators see it. `optional`: an address
    (of a link, an image), whose source serves where nobody gave another.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="messages")
    since = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    block_code = models.CharField(max_length=255)
    role = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    note = models.TextField(blank=True)
    reveals = models.BooleanField(default=False)
    optional = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["course", "block_code"], name="message_by_block")]

    def __str__(self) -> str:
        return f"{self.block_code} {self.role}"


class Place(models.Model):
    """Where a message stands: one content of one block. A content published again finds its messages here,
    and adds no row."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    since = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    block_code = models.CharField(max_length=255)
    content_hash = models.CharField(max_length=64)
    role = models.CharField(max_length=255)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="places")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["course", "block_code", "content_hash", "role"], name="place_once"),
        )

    def __str__(self) -> str:
        return f"{self.block_code} {self.role}"


class Origin(models.TextChoices):
    """Where a target came from."""

    HUMAN = "human"
    MACHINE = "machine"
    MEMORY = "memory"
    WIKI = "wiki"


class Target(models.Model):
    """A message's text in a language, for one source text, by somebody. Append-only.

    `cuts`: for a caption sentence, where in `text` each cue ends (characters from its start); null for all
    other texts.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="targets")
    language = models.CharField(max_length=35)
    text = models.TextField()
    cuts = models.JSONField(null=True)
    source_text = models.TextField()
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message", "language", "created_at"], name="target_history")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:40]}"


class TranslationUnit(models.Model):
    """One message in one language, and the target that is shown for it. Its other targets are suggestions or
    history."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="units")
    language = models.CharField(max_length=35)
    current = models.ForeignKey(Target, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "language"], name="translation_unit_once"),)

    def __str__(self) -> str:
        return f"{self.message} in {self.language}"


class Verdict(models.TextChoices):
    """What a reviewer said about one target and one source text."""

    APPROVED = "approved"
    """It is right."""
    STILL_VALID = "still-valid"
    """The source changed, and the target holds for it all the same."""
    REJECTED = "rejected"
    """It is wrong."""


class Review(models.Model):
    """A dated word about one target, for one source text."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="reviews")
    source_text = models.TextField()
    verdict = models.CharField(max_length=15, choices=Verdict.choices)
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.verdict}: {self.target}"


class RevisionCounter(models.Model):
    """How often the texts of a unit changed in a language; `unit_code` "" counts titles and whatever stands
    outside units, and with `language` "" whatever changed in the course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    unit_code = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=35)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["course", "unit_code", "language"], name="revision_counter_once"),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.language}: {self.count}"
