"""What tests of a learner's pages begin with."""

import pytest
from django.test import Client

from polylect_web.accounts.models import Person, Role
from polylect_web.learn import blocks
from web.builders import person


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    """Databases of tests give the same numbers out again, which the site never does."""
    blocks.forget()


@pytest.fixture
def learner(client: Client) -> Person:
    """A learner, signed in with the test's `client`."""
    someone = person("learner")
    client.force_login(someone)
    return someone


@pytest.fixture
def staff() -> Client:
    """The browser of somebody who looks after the course "Bridges"."""
    someone = person("staff")
    someone.roles.create(role=Role.STAFF, course_key="Test+Bridges")
    browser = Client()
    browser.force_login(someone)
    return browser
