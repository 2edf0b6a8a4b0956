"""Deleting a case."""

import pytest

from polylect_web.practice import actions
from polylect_web.practice.models import Case, CaseShare
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import LIST, address, amina, browser_of, kept

pytestmark = pytest.mark.django_db


def test_it_asks_first() -> None:
    owner = amina()
    case = kept(owner)
    assert text_of(page(browser_of(owner).get(address(case, "delete/"))), "h1") == "Delete “The library”?"
    assert Case.objects.exists()


def test_it_goes_for_everybody_and_a_second_time_there_is_none() -> None:
    owner, other = amina(), person("kofi")
    case, client = kept(owner), browser_of(owner)
    actions.share(case=case, person=other, may_edit=True)
    assert client.post(address(case, "delete/"))["Location"] == LIST
    assert (Case.objects.count(), CaseShare.objects.count()) == (0, 0)
    assert client.post(address(case, "delete/")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_delete_nothing(method: str) -> None:
    case, editor = kept(amina()), person("editor")
    actions.share(case=case, person=editor, may_edit=True)
    assert getattr(browser_of(editor), method)(address(case, "delete/")).status_code == 403
    assert getattr(browser_of(person("kofi")), method)(address(case, "delete/")).status_code == 404
    assert Case.objects.exists()


def test_a_form_from_elsewhere_is_refused() -> None:
    owner = amina()
    case, strict = kept(owner), browser_of(owner)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(address(case, "delete/")).status_code == 403
    assert Case.objects.exists()
