"""What the budgets and benchmarks count of a page is what a browser fetches."""

from contextlib import closing

import pytest
from page_weight import fetched
from playwright.sync_api import Browser
from visitor import Visitor

pytestmark = pytest.mark.journey

LESSON = "/en/courses/Polylect+PARTNERS+2026/four-conditions/"


def test_chromium_fetches_what_is_counted(site: str, browser: Browser) -> None:
    asked: list[str] = []
    with browser.new_context() as window:
        tab = window.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(site + LESSON, wait_until="load")
        blocking = tab.evaluate(
            "performance.getEntriesByType('resource').filter(e => e.renderBlockingStatus === 'blocking').length"
        )
    ours = [url.removeprefix(site) for url in asked if url.startswith(site)]
    media = [url for url in ours if url.endswith(".webm") or "/captions/" in url]
    with closing(Visitor(site)) as visitor:
        counted = {part.address for part in fetched(visitor, LESSON)}
    assert {url.partition("#")[0] for url in ours if url not in media} - counted <= {"/favicon.ico"}
    assert blocking == 1
