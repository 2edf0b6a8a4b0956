"""The frame of an exercise: what it shows, what it reads, what it tells, what it refuses."""

import re
import tarfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest

from polylect import exercises
from polylect.exercises import Exercise, Field, FieldKind, Html, Picture, QuestionView, Words
from polylect.exercises.scripts import Json

RADIO = (
    "<multiplechoiceresponse><label>Who <b>gains</b>?</label><description>Think.</description><choicegroup{drawn}>"
    '<choice correct="true" name="both">Both</choice><choice correct="false">One</choice>'
    '<choice correct="false">None</choice></choicegroup></multiplechoiceresponse>'
)


def exercise_of(*parts: str) -> Exercise:
    exercise, issues = exercises.parse(f"<problem>{''.join(parts)}</problem>")
    assert issues == []
    return exercise


def question_of(exercise: Exercise, seed: int = 1) -> QuestionView:
    return next(part for part in exercise.present(seed).parts if isinstance(part, QuestionView))


def field_of(exercise: Exercise, seed: int = 1) -> exercises.Field:
    return next(part for part in question_of(exercise, seed).parts if isinstance(part, exercises.Field))


def test_a_view_has_text_and_questions_in_order() -> None:
    view = exercise_of("<p>Before</p>", RADIO.format(drawn=""), "<p>After</p>").present()
    before, question, after = view.parts
    assert before == Html(Words("<p>Before</p>"))
    assert after == Html(Words("<p>After</p>"))
    assert isinstance(question, QuestionView)
    field = question.parts[0]
    assert isinstance(field, exercises.Field)
    assert field.name == "q1"
    assert field.kind is FieldKind.RADIO
    assert field.label == Words("Who <b>gains</b>?")
    assert field.descriptions == (Words("Think."),)
    assert [(choice.code, choice.words.text) for choice in field.choices] == [
        ("both", "Both"),
        ("c2", "One"),
        ("c3", "None"),
    ]


def test_a_field_inside_a_sentence_has_its_place_there() -> None:
    exercise = exercise_of('<p>Half of five is <numericalresponse answer="2.5"><textline/></numericalresponse>.</p>')
    (html,) = exercise.present().parts
    assert isinstance(html, Html)
    assert html.words.text == '<p>Half of five is <span data-place="q1"></span>.</p>'
    assert [inner.code for inner in html.inner] == ["q1"]


def test_a_translation_that_lost_a_place_still_shows_the_field() -> None:
    exercise = exercise_of('<p>Half of five is <numericalresponse answer="2.5"><textline/></numericalresponse>.</p>')
    (html,) = exercise.with_texts({"html.1": Words("<p>La moitié de cinq ?</p>", "fr")}).present().parts
    assert html == Html(Words('<p>La moitié de cinq ?</p><span data-place="q1"></span>', "fr"), html.inner)
    assert len(html.inner) == 1


def test_an_author_cannot_write_a_place() -> None:
    exercise = exercise_of('<p><span data-place="q1">here</span></p>', RADIO.format(drawn=""))
    assert exercise.present().parts[0] == Html(Words("<p><span>here</span></p>"))


def test_a_label_before_the_question_belongs_to_it() -> None:
    exercise = exercise_of("<label>Name it</label>", '<stringresponse answer="x"><textline/></stringresponse>')
    assert len(exercise.present().parts) == 1
    assert field_of(exercise).label == Words("Name it")


def test_a_paragraph_that_says_the_same_as_the_label_is_the_label() -> None:
    exercise = exercise_of(
        "<p>Name it</p>", '<stringresponse answer="x"><textline label="Name it" size="12"/></stringresponse>'
    )
    assert len(exercise.present().parts) == 1
    assert field_of(exercise).label == Words("Name it")
    assert field_of(exercise).width == 12


def test_two_inputs_of_one_question_have_a_legend_together() -> None:
    exercise = exercise_of(
        "<optionresponse><label>Complete</label>"
        '<optioninput options="(\'a\',\'b\')" correct="a" label="first &amp; last"/>'
        "<optioninput options=\"('c','d')\" correct=\"d\"/></optionresponse>"
    )
    question = question_of(exercise)
    assert question.label == Words("Complete")
    first, second = question.parts
    assert isinstance(first, exercises.Field)
    assert isinstance(second, exercises.Field)
    assert first.label == Words("first &amp; last")
    assert second.label is None
    assert (first.name, second.name) == ("q1.1", "q1.2")


