"""The page of a course's files in a language: saving one, looking at one, taking one in."""

import base64
import re
import zlib
from dataclasses import replace
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect.messages.rows import Row, base_of
from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.models import Run
from polylect_web.texts.models import Target, TranslationUnit
from polylect_web.translate import files_page
from web.builders import course, message, person, publish, text, translate, unit

pytestmark = pytest.mark.django_db

FILES = "/en/translate/fr/files/Test+Bridges+2026/"
BRIDGES = "Bridges join people."
ANSWER = "Yes, with steel in it."


@pytest.fixture
def run() -> Run:
    return publish()


def signed_in(client: Client, name: str | None = "ada", role: Role | None = None, language: str = "") -> Person:
    somebody = person(name)
    if role is not None:
        accounts.give_role(person=somebody, role=role, course_key="Test+Bridges", language=language)
    client.force_login(somebody)
    return somebody


def upload(client: Client, content: str | bytes, name: str = "work.fr.csv", address: str = FILES) -> HttpResponseBase:
    written = content.encode() if isinstance(content, str) else content
    return client.post(f"{address}upload/", {"file": SimpleUploadedFile(name, written)})


def said(response: HttpResponseBase) -> str:
    """What the page says, as somebody reads it."""
    content = response.content.decode().partition("<main")[2]  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", content)))


def packed(response: HttpResponseBase) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', response.content.decode())  # type: ignore[attr-defined]
    assert found is not None
    return found[1]


def take_in(client: Client, looked: HttpResponseBase) -> HttpResponseBase:
    return client.post(f"{FILES}upload/", {"rows": packed(looked)}, follow=True)


def current(source: str = BRIDGES) -> str:
    found = TranslationUnit.objects.filter(message__text=source, language="fr").select_related("current").first()
    return found.current.text if found else ""


