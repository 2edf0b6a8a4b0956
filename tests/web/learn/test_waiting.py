"""What opens some days after the first answer elsewhere: who waits, what they are told, and that nothing leaks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.grading.models import Submission
from web.builders import course, exercise, publish, text, unit
from web.learn.parts import ANSWER, page, text_of

pytestmark = pytest.mark.django_db

LATER = "/en/courses/Test+Bridges+2026/later/"


def two_rounds() -> tree.Course:
    first = tree.Subsection("first", "First round", (unit(text(), exercise()),))
    later = unit(text("again-text", "<p>Remember the bridges?</p>"), exercise("again"), code="later", title="Once more")
    second = tree.Subsection("second", "Second round", (later,), opens_after="first", opens_after_days=3)
    return course(sections=(tree.Section("sec", "Part one", (first, second)),))


def answered_days_ago(days: float) -> None:
    Submission.objects.update(created_at=timezone.now() - timedelta(days=days))


def test_who_has_answered_nothing_is_told_what_to_do_first(client: Client) -> None:
    publish(two_rounds())
    shown = page(client.get(LATER))
    told = text_of(shown, ".waiting")
    assert "opens 3 days after your first answer" in told
    assert "First round" in told
    assert "You have not answered anything there yet." in told
    assert [link.get("href") for link in shown.cssselect(".waiting a")] == ["/en/courses/Test+Bridges+2026/start/"]
    assert not shown.cssselect("form.exercise, .exercise")
    assert "Remember the bridges?" not in text_of(shown, "main")


def test_who_has_answered_is_told_the_day(client: Client) -> None:
    publish(two_rounds())
    client.post(ANSWER, {"q1": "c1"})
    opens_at = Submission.objects.get().created_at + timedelta(days=3)
    assert f"{opens_at.day}, {opens_at.year}" in text_of(page(client.get(LATER)), ".waiting")


def test_it_opens_when_the_days_are_over(client: Client) -> None:
    publish(two_rounds())
    client.post(ANSWER, {"q1": "c2"})
    answered_days_ago(2.9)
    assert page(client.get(LATER)).cssselect(".waiting")
    answered_days_ago(3.1)
    shown = page(client.get(LATER))
    assert not shown.cssselect(".waiting")
    assert "Remember the bridges?" in text_of(shown, "main")
    assert client.post(f"{LATER}answer/again/", {"q1": "c1"}).status_code == 302


def test_a_second_answer_does_not_put_it_off(client: Client) -> None:
    publish(two_rounds())
    client.post(ANSWER, {"q1": "c2"})
    answered_days_ago(4)
    client.post(ANSWER, {"q1": "c1"})
    assert not page(client.get(LATER)).cssselect(".waiting")


def test_nobody_can_answer_before(client: Client, learner: Person) -> None:
    publish(two_rounds())
    for act in ("answer", "save", "hint", "reveal", "start-over"):
        refused = client.post(f"{LATER}answer/again/", {"q1": "c1", "act": act})
        assert refused.status_code == 404, act
    assert not Submission.objects.exists()


def test_staff_do_not_wait(staff: Client) -> None:
    publish(two_rounds())
    assert "Remember the bridges?" in text_of(page(staff.get(LATER)), "main")


def test_only_pages_that_wait_ask_for_the_answer(
    client: Client, learner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish(two_rounds())
    for address in ("/en/courses/Test+Bridges+2026/start/", LATER):
        client.get(address)
    with django_assert_max_num_queries(8):
        client.get(LATER)
