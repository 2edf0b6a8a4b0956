"""Sharing a case with somebody by their username."""

import pytest

from polylect_web.accounts.models import Person
from polylect_web.practice import actions
from polylect_web.practice.models import CaseShare
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import LIST, address, amina, browser_of, kept

pytestmark = pytest.mark.django_db


def test_the_other_person_has_it_in_their_list() -> None:
    owner, other = amina(), person("kofi")
    case = kept(owner)
    answer = browser_of(owner).post(address(case, "share/"), {"username": " Kofi "})
    assert answer["Location"] == address(case)
    assert "The library" in browser_of(other).get(LIST).content.decode()
    assert browser_of(other).get(address(case)).status_code == 200
    assert not CaseShare.objects.get().may_edit


def test_said_again_what_is_said_last_holds() -> None:
    owner = amina()
    person("kofi")
    case, client = kept(owner), browser_of(owner)
    for may_edit in ({}, {"may_edit": "on"}):
        client.post(address(case, "share/"), {"username": "kofi"} | may_edit)
    assert CaseShare.objects.get().may_edit


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("kof", "Nobody here has this username."),
        ("kofi@example.org", "Nobody here has this username."),
        ("gone", "Nobody here has this username."),
        ("amina", "This is your own username."),
        ("", ""),
    ],
)
def test_a_name_that_will_not_do_is_told_why(username: str, said: str) -> None:
    owner = amina()
    Person.objects.create(username="kofi", email="kofi@example.org")
    Person.objects.create(username="gone", is_active=False)
    case = kept(owner)
    answer = browser_of(owner).post(address(case, "share/"), {"username": username})
    assert answer.status_code == 400
    assert said in text_of(page(answer), ".field-error")
    assert not CaseShare.objects.exists()


def test_a_case_is_shared_with_so_many_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_SHARES", 1)
    owner = amina()
    case, client = kept(owner), browser_of(owner)
    actions.share(case=case, person=person("kofi"), may_edit=False)
    person("noor")
    answer = client.post(address(case, "share/"), {"username": "noor"})
    assert "shared with 1 people" in text_of(page(answer), ".field-error")
    assert client.post(address(case, "share/"), {"username": "kofi", "may_edit": "on"}).status_code == 302


def test_others_share_nothing() -> None:
    case, editor = kept(amina()), person("editor")
    actions.share(case=case, person=editor, may_edit=True)
    person("kofi")
    assert browser_of(editor).post(address(case, "share/"), {"username": "kofi"}).status_code == 403
    assert browser_of(person("x")).post(address(case, "share/"), {"username": "kofi"}).status_code == 404
    assert CaseShare.objects.count() == 1


def test_looking_shares_nothing() -> None:
    owner = amina()
    assert browser_of(owner).get(address(kept(owner), "share/")).status_code == 405


def test_a_form_from_elsewhere_is_refused() -> None:
    owner = amina()
    person("kofi")
    case, strict = kept(owner), browser_of(owner)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(address(case, "share/"), {"username": "kofi"}).status_code == 403
    assert not CaseShare.objects.exists()
