"""What people do to a course, and what becomes of its translations: nothing of what was lost elsewhere is lost here."""

from collections.abc import Iterable

import pytest

from polylect.captions.groups import group
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import queries
from polylect_web.texts.models import Message, Target
from web.builders import CHOICE_XML, course, exercise, message, publish, text, texts_of, translate, unit

pytestmark = pytest.mark.django_db

BRIDGE, RIVER = "A bridge joins two sides of a river.", "The river stays as it is."
PONT, RIVIERE = "Un pont relie les deux rives.", "La rivière reste telle quelle."


def read(run: Run, code: str, language: str = "fr") -> queries.ReadBlock:
    place = courses.outline(run.version).unit_of(code)
    assert place is not None
    return queries.read_blocks(run.version, place.all_blocks(), language)[code]


def html(run: Run, code: str = "intro") -> str:
    item = read(run, code).item
    assert isinstance(item, tree.Text)
    return item.html


def words(run: Run, code: str = "ask") -> dict[str, str]:
    """The texts of an exercise in French, by role."""
    item = read(run, code).item
    assert isinstance(item, tree.Exercise)
    return {slot.role: slot.content for slot in item.body.texts()}


def cues(run: Run) -> list[str]:
    """What a viewer reads with French captions."""
    item = read(run, "film").item
    assert isinstance(item, tree.Video)
    return [cue.text for track in item.tracks if track.language == "fr" for cue in track.track.cues]


def paragraphs(*texts: str) -> tree.Course:
    return course(unit(text(html="".join(f"<p>{one}</p>" for one in texts))))


def asking(xml: str) -> tree.Course:
    return course(unit(exercise(xml=xml)))


def film(*given: tuple[int, int, str]) -> tree.Course:
    track = Track(tuple(Cue(start * 1000, end * 1000, said) for start, end, said in given))
    return course(unit(tree.Video("film", "A film", tracks=(tree.VideoTrack("en", track, groups=group(track, "en")),))))


def choices(*given: str, before: str = "") -> tree.Course:
    inside = "".join(f'<choice correct="{str(not n).lower()}">{one}</choice>' for n, one in enumerate(given))
    groups = f'<choicegroup type="MultipleChoice">{inside}</choicegroup>'
    question = f"<multiplechoiceresponse><label>Which?</label>{groups}</multiplechoiceresponse>"
    return asking(f"<problem>{before}{question}</problem>")


def translate_all(run: Run, sources: Iterable[str]) -> None:
    translate(run, "fr", {one: f"fr {one}" for one in sources})


# Editing a page


def test_an_author_rewords_a_paragraph_and_the_others_keep_their_translations() -> None:
    translate(publish(paragraphs(BRIDGE, RIVER)), "fr", {BRIDGE: PONT, RIVER: RIVIERE})
    run = publish(paragraphs("A bridge joins both sides of a wide river.", RIVER))
    assert RIVIERE in html(run)
    assert PONT in html(run)
    assert read(run, "intro").outdated == 1


def test_an_author_edits_a_title_and_the_page_keeps_its_history() -> None:
    first = publish(paragraphs(BRIDGE))
    for target in ("Un pont.", PONT):
        translate(first, "fr", {BRIDGE: target})
    run = publish(course(unit(tree.Text("intro", "About all the bridges", f"<p>{BRIDGE}</p>"))))
    assert PONT in html(run)
    assert message(run, BRIDGE).targets.count() == 2


def test_an_author_takes_an_edit_back_and_the_translation_is_current_again() -> None:
    translate(publish(paragraphs(BRIDGE, RIVER)), "fr", {BRIDGE: PONT})
    publish(paragraphs("A bridge joins both sides of a wide river.", RIVER))
    publish(paragraphs("What joins both sides of a wide river is a boat.", RIVER))
    run = publish(paragraphs(BRIDGE, RIVER, "Something new."))
    assert PONT in html(run)
    assert read(run, "intro").outdated == 0


