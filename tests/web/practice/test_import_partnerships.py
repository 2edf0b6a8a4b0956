"""Taking a table in: all of it, or nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polylect_web.practice import actions
from polylect_web.practice.models import Case
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import LIST, amina, browser_of, kept

pytestmark = pytest.mark.django_db

PAGE, TABLE = "/en/partnerships/import/", "/en/partnerships/table/"


def send(client: Client, content: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("t.csv", content)})


def values(owner: Any) -> list[Any]:
    names = ("title", "stage", "next_step", "next_on", "notes", "arrangement", "searched")
    return list(owner.cases.order_by("pk").values_list(*names))


def test_a_table_that_was_saved_here_comes_back_whole() -> None:
    owner = amina()
    client = browser_of(owner)
    kept(owner, "=Library", next_step="-1", notes="One.\n\n+Two, “three”.")
    kept(owner, "مكتبة", stage=actions.Stage.ENDED)
    before, content = values(owner), client.get(TABLE).content
    Case.objects.all().delete()
    assert send(client, content)["Location"] == LIST
    assert values(owner) == before
    assert "New: 2. Changed: 0." in text_of(page(client.get(LIST)), ".notice-good")


def test_a_line_with_the_id_of_a_case_changes_it() -> None:
    owner = amina()
    client, case = browser_of(owner), kept(owner)
    content = client.get(TABLE).content.replace(b"The library", b"The museum")
    for _ in range(2):
        send(client, content)
    case.refresh_from_db()
    assert (Case.objects.count(), case.title, case.revision) == (1, "The museum", 3)
    assert "museum" in case.searched


def test_the_id_of_somebody_elses_case_makes_a_new_one() -> None:
    owner, other = amina(), person("kofi")
    case = kept(other)
    actions.share(case=case, person=owner, may_edit=True)
    send(browser_of(owner), f"id,title\n{case.uuid},Mine now\n".encode())
    case.refresh_from_db()
    assert (case.title, owner.cases.get().title) == ("The library", "Mine now")


def test_when_a_line_is_wrong_nothing_is_taken_in() -> None:
    owner = amina()
    case = kept(owner)
    answer = send(browser_of(owner), f"id,title,stage\n{case.uuid},Changed,idea\n,New,someday\n".encode())
    assert answer.status_code == 400
    assert "Nothing was taken in.Line 3: “someday” is no stage." in text_of(page(answer), "[role=alert]")
    assert [one.title for one in Case.objects.all()] == ["The library"]


def test_a_table_that_does_not_fit_is_left_out_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_CASES", 3)
    owner = amina()
    kept(owner)
    answer = send(browser_of(owner), b"title\na\nb\nc\n")
    assert "Your list can hold 3 cases." in text_of(page(answer), "[role=alert]")
    assert Case.objects.count() == 1


def test_without_a_file_nothing_happens() -> None:
    client = browser_of(amina())
    assert client.post(PAGE).status_code == 400
    assert client.post(PAGE, {"file": "x"}).status_code == 400


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/en/sign-in/")
    assert send(client, b"title\na\n")["Location"].startswith("/en/sign-in/")
    assert not Case.objects.exists()


def test_a_form_from_elsewhere_is_refused() -> None:
    strict = browser_of(amina())
    strict.handler.enforce_csrf_checks = True
    assert send(strict, b"title\na\n").status_code == 403
    assert not Case.objects.exists()
