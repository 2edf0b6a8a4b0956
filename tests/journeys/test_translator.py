"""A volunteer begins a language, translates sentence by sentence, and learners read it; two who meet in one lesson.

They are languages that the example course does not have, from left to right and from right to left. What is written
says nothing: it only has to arrive.
"""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

RUN = "Polylect+PARTNERS+2026"
_numbers = count(1)
WORDS = {
    "sw": "Kadi yako yenye maswali manne",
    "ur": "چار سوالوں والا آپ کا کارڈ",
}
WARNED = "#hand [role=alert]:not(:has(.reading))"
"""What is said before something is saved that was to be looked at; in a clash, the other's text stands there, too."""
OTHER_WORDS = {"sw": "Kadi ya maswali manne", "ur": "چار سوالوں کا کارڈ"}
EACH_WAY = [  # a language of its own each time, for the site is the same
    ("en", "sw", 1280, True),
    ("ar", "ur", 1280, True),
    ("en", "so", 320, True),
    ("ar", "ps", 320, True),
    ("en", "st", 320, False),
    ("ar", "ckb", 1280, False),
]


@pytest.mark.parametrize(("language", "target", "width", "scripts"), EACH_WAY)
def test_a_volunteer_translates_and_a_learner_reads_it(
    visit: Visit, language: str, target: str, width: int, scripts: bool
) -> None:
    volunteer = visit(width, scripts=scripts)
    sign_up(volunteer, language)
    begin(volunteer, language, target)
    page = volunteer.page
    page.locator("a[href$='/rule-card/']").last.click()
    volunteer.check()
    wording = WORDS["sw" if language == "en" else "ur"]
    hand = page.locator("#hand").get_attribute("data-line")
    write(page, wording, scripts=scripts)
    expect(page.locator("#hand")).not_to_have_attribute("data-line", hand or "")
    volunteer.check()
    expect(page.locator(f"#line-{hand} .line-target")).to_have_text(wording)
    expect(page.locator(f"#line-{hand} .state-translated")).to_be_visible()
    volunteer.open(f"/{target}/courses/{RUN}/rule-card/")
    expect(page.locator("h1")).to_contain_text(wording)


@pytest.mark.parametrize(("language", "target"), [("en", "ha"), ("ar", "fa")])
def test_the_whole_work_is_done_by_keyboard(visit: Visit, language: str, target: str) -> None:
    volunteer = visit()
    sign_up(volunteer, language)
    volunteer.open(f"/{language}/translate/{target}/{RUN}/half-case/")
    page = volunteer.page
    tab_to(page, "#text")
    first = hand(page)
    page.keyboard.press("Control+Shift+C")
    expect(page.locator("#text")).not_to_have_value("")
    page.keyboard.press("Control+Shift+Backspace")
    expect(page.locator("#text")).to_have_value("")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#hand")).not_to_have_attribute("data-line", first)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#hand")).to_have_attribute("data-line", first)
    page.keyboard.type("…")
    save(page)
    expect(page.locator("#hand")).not_to_have_attribute("data-line", first)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator(f"#line-{first} .line-target")).to_have_text("…")
    page.keyboard.press("Control+Shift+M")
    expect(page.locator("#remark")).to_be_focused()
    page.keyboard.type("?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#help .past")).to_contain_text("?")
    page.locator("#hand-title").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    volunteer.check()
    page.keyboard.press("Escape")
    page.go_back()
    expect(page.locator("#hand")).to_have_attribute("data-line", first)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_two_who_meet_in_a_lesson_overwrite_nothing(visit: Visit, scripts: bool) -> None:
    target = "yo" if scripts else "ig"
    people = [visit(scripts=scripts), visit(scripts=scripts)]
    for one in people:
        sign_up(one, "en")
        one.open(f"/en/translate/{target}/{RUN}/again/")
    first, second = (one.page for one in people)
    people[1].expected.add("409")
    line = hand(first)
    write(first, WORDS["sw"], scripts=scripts)
    expect(first.locator("#hand")).not_to_have_attribute("data-line", line)
    write(second, OTHER_WORDS["sw"], scripts=scripts)
    expect(second.locator("#hand [role=alert]")).to_contain_text(WORDS["sw"])
    expect(second.locator("#text")).to_have_value(OTHER_WORDS["sw"])
    people[1].check()
    write(second, OTHER_WORDS["sw"], scripts=scripts)
    expect(second.locator("#hand")).not_to_have_attribute("data-line", line)
    expect(second.locator(f"#line-{line} .line-target")).to_have_text(OTHER_WORDS["sw"])


