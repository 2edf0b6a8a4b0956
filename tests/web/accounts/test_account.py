"""One's own account: name, email, languages, password."""

import pytest
from django.test import Client

from polylect_web.accounts.models import Person
from web.accounts.cast import PASSWORD

pytestmark = pytest.mark.django_db

PAGES = ["/en/account/", "/en/account/password/"]


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_asked_to(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/en/sign-in/?next={path.replace('/', '%2F')}"
    assert client.post(path, {"name": "x"}).status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_a_guest_has_no_account_page(client: Client, guest: Person, path: str) -> None:
    assert client.get(path)["Location"].startswith("/en/sign-in/")


def test_name_email_and_languages_are_kept_in_order(signed_in: Client, amina: Person) -> None:
    form = {
        "name": "A. Diallo",
        "email": "NEW@example.org",
        "language_1": "sw",
        "language_2": "pt-BR",
        "language_3": "",
    }
    answer = signed_in.post("/en/account/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/")
    amina.refresh_from_db()
    assert (amina.name, amina.email, amina.reading_languages()) == ("A. Diallo", "new@example.org", ["sw", "pt-BR"])
    assert "Saved." in signed_in.get("/en/account/").content.decode()


def test_a_language_chosen_twice_counts_once(signed_in: Client, amina: Person) -> None:
    signed_in.post("/en/account/", {"language_1": "fr", "language_2": "fr", "language_3": "ar"})
    assert amina.reading_languages() == ["fr", "ar"]


def test_what_is_no_language_is_refused(signed_in: Client, amina: Person) -> None:
    assert signed_in.post("/en/account/", {"language_1": "<script>"}).status_code == 400
    assert amina.reading_languages() == []


def test_an_email_can_be_taken_back_and_is_nobody_elses(signed_in: Client, amina: Person) -> None:
    Person.objects.create(username="kofi", email="kofi@example.org")
    assert signed_in.post("/en/account/", {"email": "Kofi@example.org"}).status_code == 400
    assert signed_in.post("/en/account/", {"email": "amina@example.org"}).status_code == 302
    assert signed_in.post("/en/account/", {"email": ""}).status_code == 302
    amina.refresh_from_db()
    assert amina.email is None


def test_a_name_is_shown_as_it_was_typed_and_never_as_html(signed_in: Client) -> None:
    signed_in.post("/en/account/", {"name": "<b>Amina</b>"})
    page = signed_in.get("/en/account/").content.decode()
    assert "<b>Amina</b>" not in page
    assert "&lt;b&gt;Amina&lt;/b&gt;" in page


def test_a_new_password_needs_the_present_one(signed_in: Client, amina: Person) -> None:
    page = signed_in.post("/en/account/password/", {"current": "wrong", "password": "two ropes and a plank"})
    assert page.status_code == 400
    assert "This is not your present password." in page.content.decode()
    amina.refresh_from_db()
    assert amina.check_password(PASSWORD)


def test_a_new_password_signs_out_the_other_browsers(signed_in: Client) -> None:
    elsewhere = Client()
    elsewhere.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    signed_in.post("/en/account/password/", {"current": PASSWORD, "password": "two ropes and a plank"})
    assert signed_in.get("/en/account/").status_code == 200
    assert elsewhere.get("/en/account/").status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_a_form_from_elsewhere_is_refused(signed_in: Client, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    assert strict.post(path, {"name": "x"}).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_kept_by_no_cache(signed_in: Client, path: str) -> None:
    assert "no-store" in signed_in.get(path)["Cache-Control"]
