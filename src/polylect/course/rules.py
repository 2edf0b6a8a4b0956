"""What the course's policy lets a learner do with an exercise, and what becomes of their score.

The rules are Open edX's, as its guide for course authors describes "Problem settings" and as its block decides them,
with its words for the author's choices (`finished`, `onreset`, `last_score`…). They are asked with three things: the
exercise, a `State` (where the learner stands) and a `Moment` (when, and for whom). Questions answer yes or no; the
steps `submit`, `save` and `reset` give the next state, or the `Refusal` that says why there is none.

Points here are those of the questions, before the exercise's weight: `weighed` turns them into the course's.

Three rules surprise. An exercise with `max_attempts` 0 is closed from the start, but may be saved: it is a survey.
"Fully correct" compares points, so an exercise that gives none is fully correct at once. Starting over keeps the
attempts and the memory of earlier scores: with the highest score counting, it is back after the next submission.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

from polylect.course.tree import Exercise

SEEDS: Mapping[str, int] = {"per_student": 20, "onreset": 1000, "always": 1000}
"""How many variants of an exercise there are among learners, by its `rerandomize`; of all others there is one."""

DRAWN_AGAIN = ("always", "onreset")
"""The words of `rerandomize` with which starting over gives another variant."""

NEAR = 1e-9
"""Points that differ by less are the same: sums of thirds."""


class Refusal(Enum):
    """Why a step cannot be taken now."""

    NO_ATTEMPTS = "no-attempts"
    PAST_DUE = "past-due"
    NEEDS_RESET = "needs-reset"
    TOO_SOON = "too-soon"
    NOT_SUBMITTED = "not-submitted"
    NOT_SHOWN = "not-shown"


@dataclass(frozen=True)
class Earned:
    """What the graded submissions earned, as far as any method of counting asks for it."""

    count: int = 0
    first: float = 0
    last: float = 0
    highest: float = 0
    total: float = 0

    def and_then(self, points: float) -> "Earned":
        """The same with one more submission."""
        return self.and_these(Earned(1, points, points, points, points))

    def and_these(self, later: "Earned") -> "Earned":
        """The same with the submissions that another one counts, behind those of this one."""
        if not self.count or not later.count:
            return self if self.count else later
        return Earned(
            self.count + later.count,
            self.first,
            later.last,
            max(self.highest, later.highest),
            self.total + later.total,
        )

    def scaled(self, factor: float) -> "Earned":
        """The same where each point is worth so many."""
        return Earned(self.count, self.first * factor, self.last * factor, self.highest * factor, self.total * factor)


@dataclass(frozen=True)
class State:
    """Where a learner stands with one exercise. Attempts never go down.

    `earned` of `possible` is the score, by the author's method; `history` what that is made of.
    """

    attempts: int = 0
    is_done: bool = False
    """Submitted, and not started over since."""
    earned: float = 0
    possible: float = 1
    history: Earned = Earned()
    seed: int = 1
    has_saved: bool = False
    """Answers were kept that have not been submitted."""
    submitted_at: datetime | None = None

    @property
    def is_fully_correct(self) -> bool:
        """Whether all points are earned."""
        return self.earned >= self.possible - NEAR


@dataclass(frozen=True)
class Moment:
    """When somebody asks, when the exercise is due for them, and whether they are of the course's staff."""

    now: datetime
    due: datetime | None = None
    is_staff: bool = False


