"""What holds for every exercise, every answer and every translation."""

import pickle
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from library.exercises.strategies import forms, problems, texts, words
from polylect import exercises
from polylect.exercises import Exercise, FieldKind, Html, Verdict, Words, plaintext
from polylect.exercises.view import Field, Group, QuestionView
from polylect.issues import Issue

LANGUAGES = st.sampled_from([None, "fr", "ar", "pt-BR"])


def fields(parts: tuple[object, ...]) -> list[Field]:
    """Every field in a view, in the order of drawing."""
    found = []
    for part in parts:
        if isinstance(part, Field):
            found.append(part)
        elif isinstance(part, Html):
            found += fields(part.inner)
        elif isinstance(part, QuestionView):
            found += fields(part.parts)
        elif isinstance(part, Group):
            found += part.fields
    return found


@settings(max_examples=40)
@given(problems())
def test_its_own_texts_leave_an_exercise_as_it_is(exercise: Exercise) -> None:
    assert exercise.with_texts({}) == exercise
    assert exercise.with_texts({slot.role: Words(slot.content) for slot in exercise.texts()}) == exercise


@settings(max_examples=40)
@given(problems())
def test_no_two_texts_have_one_role(exercise: Exercise) -> None:
    roles = [slot.role for slot in exercise.texts()]
    assert len(set(roles)) == len(roles)


@settings(max_examples=40)
@given(problems(), st.data())
def test_texts_that_were_put_in_are_the_texts(exercise: Exercise, data: st.DataObject) -> None:
    put = {slot.role: Words(data.draw(texts), data.draw(LANGUAGES)) for slot in exercise.texts()}
    translated = exercise.with_texts(put)
    assert {slot.role: slot.content for slot in translated.texts()} == {role: words.text for role, words in put.items()}
    assert translated.with_texts({slot.role: Words(slot.content) for slot in exercise.texts()}) == exercise


@settings(max_examples=40)
@given(problems(), st.data())
def test_marks_do_not_depend_on_texts(exercise: Exercise, data: st.DataObject) -> None:
    put = {slot.role: Words(data.draw(texts), data.draw(LANGUAGES)) for slot in exercise.texts()}
    translated = exercise.with_texts(put)
    responses, issues = exercise.read(data.draw(forms(exercise)))
    again, same_issues = translated.read({one.field: list(one.typed) for one in responses})
    assert again == responses
    assert [issue.code for issue in issues] == [issue.code for issue in same_issues]
    accepted = [(slot.role, data.draw(words)) for slot in exercise.texts() if slot.kind == "answer"]
    ours, theirs = exercise.grade(responses, accepted=accepted), translated.grade(responses, accepted=accepted)
    assert [(one.field, one.verdict, one.points) for one in ours.results] == [
        (one.field, one.verdict, one.points) for one in theirs.results
    ]
    assert translated.fingerprint == exercise.fingerprint


@settings(max_examples=40)
@given(problems(), st.data())
def test_an_accepted_spelling_is_right_and_makes_nothing_else_wrong(exercise: Exercise, data: st.DataObject) -> None:
    answers = [slot for slot in exercise.texts() if slot.kind == "answer"]
    accepted = [(slot.role, data.draw(words)) for slot in answers]
    responses, _ = exercise.read(data.draw(forms(exercise)))
    before, after = exercise.grade(responses), exercise.grade(responses, accepted=accepted)
    assert all(
        one.verdict is two.verdict or two.verdict is Verdict.CORRECT
        for one, two in zip(before.results, after.results, strict=True)
    )
    for role, spelling in accepted:
        field = role.split(".")[1]
        given_it, _ = exercise.read({field: [spelling]})
        assert exercise.grade(given_it, accepted=accepted).of(field).verdict is Verdict.CORRECT  # type: ignore[union-attr]


