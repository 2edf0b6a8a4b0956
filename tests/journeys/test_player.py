"""The lesson's player and transcript, by keyboard and by mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

LESSON = "/courses/Polylect+PARTNERS+2026/four-conditions/"


@pytest.fixture
def lesson(visit: Visit) -> Watched:
    """The lesson, ready to be played."""
    learner = visit()
    learner.page.goto(f"{learner.site}/en{LESSON}")
    learner.page.wait_for_function("document.querySelector('video').readyState > 0")
    return learner


def video(page: Page, expression: str) -> object:
    return page.eval_on_selector("video", f"video => {expression}")


def cue(page: Page, number: int) -> str:
    return f"[data-cues] > li:nth-child({number}) > p.cue-first"


def test_keys_act_while_the_focus_is_in_the_player(lesson: Watched) -> None:
    page = lesson.page
    page.locator("video").focus()
    for key, expected in (("l", 10), ("ArrowRight", 15), ("j", 5), ("ArrowLeft", 0)):
        page.keyboard.press(key)
        assert video(page, "Math.round(video.currentTime)") == expected
    page.keyboard.press("5")
    assert video(page, "Math.abs(video.currentTime - video.duration / 2) < 0.5")
    page.keyboard.press("Home")
    assert video(page, "video.currentTime") == 0
    page.keyboard.press("m")
    assert video(page, "video.muted")
    page.keyboard.press("ArrowDown")
    assert video(page, "Math.round(video.volume * 10)") == 9
    page.keyboard.press(">")
    assert video(page, "video.playbackRate") == 1.25
    page.keyboard.press("Space")
    page.wait_for_function("!document.querySelector('video').paused")
    page.keyboard.press("k")
    assert video(page, "video.paused")


def test_keys_leave_the_rest_of_the_page_alone(lesson: Watched) -> None:
    page = lesson.page
    page.locator(".site-nav a").first.focus()
    page.keyboard.press("l")
    page.keyboard.press("m")
    page.locator("[data-transcript-search] input").focus()
    page.keyboard.press("m")
    assert video(page, "[video.currentTime, video.muted]") == [0, False]


def test_captions_come_in_every_language_by_a_key(lesson: Watched) -> None:
    page = lesson.page
    showing = "[...video.textTracks].filter(track => track.mode === 'showing').map(track => track.language)"
    page.locator("video").focus()
    assert video(page, showing) == ["en"]
    page.keyboard.press("c")
    assert video(page, showing) == []
    page.keyboard.press("c")
    seen = set()
    for _ in range(4):
        page.keyboard.press("Shift+C")
        seen |= set(video(page, showing))  # type: ignore[call-overload]
    assert seen == {"en", "fr", "es", "ar"}


def test_the_question_mark_lists_the_keys_which_can_be_switched_off(lesson: Watched) -> None:
    page = lesson.page
    page.locator("video").focus()
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_be_visible()
    lesson.check()
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.locator("video").focus()
    page.keyboard.press("l")
    assert video(page, "video.currentTime") == 0
    page.reload()
    expect(page.locator("[data-keys-on]")).not_to_be_checked()


def test_the_transcript_is_one_tab_stop_with_arrow_keys_inside(lesson: Watched) -> None:
    page = lesson.page
    assert page.locator("[data-cues] [tabindex='0']").count() == 1
    page.locator("video").focus()
    page.keyboard.press("t")
    expect(page.locator(cue(page, 1))).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(cue(page, 3))).to_be_focused()
    page.keyboard.press("Enter")
    start = float(page.locator("[data-cues] > li").nth(2).get_attribute("data-start") or 0) / 1000
    page.wait_for_function(f"Math.abs(document.querySelector('video').currentTime - {start}) < 3")
    expect(page.locator("[aria-current]").filter(has_text=re.compile(".+")).last).to_be_attached()
    page.keyboard.press("End")
    expect(page.locator("[data-cues] > li").last.locator("p").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("video")).to_be_focused()


def test_a_click_plays_from_there_and_marks_the_cue(lesson: Watched) -> None:
    page = lesson.page
    page.locator("[data-cues] > li").nth(6).click()
    expect(page.locator("[data-cues] > li").nth(6).locator("p")).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-follow]")).to_have_attribute("aria-pressed", "true")


def test_follow_stops_when_the_reader_scrolls_and_resumes_by_its_button(lesson: Watched) -> None:
    page = lesson.page
    follow = page.locator("[data-follow]")
    expect(follow).to_have_attribute("aria-pressed", "true")
    page.locator("[data-cues]").hover()
    page.mouse.wheel(0, 200)
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.eval_on_selector("video", "video => { video.currentTime = 200 }")
    expect(page.locator("[data-cues] [aria-current]")).to_be_attached()
    assert page.eval_on_selector("[data-cues]", "list => list.scrollTop") < 400
    follow.click()
    expect(page.locator("[data-cues] [aria-current]")).to_be_in_viewport()


def test_search_folds_accents_and_goes_from_hit_to_hit(lesson: Watched) -> None:
    page = lesson.page
    page.goto(f"{lesson.site}/fr{LESSON}")
    page.locator("video").focus()
    page.keyboard.press("/")
    field = page.locator("[data-transcript-search] input")
    expect(field).to_be_focused()
    count = page.locator("[data-transcript-search] output")
    field.fill("BENEVOLES")
    expect(page.locator("[data-cues] mark[data-here]")).to_have_text("bénévoles")
    first = count.inner_text()
    field.press("Enter")
    assert count.inner_text() != first
    field.press("Shift+Enter")
    assert count.inner_text() == first
    expect(page.locator("[data-follow]")).to_have_attribute("aria-pressed", "false")
    field.fill("zzzz")
    assert not re.search(r"\d", count.inner_text())


def test_a_second_language_comes_beside_the_first_and_is_remembered(lesson: Watched) -> None:
    page = lesson.page
    page.locator("[name=second]").select_option("ar")
    second = page.locator("[data-cues] > li .cue-second").first
    expect(second).to_have_attribute("dir", "rtl")
    lesson.check()
    page.reload()
    expect(second).to_be_visible()
    page.locator("[name=second]").select_option("")
    expect(page.locator(".cue-second")).to_have_count(0)


def test_the_words_can_be_had_as_files(lesson: Watched) -> None:
    page = lesson.page
    for link, begins in zip(page.locator(".transcript-foot a").all(), ("Two cases", "WEBVTT", "1\n"), strict=True):
        with page.expect_download() as download:
            link.click()
        assert download.value.path().read_text("utf-8").startswith(begins)
