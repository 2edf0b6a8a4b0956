"""The page of one term: for whom it is, and what it shows."""

import pytest
from django.test import Client

from web.builders import publish
from web.glossary.words import add, address, author, browser_of, closed, say, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db


def test_visitors_are_not_told_who_changed_what(client: Client) -> None:
    term = add(publish().course)
    say(term, "arc", by=author())
    assert "author" not in text_of(page(client.get(address(term))), ".changes")


def test_a_term_that_is_not_there_or_not_shown_leads_nowhere(client: Client) -> None:
    run = publish()
    term = add(run.course)
    closed(run)
    assert client.get(address(term)).status_code == 404
    assert client.get("/en/translate/fr/glossary/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert browser_of(translator()).get(address(term)).status_code == 200


def test_what_people_write_is_shown_as_they_wrote_it(client: Client) -> None:
    term = add(publish().course, "<b>arch</b>", "<script>alert(1)</script>")
    say(term, "<i>arc</i>")
    for address_of in (address(term), "/en/translate/fr/glossary/"):
        content = client.get(address_of).content.decode()
        assert "<script>alert" not in content
        assert "&lt;i&gt;arc&lt;/i&gt;" in content
