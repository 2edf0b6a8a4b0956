"""The table of a course's terms: all of them, in all languages."""

import pytest
from django.test import Client

from polylect.messages import glossary
from web.builders import publish
from web.glossary.words import GLOSSARY, add, browser_of, closed, say, translator

pytestmark = pytest.mark.django_db

TABLE = f"{GLOSSARY}table/"


def test_a_course_is_saved_with_every_language(client: Client) -> None:
    run = publish()
    term = add(run.course, "=arch", "A curve.")
    say(term, "arc", unwanted=("voûte",))
    say(term, "قوس", language="ar")
    add(None, "Wiki")
    answer = client.get(f"{TABLE}?course={run.course.uuid}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert b"'=arch" in answer.content
    table, issues = glossary.read(answer.content, "en")
    assert issues == []
    assert table is not None
    (read,) = table.terms
    assert (read.text, [form.text for form in read.forms]) == ("=arch", ["قوس", "arc", "voûte"])
    assert b"Wiki" in client.get(f"{TABLE}?course=site").content


def test_a_course_that_is_not_shown_is_not_saved(client: Client) -> None:
    run = publish()
    closed(run)
    for query in (f"?course={run.course.uuid}", "?course=x", ""):
        assert client.get(f"{TABLE}{query}").status_code == 404
    assert browser_of(translator()).get(f"{TABLE}?course={run.course.uuid}").status_code == 200
    assert client.post(TABLE).status_code == 405
