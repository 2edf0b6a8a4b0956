"""Reading a unit in a language: fallback, outdated texts, titles, keys for caches, and what it costs."""

import pytest
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect.exercises import Words
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Unit
from polylect_web.texts import queries
from polylect_web.texts.models import Origin, Review, Target, TranslationUnit, Verdict
from polylect_web.texts.queries import State
from web.builders import CHOICE_XML, course, exercise, message, publish, text, translate, unit

pytestmark = pytest.mark.django_db

SOURCE = "Bridges join people."
QUESTION = "Which material is used for most bridges?"


def start(run: Run) -> Unit:
    found = courses.outline(run.version).unit("start")
    assert found is not None
    return found


def read(run: Run, language: str, code: str = "intro") -> queries.ReadBlock:
    return queries.read_blocks(run.version, start(run).blocks, language)[code]


def html(run: Run, language: str) -> str:
    item = read(run, language).item
    assert isinstance(item, tree.Text)
    return item.html


def words(run: Run, language: str) -> dict[str, Words]:
    item = read(run, language, "ask").item
    assert isinstance(item, tree.Exercise)
    return dict(item.body.words)


def test_a_text_without_a_translation_is_the_source_and_says_so() -> None:
    run = publish()
    found = read(run, "ar")
    assert html(run, "ar") == f'<p lang="en" dir="ltr">{SOURCE}</p>'
    assert found.title == Words("About bridges", "en")
    assert (found.texts, found.untranslated, found.outdated) == (2, 2, 0)


def test_the_source_language_is_the_source_unmarked() -> None:
    run = publish()
    assert html(run, "en") == f"<p>{SOURCE}</p>"
    assert read(run, "en").title == Words("About bridges", "en")


def test_a_text_falls_back_along_the_chain() -> None:
    run = publish()
    translate(run, "pt", {SOURCE: "As pontes unem as pessoas."})
    assert html(run, "pt-BR") == '<p lang="pt" dir="ltr">As pontes unem as pessoas.</p>'
    translate(run, "pt-BR", {SOURCE: "Pontes unem pessoas."})
    assert html(run, "pt-BR") == "<p>Pontes unem pessoas.</p>"
    assert html(run, "pt") == "<p>As pontes unem as pessoas.</p>"


def outdated_question() -> Run:
    """The question was translated, then edited by its author."""
    run = publish()
    translate(run, "fr", {QUESTION: "Quel matériau ?", "Concrete": "Béton"})
    edited = CHOICE_XML.replace("is used for most bridges", "is used for the most bridges")
    return publish(course(unit(text(), exercise(xml=edited))))


def test_an_outdated_text_of_an_exercise_is_shown_in_the_source() -> None:
    run = outdated_question()
    found = words(run, "fr")
    assert "the most bridges" in found["question.q1.label"].text
    assert found["question.q1.choice.c1"].text == "Béton"
    assert read(run, "fr", "ask").outdated == 1


@pytest.mark.parametrize("verdict", [Verdict.STILL_VALID, Verdict.APPROVED])
def test_an_outdated_text_that_somebody_confirmed_is_shown_in_an_exercise(verdict: Verdict) -> None:
    run = outdated_question()
    target = Target.objects.get(text="Quel matériau ?")
    Review.objects.create(target=target, source_text=target.message.text, verdict=verdict)
    assert words(run, "fr")["question.q1.label"].text == "Quel matériau ?"
    assert read(run, "fr", "ask").outdated == 0


def test_an_old_confirmation_says_nothing_about_a_newer_source() -> None:
    run = publish()
    translate(run, "fr", {QUESTION: "Quel matériau ?"}, is_approved=True)
    edited = CHOICE_XML.replace("is used for most bridges", "is used for the most bridges")
    run = publish(course(unit(text(), exercise(xml=edited))))
    assert "the most bridges" in words(run, "fr")["question.q1.label"].text


def test_titles_come_in_the_best_language_there_is() -> None:
    run = publish()
    translate(run, "fr", {"Beginnings": "Débuts", "Bridges": "Ponts"})
    titles = queries.titles(run.version, "fr-CA")
    assert titles["start"] == Words("Débuts", "fr")
    assert titles["sec"] == Words("Part one", "en")
    assert titles["course"] == Words("Ponts", "fr")
    assert queries.course_titles([run], "fr") == {run.pk: Words("Ponts", "fr")}
    assert queries.unit_keys(run.version, start(run), "fr").title == Words("Débuts", "fr")


def test_the_pages_of_a_course_are_read_in_a_language() -> None:
    run = publish(course(pages=(tree.Page("about", "About", "<p>Come and see.</p>", "about"),)))
    translate(run, "fr", {"Come and see.": "Venez voir."})
    assert queries.read_course(run.version, "fr").pages[0].html == "<p>Venez voir.</p>"


def keys(run: Run, language: str) -> dict[str, str]:
    return {keyed.block.code: keyed.cache_key for keyed in queries.unit_keys(run.version, start(run), language).blocks}


