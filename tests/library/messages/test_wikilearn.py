"""WikiLearn's bundles, out and in. Cases: tests/cases/messages/problems.txt."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.messages import builders
from library.messages.cases import Case, cases
from library.messages.strategies import messy_html
from polylect.course.tree import Exercise, Text, Video
from polylect.messages import Message, Target, bundle, find, put_back, wikilearn
from polylect.messages.bundle import Bundle

SENTENCES = ("One side gives", "what it has. The other", "gains.")
TWO = """<problem><p>One</p><p>Two</p><choiceresponse><label>Which?</label><checkboxgroup>
<choice correct="true">Both</choice><choice correct="false">None</choice>
<choice correct="false">Save <b>all</b></choice>
</checkboxgroup></choiceresponse></problem>"""


def take(
    block: Text | Video | Exercise, translated: dict[str, str], source: dict[str, str] | None = None
) -> tuple[dict[str, str], list[str]]:
    """The texts taken, by the text that they translate, and the codes of the issues."""
    targets, issues = wikilearn.take(block, translated, language="fr", source=source)
    messages = {message.role: message for message in find(block)}
    assert targets.keys() <= messages.keys()
    return {messages[role].text: target.text for role, target in targets.items()}, [issue.code for issue in issues]


def french(values: dict[str, str]) -> dict[str, str]:
    """A translation that shows which text it was made for."""
    return {key: f"«{text}»" for key, text in values.items()}


@pytest.mark.parametrize("case", cases("problems.txt"), ids=str)
def test_a_problem_has_the_keys_that_wikilearn_gives_it(case: Case) -> None:
    block = builders.exercise(case.parts["problem"])
    values = wikilearn.values(block)
    assert [[key, text] for key, text in values.items()] == case.lines("values")
    more = wikilearn.values(block, with_answers=True)
    assert [[key, text] for key, text in more.items() if key not in values] == case.lines("answers")


def test_a_page_is_one_value_and_a_cue_another() -> None:
    assert wikilearn.values(builders.text()) == {"display_name": "A text", "content": "<p>Hello <b>world</b></p>"}
    assert wikilearn.values(builders.video("One &amp;", "", "two\nlines")) == {
        "display_name": "A video",
        "subtitle-0-1500-1": "One &",
        "subtitle-2000-3500-2": "....",
        "subtitle-4000-5500-3": "two lines",
    }


def test_a_translated_page_is_taken_text_by_text() -> None:
    block = builders.text('<h2>One</h2><p>Click <b>Save</b> or <i>go</i>.</p><p><img alt="A cat" src="/c.png"></p>')
    page = '<h2>Un</h2><p>Soit <i>allez</i>, soit <b>gardez</b>.</p><p><img alt="Un chat" src="/c.png"></p>'
    taken, issues = take(block, {"display_name": "Texte", "content": page})
    assert issues == []
    assert taken == {
        "A text": "Texte",
        "One": "Un",
        "Click <1>Save</1> or <2>go</2>.": "Soit <2>allez</2>, soit <1>gardez</1>.",
        "A cat": "Un chat",
    }


def test_a_page_of_another_structure_is_for_a_person_to_look_at() -> None:
    block = builders.text("<p>One</p><p>Two</p>")
    targets, issues = wikilearn.take(block, {"content": "<p>Un. Deux.</p>"}, language="fr")
    assert targets == {}
    assert [issue.code for issue in issues] == ["wikilearn-structure"]
    assert issues[0].params["text"] == "<p>Un. Deux.</p>"


def test_a_page_that_changed_since_gives_the_texts_that_did_not() -> None:
    block = builders.text("<p>New</p><p>One</p><p>Changed</p>")
    source = {"content": "<p>One</p><p>Two</p>"}
    taken, issues = take(block, {"content": "<p>Un</p><p>Deux</p>"}, source=source)
    assert taken == {"One": "Un"}
    assert issues == ["wikilearn-unmatched"]


def test_an_exercise_takes_whole_texts_only() -> None:
    block = builders.exercise(TWO)
    taken, issues = take(block, french(wikilearn.values(block, with_answers=True)))
    assert taken == {text: f"«{text}»" for text in ("A question", "One", "Two", "Which?", "Both", "None")}
    assert issues == ["wikilearn-unmatched"] * 2


def test_a_text_that_moved_keeps_its_translation() -> None:
    """A first choice was added: every key after it now names another text."""
    before = builders.exercise(TWO)
    after = builders.exercise(TWO.replace("<checkboxgroup>", '<checkboxgroup><choice correct="false">New</choice>'))
    source = wikilearn.values(before)
    taken, _ = take(after, french(source), source=source)
    assert taken["Both"] == "«Both»"
    assert taken["None"] == "«None»"
    assert "New" not in taken


def test_equal_texts_with_unequal_translations_are_for_a_person_to_choose() -> None:
    block = builders.exercise(TWO.replace("None", "Both"))
    values = wikilearn.values(block)
    keys = [key for key, text in values.items() if text == "Both"]
    taken, issues = take(block, {keys[0]: "Les deux", keys[1]: "Toutes deux"})
    assert (taken, issues) == ({}, ["wikilearn-ambiguous"] * 2)
    taken, issues = take(block, {keys[0]: "Les deux", keys[1]: "Les deux"})
    assert (taken, issues) == ({"Both": "Les deux"}, [])


def test_markup_in_a_translated_text_is_text() -> None:
    block = builders.exercise(TWO)
    targets, _ = wikilearn.take(block, {"problem.p.1": "<b>Un</b> <1>"}, language="fr")
    assert [target.text for target in targets.values()] == ["<b>Un</b> \\<1>"]


def test_cues_become_sentences() -> None:
    block = builders.video(*SENTENCES)
    keys = [key for key in wikilearn.values(block) if key.startswith("subtitle")]
    texts = dict(zip(keys, ("Un côté donne", "ce qu'il a. L'autre", "gagne."), strict=True))
    taken, issues = take(block, texts)
    assert taken == {
        "One side gives what it has.": "Un côté donne ce qu'il a.",
        "The other gains.": "L'autre gagne.",
    }
    assert issues == []


def test_a_cue_is_known_by_its_time_and_not_by_its_number() -> None:
    block = builders.video("One.", "Two.")
    taken, issues = take(block, {"subtitle-2000-3500-7": "Deux."}, source={"subtitle-2000-3500-7": "Two."})
    assert (taken, issues) == ({"Two.": "Deux."}, [])


def test_a_cue_of_another_time_or_text_is_not_taken() -> None:
    block = builders.video("One.", "Two.")
    assert take(block, {"subtitle-1-2-1": "Un."}) == ({}, ["wikilearn-unmatched"])
    changed = {"subtitle-0-1500-1": "Something else."}
    assert take(block, {"subtitle-0-1500-1": "Autre."}, source=changed) == ({}, ["wikilearn-unmatched"])


def test_the_dots_of_an_empty_cue_are_no_translation() -> None:
    block = builders.video("One.", "Two.")
    taken, _ = take(block, {"subtitle-0-1500-1": "....", "subtitle-2000-3500-2": "Deux."})
    assert taken == {"Two.": "Deux."}


blocks = st.sampled_from(
    [builders.exercise(TWO), builders.exercise(), builders.video(*SENTENCES), builders.video("A.", "A.", "B.")]
)


@settings(deadline=None)
@given(blocks, st.data())
def test_no_text_is_put_on_a_message_it_was_not_made_for(block: Video | Exercise, data: st.DataObject) -> None:
    """Whatever became of the keys on the wiki, each translation shows on its own source, or nowhere."""
    own = wikilearn.values(block, with_answers=True)
    keys = data.draw(st.permutations(list(own)))
    kept = {key: text for key, text in zip(keys, own.values(), strict=True) if data.draw(st.booleans())}
    source = {
        data.draw(st.sampled_from([key, f"{key}.1", "subtitle-0-1500-9", "x"])): text for key, text in kept.items()
    }
    targets, _ = wikilearn.take(block, french(source), language="fr", source=source)
    messages: dict[str, Message] = {message.role: message for message in find(block)}
    for role, target in targets.items():
        if role == "title":
            continue
        assert target.text.replace("«", "").replace("»", "") == messages[role].text


@given(blocks, st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()) | st.none())
def test_taking_never_fails(block: Video | Exercise, translated: dict[str, str], source: dict[str, str] | None) -> None:
    targets, issues = wikilearn.take(block, translated, language="fr", source=source)
    assert all(issue.sentence for issue in issues)
    assert len(targets) + len(issues) >= len([text for text in translated.values() if text.strip()])


@settings(deadline=None)
@given(messy_html, messy_html)
def test_taking_a_page_never_fails(source: str, translated: str) -> None:
    block = builders.text(source)
    targets, _ = wikilearn.take(block, {"content": translated}, language="fr")
    put_back(block, targets, language="fr", source_language="en")


@settings(deadline=None)
@given(messy_html)
def test_a_page_that_was_not_translated_changes_nothing(page: str) -> None:
    block = builders.text(page)
    targets, _ = wikilearn.take(block, wikilearn.values(block), language="en")
    assert put_back(block, targets) == block


# A bundle alone


def test_a_bundle_becomes_a_lesson_without_a_picture() -> None:
    page = json.dumps(
        {
            "@metadata": {"sourceLanguage": "pt-br", "label": "WikiLearn - O curso - video: A lição"},
            "display_name": "A lição",
            "subtitle-0-1500-1": "Um lado dá",
            "subtitle-2000-3500-3": "o que tem.",
        }
    )
    name = "WikiLearn/Courses/course-v1:O%2BC%2BR/en/block-v1:O%2BC%2BR%2Btype@video%2Bblock@abc"
    course, issues = wikilearn.course_from_bundle(page, name)
    assert course is not None
    assert issues == []
    assert (str(course.key), course.title, course.language) == ("O+C+R", "O curso", "pt-BR")
    lesson = course.sections[0].subsections[0].units[0].blocks[0]
    assert isinstance(lesson, Video)
    assert (lesson.code, lesson.title, lesson.sources) == ("abc", "A lição", ())
    assert [message.text for message in find(lesson)] == ["A lição", "Um lado dá o que tem."]
    assert wikilearn.bundle_from_course(course) == bundle.read(page)[0]


def test_what_a_bundle_has_of_an_exercise_is_kept() -> None:
    page = '{"display_name": "Q", "problem.p": "One", "subtitle-9-5-1": "backwards", "subtitle-0-9-2": "x"}'
    course, issues = wikilearn.course_from_bundle(page, "q.json")
    assert course is not None
    assert [issue.code for issue in issues] == ["wikilearn-language", "wikilearn-kept", "wikilearn-kept"]
    assert wikilearn.bundle_from_course(course).messages == json.loads(page)


def test_a_bundle_without_a_lesson_is_an_error() -> None:
    for page in ("", "{}", "[1]", '{"a": "b"}'):
        course, issues = wikilearn.course_from_bundle(page)
        assert course is None
        assert issues[-1].code == "wikilearn-empty"


cue_keys = st.builds("subtitle-{}-{}-{}".format, st.integers(0, 99), st.integers(0, 99), st.integers(0, 12))
any_keys = cue_keys | st.sampled_from(["display_name", "content", "x"])
loose_texts = st.text(st.sampled_from("ab. <>&;\n{\\}amp"), min_size=1).filter(lambda text: text.strip(" \t\n\r\0\x0b"))


@settings(deadline=None)
@given(
    st.dictionaries(
        cue_keys | st.sampled_from(["display_name", "content", "x"]),
        loose_texts | st.text(min_size=1).filter(str.strip),
    )
)
def test_a_bundle_goes_out_as_it_came(texts: dict[str, str]) -> None:
    page, _ = bundle.write(Bundle(texts))
    course, _ = wikilearn.course_from_bundle(page)
    if course is not None:
        again = wikilearn.bundle_from_course(course)
        assert bundle.write(again) == (page, [])


@pytest.mark.shared
def test_the_lesson_that_started_the_project_goes_out_as_it_came(shared: Path) -> None:
    page = (shared / "bundles" / "what-is-a-partnership.json").read_text(encoding="utf-8")
    course, issues = wikilearn.course_from_bundle(page, "what-is-a-partnership.json")
    assert course is not None
    assert issues == []
    assert bundle.write(wikilearn.bundle_from_course(course)) == (page, [])
    lesson = course.sections[0].subsections[0].units[0].blocks[0]
    assert isinstance(lesson, Video)
    codes = [cue.code for cue in lesson.tracks[0].track.cues]
    assert (len(codes), "223" in codes, "224" in codes) == (242, True, False)
    assert 150 < len(lesson.tracks[0].groups) < 242


@pytest.mark.shared
def test_the_page_as_it_is_displayed_reads_the_same(shared: Path) -> None:
    stored = bundle.read((shared / "bundles" / "what-is-a-partnership.json").read_text(encoding="utf-8"))[0]
    shown = wikilearn.displayed(
        (shared / "bundles" / "what-is-a-partnership.displayed.txt").read_text(encoding="utf-8")
    )
    assert shown is not None
    assert shown.messages == stored.messages
    assert (shown.metadata.label, shown.metadata.description) == (stored.metadata.label, stored.metadata.description)


@pytest.mark.shared
def test_translated_cues_of_the_real_lesson_come_back_as_sentences(shared: Path) -> None:
    page = (shared / "bundles" / "what-is-a-partnership.json").read_text(encoding="utf-8")
    course, _ = wikilearn.course_from_bundle(page)
    assert course is not None
    lesson = course.sections[0].subsections[0].units[0].blocks[0]
    assert isinstance(lesson, Video)
    targets = {m.role: Target(m.text.upper(), "fr") for m in find(lesson)}
    translated = put_back(lesson, targets, language="fr", source_language="en")
    cues = wikilearn.values(Video("v", targets["title"].text, tracks=translated.tracks[1:]))
    taken, issues = wikilearn.take(lesson, cues, language="fr", source=wikilearn.values(lesson))
    assert {role: target.text for role, target in taken.items()} == {role: t.text for role, t in targets.items()}
    assert issues == []
