"""Keeping an answer for later, without sending it."""

from datetime import UTC, datetime, timedelta

import pytest

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.grading import actions, queries
from polylect_web.grading.actions import NotHere, Outcome, Refusal
from polylect_web.grading.models import ExerciseState, Score, Submission
from polylect_web.grading.queries import Standing
from web.builders import CHOICE_XML, NUMBER_XML, course, exercise, person, publish, raw, text, unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SWAPPED = CHOICE_XML.replace('"true"', '"?"').replace('"false"', '"true"').replace('"?"', '"false"')


def asking(xml: str = CHOICE_XML, **policy: object) -> Run:
    return publish(course(unit(exercise(xml=xml, **policy))))


def send(step: str, learner: Person, run: Run, given: str, **more: object) -> Outcome:
    """Saves or submits this answer."""
    settings: dict[str, object] = {"version_id": run.version_id, "unit_code": "start", "now": NOW} | more
    step_of = actions.save if step == "save" else actions.submit
    return step_of(learner, run, block_code="ask", raw=raw(run, "ask", given), language="en", **settings)


def standing(learner: Person, run: Run) -> Standing:
    found = courses.outline(run.version).unit("start")
    assert found is not None
    return queries.unit_standing(learner, run, found).exercises["ask"]


def test_what_is_saved_is_there_again_and_uses_no_attempt() -> None:
    run, learner = asking(max_attempts=2), person()
    assert send("save", learner, run, "c2").is_saved
    now = standing(learner, run)
    assert now.saved is not None
    assert (now.saved.of("q1").read, now.attempts, now.is_answered) == (("c2",), 0, False)
    assert not Submission.objects.exists()
    assert queries.scores(learner, run) == {}


def test_saving_twice_keeps_what_came_last() -> None:
    run, learner = asking(max_attempts=2), person()
    for given in ("c2", "c1"):
        send("save", learner, run, given)
    saved = standing(learner, run).saved
    assert saved is not None
    assert saved.of("q1").read == ("c1",)
    assert ExerciseState.objects.count() == 1


def test_what_cannot_be_read_yet_is_saved_as_it_was_typed() -> None:
    run, learner = asking(NUMBER_XML, max_attempts=2), person()
    assert send("save", learner, run, "forty-").is_saved
    saved = standing(learner, run).saved
    assert saved is not None
    assert saved.of("q1").typed == ("forty-",)


def test_saving_after_a_submission_leaves_its_score_and_a_submission_takes_the_place_of_what_was_saved() -> None:
    run, learner = asking(max_attempts=3), person()
    send("submit", learner, run, "c1")
    send("save", learner, run, "c2")
    between = standing(learner, run)
    assert (between.points, between.attempts, between.saved is not None) == (1, 1, True)
    send("submit", learner, run, "c2")
    assert standing(learner, run).saved is None


def test_a_survey_takes_no_submission_and_may_be_saved() -> None:
    run, learner = asking(max_attempts=0), person()
    assert send("submit", learner, run, "c1").refusal is Refusal.NO_ATTEMPTS
    assert send("save", learner, run, "c1").is_saved


@pytest.mark.parametrize(
    ("policy", "refusal"),
    [
        ({"access": tree.Access(due="2026-11-22T11:59:59Z")}, Refusal.PAST_DUE),
        ({"max_attempts": 1}, Refusal.NO_ATTEMPTS),
        ({"rerandomize": "always"}, Refusal.NEEDS_RESET),
    ],
)
def test_nothing_is_saved_where_nothing_could_be_submitted(policy: dict[str, object], refusal: Refusal) -> None:
    run, learner = asking(**policy), person()
    send("submit", learner, run, "c2")
    outcome = send("save", learner, run, "c1")
    assert outcome.refusal is refusal
    assert outcome.sentence
    assert not ExerciseState.objects.exclude(saved=None).exists()


def test_nothing_is_saved_when_the_run_has_ended() -> None:
    run = publish(course(unit(exercise()), end="2026-11-01T00:00:00Z"))
    assert send("save", person(), run, "c1").refusal is Refusal.ENDED


def test_what_learners_may_not_see_they_cannot_save() -> None:
    run = asking(access=tree.Access(staff_only=True))
    with pytest.raises(NotHere):
        send("save", person(), run, "c1")


def test_what_was_saved_for_another_exercise_is_not_shown_in_this_one() -> None:
    before, learner = asking(), person()
    send("save", learner, before, "c1")
    now = publish(course(unit(text(), exercise(xml=SWAPPED))))
    assert standing(learner, now).saved is None


def test_saving_in_an_exercise_that_changed_begins_with_the_new_one_and_keeps_the_score() -> None:
    before, learner = asking(), person()
    send("submit", learner, before, "c1")
    now = publish(course(unit(text(), exercise(xml=SWAPPED))))
    send("save", learner, now, "c2")
    found = standing(learner, now)
    assert (found.changed_at, found.is_answered, found.points) == (None, False, 1)
    assert found.saved is not None


def test_time_between_submissions_is_no_time_between_savings() -> None:
    run, learner = asking(wait_seconds=60, max_attempts=3), person()
    send("submit", learner, run, "c2")
    assert send("save", learner, run, "c1", now=NOW + timedelta(seconds=1)).is_saved


def test_a_score_is_there_after_the_first_submission_of_what_was_saved() -> None:
    run, learner = asking(max_attempts=3), person()
    send("save", learner, run, "c1")
    send("submit", learner, run, "c1")
    score = Score.objects.get()
    assert (score.points, score.submission is not None) == (1, True)
