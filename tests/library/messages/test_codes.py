"""Questions and choices keep their codes while their exercise is edited."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.exercises import Exercise
from polylect.messages.codes import carry_codes

NUMBER = '<numericalresponse answer="{}"><formulaequationinput/></numericalresponse>'


def question(*choices: str, label: str = "Which of them?") -> str:
    inside = "".join(f'<choice correct="{str(not n).lower()}">{text}</choice>' for n, text in enumerate(choices))
    return (
        f"<multiplechoiceresponse><label>{label}</label>"
        f'<choicegroup type="MultipleChoice">{inside}</choicegroup></multiplechoiceresponse>'
    )


def exercise(*questions: str) -> Exercise:
    return Exercise(f"<problem>{''.join(questions)}</problem>")


def choices(given: Exercise, number: int = 0) -> dict[str, str]:
    """Texts by code."""
    texts = {slot.role: slot.content for slot in given.texts()}
    return {option.code: texts[option.role] for option in given.questions[number].inputs[0].options}


def history(*given: Exercise) -> list[Exercise]:
    """Exercises published one after another, the newest first."""
    versions: list[Exercise] = []
    for one in given:
        versions.insert(0, carry_codes(one, versions))
    return versions


FIRST = exercise(question("Concrete", "Paper made of wood", "Glass"))


def test_a_choice_put_first_shifts_no_code() -> None:
    now, _ = history(FIRST, exercise(question("Steel", "Concrete", "Paper made of wood", "Glass")))
    assert choices(now) == {"c4": "Steel", "c1": "Concrete", "c2": "Paper made of wood", "c3": "Glass"}


def test_choices_in_another_order_keep_their_codes() -> None:
    now, _ = history(FIRST, exercise(question("Glass", "Concrete", "Paper made of wood")))
    assert choices(now) == {"c3": "Glass", "c1": "Concrete", "c2": "Paper made of wood"}


def test_a_reworded_choice_keeps_its_code_and_another_in_its_place_gets_a_new_one() -> None:
    now, _ = history(FIRST, exercise(question("Steel", "Paper made of old wood", "Glass")))
    assert choices(now) == {"c4": "Steel", "c2": "Paper made of old wood", "c3": "Glass"}
    assert now.fingerprint != FIRST.fingerprint


def test_a_code_is_never_given_to_another_choice_and_comes_back_with_its_own() -> None:
    now, *_ = history(
        FIRST,
        exercise(question("Concrete")),
        exercise(question("Concrete", "Brass")),
        exercise(question("Concrete", "Glass")),
    )
    assert choices(now) == {"c1": "Concrete", "c3": "Glass"}


def test_a_question_put_first_shifts_no_code() -> None:
    now, _ = history(
        FIRST, exercise(question("Two", "Four", label="How many sides?"), question(*choices(FIRST).values()))
    )
    assert [one.code for one in now.questions] == ["q2", "q1"]
    assert choices(now, 1) == choices(FIRST)


def test_questions_without_words_go_by_their_place() -> None:
    now, _ = history(exercise(NUMBER.format(4)), exercise(NUMBER.format(5)))
    assert [one.code for one in now.questions] == ["q1"]
    assert now.codes == ()


def test_an_exercise_that_comes_back_is_as_it_was() -> None:
    edited = exercise(question("Glass", "Steel", "Concrete"))
    now, before, *_ = history(FIRST, edited, FIRST, edited)
    assert before == FIRST
    assert choices(now) == {"c3": "Glass", "c4": "Steel", "c1": "Concrete"}


def test_options_in_an_attribute_keep_their_codes() -> None:
    asked = '<optionresponse><optioninput options="{}" correct="Yes"/></optionresponse>'
    now, _ = history(exercise(asked.format("('Yes','No')")), exercise(asked.format("('Perhaps','No','Yes')")))
    assert choices(now) == {"c3": "Perhaps", "c2": "No", "c1": "Yes"}


def test_a_choice_that_its_author_named_keeps_that_name() -> None:
    named = question("Stone", "Glass").replace("<choice correct", '<choice name="material_1" correct', 1)
    now, _ = history(exercise(named), exercise(named.replace("Stone", "Something else")))
    assert choices(now) == {"material_1": "Something else", "c2": "Glass"}


words = st.lists(st.sampled_from(["Concrete", "Paper made of wood", "Glass", "Steel", "Brass", "8", "9"]), max_size=5)


@given(st.lists(st.lists(words, max_size=3), min_size=1, max_size=6))
def test_codes_are_distinct_and_a_code_has_one_meaning(versions: list[list[list[str]]]) -> None:
    """None of these texts is another one, edited: so a code that ever named one never names another."""
    meaning: dict[tuple[str, str], str] = {}
    for one in history(*(exercise(*(question(*texts) for texts in version)) for version in versions)):
        codes = [asked.code for asked in one.questions]
        assert len(codes) == len(set(codes))
        for number, asked in enumerate(one.questions):
            here = choices(one, number)
            assert len(here) == len(asked.inputs[0].options)
            for code, text in here.items():
                assert meaning.setdefault((asked.code, code), text) == text


REORDERED = {
    "multiple choice": (
        '<multiplechoiceresponse partial_credit="points"><label>Which?</label><choicegroup>{}</choicegroup>'
        "</multiplechoiceresponse>",
        '<choice correct="true">Concrete</choice>',
        '<choice correct="partial" point_value="0.3">Paper made of wood</choice>',
        '<choice correct="partial" point_value="0.1">Glass</choice>',
    ),
    "checkboxes": (
        "<choiceresponse><label>Which?</label><checkboxgroup>{}</checkboxgroup></choiceresponse>",
        '<choice correct="true">Concrete</choice>',
        '<choice correct="false">Paper made of wood</choice>',
        '<choice correct="true">Glass</choice>',
    ),
    "true or false": (
        "<truefalseresponse><label>Which?</label><choicegroup>{}</choicegroup></truefalseresponse>",
        '<choice correct="true">Concrete lasts</choice>',
        '<choice correct="false">Paper is strong</choice>',
        '<choice correct="true">Glass breaks</choice>',
    ),
    "dropdown": (
        "<optionresponse><label>Which?</label><optioninput>{}</optioninput></optionresponse>",
        '<option correct="True">Concrete</option>',
        '<option correct="False">Paper made of wood</option>',
        '<option correct="False">Glass</option>',
    ),
    "annotation": (
        "<annotationresponse><annotationinput><text>A bridge of …</text><options>{}</options></annotationinput>"
        "</annotationresponse>",
        '<option choice="correct">Concrete</option>',
        '<option choice="partially-correct">Paper made of wood</option>',
        '<option choice="incorrect">Glass</option>',
    ),
    "choices with numbers": (
        "<choicetextresponse><label>Which?</label><checkboxtextgroup>{}</checkboxtextgroup></choicetextresponse>",
        '<choice correct="true">Concrete of <numtolerance_input answer="5"/> days</choice>',
        '<choice correct="false">Paper of <decoy_input/> sheets</choice>',
        '<choice correct="true">Glass of <numtolerance_input answer="3"/> colors</choice>',
    ),
}


@pytest.mark.parametrize("kind", REORDERED)
@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (1, 2, 0)])
def test_choices_in_another_order_grade_alike(kind: str, order: tuple[int, ...]) -> None:
    outside, *inside = REORDERED[kind]
    now, before = history(
        exercise(outside.format("".join(inside))), exercise(outside.format("".join(inside[at] for at in order)))
    )
    assert [option.code for option in now.questions[0].inputs[-1].options] == [f"c{at + 1}" for at in order]
    assert now.fingerprint == before.fingerprint


@pytest.mark.parametrize("kind", REORDERED)
def test_another_right_choice_in_another_order_does_not_grade_alike(kind: str) -> None:
    outside, *inside = REORDERED[kind]
    wrong = re.sub(r'(correct|choice)="\w+"', r'\1="incorrect"' if kind == "annotation" else r'\1="false"', inside[0])
    now, before = history(
        exercise(outside.format("".join(inside))), exercise(outside.format("".join([inside[2], inside[1], wrong])))
    )
    assert now.fingerprint != before.fingerprint
