"""Signing out, here and everywhere."""

import pytest
from django.test import Client

from polylect_web.accounts.models import Person, Session
from web.accounts.cast import PASSWORD

pytestmark = pytest.mark.django_db


def is_signed_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_signing_out_ends_the_session_for_good(signed_in: Client) -> None:
    stolen = signed_in.cookies["session"].value
    assert signed_in.post("/fr/sign-out/")["Location"] == "/fr/"
    assert not is_signed_in(signed_in)
    thief = Client()
    thief.cookies["session"] = stolen
    assert not is_signed_in(thief)


@pytest.mark.parametrize("path", ["/en/sign-out/", "/en/account/sign-out-everywhere/"])
def test_a_link_signs_nobody_out(signed_in: Client, path: str) -> None:
    assert signed_in.get(path).status_code == 405
    assert is_signed_in(signed_in)


@pytest.mark.parametrize("path", ["/en/sign-out/", "/en/account/sign-out-everywhere/"])
def test_a_form_from_elsewhere_signs_nobody_out(signed_in: Client, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    assert strict.post(path).status_code == 403
    assert is_signed_in(signed_in)


def test_signing_out_everywhere_ends_all_sessions(signed_in: Client) -> None:
    elsewhere = Client()
    elsewhere.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    signed_in.post("/en/account/sign-out-everywhere/")
    assert not Session.objects.exists()
    assert not is_signed_in(signed_in)
    assert not is_signed_in(elsewhere)


def test_signing_out_everywhere_touches_nobody_else(client: Client, amina: Person) -> None:
    other = Client()
    other.post("/en/sign-up/", {"username": "kofi", "password": PASSWORD})
    client.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    client.post("/en/account/sign-out-everywhere/")
    assert is_signed_in(other)
