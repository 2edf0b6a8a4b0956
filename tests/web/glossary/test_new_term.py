"""Adding a term: authors do, each term once."""

import pytest
from django.test import Client

from polylect_web.glossary import actions
from polylect_web.glossary.models import Term
from web.builders import person, publish
from web.glossary.words import GLOSSARY, add, author, browser_of, closed, say, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db

NEW = f"{GLOSSARY}new/"


def filled(course: object, /, **fields: str) -> dict[str, str]:
    return {"course": str(getattr(course, "uuid", course)), "text": "arch", "language": "en"} | fields


def test_an_author_adds_a_term() -> None:
    run = publish()
    client = browser_of(author())
    shown = page(client.get(f"{NEW}?course={run.course.uuid}"))
    assert shown.cssselect("[name=language]")[0].get("value") == "en"
    fields = {"definition": " A curve \n that carries. ", "also": "archs\n\n arcs \narch", "is_untranslatable": "on"}
    answer = client.post(NEW, filled(run.course, **fields))
    term = Term.objects.get()
    assert answer["Location"] == f"{GLOSSARY}{term.uuid}/"
    assert (term.course, term.text, term.definition) == (run.course, "arch", "A curve that carries.")
    assert (term.spellings, term.is_untranslatable) == (("archs", "arcs"), True)


def test_a_term_is_there_once() -> None:
    run = publish()
    add(run.course)
    client = browser_of(author())
    answer = client.post(NEW, filled(run.course))
    assert answer.status_code == 400
    assert "“arch” is a term already." in text_of(page(answer), ".field-error")
    assert client.post(NEW, filled(run.course, text="Arch")).status_code == 302


def test_a_removed_term_comes_back_with_its_words() -> None:
    run = publish()
    term = add(run.course)
    say(term, "arc")
    actions.remove_term(term=term, by=None)
    browser_of(author()).post(NEW, filled(run.course, definition="A bow."))
    term.refresh_from_db()
    assert (term.is_removed, term.definition, term.forms.count()) == (False, "A bow.", 1)


def test_what_cannot_be_taken_is_said(client: Client) -> None:
    run = publish()
    client = browser_of(author())
    for fields, said in (
        ({"text": " "}, "This field is required."),
        ({"text": "x" * 201}, "at most 200 characters"),
        ({"language": "English language"}, "This is no language."),
        ({"course": "site"}, "site is not one of the available choices"),
        ({"course": "00000000-0000-4000-8000-000000000000"}, "is not one of the available choices"),
    ):
        answer = client.post(NEW, filled(run.course, **fields))
        assert answer.status_code == 400
        assert said in page(answer).text_content()
    assert not Term.objects.exists()


def test_only_authors_may(client: Client) -> None:
    run = publish()
    for somebody in (person("learner"), translator()):
        assert browser_of(somebody).get(NEW).status_code == 403
        assert browser_of(somebody).post(NEW, filled(run.course)).status_code == 403
    assert client.get(NEW)["Location"] == "/en/sign-in/?next=%2Fen%2Ftranslate%2Ffr%2Fglossary%2Fnew%2F"
    assert client.post(NEW, filled(run.course)).status_code == 302
    other = browser_of(author("Test+Roads"))
    assert other.post(NEW, filled(run.course)).status_code == 403
    assert not Term.objects.exists()


def test_who_looks_after_every_course_adds_terms_of_every_course() -> None:
    run = publish()
    closed(run)
    client = browser_of(author(""))
    assert client.post(NEW, filled("site")).status_code == 302
    assert Term.objects.get().course is None
    assert client.post(NEW, filled(run.course)).status_code == 302
