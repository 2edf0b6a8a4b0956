"""Names that are nearly alike, guests that are two things at once, and sessions that somebody else may know."""

import sys

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from polylect_web.accounts.actions import merge, sign_up
from polylect_web.accounts.models import Person, folded
from polylect_web.grading.models import Submission
from web.builders import person
from web.security.world import OPEN, PASSWORD, Visitors, build

pytestmark = pytest.mark.django_db

ANSWER = f"/en/courses/{OPEN}/start/answer/ask/"


def sign_up_as(client: Client, username: str, **more: str) -> int:
    return client.post("/en/sign-up/", {"username": username, "password": PASSWORD} | more).status_code


@pytest.mark.parametrize("name", ["हिन्दी", "ความรู้", "தமிழ்", "عَرَبي", "İstanbul", "Δανάη_ΐ", "ᏣᎳᎩ", "ni-hao.你好+1"])
def test_names_of_every_script_sign_up_and_in(name: str, client: Client) -> None:
    assert sign_up_as(client, name) == 302
    assert Client().post("/en/sign-in/", {"username": name, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    "other",
    ["ADA", "Ａｄａ", " ada ", "ᴬda", "ⓐⓓⓐ", "\U0001d41a\U0001d41d\U0001d41a"],  # noqa: RUF100
)
def test_a_name_that_is_the_same_to_readers_is_taken(other: str, client: Client) -> None:
    sign_up(person=None, username="ada", password=PASSWORD)
    assert sign_up_as(client, other) == 400


@pytest.mark.parametrize(
    "name", ["", "a b", "a\u200bb", "a\u202eb", "\u0301a", "-a", "a@b", "a/b", "a\0b", "<b>", "㌖" * 30, "a" * 31]
)
def test_odd_names_are_refused(name: str, client: Client) -> None:
    assert sign_up_as(client, name) in (200, 400)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "email", ["a@x℀.example", "a@\u2100b", "a" * 250 + "@b.example", "a\0@b.example", "a@b..example"]
)
def test_odd_addresses_are_refused(email: str, client: Client) -> None:
    assert sign_up_as(client, "ada", email=email) == 400
    assert not Person.objects.exists()


@given(st.text() | st.characters(min_codepoint=0x80).map(lambda letter: f"a{letter}b"))
def test_a_folded_name_is_folded(name: str) -> None:
    assert folded(folded(name)) == folded(name)


def test_every_character_is_folded_once() -> None:
    every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    assert [hex(ord(letter)) for letter in every if folded(folded(letter)) != folded(letter)] == []


def test_merging_twice_merges_once() -> None:
    build()
    visitor = Visitors().guest()
    guest = Person.objects.get(username=None)
    account = person("account")
    merge(guest=Person.objects.get(pk=guest.pk), into=account)
    merge(guest=guest, into=account)
    assert Submission.objects.count() == 1
    assert visitor.get("/en/account/").status_code == 302


def test_a_guest_who_signed_up_in_another_window_keeps_the_account() -> None:
    guest, account = person(None), person("account")
    sign_up(person=Person.objects.get(pk=guest.pk), username="ada", password=PASSWORD)
    merge(guest=guest, into=account)
    assert Person.objects.filter(username="ada").exists()


@pytest.mark.parametrize("page", ["sign-in", "sign-up"])
def test_a_session_that_somebody_else_knew_is_worth_nothing_afterwards(page: str) -> None:
    build()
    client = Visitors().guest()
    known = client.cookies["session"].value
    form = {"username": "member" if page == "sign-in" else "ada", "password": PASSWORD, "bring_work": "on"}
    assert client.post(f"/en/{page}/", form).status_code == 302
    assert client.get("/en/account/").status_code == 200
    attacker = Client()
    attacker.cookies["session"] = known
    assert attacker.get("/en/account/").status_code == 302


def test_a_made_up_session_is_not_taken_over(client: Client) -> None:
    build()
    client.cookies["session"] = "x" * 32
    client.post(ANSWER, {"q1": "c1"})
    assert client.cookies["session"].value != "x" * 32


def test_a_new_password_ends_every_other_session() -> None:
    build()
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/en/sign-in/", {"username": "member", "password": PASSWORD})
    here.post("/en/account/password/", {"current": PASSWORD, "password": "nine calm bridges"})
    assert here.get("/en/account/").status_code == 200
    assert there.get("/en/account/").status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    build()
    client = Visitors().guest()
    client.get("/en/sign-in/")
    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "\x08//evil.example",
        "/\t/evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "http://[::1",
        "/" + "x" * 20_000,
    ],
)
@pytest.mark.parametrize("page", ["sign-in", "sign-up"])
def test_nobody_is_sent_elsewhere_after_signing_in(page: str, target: str, client: Client) -> None:
    sign_up(person=None, username="member", password=PASSWORD)
    username = "member" if page == "sign-in" else "ada"
    response = client.post(f"/en/{page}/", {"username": username, "password": PASSWORD, "next": target})
    assert response.status_code in (302, 400)
    if response.status_code == 302:
        assert response["Location"] == "/en/" or response["Location"].startswith("/%09/")
