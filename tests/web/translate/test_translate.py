"""The first page of the workbench, a course's matrix, and a course in one language."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.texts import working
from web.builders import RUN, course, person, publish, text, translate, unit
from web.translate.builders import BASE, SOURCE, signed_in

pytestmark = pytest.mark.django_db


def test_every_course_is_there_with_the_languages_that_were_begun(client: Client) -> None:
    run = publish()
    translate(run, "sw", {SOURCE: "Madaraja huunganisha watu."})
    html = client.get("/en/translate/").content.decode()
    assert "Bridges" in html
    assert f"/en/translate/sw/{RUN}/" in html


def test_anybody_may_begin_any_language(client: Client) -> None:
    publish()
    answer = client.get("/en/translate/", {"into": "PT_br", "course": str(RUN)})
    assert answer.headers["Location"] == f"/en/translate/pt-BR/{RUN}/"
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("typed", ["klingonish!", "", "x" * 35])
def test_what_is_no_language_is_answered_with_a_sentence(client: Client, typed: str) -> None:
    publish()
    page = client.get("/en/translate/", {"into": typed, "course": str(RUN)})
    assert page.status_code == 200
    assert not typed or "No language known here is called" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "tag"), [("Swahili", "sw"), ("kiswahili", "sw"), ("Allemand", "de"), ("اردو", "ur"), (" ar ", "ar")]
)
def test_a_language_is_begun_by_its_name(client: Client, typed: str, tag: str) -> None:
    publish()
    answer = client.get("/fr/translate/", {"into": typed, "course": str(RUN)})
    assert answer.headers["Location"] == f"/fr/translate/{tag}/{RUN}/"


def test_a_course_that_is_none_leads_nowhere(client: Client) -> None:
    publish()
    assert client.get("/en/translate/", {"into": "sw", "course": "x"}).status_code == 200
    assert client.get("/en/translate/Test+Nothing+2026/").status_code == 404
    assert client.get("/en/translate/sw/Test+Nothing+2026/").status_code == 404


def test_the_matrix_has_lessons_by_languages_the_fullest_first(client: Client) -> None:
    run = publish(course(unit(text())))
    translate(run, "sw", {SOURCE: "Madaraja huunganisha watu."})
    translate(run, "fr", {SOURCE: "Les ponts relient les gens.", "About bridges": "Sur les ponts"})
    matrix = client.get(f"/en/translate/{RUN}/").context["matrix"]
    assert [column.language for column in matrix.columns] == ["fr", "sw"]
    start = next(row for row in matrix.rows if row.lesson.code == "start")
    assert [cell.tally.left for cell in start.cells] == [1, 3]


def test_what_is_almost_done_comes_first(client: Client) -> None:
    long, short = text(html="<p>Bridges join people.</p>"), text("other", "<p>They stand for long years.</p>")
    run = publish(course(unit(long, code="one", title="One"), unit(short, code="two", title="Two")))
    wording = {"One": "Un", SOURCE: "Les ponts relient les gens."}
    translate(run, "fr", wording)
    assert [row.lesson.code for row in client.get(BASE).context["almost_done"]] == []
    translate(run, "fr", {"They stand for long years.": "Ils durent.", "Two": "Deux"})
    assert [row.lesson.code for row in client.get(BASE).context["almost_done"]] == ["two"]


def test_what_is_almost_done_in_ones_own_languages_comes_first() -> None:
    run = publish(course(unit(text())))
    translate(run, "fr", {SOURCE: "Les ponts relient les gens.", "About bridges": "Sur les ponts"})
    someone = person("amina")
    client = Client()
    client.force_login(someone)
    assert client.get("/en/translate/").context["courses"][0].near == ()
    accounts.set_profile(person=someone, name="", email="", languages=["fr", "ha"])
    client.force_login(Person.objects.get(pk=someone.pk))
    near = client.get("/en/translate/").context["courses"][0].near
    assert [(one.lesson.code, one.cell.language, one.cell.tally.left) for one in near] == [("start", "fr", 1)]


def test_ones_own_languages_that_nobody_began_are_offered(client: Client) -> None:
    translate(publish(), "sw", {SOURCE: "Madaraja huunganisha watu."})
    offered = client.get("/fr/translate/").context["courses"][0]
    assert [column.language for column in offered.columns] == ["sw"]
    assert [column.language for column in offered.to_begin] == ["fr"]
    assert client.get("/en/translate/").context["courses"][0].to_begin == ()


def test_a_language_that_is_made_up_is_not_offered(client: Client) -> None:
    publish()
    assert client.get("/en-XA/translate/").context["courses"][0].to_begin == ()


def test_reviewers_are_led_to_what_waits_for_them() -> None:
    translate(publish(), "fr", {SOURCE: "Les ponts relient les gens."})
    address = "/en/translate/fr/review/"
    assert address in signed_in("rachid", Role.REVIEWER).get("/en/translate/").content.decode()
    assert address in signed_in("rachid").get(BASE).content.decode()
    for other in (Client(), signed_in("amina"), signed_in("rima", Role.REVIEWER, "ar")):
        assert address not in other.get("/en/translate/").content.decode()
        assert address not in other.get(BASE).content.decode()


def test_states_are_told_in_words() -> None:
    run = publish(course(unit(text())))
    translate(run, "fr", {SOURCE: "Les ponts relient les gens."})
    translate(run, "fr", {"About bridges": "Sur les ponts"}, is_approved=True)
    publish(course(unit(text(html="<p>Bridges join many people.</p>"))))
    html = Client().get(BASE).content.decode()
    assert "2 approved · 4 outdated" in html
    assert "words left (4 outdated)" in html
    assert 'class="bar-outdated"' in html


@pytest.mark.parametrize(
    ("wording", "expected"), [({}, "course"), ({"About bridges": "Sur", SOURCE: "Ponts"}, "start")]
)
def test_one_goes_on_where_least_is_left(client: Client, wording: dict[str, str], expected: str) -> None:
    run = publish(course(unit(text())))
    translate(run, "fr", wording)
    assert f"{BASE}{expected}/?show=to-do" in client.get(BASE).content.decode()


@pytest.mark.parametrize("address", ["/en/translate/", f"/en/translate/{RUN}/", BASE])
def test_a_page_costs_the_same_in_a_long_course(client: Client, address: str) -> None:
    counted = []
    for length in (1, 30):
        units = [unit(text(f"t{number}", f"<p>Text {number}.</p>"), code=f"u{number}") for number in range(length)]
        run = publish(course(unit(text()), *units))
        translate(run, "fr", {SOURCE: f"Les ponts {length}."})
        client.get(address)
        working.forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 14