@settings(max_examples=40)
@given(problems(), st.data())
def test_a_score_lies_between_nothing_and_all(exercise: Exercise, data: st.DataObject) -> None:
    responses, _ = exercise.read(data.draw(forms(exercise)))
    grade = exercise.grade(responses)
    assert 0 <= grade.points <= grade.possible
    assert grade.possible == exercise.possible
    assert all(0 <= one.points <= one.possible for one in grade.results)


@settings(max_examples=40)
@given(problems(), st.integers(0, 1000), st.data())
def test_every_field_is_shown_once_whatever_a_translation_lost(
    exercise: Exercise, seed: int, data: st.DataObject
) -> None:
    put = {slot.role: Words(data.draw(texts), "fr") for slot in exercise.texts() if slot.form == "html"}
    codes = [input.code for question in exercise.questions for input in question.inputs]
    for one in (exercise, exercise.with_texts(put)):
        shown = fields(one.present(seed).parts)
        assert sorted(field.code for field in shown) == sorted(codes)
        for html in (*every_html(one.present(seed).parts), *(choice for field in shown for choice in field.choices)):
            assert all(html.words.text.count(f'data-place="{inner.code}"') == 1 for inner in html.inner)


def every_html(parts: tuple[object, ...]) -> list[Html]:
    found = [part for part in parts if isinstance(part, Html)]
    return found + [html for part in parts if isinstance(part, QuestionView) for html in every_html(part.parts)]


@settings(max_examples=40)
@given(problems(), st.integers(0, 1000))
def test_the_same_seed_shows_the_same_and_only_choices_there_are(exercise: Exercise, seed: int) -> None:
    view = exercise.present(seed)
    assert exercise.present(seed) == view
    known = {
        input.code: {option.code for option in input.options} for one in exercise.questions for input in one.inputs
    }
    for field in fields(view.parts):
        shown = [choice.code for choice in field.choices]
        assert len(set(shown)) == len(shown)
        assert set(shown) <= known[field.code]


@settings(max_examples=40)
@given(problems(), st.integers(0, 1000))
def test_a_question_can_answer_itself(exercise: Exercise, seed: int) -> None:
    for example in exercise.examples():
        kind = next(field.kind for field in fields(exercise.present(seed).parts) if field.code == example.field)
        right, issues = exercise.read({example.field: list(example.right)})
        result = exercise.grade(right).of(example.field)
        assert result is not None
        if example.right:
            assert not about(issues, example.field)
            assert result.verdict is Verdict.CORRECT
        if example.wrong is not None:
            wrong, issues = exercise.read({example.field: list(example.wrong)})
            assert not about(issues, example.field)
            assert exercise.grade(wrong).of(example.field).verdict is not Verdict.CORRECT  # type: ignore[union-attr]
        if example.unreadable is not None:
            assert kind in (FieldKind.TEXT, FieldKind.IMAGE)
            assert exercise.read({example.field: list(example.unreadable)})[1]


def about(issues: list[Issue], field: str) -> list[Issue]:
    """Those of one field: others were not sent, and may say so."""
    return [issue for issue in issues if issue.params["field"] == field]


@settings(max_examples=40)
@given(problems())
def test_an_exercise_is_what_its_xml_is(exercise: Exercise) -> None:
    exercise.present()
    assert pickle.loads(pickle.dumps(exercise)) == exercise == exercises.parse(exercise.xml)[0]
    assert hash(exercise) == hash(exercises.parse(exercise.xml)[0])


