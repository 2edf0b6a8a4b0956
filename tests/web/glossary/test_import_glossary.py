"""Taking a table in: all of it, or nothing and a sentence for each line; and nothing that is here is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polylect_web.courses.models import Course
from polylect_web.glossary import queries
from polylect_web.glossary.models import Term
from web.builders import person, publish
from web.glossary.words import GLOSSARY, add, author, browser_of, called, say, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db

PAGE = f"{GLOSSARY}import/"


def send(client: Client, course: Course, text: str | bytes, **fields: str) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(PAGE, {"course": str(course.uuid), "file": SimpleUploadedFile("t.csv", content)} | fields)


def test_a_table_that_was_saved_here_comes_back_whole() -> None:
    course = publish().course
    say(add(course, "arch", "A curve.", also=("archs",), note="Not a bow."), "arc", unwanted=("voûte",))
    client = browser_of(author())
    content = client.get(f"{GLOSSARY}table/?course={course.uuid}").content
    before = queries.all_terms(course)
    Term.objects.all().delete()
    answer = send(client, course, content)
    assert answer["Location"] == f"{GLOSSARY}?course={course.uuid}"
    assert queries.all_terms(course) == before
    told = text_of(page(client.get(answer["Location"])), ".notice-good")
    assert told == "The table is taken in. New: 3. Changed: 0. Kept as they are here: 0."


def test_what_is_here_in_other_words_stays_and_is_named() -> None:
    course = publish().course
    term = add(course, "arch", "A curve.")
    say(term, "arc")
    table = "term,definition,language,form,standing\narch,A bow.,,,\narch,,fr,arc,forbidden\narch,,fr,arche,\n"
    client = browser_of(author())
    shown = page(send(client, course, table))
    assert "Lines 2, 3 of your table say something else" in text_of(shown, ".notice-heed")
    term.refresh_from_db()
    assert term.definition == "A curve."
    assert called(term) == [("arc", "preferred"), ("arche", "preferred")]
    send(client, course, table, is_replacing="on")
    term.refresh_from_db()
    assert term.definition == "A bow."
    assert called(term) == [("arc", "forbidden"), ("arche", "preferred")]


def test_what_is_empty_in_the_table_changes_nothing() -> None:
    course = publish().course
    term = add(course, "arch", "A curve.", is_untranslatable=True)
    send(browser_of(author()), course, "term\narch\n", is_replacing="on")
    term.refresh_from_db()
    assert (term.definition, term.is_untranslatable) == ("A curve.", True)


def test_when_a_line_is_wrong_nothing_is_taken_in() -> None:
    course = publish().course
    answer = send(browser_of(author()), course, "term,language,form\nok,,\narch,french!,arc\n")
    assert answer.status_code == 400
    assert "Nothing was taken in." in text_of(page(answer), "[role=alert]")
    assert "3: “french!” is no language. Write a tag such as fr or pt-BR." in text_of(page(answer), "[role=alert]")
    assert not Term.objects.exists()


def test_many_wrong_lines_are_told_in_part() -> None:
    course = publish().course
    answer = send(browser_of(author()), course, "term,standing\n" + "arch,good\n" * 40)
    assert len(page(answer).cssselect("[role=alert] li")) == 30
    assert "And 10 lines more." in text_of(page(answer), "[role=alert]")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"\xff\xfe\x00", b'term\n"', b"PK\x03\x04", b"term\n" + b"\n" * 9]
)
def test_a_file_that_is_no_table_is_told_so(content: bytes) -> None:
    course = publish().course
    answer = send(browser_of(author()), course, content)
    assert answer.status_code in (302, 400)
    assert not Term.objects.exists()


def test_translators_bring_words_of_their_language_and_no_more() -> None:
    course = publish().course
    term = add(course, "arch", "A curve.")
    client = browser_of(translator())
    send(client, course, "term,definition,language,form\narch,A curve.,,\narch,,fr,arc\n")
    assert called(term) == [("arc", "preferred")]
    answer = send(client, course, "term,definition,language,form\narch,A bow.,,\npier,,,\narch,,ar,قوس\n")
    alert = text_of(page(answer), "[role=alert]")
    assert "2: “arch” is no term yet, or you would change it" in alert
    assert "3: “pier” is no term yet" in alert
    assert "4: “قوس” is in a language that you do not translate into (ar)" in alert
    assert called(term, "ar") == []


def test_who_may_set_nothing_may_bring_nothing(client: Client) -> None:
    course = publish().course
    assert browser_of(person("learner")).get(PAGE).status_code == 403
    assert send(browser_of(person("other")), course, "term\narch\n").status_code == 403
    assert client.get(PAGE)["Location"].startswith("/en/sign-in/")
    assert send(client, course, "term\narch\n").status_code == 302
    other = browser_of(author("Test+Roads"))
    assert send(other, course, "term\narch\n").status_code == 403
    assert not Term.objects.exists()


def test_without_a_file_nothing_happens() -> None:
    course = publish().course
    client = browser_of(author())
    for data in ({}, {"course": str(course.uuid)}, {"course": str(course.uuid), "file": "x"}):
        assert client.post(PAGE, data).status_code == 400
