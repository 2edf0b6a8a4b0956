"""Making an account."""

import pytest
from django.test import Client

from polylect_web.accounts.models import Person
from web.accounts.cast import PASSWORD

pytestmark = pytest.mark.django_db

FORM = {"username": "Kofi", "name": "Kofi Mensah", "email": "Kofi@Example.org", "password": PASSWORD}


def test_an_account_needs_a_name_and_a_password_only(client: Client) -> None:
    answer = client.post("/en/sign-up/", {"username": "kofi", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    person = Person.objects.get()
    assert (person.username, person.email, person.is_guest) == ("kofi", None, False)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_names_and_emails_are_one_in_any_letter_case(client: Client, amina: Person) -> None:
    page = client.post("/en/sign-up/", {**FORM, "username": "ＡMINA", "email": "AMINA@example.org"})
    assert page.status_code == 400
    assert "Somebody has this username already." in page.content.decode()
    assert "An account with this email exists already." in page.content.decode()
    assert Person.objects.count() == 1


def test_a_guest_keeps_their_row_and_so_their_work(client: Client, guest: Person) -> None:
    client.post("/en/sign-up/", FORM)
    person = Person.objects.get()
    assert (person.pk, person.uuid, person.username) == (guest.pk, guest.uuid, "kofi")
    assert not person.is_guest


def test_signing_up_gives_the_browser_another_session(client: Client, guest: Person) -> None:
    before = client.session.session_key
    client.post("/en/sign-up/", FORM)
    assert client.session.session_key != before
    assert not client.session.exists(before)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "This field is required."),
        ("short", "Write at least 8 characters."),
        ("password123", "Many people have this password."),
        ("kofi mensah", "This password is too much like your name"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_a_reason(
    client: Client, password: str, sentence: str
) -> None:
    page = client.post("/en/sign-up/", {**FORM, "password": password})
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("username", ["", "a b", "@kofi", "<b>", "x" * 31, "\0", "-kofi"])
def test_an_odd_username_is_refused(client: Client, username: str) -> None:
    assert client.post("/en/sign-up/", {**FORM, "username": username}).status_code == 400
    assert not Person.objects.exists()


@pytest.mark.parametrize("username", ["아미나", "أمينة", "Jörg", "o'brien".replace("'", "."), "大山"])
def test_a_username_may_be_in_any_script(client: Client, username: str) -> None:
    assert client.post("/en/sign-up/", {**FORM, "username": username}).status_code == 302


def test_a_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/en/sign-up/", FORM).status_code == 403
    assert not Person.objects.exists()


def test_looking_at_the_form_makes_nobody(client: Client) -> None:
    assert client.get("/en/sign-up/").status_code == 200
    assert not Person.objects.exists()
    assert "session" not in client.cookies


def test_somebody_who_is_signed_in_is_sent_home(signed_in: Client) -> None:
    assert signed_in.get("/en/sign-up/")["Location"] == "/en/"
    assert signed_in.post("/en/sign-up/", FORM)["Location"] == "/en/"
    assert Person.objects.count() == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/en/sign-up/").status_code == 405


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/fr/account/", "/fr/account/"),
        ("https://evil.example/", "/en/"),
        ("//evil.example/", "/en/"),
        ("javascript:x", "/en/"),
    ],
)
def test_afterwards_one_is_where_one_came_from_if_that_is_here(client: Client, target: str, leads_to: str) -> None:
    assert client.post("/en/sign-up/", {**FORM, "next": target})["Location"] == leads_to
