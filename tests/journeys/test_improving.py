"""A learner points at a text of a lesson, says what would be better, and a reviewer finds it in the workbench.

By keyboard alone and by pointer, in French and in Arabic, wide and narrow; without scripts by the link.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visit, Watched

pytestmark = [pytest.mark.journey, pytest.mark.database]

RUN = "Polylect+PARTNERS+2026"
LESSON = f"courses/{RUN}/four-conditions/"
QUESTIONS = f"courses/{RUN}/ten-questions/"

EACH_WAY = pytest.mark.parametrize("language", ["fr", "ar"])
BOTH_WIDTHS = pytest.mark.parametrize("width", [1280, 320])


def begin(learner: Watched, path: str) -> Page:
    learner.open(path)
    page = learner.page
    page.locator("[data-improve]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-improve-bar]")).to_be_visible()
    expect(page.locator("[data-open]")).to_be_focused()
    return page


def now(page: Page) -> Locator:
    return page.locator("[data-improvable=now]")


@EACH_WAY
@BOTH_WIDTHS
def test_a_text_is_improved_by_keyboard_alone(visit: Visit, language: str, width: int) -> None:
    learner = visit(width)
    learner.expected.add("422")
    page = begin(learner, f"/{language}/{LESSON}")
    learner.check()
    assert now(page).evaluate("element => element.matches('.unit h1')")
    page.keyboard.press("ArrowDown")
    expect(now(page)).to_be_in_viewport()
    shown = now(page).inner_text()
    page.keyboard.press("Enter")
    field = page.locator("dialog[open] [name=text]")
    expect(field).to_be_focused()
    expect(field).to_have_value(shown)
    learner.check()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("<7>")
    send_by_keyboard(page)
    expect(page.locator("[data-said][data-refused] p")).to_be_visible()
    field.focus()
    page.keyboard.press("ControlOrMeta+A")
    words = f"better {language} {width}"
    page.keyboard.type(words)
    send_by_keyboard(page)
    expect(page.locator("[data-said] p")).to_be_visible()
    expect(page.locator("[data-fields]")).to_be_hidden()
    learner.check()
    page.keyboard.press("Escape")
    expect(page.locator("[data-open]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-improve-bar]")).to_have_count(0)
    expect(page.locator("[data-improve]")).to_be_focused()
    expect(page.locator("[data-improvable]")).to_have_count(0)
    page.goto(f"{learner.site}/{language}/translate/{language}/{RUN}/four-conditions/")
    page.get_by_text(shown, exact=True).first.click()
    expect(page.get_by_text(words, exact=True).first).to_be_attached()


def send_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("dialog[open] .button-main")).to_be_focused()
    page.keyboard.press("Enter")


@EACH_WAY
def test_a_line_of_the_transcript_finds_its_sentence(visit: Visit, language: str) -> None:
    page = begin(visit(), f"/{language}/{LESSON}")
    line = page.locator("[data-cues] .cue-first").nth(3)
    line.scroll_into_view_if_needed()
    line.click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    assert line.inner_text() in dialog.locator("[name=text]").input_value()
    assert page.locator("video").evaluate("video => video.paused && video.currentTime === 0")


def test_all_that_learners_read_can_be_pointed_at(visit: Visit) -> None:
    """Titles, paragraphs, questions, choices and sentences; what is only in lists to choose from, too. Hints that
    nobody asked for yet are not among it."""
    learner = visit()
    learner.open(f"/fr/courses/{RUN}/")
    units = [link.get_attribute("href") for link in learner.page.locator(".outline-unit a").all()]
    assert len(units) == 10
    for address in units[:-1]:  # the last opens some days later
        page = begin(learner, str(address))
        missing = page.evaluate(
            """async (module) => {
                const { find } = await import(module);
                const parts = await (await fetch(document.querySelector("[data-improve]").dataset.improve)).text();
                const holder = new DOMParser().parseFromString(parts, "text/html");
                const { texts } = JSON.parse(holder.getElementById("improvable-texts").textContent);
                const found = new Set([...find(texts).values()].flat());
                const squeezed = (words) => words.replace(/\\s+/gu, "");
                const main = squeezed(document.querySelector("main").textContent);
                const isShown = ({ pieces }) => pieces.every((piece) => main.includes(squeezed(piece)));
                return texts.filter((text) => !found.has(text) && isShown(text)).map((text) => text.shown);
            }""",
            f"{learner.site}/static/js/improvable.js",
        )
        assert missing == [], address


@BOTH_WIDTHS
def test_the_link_leads_to_the_workbench_without_scripts(visit: Visit, width: int) -> None:
    learner = visit(width, scripts=False)
    learner.page.goto(f"{learner.site}/ar/{LESSON}")
    learner.page.locator("[data-improve]").click()
    learner.page.wait_for_url(f"**/ar/translate/ar/{RUN}/four-conditions/")


def test_where_the_texts_cannot_be_had_the_link_leads_to_the_workbench(visit: Visit) -> None:
    learner = visit()
    learner.expected.add("ERR_FAILED")
    learner.open(f"/fr/{LESSON}")
    learner.page.route("**/improve/**", lambda route: route.abort())
    learner.page.locator("[data-improve]").click()
    learner.page.wait_for_url(f"**/fr/translate/fr/{RUN}/four-conditions/")


def test_the_page_fetches_nothing_for_it_before_it_is_asked(visit: Visit) -> None:
    learner = visit()
    asked: list[str] = []
    learner.page.on("request", lambda request: asked.append(request.url))
    learner.open(f"/fr/{LESSON}")
    assert not [url for url in asked if "improving" in url or "improvable" in url or "css/improve" in url]
