"""Machines that know nothing of the test before."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from polylect_web.machine import queries


@pytest.fixture(autouse=True)
def _fresh_machines() -> None:
    queries.forget()


@pytest.fixture
def connect(settings: Settings) -> Callable[..., None]:
    """Connects machines as an operator does: (kind, address) each, and a key."""

    def connect(*machines: tuple[str, str], key: str = "") -> None:
        settings.MACHINES, settings.MACHINE_KEY = machines, key

    return connect
