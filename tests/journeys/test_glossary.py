"""A translator and an author keep the glossary: what a word means, what it is called, and which word would be wrong."""

import subprocess
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import POLYLECT, Visit, Watched

pytestmark = pytest.mark.journey

PASSWORD = "seven calm bridges"
_numbers = count(1)


@pytest.mark.parametrize(
    ("language", "target", "width", "scripts", "dark"),
    [("en", "es", 1280, True, False), ("ar", "ar", 320, True, True), ("fr", "he", 320, False, False)],
)
def test_a_term_is_added_called_and_found(
    visit: Visit, environment: dict[str, str], language: str, target: str, width: int, scripts: bool, dark: bool
) -> None:
    author = visit(width, scripts=scripts, dark=dark)
    page = author.page
    name = sign_up(author, language)
    subprocess.run([POLYLECT, "role", name, "author"], env=environment, check=True)
    glossary = f"/{language}/translate/{target}/glossary/"
    author.open(glossary)
    expect(page.locator(".term").first).to_be_visible()
    page.locator(f"a[href$='{glossary}new/']").click()
    author.check()
    term = f"wiki {name}"
    page.locator("[name=text]").fill(term)
    page.locator("[name=definition]").fill("What everybody may write in.")
    save(page)
    author.check()
    page.locator("[name=form-0-text]").fill("ويكي")
    page.locator("[name=form-1-text]").fill("wikipedia")
    page.locator("[name=form-1-standing]").select_option("forbidden")
    save(page)
    author.check()
    author.open(f"{glossary}?text={name}")
    expect(page.locator(".term")).to_have_count(1)
    expect(page.locator(".form-preferred b")).to_have_text("ويكي")
    expect(page.locator(".form-forbidden s")).to_have_text("wikipedia")
    page.locator(".term h2 a").click()
    page.locator("main a[href$='/remove/']").click()
    author.check()
    page.locator("main form button").click()
    author.check()


def sign_up(somebody: Watched, language: str) -> str:
    """Makes an account; its name."""
    name = f"writer{next(_numbers)}"
    page = somebody.page
    page.goto(f"{somebody.site}/{language}/sign-up/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "sign-up" not in url)
    return name


def save(page: Page) -> None:
    page.locator("main form .button-main").click()
    expect(page.locator(".notice-good")).to_be_visible()
