"""The page of one case."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts.actions import give_role
from polylect_web.accounts.models import Role
from polylect_web.practice import actions
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import HALL, LIST, address, amina, arrangement, browser_of, kept

pytestmark = pytest.mark.django_db


def test_it_is_judged_when_it_is_looked_at() -> None:
    owner = amina()
    case = kept(owner, arrangement=arrangement(HALL), notes="We met.\n\nThey like Bach.", next_on=date(2020, 1, 2))
    shown = page(browser_of(owner).get(address(case)))
    assert text_of(shown, ".answer-kind") == "Donation"
    assert [text_of(row, "th bdi") for row in shown.cssselect("tbody tr")] == ["The owner of the hall", "The choir"]
    assert text_of(shown, "tbody tr") == "The owner of the hall (Organization)a place to meetthanks"
    assert len(shown.cssselect(".prose p")) == 2
    assert "days overdue" in text_of(shown, ".figures")


def test_a_case_without_sides_says_how_to_go_on() -> None:
    owner = amina()
    case = kept(owner, arrangement=actions.Arrangement())
    shown = page(browser_of(owner).get(address(case)))
    assert "Nothing is said of the sides yet." in text_of(shown, ".lead")
    assert not shown.cssselect(".answer")


def test_only_its_owner_and_whom_it_is_shared_with_know_of_it() -> None:
    case = kept(amina())
    assert browser_of(person("kofi")).get(address(case)).status_code == 404
    assert browser_of(person("x")).get(f"{LIST}{uuid.uuid4()}/").status_code == 404


def test_a_role_on_the_site_opens_nothing() -> None:
    case, operator = kept(amina()), person("operator")
    give_role(person=operator, role=Role.OPERATOR)
    assert browser_of(operator).get(address(case)).status_code == 404


@pytest.mark.parametrize("may_edit", [False, True])
def test_who_it_is_shared_with_sees_what_they_may_do(may_edit: bool) -> None:
    case, other = kept(amina()), person("kofi")
    actions.share(case=case, person=other, may_edit=may_edit)
    shown = page(browser_of(other).get(address(case)))
    assert bool(shown.cssselect("a[href$='/edit/']")) is may_edit
    assert not shown.cssselect("a[href$='/delete/'], .sharing")
    assert "amina" in text_of(shown, ".figures")


def test_twenty_shares_cost_no_more_queries_than_one() -> None:
    owner, counts = amina(), []
    case, client = kept(owner), browser_of(owner)
    client.get(address(case))
    for several in (range(1), range(1, 20)):
        for number in several:
            actions.share(case=case, person=person(f"friend{number}"), may_edit=False)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(case))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


def test_the_page_is_kept_by_no_cache() -> None:
    owner = amina()
    assert "no-store" in browser_of(owner).get(address(kept(owner)))["Cache-Control"]
