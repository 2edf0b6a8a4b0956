"""Courses as they are stored.

    Course ─┬─ Run                 an offering: its people, dates, policy; points at the version learners see
            └─ Version ─┬─ Placement ── Content    the tree: where a block stands, and what it holds
                        └─ VersionAsset ── Asset   a path that links name, and the file behind it

    TrackDraft ── TrackChange      captions that somebody edits and has not published, and how they got there

A published version never changes, and nobody sees one before `published_at` is set. A content is stored once
under its hash, in the library's serialisation, however many versions hold it. Records of people name a block
by (course or run, block code), never by a row of these tables, so that they outlive every version.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class Course(models.Model):
    """What is taught. Two separate courses may have one `org` and `code` (imported with `--separate`); runs
    tell them apart."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    org = models.CharField(max_length=255)
    code = models.CharField(max_length=255)
    source_language = models.CharField(max_length=35)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["org", "code"], name="course_by_key")]

    def __str__(self) -> str:
        return f"{self.org}+{self.code}"


class Version(models.Model):
    """A course as published once. `issues` is what its author was told: a list of {code, severity, file,
    line, block, params}.

    `touched_at` moves while the version is being stored: one that was never published and has not moved for
    long was left behind by a process that died. `is_settled`: what follows from showing it (messages that
    moved) is done too.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(null=True)
    issues = models.JSONField(default=list)
    schema = models.PositiveSmallIntegerField(default=1)
    published_by = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["course", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, number__isnull=True)
                | models.Q(published_at__isnull=False, number__isnull=False),
                name="version_numbered_when_published",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course} version {self.number or 'unpublished'}"


class Run(models.Model):
    """One offering of a course, in every language.

    `key` is ORG+CODE+RUN, the name in its addresses. `title` is the version's, in the course's own language,
    for lists. `policy` is what the run says instead of its version (schema number in `policy_schema`); empty:
    nothing.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="runs")
    key = models.CharField(max_length=255, unique=True)
    code = models.CharField(max_length=255)
    title = models.CharField(max_length=500)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    policy = models.JSONField(default=dict)
    policy_schema = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("title", "key")

    def __str__(self) -> str:
        return self.key


class Content(models.Model):
    """What a section, a unit or a block holds, without what hangs below it. `data` is
    `polylect.course.stored`'s JSON."""

    hash = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.hash


class Level(models.TextChoices):
    """What stands in a place. Below a unit, or below a block that selects among others, stand blocks."""

    COURSE = "course"
    SECTION = "section"
    SUBSECTION = "subsection"
    UNIT = "unit"
    BLOCK = "block"


class Placement(models.Model):
    """One place in the tree of a version.

    `position` numbers the whole version from 0, in reading order. `unplaced` is why nothing points at it
    ("orphan", "draft"): only staff see such items; empty for all others. `points` are what an exercise can
    give, kept here so that adding them up opens no exercise; `withholds_results`: its author keeps from learners
    how right they were, for a time or for good. `has_links`: its HTML names files or places of the course, so it
    reads differently in another version.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="placements")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField()
    level = models.CharField(max_length=10, choices=Level.choices)
    code = models.CharField(max_length=255)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=20)
    staff_only = models.BooleanField(default=False)
    unlisted = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    points = models.FloatField(null=True)
    withholds_results = models.BooleanField(default=False)
    has_links = models.BooleanField(default=False)
    unplaced = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "level", "code"], condition=models.Q(unplaced=""), name="placement_code_once"
            ),
            models.UniqueConstraint(fields=["version", "position"], name="placement_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.code}"


class Asset(models.Model):
    """A file of some course, kept once by the SHA-256 of its bytes in the folder of assets."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.sha256


class VersionAsset(models.Model):
    """The path by which a version's links name an asset. `hidden` ones never reach a learner."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=500)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="places")
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "path"], name="version_asset_path_once"),)

    def __str__(self) -> str:
        return self.path


class TrackDraft(models.Model):
    """A video's captions in one language as one person edits them, until they publish or throw away what they did.

    `version` is the one that the editing began with; `data` the track as it is now, `polylect.course.stored`'s JSON,
    packed (zlib). `done`: how many of its changes are in it; those after it were undone. `revision` counts what
    happened to it, so that an older page is known as such.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    block_code = models.CharField(max_length=255)
    language = models.CharField(max_length=35)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    data = models.BinaryField()
    done = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "run", "block_code", "language"], name="track_draft_once"),
        )

    def __str__(self) -> str:
        return f"{self.block_code} in {self.language}"


class TrackChange(models.Model):
    """One change of a draft, by its number from 1: what `captions.changing` says of it, stored and packed as the draft
    is. `act`: what was done."""

    draft = models.ForeignKey(TrackDraft, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20)
    data = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draft", "number"], name="track_change_once"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"
