"""Keeping the case that was just judged."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from polylect_web.accounts.models import Person
from polylect_web.practice import actions
from polylect_web.practice.models import Case
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import HALL, LIST, amina, arrangement, browser_of

pytestmark = pytest.mark.django_db

KEEP = "/en/partnership/keep/"
ONCE = "0b0b0b0b-2c55-4a0e-9d5e-0f6f4c7b1a11"


def test_it_is_kept_under_the_names_of_its_sides_and_shown() -> None:
    owner = amina()
    answer = browser_of(owner).post(KEEP, HALL)
    case = Case.objects.get()
    assert answer["Location"] == f"{LIST}{case.uuid}/"
    assert (case.owner, case.title, case.stage) == (owner, "The owner of the hall and The choir", "idea")
    assert case.described == arrangement(HALL)


def test_pressed_twice_it_is_kept_once() -> None:
    client = browser_of(amina())
    answers = [client.post(KEEP, HALL | {"keep_as": ONCE})["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Case.objects.count() == 1


def test_sent_twice_at_once_it_is_kept_once() -> None:
    """A database with several writers refuses the second, which then finds the case of the first."""
    refusals = iter([IntegrityError("uuid is not unique")])

    def refuse_once(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        for refusal in refusals if sql.startswith('INSERT INTO "practice_case"') else ():
            raise refusal
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse_once):
        assert ONCE in browser_of(amina()).post(KEEP, HALL | {"keep_as": ONCE})["Location"]
    assert Case.objects.count() == 1


def test_the_number_of_somebody_elses_case_gives_a_new_one() -> None:
    browser_of(amina()).post(KEEP, HALL | {"keep_as": ONCE})
    answer = browser_of(person("kofi")).post(KEEP, HALL | {"keep_as": ONCE})
    assert Case.objects.count() == 2
    assert ONCE not in answer["Location"]


@pytest.mark.parametrize("keep_as", ["", "x", "0" * 100])
def test_any_number_will_do(keep_as: str) -> None:
    browser_of(amina()).post(KEEP, HALL | {"keep_as": keep_as})
    assert Case.objects.count() == 1


def test_who_is_not_signed_in_still_has_the_case_and_is_told_what_to_do(client: Client) -> None:
    answer = client.post(KEEP, HALL)
    assert answer.status_code == 403
    assert "Take the case along as a file, sign in" in text_of(page(answer), "[role=alert]")
    assert page(answer).cssselect("#name-2")[0].get("value") == "The choir"
    assert (Case.objects.count(), Person.objects.count()) == (0, 0)


def test_a_guest_keeps_nothing() -> None:
    assert browser_of(person(None)).post(KEEP, HALL).status_code == 403
    assert not Case.objects.exists()


def test_a_full_list_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_CASES", 1)
    client = browser_of(amina())
    client.post(KEEP, HALL)
    answer = client.post(KEEP, HALL)
    assert answer.status_code == 400
    assert "Your list can hold 1 cases." in text_of(page(answer), "[role=alert]")
    assert Case.objects.count() == 1


def test_looking_keeps_nothing() -> None:
    assert browser_of(amina()).get(KEEP).status_code == 405


def test_a_form_from_elsewhere_keeps_nothing() -> None:
    strict = browser_of(amina())
    strict.handler.enforce_csrf_checks = True
    assert strict.post(KEEP, HALL).status_code == 403
    assert not Case.objects.exists()
