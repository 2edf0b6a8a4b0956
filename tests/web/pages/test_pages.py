"""Home, gallery, privacy, and the pages for what went wrong."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from polylect_web.pages import views
from polylect_web.pages.gallery import FRAMES, PARTS
from web.builders import person, publish
from web.learn.parts import page, text_of

LANGUAGES = ["en", "fr", "es", "ar"]


@pytest.mark.django_db
def test_home_leads_to_the_first_lesson(client: Client) -> None:
    publish()
    (start,) = page(client.get("/fr/")).cssselect("main .button-main")
    assert start.get("href") == "/fr/courses/Test+Bridges+2026/start/"


@pytest.mark.django_db
def test_home_tells_nobody_who_has_an_account_that_they_need_none(client: Client) -> None:
    publish()
    assert page(client.get("/en/")).cssselect("main .row .quiet")
    client.force_login(person("learner"))
    assert not page(client.get("/en/")).cssselect("main .row .quiet")


@pytest.mark.django_db
def test_home_without_a_course_leads_to_the_catalogue(client: Client) -> None:
    (start,) = page(client.get("/en/")).cssselect("main .button-main")
    assert start.get("href") == "/en/courses/"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "gallery/", "privacy/", "courses/"])
def test_every_page_says_its_language_and_offers_the_others(client: Client, language: str, name: str) -> None:
    shown = page(client.get(f"/{language}/{name}"))
    assert shown.get("lang") == language
    assert shown.get("dir") == ("rtl" if language == "ar" else "ltr")
    links = {link.get("hreflang"): link.get("href") for link in shown.cssselect(".menu-list a")}
    assert links == {other: f"/{other}/{name}" for other in LANGUAGES}


@pytest.mark.django_db
def test_the_gallery_shows_each_part_in_every_frame(client: Client) -> None:
    frames = page(client.get("/en/gallery/")).cssselect(".gallery-frame")
    assert len(frames) == len(PARTS) * len(FRAMES)


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_where_to_go(client: Client) -> None:
    missing = client.get("/ar/nothing/here/")
    assert missing.status_code == 404
    assert page(missing).get("dir") == "rtl"
    assert page(missing).cssselect("main .button-main")[0].get("href") == "/ar/courses/"


@pytest.mark.django_db
def test_a_form_of_another_site_is_told_to_be_sent_again() -> None:
    refused = Client(enforce_csrf_checks=True).post("/en/sign-out/")
    assert refused.status_code == 403
    assert "send that again" in text_of(page(refused), "h1")


@pytest.mark.django_db
def test_our_mistakes_ask_nothing_of_the_database(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = views.broken(rf.get("/en/"))
    assert answer.status_code == 500
    assert "our side" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_home_says_its_sentence_in_the_same_words_twice(client: Client, language: str) -> None:
    """As the catalogue has it, and in the list of languages."""
    home = page(client.get(f"/{language}/"))
    assert text_of(home, "h1") == text_of(home, ".polyglot [aria-current]")
