"""An author's variables in the attributes that decide what is right."""

import pytest

from polylect import exercises
from polylect.exercises import Verdict

SCRIPT = '<script type="loncapa/python">one = "true"; word = "red"; words = "(\'red\',\'blue\')"</script>'
VARIABLES = {"yes": "true", "no": "False", "word": "red", "words": "('red','blue')", "half": "0.25"}


def problem(question: str) -> exercises.Exercise:
    exercise, issues = exercises.parse(f"<problem>{SCRIPT}{question}</problem>")
    assert issues == [], "what is not known yet is no mistake"
    return exercise


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            '<multiplechoiceresponse><choicegroup><choice correct="$no">a</choice><choice correct="$yes">b</choice>'
            "</choicegroup></multiplechoiceresponse>",
            ["c2"],
            ["c1"],
        ),
        (
            '<multiplechoiceresponse><choicegroup answer-pool="2"><choice correct="$no">a</choice>'
            '<choice correct="$yes">b</choice></choicegroup></multiplechoiceresponse>',
            ["c2"],
            ["c1"],
        ),
        (
            '<choiceresponse><checkboxgroup><choice correct="$yes">a</choice><choice correct="$no">b</choice>'
            "</checkboxgroup></choiceresponse>",
            ["c1"],
            ["c1", "c2"],
        ),
        ('<optionresponse><optioninput options="$words" correct="$word"/></optionresponse>', ["c1"], ["c2"]),
        ("<optionresponse><optioninput options=\"('$word','z')\" correct=\"$word\"/></optionresponse>", ["c1"], ["c2"]),
        (
            '<optionresponse><optioninput><option correct="$no">a</option><option correct="$yes">b</option>'
            "</optioninput></optionresponse>",
            ["c2"],
            ["c1"],
        ),
        ('<stringresponse answer="$word"><textline/></stringresponse>', ["red"], ["$word"]),
        ('<stringresponse answer="$word|x" type="regexp"><textline/></stringresponse>', ["red"], ["a"]),
        ('<stringresponse answer="a"><additional_answer answer="$word"/><textline/></stringresponse>', ["red"], ["b"]),
    ],
)
def test_a_variable_says_what_is_right(question: str, right: list[str], wrong: list[str]) -> None:
    exercise = problem(question)
    for given, verdict in ((right, Verdict.CORRECT), (wrong, Verdict.INCORRECT)):
        responses, _ = exercise.read({"q1": given}, variables=VARIABLES)
        result = exercise.grade(responses, variables=VARIABLES).of("q1")
        assert result is not None
        assert result.verdict is verdict


def test_a_variable_says_how_partly_right_answers_are_paid() -> None:
    exercise = problem(
        '<choiceresponse partial_credit="$scheme"><checkboxgroup><choice correct="true">a</choice>'
        '<choice correct="true">b</choice></checkboxgroup></choiceresponse>'
    )
    variables = {"scheme": "EDC"}
    responses, _ = exercise.read({"q1": ["c2"]}, variables=variables)
    assert exercise.grade(responses, variables=variables).points == 0.5


def test_a_variable_says_what_a_choice_is_worth() -> None:
    exercise = problem(
        '<multiplechoiceresponse partial_credit="points"><choicegroup><choice correct="true">a</choice>'
        '<choice correct="partial" point_value="$half">b</choice></choicegroup></multiplechoiceresponse>'
    )
    responses, _ = exercise.read({"q1": ["c2"]}, variables=VARIABLES)
    assert exercise.grade(responses, variables=VARIABLES).points == 0.25


def test_options_from_a_variable_are_shown() -> None:
    exercise = problem('<optionresponse><optioninput options="$words" correct="$word"/></optionresponse>')
    (question,) = exercise.present(variables=VARIABLES).parts
    (field,) = question.parts  # type: ignore[union-attr]
    assert [choice.words.text for choice in field.choices] == ["red", "blue"]  # type: ignore[union-attr]


def test_feedback_on_a_text_from_a_variable_is_found() -> None:
    exercise = problem(
        '<stringresponse answer="x"><stringequalhint answer="$word">Not $word.</stringequalhint><textline/>'
        "</stringresponse>"
    )
    responses, _ = exercise.read({"q1": ["red"]}, variables=VARIABLES)
    (result,) = exercise.grade(responses, variables=VARIABLES).results
    assert [one.words.text for one in result.feedback] == ["Not red."]
