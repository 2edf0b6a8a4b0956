"""Signing in, with and without work to bring along."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from polylect_web.accounts import actions, queries
from polylect_web.accounts.models import FailedSignIn, Person, PersonLanguage
from web.accounts.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged() -> Iterator[list[tuple[int, int]]]:
    """Who was merged into whom, as an app with work of people hears of it."""
    heard: list[tuple[int, int]] = []

    def hook(guest: Person, person: Person) -> None:
        heard.append((guest.pk, person.pk))

    actions.merge_hooks.append(hook)
    yield heard
    actions.merge_hooks.remove(hook)


def sign_in(client: Client, username: str = "amina", password: str = PASSWORD, **fields: str) -> int:
    return client.post("/en/sign-in/", {"username": username, "password": password, **fields}).status_code


@pytest.mark.parametrize("name", ["amina", "AMINA", " Amina ", "amina@example.org", "AMINA@Example.org"])
def test_one_signs_in_by_username_or_email(client: Client, amina: Person, name: str) -> None:
    assert sign_in(client, name) == 302
    assert client.session["_auth_user_id"] == str(amina.pk)


@pytest.mark.parametrize(
    ("name", "password"), [("amina", "wrong wrong"), ("nobody", PASSWORD), ("amina", PASSWORD.upper())]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    client: Client, amina: Person, name: str, password: str
) -> None:
    page = client.post("/en/sign-in/", {"username": name, "password": password})
    assert page.status_code == 400
    assert "Username and password do not match." in page.content.decode()
    assert password not in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_account_that_was_closed_cannot_be_signed_in_to(client: Client, amina: Person) -> None:
    Person.objects.update(is_active=False)
    assert sign_in(client) == 400


def test_after_many_failures_even_the_right_password_has_to_wait(client: Client, amina: Person) -> None:
    for _ in range(queries.FAILURES_FOR_A_NAME):
        assert sign_in(client, password="wrong wrong") == 400
    page = client.post("/en/sign-in/", {"username": "AMINA", "password": PASSWORD})
    assert page.status_code == 400
    assert "Too many attempts have failed." in page.content.decode()
    FailedSignIn.objects.update(at=timezone.now() - queries.WINDOW)
    assert sign_in(client) == 302


def test_failures_of_one_name_do_not_hinder_another(client: Client, amina: Person) -> None:
    for _ in range(queries.FAILURES_FOR_A_NAME):
        sign_in(client, username="nobody")
    assert sign_in(client) == 302


def test_what_is_kept_of_failures_tells_neither_name_nor_address(client: Client) -> None:
    sign_in(client, username="nobody")
    assert {len(row.key) for row in FailedSignIn.objects.all()} == {64}
    assert not FailedSignIn.objects.filter(key__contains="nobody").exists()


def test_a_guest_is_asked_and_their_work_comes_along(
    client: Client, amina: Person, guest: Person, merged: list[tuple[int, int]]
) -> None:
    PersonLanguage.objects.create(person=guest, language="sw", position=0)
    assert 'name="bring_work"' in client.get("/en/sign-in/").content.decode()
    assert sign_in(client, bring_work="on") == 302
    assert merged == [(guest.pk, amina.pk)]
    assert not Person.objects.filter(pk=guest.pk).exists()
    assert amina.reading_languages() == ["sw"]


def test_a_guest_may_leave_their_work_where_it_is(
    client: Client, amina: Person, guest: Person, merged: list[tuple[int, int]]
) -> None:
    assert sign_in(client) == 302
    assert merged == []
    assert Person.objects.filter(pk=guest.pk).exists()


def test_a_merge_that_fails_leaves_both_as_they_were(client: Client, amina: Person, guest: Person) -> None:
    def hook(guest: Person, person: Person) -> None:
        Person.objects.filter(pk=person.pk).update(name="changed")
        raise RuntimeError

    actions.merge_hooks.append(hook)
    try:
        with pytest.raises(RuntimeError):
            sign_in(client, bring_work="on")
    finally:
        actions.merge_hooks.remove(hook)
    amina.refresh_from_db()
    assert amina.name == "Amina Diallo"
    assert Person.objects.filter(pk=guest.pk).exists()


def test_only_guests_are_merged_and_only_into_accounts(amina: Person, guest: Person) -> None:
    for wrong in ((amina, guest), (guest, guest), (amina, amina)):
        with pytest.raises(ValueError, match="only a guest"):
            actions.merge(guest=wrong[0], into=wrong[1])


def test_somebody_without_work_is_not_asked(client: Client) -> None:
    assert "bring_work" not in client.get("/en/sign-in/").content.decode()


def test_signing_in_gives_the_browser_another_session(client: Client, amina: Person, guest: Person) -> None:
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_a_form_from_elsewhere_is_refused(amina: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/en/sign-in/", {"username": "amina", "password": PASSWORD}).status_code == 403


def test_the_form_works_with_its_own_token(amina: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/en/sign-in/").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert sign_in(client, csrfmiddlewaretoken=token) == 302


def test_fields_tell_password_managers_what_they_are(client: Client) -> None:
    page = client.get("/en/sign-in/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/en/sign-in/").status_code == 405


def test_passwords_are_kept_at_the_least_cost_that_is_advised(amina: Person) -> None:
    assert amina.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