def test_an_author_puts_a_paragraph_first() -> None:
    translate(publish(paragraphs(BRIDGE, RIVER)), "fr", {BRIDGE: PONT, RIVER: RIVIERE})
    page = html(publish(paragraphs("Something new.", BRIDGE, RIVER)))
    assert page.index("Something new.") < page.index(PONT) < page.index(RIVIERE)


def test_an_author_makes_words_bold_and_the_sentence_stays_whole() -> None:
    run = publish(paragraphs("Click <b>Save</b> to keep <i>your</i> work."))
    source = "Click <1>Save</1> to keep <2>your</2> work."
    translate(run, "fr", {source: "<2>Votre</2> travail reste : <1>Enregistrer</1>."})
    assert "<i>Votre</i> travail reste : <b>Enregistrer</b>." in html(run)


def test_a_translator_writes_markup_or_forgets_a_link() -> None:
    run = publish(paragraphs('Read <a href="https://example.org">this</a> page.', BRIDGE))
    translate(run, "fr", {BRIDGE: "Un <b>pont</b><script>x</script>"})
    assert "&lt;b&gt;pont&lt;/b&gt;&lt;script&gt;" in html(run)
    assert translate(run, "fr", {"Read <a1>this</a1> page.": "Lisez."}).issues


def test_an_author_describes_a_picture_and_links_another_one_later() -> None:
    first = publish(course(unit(text(html='<p><img src="/static/a.png" alt="A stone bridge"></p>'))))
    translate(first, "fr", {"A stone bridge": "Un pont de pierre", "/static/a.png": "/static/fr.png"})
    assert 'src="/static/fr.png"' in html(first)
    run = publish(course(unit(text(html='<p><img src="/static/b.png" alt="A stone bridge"></p>'))))
    assert 'alt="Un pont de pierre"' in html(run)
    assert 'src="/static/b.png"' in html(run)  # not the French picture of another thing


def test_an_author_leaves_a_paragraph_blank() -> None:
    run = publish(paragraphs(BRIDGE, "&#160;", RIVER))
    translate(run, "fr", {BRIDGE: PONT, RIVER: RIVIERE})
    assert PONT in html(run)
    assert RIVIERE in html(run)


# Moving things


def test_an_author_moves_a_unit_renames_a_block_and_offers_the_course_again() -> None:
    from dataclasses import replace

    from polylect_web.courses.actions import Into
    from polylect_web.texts import actions
    from web.builders import RUN

    pages = unit(text(html=f"<p>{BRIDGE}</p><p>Yes.</p>"), text("other", "<p>Yes.</p>"))
    run = publish(course(pages))
    yes = {one.block_code: one for one in Message.objects.filter(text="Yes.")}
    translate(run, "fr", {BRIDGE: PONT})
    given = [actions.Given(yes[code].uuid, f"Oui ({code}).", "Yes.") for code in ("intro", "other")]
    actions.take_targets(run.course, "fr", given, origin="human")
    moved = unit(text("welcome", f"<p>{BRIDGE}</p><p>Yes.</p>"), text("other", "<p>Yes.</p>"), code="later")
    again = replace(course(unit(text("first", "<p>New.</p>")), moved), key=replace(RUN, run="2027"))
    pk = actions.publish(again, into=Into.NEW_VERSION).run.pk
    second = Run.objects.select_related("version").get(pk=pk)
    assert PONT in html(second, "welcome")
    assert "Oui (intro)." in html(second, "welcome")
    assert "Oui (other)." in html(second, "other")
    assert PONT in html(run)  # the first run still shows its own version


def test_an_author_says_the_same_in_two_blocks() -> None:
    run = publish(paragraphs(BRIDGE))
    translate(run, "fr", {BRIDGE: PONT})
    run = publish(course(unit(text(html=f"<p>{BRIDGE}</p>"), text("copy", f"<p>{BRIDGE}</p>"))))
    assert PONT in html(run)
    assert PONT not in html(run, "copy")  # a suggestion for it, and nobody's word yet


