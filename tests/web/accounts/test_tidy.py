"""What is forgotten by itself, and when."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from polylect_web.accounts import actions
from polylect_web.accounts.models import FailedSignIn, Person, Session
from web.accounts.cast import PASSWORD

pytestmark = pytest.mark.django_db


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def make_older(person: Person, days: float) -> None:
    """Moves what is kept of a person, and the end of their sessions, back in time."""
    Person.objects.filter(pk=person.pk).update(made_at=person.made_at - timedelta(days=days))
    for session in person.sessions.all():
        session.expire_date -= timedelta(days=days)
        session.save()


def test_a_guest_whom_nobody_can_be_any_more_goes(guest: Person) -> None:
    make_older(guest, 98)
    assert actions.tidy(now=timezone.now()) == 1
    assert not Person.objects.exists()
    assert not Session.objects.exists()


def test_a_guest_who_was_here_within_90_days_stays(client: Client, guest: Person) -> None:
    make_older(guest, 90)
    assert actions.tidy(now=timezone.now()) == 0
    assert client.get("/en/privacy/").wsgi_request.user == guest


def test_a_guest_who_comes_back_stays_for_another_90_days(client: Client, guest: Person) -> None:
    make_older(guest, 90)
    session = client.session
    session["renewed"] = days_ago(90).date().isoformat()
    session.save()
    make_older(guest, 80)
    client.get("/en/account/")
    make_older(guest, 90)
    assert actions.tidy(now=timezone.now()) == 0


def test_a_guest_who_was_left_behind_at_sign_in_stays_for_90_days(client: Client, amina: Person, guest: Person) -> None:
    client.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    assert actions.tidy(now=timezone.now()) == 0
    make_older(guest, 90)
    assert actions.tidy(now=timezone.now()) == 1
    assert list(Person.objects.all()) == [amina]


def test_an_account_stays_however_long_nobody_uses_it(amina: Person) -> None:
    make_older(amina, 4000)
    Person.objects.create(email="only@example.org", made_at=days_ago(4000))
    assert actions.tidy(now=timezone.now()) == 0
    assert Person.objects.count() == 2


def test_a_guest_who_signs_up_at_that_very_moment_stays(guest: Person) -> None:
    make_older(guest, 98)

    def sign_up_in_between(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "NOT EXISTS" in sql:
            Person.objects.filter(pk=guest.pk).update(username="kofi")
        return found

    with connection.execute_wrapper(sign_up_in_between):
        actions.tidy(now=timezone.now())
    assert Person.objects.get().username == "kofi"


def test_sessions_that_ended_go_and_others_stay(signed_in: Client, amina: Person) -> None:
    ended = Client()
    ended.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    Session.objects.filter(pk=ended.session.session_key).update(expire_date=days_ago(1))
    actions.tidy(now=timezone.now())
    assert [session.pk for session in Session.objects.all()] == [signed_in.session.session_key]


def test_failures_to_sign_in_are_kept_for_a_day() -> None:
    for key, days in (("new", 0.9), ("old", 1.1)):
        FailedSignIn.objects.create(key=key, at=days_ago(days))
    actions.tidy(now=timezone.now())
    assert [failure.key for failure in FailedSignIn.objects.all()] == ["new"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL scans small tables, and rightly so")
def test_nothing_to_forget_costs_three_looks_into_an_index() -> None:
    """However many people, sessions and failures there are."""
    plans: list[str] = []

    def explain(execute: Callable[..., Any], sql: str, params: Sequence[object], *rest: Any) -> Any:
        cursor = connection.connection.cursor()
        plans.append(str(cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params).fetchall()))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(explain):
        actions.tidy(now=timezone.now())
    assert len(plans) == 3
    for plan, index in zip(plans, ("expire_date", "failed_sign_in_by_age", "guest_by_age"), strict=True):
        assert index in plan
        assert "SCAN" not in plan
