"""A learner takes the example course: signs up, watches, searches, answers, changes language, looks at the progress.

Once with and once without scripts, on a wide and on a narrow screen, beginning in English and in Arabic. Pages are
known by their parts and codes, never by their words, which differ by language.
"""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit, Watched

pytestmark = [pytest.mark.journey, pytest.mark.database]

RUN = "Polylect+PARTNERS+2026"
_numbers = count(1)

EACH_WAY = pytest.mark.parametrize("language", ["en", "ar"])
BOTH_WIDTHS = pytest.mark.parametrize("width", [1280, 320])
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@EACH_WAY
@BOTH_WIDTHS
@WITH_AND_WITHOUT
def test_a_learner_takes_the_course(visit: Visit, language: str, width: int, scripts: bool) -> None:
    learner = visit(width, scripts=scripts)
    page = learner.page
    sign_up(learner, language)
    begin(learner, language)
    page.locator("[rel=next]").click()  # from the two cases to the lesson
    lesson(learner, language)
    for _ in range(3):  # past a case to read and one to finish, to the exercises
        page.locator("[rel=next]").click()
        learner.check()
    answer_wrong_then_right(learner)
    switch_language(learner, "fr" if language == "en" else "en")
    progress(learner)


def sign_up(learner: Watched, language: str) -> None:
    learner.open(f"/{language}/sign-up/")
    page = learner.page
    page.locator("[name=username]").fill(f"learner{next(_numbers)}{language}")
    page.locator("[name=password]").fill("seven calm bridges")
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()
    learner.check()


def begin(learner: Watched, language: str) -> None:
    page = learner.page
    learner.open(f"/{language}/courses/")
    page.locator(".card a").first.click()
    learner.check()
    page.locator("main .button-main").click()
    expect(page.locator(".case")).to_have_count(4)  # the two stories, and the two of the question below them
    learner.check()


def lesson(learner: Watched, language: str) -> None:
    page = learner.page
    learner.check()
    video = page.locator("video")
    expect(video.locator("track[default]")).to_have_attribute("srclang", language)
    languages = video.locator("track").evaluate_all("tracks => tracks.map(track => track.srclang)")
    assert {"en", "fr", "es", "ar"} <= set(languages)
    cues = page.locator("[data-cues] > li")
    assert cues.count() > 30
    expect(page.locator("[data-cues]")).to_have_attribute("lang", language)
    if learner.scripts:
        search(page, language)
    else:
        second_language_without_a_script(page, "es")


def search(page: Page, language: str) -> None:
    """The second cue's first long word is found, and the hit is marked."""
    text = page.locator("[data-cues] > li .cue-first").nth(1).inner_text()
    word = max(re.findall(r"\w+", text), key=len)
    field = page.locator("[data-transcript-search] input")
    field.fill(word.upper())
    expect(page.locator("[data-cues] mark[data-here]").first).to_be_visible()
    first = page.locator("[data-transcript-search] output").inner_text()
    assert re.search(r"\d", first)
    field.press("Enter")
    field.press("Escape")
    expect(page.locator("[data-cues] mark")).to_have_count(0)


def second_language_without_a_script(page: Page, second: str) -> None:
    page.locator("[name=second]").select_option(second)
    page.locator("[data-without-script]").click()
    expect(page.locator(f".cue-second[lang={second}]").first).to_be_visible()


def answer_wrong_then_right(learner: Watched) -> None:
    page = learner.page
    choose(page, "c1", "c4")
    send(page)
    result = page.locator("#who-gains .result-heading")
    expect(result).to_be_focused()
    expect(page.locator("#who-gains .result-not-yet")).to_be_visible()
    expect(page.locator("#who-gains [value=c4]")).to_be_checked()
    assert page.locator("#who-gains .choice-feedback").count() >= 2
    learner.check()
    choose(page, "c1", "c2", "c3")
    send(page)
    expect(page.locator("#who-gains .result-right")).to_be_visible()
    expect(result).to_be_focused()
    learner.check()


def choose(page: Page, *codes: str) -> None:
    for code in ("c1", "c2", "c3", "c4"):
        page.locator(f"#who-gains [value={code}]").set_checked(code in codes)


def send(page: Page) -> None:
    page.locator("#who-gains button[value=answer]").click()


def switch_language(learner: Watched, language: str) -> None:
    """The place and the answers stay."""
    page = learner.page
    place = re.sub(r"^.*?/courses/", "", page.url).split("?")[0].split("#")[0]
    menu = page.locator(".menu:has([hreflang])")
    menu.locator("summary").click()
    expect(menu.locator(".menu-list")).to_be_in_viewport(ratio=1)
    page.locator(f".menu-list [hreflang={language}]").click()
    page.wait_for_url(re.compile(rf"/{language}/courses/"))
    assert re.sub(r"^.*?/courses/", "", page.url).split("?")[0].split("#")[0] == place
    expect(page.locator("html")).to_have_attribute("lang", language)
    for code in ("c1", "c2", "c3"):
        expect(page.locator(f"#who-gains [value={code}]")).to_be_checked()
    learner.check()


def progress(learner: Watched) -> None:
    page = learner.page
    page.locator(".outline-progress a").click()
    expect(page.locator(".figures dd").first).to_contain_text(re.compile(r"\d"))
    learner.check()