def closes_at(exercise: Exercise, due: datetime | None) -> datetime | None:
    """When it takes no more answers: the due date and the time of grace behind it."""
    if due is None:
        return None
    try:
        return due + timedelta(seconds=exercise.grace_seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def is_past_due(exercise: Exercise, at: Moment) -> bool:
    """Whether the due date and the time of grace are over."""
    closes = closes_at(exercise, at.due)
    return closes is not None and at.now > closes


def has_used_attempts(exercise: Exercise, state: State) -> bool:
    """Whether none is left; never so where the author set no limit."""
    return exercise.max_attempts is not None and state.attempts >= exercise.max_attempts


def attempts_left(exercise: Exercise, state: State) -> int | None:
    """How often one may still submit; None: as often as one likes."""
    return None if exercise.max_attempts is None else max(0, exercise.max_attempts - state.attempts)


def is_closed(exercise: Exercise, state: State, at: Moment) -> bool:
    """Whether it takes no more answers."""
    return has_used_attempts(exercise, state) or is_past_due(exercise, at)


def is_correctness_available(exercise: Exercise, at: Moment) -> bool:
    """Whether learners are told how right they were: verdicts, feedback and points."""
    if exercise.show_correctness in ("never", "never_but_include_grade"):
        return False
    if exercise.show_correctness == "past_due" and not at.is_staff:
        return at.due is None or is_past_due(exercise, at)
    return True


def is_answer_available(exercise: Exercise, state: State, at: Moment) -> bool:
    """Whether the answer may be shown. Where the author says "never", staff do not see it either; a word that is none
    of Open edX's lets only staff see it."""
    if exercise.show_answer in ("", "never") or not is_correctness_available(exercise, at):
        return False
    allows = _SHOW_ANSWER.get(exercise.show_answer)
    return at.is_staff or (allows is not None and allows(exercise, state, at))


def why_not_submit(exercise: Exercise, state: State, at: Moment) -> Refusal | None:
    """Why nothing can be submitted now; None if it can be."""
    if is_closed(exercise, state, at):
        return _why_closed(exercise, at)
    if _awaits_reset(exercise, state):
        return Refusal.NEEDS_RESET
    return Refusal.TOO_SOON if wait(exercise, state, at.now) else None


def is_submit_enabled(exercise: Exercise, state: State, at: Moment) -> bool:
    """Whether the button to submit works. Time between two submissions is not asked for: it passes while one reads."""
    return why_not_submit(exercise, state, at) in (None, Refusal.TOO_SOON)


def is_reset_shown(exercise: Exercise, state: State, at: Moment) -> bool:
    """Whether there is a button to start over. In a survey (`max_attempts` 0) it may be shown and yet do nothing:
    `why_not_reset` tells."""
    if is_closed(exercise, state, at) and not _is_survey(exercise):
        return False
    if exercise.rerandomize in DRAWN_AGAIN and state.is_done:
        return True
    return exercise.show_reset_button and not state.is_fully_correct


def is_save_shown(exercise: Exercise, state: State, at: Moment) -> bool:
    """Whether there is a button to save answers without submitting them: where attempts are scarce, or the author
    wants it."""
    if exercise.force_save_button:
        return not is_closed(exercise, state, at)
    if exercise.max_attempts is None and exercise.rerandomize != "always":
        return False
    return why_not_save(exercise, state, at) is None


def why_not_save(exercise: Exercise, state: State, at: Moment) -> Refusal | None:
    """Why answers cannot be kept now; None if they can be."""
    if is_closed(exercise, state, at) and not _is_survey(exercise):
        return _why_closed(exercise, at)
    return Refusal.NEEDS_RESET if _awaits_reset(exercise, state) else None


def why_not_reset(exercise: Exercise, state: State, at: Moment) -> Refusal | None:
    """Why one cannot start over now; None if one can."""
    if is_closed(exercise, state, at):
        return _why_closed(exercise, at)
    return None if state.is_done else Refusal.NOT_SUBMITTED


def wait(exercise: Exercise, state: State, now: datetime) -> timedelta:
    """How long one has to wait before the next submission; nothing where one need not."""
    if state.submitted_at is None or not exercise.wait_seconds:
        return timedelta()
    return max(timedelta(), timedelta(seconds=exercise.wait_seconds) - (now - state.submitted_at))


def submit(exercise: Exercise, state: State, at: Moment, earned: float, possible: float) -> State | Refusal:
    """The state after a submission that was graded. What could not be graded is no step: it uses no attempt."""
    refusal = why_not_submit(exercise, state, at)
    if refusal is not None:
        return refusal
    history = state.history.and_then(earned)
    return replace(
        state,
        attempts=state.attempts + 1,
        is_done=True,
        earned=min(counted(exercise.grading_method, history), possible),
        possible=possible,
        history=history,
        has_saved=False,
        submitted_at=at.now,
    )


def save(exercise: Exercise, state: State, at: Moment) -> State | Refusal:
    """The state after answers were kept without being graded."""
    return why_not_save(exercise, state, at) or replace(state, has_saved=True)


def reset(exercise: Exercise, state: State, at: Moment, seed: int) -> State | Refusal:
    """The state after starting over: no points and nothing answered, with the attempts that were used. `seed` is a new
    one, taken where the author wants another variant."""
    refusal = why_not_reset(exercise, state, at)
    if refusal is not None:
        return refusal
    seed = seed if exercise.rerandomize in DRAWN_AGAIN else state.seed
    return replace(state, is_done=False, earned=0, seed=seed, has_saved=False)


def show_answer(exercise: Exercise, state: State, at: Moment) -> State | Refusal:
    """The state after the answer was shown, which changes nothing."""
    return state if is_answer_available(exercise, state, at) else Refusal.NOT_SHOWN


def counted(method: str, history: Earned) -> float:
    """The score of these submissions; with a word that is none of Open edX's, the last one's."""
    if method == "first_score":
        return history.first
    if method == "highest_score":
        return history.highest
    if method == "average_score":
        return round(history.total / history.count, 2) if history.count else 0
    return history.last


def weighed(weight: float | None, earned: float, possible: float) -> tuple[float, float] | None:
    """The points of the exercise in the course, and those possible; None where it gives none: it has no progress."""
    if weight is not None:
        earned, possible = (earned * weight / possible, weight) if possible > 0 else (0, 0)
    return (min(max(earned, 0), possible), possible) if possible > 0 else None


def _why_closed(exercise: Exercise, at: Moment) -> Refusal:
    return Refusal.PAST_DUE if is_past_due(exercise, at) else Refusal.NO_ATTEMPTS


def _awaits_reset(exercise: Exercise, state: State) -> bool:
    return exercise.rerandomize == "always" and state.is_done


def _is_survey(exercise: Exercise) -> bool:
    return exercise.max_attempts == 0


def _has_tried_enough(exercise: Exercise, state: State) -> bool:
    """Whether the attempts that the author asks for are made, or all that there are."""
    needed = exercise.attempts_before_answer
    return state.attempts >= (min(needed, exercise.max_attempts) if exercise.max_attempts else needed)


_SHOW_ANSWER: Mapping[str, Callable[[Exercise, State, Moment], bool]] = {
    "always": lambda exercise, state, at: True,
    "answered": lambda exercise, state, at: state.is_fully_correct,
    "attempted": lambda exercise, state, at: state.attempts > 0 or is_past_due(exercise, at),
    "attempted_no_past_due": lambda exercise, state, at: state.attempts > 0,
    "closed": is_closed,
    "finished": lambda exercise, state, at: is_closed(exercise, state, at) or state.is_fully_correct,
    "correct_or_past_due": lambda exercise, state, at: state.is_fully_correct or is_past_due(exercise, at),
    "past_due": lambda exercise, state, at: is_past_due(exercise, at),
    "after_attempts": lambda exercise, state, at: _has_tried_enough(exercise, state),
    "after_all_attempts": lambda exercise, state, at: has_used_attempts(exercise, state),
    "after_all_attempts_or_correct": lambda exercise, state, at: (
        has_used_attempts(exercise, state) or state.is_fully_correct
    ),
}

SHOW_ANSWER = (*_SHOW_ANSWER, "never")
RERANDOMIZE = ("always", "onreset", "never", "per_student")
GRADING_METHODS = ("last_score", "first_score", "highest_score", "average_score")
SHOW_CORRECTNESS = ("always", "never", "past_due", "never_but_include_grade")
