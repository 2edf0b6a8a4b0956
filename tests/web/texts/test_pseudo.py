"""A course in the pseudo-languages, for its author to see what is not translatable. The example course leaves nothing
outside of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from lxml.html import HtmlElement

from polylect import markdown
from polylect.captions import webvtt
from polylect.course import tree
from polylect.course.files import open_folder
from polylect.messages import find_all
from polylect.messages.message import words_of
from polylect.messages.pseudo import PSEUDO_LANGUAGES, words
from polylect_web.accounts.models import Role
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.learn import blocks
from polylect_web.texts import queries
from polylect_web.texts.models import Target
from web.builders import TEXT_XML, course, exercise, person, publish, text, translate, unit
from web.learn.parts import page, text_of, video

pytestmark = pytest.mark.django_db

EXAMPLE = Path(__file__).parents[3] / "examples" / "partnership-building"
ADDRESS = "courses/Test+Bridges+2026"
READ_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description", "label")
LATIN = re.compile(r"[A-Za-z]{2,}")
NOT_OF_THE_COURSE = {"English", "WebVTT", "SRT", "Polylect", "PARTNERS"}
"""Names of the interface and of the course, which are the same in Arabic."""


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    """Databases of tests give the same numbers out again, which the site never does."""
    blocks.forget()


@pytest.fixture
def example() -> Run:
    with open_folder(EXAMPLE) as folder:
        given, _ = markdown.read(folder)
    assert given is not None
    return publish(given)


def read_texts(root: HtmlElement) -> Iterator[str]:
    """Whatever somebody reads or hears of a page."""
    for element in root.iter("*"):
        if element.tag not in ("script", "style"):
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in READ_ATTRIBUTES)


def addresses(run: Run, language: str) -> Iterator[str]:
    about = f"/{language}/courses/Polylect+PARTNERS+2026/"
    yield about
    yield from (f"{about}{one.code}/" for one in courses.outline(run.version).listed_units())


def test_no_page_of_the_example_course_has_a_text_that_nobody_can_translate(example: Run, client: Client) -> None:
    """From right to left, whatever is in Latin letters is in no language at all."""
    for address in addresses(example, "ar-XB"):
        (main,) = page(client.get(address)).cssselect("main")
        latin = {word for shown in read_texts(main) for word in LATIN.findall(shown)}
        assert latin <= NOT_OF_THE_COURSE, address


def test_no_page_of_the_example_course_has_a_text_of_its_source(example: Run, client: Client) -> None:
    with open_folder(EXAMPLE) as folder:
        given, _ = markdown.read(folder)
    assert given is not None
    sources = {" ".join(words_of(message.text).split()) for _, message in find_all(given)}
    for address in addresses(example, "en-XA"):
        (main,) = page(client.get(address)).cssselect("main")
        shown = {" ".join(one.split()) for one in read_texts(main)}
        assert {one for one in sources & shown if " " in one} <= {"How do their goals meet?", "How their goals meet"}


@pytest.mark.parametrize("language", PSEUDO_LANGUAGES)
def test_what_an_exercise_says_later_is_in_it_too(example: Run, language: str) -> None:
    """Hints, feedback, explanations: all texts of all exercises, also of units that are not open yet."""
    for one in courses.outline(example.version).units():
        for block in queries.read_unit(example.version, one, language).blocks.values():
            assert (block.untranslated, block.outdated) == (0, 0)
            assert block.title.text == "" or block.title.text.startswith("⟦")
            if isinstance(block.item, tree.Exercise):
                shown = [re.sub(r"<[^>]*>|&\w+;", "", said.text) for _, said in block.item.body.words]
                assert shown
                assert [said for said in shown if any(map(str.isalpha, said)) and "⟦" not in said] == []


@pytest.mark.parametrize("language", PSEUDO_LANGUAGES)
def test_it_is_made_up_for_everybody_and_kept_nowhere(client: Client, language: str) -> None:
    run = publish()
    translate(run, "fr", {"Bridges": "Ponts"})
    shown = page(client.get(f"/{language}/{ADDRESS}/start/"))
    assert text_of(shown, "h1").startswith("⟦")
    assert Target.objects.count() == 1
    assert [one.language for one in queries.available_languages(run.version)] == ["en", "fr"]


def test_it_is_made_of_the_source_whatever_is_translated_into_english(client: Client) -> None:
    run = publish(course(unit(text(html="<p>Les ponts.</p>"), title="Début"), title="Ponts", language="fr"))
    translate(run, "en", {"Les ponts.": "Bridges."})
    assert words("Les ponts.", "en-XA") in client.get(f"/en-XA/{ADDRESS}/start/").content.decode()
    assert queries.titles(run.version, "en-XA")["start"].text == words("Début", "en-XA")


def test_the_words_of_a_film_are_captions_in_it(client: Client) -> None:
    publish(course(unit(video(sources=(tree.Source("film.webm", "video/webm"),)))))
    shown = page(client.get(f"/en-XA/{ADDRESS}/start/"))
    assert shown.cssselect("[data-cues]")[0].text_content().count("⟦") == 2
    assert shown.cssselect("[name=second] option[value=en]")
    track, _ = webvtt.parse(client.get(f"/en-XA/{ADDRESS}/start/captions/film/en-XA.vtt").content.decode())
    assert track.cues[0].text.startswith("⟦Ţŵöö")


def test_an_answer_is_right_as_it_is_in_the_source(client: Client) -> None:
    publish(course(unit(exercise(xml=TEXT_XML))))
    answered = client.post(f"/en-XA/{ADDRESS}/start/answer/ask/", {"q1": "arch"}, follow=True)
    assert "1 of 1 point." in text_of(page(answered), "#ask .result")


def test_who_may_see_hidden_things_is_led_to_it_by_the_about_page(client: Client) -> None:
    publish()
    wanted = [f"/{language}/{ADDRESS}/" for language in PSEUDO_LANGUAGES]

    def links() -> list[str]:
        found = page(client.get(f"/fr/{ADDRESS}/")).cssselect("aside a")
        return [address for link in found if (address := link.get("href")) in wanted]

    assert links() == []
    author = person("author")
    client.force_login(author)
    assert links() == []
    author.roles.create(role=Role.AUTHOR, course_key="Test+Bridges")
    assert links() == wanted