def test_a_shuffle_keeps_fixed_choices_in_their_places() -> None:
    choices = "".join(f'<choice correct="{"true" if n == 3 else "false"}">{n}</choice>' for n in range(6))
    exercise = exercise_of(
        '<multiplechoiceresponse><choicegroup shuffle="true">'
        '<choice correct="false" fixed="true" name="head">h</choice>'
        f'{choices}<choice correct="false" fixed="true" name="tail">t</choice></choicegroup></multiplechoiceresponse>'
    )
    orders = {tuple(choice.code for choice in field_of(exercise, seed).choices) for seed in range(20)}
    assert len(orders) > 10
    assert {(order[0], order[-1]) for order in orders} == {("head", "tail")}


def test_a_pool_shows_one_right_choice_and_wrong_ones() -> None:
    choices = "".join(f'<choice correct="{str(n < 2).lower()}" name="{"rw"[n > 1]}{n}">{n}</choice>' for n in range(6))
    exercise = exercise_of(
        f'<multiplechoiceresponse><choicegroup answer-pool="3">{choices}</choicegroup></multiplechoiceresponse>'
    )
    for seed in range(20):
        codes = [choice.code for choice in field_of(exercise, seed).choices]
        assert sorted(code[0] for code in codes) == ["r", "w", "w"]


def test_texts_come_in_reading_order_with_what_they_are() -> None:
    exercise = exercise_of(
        "<p>Read.</p>",
        '<multiplechoiceresponse><label>Q</label><choicegroup><choice correct="true">A'
        '<choicehint label="Yes">why</choicehint></choice><choice correct="false">B</choice></choicegroup>'
        "<solution><p>S</p></solution></multiplechoiceresponse>",
        "<optionresponse><optioninput options=\"('x','y')\" correct=\"x\"/></optionresponse>",
        '<stringresponse answer="gift"><textline label="word" trailing_text="cm"/></stringresponse>',
        '<numericalresponse answer="12"><textline/></numericalresponse>',
        "<demandhint><hint>H</hint></demandhint>",
    )
    assert [(slot.role, slot.content, slot.form, slot.kind, slot.reveals) for slot in exercise.texts()] == [
        ("html.1", "<p>Read.</p>", "html", "text", False),
        ("question.q1.label", "Q", "html", "label", False),
        ("question.q1.choice.c1", "A", "html", "choice", False),
        ("question.q1.choice.c1.feedback.label", "Yes", "plain", "feedback-label", True),
        ("question.q1.choice.c1.feedback", "why", "html", "feedback", True),
        ("question.q1.choice.c2", "B", "html", "choice", False),
        ("question.q1.solution.1", "<p>S</p>", "html", "solution", True),
        ("question.q2.choice.c1", "x", "plain", "choice", False),
        ("question.q2.choice.c2", "y", "plain", "choice", False),
        ("question.q3.answer.1", "gift", "plain", "answer", True),
        ("question.q3.label", "word", "plain", "label", False),
        ("question.q3.suffix", "cm", "plain", "text", False),
        ("hint.1", "H", "html", "hint", False),
    ]


def test_translated_options_are_graded_by_their_codes() -> None:
    exercise = exercise_of(
        "<optionresponse><optioninput options=\"('gift','loan')\" correct=\"gift\"/></optionresponse>"
    )
    swapped = exercise.with_texts(
        {"question.q1.choice.c1": Words("prêt", "fr"), "question.q1.choice.c2": Words("gift", "fr")}
    )
    assert [choice.words for choice in field_of(swapped).choices] == [Words("prêt", "fr"), Words("gift", "fr")]
    responses, _ = swapped.read({"q1": ["c1"]})
    assert swapped.grade(responses).is_correct


def test_a_translated_answer_is_shown_but_counts_only_when_it_was_accepted() -> None:
    exercise = exercise_of('<stringresponse answer="gift"><textline/></stringresponse>')
    translated = exercise.with_texts({"question.q1.answer.1": Words("cadeau", "fr")})
    responses, _ = translated.read({"q1": ["cadeau"]}, "fr")
    assert not translated.grade(responses).is_correct
    assert translated.grade(responses, accepted=[("question.q1.answer.1", "cadeau")]).is_correct
    assert translated.answers().fields[0].texts == (Words("cadeau", "fr"),)


