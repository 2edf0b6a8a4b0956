"""Changing a case."""

import pytest

from polylect_web.practice import actions
from polylect_web.practice.models import Case
from web.builders import person
from web.learn.parts import page, text_of
from web.practice.cases import HALL, LIBRARY, address, amina, arrangement, browser_of, kept

pytestmark = pytest.mark.django_db

FORM = {"title": "The hall", "stage": "agreed", "next_step": "", "next_on": "", "notes": "", "revision": "1"}


def test_the_form_holds_what_the_case_says() -> None:
    owner = amina()
    case = kept(owner, notes="One.", stage=actions.Stage.RUNNING)
    shown = page(browser_of(owner).get(address(case, "edit/")))
    assert shown.cssselect("#id_title")[0].get("value") == "The library"
    assert shown.cssselect("#id_stage [selected]")[0].get("value") == "running"
    assert shown.cssselect("#name-2")[0].get("value") == "The choir"
    assert len(shown.cssselect("#gains-2 [checked]")) == 2


def test_it_is_changed_and_can_be_found_by_its_new_words() -> None:
    owner = amina()
    case = kept(owner)
    answer = browser_of(owner).post(address(case, "edit/"), FORM | HALL | {"act": "save"})
    assert answer["Location"] == address(case)
    case.refresh_from_db()
    assert (case.title, case.stage, case.revision, case.described) == ("The hall", "agreed", 2, arrangement(HALL))
    assert "the hall" in case.searched
    assert "library" not in case.searched


def test_who_was_overtaken_is_told_and_may_save_over_it() -> None:
    owner, other = amina(), person("kofi")
    case = kept(owner)
    actions.share(case=case, person=other, may_edit=True)
    browser_of(other).post(address(case, "edit/"), FORM | {"title": "Theirs"})
    client = browser_of(owner)
    answer = client.post(address(case, "edit/"), FORM | LIBRARY | {"title": "Mine"})
    assert answer.status_code == 409
    shown = page(answer)
    assert "Somebody has changed this case meanwhile." in text_of(shown, "[role=alert]")
    assert Case.objects.get().title == "Theirs"
    revision = shown.cssselect("[name=revision]")[0].get("value")
    assert shown.cssselect("#id_title")[0].get("value") == "Mine"
    client.post(address(case, "edit/"), FORM | LIBRARY | {"title": "Mine", "revision": revision})
    assert Case.objects.get().title == "Mine"


@pytest.mark.parametrize("revision", ["", "x", "-1", "٣", "9" * 30])
def test_a_revision_that_is_none_saves_over_nothing(revision: str) -> None:
    owner = amina()
    case = kept(owner)
    assert browser_of(owner).post(address(case, "edit/"), FORM | {"revision": revision}).status_code == 409
    assert Case.objects.get().title == "The library"


def test_a_side_is_added_and_the_revision_stays() -> None:
    owner = amina()
    case = kept(owner)
    shown = page(browser_of(owner).post(address(case, "edit/"), FORM | LIBRARY | {"act": "add"}))
    assert len(shown.cssselect("[data-sides] > .side")) == 3
    assert shown.cssselect("[name=revision]")[0].get("value") == "1"
    assert Case.objects.get().title == "The library"


def test_what_is_wrong_is_told_and_nothing_is_changed() -> None:
    owner = amina()
    case = kept(owner)
    for wrong in ({"title": ""}, {"invests-1": ["time", "nothing"]}):
        answer = browser_of(owner).post(address(case, "edit/"), FORM | LIBRARY | wrong)
        assert answer.status_code == 400
        assert text_of(page(answer), ".field-error")
    assert Case.objects.get().revision == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_change_nothing(method: str) -> None:
    case, reader = kept(amina()), person("reader")
    actions.share(case=case, person=reader, may_edit=False)
    assert getattr(browser_of(reader), method)(address(case, "edit/"), FORM).status_code == 403
    assert getattr(browser_of(person("kofi")), method)(address(case, "edit/"), FORM).status_code == 404
    assert Case.objects.get().title == "The library"


def test_a_form_from_elsewhere_is_refused() -> None:
    owner = amina()
    case, strict = kept(owner), browser_of(owner)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(address(case, "edit/"), FORM).status_code == 403
