"""Changing a term: authors do, and nobody overwrites anybody unawares."""

import pytest
from django.test import Client

from polylect_web.glossary import queries
from polylect_web.glossary.models import Term
from web.builders import person, publish
from web.glossary.words import add, address, author, browser_of, say, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db


def filled(term: Term, **fields: object) -> dict[str, str]:
    values = {"text": term.text, "language": "en", "revision": queries.revision_of(term)} | fields
    return {name: str(value) for name, value in values.items()}


def test_an_author_changes_what_a_term_means() -> None:
    term = add(publish().course, "arch", "A curve.")
    say(term, "arc")
    client = browser_of(author())
    shown = page(client.get(address(term, "edit/")))
    assert text_of(shown, "[name=definition]") == "A curve."
    answer = client.post(address(term, "edit/"), filled(term, definition="A bow.", text="arches"))
    assert answer["Location"] == address(term)
    term.refresh_from_db()
    assert (term.text, term.definition, term.forms.count()) == ("arches", "A bow.", 1)
    changes = text_of(page(client.get(address(term))), ".changes")
    assert "changed the definition A curve. A bow." in changes
    assert "renamed the term arch arches" in changes


def test_who_was_overtaken_is_told_and_may_save_again() -> None:
    term = add(publish().course)
    client = browser_of(author())
    before = filled(term, definition="Mine.")
    client.post(address(term, "edit/"), filled(term, definition="Theirs."))
    answer = client.post(address(term, "edit/"), before)
    assert answer.status_code == 409
    assert "Somebody has changed this term meanwhile." in text_of(page(answer), "[role=alert]")
    (revision,) = page(answer).cssselect("[name=revision]")
    client.post(address(term, "edit/"), before | {"revision": revision.get("value") or ""})
    term.refresh_from_db()
    assert term.definition == "Mine."


def test_a_term_cannot_become_another_one_that_is_there() -> None:
    course = publish().course
    term = add(course)
    add(course, "pier")
    answer = browser_of(author()).post(address(term, "edit/"), filled(term, text="pier"))
    assert answer.status_code == 400
    assert "“pier” is a term already." in page(answer).text_content()
    assert browser_of(person("learner")).post(address(term, "edit/"), filled(term)).status_code == 403


def test_only_authors_may(client: Client) -> None:
    term = add(publish().course)
    for somebody in (person("learner"), translator()):
        assert browser_of(somebody).get(address(term, "edit/")).status_code == 403
        assert browser_of(somebody).post(address(term, "edit/"), filled(term, text="x")).status_code == 403
    assert client.get(address(term, "edit/"))["Location"].startswith("/en/sign-in/")
    term.refresh_from_db()
    assert term.text == "arch"
