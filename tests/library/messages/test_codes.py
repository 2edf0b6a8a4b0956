"""Questions and choices keep their codes while their exercise is edited."""

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
