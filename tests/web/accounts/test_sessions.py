"""What a session costs, and how long it lasts."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polylect_web.accounts.middleware import RENEWED

pytestmark = pytest.mark.django_db


def test_a_view_by_somebody_who_is_signed_in_reads_session_and_person_and_writes_nothing(
    signed_in: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get("/en/privacy/")
    with django_assert_num_queries(2):
        assert "session" not in signed_in.get("/en/privacy/").cookies


def test_a_view_by_nobody_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/privacy/")
    with django_assert_num_queries(0):
        client.get("/en/privacy/")


def test_a_session_that_is_used_is_renewed_once_a_week(signed_in: Client) -> None:
    session = signed_in.session
    session[RENEWED] = (timezone.now().date() - timedelta(days=8)).isoformat()
    session.save()
    assert "session" in signed_in.get("/en/account/").cookies
    assert date.fromisoformat(signed_in.session[RENEWED]) == timezone.now().date()
    assert "session" not in signed_in.get("/en/account/").cookies


def test_the_cookie_is_for_this_site_and_not_for_scripts(signed_in: Client) -> None:
    cookie = signed_in.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