TAGS = st.sampled_from(
    re.findall(
        r"\w+",
        "problem p label description multiplechoiceresponse choicegroup choice choiceresponse checkboxgroup choicehint"
        " compoundhint optionresponse optioninput option optionhint numericalresponse responseparam textline script b"
        " formulaequationinput stringresponse additional_answer correcthint stringequalhint regexphint hintgroup span"
        " hintpart stringhint solution solutionset targetedfeedbackset targetedfeedback demandhint hint fooresponse"
        " truefalseresponse choicetextresponse radiotextgroup checkboxtextgroup numtolerance_input decoy_input title"
        " imageresponse imageinput annotationresponse annotationinput options comment comment_prompt tag_prompt text"
        " arrangementresponse side goals verdict explain note cell case value repairresponse missingresponse"
        " sortresponse contrastresponse matrixresponse right",
    )
)
ATTRIBUTES = st.sampled_from(
    ["", 'answer="a"', 'answer="[1,2"', 'answer="("', 'correct="true"', 'type="ci regexp"', 'name="x"', 'on="x"',
     'points="-1"', 'points="1e999"', 'points="nan"', 'options="(\'a\',"', 'value="A"', 'default="%"', 'size="9999"',
     'partial_credit="list,close"', 'partial_answers="1,,x"', 'answer-pool="-3"', 'data-place="q1"', 'label=" "',
     'of="invests" offered="time"', 'flips="a.gains"', 'missing="none"', 'kinds="donation partnership"',
     'name="a" kind="group" invests="venue" gains="reach"', 'overlap="shared"', 'kind="donation"', 'sides="given"',
     'rectangle="(1,1)-(2,2)"', 'regions="[[1,1]"', 'choice="correct"', 'width="9" height="x" src="a"',
     'type="loncapa/python"', 'answer="_or_"', 'type="tolerance" default="nan"', 'targeted-feedback=""']
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    tag, attribute = draw(TAGS), draw(ATTRIBUTES)
    inner = draw(st.lists(elements(depth - 1), max_size=3)) if depth else []
    return f"<{tag} {attribute}>{draw(st.sampled_from(['', 'text', ' ']))}{''.join(inner)}</{tag}>tail"


@settings(max_examples=150)
@given(st.lists(elements(), max_size=4).map(lambda inner: f"<problem>{''.join(inner)}</problem>"))
def test_no_xml_breaks_anything(xml: str) -> None:
    exercise, _ = exercises.parse(xml)
    view = exercise.present(3)
    assert view.is_readable
    codes = [input.code for question in exercise.questions for input in question.inputs]
    assert sorted(field.code for field in fields(view.parts)) == sorted(codes)
    for example in exercise.examples():
        responses, _ = exercise.read({example.field: list(example.right)}, "ar")
        grade = exercise.grade(responses)
        assert 0 <= grade.points <= grade.possible
    assert exercise.answers().fields is not None
    assert exercise.with_texts({slot.role: Words(slot.content) for slot in exercise.texts()}) == exercise


@given(st.text(max_size=200) | st.text(st.sampled_from("<>&;/ !DOCTYPEproblem[]\"'=ab\x00\ud800"), max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    exercise, issues = exercises.parse(text)
    assert exercise.xml == text
    assert exercise.present().is_readable or issues


PIECES = st.sampled_from(
    ["(x) a", "( ) b {{no}}", "[x] c {{selected: s}, {unselected: u}}", "[ ] d", "{{ ((A B)) both }}", "= 5 +- 1",
     "or= 6", "= word {{yes}}", "not= x {{no}}", "s= 5", "=| w+", ">>Q||tip<<", "[[a, (b)]]", "[[\n(a)\nb {{x}}\n]]",
     "||hint||", "[explanation]", "because", "[code]", "---", "====", "Title", "<b>", "</b>", "a & b", "<img src=x>",
     "{{", "}}", "",
     "<script type=\"x\">1 < 2</script>", "<a b:c=1>", "\x00", "&nbsp;", "<!-- -->", "<?x", "]]", "[[", ">>", "<<"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES | texts, max_size=12).map("\n".join))
def test_any_plain_text_becomes_an_exercise(text: str) -> None:
    xml, issues = plaintext.read(text, "unit.md")
    exercise, more = exercises.parse(xml)
    assert exercise.present().is_readable, (xml, issues, more)
    assert all(1 <= issue.place.line <= text.count("\n") + 1 for issue in issues)