def test_an_accepted_spelling_of_a_pattern_is_no_pattern() -> None:
    exercise = exercise_of('<stringresponse answer="colou?r" type="regexp"><textline/></stringresponse>')
    responses, _ = exercise.read({"q1": ["anything"]})
    assert not exercise.grade(responses, accepted=[("question.q1.answer.1", ".*")]).is_correct


def test_feedback_comes_in_the_language_of_the_text() -> None:
    exercise = exercise_of(
        '<multiplechoiceresponse><choicegroup><choice correct="true">A<choicehint label="So">why</choicehint></choice>'
        '<choice correct="false">B</choice></choicegroup></multiplechoiceresponse>'
    ).with_texts({"question.q1.choice.c1.feedback": Words("pourquoi", "fr")})
    responses, _ = exercise.read({"q1": ["c1"]})
    (feedback,) = exercise.grade(responses).results[0].feedback
    assert feedback.words == Words("pourquoi", "fr")
    assert feedback.label == Words("So")
    assert feedback.choice == "c1"


def test_answers_and_explanations_are_told() -> None:
    exercise = exercise_of(
        RADIO.format(drawn=""),
        '<numericalresponse answer="[1,5)"><textline/></numericalresponse>',
        "<solution><p>Because.</p></solution>",
    )
    answers = exercise.answers()
    assert [(one.field, one.choices, one.texts) for one in answers.fields] == [
        ("q1", ("both",), ()),
        ("q2", (), (Words("[1,5)"),)),
    ]
    assert answers.solutions == (Words("<p>Because.</p>"),)


def test_hints_are_offered_in_order_and_only_from_their_place() -> None:
    exercise = exercise_of(
        "<demandhint><hint>First</hint><hint> </hint><hint>Second <b>one</b></hint></demandhint>",
        "<div><demandhint><hint>Nowhere</hint></demandhint></div>",
    )
    assert [hint.text for hint in exercise.hints] == ["First", "Second <b>one</b>"]


def test_codes_are_carried_over_from_an_earlier_version() -> None:
    moved = Exercise(f"<problem>{RADIO.format(drawn='')}</problem>", codes=(("q1", "q7"), ("q7.c2", "only-one")))
    field = field_of(moved)
    assert field.name == "q7"
    assert [choice.code for choice in field.choices] == ["both", "only-one", "c3"]
    responses, _ = moved.read({"q7": ["both"]})
    assert moved.grade(responses).is_correct


@pytest.mark.parametrize(
    ("before", "after"),
    [("Both", "Both of them"), ("<description>Think.</description>", ""), ("<label>Who <b>gains</b>?</label>", "")],
)
def test_the_fingerprint_does_not_depend_on_texts(before: str, after: str) -> None:
    changed = exercise_of(RADIO.format(drawn="").replace(before, after))
    assert changed.fingerprint == exercise_of(RADIO.format(drawn="")).fingerprint


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('correct="true"', 'correct="false"'),
        ('name="both"', 'name="all"'),
        ("<choicegroup>", '<choicegroup points="2">'),
    ],
)
def test_the_fingerprint_depends_on_what_decides(before: str, after: str) -> None:
    changed, _ = exercises.parse(f"<problem>{RADIO.format(drawn='').replace(before, after)}</problem>")
    assert changed.fingerprint != exercise_of(RADIO.format(drawn="")).fingerprint


def test_an_unreadable_answer_is_for_its_learner_and_says_what_would_do() -> None:
    exercise = exercise_of('<numericalresponse answer="12"><textline/></numericalresponse>')
    responses, issues = exercise.read({"q1": [" douze "]}, "fr")
    assert [issue.sentence for issue in issues] == ["Write a number, such as 3,5."]
    assert dict(issues[0].params) == {"example": "3,5", "field": "q1", "typed": "douze"}
    assert responses.of("q1").typed == (" douze ",)


def test_what_was_typed_is_kept_beside_what_was_read() -> None:
    exercise = exercise_of('<numericalresponse answer="1234.5"><textline/></numericalresponse>')
    responses, _ = exercise.read({"q1": ["1 234,5"], "other": ["x"]}, "fr")
    (response,) = responses
    assert (response.typed, response.read) == (("1 234,5",), ("1234.5",))


