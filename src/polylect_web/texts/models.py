"""Messages and what people wrote for them.

    Message ─┬─ Place              in which content of which block the message stands, under which role
             ├─ TranslationUnit    the message in one language ── its current Target, and the one that is shown
             │      Target ── Review
             └─ Remark             what somebody asks or says about it, in one language

A message lives on while its course is edited; a target is never edited, only followed by another. Whether a
text is missing, outdated, translated or approved is computed from these rows (`queries.state_of`) and stored
nowhere. `LanguageChoice` is what a course decided for a language: who translates, and what learners see.
`RevisionCounter` says when rendered text is stale: it is raised in the transaction that saves a target.
"""

import uuid
from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.utils import timezone

from polylect_web.courses.models import Course, Version


def likeness_of(text: str) -> str:
    """A short code that texts share when they are the same but for the case of letters and for spaces."""
    return sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Message(models.Model):
    """A text to translate. Where it stands and what it says are those of the last publish that held it.

    `block_code` is the code of a block, unit, subsection or section, and `messages.COURSE_CODE` for the course.
    `since`: the version that brought it, for a version that is taken back takes its messages along.
    `reveals`: it gives an answer away, so only the course's own translators see it. `optional`: an address
    (of a link, an image), whose source serves where nobody gave another. `words`: how many it has, for progress.
    `likeness`: `likeness_of(text)`, by which messages that say the same are found.
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
    words = models.PositiveIntegerField(default=0)
    likeness = models.CharField(max_length=16, default="")

    class Meta:
        ordering = ("position",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "block_code"], name="message_by_block"),
            models.Index(fields=["course", "likeness"], name="message_by_likeness"),
        ]

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

    `cuts`: for a caption sentence, where somebody cut it by hand (`captions.cutting`; `recue.CHOOSE` where nobody did);
    null where all cuts are ours to choose, and for all other texts. `borders`: all its cuts as its writer saw them,
    each with the place where the source was cut then (`cutting.Border`); null: they are worked out as it is read.
    `is_suggestion`: it was brought for others to decide on; open until somebody said something of it, or it became
    current.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="targets")
    language = models.CharField(max_length=35)
    text = models.TextField()
    cuts = models.JSONField(null=True)
    borders = models.JSONField(null=True)
    source_text = models.TextField()
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    is_suggestion = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message", "language", "created_at"], name="target_history"),
            models.Index(
                fields=["language", "message"], condition=models.Q(is_suggestion=True), name="target_suggestions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:40]}"


class TranslationUnit(models.Model):
    """One message in one language, and the target that translators go on with. Its other targets are suggestions or
    history.

    `shown` is the one that learners see; null where the course shows none of them (`LanguageChoice`).
    `showing.py` keeps it in step.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="units")
    language = models.CharField(max_length=35)
    current = models.ForeignKey(Target, on_delete=models.RESTRICT, related_name="+")
    shown = models.ForeignKey(Target, on_delete=models.RESTRICT, null=True, related_name="+")

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
    ACCEPTED = "accepted"
    """Somebody else's suggestion is good to go on with; nobody says that it is right yet."""
    REJECTED = "rejected"
    """It is wrong."""


HOLDING = (Verdict.STILL_VALID, Verdict.ACCEPTED)
"""What says of a target that it holds for a source, and nothing of whether it is right."""


class Review(models.Model):
    """A dated word about one target, for one source text."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="reviews")
    source_text = models.TextField()
    verdict = models.CharField(max_length=15, choices=Verdict.choices)
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.verdict}: {self.target}"


class Asks(models.TextChoices):
    """What is to become of a sentence of captions, in all languages: done by whoever may publish the course."""

    JOIN = "join"
    """It and the next one are one."""
    PART = "part"
    """It is two."""


class Remark(models.Model):
    """What somebody asks or says about a message's translation into a language. Open until it is settled.

    `asks`: it asks for the sentence to be another; `text` may be empty then. `source_text`: what the sentence said when
    that was asked; it counts for no other. `place`: where it is to be parted (`captions.regrouping.places`).
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="remarks")
    language = models.CharField(max_length=35)
    text = models.TextField()
    asks = models.CharField(max_length=5, choices=Asks.choices, blank=True, default="")
    source_text = models.TextField(blank=True, default="")
    place = models.PositiveIntegerField(null=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "message"], condition=models.Q(settled_at=None), name="remark_open")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.asks} {self.text[:40]}"


class Who(models.TextChoices):
    """Who translates a course into a language."""

    OPEN = "open"
    """Whoever is signed in."""
    TEAM = "team"
    """Those whom the course has named; everybody else suggests."""


class Shown(models.TextChoices):
    """Which translations learners see."""

    TRANSLATED = "translated"
    """Each as soon as it is written."""
    APPROVED = "approved"
    """Only those that a reviewer approved."""


class LanguageChoice(models.Model):
    """What a course decided for a language; without a row, what `choices.choice_of` says.

    `who` empty: `Who.TEAM` once somebody is named for just this course or language, else `Who.OPEN`. `shows_machine`:
    what a machine wrote is shown before anybody looked at it.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=35)
    who = models.CharField(max_length=10, choices=Who.choices, blank=True)
    shown = models.CharField(max_length=10, choices=Shown.choices, default=Shown.TRANSLATED)
    shows_machine = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["course", "language"], name="language_choice_once"),)

    def __str__(self) -> str:
        return f"{self.course} in {self.language}: {self.shown}"


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
