"""Between the library's values and columns: JSON ones hold the library's stored form, with its schema number."""

import json
from typing import Any, cast

from polylect.course import stored
from polylect.course.rules import Earned
from polylect.exercises import Grade, Responses
from polylect_web.grading.models import ExerciseState

EARNED = ("attempts", "first_points", "last_points", "highest_points", "total_points", "of_points")
"""The columns of a state that say what its submissions earned, as `earned_from` takes them."""


def to_json(value: Responses | Grade) -> Any:
    """The value as a JSON column holds it."""
    return json.loads(stored.dump(value))


def responses_from(column: Any) -> Responses:
    """The responses in a column."""
    return cast(Responses, _from_json(column))


def grade_from(column: Any) -> Grade:
    """The grade in a column."""
    return cast(Grade, _from_json(column))


def earned_from(
    attempts: int, first: float, last: float, highest: float, total: float, before: float, *, possible: float
) -> Earned:
    """What submissions earned, in points of an exercise that gives `possible` by now. Every attempt was graded."""
    earned = Earned(attempts, first, last, highest, total)
    return earned if before == possible or not before else earned.scaled(possible / before)


def earned_of(state: ExerciseState, *, of_points: float) -> Earned:
    """What the submissions of a state earned, in points of an exercise that gives so many."""
    attempts, first, last, highest, total, before = (getattr(state, name) for name in EARNED)
    return earned_from(attempts, first, last, highest, total, before, possible=of_points)


def keep_earned(state: ExerciseState, earned: Earned, *, of_points: float) -> None:
    """Puts what the submissions earned, and how many there are, into the columns."""
    values = (earned.count, earned.first, earned.last, earned.highest, earned.total, of_points)
    for name, value in zip(EARNED, values, strict=True):
        setattr(state, name, value)


def _from_json(column: Any) -> Any:
    """A database may give the keys back in another order than `stored.load` expects."""
    text = json.dumps(column, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return stored.load(text.encode("utf-8", "surrogatepass"))
