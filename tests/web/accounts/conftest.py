"""The cast: a guest, who answered something in this browser, and somebody with an account."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from polylect_web.accounts import actions
from polylect_web.accounts.models import Person
from web.accounts.cast import PASSWORD


@pytest.fixture
def amina() -> Person:
    """Somebody with an account."""
    return actions.sign_up(
        person=None, username="Amina", email="Amina@example.org", name="Amina Diallo", password=PASSWORD
    )


@pytest.fixture
def signed_in(client: Client, amina: Person) -> Client:
    """Amina's browser."""
    client.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    return client


@pytest.fixture
def guest(client: Client) -> Person:
    """Whoever uses the browser `client`, after they did something worth keeping."""
    request = RequestFactory().post("/")
    request.session, request.user = client.session, AnonymousUser()
    person = actions.person_for(request)
    request.session.save()
    client.cookies["session"] = request.session.session_key
    return person
