"""What is translated in each thing of a course, and how it is put back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.messages import builders
from library.messages.strategies import messy_html, targets_for, words
from polylect import olx
from polylect.course.files import open_folder
from polylect.course.tree import Course, Foreign, Library, Selection, Text, Video
from polylect.exercises.texts import Words
from polylect.messages import COURSE_CODE, Kind, Message, Target, find, find_all, plain, put_back, title_words, walk


def roles(messages: tuple[Message, ...]) -> dict[str, str]:
    return {message.role: message.text for message in messages}


def french(**texts: str) -> dict[str, Target]:
    return {role: Target(text, "fr") for role, text in texts.items()}


def test_a_text_has_its_title_and_the_parts_of_its_page() -> None:
    found = find(builders.text("<h2>One</h2><p>Two</p>", title="Use <1>"))
    assert roles(found) == {"title": "Use \\<1>", "html": "One", "html.part.2": "Two"}
    assert [message.kind for message in found] == [Kind.TITLE, Kind.HEADING, Kind.TEXT]


def test_an_exercise_has_every_text_that_a_learner_reads() -> None:
    found = find(builders.exercise())
    assert [message.text for message in found] == [
        "A question",
        "Read <1>this</1> first.",
        "Who gains?",
        "All sides",
        "That is it.",
        "One side",
        "Then it is a gift.",
        "Think of both.",
    ]
    assert {m.text for m in found if m.kind is Kind.CHOICE} == {"All sides", "One side"}
    assert {m.text for m in found if m.reveals} >= {"That is it.", "Then it is a gift."}
    assert not any(m.reveals for m in found if m.kind is Kind.CHOICE)


def test_variables_are_placeholders_only_where_a_script_makes_them() -> None:
    xml = (
        "<problem>{}<p>Pay $x now</p><multiplechoiceresponse><choicegroup><choice correct='true'>$x</choice>"
        "</choicegroup></multiplechoiceresponse></problem>"
    )
    unscripted = builders.exercise(xml.format(""))
    scripted = builders.exercise(xml.format("<script type='loncapa/python'>x = 1</script>"))
    assert "Pay $x now" in roles(find(unscripted)).values()
    assert "Pay <var1/> now" in roles(find(scripted)).values()


def test_a_variable_in_a_plain_text_is_put_back_as_it_was_written() -> None:
    (message,) = plain.find("title", "All of ${x} and $y", kind=Kind.CHOICE, has_variables=True)
    assert message.text == "All of <var1/> and <var2/>"
    target = Target("<var2/> et <var1/> en tout <var3/>", "fr")
    assert plain.put_back("All of ${x} and $y", target, has_variables=True) == "$y et ${x} en tout "


def test_a_video_has_whole_sentences_and_no_cues() -> None:
    found = find(builders.video("One side gives", "what it has. The other", "gains."))
    assert roles(found) == {
        "title": "A video",
        "captions.en.captions.1": "One side gives what it has.",
        "captions.en.captions.2": "The other gains.",
    }


def test_only_tracks_in_the_source_language_are_translated() -> None:
    tracks = (builders.track("Bonjour.", language="fr"), builders.track("Hello."))
    both = Video("video", "A video", tracks=tracks)
    assert "captions.en.captions.1" in roles(find(both, source_language="en"))
    assert "captions.fr.captions.1" not in roles(find(both, source_language="en"))
    assert "captions.fr.captions.1" in roles(find(both, source_language="de"))


def test_a_course_has_its_pages_and_the_names_of_its_grading() -> None:
    assert roles(find(builders.course())) == {
        "title": "A course",
        "page.overview.title": "About it",
        "page.overview.html": "What it is.",
        "category.homework.name": "Homework",
    }


def test_walking_goes_through_everything_in_reading_order() -> None:
    inner = builders.text(title="Inner")
    selection = Selection("selection", "Some", (inner,))
    foreign = Foreign("foreign", "A poll", "poll", "<poll/>")
    codes = [code for code, _ in walk(builders.course(selection, foreign))]
    assert codes == [COURSE_CODE, "section", "subsection", "unit", "selection", "text", "foreign"]


def test_translations_are_put_back_with_their_languages() -> None:
    block = builders.text("<p>One</p><p>Two</p>")
    written = put_back(block, french(html="Un", title="Texte"), language="fr", source_language="en")
    assert written == Text("text", "Texte", '<p>Un</p><p lang="en" dir="ltr">Two</p>')
    assert title_words(block, {}, language="fr", source_language="en") == Words("A text", "en")
    assert title_words(block, french(title="Texte"), language="fr", source_language="en") == Words("Texte")
    assert title_words(block, french(title="Texte"), language="fr-CA", source_language="en") == Words("Texte", "fr")


def test_an_exercise_in_another_language_grades_the_same() -> None:
    block = builders.exercise()
    targets = {m.role: Target(f"{m.text} (fr)", "fr") for m in find(block)}
    written = put_back(block, targets, language="fr", source_language="en")
    assert written.body.fingerprint == block.body.fingerprint
    assert {"All sides (fr)", "Read <1>this</1> first. (fr)"} <= set(roles(find(written)).values())


def test_a_plain_text_without_a_target_says_its_language() -> None:
    block = builders.exercise(
        "<problem><optionresponse><optioninput><option correct='True'>Yes</option><option correct='False'>No</option>"
        "</optioninput></optionresponse></problem>"
    )
    role = next(m.role for m in find(block) if m.text == "Yes")
    written = put_back(block, {role: Target("Oui", "fr")}, language="fr", source_language="en")
    said = {words.text: words.language for _, words in written.body.words}
    assert said == {"Oui": None, "No": "en"}


def test_a_video_gets_a_track_as_soon_as_one_sentence_is_translated() -> None:
    block = builders.video("One side gives", "what it has. The other", "gains.")
    assert put_back(block, {}, language="fr", source_language="en").tracks == block.tracks
    targets = {"captions.en.captions.2": Target("L'autre gagne.", "fr")}
    written = put_back(block, targets, language="fr", source_language="en")
    assert written.tracks[0] == block.tracks[0]
    assert (written.tracks[1].language, written.tracks[1].kind) == ("fr", block.tracks[0].kind)
    shown = " ".join(cue.text for cue in written.tracks[1].track.cues)
    assert "<lang en>" in shown
    assert "gagne." in shown
    assert "gains." not in shown


def test_a_video_may_have_another_poster_and_handout_in_each_language() -> None:
    block = replace(builders.video("One."), poster="/static/en.png", handout="/static/en.pdf")
    optional = {message.role: message.text for message in find(block) if message.optional}
    assert optional == {"poster": "/static/en.png", "handout": "/static/en.pdf"}
    targets = french(poster="/static/fr.png", handout="javascript:x")
    written = put_back(block, targets, language="fr", source_language="en")
    assert (written.poster, written.handout) == ("/static/fr.png", "/static/en.pdf")


def test_a_track_of_the_author_is_not_replaced() -> None:
    tracks = (builders.track("Hello."), builders.track("Bonjour.", language="fr"))
    block = Video("video", "A video", tracks=tracks)
    targets = {"captions.en.captions.1": Target("Salut.", "fr")}
    assert put_back(block, targets, language="fr", source_language="en").tracks == tracks


def test_the_sentences_of_a_track_can_be_corrected_in_its_own_language() -> None:
    block = builders.video("One side gves.", "The other gains.")
    targets = {"captions.en.captions.1": Target("One side gives.", "en")}
    written = put_back(block, targets)
    assert [cue.text for cue in written.tracks[0].track.cues] == ["One side gives.", "The other gains."]
    assert roles(find(written))["captions.en.captions.1"] == "One side gives."


def test_categories_and_pages_are_put_back() -> None:
    targets = {"category.homework.name": Target("Devoirs", "fr"), "page.overview.html": Target("Ce que c'est.", "fr")}
    written = put_back(builders.course(), targets, language="fr", source_language="en")
    assert written.grading.categories[0].name == "Devoirs"
    assert written.pages[0].html == "<p>Ce que c'est.</p>"


def test_roles_are_never_given_twice() -> None:
    for _, item in walk(builders.course()):
        found = find(item)
        assert len({message.role for message in found}) == len(found)


@settings(deadline=None)
@given(words, messy_html, st.lists(words, max_size=4))
def test_source_texts_put_back_give_the_same_block(title: str, page: str, cues: list[str]) -> None:
    for block in (builders.text(page, title), builders.video(*cues, title=title), builders.exercise(title=title)):
        targets = {message.role: Target(message.text, "en") for message in find(block)}
        assert put_back(block, targets) == block
        assert put_back(block, {}) == block


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_no_translation_makes_putting_back_fail(data: st.DataObject) -> None:
    for _, item in walk(builders.course()):
        targets = data.draw(targets_for(find(item)))
        put_back(item, targets, language="fr", source_language="en")


@pytest.mark.shared
@pytest.mark.parametrize("export", ["demo-course", "kitchen-sink", "supported-components", "demo-content-library"])
def test_the_real_exports_obey_the_law(shared: Path, export: str) -> None:
    with open_folder(shared / "courses" / f"{export}.tar.gz") as folder:
        course, _ = olx.read(folder)
    assert isinstance(course, Course | Library)
    language = course.language if isinstance(course, Course) else None
    count = 0
    for _, item in walk(course):
        found = find(item, source_language=language)
        assert len({message.role for message in found}) == len(found)
        targets = {message.role: Target(message.text, "en") for message in found}
        assert put_back(item, targets, source_language=language) == item
        count += len(found)
    assert count == len(list(find_all(course))) > 0