def test_a_translation_changes_the_keys_of_its_unit_in_its_language_and_below() -> None:
    run = publish(course(unit(text(), exercise()), unit(text("other", "<p>Elsewhere.</p>"), code="second")))
    second = courses.outline(run.version).unit("second")
    assert second is not None
    before = {language: keys(run, language) for language in ("pt", "pt-BR", "fr")}
    elsewhere = queries.unit_keys(run.version, second, "pt").blocks
    translate(run, "pt", {SOURCE: "As pontes unem as pessoas."})
    assert keys(run, "pt") != before["pt"]
    assert keys(run, "pt-BR") != before["pt-BR"]
    assert keys(run, "fr") == before["fr"]
    assert queries.unit_keys(run.version, second, "pt").blocks == elsewhere


def test_a_block_that_did_not_change_has_the_same_key_in_the_next_version() -> None:
    before = keys(publish(), "fr")
    after = keys(publish(course(unit(text(html="<p>Changed.</p>"), exercise()))), "fr")
    assert after["ask"] == before["ask"]
    assert after["intro"] != before["intro"]


def test_a_block_with_links_is_drawn_anew_in_every_version() -> None:
    linked = course(unit(text(html='<p><a href="/jump_to_id/start">x</a></p>')))
    assert keys(publish(linked), "fr")["intro"] != keys(publish(linked), "fr")["intro"]


def test_languages_are_listed_by_how_complete_they_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = publish(course(unit(text())))
    translate(run, "ar", {SOURCE: "الجسور تجمع الناس."})
    translate(run, "fr", {SOURCE: "Les ponts relient.", "Beginnings": "Débuts"})
    found = queries.available_languages(run.version)
    assert [(one.language, round(one.share * 6)) for one in found] == [("en", 6), ("fr", 2), ("ar", 1)]
    with django_assert_num_queries(1):
        assert queries.available_languages(run.version) == found
    translate(run, "fr", {"Part one": "Première partie"})
    assert [round(one.share * 6) for one in queries.available_languages(run.version)] == [6, 3, 1]


def test_captions_are_there_in_every_language_somebody_translated() -> None:
    from polylect.captions import groups, webvtt

    track, _ = webvtt.parse("WEBVTT\n\n00:00.000 --> 00:04.000\nA bridge is here.\n")
    own = tree.VideoTrack("en", track, groups=groups.group(track, "en"))
    run = publish(course(unit(tree.Video("film", "Film", tracks=(own,)))))
    block = start(run).blocks[0]
    assert queries.caption_languages(run.version, block) == ("en",)
    translate(run, "fr", {"A bridge is here.": "Voici un pont."})
    assert queries.caption_languages(run.version, block) == ("en", "fr")
    film = read(run, "fr", "film").item
    assert isinstance(film, tree.Video)
    assert [cue.text for cue in film.tracks[1].track.cues] == ["Voici un pont."]


def crowd(run: Run, languages: int, history: int) -> None:
    """Gives every message targets in many languages, with many older ones."""
    sources = list(run.course.messages.all())
    for number in range(languages):
        language = f"x{chr(97 + number // 26)}{chr(97 + number % 26)}"
        for age in range(history):
            targets = Target.objects.bulk_create(
                Target(message=one, language=language, text=f"{age}", source_text=one.text, origin=Origin.HUMAN)
                for one in sources
            )
        TranslationUnit.objects.bulk_create(
            TranslationUnit(message=target.message, language=language, current=target) for target in targets
        )


@pytest.mark.parametrize("times", [1, 10])
def test_a_unit_costs_as_many_queries_whatever_there_is(
    times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    blocks = [text(f"t{n}", f"<p>Text number {n}.</p>") for n in range(2 * times)]
    run = publish(course(unit(*blocks), *(unit(code=f"u{n}") for n in range(3 * times))))
    crowd(run, languages=times, history=times)
    found = start(run)
    with django_assert_num_queries(2):
        queries.unit_keys(run.version, found, "xaa")
    with django_assert_num_queries(1):
        queries.unit_keys(run.version, found, "xaa")
    with django_assert_num_queries(2):
        queries.read_blocks(run.version, found.blocks, "xaa")
    with django_assert_num_queries(1):
        queries.read_blocks(run.version, found.blocks, "xaa")


def test_a_state_is_computed_from_targets_and_reviews() -> None:
    assert queries.state_of("now", None, []) is State.MISSING
    assert queries.state_of("now", "now", []) is State.TRANSLATED
    assert queries.state_of("now", "then", []) is State.OUTDATED
    assert queries.state_of("now", "then", [("approved", "then")]) is State.OUTDATED
    assert queries.state_of("now", "then", [("still-valid", "now")]) is State.TRANSLATED
    assert queries.state_of("now", "now", [("approved", "now")]) is State.APPROVED
    assert queries.state_of("now", "now", [("approved", "now"), ("rejected", "now")]) is State.TRANSLATED


def test_messages_are_named_as_exchange_forms_name_them() -> None:
    run = publish()
    known = queries.message_uuids(run.version)
    assert known["intro", "html"].uuid == message(run, SOURCE).uuid
    assert known["course", "title"].text == "Bridges"
