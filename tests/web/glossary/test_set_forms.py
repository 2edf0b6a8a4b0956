"""Saying what a term is called: who may, and that nobody overwrites anybody unawares."""

import pytest
from django.test import Client

from polylect_web.glossary import queries
from web.builders import person, publish
from web.glossary.words import add, address, author, browser_of, called, posted, say, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db


def test_a_translator_says_what_a_term_is_called() -> None:
    term = add(publish().course)
    client = browser_of(translator())
    assert client.get(address(term)).status_code == 200
    answer = client.post(address(term, "forms/"), posted(("  arc ",), ("voûte", "forbidden", "a whole ceiling"), ("",)))
    assert answer["Location"] == address(term)
    assert called(term) == [("arc", "preferred"), ("voûte", "forbidden")]
    shown = page(client.get(address(term)))
    assert [field.get("value") for field in shown.cssselect("[name$=-text]")] == ["arc", "voûte", None, None]
    assert "added “voûte” not to be used" in text_of(shown, ".changes")
    assert "translator fr" in text_of(shown, ".changes")


def test_emptying_a_word_removes_it() -> None:
    term = add(publish().course)
    say(term, "arc", "arche")
    browser_of(translator()).post(
        address(term, "forms/"), posted(("",), ("arche",), revision=queries.revision_of(term, "fr"))
    )
    assert called(term) == [("arche", "preferred")]


def test_who_was_overtaken_is_told_and_may_save_again() -> None:
    term = add(publish().course)
    client = browser_of(translator())
    client.get(address(term))
    say(term, "arche")
    answer = client.post(address(term, "forms/"), posted(("arc",)))
    assert answer.status_code == 409
    assert called(term) == [("arche", "preferred")]
    shown = page(answer)
    assert "They are now: arche" in text_of(shown, "[role=alert]")
    assert shown.cssselect("[name=form-0-text]")[0].get("value") == "arc"
    (revision,) = shown.cssselect("[name=revision]")
    client.post(address(term, "forms/"), posted(("arc",), revision=revision.get("value")))
    assert called(term) == [("arc", "preferred")]


def test_work_in_another_language_overtakes_nobody() -> None:
    term = add(publish().course)
    say(term, "قوس", language="ar")
    assert browser_of(translator()).post(address(term, "forms/"), posted(("arc",))).status_code == 302
    assert called(term, "ar") == [("قوس", "preferred")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([("arc",), ("arc", "forbidden")], "This word is there twice."),
        ([("", "preferred", "why")], "There is a note, and no word that it is about."),
        ([("x" * 201,)], "at most 200 characters"),
        ([("arc", "perfect")], "perfect is not one of the available choices"),
        ([("arc",)] * 31, "at most 30"),
    ],
)
def test_what_cannot_be_taken_is_said_in_its_place(words: list[tuple[str, ...]], said: str) -> None:
    term = add(publish().course)
    answer = browser_of(translator()).post(address(term, "forms/"), posted(*words))
    assert answer.status_code == 400
    assert said in " ".join(page(answer).text_content().split())
    assert called(term) == []


def test_a_form_that_is_none_is_refused_with_a_sentence() -> None:
    term = add(publish().course)
    client = browser_of(translator())
    assert client.post(address(term, "forms/"), {}).status_code == 400
    for revision in ("", "x", "-1", "9" * 30, "²"):
        assert client.post(address(term, "forms/"), posted(("arc",), revision=revision)).status_code == 409
    assert called(term) == []


def test_only_translators_of_the_language_and_the_course_may() -> None:
    term = add(publish().course)
    for somebody in (person("learner"), translator(language="ar"), translator("Test+Roads")):
        client = browser_of(somebody)
        assert client.post(address(term, "forms/"), posted(("arc",))).status_code == 403
        assert page(client.get(address(term))).cssselect("form.words") == []
    assert called(term) == []


def test_terms_of_every_course_need_a_role_that_names_none() -> None:
    term = add(None)
    assert browser_of(translator()).post(address(term, "forms/"), posted(("arc",))).status_code == 403
    everywhere = translator("", "es")
    assert browser_of(everywhere).post(address(term, "forms/", language="es"), posted(("arco",))).status_code == 302
    assert called(term, "es") == [("arco", "preferred")]


def test_who_is_not_signed_in_is_led_to_signing_in(client: Client) -> None:
    term = add(publish().course)
    for nobody in (client, browser_of(person(None))):
        assert nobody.get(address(term)).status_code == 200
        answer = nobody.post(address(term, "forms/"), posted(("arc",)))
        assert answer["Location"].startswith("/en/sign-in/?next=")
    assert called(term) == []


def test_a_term_is_not_called_anything_in_its_own_language() -> None:
    term = add(publish().course)
    client = browser_of(author())
    assert client.post(address(term, "forms/", language="en"), posted(("arch",))).status_code == 403


def test_a_form_from_elsewhere_is_refused() -> None:
    term = add(publish().course)
    client = browser_of(translator())
    client.handler.enforce_csrf_checks = True
    assert client.post(address(term, "forms/"), posted(("arc",))).status_code == 403
    assert called(term) == []