def test_an_author_moves_a_paragraph_away_and_writes_it_again_where_it_was() -> None:
    """What was one text is two, and a translation of one is none of the other."""
    first = unit(text(html=f"<p>{BRIDGE}</p>"), text("other", f"<p>{RIVER}</p>"))
    translate(publish(course(first)), "fr", {BRIDGE: PONT, RIVER: RIVIERE})
    moved = unit(text(html="<p>Gone from here.</p>"), text("other", f"<p>{RIVER}</p><p>{BRIDGE}</p>"))
    assert PONT in html(publish(course(moved)), "other")
    both = unit(text(html=f"<p>{BRIDGE}</p>"), text("other", f"<p>{RIVER}</p><p>{BRIDGE}</p>"))
    for _ in range(2):
        run = publish(course(both))
        assert Message.objects.filter(text=BRIDGE).count() == 2
    assert PONT in html(run)
    there = Message.objects.get(text=BRIDGE, block_code="other")
    assert not there.targets.exists()


def test_an_author_deletes_a_block_and_puts_it_back() -> None:
    translate(publish(paragraphs(BRIDGE)), "fr", {BRIDGE: PONT})
    run = publish(course(unit(text("other", "<p>Something else.</p>"))))
    assert Target.objects.get().message.text == BRIDGE  # memory, meanwhile
    run = publish(course(unit(text("other", "<p>Something else.</p>"), text(html=f"<p>{BRIDGE}</p><p>More.</p>"))))
    assert PONT in html(run)


def test_an_author_publishes_again_and_no_source_text_replaces_a_translation() -> None:
    translate(publish(paragraphs(BRIDGE)), "fr", {BRIDGE: PONT})
    for _ in range(2):
        run = publish(paragraphs(BRIDGE))
    assert html(run) == f"<p>{PONT}</p>"
    assert [(one.text, one.source_text) for one in Target.objects.all()] == [(PONT, BRIDGE)]


# Exercises


def test_an_author_asks_with_twelve_choices() -> None:
    names = [f"Material {number}" for number in range(12)]
    run = publish(choices(*names))
    translate_all(run, names)
    found = words(run)
    assert [found[f"question.q1.choice.c{n + 1}"] for n in range(12)] == [f"fr {name}" for name in names]


def test_an_author_puts_a_choice_and_a_question_first() -> None:
    run = publish(choices("Stone", "Paper"))
    translate_all(run, ["Stone", "Paper", "Which?"])
    number = '<numericalresponse answer="4"><label>How many?</label><formulaequationinput/></numericalresponse>'
    found = words(publish(choices("Glass", "Stone", "Paper", before=number)))
    assert found["question.q1.choice.c1"] == "fr Stone"
    assert found["question.q1.choice.c2"] == "fr Paper"
    assert "Glass" in found["question.q1.choice.c3"]
    assert found["question.q1.label"] == "fr Which?"
    assert "How many?" in found["question.q2.label"]


def test_an_author_changes_what_is_asked_and_learners_read_the_source_until_somebody_confirms() -> None:
    source = "Which material is used for most bridges?"
    run = publish(asking(CHOICE_XML))
    translate_all(run, [source, "Concrete"])
    run = publish(asking(CHOICE_XML.replace("is used for most", "is not used for most")))
    assert "is not used" in words(run)["question.q1.label"]
    assert words(run)["question.q1.choice.c1"] == "fr Concrete"
    assert Target.objects.filter(text=f"fr {source}").exists()


def test_a_translator_finds_hints_and_feedback_but_no_key_and_no_script() -> None:
    xml = (
        '<problem><script type="loncapa/python">x = 3</script><p>It costs $x euros.</p>'
        '<stringresponse answer="arch" type="ci"><label>What form?</label><correcthint>Well done.</correcthint>'
        '<additional_answer answer="vault"/><textline/></stringresponse>'
        '<numericalresponse answer="42"><label>How many?</label><formulaequationinput/></numericalresponse>'
        "<demandhint><hint>Look at its shape.</hint></demandhint></problem>"
    )
    run = publish(asking(xml))
    found = set(texts_of(run))
    assert {"It costs <var1/> euros.", "Well done.", "Look at its shape.", "arch", "vault"} <= found
    assert not {one for one in found if "42" in one or "x = 3" in one}
    assert translate(run, "fr", {"It costs <var1/> euros.": "C’est cher."}).issues  # the variable is lost
    translate(run, "fr", {"How many?": "Combien ?", "arch": "arc"})
    item = read(run, "ask").item
    assert isinstance(item, tree.Exercise)
    assert item.body.xml == xml  # what is right, and the script, are as they were


