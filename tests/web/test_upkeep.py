"""What the site does by itself, while it serves."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from polylect_web import upkeep
from polylect_web.accounts.models import FailedSignIn

SOON_S = 0.001

pytestmark = pytest.mark.django_db(transaction=True)


def a_failure_of_long_ago() -> None:
    FailedSignIn.objects.create(key="a", at=timezone.now() - timedelta(days=2))


def test_it_forgets_what_was_kept_for_long_enough() -> None:
    a_failure_of_long_ago()
    stop = Event()

    def once(execute: Callable[..., Any], *query: Any) -> Any:
        stop.set()
        return execute(*query)

    with connection.execute_wrapper(once):
        upkeep.keep_tidy(stop, SOON_S)
    assert not FailedSignIn.objects.exists()


def test_when_it_fails_it_says_so_and_tries_again(caplog: pytest.LogCaptureFixture) -> None:
    a_failure_of_long_ago()
    stop, failures = Event(), iter([OperationalError("the disk is full")])

    def fail_once(execute: Callable[..., Any], *query: Any) -> Any:
        for failure in failures:
            raise failure
        stop.set()
        return execute(*query)

    with connection.execute_wrapper(fail_once):
        upkeep.keep_tidy(stop, SOON_S, SOON_S)
    assert not FailedSignIn.objects.exists()
    assert [record.getMessage() for record in caplog.records] == ["Tidying up went wrong"]


def test_it_ends_when_it_is_told_to() -> None:
    a_failure_of_long_ago()
    stop = Event()
    stop.set()
    upkeep.keep_tidy(stop, SOON_S)
    assert FailedSignIn.objects.exists()
