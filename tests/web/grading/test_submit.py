"""Answering: what is kept, what is refused, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect.keys import RunKey
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.grading import actions, draws, queries
from polylect_web.grading.actions import NotHere, Outcome, Refusal
from polylect_web.grading.models import Enrolment, ExerciseState, Score, Submission
from web.builders import CHOICE_XML, NUMBER_XML, TEXT_XML, course, exercise, person, publish, raw, text, translate, unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answer(learner: Person, run: Run, given: str, *, language: str = "en", **more: object) -> Outcome:
    settings: dict[str, object] = {"version_id": run.version_id, "unit_code": "start", "now": NOW} | more
    return actions.submit(
        learner,
        run,
        block_code="ask",
        raw=raw(run, "ask", given),
        language=language,
        **settings,
    )


def asking(xml: str = CHOICE_XML, **policy: object) -> Run:
    return publish(course(unit(exercise(xml=xml, **policy))))


def score_of(learner: Person) -> tuple[float, float]:
    score = Score.objects.get(state__enrolment__person=learner)
    return score.points, score.possible_points


def test_a_right_answer_is_kept_with_its_points() -> None:
    run, learner = asking(), person()
    outcome = answer(learner, run, "c1")
    assert (outcome.is_saved, outcome.points, outcome.possible, outcome.number) == (True, 1, 1, 1)
    kept = Submission.objects.get()
    assert (kept.number, kept.points, kept.language, kept.version, kept.created_at) == (1, 1, "en", run.version, NOW)
    assert score_of(learner) == (1, 1)


def test_a_wrong_answer_uses_an_attempt_and_gives_no_points() -> None:
    run, learner = asking(max_attempts=3), person()
    outcome = answer(learner, run, "c2")
    assert (outcome.points, outcome.attempts_left) == (0, 2)
    assert score_of(learner) == (0, 1)


def test_trying_again_never_costs_points() -> None:
    run, learner = asking(), person()
    for given in ("c2", "c1", "c2"):
        answer(learner, run, given)
    assert score_of(learner) == (1, 1)
    assert [s.points for s in Submission.objects.order_by("number")] == [0, 1, 0]
    assert Score.objects.get().submission.number == 2


def test_an_author_may_weigh_an_exercise() -> None:
    run, learner = asking(weight=5), person()
    outcome = answer(learner, run, "c1")
    assert (outcome.points, outcome.possible, score_of(learner)) == (5, 5, (5, 5))


def test_an_exercise_that_weighs_nothing_is_practice() -> None:
    run, learner = asking(weight=0), person()
    assert answer(learner, run, "c1").is_saved
    assert score_of(learner) == (0, 0)


def test_an_unreadable_answer_uses_no_attempt() -> None:
    run, learner = asking(NUMBER_XML, max_attempts=1), person()
    outcome = answer(learner, run, "forty-two")
    assert outcome.refusal is Refusal.UNREADABLE
    assert [issue.params["field"] for issue in outcome.issues] == ["q1"]
    assert not ExerciseState.objects.exists()
    assert answer(learner, run, "42").is_saved


def test_numbers_are_read_as_the_learner_writes_them() -> None:
    run, learner = asking(NUMBER_XML.replace('"42"', '"1.5"')), person()
    assert answer(learner, run, "1,5", language="fr").points == 1


def test_when_no_attempts_are_left_nothing_is_kept() -> None:
    run, learner = asking(max_attempts=1), person()
    answer(learner, run, "c2")
    outcome = answer(learner, run, "c1")
    assert outcome.refusal is Refusal.NO_ATTEMPTS
    assert outcome.sentence
    assert (Submission.objects.count(), score_of(learner)) == (1, (0, 1))


def test_an_answer_after_the_due_date_is_refused() -> None:
    run = asking(access=tree.Access(due="2026-11-22T11:59:59Z"))
    outcome = answer(person(), run, "c1")
    assert outcome.refusal is Refusal.PAST_DUE
    assert "2026" in outcome.sentence
    assert not Submission.objects.exists()


def test_an_answer_after_the_run_ended_is_refused() -> None:
    run = publish(course(unit(exercise()), end="2026-11-01T00:00:00Z"))
    assert answer(person(), run, "c1").refusal is Refusal.ENDED


def test_an_author_may_ask_to_wait_between_answers() -> None:
    run, learner = asking(wait_seconds=60), person()
    answer(learner, run, "c2")
    soon = answer(learner, run, "c1", now=NOW + timedelta(seconds=20))
    assert soon.refusal is Refusal.TOO_SOON
    assert "40" in soon.sentence
    assert answer(learner, run, "c1", now=NOW + timedelta(seconds=60)).is_saved


def test_what_cannot_be_graded_here_uses_no_attempt() -> None:
    run = asking("<problem><customresponse><textline/></customresponse></problem>")
    outcome = actions.submit(
        person(), run, version_id=run.version_id, unit_code="start", block_code="ask", raw={}, language="en"
    )
    assert outcome.refusal is Refusal.UNGRADED
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("unit_code", "block_code"), [("nowhere", "ask"), ("start", "nothing"), ("start", "words"), ("other", "ask")]
)
def test_what_is_not_an_exercise_of_the_unit_is_not_here(unit_code: str, block_code: str) -> None:
    run = publish(course(unit(text("words"), exercise()), unit(code="other")))
    with pytest.raises(NotHere):
        actions.submit(
            person(),
            run,
            version_id=run.version_id,
            unit_code=unit_code,
            block_code=block_code,
            raw={},
            language="en",
        )


@pytest.mark.parametrize("access", [tree.Access(staff_only=True), tree.Access(start="2027-01-01T00:00:00Z")])
def test_what_learners_may_not_see_they_cannot_answer(access: tree.Access) -> None:
    run = asking(access=access)
    with pytest.raises(NotHere):
        answer(person(), run, "c1")
    assert answer(person("staff"), run, "c1", may_see_hidden=True).is_saved


def test_an_unplaced_exercise_cannot_be_answered_by_learners() -> None:
    run = publish(course(unit(text()), unplaced=(tree.Unplaced(unit(exercise(), code="lost"), "orphan"),)))
    with pytest.raises(NotHere):
        actions.submit(
            person(), run, version_id=run.version_id, unit_code="lost", block_code="ask", raw={}, language="en"
        )


def test_an_answer_to_the_same_exercise_of_an_older_page_counts() -> None:
    before = asking()
    now = publish(course(unit(exercise(xml=CHOICE_XML.replace("Concrete", "Concrete, mostly")))))
    assert answer(person(), now, "c1", version_id=before.version_id).is_saved


def test_an_answer_to_an_exercise_that_changed_meanwhile_is_refused() -> None:
    before = asking()
    swapped = CHOICE_XML.replace('"true"', '"?"').replace('"false"', '"true"').replace('"?"', '"false"')
    now = publish(course(unit(exercise(xml=swapped))))
    outcome = answer(person(), now, "c1", version_id=before.version_id)
    assert outcome.refusal is Refusal.CHANGED
    assert not Submission.objects.exists()


def test_a_version_of_another_course_is_none_of_this_one() -> None:
    other = publish(course(unit(exercise()), key=RunKey("Other", "Bridges", "1")))
    assert answer(person(), asking(), "c1", version_id=other.version_id).refusal is Refusal.CHANGED


def test_who_answers_takes_part() -> None:
    run = asking()
    guest = person(None)
    answer(guest, run, "c1")
    assert Enrolment.objects.get(person=guest, run=run).seed == draws.EVERYBODY


def test_taking_part_twice_is_taking_part_once() -> None:
    run, learner = asking(), person()
    assert actions.enrol(learner, run) == actions.enrol(learner, run)


def test_a_guests_draws_are_those_of_everybody_who_only_looked() -> None:
    run = asking()
    assert actions.enrol(person(None), run).seed == draws.EVERYBODY


def test_a_spelling_approved_in_any_language_counts_for_everybody() -> None:
    run = asking(TEXT_XML)
    translate(run, "fr", {"arch": "arche"}, is_approved=True)
    assert answer(person("one"), run, "arche", language="ar").points == 1
    assert answer(person("two"), run, "arch", language="fr").points == 1
    assert answer(person("three"), run, "beam", language="fr").points == 0
    assert [spelling for _, spelling in Submission.objects.first().accepted] == ["arche"]


def test_feedback_comes_in_the_learners_language() -> None:
    run = asking()
    translate(run, "fr", {"It would not last.": "Cela ne durerait pas."})
    outcome = answer(person(), run, "c2", language="fr")
    assert outcome.grade is not None
    assert [one.words.text for one in outcome.grade.results[0].feedback] == ["Cela ne durerait pas."]


@pytest.mark.parametrize("times", [1, 10])
def test_an_answer_costs_nine_queries_whatever_was_before(
    times: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Nine at most; the session, the person and the run make twelve."""
    run = publish(course(unit(exercise(xml=TEXT_XML)), *(unit(exercise(f"e{n}"), code=f"u{n}") for n in range(times))))
    for number in range(times):
        translate(run, f"x{chr(97 + number)}a", {"arch": f"arc{number}"}, is_approved=True)
        answer(person(f"other{number}"), run, "arch")
    learner = person()
    with django_assert_max_num_queries(9):
        answer(learner, run, "beam", language="xaa")
    for _ in range(times):
        answer(learner, run, "beam")
    with django_assert_max_num_queries(9):
        answer(learner, run, "arch", language="xaa")


