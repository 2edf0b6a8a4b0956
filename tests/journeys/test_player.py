"""The lesson's player and transcript, by keyboard and by mouse."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

LESSON = "/courses/Polylect+PARTNERS+2026/four-conditions/"


OFFERED = "[...video.textTracks].filter(track => track.kind === 'captions').map(track => track.language)"
SHOWING = "[...video.textTracks].filter(track => track.mode === 'showing').map(track => track.language)"
"""The languages of the captions that are shown."""


@pytest.fixture
def lesson(visit: Visit) -> Watched:
    """The lesson, ready to be played."""
    learner = visit()
    open_lesson(learner, "en")
    return learner


def open_lesson(learner: Watched, language: str) -> None:
    learner.page.goto(f"{learner.site}/{language}{LESSON}")
    until(learner.page, "video.readyState > 0")


def video(page: Page, expression: str) -> Any:
    return page.eval_on_selector("video", f"video => {expression}")


def until(page: Page, claim: str) -> None:
    """Waits until this holds of the video. (The page's policy forbids what Playwright's own waiting evaluates.)"""
    look = f"const look = () => ({claim}) ? done() : setTimeout(look, 20); look();"
    page.eval_on_selector("video", f"video => new Promise(done => {{ {look} }})")


def cue(page: Page, number: int) -> str:
    return f"[data-cues] > li:nth-child({number}) > p.cue-first"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.fixture
def playing(lesson: Watched) -> Watched:
    """The lesson, playing, with the focus in the video."""
    lesson.page.locator("video").focus()
    press(lesson.page, "Space")
    until(lesson.page, "!video.paused && video.currentTime > 0.1")
    return lesson


def test_space_and_k_play_and_pause(playing: Watched) -> None:
    page = playing.page
    press(page, "Space")
    assert video(page, "video.paused")
    press(page, "k")
    until(page, "!video.paused")
    press(page, "k", "k", "k")  # faster than it can begin
    assert video(page, "video.paused")


@pytest.mark.parametrize(("key", "step"), [("l", 10), ("j", -10), ("ArrowRight", 5), ("ArrowLeft", -5)])
def test_a_key_moves_the_playing_video_by_seconds(playing: Watched, key: str, step: int) -> None:
    page = playing.page
    press(page, "5")
    before = video(page, "video.currentTime")
    press(page, key)
    assert video(page, "video.currentTime") - before == pytest.approx(step, abs=1)
    assert not video(page, "video.paused")


def test_digits_home_and_end_jump(lesson: Watched) -> None:
    page = lesson.page
    page.locator("video").focus()
    for tenth in range(10):
        press(page, str(tenth))
        assert video(page, "video.currentTime / video.duration") == pytest.approx(tenth / 10, abs=0.01)
    press(page, "End")
    assert video(page, "video.currentTime === video.duration")
    press(page, "l")
    assert video(page, "video.currentTime === video.duration")
    press(page, "Home", "j")
    assert video(page, "video.currentTime") == 0


def test_arrows_and_m_set_the_sound(lesson: Watched) -> None:
    page = lesson.page
    page.locator("video").focus()
    press(page, "ArrowDown", "ArrowDown", "ArrowUp")
    assert video(page, "video.volume") == pytest.approx(0.9)
    press(page, "m")
    assert video(page, "video.muted")
    press(page, "ArrowUp", "ArrowUp")
    assert video(page, "[video.volume, video.muted]") == [1, False]


def test_speed_goes_by_steps_and_is_kept(playing: Watched) -> None:
    page = playing.page
    press(page, ">", ">")
    assert video(page, "video.playbackRate") == 1.5
    press(page, *"<" * 9)
    assert video(page, "video.playbackRate") == 0.25
    page.locator("[data-speed]").select_option("1.25")
    assert video(page, "video.playbackRate") == 1.25
    open_lesson(playing, "fr")
    assert video(page, "video.playbackRate") == 1.25
    expect(page.locator("[data-speed]")).to_have_value("1.25")


def test_f_fills_the_screen_and_gives_it_back(lesson: Watched) -> None:
    page = lesson.page
    page.locator("video").focus()
    press(page, "f")
    until(page, "document.fullscreenElement === video")
    press(page, "f")
    until(page, "!document.fullscreenElement")


def test_keys_act_where_a_keyboard_types_other_signs(lesson: Watched) -> None:
    """On an Arabic keyboard the keys of m, / and 5 give these."""
    page = lesson.page
    page.locator("video").focus()
    for key, code in (("ة", "KeyM"), ("٥", "Digit5"), ("ظ", "Slash")):
        page.evaluate(
            "given => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {...given, bubbles: true}))",
            {"key": key, "code": code},
        )
    assert video(page, "video.muted && Math.abs(video.currentTime / video.duration - 0.5) < 0.01")
    expect(page.locator("[data-transcript-search] input")).to_be_focused()


def test_keys_leave_the_rest_of_the_page_alone(lesson: Watched) -> None:
    page = lesson.page
    page.locator(".site-nav a").first.focus()
    press(page, "l", "m")
    page.locator("[data-transcript-search] input").focus()
    press(page, "m", "Space", "5", "ArrowRight", "Home")
    page.locator("select[data-size]").focus()
    press(page, "l", "ArrowDown")
    page.locator("video").focus()
    press(page, "Control+m", "Alt+l")
    assert video(page, "[video.currentTime, video.muted, video.volume, video.paused]") == [0, False, 1, True]


def test_captions_come_in_every_language_by_a_key(lesson: Watched) -> None:
    page = lesson.page
    page.locator("video").focus()
    assert captions_become(page, "en")
    page.keyboard.press("c")
    assert video(page, SHOWING) == []
    page.keyboard.press("c")
    offered = video(page, OFFERED)
    seen = set()
    for _ in offered:
        page.keyboard.press("Shift+C")
        seen |= set(video(page, SHOWING))
    assert seen == set(offered) >= {"en", "fr", "es", "ar"}  # translators of other tests may have begun more


def test_captions_follow_the_page_until_others_are_chosen(lesson: Watched) -> None:
    page = lesson.page
    assert captions_become(page, "en")
    page.locator("video").focus()
    press(page, "c", "c")  # off, and those of the page again
    assert captions_become(page, "en")
    open_lesson(lesson, "fr")
    assert captions_become(page, "fr")
    page.locator("video").focus()
    press(page, "Shift+C")
    (chosen,) = video(page, SHOWING)
    open_lesson(lesson, "fr" if chosen == "en" else "en")
    assert captions_become(page, chosen)


def captions_become(page: Page, language: str) -> bool:
    """Whether the captions of this language alone are shown, soon: the browser chooses some itself at first."""
    for _ in range(100):
        if video(page, SHOWING) == [language]:
            return True
        page.wait_for_timeout(50)
    return False


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
    until(page, f"!video.paused && Math.abs(video.currentTime - {start}) < 3")
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


def wheel(page: Page) -> None:
    page.locator("[data-cues]").hover()
    page.mouse.wheel(0, 200)


def drag_the_bar(page: Page) -> None:
    box = page.locator("[data-cues]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 80)
    page.mouse.up()


def focus_a_cue(page: Page) -> None:
    page.locator("video").focus()
    press(page, "t")


def drag_with_a_finger(page: Page) -> None:
    box = page.locator("[data-cues]").bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + 60, box["y"] + 150
    for kind, at in (("touchStart", y), ("touchMove", y - 40), ("touchMove", y - 80)):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("take_over", [wheel, drag_the_bar, focus_a_cue, drag_with_a_finger])
def test_follow_stops_for_the_reader_and_resumes_by_its_button(visit: Visit, take_over: Callable[[Page], None]) -> None:
    reader = visit(has_touch=take_over is drag_with_a_finger)
    open_lesson(reader, "en")
    page = reader.page
    follow = page.locator("[data-follow]")
    expect(follow).to_have_attribute("aria-pressed", "true")
    take_over(page)
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.eval_on_selector("video", "video => { video.currentTime = 200 }")
    expect(page.locator("[data-cues] [aria-current]")).to_be_attached()
    assert page.eval_on_selector("[data-cues]", "list => list.scrollTop") < 1000
    follow.click()
    expect(page.locator("[data-cues] [aria-current]")).to_be_in_viewport()


def test_following_moves_the_words_and_never_the_page(playing: Watched) -> None:
    page = playing.page
    press(page, "8")
    expect(page.locator("[data-cues] [aria-current]")).to_be_in_viewport()
    assert page.eval_on_selector("[data-cues]", "list => list.scrollTop") > 400
    assert page.evaluate("scrollY") == 0


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
    field.press("Escape")
    expect(field).to_have_value("")
    field.press("Escape")
    expect(page.locator("video")).to_be_focused()


def test_search_folds_the_marks_of_arabic(lesson: Watched) -> None:
    page = lesson.page
    open_lesson(lesson, "ar")
    texts = page.locator("[data-cues] .cue-first").all_inner_texts()
    marked = next(word for text in texts for word in re.findall(r"[\w\u064b-\u0652]+", text) if not word.isalpha())
    page.locator("[data-transcript-search] input").fill(re.sub(r"\W", "", marked))
    expect(page.locator("[data-cues] mark[data-here]")).to_have_text(marked)


def test_sentences_take_the_place_of_lines_and_are_remembered(lesson: Watched) -> None:
    page = lesson.page
    rows = page.locator("[data-cues] > li")
    lines = rows.count()
    words = "".join("".join(rows.locator(".cue-first").all_inner_texts()).split())
    page.locator("[name=by]").select_option("sentence")
    expect(rows).not_to_have_count(lines)
    assert "".join("".join(rows.locator(".cue-first").all_inner_texts()).split()) == words
    lesson.check()
    page.reload()
    expect(rows).not_to_have_count(lines)
    expect(page.locator("[name=by]")).to_have_value("sentence")
    rows.nth(4).click()
    start = float(rows.nth(4).get_attribute("data-start") or 0) / 1000
    until(page, f"Math.abs(video.currentTime - {start}) < 3")
    expect(rows.nth(4).locator("p")).to_have_attribute("aria-current", "true")
    page.locator("[name=by]").select_option("")
    expect(rows).to_have_count(lines)


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


def test_the_size_of_the_text_and_follow_are_kept(lesson: Watched) -> None:
    page = lesson.page
    cue_size = "list => parseFloat(getComputedStyle(list).fontSize)"
    before = page.eval_on_selector("[data-cues]", cue_size)
    page.locator("select[data-size]").select_option("larger")
    page.locator("[data-follow]").click()
    page.reload()
    assert page.eval_on_selector("[data-cues]", cue_size) == pytest.approx(before * 1.5, abs=0.1)
    expect(page.locator("[data-follow]")).to_have_attribute("aria-pressed", "false")


def test_enter_plays_a_cue_although_words_are_selected_elsewhere(lesson: Watched) -> None:
    page = lesson.page
    page.locator("h1").select_text()
    page.locator(cue(page, 1)).press("ArrowDown")
    press(page, "Enter")
    until(page, "!video.paused")


def test_the_words_can_be_had_as_files(lesson: Watched) -> None:
    page = lesson.page
    for link, begins in zip(page.locator(".transcript-foot a").all(), ("Two cases", "WEBVTT", "1\n"), strict=True):
        with page.expect_download() as download:
            link.click()
        assert download.value.path().read_text("utf-8").startswith(begins)
