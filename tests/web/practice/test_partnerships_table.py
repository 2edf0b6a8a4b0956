"""Taking one's register along as a table."""

import csv
import io

import pytest
from django.test import Client

from polylect_web.practice import actions
from web.builders import person
from web.practice.cases import amina, browser_of, kept

pytestmark = pytest.mark.django_db

PAGE = "/en/partnerships/table/"


def rows(client: Client) -> list[dict[str, str]]:
    content = client.get(PAGE).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_it_holds_ones_own_cases_and_no_others() -> None:
    owner, other = amina(), person("kofi")
    case = kept(owner, notes="One.\nTwo.")
    actions.share(case=kept(other, "Theirs"), person=owner, may_edit=True)
    (row,) = rows(browser_of(owner))
    said = {"id": str(case.uuid), "title": "The library", "notes": "One.\nTwo.", "sides": "2", "overlap": "compatible"}
    assert row.items() >= said.items()
    assert (row["side_1_gains"], row["side_2_gains"]) == ("mission", "reach skills")


def test_the_file_is_kept_by_no_cache() -> None:
    answer = browser_of(amina()).get(PAGE)
    assert answer["Content-Disposition"] == 'attachment; filename="partnerships.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/en/sign-in/")
    assert browser_of(amina()).post(PAGE).status_code == 405
