"""A practitioner describes a case, repairs it, keeps it, follows it up, shares it, and takes the list out and in."""

import csv
import io
import json
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

PASSWORD = "seven calm bridges"
OWNER, CHOIR = "The owner of the hall", "جوقة النهر"
HALL = {
    "kind-1": ["organization"],
    "invests-1": ["venue"],
    "gains-1": ["thanks"],
    "kind-2": ["group"],
    "invests-2": ["nothing"],
    "gains-2": ["reach", "skills"],
    "overlap": ["compatible"],
}
EACH_WAY = [
    ("en", 1280, True),
    ("ar", 1280, True),
    ("en", 320, True),
    ("ar", 320, True),
    ("en", 1280, False),
    ("ar", 320, False),
]
_numbers = count(1)


@pytest.mark.parametrize(("language", "width", "scripts"), EACH_WAY)
def test_a_case_is_judged_repaired_kept_followed_up_shared_and_taken_along(
    visit: Visit, tmp_path: Path, language: str, width: int, scripts: bool
) -> None:
    friend = visit(width, scripts=scripts)
    name = sign_up(friend, language)
    somebody = visit(width, scripts=scripts)
    page = somebody.page
    sign_up(somebody, language)
    judge(somebody, language)
    expect(page.locator(".answer-donation h1")).to_be_visible()
    expect(page.locator(".condition-fulfilled")).to_have_count(2)
    somebody.check()
    repair(somebody)
    keep(somebody)
    follow_up(somebody)
    share(somebody, friend, language, name)
    take_out_and_in(somebody, language, tmp_path)


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("ar", 320, True), ("en", 320, False)])
def test_sides_come_and_go_and_the_case_goes_along_as_a_file(
    visit: Visit, tmp_path: Path, language: str, width: int, scripts: bool
) -> None:
    somebody = visit(width, scripts=scripts)
    page = somebody.page
    judge(somebody, language)
    page.locator("[value=add]").click()
    expect(page.locator("[data-sides] > .side")).to_have_count(3)
    page.locator("#name-3").fill("Noor")
    page.locator("[value='remove:1']").click()
    expect(page.locator("[data-sides] > .side")).to_have_count(2)
    expect(page.locator("#name-2")).to_have_value(CHOIR)
    expect(page.locator("#side-3 legend").first).to_contain_text("2")
    somebody.check()
    with page.expect_download() as download:
        page.locator("button[formaction$='/file/']").click()
    saved = tmp_path / "case.json"
    download.value.save_as(saved)
    assert [side["name"] for side in json.loads(saved.read_text())["sides"]] == [CHOIR, "Noor"]
    page.goto(f"{somebody.site}/{language}/partnership/")
    page.locator(".more summary").click()
    page.locator("[name=file]").set_input_files(saved)
    page.locator("[value=open]").click()
    expect(page.locator("#name-2")).to_have_value("Noor")
    expect(page.locator(".answer-open")).to_be_visible()
    expect(page.locator(".asked")).not_to_have_count(0)
    somebody.check()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_link_carries_a_case_that_the_server_does_not_see(visit: Visit, language: str) -> None:
    somebody, other = visit(), visit(320)
    asked: list[str] = []
    other.page.on("request", lambda request: asked.append(request.url))
    judge(somebody, language)
    somebody.page.locator("[data-link]").click()
    link = somebody.page.locator("#case-link").input_value()
    somebody.check()
    other.page.goto(link)
    page = other.page
    expect(page.locator("#name-2")).to_have_value(CHOIR)
    expect(page.locator("[data-status]")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)
    assert page.url == f"{other.site}/{language}/partnership/"
    other.check()
    page.locator("#case > p > [value=judge]").click()
    expect(page.locator(".answer-donation")).to_be_visible()
    assert not [url for url in asked if "case=" in url.partition("#")[0]]


def test_a_link_that_was_cut_off_says_so(visit: Visit) -> None:
    somebody = visit()
    page = somebody.page
    for fragment in ("", "abc", "W10", "%F0%9F"):
        page.goto("about:blank")
        page.goto(f"{somebody.site}/en/partnership/#case={fragment}")
        expect(page.locator("[data-status]")).to_contain_text("There is no case in this link.")
        expect(page.locator("#name-1")).to_have_value("")