def downloaded(client: Client, query: str = "") -> str:
    response = client.get(f"{FILES}download/{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def test_the_page_offers_to_save_and_to_take_in(run: Run, client: Client) -> None:
    signed_in(client)
    page = said(client.get(FILES))
    for words in ("Save a file", "Take a file in", "Beginnings", "of 2 MB at most", "Bridges · français"):
        assert words in page


@pytest.mark.parametrize("form", ["po", "xliff", "csv"])
def test_a_saved_file_holds_what_there_is_to_translate(run: Run, client: Client, form: str) -> None:
    signed_in(client, role=Role.TRANSLATOR)
    translate(run, "fr", {BRIDGES: "Ponts."})
    content = downloaded(client, f"?as={form}")
    assert BRIDGES in content
    assert "Ponts." in content
    assert ANSWER in content


def test_a_saved_file_has_a_name_and_is_of_its_kind(run: Run, client: Client) -> None:
    signed_in(client)
    response = client.get(f"{FILES}download/?as=xliff")
    assert response["Content-Disposition"] == 'attachment; filename="Test+Bridges.fr.xlf"'
    assert response["Content-Type"] == "application/xliff+xml"
    assert client.get(f"{FILES}download/?as=what")["Content-Disposition"].endswith('.po"')


def test_what_gives_answers_away_is_for_named_translators(run: Run, client: Client) -> None:
    signed_in(client)
    assert ANSWER not in downloaded(client)
    assert "Texts that give answers away are not in it" in said(client.get(FILES))
    looked = upload(client, f'source,target\n"{ANSWER}",Oui.\n')
    assert "1 left out, because the course has no such text" in said(looked)


def test_only_what_was_asked_for_is_saved(run: Run, client: Client) -> None:
    signed_in(client)
    translate(run, "fr", {BRIDGES: "Ponts."})
    assert BRIDGES not in downloaded(client, "?only=left")
    assert BRIDGES in downloaded(client, "?only=translated")
    assert "Beginnings" not in downloaded(client, "?only=translated")
    lesson = downloaded(client, "?lesson=course")
    assert "Part one" in lesson
    assert BRIDGES not in lesson
    assert client.get(f"{FILES}download/?lesson=nowhere").status_code == 404


def test_a_file_is_looked_at_first_and_taken_in_by_a_second_press(run: Run, client: Client) -> None:
    somebody = signed_in(client)
    looked = upload(client, f"source,target\n{BRIDGES},Ponts.\nBeginnings,\n")
    assert "1 new: becomes the translation" in said(looked)
    assert "1 not translated" in said(looked)
    assert current() == ""
    done = take_in(client, looked)
    assert "Translations: 1. Suggestions: 0." in done.content.decode()  # type: ignore[attr-defined]
    assert current() == "Ponts."
    assert Target.objects.get(text="Ponts.").person == somebody


def test_pressed_twice_it_is_taken_in_once(run: Run, client: Client) -> None:
    signed_in(client)
    looked = upload(client, f"source,target\n{BRIDGES},Ponts.\n")
    take_in(client, looked)
    take_in(client, looked)
    assert Target.objects.filter(text="Ponts.").count() == 1


def test_conflicts_are_shown_side_by_side_and_kept_as_suggestions(run: Run, client: Client) -> None:
    signed_in(client)
    translate(run, "fr", {BRIDGES: "Les beaux ponts."})
    looked = upload(client, f"source,target\n{BRIDGES},Ponts <b>.\n")
    page = said(looked)
    assert "1 another translation stands here: yours is kept as a suggestion" in page
    assert f"{BRIDGES} Line 2 · intro|html Here Les beaux ponts. In the file Ponts <b>." in page
    assert b"Ponts <b>" not in looked.content  # type: ignore[attr-defined]
    line = f"/en/translate/fr/Test+Bridges+2026/start/{message(run, BRIDGES).uuid}/"
    assert f'href="{line}"' in looked.content.decode()  # type: ignore[attr-defined]
    take_in(client, looked)
    assert current() == "Les beaux ponts."
    assert Target.objects.get(text="Ponts <b>.").is_suggestion


def test_what_is_written_between_the_two_presses_stays(run: Run, client: Client) -> None:
    signed_in(client)
    looked = upload(client, f"source,target\n{BRIDGES},Ponts.\n")
    translate(run, "fr", {BRIDGES: "Les beaux ponts."})
    done = take_in(client, looked)
    assert "Translations: 0. Suggestions: 1." in done.content.decode()  # type: ignore[attr-defined]
    assert current() == "Les beaux ponts."


def test_where_a_course_has_its_own_translators_others_suggest(run: Run, client: Client) -> None:
    accounts.give_role(person=person("named"), role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")
    signed_in(client)
    assert "This course has translators of its own" in said(client.get(FILES))
    looked = upload(client, f"source,target\n{BRIDGES},Ponts.\n")
    assert "1 new: kept as a suggestion" in said(looked)
    take_in(client, looked)
    assert current() == ""
    assert Target.objects.get(text="Ponts.").is_suggestion


def test_a_translator_of_another_language_suggests(run: Run, client: Client) -> None:
    accounts.give_role(person=person("named"), role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")
    signed_in(client, role=Role.TRANSLATOR, language="es")
    looked = upload(client, f"source,target\n{BRIDGES},Ponts.\n")
    assert "1 new: kept as a suggestion" in said(looked)


def test_what_is_wrong_is_said_with_its_line(run: Run, client: Client) -> None:
    signed_in(client)
    page = said(upload(client, f"source,target\nNowhere,Rien\n{BRIDGES},Ponts <1>\n"))
    assert "1 left out, because something in it is wrong" in page
    assert page.index("Line 3: <1> is not in the source.") < page.index("Line 2: The course has no text “Nowhere”.")
    assert "There is nothing new in it." in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "fr.csv", "“fr.csv” is empty"),
        ("words", "words.doc", "“words.doc” is none of the files"),
        ("key\nx\n", "fr.csv", "Line 1: The table has no column “target”"),
        ("<!DOCTYPE x><xliff/>", "fr.xlf", "document type"),
        ("source,target\na,b\n", "es.csv", "This file says that it is in español, but this page is for français"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    run: Run, client: Client, content: str, name: str, words: str
) -> None:
    signed_in(client)
    response = upload(client, content, name)
    assert response.status_code == 400
    assert words in said(response)


def test_a_file_that_is_too_large_is_refused_with_a_sentence(
    run: Run, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(client)
    monkeypatch.setattr(files_page, "MOST_BYTES", 10)
    assert "This file is larger than 0 MB." in said(upload(client, "source,target\na,b\n"))
    assert "Choose a file first." in said(client.post(f"{FILES}upload/"))


def test_more_than_a_form_can_carry_is_said(run: Run, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(client)
    monkeypatch.setattr(files_page, "MOST_PACKED_CHARS", 10)
    looked = upload(client, f"source,target\n{BRIDGES},Ponts.\n")
    assert "That is too much at once for this page." in said(looked)
    assert b'name="rows"' not in looked.content  # type: ignore[attr-defined]


def packet(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content)).decode()


@pytest.mark.parametrize(
    "rows",
    [
        *("", "x", "eJw=", "é", base64.urlsafe_b64encode(b"[1]").decode()),
        *(packet(b"1"), packet(b"[1]"), packet(b"[[1]]"), packet(b"{"), packet(b"[" * 100_000), packet(b"\xff")),
        packet(b'[["a","b","c","\\ud800","","","",false,1]]'),
        packet(b'[["a","b","c","d","",[1e3],"",false,1]]'),
        packet(b'[["a","b","c","d","",null,"",false,10000000000]]'),
    ],
)
def test_what_was_not_packed_here_is_refused(run: Run, client: Client, rows: str) -> None:
    signed_in(client)
    response = client.post(f"{FILES}upload/", {"rows": rows})
    assert response.status_code == 400
    assert "The file did not arrive whole." in said(response)


def test_a_small_packet_cannot_fill_the_memory() -> None:
    bomb = packet(b"[" + b" " * (20 * 2**20) + b"]")
    assert len(bomb) < 100_000
    assert files_page.unpack(bomb) is None


def test_what_is_packed_is_unpacked_as_it_was() -> None:
    left = Row("k", "b|r", "source", "text\x00é", "made for", (1, -1), base_of("x", (2,)), is_unsure=True, line=7)
    assert files_page.unpack(files_page.pack([left, replace(left, cuts=None, base=None)])) == (
        left,
        replace(left, cuts=None, base=None),
    )


def test_characters_that_no_page_can_hold_are_left_out(run: Run, client: Client) -> None:
    signed_in(client)
    take_in(client, upload(client, f"source,target\n{BRIDGES},Po\x00nts.\n"))
    assert current() == "Ponts."


@pytest.mark.parametrize("address", [FILES, f"{FILES}download/"])
def test_visitors_and_guests_are_led_to_signing_in(run: Run, client: Client, address: str) -> None:
    for name in ("", None):
        if name is None:
            signed_in(client, None)
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == "/en/sign-in/?next=" + FILES.replace("/", "%2F").replace("+", "%2B")
    assert upload(client, f"source,target\n{BRIDGES},Ponts.\n").status_code == 302
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/en/translate/fr/files/Test+Roads+2026/",
        "/en/translate/en/files/Test+Bridges+2026/",
        "/en/translate/xx-!/files/Test+Bridges+2026/",
    ],
)
def test_what_is_not_there_is_not_found(run: Run, client: Client, address: str) -> None:
    signed_in(client)
    assert client.get(address).status_code == 404
    assert upload(client, "source,target\n", address=address).status_code == 404


def test_a_closed_run_is_for_those_who_see_hidden_things(run: Run, client: Client) -> None:
    Run.objects.update(is_open=False)
    signed_in(client)
    assert client.get(FILES).status_code == 404


def test_each_step_has_its_method(run: Run, client: Client) -> None:
    signed_in(client)
    assert client.post(FILES).status_code == 405
    assert client.post(f"{FILES}download/").status_code == 405
    assert client.get(f"{FILES}upload/").status_code == 405


def test_a_longer_course_costs_no_more_queries(client: Client) -> None:
    signed_in(client)
    counts = []
    for number in (2, 30):
        publish(course(unit(*[text(code=f"t{n}", html=f"<p>Words <b>{number}</b> {n}</p>") for n in range(number)])))
        content = downloaded(client, "?as=csv")
        with CaptureQueriesContext(connection) as captured:
            upload(client, content)
            downloaded(client, "?as=csv")
            client.get(FILES)
        counts.append(len(captured))
    assert counts[1] <= counts[0]
