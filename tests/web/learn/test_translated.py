"""What a unit's page says about its translation: who translated it, what a machine did, what was there before."""

import pytest
from django.test import Client
from lxml.html import HtmlElement
from pytest_django import DjangoAssertNumQueries

from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run
from polylect_web.texts import showing, writing
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import Origin, Shown
from polylect_web.texts.writing import Draft
from web.builders import CHOICE_XML, course, exercise, message, person, publish, text, translate, unit
from web.learn.parts import UNIT, page, text_of, video

pytestmark = pytest.mark.django_db

FRENCH = UNIT.replace("/en/", "/fr/")
SOURCE = "Bridges join people."
QUESTION = "Which material is used for most bridges?"
HINTED = CHOICE_XML.replace("</problem>", "<demandhint><hint>It is grey.</hint></demandhint></problem>")


def write(run: Run, source: str, target: str, origin: Origin = Origin.HUMAN, by: Person | None = None) -> None:
    choice = Choice(shown=Shown.TRANSLATED, shows_machine=True)
    writer = by or Person.objects.get_or_create(username="writer")[0]
    draft = Draft(target, source)
    writing.write_target(run.course, "fr", message(run, source).uuid, draft, by=writer, choice=choice, origin=origin)


def french(client: Client) -> HtmlElement:
    return page(client.get(FRENCH))


def test_translators_are_named_below_the_lesson(client: Client) -> None:
    run = publish()
    for name in ("Zo", "<b>Ada</b>"):
        write(run, SOURCE if name == "Zo" else "Concrete", name, by=Person.objects.create(username=name, name=name))
    assert text_of(french(client), ".translated p") == "Traduit par Zo et <b>Ada</b>"
    assert not page(client.get(UNIT)).cssselect(".translated")


def test_of_many_translators_the_first_are_named(client: Client) -> None:
    run = publish(course(unit(*(text(f"t{number}", f"<p>Text {number}.</p>") for number in range(15)))))
    for number in range(14):
        write(run, f"Text {number}.", f"Texte {number}.", by=person(f"writer{number:02}"))
    assert "writer11 et 2 autres" in text_of(french(client), ".translated p")


def test_the_way_to_the_workbench_works_without_scripts(client: Client) -> None:
    publish()
    (link,) = french(client).cssselect("[data-improve]")
    assert link.get("href") == "/fr/translate/fr/Test+Bridges+2026/start/"
    assert client.get(link.get("href")).status_code == 200
    assert client.get(link.get("data-improve")).status_code == 200


@pytest.mark.parametrize("language", ["en", "en-GB", "en-XA"])
def test_what_is_the_source_or_made_up_of_it_is_not_to_be_improved(client: Client, language: str) -> None:
    publish()
    assert not page(client.get(UNIT.replace("/en/", f"/{language}/"))).cssselect("[data-improve]")


def test_a_page_that_is_warm_costs_no_query_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = publish()
    write(run, SOURCE, "Les ponts relient les gens.")
    client.get(UNIT)
    client.get(FRENCH)
    with django_assert_num_queries(2):  # the run, the counters
        client.get(UNIT)
    with django_assert_num_queries(2):
        client.get(FRENCH)


def test_what_a_machine_translated_says_so(client: Client) -> None:
    run = publish(course(unit(text(html=f"<p>{SOURCE}</p><p>They last.</p>"))))
    write(run, SOURCE, "Les ponts relient les gens.", Origin.MACHINE)
    assert text_of(french(client), ".source-note + .source-note") == "Traduction automatique"
    write(run, "They last.", "Ils durent.")
    assert text_of(french(client), ".source-note") == "Traduction en partie automatique"


def test_what_a_reviewer_approved_is_the_machines_no_more(client: Client) -> None:
    run = publish(course(unit(text(html=f"<p>{SOURCE}</p>"))))
    write(run, SOURCE, "Les ponts relient les gens.", Origin.MACHINE)
    target = message(run, SOURCE).units.get().current_id
    writing.approve(run.course, target, by=person("reviewer"), choice=Choice())
    assert not french(client).cssselect(".source-note")


def test_where_the_course_shows_nothing_of_machines_nothing_is_said(client: Client) -> None:
    run = publish(course(unit(text(html=f"<p>{SOURCE}</p>"))))
    write(run, SOURCE, "Les ponts relient les gens.", Origin.MACHINE)
    showing.choose(run.course, "fr", who=None, shown=Shown.TRANSLATED, shows_machine=False)
    assert "automatique" not in text_of(french(client), "main")


def changed_question(xml: str = CHOICE_XML) -> Run:
    run = publish(course(unit(exercise(xml=xml))))
    wording = {QUESTION: "Quel matériau ?", "Concrete": "Béton", "Paper": "Papier"}
    translate(run, "fr", {**wording, "Yes, with steel in it.": "Oui.", "It would not last.": "Non."})
    if xml == HINTED:
        translate(run, "fr", {"It is grey.": "Il est gris."})
    edited = xml.replace("is used", "is not used").replace("It would not last", "It never lasts")
    return publish(course(unit(exercise(xml=edited.replace("It is grey", "It is not grey")))))


def test_the_earlier_translation_of_a_question_is_one_press_away(client: Client) -> None:
    changed_question()
    (earlier,) = french(client).cssselect("details.earlier")
    assert earlier.get("open") is None
    assert [(part.get("lang"), part.text) for part in earlier.cssselect("dt, dd")] == [
        ("en", "Which material is not used for most bridges?"),
        ("fr", "Quel matériau ?"),
    ]


def test_it_stands_outside_of_what_is_sent_and_graded(client: Client) -> None:
    changed_question()
    assert not french(client).cssselect("form details.earlier")
    answer = client.post(f"{FRENCH}answer/ask/", {"act": "answer", "q1": "c1"}, headers={"X-Fragment": "exercise"})
    assert "Quel matériau" not in answer.content.decode()


def test_what_is_shown_after_the_answer_or_as_a_hint_is_not_given_away(client: Client) -> None:
    changed_question(HINTED)
    (earlier,) = french(client).cssselect("details.earlier")
    assert "Non." not in earlier.text_content()
    assert "gris" not in earlier.text_content()


def test_nothing_is_offered_where_every_translation_holds(client: Client) -> None:
    run = publish(course(unit(exercise())))
    translate(run, "fr", {QUESTION: "Quel matériau ?"})
    assert not french(client).cssselect("details.earlier")


def test_a_transcript_counts_the_sentences_that_changed(client: Client) -> None:
    run = publish(course(unit(video())))
    translate(run, "fr", {"Two groups meet.": "Deux groupes se rencontrent."})
    assert not french(client).cssselect(".transcript .source-note")
    track = video().tracks[0].track
    cues = (track.cues[0].__class__(0, 2000, "Two groups met."), *track.cues[1:])
    publish(course(unit(video(track=track.__class__(cues)))))
    shown = french(client)
    assert "Deux groupes se rencontrent." in text_of(shown, "[data-cues]")
    assert text_of(shown, ".transcript .source-note") == "L’auteur a modifié 1 phrase depuis sa traduction"