def test_an_author_breaks_an_exercise_and_mends_it() -> None:
    """What is no XML has no texts; the rest of the course goes on, and the translations wait."""
    translate_all(publish(asking(CHOICE_XML)), ["Concrete", "Paper"])
    broken = CHOICE_XML.replace("for most bridges", "for&nbsp;most bridges")
    run = publish(course(unit(exercise(xml=broken), text(html=f"<p>{BRIDGE}</p>"))))
    translate(run, "fr", {BRIDGE: PONT})
    assert PONT in html(run)
    found = words(publish(asking(CHOICE_XML.replace("most bridges", "bridges"))))
    assert found["question.q1.choice.c1"] == "fr Concrete"
    assert found["question.q1.choice.c2"] == "fr Paper"


# Films

FIRST = (
    (0, 2, "A bridge joins"),
    (2, 4, "two sides."),
    (4, 6, "It is old."),
    (6, 8, "It is long."),
)
FRENCH = {
    "A bridge joins two sides.": "Un pont relie deux rives.",
    "It is old.": "Il est vieux.",
    "It is long.": "Il est long.",
}


def test_an_author_puts_a_cue_in_and_shortens_another() -> None:
    translate(publish(film(*FIRST)), "fr", FRENCH)
    inserted = ((0, 1, "Hello!"), (1, 2, "A bridge joins"), (2, 4, "two sides."), *FIRST[2:])
    found = cues(publish(film(*inserted)))
    assert " ".join(found[1:]) == "Un pont relie deux rives. Il est vieux. Il est long."
    assert "Hello!" in found[0]


def test_an_author_splits_a_cue_and_moves_its_borders() -> None:
    translate(publish(film(*FIRST)), "fr", FRENCH)
    split = ((0, 1, "A bridge"), (1, 3, "joins two"), (3, 4, "sides."), (4, 7, "It is old."), (7, 9, "It is long."))
    found = cues(publish(film(*split)))
    assert len(found) == 5
    assert " ".join(found) == "Un pont relie deux rives. Il est vieux. Il est long."


def test_a_viewer_reads_what_is_translated_so_far() -> None:
    run = publish(film(*FIRST))
    translate(run, "fr", {"It is old.": "Il est vieux."})
    assert cues(run)[2] == "Il est vieux."
    assert "It is long." in cues(run)[3]


def test_an_author_leaves_a_cue_empty() -> None:
    run = publish(film((0, 2, "It is old."), (2, 4, ""), (4, 6, "It is long.")))
    translate(run, "fr", {"It is old.": "Il est vieux.", "It is long.": "Il est long."})
    assert cues(run) == ["Il est vieux.", "", "Il est long."]


def test_an_author_rewords_a_sentence_and_says_another_one_in_two() -> None:
    long = "We build bridges because rivers part us, and nobody likes to swim."
    translate(
        publish(film((0, 4, long), (4, 6, "It is old."), (6, 8, "It is long."))),
        "fr",
        {long: "Long.", **dict(list(FRENCH.items())[1:])},
    )
    parts = ((0, 2, "We build bridges because rivers part us."), (2, 4, "And nobody likes to swim."))
    run = publish(film(*parts, (4, 6, "It is very old."), (6, 8, "It is long.")))
    found = cues(run)
    assert found[0] == "Long."  # outdated, and labelled
    assert found[2:] == ["Il est vieux.", "Il est long."]
    assert read(run, "film").outdated == 2
