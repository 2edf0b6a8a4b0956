"""What a course decides for a language: who may, what it would change, and what it changes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run
from polylect_web.texts import actions as texts
from polylect_web.texts.deciding import Effect, effects
from polylect_web.texts.models import LanguageChoice, Origin, Shown, TranslationUnit, Who
from polylect_web.texts.showing import choose
from web.builders import RUN, course, message, person, publish, text, translate, unit
from web.translate.builders import BASE, LESSON, SOURCE, signed_in

pytestmark = pytest.mark.django_db

CHOICE = f"/en/translate/fr/choice/{RUN}/"
WORDING = "Les ponts relient les gens."


def author() -> Client:
    return signed_in("author", Role.AUTHOR, "")


def by_machine(run: Run, source: str, wording: str) -> None:
    given = [texts.Given(message(run, source).uuid, wording, source)]
    texts.take_targets(run.course, "fr", given, origin=Origin.MACHINE)


def test_a_visitor_is_led_to_signing_in_and_back() -> None:
    publish()
    for client in (Client(), Client()):
        answer = client.get(CHOICE)
        assert (
            answer.headers["Location"]
            == f"/en/sign-in/?next=%2Fen%2Ftranslate%2Ffr%2Fchoice%2F{str(RUN).replace('+', '%2B')}%2F"
        )
        client.force_login(person(None))
        assert client.post(CHOICE, {"who": "", "shown": "approved"}).headers["Location"].startswith("/en/sign-in/")
    assert not LanguageChoice.objects.exists()


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.TRANSLATOR, Role.REVIEWER])
def test_it_is_for_those_who_publish_the_course(role: Role | None) -> None:
    publish()
    client = signed_in("amina", role)
    assert client.get(CHOICE).status_code == 403
    assert client.post(CHOICE, {"who": "", "shown": "approved"}).status_code == 403
    assert not LanguageChoice.objects.exists()


@pytest.mark.parametrize("address", [CHOICE.replace("/fr/", "/en/"), CHOICE.replace("Bridges", "Nothing")])
def test_what_is_not_translated_is_not_found(address: str) -> None:
    publish()
    assert author().get(address).status_code == 404


def test_what_would_change_is_said_before_it_is_chosen() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING, "About bridges": "Sur les ponts"})
    translate(run, "fr", {"A question": "Une question"}, is_approved=True)
    by_machine(run, "Bridges", "Ponts")
    html = author().get(CHOICE).content.decode()
    assert "2 texts would no longer be shown." in html
    assert "1 more text would be shown." in html


def test_choosing_changes_what_learners_see() -> None:
    translate(publish(), "fr", {SOURCE: WORDING})
    client = author()
    answer = client.post(CHOICE, {"who": "team", "shown": "approved"})
    assert (answer.status_code, answer.headers["Location"]) == (302, CHOICE)
    chosen = LanguageChoice.objects.get()
    assert (chosen.who, chosen.shown, chosen.shows_machine) == (Who.TEAM, Shown.APPROVED, False)
    assert TranslationUnit.objects.get().shown is None
    assert "1 text is shown differently now." in client.get(CHOICE).content.decode()
    client.post(CHOICE, {"who": "", "shown": "translated", "machine": "yes"})
    chosen.refresh_from_db()
    assert (chosen.who, chosen.shows_machine) == ("", True)
    assert "Nothing changed for learners." not in client.get(CHOICE).content.decode()


@pytest.mark.parametrize("fields", [{}, {"who": "anybody", "shown": "approved"}, {"who": "", "shown": "all"}])
def test_what_is_no_choice_is_refused_with_a_sentence(fields: dict[str, str]) -> None:
    publish()
    answer = author().post(CHOICE, fields)
    assert answer.status_code == 400
    assert "Choose who translates" in answer.content.decode()
    assert not LanguageChoice.objects.exists()


@pytest.mark.parametrize("shows_machine", [False, True])
@pytest.mark.parametrize("shown", list(Shown))
def test_what_is_said_beforehand_is_what_comes_of_it(shown: Shown, shows_machine: bool) -> None:
    run = publish()
    translate(run, "fr", {SOURCE: WORDING}, is_approved=True)
    translate(run, "fr", {SOURCE: "Les ponts unissent les gens.", "About bridges": "Sur les ponts"})
    by_machine(run, "A question", "Une question")
    said = effects(run.version, "fr")[shown, shows_machine]
    assert choose(run.course, "fr", who=None, shown=shown, shows_machine=shows_machine) == (
        said.shown + said.hidden + said.reworded
    )
    assert effects(run.version, "fr")[shown, shows_machine] == Effect()


def test_what_no_version_shows_any_more_is_not_counted() -> None:
    translate(publish(), "fr", {SOURCE: WORDING})
    run = publish(course(unit(text(html="<p>Towers stand alone in wide fields.</p>"))))
    assert effects(run.version, "fr")[Shown.APPROVED, False].hidden == 0


def test_translators_read_what_is_chosen_on_the_course_and_in_the_lesson(client: Client) -> None:
    run = publish()
    choose(run.course, "fr", who=Who.TEAM, shown=Shown.APPROVED, shows_machine=False)
    for address in (BASE, LESSON):
        html = client.get(address).content.decode()
        assert "Learners see what a reviewer approved." in html
        assert "Those whom the course named translate; everybody else suggests." in html


def test_only_who_decides_is_led_to_deciding() -> None:
    publish()
    assert CHOICE in author().get(BASE).content.decode()
    assert CHOICE not in signed_in("amina", Role.REVIEWER).get(BASE).content.decode()


def test_a_page_costs_the_same_in_a_long_course() -> None:
    counted = []
    client = author()
    for length in (1, 40):
        run = publish(course(unit(*(text(f"t{at}", f"<p>Text {at}.</p>") for at in range(length)))))
        translate(run, "fr", {f"Text {at}.": f"Texte {at}." for at in range(length)})
        client.get(CHOICE)
        with CaptureQueriesContext(connection) as captured:
            client.get(CHOICE)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 10
