"""What the course's policy lets a learner do: stories, and laws that hold for every exercise and every learner."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.course import rules
from polylect.course.rules import Earned, Moment, Refusal, State
from polylect.course.tree import Exercise as Placed
from polylect.exercises import Exercise

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
NOW = Moment(NOON)
SETTINGS = {
    "weight": st.none() | st.floats(0, 100),
    "max_attempts": st.none() | st.integers(0, 4),
    "show_answer": st.sampled_from((*rules.SHOW_ANSWER, "", "perhaps")),
    "rerandomize": st.sampled_from(rules.RERANDOMIZE),
    "wait_seconds": st.sampled_from((0, 60)),
    "show_reset_button": st.booleans(),
    "attempts_before_answer": st.integers(0, 5),
    "force_save_button": st.booleans(),
    "grading_method": st.sampled_from((*rules.GRADING_METHODS, "median")),
    "show_correctness": st.sampled_from(rules.SHOW_CORRECTNESS),
    "grace_seconds": st.sampled_from((0, 3600, 10**15)),
}


def exercise(**settings: Any) -> Placed:
    return Placed("ask", "Ask", Exercise("<problem/>"), **settings)


def after(made: State | Refusal) -> State:
    assert isinstance(made, State)
    return made


def earned(*points: float) -> Earned:
    return reduce(Earned.and_then, points, Earned())


exercises = st.builds(lambda settings: exercise(**settings), st.fixed_dictionaries({}, optional=SETTINGS))
moments = st.builds(
    lambda due, is_staff: Moment(NOON, due, is_staff),
    st.sampled_from((None, NOON - timedelta(minutes=30), NOON + timedelta(minutes=30))),
    st.booleans(),
)
steps = st.lists(
    st.tuples(st.sampled_from(("submit", "save", "reset")), st.floats(0, 3), st.integers(0, 120)), max_size=8
)


def walked(one: Placed, at: Moment, taken: list[tuple[str, float, int]]) -> list[State]:
    """The states of somebody who does all this, minutes apart; what is refused changes nothing."""
    states = [State(possible=3)]
    for seed, (step, earned, seconds) in enumerate(taken):
        at = replace(at, now=at.now + timedelta(seconds=seconds))
        made = {
            "submit": lambda at=at, earned=earned: rules.submit(one, states[-1], at, earned, 3),
            "save": lambda at=at: rules.save(one, states[-1], at),
            "reset": lambda at=at, seed=seed: rules.reset(one, states[-1], at, 100 + seed),
        }[step]()
        states.append(made if isinstance(made, State) else states[-1])
    return states


@given(exercises, moments, steps)
def test_attempts_never_go_down_and_never_over_the_limit(
    one: Placed, at: Moment, taken: list[tuple[str, float, int]]
) -> None:
    states = walked(one, at, taken)
    assert all(before.attempts <= now.attempts <= before.attempts + 1 for before, now in pairwise(states))
    assert one.max_attempts is None or states[-1].attempts <= one.max_attempts
    assert states[-1].history.count == states[-1].attempts


@given(exercises, moments, steps)
def test_a_score_lies_between_0_and_what_is_possible(
    one: Placed, at: Moment, taken: list[tuple[str, float, int]]
) -> None:
    for state in walked(one, at, taken):
        assert 0 <= state.earned <= state.possible
        progress = rules.weighed(one.weight, state.earned, state.possible)
        assert progress is None or 0 <= progress[0] <= progress[1]
        assert (progress is None) == (one.weight == 0)


@given(exercises, moments, steps)
def test_a_seed_changes_only_by_starting_over_where_the_author_wants_it(
    one: Placed, at: Moment, taken: list[tuple[str, float, int]]
) -> None:
    states = walked(one, at, taken)
    changed = [(before, now) for before, now in pairwise(states) if before.seed != now.seed]
    assert all(before.is_done and not now.is_done and not now.earned for before, now in changed)
    assert not changed or one.rerandomize in ("always", "onreset")


@given(exercises, moments, steps)
def test_a_button_that_is_shown_works_except_in_a_survey(
    one: Placed, at: Moment, taken: list[tuple[str, float, int]]
) -> None:
    state = walked(one, at, taken)[-1]
    if rules.is_submit_enabled(one, state, at) and not rules.wait(one, state, at.now):
        assert isinstance(rules.submit(one, state, at, 1, 3), State)
    if rules.is_save_shown(one, state, at) and not one.force_save_button:
        assert isinstance(rules.save(one, state, at), State)
    if rules.is_reset_shown(one, state, at) and state.is_done and one.max_attempts != 0:
        assert isinstance(rules.reset(one, state, at, 7), State)


@given(exercises, moments, steps)
def test_who_is_told_the_answer_is_told_how_right_they_were(
    one: Placed, at: Moment, taken: list[tuple[str, float, int]]
) -> None:
    state = walked(one, at, taken)[-1]
    if rules.is_answer_available(one, state, at):
        assert rules.is_correctness_available(one, at)
        assert rules.show_answer(one, state, at) == state


def test_an_exercise_of_no_attempts_is_closed_at_once_and_may_be_saved() -> None:
    survey = exercise(max_attempts=0)
    assert rules.is_closed(survey, State(), NOW)
    assert rules.submit(survey, State(), NOW, 1, 1) is Refusal.NO_ATTEMPTS
    assert after(rules.save(survey, State(), NOW)).has_saved


def test_time_of_grace_begins_when_it_is_due() -> None:
    one = exercise(grace_seconds=3600)
    assert not rules.is_past_due(one, Moment(NOON + timedelta(minutes=60), due=NOON))
    assert rules.is_past_due(one, Moment(NOON + timedelta(minutes=61), due=NOON))
    assert rules.submit(one, State(), Moment(NOON + timedelta(minutes=61), due=NOON), 1, 1) is Refusal.PAST_DUE


def test_a_grace_without_end_never_closes() -> None:
    assert not rules.is_past_due(exercise(grace_seconds=10**15), Moment(datetime(9000, 1, 1, tzinfo=UTC), due=NOON))


def test_always_another_variant_asks_to_start_over_before_the_next_submission() -> None:
    one = exercise(rerandomize="always")
    done = after(rules.submit(one, State(), NOW, 0, 1))
    assert rules.submit(one, done, NOW, 1, 1) is Refusal.NEEDS_RESET
    assert rules.save(one, done, NOW) is Refusal.NEEDS_RESET
    anew = after(rules.reset(one, done, NOW, seed=17))
    assert (anew.seed, anew.attempts, anew.is_done) == (17, 1, False)
    assert after(rules.submit(one, anew, NOW, 1, 1)).attempts == 2


def test_starting_over_takes_the_points_and_keeps_the_attempts() -> None:
    one = exercise(rerandomize="per_student")
    done = after(rules.submit(one, State(seed=5), NOW, 1, 1))
    anew = after(rules.reset(one, done, NOW, seed=6))
    assert (anew.earned, anew.attempts, anew.seed) == (0, 1, 5)
    assert rules.reset(one, anew, NOW, seed=6) is Refusal.NOT_SUBMITTED


def test_one_waits_between_submissions_and_the_button_stays() -> None:
    one = exercise(wait_seconds=60)
    done = after(rules.submit(one, State(), NOW, 0, 1))
    soon, later = (Moment(NOON + timedelta(seconds=seconds)) for seconds in (59, 60))
    assert rules.submit(one, done, soon, 1, 1) is Refusal.TOO_SOON
    assert rules.is_submit_enabled(one, done, soon)
    assert after(rules.submit(one, done, later, 1, 1)).attempts == 2


@pytest.mark.parametrize(
    ("method", "score"),
    [("last_score", 2), ("first_score", 1), ("highest_score", 3), ("average_score", 1.5), ("median", 2)],
)
def test_the_author_says_which_submission_counts(method: str, score: float) -> None:
    assert rules.counted(method, earned(1, 3, 0, 2)) == score
    assert rules.counted(method, Earned()) == 0


def test_the_average_has_two_decimals() -> None:
    assert rules.counted("average_score", earned(0, 1, 0)) == 0.33


def test_the_highest_score_is_back_after_starting_over() -> None:
    one = exercise(grading_method="highest_score", rerandomize="onreset")
    done = after(rules.submit(one, State(), NOW, 1, 1))
    anew = after(rules.reset(one, done, NOW, seed=2))
    assert after(rules.submit(one, anew, NOW, 0, 1)).earned == 1


@pytest.mark.parametrize(("weight", "progress"), [(None, (1, 4)), (2, (0.5, 2)), (0, None)])
def test_weight_scales_the_points_and_no_weight_at_all_gives_none(
    weight: float | None, progress: tuple[float, float] | None
) -> None:
    assert rules.weighed(weight, 1, 4) == progress


def test_the_answer_comes_after_so_many_attempts_or_all_there_are() -> None:
    one = exercise(show_answer="after_attempts", attempts_before_answer=3)
    assert [rules.is_answer_available(one, State(attempts=n), NOW) for n in (2, 3)] == [False, True]
    assert rules.is_answer_available(replace(one, max_attempts=2), State(attempts=2), NOW)


def test_staff_see_the_answer_unless_nobody_may() -> None:
    staff = Moment(NOON, is_staff=True)
    assert rules.is_answer_available(exercise(show_answer="past_due"), State(), staff)
    assert not rules.is_answer_available(exercise(show_answer="never"), State(), staff)
    assert not rules.is_answer_available(exercise(show_answer="always", show_correctness="never"), State(), staff)
