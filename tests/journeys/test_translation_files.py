"""A translator saves a file, works on it elsewhere, and takes it in again; what was written meanwhile stays."""

import csv
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

PASSWORD = "seven calm bridges"
RUN = "Polylect+PARTNERS+2026"
COURSE_TITLE = "Introduction to Partnership Building"
_numbers = count(1)


@pytest.mark.parametrize(
    ("language", "target", "width", "scripts", "dark"),
    [("en", "pt-BR", 1280, True, False), ("ar", "fa", 320, True, True), ("fr", "he", 320, False, False)],
)
def test_a_file_goes_out_and_comes_back(
    visit: Visit, tmp_path: Path, language: str, target: str, width: int, scripts: bool, dark: bool
) -> None:
    translator = visit(width, scripts=scripts, dark=dark)
    sign_up(translator, language)
    page = translator.page
    files = f"/{language}/translate/{target}/files/{RUN}/"
    translator.open(files)
    page.locator("#as").select_option("csv")
    page.locator("#lesson").select_option("course")
    with page.expect_download() as download:
        page.locator("form[action$='download/'] button").click()
    left = tmp_path / f"left.{target}.csv"
    download.value.save_as(left)

    look_at(translator, translated(left, "Primeira"))
    expect(page.locator(".outcomes li").first).to_contain_text("1")
    take_in(translator)
    expect(page.locator(".notice-good")).to_be_visible()

    look_at(translator, translated(left, "Segunda"))
    expect(page.locator(".clash-sides p").first).to_have_text("Primeira")
    expect(page.locator(".clash-sides p").last).to_have_text("Segunda")
    take_in(translator)
    page.goto(f"{translator.site}{files}")
    look_at(translator, translated(left, "Segunda"))
    assert not page.locator("[name=rows]").count()


def sign_up(somebody: Watched, language: str) -> None:
    page = somebody.page
    page.goto(f"{somebody.site}/{language}/sign-up/")
    page.locator("[name=username]").fill(f"filer{next(_numbers)}")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "sign-up" not in url)


def translated(left: Path, wording: str) -> Path:
    """The table that was saved, with the course's title translated like this."""
    with left.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if row[3] == COURSE_TITLE:
            row[4] = wording
    work = left.with_name(left.name.replace("left", wording))
    with work.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return work


def look_at(somebody: Watched, file: Path) -> None:
    somebody.page.locator("#file").set_input_files(file)
    somebody.page.locator("form[action$='upload/'] button").click()
    expect(somebody.page.locator(".outcomes")).to_be_visible()
    somebody.check()


def take_in(somebody: Watched) -> None:
    somebody.page.locator("form[action$='upload/'] .button-main").click()
    expect(somebody.page.locator("#file")).to_be_visible()
    somebody.check()
