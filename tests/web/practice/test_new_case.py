"""Noting a case that was not judged before."""

import pytest
from django.test import Client

from polylect.partnership import Arrangement
from polylect_web.practice import actions
from polylect_web.practice.models import Case
from web.learn.parts import page, text_of
from web.practice.cases import HALL, amina, arrangement, browser_of

pytestmark = pytest.mark.django_db

PAGE = "/en/partnerships/new/"
FORM = {"title": " The  hall ", "stage": "talking", "next_step": "Ask", "next_on": "2027-01-31", "notes": "a\r\nb  "}
BLANK = {"side": ["1", "2"], "name-1": "", "name-2": ""}


def test_everything_is_kept_as_it_was_filled_in() -> None:
    owner = amina()
    answer = browser_of(owner).post(PAGE, FORM | HALL | {"act": "save"})
    case = Case.objects.get()
    assert answer["Location"] == f"/en/partnerships/{case.uuid}/"
    assert (case.owner, case.title, case.stage, case.next_step) == (owner, "The hall", "talking", "Ask")
    assert (str(case.next_on), case.notes, case.described) == ("2027-01-31", "a\nb", arrangement(HALL))


def test_sides_of_whom_nothing_is_said_are_none() -> None:
    browser_of(amina()).post(PAGE, FORM | BLANK)
    assert Case.objects.get().described == Arrangement()


def test_pressed_twice_it_is_kept_once() -> None:
    client = browser_of(amina())
    shown = page(client.get(PAGE))
    keep_as = shown.cssselect("[name=keep_as]")[0].get("value")
    for _ in range(2):
        client.post(PAGE, FORM | BLANK | {"keep_as": keep_as})
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " \x00 "}, "title"),
        ({"title": ""}, "title"),
        ({"title": "\x01"}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"stage": "someday"}, "stage"),
        ({"next_on": "tomorrow"}, "next_on"),
        ({"notes": "x" * 5001}, "notes"),
        ({"next_step": "x" * 201}, "next_step"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_the_rest_stays(wrong: dict[str, str], field: str) -> None:
    answer = browser_of(amina()).post(PAGE, FORM | HALL | wrong)
    assert answer.status_code == 400
    shown = page(answer)
    assert text_of(shown, f"#id_{field}_error")
    assert shown.cssselect("#name-2")[0].get("value") == "The choir"
    assert not Case.objects.exists()


def test_nothing_beside_something_is_to_be_put_right_first() -> None:
    answer = browser_of(amina()).post(PAGE, FORM | HALL | {"gains-1": ["nothing", "reach"]})
    assert answer.status_code == 400
    assert text_of(page(answer), "#gains-1 .field-error")
    assert not Case.objects.exists()


def test_a_side_is_added_and_what_was_filled_in_stays() -> None:
    answer = browser_of(amina()).post(PAGE, FORM | HALL | {"act": "add"})
    shown = page(answer)
    assert len(shown.cssselect("[data-sides] > .side")) == 3
    assert shown.cssselect("#id_next_on")[0].get("value") == "2027-01-31"
    assert shown.cssselect("#id_stage [selected]")[0].get("value") == "talking"
    assert not shown.cssselect(".field-error")
    assert not Case.objects.exists()


def test_a_full_list_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_CASES", 0)
    answer = browser_of(amina()).post(PAGE, FORM)
    assert "Your list can hold 0 cases." in text_of(page(answer), "[role=alert]")


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    for answer in (client.get(PAGE), client.post(PAGE, FORM)):
        assert answer["Location"].startswith("/en/sign-in/")
    assert not Case.objects.exists()


def test_a_form_from_elsewhere_is_refused() -> None:
    strict = browser_of(amina())
    strict.handler.enforce_csrf_checks = True
    assert strict.post(PAGE, FORM).status_code == 403
