"""A guest who signs in to an account keeps their work."""

import pytest

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run
from polylect_web.grading import actions, queries
from polylect_web.grading.models import Enrolment, ExerciseState, Submission
from web.builders import course, exercise, person, publish, raw, unit

pytestmark = pytest.mark.django_db


def answer(learner: Person, run: Run, given: str, code: str = "ask") -> None:
    actions.submit(
        learner,
        run,
        version_id=run.version_id,
        unit_code="start",
        block_code=code,
        raw=raw(run, code, given),
        language="en",
    )


def two_exercises() -> Run:
    return publish(course(unit(exercise(), exercise("more"))))


def test_work_in_a_run_that_is_new_to_the_account_comes_along() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    answer(guest, run, "c1")
    accounts.merge(guest=guest, into=learner)
    assert queries.scores(learner, run) == {"ask": (1, 1)}
    assert Enrolment.objects.get().person == learner


def test_attempts_are_added_and_the_better_score_is_kept() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    answer(learner, run, "c2")
    answer(learner, run, "c2")
    answer(guest, run, "c1")
    answer(guest, run, "c2")
    accounts.merge(guest=guest, into=learner)
    state = ExerciseState.objects.get()
    assert (state.attempts, queries.scores(learner, run)) == (4, {"ask": (1, 1)})
    assert [s.number for s in Submission.objects.order_by("number")] == [1, 2, 3, 4]
    assert state.score.submission.number == 3


def test_the_accounts_better_score_is_kept_too() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    answer(guest, run, "c2")
    answer(learner, run, "c1")
    accounts.merge(guest=guest, into=learner)
    assert queries.scores(learner, run) == {"ask": (1, 1)}


def test_what_was_given_last_is_what_is_shown() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    answer(learner, run, "c1")
    answer(guest, run, "c2")
    accounts.merge(guest=guest, into=learner)
    assert "c2" in str(ExerciseState.objects.get().responses)


def save(learner: Person, run: Run, given: str) -> None:
    actions.save(
        learner,
        run,
        version_id=run.version_id,
        unit_code="start",
        block_code="ask",
        raw=raw(run, "ask", given),
        language="en",
    )


def test_what_was_saved_last_is_kept() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    save(learner, run, "c1")
    save(guest, run, "c2")
    accounts.merge(guest=guest, into=learner)
    state = ExerciseState.objects.get()
    assert "c2" in str(state.saved)
    assert (state.attempts, queries.scores(learner, run)) == (0, {})


def test_a_guests_score_comes_to_where_the_account_had_only_saved() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    save(learner, run, "c2")
    answer(guest, run, "c1")
    accounts.merge(guest=guest, into=learner)
    assert queries.scores(learner, run) == {"ask": (1, 1)}


def test_all_submissions_of_both_are_in_an_average_from_then_on() -> None:
    run = publish(course(unit(exercise(grading_method="average_score", weight=100))))
    guest, learner = person(None), person()
    answer(learner, run, "c2")
    answer(guest, run, "c1")
    accounts.merge(guest=guest, into=learner)
    answer(learner, run, "c1")
    assert queries.scores(learner, run) == {"ask": (67, 100)}


def test_exercises_that_only_the_guest_answered_come_along() -> None:
    run, guest, learner = two_exercises(), person(None), person()
    answer(learner, run, "c1")
    answer(guest, run, "c1", "more")
    accounts.merge(guest=guest, into=learner)
    assert queries.scores(learner, run) == {"ask": (1, 1), "more": (1, 1)}
    assert not Person.objects.filter(pk=guest.pk).exists()
    assert Enrolment.objects.count() == 1


def test_erasing_a_person_erases_their_work() -> None:
    run, learner = two_exercises(), person()
    answer(learner, run, "c1")
    learner.delete()
    assert not Submission.objects.exists()