def test_the_clock_is_now_unless_somebody_says_otherwise() -> None:
    run, learner = asking(), person()
    actions.submit(
        learner,
        run,
        version_id=run.version_id,
        unit_code="start",
        block_code="ask",
        raw=raw(run, "ask", "c1"),
        language="en",
    )
    assert timezone.now() - Submission.objects.get().created_at < timedelta(minutes=1)


def test_what_was_not_drawn_for_a_learner_they_cannot_answer() -> None:
    pool = tree.Selection("pick", "Pick", (exercise("one"), exercise("two")), count=1)
    run, learner = publish(course(unit(pool))), person()
    unit_of = courses.outline(run.version).unit("start")
    assert unit_of is not None
    (drawn,) = queries.unit_standing(learner, run, unit_of).drawn["pick"]
    given = {"version_id": run.version_id, "unit_code": "start", "raw": raw(run, "one", "c1"), "language": "en"}
    assert actions.submit(learner, run, block_code=drawn.code, **given).is_saved
    with pytest.raises(NotHere):
        actions.submit(learner, run, block_code="two" if drawn.code == "one" else "one", **given)


def test_an_answer_that_is_far_too_long_is_refused() -> None:
    run = asking(TEXT_XML)
    assert answer(person(), run, "x" * (actions.LONGEST_ANSWER_CHARS + 1)).refusal is Refusal.TOO_LONG
    assert not Submission.objects.exists()


def test_a_character_that_no_database_keeps_is_left_out() -> None:
    run = asking(TEXT_XML)
    assert answer(person(), run, "ar\0ch").points == 1
