"""The page of the translation memory."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts import actions
from polylect_web.accounts.models import Role
from polylect_web.memory.views import LONGEST_WORDS
from web.builders import person
from web.memory.memories import course, kept, pair

pytestmark = pytest.mark.django_db
ADDRESS = "/en/translate/fr/memory/"


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    client.force_login(person("reader"))
    return client


def page(client: Client, **asked: object) -> str:
    response = client.get(ADDRESS, asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["nobody", "guest"])
def test_whoever_is_not_signed_in_is_led_there_and_back(who: str) -> None:
    client = Client()
    if who == "guest":
        client.force_login(person(None))
    response = client.get(ADDRESS, {"words": "pont"})
    assert response.status_code == 302
    assert response["Location"] == "/en/sign-in/?next=%2Fen%2Ftranslate%2Ffr%2Fmemory%2F%3Fwords%3Dpont"


def test_it_is_only_read(signed_in: Client) -> None:
    assert signed_in.post(ADDRESS, {"words": "pont"}).status_code == 405


@pytest.mark.parametrize("tag", ["FR", "fr_FR", "x", "nolanguageatall"])
def test_a_language_is_named_as_it_is_written(signed_in: Client, tag: str) -> None:
    assert signed_in.get(f"/en/translate/{tag}/memory/").status_code == 404


def test_an_empty_memory_says_so(signed_in: Client) -> None:
    assert "Nothing has been translated into this language yet." in page(signed_in)


def test_without_words_the_last_used_is_listed(signed_in: Client) -> None:
    kept(pair("The bridge", "Le pont"))
    shown = page(signed_in)
    assert '<p class="memory-source" lang="en" dir="ltr">The bridge</p>' in shown
    assert '<p class="memory-target" lang="fr" dir="ltr">Le pont</p>' in shown
    assert "from <bdi>Test+Bridges</bdi>" in shown
    assert "alike" not in shown


def test_placeholders_are_set_apart(signed_in: Client) -> None:
    kept(pair("<1>The</1> bridge", "طول <1>الجسر</1>", language="ar"))
    shown = signed_in.get("/en/translate/ar/memory/").content.decode()
    assert '<bdi class="chip" dir="ltr">&lt;1&gt;</bdi>' in shown


def test_words_find_where_they_stand(signed_in: Client) -> None:
    kept(pair("The bridge is long", "Le pont est long"), pair("A road", "Une route"))
    shown = page(signed_in, words="pont")
    assert "Le pont est long" in shown
    assert "Une route" not in shown


def test_a_sentence_finds_those_like_it_with_how_much_and_once(signed_in: Client) -> None:
    kept(pair("The bridge is 100 meters long.", "Le pont fait 100 mètres."))
    assert "93 % alike" in page(signed_in, words="The bridge is 250 meters long.")
    same = page(signed_in, words="The bridge is 100 meters long.")
    assert "the same text" in same
    assert same.count("Le pont fait 100 mètres.") == 1


def test_a_sentence_is_looked_for_in_every_language_that_courses_are_written_in(signed_in: Client) -> None:
    kept(pair("طول هذا الجسر مئة متر.", "Ce pont", source_language="ar", of=course("Third", "ar")))
    shown = page(signed_in, words="طول ذلك الجسر مئة متر.")
    assert '<p class="memory-source" lang="ar" dir="rtl">' in shown


def test_words_that_are_nowhere_say_so(signed_in: Client) -> None:
    kept(pair("A road", "Une route"))
    assert "Nothing in the memory is like that." in page(signed_in, words="pont <b>")


def test_answers_are_for_translators_of_the_course(signed_in: Client) -> None:
    kept(pair("Concrete", "Béton", is_secret=True))
    assert "Béton" not in page(signed_in) + page(signed_in, words="concrete") + page(signed_in, words="Concretes")
    translator = person("translator")
    actions.give_role(person=translator, role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")
    client = Client()
    client.force_login(translator)
    assert "gives an answer away" in page(client, words="concrete")
    assert "Béton" not in client.get("/en/translate/es/memory/").content.decode()


def test_what_is_found_comes_in_pages(signed_in: Client) -> None:
    kept(*(pair(f"Bridge {number} of many", f"Pont {number}") for number in range(30)))
    first, second = page(signed_in, words="pont"), page(signed_in, words="pont", page=2)
    assert 'rel="next" href="?words=pont&amp;page=2"' in first
    assert 'rel="prev" href="?words=pont&amp;page=1"' in second
    assert second.count("memory-target") == 5


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999999999999999999", "9999"])
def test_a_page_that_there_is_not_is_no_error(signed_in: Client, number: str) -> None:
    kept(pair("A road", "Une route"))
    page(signed_in, page=number)


def test_more_than_fits_into_the_field_is_cut_off(signed_in: Client) -> None:
    assert f'value="{"x" * LONGEST_WORDS}"' in page(signed_in, words="x" * 5000)


def test_more_rows_cost_no_more_queries(signed_in: Client) -> None:
    page(signed_in)  # the first one notes that they were here
    counts = set()
    for size in (2, 30):
        kept(*(pair(f"Bridge {number} of many", f"Pont {number}") for number in range(size)))
        with CaptureQueriesContext(connection) as asked:
            page(signed_in, words="Bridge 1 of many")
        counts.add(len(asked))
    assert len(counts) == 1
