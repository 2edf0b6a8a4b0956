"""What Open edX judges for nobody: an exercise from there is not judged here either, and says so; ours are."""

import pytest

from polylect import exercises
from polylect.exercises import Grade

HINTED = (
    '<numericalresponse answer="5"><hintgroup><numericalhint answer="4" name="a"/><hintpart on="a">no</hintpart>'
    "</hintgroup><textline/></numericalresponse>"
)
BAD_PATTERN = '<stringresponse answer="(" type="regexp"><textline/></stringresponse>'
BAD_NUMBER = (
    '<choicetextresponse><radiotextgroup><choice correct="true">a <numtolerance_input answer="1+2j"/></choice>'
    "</radiotextgroup></choicetextresponse>"
)
BAD_CREDIT = (
    '<choiceresponse partial_credit="some"><checkboxgroup><choice correct="true">a</choice></checkboxgroup>'
    "</choiceresponse>"
)
FINE = '<stringresponse answer="a"><textline/></stringresponse>'


def graded(xml: str, **given: str) -> Grade:
    exercise, _ = exercises.parse(xml)
    responses, issues = exercise.read({field.replace("__", "."): [text] for field, text in given.items()}, "")
    assert issues == []
    return exercise.grade(responses)


@pytest.mark.parametrize(
    ("question", "given"),
    [(HINTED, {"q1": "5"}), (BAD_PATTERN, {"q1": "a"}), (BAD_NUMBER, {"q1": "c1", "q1__c1__1": "1+2*j"})],
)
def test_what_open_edx_fails_on_is_not_judged_and_costs_no_attempt(question: str, given: dict[str, str]) -> None:
    assert graded(f"<problem>{question}</problem>", **given).ungraded == "exercise-no-key"


def test_old_hints_do_not_keep_an_exercise_of_ours_from_being_judged() -> None:
    assert graded(f'<problem grading="polylect">{HINTED}</problem>', q1="5").points == 1


def test_a_question_that_nobody_can_answer_counts_as_in_open_edx() -> None:
    grade = graded(f"<problem>{BAD_CREDIT}{FINE}</problem>", q2="a")
    assert (grade.points, grade.possible) == (1, 2)


def test_in_an_exercise_of_ours_it_does_not_count() -> None:
    grade = graded(f'<problem grading="polylect">{BAD_CREDIT}{FINE}</problem>', q2="a")
    assert (grade.points, grade.possible) == (1, 1)
