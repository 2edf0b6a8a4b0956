"""Somebody looks after what is kept of them: as a guest, then with an account, until it is deleted."""

import json
import zipfile
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

EXERCISES = "courses/Polylect+PARTNERS+2026/read-the-case/"
PASSWORD = "seven calm bridges"
_numbers = count(1)


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("ar", 320, True), ("en", 320, False)])
def test_what_is_kept_is_seen_taken_along_and_deleted(visit: Visit, language: str, width: int, scripts: bool) -> None:
    somebody = visit(width, scripts=scripts)
    page = somebody.page
    somebody.open(f"/{language}/account/data/")
    expect(page.locator("main .button")).to_have_count(0)
    answer(somebody, language)
    somebody.open(f"/{language}/account/data/")
    assert len(downloaded(somebody)["answers"]) == 1
    page.locator("main .button").last.click()
    somebody.check()
    expect(page.locator("main [type=password]")).to_have_count(0)
    sign_up(somebody, language)
    somebody.open(f"/{language}/account/")
    page.locator("main a.button[href$='/data/']").click()
    somebody.check()
    assert len(downloaded(somebody)["answers"]) == 1
    page.locator("main .button").last.click()
    delete(somebody)


def answer(somebody: Watched, language: str) -> None:
    page = somebody.page
    page.goto(f"{somebody.site}/{language}/{EXERCISES}")
    page.locator("#who-gains input[type=radio], #who-gains input[type=checkbox]").first.check()
    page.locator("#who-gains button[value=answer]").click()
    expect(page.locator("#who-gains .result").first).to_be_visible()


def downloaded(somebody: Watched) -> dict[str, list[object]]:
    """What the file for programs holds."""
    with somebody.page.expect_download() as download:
        somebody.page.locator("main .button-main").click()
    with zipfile.ZipFile(Path(download.value.path())) as archive:
        found: dict[str, list[object]] = json.loads(archive.read("data.json"))
    return found


def sign_up(somebody: Watched, language: str) -> None:
    page = somebody.page
    page.goto(f"{somebody.site}/{language}/sign-up/")
    page.locator("[name=username]").fill(f"keeper{next(_numbers)}")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()


def delete(somebody: Watched) -> None:
    """First with a wrong password, which deletes nothing."""
    page = somebody.page
    somebody.check()
    somebody.expected.add("400")
    for password in ("a wrong one", PASSWORD):
        page.locator("main [type=password]").fill(password)
        page.locator("main form button").click()
    expect(page.locator(".notice-good")).to_be_visible()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_have_count(0)
    somebody.check()
