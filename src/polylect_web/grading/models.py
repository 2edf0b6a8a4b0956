"""Who takes part, what they answered, and the points it gave.

    Enrolment (person, run)
    ExerciseState (person, run, block code) ── Submission     dated, numbered, never edited
                                            └─ Score          the best of them

A block is named by its code, so that the records outlive versions; each submission says which version and content it answered.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from polylect_web.courses.models import Run, Version


class Enrolment(models.Model):
    """A person in a run. `seed` is what their draws follow from: 0 for one who came as a guest, who saw the page with 0."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="enrolments")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="enrolments")
    seed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "run"], name="enrolment_once"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.run}"


class ExerciseState(models.Model):
    """Where a person stands with one exercise. `responses` and `grade` are the last submission's, kept here for one query.

    `responses` is {"schema": 1, ...} as `grading.actions` writes it; `grade` likewise. `attempts` counts submissions that used a try.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="exercise_states")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="exercise_states")
    block_code = models.CharField(max_length=255)
    seed = models.PositiveIntegerField()
    variables = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    responses = models.JSONField(null=True)
    grade = models.JSONField(null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "run", "block_code"], name="exercise_state_once"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.block_code}"


class Submission(models.Model):
    """Responses as sent, and what they were worth. `number` counts from 1 within the state."""

    state = models.ForeignKey(ExerciseState, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    responses = models.JSONField()
    accepted = models.JSONField(default=list)
    seed = models.PositiveIntegerField()
    variables = models.JSONField(default=dict)
    grade = models.JSONField()
    points = models.FloatField()
    possible_points = models.FloatField()
    language = models.CharField(max_length=35)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["state", "number"], name="submission_number_once"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, points__lte=models.F("possible_points")), name="points_within_possible"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} #{self.number}"


class Score(models.Model):
    """The points of a person for an exercise: of the best submission, so that trying again never costs anything."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="scores")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores")
    block_code = models.CharField(max_length=255)
    submission = models.ForeignKey(Submission, on_delete=models.RESTRICT, related_name="+")
    points = models.FloatField()
    possible_points = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "run", "block_code"], name="score_once"),)

    def __str__(self) -> str:
        return f"{self.points} of {self.possible_points}"