def test_a_pattern_that_takes_for_ever_is_given_up_and_costs_nothing() -> None:
    exercise = exercise_of('<stringresponse answer="(a|aa)+" type="regexp"><textline/></stringresponse>')
    responses, _ = exercise.read({"q1": ["a" * 500 + "!"]})
    grade = exercise.grade(responses)
    assert grade.ungraded == "exercise-slow-pattern"
    assert grade.points == 0


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<problem><p>&nbsp;</p></problem>", "Entity 'nbsp' not defined"),
        ("<problem>\n<p>one</problem>", "Opening and ending tag mismatch"),
        ('<!DOCTYPE problem [<!ENTITY x "y">]>\n<problem>&x;</problem>', "a document type is not allowed here"),
        ('<?xml version="1.0"?>\n<!-- x --><!DOCTYPE x SYSTEM "file:///etc/passwd"><problem/>', "a document type"),
        ('\ufeff<!DOCTYPE problem [<!ENTITY x "y">]><problem a="&x;"/>', "a document type is not allowed here"),
        ("", "Document is empty"),
        ("<problem>\ud800</problem>", "it holds half of a surrogate pair"),
        (f"<problem>{'<b>' * 3000}{'</b>' * 3000}</problem>", "Excessive depth"),
    ],
)
def test_xml_that_cannot_be_read_is_said_so_and_kept(xml: str, reason: str) -> None:
    exercise, issues = exercises.parse(xml, "problem/a.xml", 10)
    assert [issue.code for issue in issues] == ["exercise-unreadable"]
    assert reason in issues[0].params["reason"]
    assert issues[0].place.line >= 10
    assert exercise.xml == xml
    assert not exercise.present().is_readable
    assert exercise.grade(exercise.read({})[0]).possible == 0


def test_issues_have_the_lines_of_the_file() -> None:
    _, issues = exercises.parse('<problem>\n<p/>\n<numericalresponse answer="x"/></problem>', "problem/a.xml", 10)
    assert [str(issue.place) for issue in issues] == ["problem/a.xml:13"]


def test_a_kind_that_is_not_graded_is_shown_as_text() -> None:
    exercise, issues = exercises.parse(
        "<problem><schematicresponse><p>Where is it?</p><schematic height='9'/></schematicresponse>"
        '<stringresponse answer="x"><textline/></stringresponse></problem>'
    )
    assert exercise.unsupported == ("schematicresponse",)
    assert [issue.code for issue in issues] == ["exercise-unsupported"]
    first, second = exercise.present().parts
    assert first == QuestionView("q1", (Html(Words("<p>Where is it?</p>")),), unsupported="schematicresponse")
    assert isinstance(second, QuestionView)
    assert exercise.possible == 1


def test_an_annotation_is_a_passage_a_comment_and_tags() -> None:
    annotation = (
        "<annotationresponse><annotationinput><comment>C</comment><text>A <b>passage</b>.</text><title>T</title>"
        "<tag_prompt>Which?</tag_prompt><comment_prompt>Why?</comment_prompt>"
        '<options><option choice="correct">x</option></options></annotationinput></annotationresponse>'
    )
    question = question_of(exercise_of(annotation))
    assert question.label == Words("T")
    passage, comment, tags = question.parts
    assert passage == Html(Words("<blockquote>A <b>passage</b>.</blockquote><div>C</div>"))
    assert comment == Field("q1.comment", FieldKind.LONG_TEXT, Words("Why?"))
    assert isinstance(tags, Field)
    assert (tags.code, tags.kind, tags.label) == ("q1", FieldKind.RADIO, Words("Which?"))
    labeled = question_of(exercise_of(annotation.replace("<annotationinput>", "<label>L</label><annotationinput>", 1)))
    assert labeled.label == Words("L")
    assert labeled.parts[0] == Html(Words("<h4>T</h4><blockquote>A <b>passage</b>.</blockquote><div>C</div>"))


def test_a_number_sits_in_the_words_of_its_choice_in_every_language() -> None:
    exercise = exercise_of(
        '<choicetextresponse><radiotextgroup><choice correct="true" name="a">about <numtolerance_input answer="5"/> km'
        "</choice></radiotextgroup></choicetextresponse>"
    )
    (choice,) = field_of(exercise).choices
    assert choice.words == Words('about <span data-place="q1.a.1"></span> km')
    assert [inner.code for inner in choice.inner] == ["q1.a.1"]
    assert choice.inner[0].label is None
    translated = exercise.with_texts({"question.q1.choice.a": Words("ungefähr", "de")})
    (choice,) = field_of(translated).choices
    assert choice.words == Words('ungefähr<span data-place="q1.a.1"></span>', "de")


