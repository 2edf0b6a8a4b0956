"""The list of a lesson's texts: filters, pages, what a visitor sees."""

import pytest
from django.test import Client

from polylect.course import tree
from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run
from polylect_web.memory.models import Remembered
from polylect_web.texts.models import Message
from web.builders import RUN, course, exercise, publish, text, translate, unit
from web.translate.builders import BASE, LESSON, SOURCE, signed_in, uuid_of

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


def test_a_hidden_course_is_for_its_staff_and_those_who_were_named() -> None:
    run = publish(course(unit(text(), exercise())))
    run.is_open = False
    run.save()
    assert Client().get(LESSON).status_code == 404
    assert signed_in("amina").get(LESSON).status_code == 404
    assert signed_in("other", Role.TRANSLATOR, "ar").get(LESSON).status_code == 404
    assert signed_in("named", Role.TRANSLATOR).get(LESSON).status_code == 200
    assert signed_in("staff", Role.STAFF, "").get(LESSON).status_code == 200
    assert Client().get(f"/en/translate/{RUN}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_list_is_only_looked_at(client: Client, method: str) -> None:
    publish()
    assert getattr(client, method)(LESSON).status_code == 405


def hidden_course() -> None:
    """A course with a lesson that only staff sees, and with a hidden block in an open lesson."""
    hidden = tree.Access(staff_only=True)
    publish(
        course(
            unit(text(), text("key", "<p>Sesame opens it.</p>", access=hidden)),
            unit(text("later", "<p>Sesame comes later.</p>"), code="secret", title="Sesame", access=hidden),
            pages=(tree.Page("staff", "Sesame", "<p>Sesame for staff.</p>", "page", hidden),),
        )
    )


@pytest.mark.parametrize("who", ["nobody", "a volunteer"])
@pytest.mark.parametrize(
    "address", ["/en/translate/", f"/en/translate/{RUN}/", BASE, LESSON, f"{BASE}course/", f"{BASE}secret/"]
)
def test_what_learners_do_not_see_is_no_volunteers_work(who: str, address: str) -> None:
    hidden_course()
    client = Client() if who == "nobody" else signed_in("amina")
    page = client.get(address)
    assert page.status_code == (404 if address.endswith("secret/") else 200)
    assert "Sesame" not in page.content.decode()


def test_a_hidden_text_is_out_of_reach_by_its_address() -> None:
    hidden_course()
    client = signed_in("amina")
    for row in Message.objects.filter(text__contains="Sesame"):
        for lesson in ("start", "secret", "course"):
            address = f"{BASE}{lesson}/{row.uuid}/"
            assert client.get(address).status_code == 404
            assert client.post(f"{address}check/", {"text": "x"}).status_code == 404


def test_those_who_were_named_translate_it_before_it_opens() -> None:
    hidden_course()
    client = signed_in("named", Role.TRANSLATOR)
    assert "Sesame comes later." in client.get(f"{BASE}secret/").content.decode()
    assert "Sesame opens it." in client.get(LESSON).content.decode()


def test_the_memory_keeps_what_is_hidden_a_secret() -> None:
    hidden_course()
    run = Run.objects.get()
    translate(run, "fr", {"Sesame comes later.": "Plus tard.", "Sesame opens it.": "Ouvre-toi.", SOURCE: "Les ponts."})
    assert set(Remembered.objects.filter(is_secret=True).values_list("text", flat=True)) == {"Plus tard.", "Ouvre-toi."}
