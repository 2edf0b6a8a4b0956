"""The list of a lesson's texts: filters, pages, what a visitor sees."""

import pytest
from django.test import Client

from polylect_web.accounts.models import Role
from web.builders import RUN, course, exercise, publish, text, translate, unit
from web.translate.builders import LESSON, SOURCE, signed_in, uuid_of

pytestmark = pytest.mark.django_db


def test_the_first_text_that_is_to_be_done_is_in_hand(client: Client) -> None:
    run = publish()
    translate(run, "fr", {"Beginnings": "Débuts", "About bridges": "Sur les ponts"})
    assert client.get(LESSON).context["panel"].line.uuid == uuid_of(run)


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("all", ["Beginnings", "About bridges", SOURCE]),
        ("to-do", [SOURCE]),
        ("to-review", ["About bridges"]),
        ("nonsense", ["Beginnings", "About bridges", SOURCE]),
    ],
)
def test_a_filter_lists_what_it_says(client: Client, show: str, expected: list[str]) -> None:
    run = publish(course(unit(text())))
    translate(run, "fr", {"Beginnings": "Débuts"}, is_approved=True)
    translate(run, "fr", {"About bridges": "Sur les ponts"})
    page = client.get(LESSON, {"show": show})
    assert [one.line.text for one in page.context["listed"].shown] == expected


def test_a_long_lesson_has_pages(client: Client) -> None:
    blocks = [text(f"t{number}", f"<p>Text number {number}.</p>") for number in range(120)]
    publish(course(unit(*blocks)))
    first, last = client.get(LESSON).context["listed"], client.get(LESSON, {"page": "3"}).context["listed"]
    assert (len(first.shown), first.pages, len(last.shown)) == (100, 3, 41)
    assert client.get(LESSON, {"page": "99999999999"}).context["listed"].page == 1
    assert client.get(LESSON, {"page": "99"}).context["listed"].page == 3


def test_the_page_of_a_text_is_the_one_that_lists_it(client: Client) -> None:
    blocks = [text(f"t{number}", f"<p>Text number {number}.</p>") for number in range(120)]
    run = publish(course(unit(*blocks)))
    page = client.get(f"{LESSON}{uuid_of(run, 'Text number 119.')}/")
    assert page.context["listed"].page == 3


def test_answers_are_listed_for_those_who_were_named_alone() -> None:
    publish()
    secret = "Yes, with steel in it."
    assert secret not in signed_in("amina").get(LESSON).content.decode()
    assert secret in signed_in("named", Role.TRANSLATOR).get(LESSON).content.decode()


def test_a_lesson_without_texts_says_so(client: Client) -> None:
    publish(course(unit(text(html=""), title="")))
    page = client.get(LESSON, {"show": "to-review"})
    assert "Nothing waits for a review here." in page.content.decode()


def test_a_hidden_course_is_for_its_staff() -> None:
    run = publish(course(unit(text(), exercise())))
    run.is_open = False
    run.save()
    assert Client().get(LESSON).status_code == 404
    assert signed_in("named", Role.TRANSLATOR).get(LESSON).status_code == 404
    assert signed_in("staff", Role.STAFF, "").get(LESSON).status_code == 200
    assert Client().get(f"/en/translate/{RUN}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_list_is_only_looked_at(client: Client, method: str) -> None:
    publish()
    assert getattr(client, method)(LESSON).status_code == 405