def test_a_picture_and_its_words_can_be_others_in_another_language() -> None:
    exercise = exercise_of(
        '<imageresponse><imageinput src="/static/a.png" width="90" height="60px" alt="A &quot;map&quot;" '
        'rectangle="(1,1)-(2,2)"/></imageresponse>'
    )
    assert field_of(exercise).picture == Picture("/static/a.png", 90, 60, Words('A "map"'))
    (slot,) = exercise.texts()
    assert slot.content == '<img src="/static/a.png" alt="A &quot;map&quot;" width="90" height="60">'
    translated = exercise.with_texts({slot.role: Words("<img lang='fr' alt='Une carte' src=/static/b.png>")})
    assert field_of(translated).picture == Picture("/static/b.png", 90, 60, Words("Une carte", "fr"))
    lost = exercise.with_texts({slot.role: Words("no picture", "fr")})
    assert field_of(lost).picture == Picture("", 90, 60, Words("", "fr"))


def test_an_answer_to_a_picture_has_its_areas() -> None:
    exercise = exercise_of(
        '<imageresponse><imageinput src="a" rectangle="(1,2)-(3,4);(9,9)-(1,1)" regions="[[0,0],[5,0],[5,5],[3,2]]"/>'
        "</imageresponse>"
    )
    (answer,) = exercise.answers().fields
    assert answer.areas == (((1, 2), (3, 2), (3, 4), (1, 4)), ((0, 0), (5, 0), (5, 5)))


@pytest.mark.parametrize("right", ["true", "false"])
def test_whether_to_give_nothing_can_be_right_is_known_before(right: str) -> None:
    exercise = exercise_of(
        f'<truefalseresponse><choicegroup><choice correct="{right}">a</choice></choicegroup></truefalseresponse>'
    )
    assert exercise.may_be_blank == (right == "false")


def test_a_check_reads_the_lines_of_a_long_text() -> None:
    exercise, _ = exercises.parse(
        '<problem><script type="loncapa/python">def f(e, a): return True</script>'
        '<customresponse cfn="f"><textbox rows="5"/></customresponse></problem>'
    )
    assert exercise.questions[0].inputs[0].kind is FieldKind.LONG_TEXT
    (response,) = exercise.read({"q1": ["one\r\ntwo"]})[0]
    assert (response.typed, response.text) == (("one\r\ntwo",), "one\ntwo")


def test_a_question_that_its_author_broke_is_shown_as_text() -> None:
    exercise, _ = exercises.parse(
        '<problem><numericalresponse answer="?"><p>How many?</p><textline/></numericalresponse></problem>'
    )
    assert exercise.unsupported == ()
    assert question_of(exercise).is_broken
    assert question_of(exercise).parts == (Html(Words("<p>How many?</p>")),)


SCRIPTED = (
    '<problem><script type="loncapa/python">x = 5</script><p>What is $x &lt; $xs?</p>'
    '<numericalresponse answer="$x"><label>Write $x</label><textline/></numericalresponse>'
    "<demandhint><hint>It is $x.</hint></demandhint></problem>"
)


class Told:
    """A runner that leaves what it was told, and remembers what it was asked."""

    engine = "told"

    def __init__(self, **left: Json) -> None:
        self.left = left
        self.asked: list[tuple[str, int]] = []

    def run(
        self, code: str, seed: int, given: Mapping[str, Json] | None = None, wanted: Collection[str] | None = None
    ) -> Mapping[str, Json]:
        self.asked.append((code, seed))
        return self.left


def test_without_a_runner_an_exercise_with_a_script_is_shown_and_not_graded() -> None:
    exercise, issues = exercises.parse(SCRIPTED)
    assert issues == []
    assert exercise.is_scripted
    assert exercise.prepare(1) is None
    html, question = exercise.present().parts
    assert isinstance(html, Html)
    assert html.words.text == "<p>What is $x &lt; $xs?</p>"
    assert isinstance(question, QuestionView)
    assert question.unsupported == "script"
    assert question.parts == ()
    responses, _ = exercise.read({"q1": ["5"]})
    assert exercise.grade(responses).ungraded == "exercise-not-run"


