"""A sentence of the example course's video is translated: seen on the video, cut where its writer wants it, and found
by learners as it was shown.

Languages that the course does not have: Kiswahili, and Urdu from right to left, read in English and in Arabic.
"""

import re
import subprocess
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import POLYLECT, Visit, Watched

pytestmark = pytest.mark.journey

RUN = "Polylect+PARTNERS+2026"
SENTENCE = "In both of them, the volunteers put in the same things, their Saturdays and what they know."
START_S = 17.398
WORDS = {
    "sw": "Katika zote mbili, wanaojitolea wanatoa vitu vilevile, Jumamosi zao na wanachokijua.",
    "ur": "دونوں میں رضاکار ایک ہی چیزیں دیتے ہیں، اپنے ہفتے کے دن اور جو وہ جانتے ہیں۔",
}
_names = count(1)
_SHOWN = "() => [...document.querySelector('#stage video').textTracks[0].cues].map((cue) => cue.text)"
EACH_WAY = [("en", "sw", 1280), ("ar", "ur", 1280), ("en", "sw", 320), ("ar", "ur", 320)]


@pytest.mark.parametrize(("language", "target", "width"), EACH_WAY)
def test_what_is_typed_is_seen_on_the_video_and_cut_by_keyboard(
    visit: Visit, language: str, target: str, width: int
) -> None:
    volunteer = visit(width)
    page = begin(volunteer, language, target)
    wording = f"{WORDS[target][:-1]} {next(_names)}{WORDS[target][-1]}"
    expect(page.locator("#source .cue-tick")).to_have_count(1)
    look(page, wording)
    rows = page.locator("[data-cue-text]")
    expect(rows).to_have_count(2)
    assert page.evaluate(_SHOWN) == parts(page)
    until(page, "video.textTracks[0].activeCues[0]?.startTime === 20.598")  # where the cursor is
    assert " ".join(parts(page)) == wording
    volunteer.check()
    before = parts(page)
    page.locator("#text").press("Tab")
    expect(page.locator("#cut-earlier-0")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(rows.first).not_to_have_text(before[0])
    expect(page.locator("#cut-later-0")).to_be_focused()
    moved = parts(page)
    assert len(moved[0].split()) == len(before[0].split()) + 1
    assert " ".join(moved[1].split()[:2]) in page.locator("#said").inner_text()
    assert page.evaluate(_SHOWN) == moved
    volunteer.check()
    page.locator("#text").focus()
    line = page.locator("#hand").get_attribute("data-line") or ""
    save(page)
    expect(page.locator("#hand")).not_to_have_attribute("data-line", line)
    assert moved == learned(volunteer, target, wording)


def test_a_break_is_dragged_over_the_words_and_put_back(visit: Visit) -> None:
    page = begin(visit(), "en", "ha")
    wording = f"🌍🌍🌍🌍🌍 {WORDS['sw']}"  # each two units of text to a script
    look(page, wording)
    before = parts(page)
    rows = page.locator("[data-cue-text]")
    grip = page.locator(".cue-handle")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    to = page.evaluate(
        """() => {
            const text = document.querySelector("[data-cue-text]").firstChild, range = new Range();
            range.setStart(text, text.data.indexOf("wanatoa"));
            range.setEnd(text, text.data.indexOf("wanatoa") + 1);
            const { left, top, height } = range.getBoundingClientRect();
            return [left + 1, top + height / 2];
        }"""
    )
    page.mouse.move(*to, steps=5)
    page.mouse.up()
    expect(rows.nth(1)).to_have_text(wording[wording.index("wanatoa") :])
    page.locator("#cut-anew").click()
    expect(rows.first).to_have_text(before[0])
    expect(page.locator("#text")).to_be_focused()


def test_the_sentence_is_played_and_waits_for_who_types(visit: Visit) -> None:
    page = begin(visit(), "en", "ha")
    film = page.locator("#stage video")
    film.evaluate("film => { film.muted = true }")
    page.locator("#text").focus()
    page.keyboard.press("Control+Space")
    until(page, "!video.paused")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    now = film.evaluate("film => film.currentTime")
    assert START_S - 0.2 <= now < START_S + 5.3
    page.keyboard.type("K")
    until(page, "video.paused")
    until(page, "!video.paused")
    page.keyboard.press("Control+Space")
    until(page, "video.paused")
    page.keyboard.press("Control+Shift+Space")
    until(page, f"Math.abs(video.currentTime - {START_S}) < 0.2")
    page.get_by_label("Wait while I type").uncheck()
    page.keyboard.press("Control+Space")
    until(page, "!video.paused")
    page.locator("#text").focus()
    page.keyboard.type("a")
    assert not film.evaluate("film => film.paused")


def test_a_sentence_ends_where_it_ends(visit: Visit) -> None:
    page = begin(visit(), "en", "ha")
    film = page.locator("#stage video")
    film.evaluate("film => { film.muted = true }")
    page.get_by_label("Speed").select_option("2")
    for again in (True, False):
        page.get_by_label("Over and over").set_checked(again)
        film.evaluate("film => { film.currentTime = 22.2 }")
        page.locator("[data-film=play]").click()
        if again:
            until(page, "video.currentTime < 19")
            page.locator("[data-film=play]").click()
        else:
            until(page, "video.paused")
            assert abs(film.evaluate("film => film.currentTime") - 22.664) < 0.5
    page.reload()
    expect(page.get_by_label("Over and over")).not_to_be_checked()
    expect(page.get_by_label("Speed")).to_have_value("2")


@pytest.mark.parametrize(("language", "target"), [("en", "sw"), ("ar", "ur")])
def test_on_a_phone_the_video_stays_in_view_and_leaves_room(visit: Visit, language: str, target: str) -> None:
    page = begin(visit(320), language, target)
    page.locator("#text").scroll_into_view_if_needed()
    page.locator("#text").evaluate("text => scrollBy(0, text.getBoundingClientRect().bottom - innerHeight + 8)")
    video, text = page.locator("#stage video").bounding_box(), page.locator("#text").bounding_box()
    source = page.locator("#source").bounding_box()
    assert video
    assert text
    assert source
    assert video["y"] >= 0
    assert video["height"] <= 0.3 * 800
    assert video["y"] + video["height"] <= source["y"] < text["y"]
    assert text["y"] + text["height"] <= 800
    for name in ("play", "back"):
        box = page.locator(f"[data-film={name}]").bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize(("language", "target"), [("en", "sw"), ("ar", "ur")])
def test_breaks_are_moved_without_scripts(visit: Visit, language: str, target: str) -> None:
    volunteer = visit(320, scripts=False)
    page = begin(volunteer, language, target)
    wording = f"{WORDS[target][:-1]} {next(_names)}{WORDS[target][-1]}"
    expect(page.locator("#stage noscript a")).to_have_attribute("href", re.compile(r"#t=17\.398,22\.664$"))
    page.locator("#text").fill(wording)
    page.locator("[data-save]").click()
    page.locator(".line a", has_text=SENTENCE).click()
    before = parts(page)
    page.locator("#cut-later-0").click()
    expect(page.locator("#text")).to_have_value(wording)
    moved = parts(page)
    assert len(moved[0].split()) == len(before[0].split()) + 1
    page.locator("[data-save]").click()
    assert moved == learned(volunteer, target, wording)


def test_breaks_are_not_lost_on_the_way(visit: Visit) -> None:
    page = begin(visit(), "en", "ig")
    look(page, WORDS["sw"])
    before = parts(page)
    go_and_come_back(page)
    assert parts(page) == before
    page.locator("#cut-later-0").click()
    expect(page.locator("[data-cue-text]").first).not_to_have_text(before[0])
    moved = parts(page)
    go_and_come_back(page)
    assert parts(page) == moved


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 320)])
def test_two_sentences_are_joined_as_a_translator_asks_and_parted_again(
    visit: Visit, environment: dict[str, str], language: str, width: int
) -> None:
    author = visit(width)
    name = f"author{next(_names)}"
    page = begin(author, language, "sw", name)
    page.locator(".regroup summary").press("Enter")
    author.check()
    page.locator(".regroup button[value=join]").press("Enter")
    expect(page.locator(".regroup .notice")).to_be_visible()
    expect(page.locator("#regroup-title")).to_be_focused()
    line = page.url
    command = [POLYLECT, "role", name, "author", "--course", "Polylect+PARTNERS"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    page.reload()
    page.locator(".regroup .notice a").press("Enter")
    expect(page.locator(".wish-parts li")).to_have_text([SENTENCE, "So what goes in is not the difference."])
    author.check()
    page.locator("main button[value^='do:']").press("Enter")
    expect(page.locator("main button[value^='do:']")).to_have_count(0)
    author.open(line.removeprefix(author.site))
    expect(page.locator("#source")).to_have_text(f"{SENTENCE} So what goes in is not the difference.")
    expect(page.locator("#source .cue-tick")).to_have_count(2)
    author.check()
    page.locator(".regroup summary").press("Enter")
    place = page.locator("#place option", has_text="they know. | So what goes")
    page.locator("#place").select_option(place.get_attribute("value"))
    page.locator(".regroup button[value=part]").press("Enter")
    expect(page.locator("#source")).to_have_text(SENTENCE)


def begin(volunteer: Watched, language: str, target: str, name: str = "") -> Page:
    """Somebody new, with the sentence in hand."""
    volunteer.open(f"/{language}/sign-up/")
    page = volunteer.page
    page.locator("[name=username]").fill(name or f"subtitler{next(_names)}{language}")
    page.locator("[name=password]").fill("seven calm bridges")
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()
    volunteer.open(f"/{language}/translate/{target}/{RUN}/four-conditions/")
    page.locator(".line a", has_text=SENTENCE).click()
    expect(page.locator("#source")).to_contain_text("their Saturdays and what they know.")
    return page


def look(page: Page, wording: str) -> None:
    """Types, and waits for what is said of it."""
    with page.expect_response(lambda response: "/check/" in response.url):
        page.locator("#text").fill(wording)
    expect(page.locator("#cues [name=cut_text]")).to_have_value(wording)


def go_and_come_back(page: Page) -> None:
    """To the next text, and back to what was not saved."""
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#source")).not_to_contain_text("their Saturdays")
    with page.expect_response(lambda response: "/check/" in response.url):
        page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#text")).to_have_value(WORDS["sw"])
    expect(page.locator("[data-cue-text]").last).not_to_be_empty()


def until(page: Page, claim: str) -> None:
    """Waits until this holds of the video. (The page's policy forbids what Playwright's own waiting evaluates.)"""
    look = f"const look = () => ({claim}) ? done() : setTimeout(look, 20); look();"
    page.eval_on_selector("#stage video", f"video => new Promise(done => {{ {look} }})")


def parts(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[data-cue-text]").all_text_contents()]


def save(page: Page) -> None:
    """Saves with the key, and again where something was to be looked at first."""
    for _ in range(2):
        with page.expect_response(lambda response: response.request.method == "POST" and "/check/" not in response.url):
            page.keyboard.press("Control+Enter")
        if not page.locator("#hand .notice-heed[role=alert]").count():
            return


def learned(volunteer: Watched, target: str, wording: str) -> list[str]:
    """The captions that learners have of this sentence, after its paragraph was seen in the transcript."""
    volunteer.open(f"/{target}/courses/{RUN}/four-conditions/")
    page = volunteer.page
    expect(page.locator("[data-transcript]")).to_contain_text(wording.split()[0])
    track = page.locator(f"track[srclang={target}]").get_attribute("src")
    written = page.request.get(volunteer.site + (track or "")).text()
    return [
        block.splitlines()[-1] if len(block.splitlines()) else ""
        for block in written.split("\n\n")
        if "00:00:17.398 -->" in block or "00:00:20.598 --> 00:00:22.664" in block
    ]
