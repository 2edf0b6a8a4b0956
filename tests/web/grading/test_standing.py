"""Where a learner stands in a unit: what was answered, what is left, what changed since."""

import pytest
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect.course.rules import State
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Unit
from polylect_web.grading import actions, queries
from polylect_web.grading.queries import Standing, UnitStanding
from polylect_web.texts import queries as texts
from web.builders import CHOICE_XML, course, exercise, person, publish, raw, text, translate, unit

pytestmark = pytest.mark.django_db

SWAPPED = CHOICE_XML.replace('"true"', '"?"').replace('"false"', '"true"').replace('"?"', '"false"')


def start(run: Run) -> Unit:
    found = courses.outline(run.version).unit("start")
    assert found is not None
    return found


def answer(learner: Person, run: Run, given: str, code: str = "ask") -> None:
    outcome = actions.submit(
        learner,
        run,
        version_id=run.version_id,
        unit_code="start",
        block_code=code,
        raw=raw(run, code, given),
        language="en",
    )
    assert outcome.is_saved


def standing(learner: Person | None, run: Run) -> UnitStanding:
    return queries.unit_standing(learner, run, start(run))


def test_nobody_stands_at_the_beginning(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = publish(course(unit(text(), exercise(max_attempts=2))))
    courses.load_contents(block.content_hash for block in start(run).blocks)
    with django_assert_num_queries(0):
        found = standing(None, run)
    assert found == UnitStanding(None, {"ask": Standing(State(possible=1), max_attempts=2, possible=1)}, {})
    assert found.exercises["ask"].attempts_left == 2


def test_an_answer_is_shown_again() -> None:
    run, learner = publish(course(unit(exercise(max_attempts=3)))), person()
    answer(learner, run, "c2")
    answer(learner, run, "c1")
    answer(learner, run, "c2")
    found = standing(learner, run).exercises["ask"]
    assert found.responses is not None
    assert found.responses.of("q1").read == ("c2",)
    assert found.grade is not None
    assert not found.grade.is_correct
    assert (found.points, found.possible, found.attempts, found.attempts_left) == (1, 1, 3, 0)
    assert found.changed_at is None


def test_a_text_that_was_edited_leaves_the_answer_standing() -> None:
    run, learner = publish(course(unit(exercise()))), person()
    answer(learner, run, "c1")
    run = publish(course(unit(exercise(xml=CHOICE_XML.replace("Concrete", "Reinforced concrete")))))
    found = standing(learner, run).exercises["ask"]
    assert found.is_answered
    assert found.changed_at is None


def test_an_exercise_that_is_another_one_says_since_when_and_keeps_the_score() -> None:
    run, learner = publish(course(unit(exercise()))), person()
    answer(learner, run, "c1")
    changed = publish(course(unit(exercise(xml=SWAPPED))))
    run = publish(course(unit(text(), exercise(xml=SWAPPED))))
    found = standing(learner, run).exercises["ask"]
    assert found.changed_at == changed.version.published_at
    assert (found.points, found.possible) == (1, 1)
    assert found.responses is not None


def test_another_learners_answers_are_not_mine() -> None:
    run = publish(course(unit(exercise())))
    answer(person("one"), run, "c1")
    assert not standing(person("two"), run).exercises["ask"].is_answered


def test_feedback_is_shown_again_in_another_language() -> None:
    run, learner = publish(course(unit(exercise()))), person()
    answer(learner, run, "c2")
    translate(run, "fr", {"It would not last.": "Cela ne durerait pas."})
    grade = standing(learner, run).exercises["ask"].grade
    item = texts.read_blocks(run.version, start(run).blocks, "fr")["ask"].item
    assert isinstance(item, tree.Exercise)
    assert grade is not None
    shown = queries.in_language(grade, item.body)
    assert [one.words.text for one in shown.results[0].feedback] == ["Cela ne durerait pas."]
    assert shown.points == grade.points


def pool(*codes: str, count: int = 1) -> tree.Selection:
    return tree.Selection("pick", "Some of these", tuple(exercise(code) for code in codes), count=count)


def test_a_learner_is_always_drawn_the_same() -> None:
    run, learner = publish(course(unit(pool(*"abcdef", count=2)))), person()
    actions.enrol(learner, run)
    drawn = standing(learner, run).drawn["pick"]
    assert len(drawn) == 2
    assert standing(learner, run).drawn["pick"] == drawn
    assert set(standing(learner, run).exercises) == {block.code for block in drawn}


def test_learners_are_drawn_differently() -> None:
    run = publish(course(unit(pool(*"abcdef", count=2))))
    drawn = set()
    for number in range(20):
        learner = person(f"learner{number}")
        actions.enrol(learner, run)
        drawn.add(tuple(block.code for block in standing(learner, run).drawn["pick"]))
    assert len(drawn) > 3


def test_a_block_added_to_the_pool_pushes_out_one_at_most() -> None:
    run, learner = publish(course(unit(pool(*"abcdef", count=3)))), person()
    actions.enrol(learner, run)
    before = {block.code for block in standing(learner, run).drawn["pick"]}
    run = publish(course(unit(pool(*"abcdefg", count=3))))
    after = {block.code for block in standing(learner, run).drawn["pick"]}
    assert len(before & after) >= 2


@pytest.mark.parametrize("count", [-1, 3, 7])
def test_a_selection_of_all_shows_all(count: int) -> None:
    run = publish(course(unit(pool(*"abc", count=count))))
    assert [block.code for block in standing(None, run).drawn["pick"]] == ["a", "b", "c"]


@pytest.mark.parametrize("times", [1, 10])
def test_a_unit_costs_one_query_whatever_was_answered(
    times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run, learner = publish(course(unit(*(exercise(f"e{n}") for n in range(times))))), person()
    for number in range(times):
        for _ in range(times):
            answer(learner, run, "c1", f"e{number}")
    with django_assert_num_queries(1):
        found = standing(learner, run)
    assert all(one.is_answered for one in found.exercises.values())
