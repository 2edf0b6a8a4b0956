"""An author reads the example course in the made-up languages: with long words and from right to left nothing is cut
off, on a narrow screen and a wide one."""

import re

import pytest
from playwright.sync_api import expect

from polylect.messages.pseudo import PSEUDO_LANGUAGES

from .conftest import Visit

pytestmark = pytest.mark.journey

COURSE = "courses/Polylect+PARTNERS+2026"
UNITS = ["", "two-cases/", "four-conditions/", "half-case/", "read-the-case/", "own-cases/", "quiz/"]


@pytest.mark.parametrize("language", PSEUDO_LANGUAGES)
def test_nothing_breaks_in_a_made_up_language(visit: Visit, language: str) -> None:
    author = visit(320)
    for unit in UNITS:
        author.page.set_viewport_size({"width": 320, "height": 800})
        author.open(f"/{language}/{COURSE}/{unit}")
        expect(author.page.locator("h1")).to_have_text(re.compile("⟦.*⟧"))
        author.page.set_viewport_size({"width": 1280, "height": 800})
        author.check()
