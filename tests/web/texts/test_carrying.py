"""Translations live on while the author edits."""

import pytest

from polylect.course import tree
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import queries
from polylect_web.texts.models import Message, Place, Target
from web.builders import course, exercise, message, publish, text, translate, unit

pytestmark = pytest.mark.django_db

BRIDGE = "A bridge joins two sides of a river."
PONT = "Un pont relie les deux rives d’une rivière."
RIVER = "The river stays as it is."


def with_html(html: str) -> tree.Course:
    return course(unit(text(html=html)))


def html(run: Run, language: str = "fr") -> str:
    found = courses.outline(run.version).unit("start")
    assert found is not None
    item = queries.read_blocks(run.version, found.blocks, language)["intro"].item
    assert isinstance(item, tree.Text)
    return item.html


def translated_run() -> Run:
    run = publish(with_html(f"<p>{BRIDGE}</p><p>{RIVER}</p>"))
    translate(run, "fr", {BRIDGE: PONT})
    return run


def test_a_paragraph_that_moves_keeps_its_translation() -> None:
    translated_run()
    run = publish(with_html(f"<p>{RIVER}</p><p>Something new is here.</p><p>{BRIDGE}</p>"))
    assert PONT in html(run)
    assert message(run, BRIDGE).position == 3  # after the title, the river and what is new


def test_an_edit_elsewhere_in_the_block_deletes_no_translation() -> None:
    translated_run()
    assert PONT in html(publish(with_html(f"<p>{BRIDGE}</p><p>The river is wide.</p>")))


def test_an_edited_paragraph_is_the_same_message_and_its_translation_outdated() -> None:
    first = translated_run()
    before = message(first, BRIDGE)
    edited = BRIDGE.replace("two sides", "the two sides")
    run = publish(with_html(f"<p>{edited}</p><p>{RIVER}</p>"))
    assert message(run, edited).pk == before.pk
    found = courses.outline(run.version).unit("start")
    assert found is not None
    read = queries.read_blocks(run.version, found.blocks, "fr")["intro"]
    assert isinstance(read.item, tree.Text)
    assert PONT in read.item.html
    assert read.outdated == 1


def test_a_source_that_comes_back_brings_its_translation_back() -> None:
    translated_run()
    edited = BRIDGE.replace("two sides", "the two sides")
    run = publish(with_html(f"<p>{edited}</p><p>{RIVER}</p>"))
    translate(run, "fr", {edited: "Une autre phrase."})
    assert "Une autre phrase." in html(run)
    run = publish(with_html(f"<p>{BRIDGE}</p><p>{RIVER}</p><p>More of it.</p>"))
    assert PONT in html(run)
    assert Target.objects.count() == 2


def test_the_former_version_published_again_adds_no_row() -> None:
    translated_run()
    publish(with_html(f"<p>{RIVER}</p>"))
    before = Message.objects.count(), Place.objects.count()
    run = publish(with_html(f"<p>{BRIDGE}</p><p>{RIVER}</p>"))
    assert (Message.objects.count(), Place.objects.count()) == before
    assert PONT in html(run)


def test_a_block_that_moves_to_another_unit_keeps_its_translation() -> None:
    translated_run()
    moved = course(unit(code="first"), unit(text(html=f"<p>{BRIDGE}</p><p>{RIVER}</p>")))
    assert PONT in html(publish(moved))


def test_a_new_run_shares_the_translations() -> None:
    from dataclasses import replace

    from polylect_web.courses.actions import Into
    from polylect_web.texts import actions
    from web.builders import RUN

    translated_run()
    given = replace(with_html(f"<p>{BRIDGE}</p>"), key=replace(RUN, run="2027"))
    run = actions.publish(given, into=Into.NEW_VERSION).run
    assert PONT in html(Run.objects.select_related("version").get(pk=run.pk))


def test_what_is_unplaced_asks_for_no_translation() -> None:
    run = publish(course(unit(text()), unplaced=(tree.Unplaced(text("lost", "<p>Lost and found.</p>"), "orphan"),)))
    assert not Message.objects.filter(course=run.course, text="Lost and found.").exists()


def test_a_process_that_died_before_it_settled_is_caught_up_with() -> None:
    """The version was shown, but no row of a message says so yet."""
    translated_run()
    edited = BRIDGE.replace("two sides", "the two sides")
    run = publish(with_html(f"<p>{edited}</p><p>{RIVER}</p>"))
    Message.objects.filter(text=edited).update(text=BRIDGE)
    run.version.is_settled = False
    run.version.save()
    run = publish(with_html(f"<p>{edited}</p><p>{RIVER}</p><p>More of it.</p>"))
    assert message(run, edited).targets.get().text == PONT


def test_an_exercise_keeps_the_translations_of_its_choices_when_one_is_added() -> None:
    run = publish()
    translate(run, "fr", {"Concrete": "Béton", "Paper": "Papier"})
    from web.builders import CHOICE_XML

    more = CHOICE_XML.replace("</choicegroup>", '<choice correct="false">Glass</choice></choicegroup>')
    run = publish(course(unit(text(), exercise(xml=more))))
    found = courses.outline(run.version).unit("start")
    assert found is not None
    item = queries.read_blocks(run.version, found.blocks, "fr")["ask"].item
    assert isinstance(item, tree.Exercise)
    wording = dict(item.body.words)
    assert (wording["question.q1.choice.c1"].text, wording["question.q1.choice.c2"].text) == ("Béton", "Papier")
