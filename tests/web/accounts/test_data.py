"""Seeing and downloading what is kept of oneself."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.http import FileResponse
from django.test import Client

from polylect_web.accounts import actions, export
from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person, PersonLanguage, Role
from polylect_web.texts.models import Target
from web.builders import NUMBER_XML, TEXT_XML, course, exercise, publish, translate, unit
from web.learn.parts import ANSWER

pytestmark = pytest.mark.django_db

PAGE, DOWNLOAD = "/en/account/data/", "/en/account/data/download/"


def archive(client: Client, path: str = DOWNLOAD) -> zipfile.ZipFile:
    answer = client.get(path)
    assert isinstance(answer, FileResponse)
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def data(client: Client) -> dict[str, list[dict[str, Any]]]:
    """What programs read."""
    found: dict[str, list[dict[str, Any]]] = json.loads(archive(client).read("data.json"))
    return found


def rows(client: Client, table: str) -> list[list[str]]:
    """What a spreadsheet reads, without the line of headings."""
    text = archive(client).read(f"tables/{table}.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_nobody_is_told_that_nothing_is_kept(client: Client) -> None:
    assert "Nothing is kept about you" in client.get(PAGE).content.decode()
    assert client.get(DOWNLOAD)["Location"] == PAGE


def test_a_guest_takes_their_answers_along(client: Client) -> None:
    publish()
    client.post(ANSWER, {"q1": "c2"})
    page = client.get(PAGE).content.decode()
    assert "You have no account." in page
    assert "Every time you sent an exercise" in page
    assert "What you translated." not in page
    found = data(client)
    assert found["enrolments"][0]["title"] == "Bridges"
    (answer,) = found["answers"]
    assert answer == {
        "course": "Test+Bridges+2026",
        "exercise": "ask",
        "number": 1,
        "title": "A question",
        "field": "q1",
        "question": "Which material is used for most bridges?",
        "answer": "Paper",
        "verdict": "incorrect",
        "points": 0,
        "possible_points": 1,
        "feedback": "It would not last.",
    }
    assert found["submissions"][0].items() >= {"number": 1, "language": "en", "points": 0, "possible_points": 1}.items()
    assert found["scores"][0].items() >= {"exercise": "ask", "attempts": 1, "points": 0}.items()


def test_answers_that_were_typed_are_there_as_typed(client: Client) -> None:
    publish(course(unit(exercise("ask", NUMBER_XML), exercise("b", TEXT_XML))))
    client.post("/fr" + ANSWER.removeprefix("/en"), {"q1": "42,0"})
    client.post(ANSWER.replace("ask", "b"), {"q1": "l'arche"})
    assert [(a["answer"], a["verdict"]) for a in data(client)["answers"]] == [
        ("42,0", "correct"),
        ("l'arche", "incorrect"),
    ]


def test_it_holds_the_profile_and_never_the_password(signed_in: Client, amina: Person) -> None:
    PersonLanguage.objects.create(person=amina, language="sw", position=0)
    actions.give_role(person=amina, role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")
    found = data(signed_in)
    assert (
        found["profile"][0].items()
        >= {
            "uuid": str(amina.uuid),
            "username": "amina",
            "email": "amina@example.org",
            "name": "Amina Diallo",
        }.items()
    )
    assert found["languages"] == [{"language": "sw"}]
    assert found["roles"] == [{"role": "translator", "course": "Test+Bridges", "language": "fr"}]
    assert len(found["sessions"]) == 1
    everything = b"".join(archive(signed_in).read(name) for name in archive(signed_in).namelist())
    assert b"argon2" not in everything
    assert signed_in.session.session_key.encode() not in everything


def test_it_holds_what_one_translated(signed_in: Client, amina: Person) -> None:
    translate(publish(), "fr", {"Bridges join people.": "Les ponts relient les gens."})
    assert data(signed_in)["translations"] == []
    Target.objects.update(person=amina)
    (target,) = data(signed_in)["translations"]
    assert target.items() >= {"language": "fr", "text": "Les ponts relient les gens.", "origin": "human"}.items()


def test_it_is_ones_own_alone(client: Client, signed_in: Client) -> None:
    publish()
    other = Client()
    other.post(ANSWER, {"q1": "c1"})
    found = data(signed_in)
    assert found["submissions"] == found["answers"] == found["scores"] == found["enrolments"] == []
    assert [row["username"] for row in found["profile"]] == ["amina"]


def test_every_table_comes_as_a_spreadsheet_reads_it_too(client: Client) -> None:
    publish()
    client.post(ANSWER, {"q1": "c2"})
    assert {f"tables/{name}.csv" for name in data(client)} < set(archive(client).namelist())
    assert rows(client, "answers")[0][6:8] == ["Paper", "incorrect"]


def test_a_formula_that_somebody_wrote_stays_a_text(client: Client) -> None:
    publish(course(unit(exercise("ask", TEXT_XML))))
    client.post(ANSWER, {"q1": '=HYPERLINK("//evil.example")'})
    client.post(ANSWER, {"q1": "-5.5"})
    assert [row[6] for row in rows(client, "answers")] == ['\'=HYPERLINK("//evil.example")', "-5.5"]
    assert data(client)["answers"][0]["answer"] == '=HYPERLINK("//evil.example")'


def test_what_is_what_is_said_in_the_language_of_the_page(client: Client, guest: Person) -> None:
    readme = archive(client).read("README.txt").decode()
    assert readme.startswith("\ufeffEverything this site keeps about you.")
    assert all(f"tables/{name}.csv: {table.about}" in readme for name, table in export.export(guest).items())


def test_no_cache_keeps_it(signed_in: Client) -> None:
    answer = signed_in.get(DOWNLOAD)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="polylect-20')
    answer.close()


@pytest.mark.parametrize("path", [PAGE, DOWNLOAD])
def test_other_methods_are_refused(signed_in: Client, path: str) -> None:
    assert signed_in.post(path).status_code == 405


def test_an_archive_without_rows_can_be_read() -> None:
    file = io.BytesIO()
    export.write_archive(file, {"one": Table("", ("a",), list), "two": Table("", ("b",), lambda: [("ü\udc80",)])})
    found = zipfile.ZipFile(file)
    assert json.loads(found.read("data.json"))["one"] == []
    assert found.read("tables/one.csv").decode("utf-8-sig") == "a\r\n"
    assert found.read("tables/two.csv").decode("utf-8-sig") == "b\r\nü\\udc80\r\n"
