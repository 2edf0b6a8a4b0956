"""The list of terms: what is in it, for whom, and how it is searched."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polylect.keys import RunKey
from polylect_web.accounts.models import Person
from polylect_web.glossary import actions
from web.builders import course, person, publish
from web.glossary.words import GLOSSARY, add, author, browser_of, closed, say, translator
from web.learn.parts import page, text_of

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{GLOSSARY}{query}")
    assert response.status_code == 200
    return [heading.text_content() for heading in page(response).cssselect(".term h2")]


def test_an_empty_glossary_teaches_what_it_is_for(client: Client) -> None:
    run = publish()
    for query in ("", "?course=site", f"?course={run.course.uuid}"):
        assert "There is no term yet" in text_of(page(client.get(f"{GLOSSARY}{query}")), ".teach")


def test_everybody_sees_the_terms_of_open_courses_with_their_words(client: Client) -> None:
    run = publish()
    say(add(run.course, "arch", "A curve that carries."), "arc", unwanted=("voûte",))
    add(None, "Wiki", is_untranslatable=True)
    assert listed(client) == ["arch", "Wiki"]
    shown = page(client.get(GLOSSARY))
    assert "A curve that carries." in text_of(shown, ".term")
    assert [one.text_content() for one in shown.cssselect(".forms b, .forms s")] == ["arc", "voûte"]
    assert shown.cssselect(".forms b")[0].get("lang") == "fr"
    assert "Add a term" not in shown.text_content()
    assert "Take in a table" not in shown.text_content()


def test_the_terms_of_a_closed_course_are_for_those_who_make_it(client: Client) -> None:
    run = publish()
    add(run.course)
    closed(run)
    assert listed(client) == []
    assert listed(browser_of(person(None))) == []
    assert listed(browser_of(person("learner"))) == []
    assert listed(browser_of(translator(language="ar"))) == []
    assert listed(browser_of(translator())) == ["arch"]
    assert listed(browser_of(author())) == ["arch"]


def test_a_term_is_searched_by_what_it_means_and_is_called(client: Client) -> None:
    run = publish()
    say(add(run.course, "arch", "A curve."), "cintré")
    say(add(run.course, "pier", "What stands."), "pile")
    for words, there in (("CURVE", ["arch"]), ("cintre", ["arch"]), ("pier", ["pier"]), ("pile curve", []), ("%", [])):
        assert listed(client, f"?text={words.replace('%', '%25')}") == there
    assert "No term is like that." in client.get(f"{GLOSSARY}?text=zzz").content.decode()


def test_the_list_is_of_a_course_or_of_every_course(client: Client) -> None:
    run = publish()
    add(run.course)
    add(None, "Wiki")
    assert listed(client, f"?course={run.course.uuid}") == ["arch"]
    assert listed(client, "?course=site") == ["Wiki"]
    assert listed(client, "?course=nonsense&lacking=nonsense&page=nonsense") == ["arch", "Wiki"]


def test_terms_that_lack_a_word_can_be_listed(client: Client) -> None:
    run = publish()
    say(add(run.course), "arc")
    say(add(run.course, "pier"), unwanted=("jetée",))
    add(run.course, "Wiki", is_untranslatable=True)
    assert listed(client, "?lacking=form") == ["pier"]
    assert "No word in this language yet." in client.get(GLOSSARY).content.decode()
    assert "Say what it is called" in browser_of(translator()).get(GLOSSARY).content.decode()


def test_a_removed_term_is_gone_and_comes_back_whole(client: Client) -> None:
    run = publish()
    term = add(run.course, "arch", "A curve.")
    say(term, "arc")
    actions.remove_term(term=term, by=None)
    assert listed(client) == []
    add(run.course, "arch", "A curve.")
    assert listed(client) == ["arch"]
    assert "arc" in text_of(page(client.get(GLOSSARY)), ".forms")


def test_terms_in_the_language_itself_are_left_out(client: Client) -> None:
    add(publish().course)
    assert page(client.get("/en/translate/en/glossary/")).cssselect(".term") == []


@pytest.mark.parametrize("who", [None, author])
def test_more_terms_cost_no_more_queries(who: object, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    somebody: Person | None = who() if callable(who) else None
    run = publish()
    publish(course(key=RunKey("Test", "Roads", "1")))
    say(add(run.course), "arc")
    client = browser_of(somebody)
    client.get(GLOSSARY)
    with django_assert_num_queries(4 if somebody is None else 7):
        client.get(GLOSSARY)
    for number in range(20):
        say(add(run.course, f"word {number}"), f"mot {number}")
    with django_assert_num_queries(4 if somebody is None else 7):
        client.get(GLOSSARY)