def test_a_script_is_neither_shown_nor_translated() -> None:
    exercise, _ = exercises.parse(SCRIPTED)
    assert [slot.content for slot in exercise.texts()] == ["<p>What is $x &lt; $xs?</p>", "Write $x", "It is $x."]


def test_variables_stand_in_texts_translations_and_keys() -> None:
    exercise, _ = exercises.parse(SCRIPTED)
    runner = Told(x=5)
    variables = exercise.prepare(7, runner)
    assert runner.asked == [("x = 5", 7)]
    exercise = exercise.with_texts({"question.q1.label": Words("$x, écrivez", "fr")})
    html, question = exercise.present(7, variables).parts
    assert isinstance(html, Html)
    assert html.words.text == "<p>What is 5 &lt; 5s?</p>"
    assert isinstance(question, QuestionView)
    assert isinstance(question.parts[0], Field)
    assert question.parts[0].label == Words("5, écrivez", "fr")
    assert exercise.hints_with(variables)[0].text == "It is 5."
    responses, _ = exercise.read({"q1": ["5"]}, variables=variables)
    assert exercise.grade(responses, 7, variables).is_correct
    assert not exercise.grade(responses, 7, {"x": "6"}).is_correct


def test_a_variable_is_text_and_never_markup() -> None:
    exercise, _ = exercises.parse(SCRIPTED)
    html = exercise.present(1, {"x": "<b>&"}).parts[0]
    assert isinstance(html, Html)
    assert html.words.text == "<p>What is &lt;b&gt;&amp; &lt; &lt;b&gt;&amp;s?</p>"


def test_an_exercise_written_for_us_gives_all_the_points_of_a_right_answer() -> None:
    question = '<stringresponse answer="a"><textline points="3"/></stringresponse>'
    for opening, earned in (("<problem>", 1), ('<problem grading="polylect">', 3)):
        exercise, _ = exercises.parse(f"{opening}{question}</problem>")
        grade = exercise.grade(exercise.read({"q1": ["a"]})[0])
        assert (grade.points, grade.possible) == (earned, 3)


def test_a_question_inside_another_is_shown_behind_it() -> None:
    exercise, issues = exercises.parse(
        '<problem><stringresponse answer="a"><textline/><p><numericalresponse answer="1"><textline/>'
        "</numericalresponse></p></stringresponse></problem>"
    )
    assert [issue.code for issue in issues] == ["exercise-nested"]
    assert [part.code for part in exercise.present().parts if isinstance(part, QuestionView)] == ["q1", "q2"]


def xml_files(archive: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(archive) as files:
        for member in files:
            content = files.extractfile(member) if member.name.endswith(".xml") else None
            if content is not None:
                yield member.name, content.read().decode("utf-8")


@pytest.mark.shared
@pytest.mark.parametrize("course", ["demo-course", "supported-components", "kitchen-sink", "demo-content-library"])
def test_every_exercise_of_a_real_course_is_shown_and_answers_itself(shared: Path, course: str) -> None:
    found = 0
    for path, text in xml_files(shared / "courses" / f"{course}.tar.gz"):
        for xml in re.findall(r"<problem\b[^>]*[^/]>.*?</problem>", text, re.DOTALL):
            exercise, _ = exercises.parse(xml)
            assert exercise.present().is_readable, path
            found += 1
            for example in () if exercise.is_scripted else exercise.examples():
                responses, issues = exercise.read({example.field: list(example.right)})
                result = exercise.grade(responses).of(example.field)
                assert not issues, path
                assert result is not None
                assert result.points > 0, path
    assert found


def test_of_a_set_of_explanations_a_learner_gets_the_one_that_fits_what_was_shown() -> None:
    exercise, _ = exercises.parse(
        '<problem><multiplechoiceresponse><choicegroup answer-pool="2">'
        '<choice correct="true" explanation-id="a">a</choice>'
        '<choice correct="true" explanation-id="b">b</choice><choice correct="false">c</choice></choicegroup>'
        "</multiplechoiceresponse><solutionset><solution explanation-id='a'>because a</solution>"
        "<solution explanation-id='b'>because b</solution></solutionset><solution>Well.</solution></problem>"
    )
    for seed in range(10):
        shown = str(exercise.present(seed).parts)
        letter = "a" if "'c1'" in shown else "b"
        told = [words.text for words in exercise.answers(seed).solutions]
        assert told == [f"because {letter}", "Well."]