def test_the_case_comes_along_to_another_language_and_through_signing_in(visit: Visit) -> None:
    somebody = visit()
    page = somebody.page
    name = sign_up(somebody, "en")
    page.locator(".menu:has([action$='/sign-out/']) summary").click()
    page.locator(".site-header form[action$='/sign-out/'] button").click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_have_count(0)
    judge(somebody, "en")
    page.locator(".menu summary").click()
    page.locator(".menu-list [hreflang=ar]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("#name-2")).to_have_value(CHOIR)
    page.locator("main a[href*='/sign-in/']").click()
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").last.click()
    expect(page.locator("button[formaction$='/keep/']")).to_be_visible()
    expect(page.locator("#name-2")).to_have_value(CHOIR)


def test_nothing_and_something_exclude_each_other(visit: Visit) -> None:
    somebody = visit()
    page = somebody.page
    page.goto(f"{somebody.site}/en/partnership/")
    page.check("[name=invests-1][value=time]")
    page.check("[name=invests-1][value=nothing]")
    assert not page.is_checked("[name=invests-1][value=time]")
    page.check("[name=invests-1][value=money]")
    assert not page.is_checked("[name=invests-1][value=nothing]")


def test_a_case_is_described_and_judged_by_keyboard_alone(visit: Visit) -> None:
    somebody = visit()
    page = somebody.page
    page.goto(f"{somebody.site}/en/partnership/")

    def to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no Tab leads to {selector}")

    to("#name-1")
    page.keyboard.type("The library")
    for selector in ("[name=invests-1][value=venue]", "[name=gains-1][value=mission]"):
        to(selector)
        page.keyboard.press("Space")
    to("[value='remove:2']")
    page.keyboard.press("Enter")
    expect(page.locator("#name-1")).to_be_focused()
    to("[value=add]")
    page.keyboard.press("Enter")
    expect(page.locator("#name-2")).to_be_focused()
    page.keyboard.type("The club")
    page.keyboard.press("Enter")
    expect(page.locator(".answer-open")).to_be_visible()
    to(".condition a")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_can_be_read_in_the_dark(visit: Visit, language: str) -> None:
    somebody = visit(320, dark=True)
    sign_up(somebody, language)
    judge(somebody, language)
    somebody.check()
    for path in ("", "new/", "import/", "reminders/"):
        somebody.open(f"/{language}/partnerships/{path}")


def sign_up(somebody: Watched, language: str) -> str:
    page = somebody.page
    name = f"practitioner{next(_numbers)}"
    page.goto(f"{somebody.site}/{language}/sign-up/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()
    return name


def judge(somebody: Watched, language: str) -> None:
    page = somebody.page
    somebody.open(f"/{language}/partnership/")
    page.locator("#name-1").fill(OWNER)
    page.locator("#name-2").fill(CHOIR)
    for name, values in HALL.items():
        for value in values:
            page.check(f"[name={name}][value={value}]")
    page.locator("#case > p > [value=judge]").click()


def repair(somebody: Watched) -> None:
    page = somebody.page
    page.check("[name=change-0][value=mission]")
    page.check("[name=change-1][value=time]")
    page.locator("[value=change]").click()
    expect(page.locator(".answer-partnership h1")).to_be_visible()
    expect(page.locator(".condition-fulfilled")).to_have_count(4)
    somebody.check()


def keep(somebody: Watched) -> None:
    page = somebody.page
    page.locator("button[formaction$='/keep/']").click()
    expect(page.locator(".notice-good")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(CHOIR)
    somebody.check()


def follow_up(somebody: Watched) -> None:
    page = somebody.page
    page.locator("main a[href$='/edit/']").click()
    somebody.check()
    page.locator("[name=title]").fill("The hall")
    page.select_option("[name=stage]", "talking")
    page.locator("[name=next_step]").fill("=Ask")
    page.locator("[name=next_on]").fill("2020-02-03")
    page.locator("form > p > [value=save]").click()
    expect(page.locator("h1")).to_have_text("The hall")
    page.locator(".kicker a").click()
    expect(page.locator("tbody .when-overdue")).to_be_visible()
    somebody.check()
    page.select_option("[name=stage]", "ended")
    page.locator(".filter button").click()
    expect(page.locator("tbody")).to_have_count(0)
    page.goto(page.url.partition("?")[0])
    page.locator(".notice-heed a").click()
    expect(page.locator(".reminders a")).to_have_text("The hall")
    somebody.check()
    page.locator(".reminders a").click()


def share(somebody: Watched, friend: Watched, language: str, name: str) -> None:
    page = somebody.page
    page.locator("[name=username]").fill(name)
    page.locator(".sharing form[action$='/share/#sharing'] button").click()
    expect(page.locator(".shares li")).to_have_count(1)
    somebody.check()
    friend.open(f"/{language}/partnerships/")
    friend.page.locator("tbody a").click()
    expect(friend.page.locator("h1")).to_have_text("The hall")
    expect(friend.page.locator("a[href$='/edit/']")).to_have_count(0)
    friend.check()
    page.locator(".shares button").click()
    expect(page.locator(".shares li")).to_have_count(0)
    friend.open(f"/{language}/partnerships/")
    expect(friend.page.locator("tbody")).to_have_count(0)


def take_out_and_in(somebody: Watched, language: str, folder: Path) -> None:
    page = somebody.page
    page.goto(f"{somebody.site}/{language}/partnerships/")
    with page.expect_download() as download:
        page.locator("a[href$='/table/']").click()
    saved = folder / "partnerships.csv"
    download.value.save_as(saved)
    (row,) = csv.DictReader(io.StringIO(saved.read_text("utf-8-sig"), newline=""))
    assert (row["title"], row["next_step"], row["side_2_name"]) == ("The hall", "'=Ask", CHOIR)
    page.locator("tbody a").click()
    page.locator("main a[href$='/delete/']").click()
    somebody.check()
    page.locator("main form button").click()
    expect(page.locator("tbody")).to_have_count(0)
    page.locator("main a[href$='/import/']").click()
    somebody.expected.add("400")
    (folder / "bad.csv").write_text("title,stage\nThe hall,someday\n")
    for file in ("bad.csv", "partnerships.csv"):
        page.locator("[name=file]").set_input_files(folder / file)
        page.locator("main form button").click()
        somebody.check()
    expect(page.locator("tbody a")).to_have_text("The hall")
    expect(page.locator("tbody")).to_contain_text("=Ask")
