"""Taking in translations: what is new, what is here, what cannot be taken."""

from uuid import uuid4

import pytest

from polylect.issues import Severity
from polylect.messages import pseudo
from polylect_web.texts import actions, queries
from polylect_web.texts.models import Origin, Review, RevisionCounter, Target, TranslationUnit
from web.builders import TEXT_XML, course, exercise, message, person, publish, text, translate, unit

pytestmark = pytest.mark.django_db

SOURCE = "Bridges join people."


def current(language: str = "fr") -> str:
    return TranslationUnit.objects.get(message__text=SOURCE, language=language).current.text


def test_taking_the_same_twice_is_taking_it_once() -> None:
    run = publish()
    assert translate(run, "fr", {SOURCE: "Les ponts relient."}) == actions.Taken(1, 0)
    counters = list(RevisionCounter.objects.values_list("count", flat=True))
    assert translate(run, "fr", {SOURCE: "Les ponts relient."}) == actions.Taken(0, 1)
    assert Target.objects.count() == 1
    assert list(RevisionCounter.objects.values_list("count", flat=True)) == counters


def test_a_new_target_follows_the_one_before() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: "Un."})
    translate(run, "fr", {SOURCE: "Deux."})
    assert current() == "Deux."
    assert list(Target.objects.order_by("pk").values_list("text", flat=True)) == ["Un.", "Deux."]


def test_who_brought_it_and_from_where_is_kept() -> None:
    run = publish()
    somebody = person()
    given = [actions.Given(message(run, SOURCE).uuid, "Les ponts.", SOURCE)]
    actions.take_targets(run.course, "fr", given, origin=Origin.WIKI, by=somebody, is_approved=True)
    target = Target.objects.get()
    assert (target.origin, target.person, target.source_text) == ("wiki", somebody, SOURCE)
    assert Review.objects.get().person == somebody


def test_a_target_for_an_older_source_does_not_take_the_place_of_a_current_one() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: "Les ponts relient."})
    old = [actions.Given(message(run, SOURCE).uuid, "Vieux.", "Bridges joined people.")]
    assert actions.take_targets(run.course, "fr", old, origin=Origin.HUMAN).new == 1
    assert current() == "Les ponts relient."


def test_a_target_for_an_older_source_is_better_than_none() -> None:
    run = publish()
    old = [actions.Given(message(run, SOURCE).uuid, "Vieux.", "Bridges joined people.")]
    actions.take_targets(run.course, "fr", old, origin=Origin.HUMAN)
    assert current() == "Vieux."


def test_a_translation_without_its_placeholder_is_left_out() -> None:
    run = publish(course(unit(text(html='<p>Read <a href="https://example.org">this</a>.</p>'))))
    (source,) = (one.text for one in run.course.messages.all() if one.text.startswith("Read"))
    taken = translate(run, "fr", {source: "Lisez ceci."})
    assert (taken.new, [(i.code, i.place.block) for i in taken.issues]) == (
        0,
        [("message-placeholder-lost", "intro")],
    )
    assert not Target.objects.exists()


def test_a_message_that_the_course_does_not_have_is_an_issue() -> None:
    run = publish()
    key = uuid4()
    taken = actions.take_targets(run.course, "fr", [actions.Given(key, "Quoi ?", "What?")], origin=Origin.HUMAN)
    assert [(issue.code, issue.params["key"]) for issue in taken.issues] == [("texts-unknown-message", str(key))]


@pytest.mark.parametrize("language", pseudo.PSEUDO_LANGUAGES)
def test_nothing_is_taken_into_a_language_that_is_made_up(language: str) -> None:
    run = publish()
    taken = translate(run, language, {SOURCE: "[Bridges join people.]"})
    assert (taken.new, taken.known, [issue.severity for issue in taken.issues]) == (0, 0, [Severity.ERROR])
    assert f"“{language}” is made up from the source" in taken.issues[0].sentence
    assert not Target.objects.exists()
    assert not RevisionCounter.objects.exists()


def test_a_message_of_another_course_cannot_be_translated_from_here() -> None:
    from polylect.keys import RunKey

    run = publish()
    other = publish(course(key=RunKey("Other", "Bridges", "1")))
    given = [actions.Given(message(other, SOURCE).uuid, "Les ponts.", SOURCE)]
    assert actions.take_targets(run.course, "fr", given, origin=Origin.HUMAN).new == 0
    assert not Target.objects.exists()


def test_a_title_counts_for_the_whole_course() -> None:
    run = publish()
    translate(run, "fr", {"Beginnings": "Débuts"})
    counted = dict(RevisionCounter.objects.values_list("unit_code", "count"))
    assert counted == {"start": 1, "": 1}


def test_an_approved_spelling_counts_and_one_nobody_approved_does_not() -> None:
    run = publish(course(unit(exercise(xml=TEXT_XML))))
    block = run.version.placements.get(code="ask")
    translate(run, "fr", {"arch": "arc"})
    assert queries.accepted_spellings(run.course, "ask", block.content_id) == ()
    translate(run, "es", {"arch": "arco"}, is_approved=True)
    ((role, spelling),) = queries.accepted_spellings(run.course, "ask", block.content_id)
    assert spelling == "arco"
    assert "answer" in role
