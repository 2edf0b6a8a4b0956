"""Every page in the dark, on a narrow screen, from right to left; what a lesson weighs; and the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

RUN = "Polylect+PARTNERS+2026"
PATHS = [
    "",
    "courses/",
    f"courses/{RUN}/",
    f"courses/{RUN}/two-cases/",
    f"courses/{RUN}/four-conditions/",
    f"courses/{RUN}/read-the-case/",
    f"progress/{RUN}/",
    "partnership/",
    "sign-in/",
    "privacy/",
]
MOST_BYTES = 60_000
MOST_REQUESTS = 10


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_can_be_read(visit: Visit, language: str) -> None:
    reader = visit(320)
    for path in PATHS:
        reader.open(f"/{language}/{path}")
        check_each_way(reader)


def test_every_part_can_be_read(visit: Visit) -> None:
    reader = visit(320)
    reader.open("/en/gallery/")
    check_each_way(reader)


def check_each_way(reader: Watched) -> None:
    """The page that is open, narrow and light, is read narrow and wide in the dark too, without loading it again."""
    page = reader.page
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    reader.check()
    page.set_viewport_size({"width": 1280, "height": 800})
    reader.check()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})


def test_a_lesson_is_light(visit: Visit) -> None:
    """The first view of a lesson, poster and all, without the film and its tracks. (The pictures in native controls are
    data: addresses of the browser.)"""
    reader = visit()
    network = reader.page.context.new_cdp_session(reader.page)
    network.send("Network.enable")
    asked: dict[str, dict[str, Any]] = {}
    network.on("Network.requestWillBeSent", lambda event: asked.setdefault(event["requestId"], event))
    sizes: dict[str, float] = {}
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    reader.page.goto(f"{reader.site}/en/courses/{RUN}/four-conditions/", wait_until="networkidle")
    counted = {
        key: event["request"]["url"]
        for key, event in asked.items()
        if event.get("type") not in ("Media", "TextTrack") and not event["request"]["url"].startswith("data:")
    }
    weight = sum(sizes.get(key, 0) for key in counted)
    assert weight <= MOST_BYTES, f"{weight} bytes: {counted.values()}"
    assert len(counted) <= MOST_REQUESTS, list(counted.values())
    blocking = reader.page.locator("link[rel=stylesheet], script:not([type=module])")
    assert blocking.count() == 1


def test_a_lesson_is_reached_and_answered_by_keyboard_alone(visit: Visit) -> None:
    reader = visit()
    page = reader.page
    page.goto(f"{reader.site}/en/courses/{RUN}/read-the-case/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#who-gains input')"):
            break
    page.keyboard.press("Space")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#who-gains button[value=answer]')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#who-gains .result-heading")).to_be_focused()


def test_an_answer_that_cannot_be_sent_stays(visit: Visit) -> None:
    reader = visit()
    reader.expected.add("ERR_INTERNET_DISCONNECTED")
    page = reader.page
    page.goto(f"{reader.site}/en/courses/{RUN}/read-the-case/")
    page.locator("#count-it-q1").fill("120")
    page.context.set_offline(True)
    page.locator("#count-it button[value=answer]").click()
    expect(page.locator("#count-it [role=status]")).to_contain_text("could not be sent")
    assert page.locator("#count-it-q1").input_value() == "120"
    page.context.set_offline(False)
    page.locator("#count-it button[value=answer]").click()
    expect(page.locator("#count-it .result")).to_be_visible()
    expect(page.locator("#count-it > .notice")).to_have_count(0)  # nothing is left of what went wrong


def test_an_answer_that_cannot_be_read_is_told_beside_its_field(visit: Visit) -> None:
    """And the browser's console stays empty, which `visit` watches."""
    reader = visit()
    page = reader.page
    page.goto(f"{reader.site}/en/courses/{RUN}/read-the-case/")
    field = page.locator("#count-it-q1")
    field.fill("quite a few")
    page.locator("#count-it button[value=answer]").click()
    expect(page.locator("#count-it .result-heading")).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("quite a few")