def test_they_see_each_others_saves(visit: Visit) -> None:
    people = [visit(), visit()]
    for one in people:
        sign_up(one, "en")
        one.open(f"/en/translate/rw/{RUN}/read-the-case/")
    first, second = (one.page for one in people)
    second.locator(".line a").nth(1).click()
    line = hand(first)
    write(first, WORDS["sw"], scripts=True)
    expect(second.locator(f"#line-{line} .line-target")).to_have_text(WORDS["sw"], timeout=25_000)
    expect(second.locator("#met")).to_be_hidden()
    write(first, OTHER_WORDS["sw"], scripts=True)  # the text that the second has in hand
    expect(second.locator("#met")).to_be_visible(timeout=25_000)
    people[1].check()


def test_what_was_typed_is_not_lost_on_the_way(visit: Visit) -> None:
    volunteer = visit()
    sign_up(volunteer, "en")
    volunteer.open(f"/en/translate/zu/{RUN}/own-cases/")
    page = volunteer.page
    page.locator("#text").fill("Amacala amane")
    page.locator(".line a").nth(3).click()
    expect(page.locator(".line a").nth(3)).to_have_attribute("aria-current", "true")
    page.locator(".line a").first.click()
    expect(page.locator("#text")).to_have_value("Amacala amane")
    page.go_back()
    expect(page.locator("#text")).not_to_have_value("Amacala amane")
    page.go_forward()
    expect(page.locator("#text")).to_have_value("Amacala amane")
    page.reload()
    expect(page.locator("#text")).to_have_value("Amacala amane")
    volunteer.expected.add("400")
    page.locator("#text").fill("<9>Amacala</9>")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#hand [role=alert]")).to_be_visible()
    page.locator(".line a").nth(3).click()
    expect(page.locator(".line a").nth(3)).to_have_attribute("aria-current", "true")
    page.locator(".line a").first.click()
    expect(page.locator("#text")).to_have_value("<9>Amacala</9>")
    write(page, "Amacala amane.", scripts=True)
    expect(page.locator(".line a").first).not_to_have_attribute("aria-current", "true")
    page.locator(".line a").first.click()
    expect(page.locator("#text")).to_have_value("Amacala amane.")
    page.reload()  # nothing older comes back
    expect(page.locator("#text")).to_have_value("Amacala amane.")


def test_the_video_stands_beside_its_sentences_whatever_was_in_hand_before(visit: Visit) -> None:
    volunteer = visit()
    sign_up(volunteer, "en")
    volunteer.open(f"/en/translate/xh/{RUN}/four-conditions/")
    page = volunteer.page
    expect(page.locator("#hand-title")).to_contain_text("title")
    for _ in range(10):
        if page.locator("#hand[data-start-ms]").count():
            break
        line = hand(page)
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator("#hand")).not_to_have_attribute("data-line", line)
    expect(page.locator("#stage video")).to_be_visible()
    page.evaluate("document.querySelector('#stage video').dataset.same = 'yes'")
    line = hand(page)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#hand")).not_to_have_attribute("data-line", line)
    expect(page.locator("#stage video[data-same]")).to_be_visible()  # it was not loaded again


def sign_up(volunteer: Watched, language: str) -> None:
    volunteer.open(f"/{language}/sign-up/")
    page = volunteer.page
    page.locator("[name=username]").fill(f"volunteer{next(_numbers)}{language}")
    page.locator("[name=password]").fill("seven calm bridges")
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()


def begin(volunteer: Watched, language: str, target: str) -> None:
    """From the first page of the workbench to a course in a language that nobody has begun."""
    volunteer.open(f"/{language}/translate/")
    page = volunteer.page
    page.locator("[name=into]").first.fill(target)
    page.locator("[name=into]").first.press("Enter")
    expect(page).to_have_url(f"{volunteer.site}/{language}/translate/{target}/{RUN}/")
    volunteer.check()


def hand(page: Page) -> str:
    return page.locator("#hand").get_attribute("data-line") or ""


def write(page: Page, wording: str, *, scripts: bool) -> None:
    """Writes a translation and saves it, whatever it is warned of."""
    page.locator("#text").fill(wording)
    if scripts:
        page.locator("#text").focus()
        save(page)
        return
    page.locator("[data-save]").click()
    if page.locator(WARNED).count():
        page.locator("[data-save]").click()


def save(page: Page) -> None:
    """Saves with the key, and again where something was to be looked at first."""
    with page.expect_response(lambda response: response.request.method == "POST" and "/check/" not in response.url):
        page.keyboard.press("Control+Enter")
    if page.locator(WARNED).count():
        with page.expect_response(lambda response: response.request.method == "POST" and "/check/" not in response.url):
            page.keyboard.press("Control+Enter")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")
