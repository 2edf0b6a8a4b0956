"""Removing a term: after asking, by an author."""

import pytest
from django.test import Client

from web.builders import publish
from web.glossary.words import GLOSSARY, add, address, author, browser_of, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db


def test_an_author_removes_a_term_after_being_asked() -> None:
    term = add(publish().course)
    client = browser_of(author())
    assert text_of(page(client.get(address(term, "remove/"))), "h1") == "Remove “arch”?"
    term.refresh_from_db()
    assert not term.is_removed
    assert client.post(address(term, "remove/"))["Location"] == GLOSSARY
    term.refresh_from_db()
    assert term.is_removed
    for act in ("", "edit/", "remove/"):
        assert client.get(address(term, act)).status_code == 404
    assert client.post(address(term, "remove/")).status_code == 404


def test_only_authors_may(client: Client) -> None:
    term = add(publish().course)
    assert browser_of(translator()).post(address(term, "remove/")).status_code == 403
    assert client.post(address(term, "remove/"))["Location"].startswith("/en/sign-in/")
    term.refresh_from_db()
    assert not term.is_removed
