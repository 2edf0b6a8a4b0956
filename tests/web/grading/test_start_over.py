"""Starting over: the points go, the attempts stay, and the variant is another one where its author wants it."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run
from polylect_web.grading import actions, queries
from polylect_web.grading.actions import NotHere, Outcome, Refusal
from polylect_web.grading.models import ExerciseState, Score, Submission
from web.builders import course, exercise, person, publish, raw, unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asking(**policy: object) -> Run:
    return publish(course(unit(exercise(**policy))))


def submit(learner: Person, run: Run, given: str, **more: object) -> Outcome:
    settings: dict[str, object] = {"version_id": run.version_id, "unit_code": "start", "now": NOW} | more
    return actions.submit(learner, run, block_code="ask", raw=raw(run, "ask", given), language="en", **settings)


def start_over(learner: Person, run: Run, **more: object) -> Outcome:
    settings: dict[str, object] = {"version_id": run.version_id, "unit_code": "start", "now": NOW} | more
    return actions.start_over(learner, run, block_code="ask", **settings)


def test_the_points_go_and_the_attempts_stay() -> None:
    run, learner = asking(rerandomize="onreset"), person()
    submit(learner, run, "c1")
    outcome = start_over(learner, run)
    assert outcome.standing is not None
    assert (outcome.standing.attempts, outcome.standing.is_answered, outcome.standing.points) == (1, False, 0)
    assert queries.scores(learner, run) == {"ask": (0, 1)}
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(("rerandomize", "differs"), [("always", True), ("onreset", True), ("per_student", False)])
def test_the_variant_is_another_one_where_its_author_wants_it(rerandomize: str, differs: bool) -> None:
    run, learner = asking(rerandomize=rerandomize, show_reset_button=True), person()
    submit(learner, run, "c2")
    before = ExerciseState.objects.get().seed
    assert start_over(learner, run).is_saved
    assert (ExerciseState.objects.get().seed != before) is differs


def test_an_exercise_that_is_another_one_each_time_asks_for_it_before_the_next_answer() -> None:
    run, learner = asking(rerandomize="always"), person()
    submit(learner, run, "c2")
    refused = submit(learner, run, "c1")
    assert refused.refusal is Refusal.NEEDS_RESET
    assert "Start over" in refused.sentence
    start_over(learner, run)
    assert submit(learner, run, "c1").number == 2
    assert queries.scores(learner, run) == {"ask": (1, 1)}


def test_the_best_score_is_back_after_the_next_submission() -> None:
    run, learner = asking(rerandomize="onreset"), person()
    submit(learner, run, "c1")
    start_over(learner, run)
    submit(learner, run, "c2")
    assert queries.scores(learner, run) == {"ask": (1, 1)}


def test_starting_over_twice_is_refused() -> None:
    run, learner = asking(rerandomize="onreset"), person()
    submit(learner, run, "c2")
    start_over(learner, run)
    seed = ExerciseState.objects.get().seed
    assert start_over(learner, run).refusal is Refusal.NOT_SUBMITTED
    assert ExerciseState.objects.get().seed == seed


def test_who_never_answered_has_nothing_to_start_over() -> None:
    run, learner = asking(rerandomize="onreset"), person()
    assert start_over(learner, run).refusal is Refusal.NOT_SUBMITTED
    assert not ExerciseState.objects.exists()


@pytest.mark.parametrize(
    ("policy", "refusal"),
    [
        ({"max_attempts": 1, "rerandomize": "onreset"}, Refusal.NO_ATTEMPTS),
        ({}, Refusal.NOT_OFFERED),
    ],
)
def test_it_is_refused_where_there_is_no_button(policy: dict[str, object], refusal: Refusal) -> None:
    run, learner = asking(**policy), person()
    submit(learner, run, "c1")
    outcome = start_over(learner, run)
    assert outcome.refusal is refusal
    assert outcome.sentence
    assert queries.scores(learner, run) == {"ask": (1, 1)}


def test_it_is_refused_after_the_due_date() -> None:
    run, learner = asking(rerandomize="onreset", access=tree.Access(due="2026-11-22T12:30:00Z")), person()
    submit(learner, run, "c1")
    assert start_over(learner, run, now=NOW + timedelta(hours=1)).refusal is Refusal.PAST_DUE


def test_what_learners_may_not_see_they_cannot_start_over() -> None:
    run = asking(rerandomize="onreset", access=tree.Access(staff_only=True))
    with pytest.raises(NotHere):
        start_over(person(), run)


def test_an_answer_that_was_graded_for_a_former_variant_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    run, learner = asking(rerandomize="onreset"), person()
    submit(learner, run, "c2")
    grade_it = actions._graded

    def meanwhile(*given: object) -> object:
        start_over(learner, run)
        return grade_it(*given)

    monkeypatch.setattr(actions, "_graded", meanwhile)
    assert submit(learner, run, "c1").refusal is Refusal.CHANGED
    assert Submission.objects.count() == 1


def test_it_costs_as_little_as_an_answer(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    run, learner = asking(rerandomize="onreset"), person()
    submit(learner, run, "c1")
    with django_assert_max_num_queries(9):
        start_over(learner, run)
    assert Score.objects.get().submission is None
