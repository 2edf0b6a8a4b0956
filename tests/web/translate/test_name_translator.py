"""Naming a translator or reviewer of a course and language, and ending it."""

import pytest
from django.test import Client

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, PersonRole, Role
from web.builders import RUN, person, publish
from web.translate.builders import signed_in

pytestmark = pytest.mark.django_db

CHOICE = f"/en/translate/fr/choice/{RUN}/"
NAME = f"{CHOICE}name/"
END = f"{CHOICE}end/"
HERE = {"course_key": "Test+Bridges", "language": "fr"}


def author() -> Client:
    return signed_in("author", Role.AUTHOR, "")


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.REVIEWER])
def test_somebody_is_named_for_just_this_course_and_language(role: Role) -> None:
    publish()
    amina = person("amina")
    client = author()
    answer = client.post(NAME, {"username": " Amina ", "role": role})
    assert answer.headers["Location"] == CHOICE
    row = amina.roles.get()
    assert (row.role, row.course_key, row.language) == (role, "Test+Bridges", "fr")
    html = client.get(CHOICE).content.decode()
    assert "amina is named" in html


def test_naming_twice_is_naming_once() -> None:
    publish()
    amina, client = person("amina"), author()
    for _ in range(2):
        client.post(NAME, {"username": "amina", "role": "translator"})
    assert amina.roles.count() == 1


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.TRANSLATOR, Role.REVIEWER])
def test_only_who_publishes_names_and_ends(role: Role | None) -> None:
    publish()
    amina = person("amina")
    accounts.give_role(person=amina, role=Role.TRANSLATOR, **HERE)
    client = signed_in("bilal", role)
    assert client.post(NAME, {"username": "amina", "role": "reviewer"}).status_code == 403
    assert client.post(END, {"username": "amina", "role": amina.roles.get().role}).status_code == 403
    assert Client().post(NAME, {"username": "amina", "role": "reviewer"}).status_code == 302
    assert amina.roles.get().role == Role.TRANSLATOR


def test_they_are_changed_by_posting_alone() -> None:
    publish()
    assert author().get(NAME).status_code == 405
    assert author().get(END).status_code == 405


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nobody", "Nobody has the username “nobody”."),
        ("amina@example.org", "Nobody has the username"),
        ("", "Write a username."),
        ("<b>", "“&lt;b&gt;”"),
    ],
)
def test_who_is_nobody_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    publish()
    Person.objects.create(username="amina", email="amina@example.org")
    answer = author().post(NAME, {"username": typed, "role": "translator"})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("role", ["operator", "author", "staff", ""])
def test_other_roles_are_not_given_here(role: str) -> None:
    publish()
    amina = person("amina")
    answer = author().post(NAME, {"username": "amina", "role": role})
    assert answer.status_code == 400
    assert 'value="amina"' in answer.content.decode()
    assert not amina.roles.exists()


def test_a_role_is_ended_where_it_is_for_just_this() -> None:
    publish()
    amina = person("amina")
    accounts.give_role(person=amina, role=Role.TRANSLATOR, **HERE)
    client = author()
    assert client.post(END, {"username": "amina", "role": amina.roles.get().role}).headers["Location"] == CHOICE
    assert not amina.roles.exists()
    assert "no longer named" in client.get(CHOICE).content.decode()


@pytest.mark.parametrize(
    "where",
    [
        {"course_key": "Test+Bridges"},
        {"language": "fr"},
        {},
        {"course_key": "Test+Bridges", "language": "ar"},
        {"course_key": "Test+Towers", "language": "fr"},
    ],
)
def test_what_was_given_for_more_or_for_elsewhere_is_not_ended_here(where: dict[str, str]) -> None:
    publish()
    amina = person("amina")
    accounts.give_role(person=amina, role=Role.REVIEWER, **where)
    assert author().post(END, {"username": "amina", "role": amina.roles.get().role}).status_code == 404
    assert amina.roles.exists()


def test_an_author_is_not_ended_here() -> None:
    publish()
    client = author()
    assert client.post(END, {"username": "author", "role": PersonRole.objects.get().role}).status_code == 404
    assert client.post(END, {"role": "x"}).status_code == 404
