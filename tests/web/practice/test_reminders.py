"""What waits for a date."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from polylect_web.practice import actions
from polylect_web.practice.models import Stage
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import amina, browser_of, kept

pytestmark = pytest.mark.django_db

PAGE = "/en/partnerships/reminders/"


def test_what_is_late_comes_first_and_the_time_is_said_in_words() -> None:
    owner, day = amina(), timezone.now().date()
    for title, days in (("Later", 40), ("Soon", 3), ("Now", 0), ("Late", -1), ("Very late", -20)):
        kept(owner, title, next_on=day + timedelta(days=days), next_step="Ask")
    kept(owner, "Ended", next_on=day, stage=Stage.ENDED)
    kept(owner, "Undated")
    shown = page(browser_of(owner).get(PAGE))
    assert [text_of(part, "h2") for part in shown.cssselect("main section")] == [
        "Overdue",
        "Today",
        "In the next seven days",
        "Later",
    ]
    found = [link.text_content() for link in shown.cssselect(".reminders a")]
    assert found == ["Very late", "Late", "Now", "Soon", "Later"]
    assert "20 days overdue" in shown.text_content()


def test_nothing_that_waits_says_how_it_would() -> None:
    assert "Give a case a next step and a date" in text_of(page(browser_of(amina()).get(PAGE)), ".lead")


def test_only_ones_own_and_what_is_shared() -> None:
    owner, other, day = amina(), person("kofi"), timezone.now().date()
    kept(other, "Secret", next_on=day)
    actions.share(case=kept(other, "Shared", next_on=day), person=owner, may_edit=False)
    shown = page(browser_of(owner).get(PAGE))
    assert [link.text_content() for link in shown.cssselect(".reminders a")] == ["Shared"]


def test_ten_more_cost_no_more_queries() -> None:
    owner, counts = amina(), []
    client = browser_of(owner)
    for _ in range(2):
        for number in range(10):
            kept(owner, f"Case {number}", next_on=timezone.now().date())
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/en/sign-in/")
    assert browser_of(amina()).post(PAGE).status_code == 405
