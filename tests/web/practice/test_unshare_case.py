"""Taking a case back, and no longer wanting one."""

import pytest

from polylect_web.practice import actions
from polylect_web.practice.models import CaseShare
from web.builders import person
from web.practice.cases import LIST, address, amina, browser_of, kept

pytestmark = pytest.mark.django_db


def test_the_owner_takes_it_back_and_again_changes_nothing() -> None:
    owner, other, noor = amina(), person("kofi"), person("noor")
    case, client = kept(owner), browser_of(owner)
    for somebody in (other, noor):
        actions.share(case=case, person=somebody, may_edit=True)
    for _ in range(2):
        answer = client.post(address(case, "unshare/"), {"person": str(other.uuid)})
        assert answer["Location"] == address(case)
    assert [share.person for share in CaseShare.objects.all()] == [noor]
    assert browser_of(other).get(address(case)).status_code == 404


def test_who_has_it_may_let_it_go() -> None:
    case, other = kept(amina()), person("kofi")
    actions.share(case=case, person=other, may_edit=False)
    client = browser_of(other)
    assert client.post(address(case, "unshare/"), {"person": str(other.uuid)})["Location"] == LIST
    assert not CaseShare.objects.exists()
    assert client.post(address(case, "unshare/"), {"person": str(other.uuid)}).status_code == 404


def test_nobody_takes_it_from_others() -> None:
    case, editor, noor = kept(amina()), person("editor"), person("noor")
    for somebody in (editor, noor):
        actions.share(case=case, person=somebody, may_edit=True)
    for given in ({"person": str(noor.uuid)}, {"person": "x"}, {}):
        assert browser_of(editor).post(address(case, "unshare/"), given).status_code == 403
    assert browser_of(person("x")).post(address(case, "unshare/"), {"person": str(noor.uuid)}).status_code == 404
    assert CaseShare.objects.count() == 2


def test_looking_takes_nothing_back() -> None:
    owner = amina()
    assert browser_of(owner).get(address(kept(owner), "unshare/")).status_code == 405


def test_a_form_from_elsewhere_is_refused() -> None:
    owner, other = amina(), person("kofi")
    case, strict = kept(owner), browser_of(owner)
    actions.share(case=case, person=other, may_edit=True)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(address(case, "unshare/"), {"person": str(other.uuid)}).status_code == 403
    assert CaseShare.objects.exists()
