"""The list of cases: whose, chosen and sorted how, and at what cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from polylect_web.practice import actions
from polylect_web.practice.models import Stage
from polylect_web.practice.register_page import when
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import LIST, amina, arrangement, browser_of, kept

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.now().date()


def titles(client: Client, **asked: object) -> list[str]:
    return [link.text_content() for link in page(client.get(LIST, asked)).cssselect("tbody th a")]


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(LIST)["Location"] == "/en/sign-in/?next=%2Fen%2Fpartnerships%2F"
    assert browser_of(person(None)).get(LIST).status_code == 302


def test_an_empty_list_says_how_to_begin() -> None:
    shown = page(browser_of(amina()).get(LIST))
    assert "There is nothing here yet." in text_of(shown, ".lead")
    assert not shown.cssselect("table, .filter")


def test_a_line_says_what_it_is_and_when_what_is_next() -> None:
    owner = amina()
    kept(owner, stage=Stage.TALKING, next_step="Ring them up", next_on=today() - timedelta(days=3))
    (row,) = page(browser_of(owner).get(LIST)).cssselect("tbody tr")
    cells = [" ".join(cell.text_content().split()) for cell in row.cssselect("th, td")]
    assert cells[:3] == ["The library", "Talking", "Partnership"]
    assert cells[3].startswith("Ring them up 3 days overdue · ")
    assert row.cssselect(".when-overdue .icon")


def test_a_case_of_whose_sides_nothing_is_said_is_no_kind_of_thing() -> None:
    owner = amina()
    kept(owner, arrangement=actions.Arrangement())
    assert text_of(page(browser_of(owner).get(LIST)), "tbody td:nth-of-type(2)") == "–"


def test_others_see_nothing_of_it() -> None:
    kept(amina())
    assert titles(browser_of(person("kofi"))) == []


def test_what_is_shared_is_in_both_lists_and_says_whose_it_is() -> None:
    owner, other = amina(), person("kofi")
    actions.share(case=kept(owner), person=other, may_edit=False)
    kept(other, "The museum")
    assert titles(browser_of(owner)) == ["The library"]
    assert titles(browser_of(other), sort="title") == ["The library", "The museum"]
    assert "shared by amina" in page(browser_of(other).get(LIST)).text_content()


def some(owner: Any) -> None:
    day = today()
    kept(owner, "Bank", stage=Stage.RUNNING, next_on=day + timedelta(days=30))
    kept(owner, "archive", stage=Stage.IDEA, next_on=day - timedelta(days=1), notes="They like Bach.")
    kept(owner, "Choir", stage=Stage.TALKING, next_on=day + timedelta(days=7), arrangement=arrangement())
    kept(owner, "ÉCOLE du port", stage=Stage.AGREED)
    kept(owner, "Dance", stage=Stage.ENDED, next_on=day - timedelta(days=9))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Dance", "archive", "Choir", "Bank", "ÉCOLE du port"]),
        ({"sort": "title"}, ["archive", "Bank", "Choir", "Dance", "ÉCOLE du port"]),
        ({"sort": "stage"}, ["archive", "Choir", "ÉCOLE du port", "Bank", "Dance"]),
        ({"sort": "changed"}, ["Dance", "ÉCOLE du port", "Choir", "archive", "Bank"]),
        ({"stage": "talking"}, ["Choir"]),
        ({"due": "overdue"}, ["archive"]),
        ({"due": "week"}, ["archive", "Choir"]),
        ({"due": "dated"}, ["Dance", "archive", "Choir", "Bank"]),
        ({"due": "undated"}, ["ÉCOLE du port"]),
        ({"text": "école"}, ["ÉCOLE du port"]),
        ({"text": "bach LIKE"}, ["archive"]),
        ({"text": "owner hall", "stage": "idea"}, ["archive"]),
        ({"text": "%"}, []),
        (
            {"stage": "x", "due": "y", "sort": "z", "page": "nine"},
            ["Dance", "archive", "Choir", "Bank", "ÉCOLE du port"],
        ),
    ],
)
def test_it_is_chosen_and_sorted(asked: dict[str, str], found: list[str]) -> None:
    owner = amina()
    some(owner)
    assert titles(browser_of(owner), **asked) == found


def test_it_says_how_many_steps_are_late_or_for_today() -> None:
    owner = amina()
    some(owner)
    kept(owner, "Fair", next_on=today())
    notice = text_of(page(browser_of(owner).get(LIST)), ".notice-heed")
    assert notice == "1 next step is overdue. 1 is due today. See the reminders"


def test_nothing_that_is_chosen_says_so() -> None:
    owner = amina()
    kept(owner)
    shown = page(browser_of(owner).get(LIST, {"text": "nowhere"}))
    assert "No case of yours is like that." in text_of(shown, ".lead")


def test_a_long_list_has_pages_that_keep_what_was_chosen() -> None:
    owner = amina()
    for number in range(27):
        kept(owner, f"Case {number:02}")
    client = browser_of(owner)
    assert len(titles(client)) == 25
    assert titles(client, page="2") == ["Case 25", "Case 26"]
    shown = page(client.get(LIST, {"sort": "title", "text": "case"}))
    assert shown.cssselect("a[rel=next]")[0].get("href") == "?sort=title&text=case&page=2"


def test_ten_more_cases_cost_no_more_queries() -> None:
    owner, other = amina(), person("kofi")
    client = browser_of(owner)
    counts = []
    for _ in range(2):
        for number in range(10):
            actions.share(case=kept(other, f"Theirs {number}"), person=owner, may_edit=False)
            kept(owner, f"Mine {number}")
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6, queries.captured_queries


@pytest.mark.parametrize(
    ("days", "said"),
    [(-2, "2 days overdue"), (-1, "1 day overdue"), (0, "today"), (1, "tomorrow"), (2, "in 2 days"), (15, "")],
)
def test_a_date_is_said_in_words(days: int, said: str) -> None:
    assert when(date(2027, 1, 20) + timedelta(days=days), date(2027, 1, 20)) == said
    assert when(None, date(2027, 1, 20)) == ""


def test_names_are_shown_as_they_are_and_never_as_html() -> None:
    owner = amina()
    kept(owner, "<script>alert(1)</script>", next_step="<b>x</b>")
    content = browser_of(owner).get(LIST).content.decode()
    assert "<script>alert" not in content
    assert "<b>x</b>" not in content
