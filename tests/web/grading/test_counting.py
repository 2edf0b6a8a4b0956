"""Which submission counts: the author says."""

from datetime import UTC, datetime, timedelta

import pytest

from polylect.course import tree
from polylect.exercises import Exercise
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run
from polylect_web.grading import actions, queries
from polylect_web.grading.actions import Outcome, Refusal
from polylect_web.grading.models import Score, Submission
from web.builders import CHOICE_XML, course, exercise, person, publish, raw, text, unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TWO_XML = CHOICE_XML.replace("</problem>", CHOICE_XML[len("<problem>") :])


def asking(**policy: object) -> Run:
    return publish(course(unit(exercise(**policy))))


def submit(learner: Person, run: Run, given: str, **more: object) -> Outcome:
    settings: dict[str, object] = {"version_id": run.version_id, "unit_code": "start", "now": NOW} | more
    return actions.submit(learner, run, block_code="ask", raw=raw(run, "ask", given), language="en", **settings)


@pytest.mark.parametrize(
    ("method", "points", "number"),
    [("last_score", 0, 4), ("first_score", 0, 1), ("highest_score", 10, 2), ("average_score", 5, None)],
)
def test_the_submission_that_counts_gives_the_points(method: str, points: float, number: int | None) -> None:
    run, learner = asking(grading_method=method, weight=10), person()
    for given in ("c2", "c1", "c1", "c2"):
        assert submit(learner, run, given).is_saved
    assert queries.scores(learner, run) == {"ask": (points, 10)}
    submission = Score.objects.get().submission
    assert (submission.number if submission else None) == number
    assert [one.points for one in Submission.objects.order_by("number")] == [0, 10, 10, 0]


def test_a_first_right_answer_stays_the_first() -> None:
    run, learner = asking(grading_method="first_score"), person()
    for given in ("c1", "c2"):
        submit(learner, run, given)
    assert queries.scores(learner, run) == {"ask": (1, 1)}


def test_an_average_is_rounded_before_it_is_weighed() -> None:
    run, learner = asking(grading_method="average_score", weight=100), person()
    for given in ("c1", "c2", "c2"):
        submit(learner, run, given)
    assert queries.scores(learner, run) == {"ask": (33, 100)}


def test_another_weight_holds_from_the_next_submission_on() -> None:
    run, learner = asking(weight=2), person()
    submit(learner, run, "c1")
    run = asking(weight=4)
    assert queries.scores(learner, run) == {"ask": (2, 2)}
    submit(learner, run, "c2")
    assert queries.scores(learner, run) == {"ask": (4, 4)}


def test_earlier_points_count_by_their_share_when_the_exercise_has_grown() -> None:
    run, learner = asking(grading_method="average_score"), person()
    submit(learner, run, "c1")
    body = Exercise(TWO_XML)
    assert body.possible == 2
    run = publish(course(unit(text(), tree.Exercise("ask", "A question", body, grading_method="average_score"))))
    actions.submit(
        learner,
        run,
        version_id=run.version_id,
        unit_code="start",
        block_code="ask",
        raw=raw(run, "ask", "c2", "c2"),
        language="en",
    )
    assert queries.scores(learner, run) == {"ask": (1, 2)}


def test_time_of_grace_goes_beyond_the_due_date() -> None:
    due = tree.Access(due="2026-11-22T11:30:00Z")
    assert submit(person("one"), asking(access=due, grace_seconds=3600), "c1").is_saved
    refused = submit(person("two"), asking(access=due, grace_seconds=60), "c1")
    assert refused.refusal is Refusal.PAST_DUE
    assert "11:31" in refused.sentence


def test_waiting_goes_on_over_starting_over() -> None:
    run, learner = asking(rerandomize="always", wait_seconds=60), person()
    submit(learner, run, "c2")
    actions.start_over(learner, run, version_id=run.version_id, unit_code="start", block_code="ask", now=NOW)
    assert submit(learner, run, "c1", now=NOW + timedelta(seconds=30)).refusal is Refusal.TOO_SOON


@pytest.mark.parametrize(("word", "points"), [("never", 0), ("past_due", 0), ("never_but_include_grade", 1)])
def test_points_that_are_not_told_are_in_no_sum_unless_the_author_includes_them(word: str, points: float) -> None:
    run = asking(show_correctness=word, access=tree.Access(due="2026-11-23T00:00:00Z"))
    learner = person()
    submit(learner, run, "c1")
    assert queries.scores(learner, run, NOW) == {"ask": (points, 1)}
    later = NOW + timedelta(days=1)
    assert queries.scores(learner, run, later) == {"ask": (0 if word == "never" else 1, 1)}
    assert Score.objects.get().points == 1
