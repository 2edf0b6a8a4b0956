"""What is hidden, dated, in no page or in a closed course: there is no way to it but for its staff."""

from collections.abc import Iterator

import pytest
from django.test import Client

from polylect_web.courses.models import Asset, VersionAsset
from web.builders import course, publish, text, unit
from web.learn.parts import UNIT, page
from web.security.world import CLOSED, LEARNERS, OPEN, SECRET, STAFF, Visitors, build

pytestmark = pytest.mark.django_db

PLACES = {
    "a hidden unit": (OPEN, "hidden", "hidden-"),
    "a unit that opens tomorrow": (OPEN, "dated", "dated-"),
    "hidden blocks": (OPEN, "start", "in-"),
    "a unit in no page": (OPEN, "aside", "aside-"),
    "a block in no page": (OPEN, "alone", None),
    "a closed course": (CLOSED, "start", ""),
}


def addresses(where: str, language: str = "en") -> Iterator[str]:
    """Everything that can be looked at of this place."""
    key, unit_code, prefix = PLACES[where]
    base = f"/{language}/courses/{key}/{unit_code}/"
    if where != "hidden blocks":
        yield base
    if prefix is None:
        return
    yield f"{base}transcript/{prefix}film/"
    yield f"{base}transcript/{prefix}film/?second=fr"
    yield from (f"{base}captions/{prefix}film/en.{form}" for form in ("vtt", "srt", "txt"))
    if where == "a closed course":
        yield from (f"/{language}/courses/{key}/", f"/{language}/progress/{key}/", f"/{language}/unplaced/{key}/")


@pytest.mark.parametrize("where", PLACES)
def test_nothing_of_it_can_be_looked_at(where: str) -> None:
    build()
    for who in LEARNERS:
        client = getattr(Visitors(), who)()
        for language in ("en", "fr", "ar", "sw"):
            for address in addresses(where, language):
                response = client.get(address)
                assert response.status_code == 404, address
                assert SECRET not in response.content.decode()


@pytest.mark.parametrize("where", ["a hidden unit", "a unit that opens tomorrow", "a closed course"])
def test_it_is_translated_by_those_who_were_named_and_nobody_else_sees_it_in_the_workbench(where: str) -> None:
    build()
    key, unit_code, _prefix = PLACES[where]
    for who in LEARNERS + STAFF:
        page = getattr(Visitors(), who)().get(f"/en/translate/eo/{key}/{unit_code}/")
        may_see = who in STAFF or (who == "translator" and key == OPEN)
        assert (page.status_code, SECRET in page.content.decode()) == ((200, True) if may_see else (404, False)), who


@pytest.mark.parametrize("where", PLACES)
def test_its_staff_sees_all_of_it(where: str) -> None:
    build()
    for who in STAFF:
        client = getattr(Visitors(), who)()
        for address in addresses(where):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("act", ["answer", "hint", "reveal"])
@pytest.mark.parametrize("where", [where for where, (_, _, prefix) in PLACES.items() if prefix is not None])
def test_nothing_of_it_can_be_answered(where: str, act: str) -> None:
    build()
    for who in LEARNERS:
        key, unit_code, prefix = PLACES[where]
        client = getattr(Visitors(), who)()
        for through in (unit_code, "start"):  # also by way of a unit that is open
            address = f"/en/courses/{key}/{through}/answer/{prefix}ask/"
            for headers in ({}, {"HTTP_X_FRAGMENT": "exercise"}):
                response = client.post(address, {"q1": "c1", "act": act, "hints": "0"}, **headers)
                assert response.status_code == 404, address
                assert SECRET not in response.content.decode()


def test_no_page_that_is_open_mentions_it() -> None:
    build()
    for who in LEARNERS:
        client = getattr(Visitors(), who)()
        for language in ("en", "ar"):
            for path in ("", "courses/", f"courses/{OPEN}/", f"courses/{OPEN}/start/", f"progress/{OPEN}/"):
                response = client.get(f"/{language}/{path}")
                assert response.status_code == 200, path
                assert SECRET not in response.content.decode(), path
                for code in ("hidden", "dated", "aside"):
                    assert f"/{OPEN}/{code}/" not in response.content.decode(), path


@pytest.mark.parametrize("code", ["hidden", "dated", "aside", "hidden-ask", "in-ask", "nothing"])
def test_links_and_oddly_asked_pages_lead_nowhere(code: str) -> None:
    build()
    client = Visitors().learner()
    for query in (f"?play={code}-film", f"?answered={code}", f"?second={code}", "?second=" + "x" * 1000):
        response = client.get(f"/en/courses/{OPEN}/start/{query}")
        assert response.status_code == 200
        assert SECRET not in response.content.decode()
    assert client.get(f"/en/courses/{OPEN}/{code}/").status_code == 404


def test_a_hidden_file_has_no_address(client: Client) -> None:
    run = publish(
        course(unit(text("a", '<p><img src="/static/secret.png" alt=""> <a href="/static/secret.png">x</a></p>')))
    )
    asset = Asset.objects.create(sha256="a" * 64, size_bytes=1, media_type="image/png")
    VersionAsset.objects.create(version=run.version, path="secret.png", asset=asset, hidden=True)
    assert "/media/" not in client.get(UNIT).content.decode()


def test_one_learner_never_sees_the_work_of_another() -> None:
    build()
    one, other, guest = Visitors().learner(), Visitors().translator(), Visitors().guest()
    one.post(f"/en/courses/{OPEN}/start/answer/ask/", {"q1": "c1"})
    for client, chosen in ((one, ["c1"]), (other, []), (guest, ["c2"])):
        shown = page(client.get(f"/en/courses/{OPEN}/start/"))
        assert [field.get("value") for field in shown.cssselect("#ask input[checked]")] == chosen
