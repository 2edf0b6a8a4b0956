"""Who takes part, what they answered, and the points it gave.

    Enrolment (person, run) ─── ExerciseState (block code) ─┬─ Submission   dated, numbered, never edited
                                                            └─ Score        the points that count
    PreparedExercise (content, seed, engine)                                what an author's script left

A block is named by its code, so that the records outlive versions; each submission says which version and content it
answered. JSON columns hold the library's own stored form, which carries its schema number (`polylect.course.stored`).
"""

from django.db import models
from django.utils import timezone

from polylect_web.courses.models import Run, Version


class Enrolment(models.Model):
    """A person in a run. `seed` is what their draws follow from: 0 for one who came as a guest, since everybody who
    has not enrolled sees the pages of seed 0."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="enrolments")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="enrolments")
    seed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "run"], name="enrolment_once"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.run}"


class ExerciseState(models.Model):
    """Where a person stands with one exercise. What was given last, and what became of it, is kept here too, so that
    a page asks once for all of its exercises.

    `attempts` counts the submissions that used a try; `submitted_at` is when the last one came. `responses` and `grade`
    are empty while nothing is submitted, at first and after starting over. `saved`: what was kept without submitting
    it. `content_hash`: the exercise that all of this is about. The points are what the submissions earned so far, of
    `of_points` of the questions, as far as any method of counting asks (`polylect.course.rules.Earned`).
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="states")
    block_code = models.CharField(max_length=255)
    seed = models.PositiveIntegerField()
    variables = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64)
    responses = models.JSONField(null=True)
    grade = models.JSONField(null=True)
    submitted_at = models.DateTimeField(null=True)
    saved = models.JSONField(null=True)
    saved_at = models.DateTimeField(null=True)
    of_points = models.FloatField(default=0)
    first_points = models.FloatField(default=0)
    last_points = models.FloatField(default=0)
    highest_points = models.FloatField(default=0)
    total_points = models.FloatField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["enrolment", "block_code"], name="exercise_state_once"),)

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.block_code}"


class Submission(models.Model):
    """Responses as sent, and what they were worth. `number` counts from 1 within the state; `accepted` are the
    spellings that counted as right at that moment, beside the author's own."""

    state = models.ForeignKey(ExerciseState, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=35)
    seed = models.PositiveIntegerField()
    variables = models.JSONField(default=dict)
    accepted = models.JSONField(default=list)
    responses = models.JSONField()
    grade = models.JSONField()
    points = models.FloatField()
    possible_points = models.FloatField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["state", "number"], name="submission_number_once"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, points__lte=models.F("possible_points")),
                name="submission_points_within_possible",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} #{self.number}"


class Score(models.Model):
    """The points for an exercise in the course, by its author's method of counting: of the best submission, unless the
    author says otherwise, so that trying again never costs anything.

    `submission`: the one that gives them, where it is one: there is none while an average counts, and none after
    starting over, which leaves no points.
    """

    state = models.OneToOneField(ExerciseState, on_delete=models.CASCADE, related_name="score")
    submission = models.ForeignKey(Submission, on_delete=models.RESTRICT, null=True, related_name="+")
    points = models.FloatField()
    possible_points = models.FloatField()

    def __str__(self) -> str:
        return f"{self.points} of {self.possible_points}"


class PreparedExercise(models.Model):
    """What the script of an exercise left for a seed, by the engine that ran it: it never changes, and is nobody's."""

    content_hash = models.CharField(max_length=64)
    seed = models.PositiveIntegerField()
    engine = models.CharField(max_length=64)
    variables = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["content_hash", "seed", "engine"], name="prepared_exercise_once"),
        )

    def __str__(self) -> str:
        return f"{self.content_hash} for {self.seed} by {self.engine}"
