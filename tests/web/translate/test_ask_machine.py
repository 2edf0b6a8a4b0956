"""Suggestions of a machine and of the memory, beside the text in hand."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run
from polylect_web.machine import queries
from polylect_web.texts.models import Message, Target
from web.builders import course, publish, text, translate, unit
from web.machine.services import Service, Trouble, libretranslate
from web.translate.builders import SOURCE, form, line, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_machines() -> None:
    queries.forget()


def test_nothing_is_asked_where_no_machine_is_connected() -> None:
    run = publish()
    assert "machine-title" not in signed_in("amina").get(line(run)).content.decode()
    assert signed_in("amina").post(f"{line(run)}machine/").status_code == 404


def test_a_visitor_asks_no_machine() -> None:
    assert "/sign-in/" in Client().post(f"{line(publish())}machine/").headers["Location"]


def test_a_text_that_was_translated_before_is_offered_with_its_likeness() -> None:
    run = publish(course(unit(text(), text("other", "<p>Bridges join many people.</p>"))))
    translate(run, "fr", {SOURCE: "Les ponts relient les gens."})
    page = signed_in("amina").get(line(run, "Bridges join many people."))
    (match,) = page.context["panel"].matches
    assert (match.text, 60 <= match.percent < 100) == ("Les ponts relient les gens.", True)
    assert "Les ponts relient les gens." in page.content.decode()


def test_what_gives_answers_away_is_offered_to_those_who_were_named_alone() -> None:
    run = publish()
    secret = Message.objects.filter(reveals=True).exclude(text="").first()
    assert secret is not None
    translate(run, "fr", {secret.text: "Oui, avec de l’acier."})
    publish(course(unit(text(html=f"<p>{secret.text} Indeed.</p>"))))
    address = line(run, f"{secret.text} Indeed.")
    assert signed_in("amina").get(address).context["panel"].matches == ()
    assert signed_in("named", Role.TRANSLATOR).get(address).context["panel"].matches


def test_without_scripts_a_suggestion_is_taken_into_the_form_and_not_saved() -> None:
    run = publish()
    page = signed_in("amina").post(line(run), form("Les ponts relient.", act="take"))
    assert "Les ponts relient.</textarea>" in page.content.decode()
    assert not Target.objects.exists()


def connect(settings: Settings, service: Service) -> None:
    settings.MACHINES, settings.MACHINE_KEY = (("libretranslate", service.address),), ""


def spanish(run: Run) -> str:
    return line(run).replace("/fr/", "/es/")


def test_a_machine_is_asked_when_somebody_presses_and_not_before(settings: Settings) -> None:
    run = publish()
    with libretranslate() as service:
        connect(settings, service)
        page = signed_in("amina").get(spanish(run)).content.decode()
        assert "Ask LibreTranslate" in page
        assert service.asked == []
        found = signed_in("amina").post(f"{spanish(run)}machine/").content.decode()
        assert "segdirB nioj elpoep." in found
        assert "Nobody has read it" in found
    assert not Target.objects.exists()


def test_a_script_gets_the_suggestion_alone(settings: Settings) -> None:
    run = publish()
    with libretranslate() as service:
        connect(settings, service)
        answer = signed_in("amina").post(f"{spanish(run)}machine/", headers={"X-Fragment": "parts"})
    assert answer.headers["X-Fragment"] == "parts"
    assert answer.content.decode().lstrip().startswith('<section id="machine"')


def test_a_machine_that_does_not_answer_says_why(settings: Settings) -> None:
    run = publish()
    with libretranslate(trouble=Trouble.BROKEN) as service:
        connect(settings, service)
        page = signed_in("amina").post(f"{spanish(run)}machine/")
    assert page.status_code == 200
    assert page.context["panel"].machine.sentence in page.content.decode()
    assert page.context["panel"].machine.text == ""
