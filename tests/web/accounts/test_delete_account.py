"""Deleting oneself, with an account and without."""

import pytest
from django.test import Client
from django.utils import timezone

from polylect_web.accounts import queries
from polylect_web.accounts.models import FailedSignIn, Person, Session
from polylect_web.grading.models import Submission
from web.accounts.cast import PASSWORD
from web.builders import publish
from web.learn.parts import ANSWER

pytestmark = pytest.mark.django_db

PAGE = "/en/account/delete/"


def test_before_it_says_what_goes_and_what_stays(signed_in: Client) -> None:
    page = signed_in.get(PAGE).content.decode()
    assert "everything you answered" in page
    assert "Translations and reviews that you wrote" in page
    assert Person.objects.exists()


def test_with_the_password_everything_goes(signed_in: Client, amina: Person) -> None:
    publish()
    signed_in.post(ANSWER, {"q1": "c1"})
    elsewhere = Client()
    elsewhere.post("/en/sign-in/", {"username": "amina", "password": PASSWORD})
    answer = signed_in.post(PAGE, {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/en/", 302)]
    assert "Everything that was yours is deleted." in answer.content.decode()
    for rows in (Person, Session, Submission):
        assert not rows.objects.exists()
    assert elsewhere.get("/en/account/")["Location"].startswith("/en/sign-in/")


def test_who_deleted_themselves_cannot_sign_in_and_the_name_is_free(signed_in: Client) -> None:
    signed_in.post(PAGE, {"password": PASSWORD})
    assert signed_in.post("/en/sign-in/", {"username": "amina", "password": PASSWORD}).status_code == 400
    assert signed_in.post("/en/sign-up/", {"username": "amina", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"password": "a guess"}, "This is not your password. Nothing was deleted."),
        ({"password": ""}, "This field is required."),
        ({}, "This field is required."),
    ],
)
def test_without_the_password_nothing_goes(signed_in: Client, form: dict[str, str], sentence: str) -> None:
    answer = signed_in.post(PAGE, form)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Person.objects.exists()
    assert signed_in.get("/en/account/").status_code == 200


def test_after_many_guesses_even_the_right_password_has_to_wait(signed_in: Client) -> None:
    for _ in range(queries.FAILURES_FOR_A_NAME):
        signed_in.post(PAGE, {"password": "a guess"})
    answer = signed_in.post(PAGE, {"password": PASSWORD})
    assert answer.status_code == 400
    assert "Too many attempts have failed." in answer.content.decode()
    change = signed_in.post("/en/account/password/", {"current": PASSWORD, "password": "two ropes and a plank"})
    assert "Too many attempts have failed." in change.content.decode()
    FailedSignIn.objects.update(at=timezone.now() - queries.WINDOW)
    assert signed_in.post(PAGE, {"password": PASSWORD}).status_code == 302


def test_a_guest_presses_a_button_and_needs_no_password(client: Client) -> None:
    publish()
    client.post(ANSWER, {"q1": "c1"})
    page = client.get(PAGE).content.decode()
    assert "Delete what I did here" in page
    assert 'name="password"' not in page
    assert client.post(PAGE).status_code == 302
    for rows in (Person, Session, Submission):
        assert not rows.objects.exists()


def test_only_ones_own_goes(signed_in: Client) -> None:
    publish()
    other = Client()
    other.post(ANSWER, {"q1": "c1"})
    signed_in.post(PAGE, {"password": PASSWORD})
    assert Submission.objects.count() == Person.objects.count() == 1
    assert Person.objects.get() == other.get(PAGE).wsgi_request.user


def test_nobody_has_nothing_to_delete(client: Client) -> None:
    assert client.get(PAGE)["Location"] == "/en/account/data/"
    assert client.post(PAGE, {"password": PASSWORD})["Location"] == "/en/account/data/"


def test_a_form_from_elsewhere_deletes_nobody(signed_in: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    assert strict.post(PAGE, {"password": PASSWORD}).status_code == 403
    assert Person.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(signed_in: Client, method: str) -> None:
    assert getattr(signed_in, method)(PAGE).status_code == 405
    assert Person.objects.exists()


def test_the_page_is_kept_by_no_cache(signed_in: Client) -> None:
    assert "no-store" in signed_in.get(PAGE)["Cache-Control"]
