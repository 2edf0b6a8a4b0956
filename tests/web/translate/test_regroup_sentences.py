"""An author joins and parts sentences from the one in hand."""

import pytest
from django.test import Client

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run, Version
from web.builders import person
from web.texts.test_regrouping import sentences, translated
from web.translate.builders import line, signed_in

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "We met on a train.", "It was late, and it was cold.", "Then we went home."


def author() -> Client:
    someone = person("author")
    accounts.give_role(person=someone, role=Role.AUTHOR, course_key="Test+Bridges")
    client = Client()
    client.force_login(someone)
    return client


def send(client: Client, run: Run, source: str, **fields: str) -> str:
    """Where the answer leads."""
    answer = client.post(f"{line(run, source)}sentences/", {"source": source} | fields)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_two_sentences_are_joined_and_the_new_one_is_in_hand() -> None:
    run, client = translated(), author()
    page = client.get(send(client, run, FIRST, act="join"))
    assert page.context["panel"].line.text == f"{FIRST} {SECOND}"
    assert "Done, for all languages." in page.content.decode()
    assert "On s’est vus dans un train. Il était tard, et il faisait froid.</textarea>" in page.content.decode()


def test_a_sentence_is_parted_at_a_place_that_was_offered() -> None:
    run, client = translated(), author()
    offered = dict(client.get(line(run, SECOND)).context["panel"].cues.places)
    assert offered[13] == "It was late, | and it was cold."
    page = client.get(send(client, run, SECOND, act="part", place="13"))
    assert page.context["panel"].line.text == "It was late,"
    assert sentences(run) == [FIRST, "It was late,", "and it was cold.", THIRD]


@pytest.mark.parametrize("place", ["", "2", "x", "-7", "99999999"])
def test_nothing_is_published_without_a_place(place: str) -> None:
    run, client = translated(), author()
    page = client.get(send(client, run, SECOND, act="part", place=place))
    assert "Nothing was changed" in page.content.decode()
    assert Version.objects.count() == 1


def test_who_saw_another_sentence_changes_nothing() -> None:
    run, client = translated(), author()
    answer = client.post(f"{line(run, FIRST)}sentences/", {"source": "We met.", "act": "join"}, follow=True)
    assert "The captions changed meanwhile." in answer.content.decode()
    assert Version.objects.count() == 1


def test_the_last_sentence_cannot_be_joined() -> None:
    run, client = translated(), author()
    assert "This sentence and the next are one" not in client.get(line(run, THIRD)).content.decode()
    send(client, run, THIRD, act="join")
    assert Version.objects.count() == 1


@pytest.mark.parametrize("role", [None, Role.TRANSLATOR, Role.REVIEWER])
def test_translators_do_not_regroup_for_others(role: Role | None) -> None:
    run, client = translated(), signed_in("amina", role)
    assert client.post(f"{line(run, FIRST)}sentences/", {"source": FIRST, "act": "join"}).status_code == 403
    assert "This sentence and the next are one" not in client.get(line(run, FIRST)).content.decode()
    assert Version.objects.count() == 1


def test_visitors_are_led_to_signing_in_and_back() -> None:
    run = translated()
    answer = Client().post(f"{line(run, FIRST)}sentences/", {"source": FIRST, "act": "join"})
    assert answer.status_code == 302
    assert "/sign-in/" in answer.headers["Location"]


def test_other_texts_have_no_sentences(client: Client) -> None:
    run = translated()
    assert client.post(f"{line(run)}sentences/", {"act": "join"}).status_code == 404
    assert client.get(f"{line(run, FIRST)}sentences/").status_code == 405
