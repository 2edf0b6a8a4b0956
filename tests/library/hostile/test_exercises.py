"""Exercises that were written to harm: however large or tangled, they are read in time, or refused with a sentence."""

import pytest

from library.hostile.bounds import at_most
from polylect import exercises
from polylect.exercises.parsing import MOST_CHARACTERS

QUESTION = '<stringresponse answer="a"><textline/></stringresponse>'
CHOICES = "<multiplechoiceresponse><choicegroup>{}</choicegroup></multiplechoiceresponse>"


def filled(around: str, unit: str, characters: int = MOST_CHARACTERS) -> str:
    """The exercise with as many units in it as fit into this length."""
    empty = f"<problem>{around}</problem>".replace("{}", "")
    return f"<problem>{around}</problem>".replace("{}", unit * ((characters - len(empty)) // len(unit)))


def test_an_exercise_that_is_far_too_long_is_refused_with_a_sentence() -> None:
    exercise, issues = exercises.parse(filled("{}", QUESTION, 8 * 2**20))
    assert [issue.code for issue in issues] == ["exercise-too-long"]
    assert str(MOST_CHARACTERS) in issues[0].sentence
    assert exercise.questions == ()
    assert list(exercise.texts()) == []


@pytest.mark.parametrize(
    ("around", "unit"),
    [
        ("{}", QUESTION),
        (f"{QUESTION}{{}}", "<p/>"),
        (f"{QUESTION}{{}}", "<solution>x</solution>"),
        (f"{QUESTION}<demandhint>{{}}</demandhint>", "<hint>x</hint>"),
        (CHOICES, "<choice/>"),
        (CHOICES, '<choice correct="true">x</choice>'),
        ("<optionresponse><optioninput>{}</optioninput></optionresponse>", "<option>x</option>"),
        ('<stringresponse answer="a"><textline/>{}</stringresponse>', QUESTION),
        ('<stringresponse answer="a" type="regexp"><textline/>{}</stringresponse>', '<additional_answer answer="b*"/>'),
    ],
)
def test_the_longest_exercises_are_read_in_seconds(around: str, unit: str) -> None:
    with at_most(15):  # 1 to 3 s on a slow core
        exercise, _issues = exercises.parse(filled(around, unit))
        exercise.present(1, {})


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE p [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><problem>&b;</problem>",
        "<!DOCTYPE p SYSTEM 'file:///etc/passwd'><problem/>",
        "<!DOCTYPE p [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x.dtd'> %x;]><problem/>",
        "<?xml version='1.0'?><!--x--><!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><problem>&x;</problem>",
        "<problem>" + "<div>" * 5000 + "</div>" * 5000 + "</problem>",
        "<problem>&undefined;</problem>",
        "<problem>\ud800</problem>",
        "<problem>\0</problem>",
    ],
)
def test_entities_and_depth_are_refused_with_a_sentence(xml: str) -> None:
    exercise, issues = exercises.parse(xml)
    assert [issue.code for issue in issues] == ["exercise-unreadable"]
    assert "root:" not in issues[0].sentence
    assert exercise.questions == ()


@pytest.mark.parametrize("pattern", ["((((a{1,100}){1,100}){1,100}){1,100})b", "(a?){5000}a{5000}"])
def test_a_pattern_without_end_is_given_up_and_costs_no_try(pattern: str) -> None:
    exercise, _issues = exercises.parse(
        f'<problem><stringresponse answer="{pattern}" type="regexp"><textline/></stringresponse></problem>'
    )
    responses, _unread = exercise.read({"q1": ["a" * 5000]}, "en")
    with at_most(5):
        grade = exercise.grade(responses, 1)
    assert grade.ungraded == "exercise-slow-pattern"


@pytest.mark.parametrize(
    "typed",
    [
        "9^9^9^9",
        "9" * 2000,
        "(" * 999 + "1" + ")" * 999,
        "-" * 1999 + "1",
        "1" + "^9" * 900,
        "fact(fact(fact(170)))",
        "1e999999999",
        "2^" * 900 + "2",
        "(" * 100_000,
        "1||" * 600 + "1",
        "i^" * 900 + "i",
        "exp(" * 50 + "99" + ")" * 50,
        "\0",
        "\ud800",
        "٩^٩^٩",
    ],
)
def test_sums_without_end_are_read_at_once(typed: str) -> None:
    exercise, _issues = exercises.parse(
        '<problem><numericalresponse answer="42"><formulaequationinput/></numericalresponse></problem>'
    )
    with at_most(2):
        responses, issues = exercise.read({"q1": [typed]}, "en")
        if not issues:
            assert not exercise.grade(responses, 1).is_correct
