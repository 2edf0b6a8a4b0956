"""Reviewers go through what waits for them, and an author says what an edit means and what learners see of a language;
by keyboard, on a phone, from left to right and from right to left, with and without scripts."""

import csv
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = pytest.mark.journey

PASSWORD = "seven calm bridges"
TEXTS = ("Bridges join two banks.", "Stone bridges last longest.", "Somebody has to mend them.")
WORDING = {
    "fr": ("Les ponts relient deux rives.", "Les ponts de pierre durent.", "Quelqu’un doit les réparer."),
    "ar": ("الجسور تصل بين ضفتين.", "الجسور الحجرية تدوم.", "لا بد أن يصلحها أحد."),
}
_numbers = count(1)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return new_environment(tmp_path_factory.mktemp("reviewers"))


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[str]:
    with serving(environment) as address:
        yield address


@pytest.mark.parametrize(("language", "target"), [("en", "fr"), ("ar", "ar")])
def test_a_reviewer_goes_through_what_waits_by_keyboard(
    visit: Visit, environment: dict[str, str], tmp_path: Path, language: str, target: str
) -> None:
    course = publish(environment, tmp_path, "Bridges")
    translate(environment, tmp_path, course, target)
    reviewer = visit(320, dark=True)
    run(environment, "role", sign_up(reviewer, language), "reviewer", "--course", course, "--language", target)
    reviewer.open(f"/{language}/translate/{target}/review/")
    page = reviewer.page
    expect(page.locator(".wait")).to_have_count(len(TEXTS))
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".wait").first).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".wait").nth(1)).to_be_focused()
    tab_to(page, ".wait [data-tick]:focus")
    page.keyboard.press("Space")
    tab_to(page, "[form=ticked][name=act]:focus")
    page.keyboard.press("Enter")
    expect(page.locator(".notice-good")).to_be_visible()
    expect(page.locator(".wait")).to_have_count(len(TEXTS) - 1)
    reviewer.check()
    page.keyboard.press("Alt+ArrowDown")
    tab_to(page, ".wait button[value^='approve:']:focus")
    page.keyboard.press("Enter")
    expect(page.locator(".wait")).to_have_count(len(TEXTS) - 2)
    page.keyboard.press("Alt+ArrowDown")
    tab_to(page, ".wait button[value^='reject:']:focus")
    page.keyboard.press("Enter")
    expect(page.locator(".wait")).to_have_count(0)
    reviewer.check()


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("ar", 320, True), ("fr", 320, False)])
def test_an_author_says_that_an_edit_is_cosmetic(
    visit: Visit, environment: dict[str, str], tmp_path: Path, language: str, width: int, scripts: bool
) -> None:
    course = publish(environment, tmp_path, "Edits")
    translate(environment, tmp_path, course, "fr")
    author = visit(width, scripts=scripts)
    run(environment, "role", sign_up(author, language), "author", "--course", course)
    publish(environment, tmp_path, course.partition("+")[2], "Bridges join two banks!", "Stone bridges fall down.")
    author.open(f"/{language}/translate/{course}+1/")
    page = author.page
    page.locator("main a[href*='/translate/changes/']").press("Enter")
    author.check()
    expect(page.locator(".wait")).to_have_count(2)
    expect(page.locator(".wait").first.locator("ins")).to_have_text("!")
    page.locator("[data-tick]").first.press("Space")
    page.locator("#ticked button").press("Enter")
    expect(page.locator(".notice-good")).to_be_visible()
    expect(page.locator(".wait")).to_have_count(1)
    author.check()
    author.open(f"/{language}/translate/fr/review/?course={course.replace('+', '%2B')}%2B1&only=outdated")
    expect(page.locator(".wait")).to_have_count(1)
    expect(page.locator(".wait ins").first).to_be_visible()


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 320, True), ("ar", 1280, True), ("es", 320, False)])
def test_an_author_chooses_what_learners_see_and_names_a_reviewer(
    visit: Visit, environment: dict[str, str], tmp_path: Path, language: str, width: int, scripts: bool
) -> None:
    course = publish(environment, tmp_path, "Choices")
    translate(environment, tmp_path, course, "fr")
    reviewer = visit(width, scripts=scripts)
    name = sign_up(reviewer, language)
    author = visit(width, scripts=scripts)
    run(environment, "role", sign_up(author, language), "author", "--course", course)
    author.open(f"/{language}/translate/fr/{course}+1/")
    page = author.page
    page.locator("main a[href*='/choice/']").press("Enter")
    author.check()
    expect(page.locator(".effect").first).to_contain_text("3")
    page.locator("[name=shown][value=approved]").press("Space")
    page.locator(".choices .button-main").press("Enter")
    expect(page.locator(".notice-good")).to_be_visible()
    author.check()
    author.expected.add("400")  # the status of a form that cannot be taken
    page.locator("[name=username]").fill("nobody-at-all")
    page.locator("[name=username]").press("Enter")
    expect(page.locator("#username-wrong")).to_be_visible()
    page.locator("[name=username]").fill(name)
    page.locator("select[name=role]").select_option("reviewer")
    page.locator("[name=username]").press("Enter")
    expect(page.locator(".named")).to_contain_text(name)
    author.check()
    reviewer.open(f"/fr/courses/{course}+1/one/")
    expect(reviewer.page.locator("main")).to_contain_text(TEXTS[0])
    reviewer.open(f"/{language}/translate/fr/review/")
    reviewer.page.locator(".wait button[value^='approve:']").first.press("Enter")
    expect(reviewer.page.locator(".wait")).to_have_count(len(TEXTS) - 1)
    reviewer.open(f"/fr/courses/{course}+1/one/")
    expect(reviewer.page.locator("main")).to_contain_text(WORDING["fr"][0])


def publish(environment: dict[str, str], folder: Path, name: str, *sentences: str) -> str:
    """Publishes a course of a page with these sentences, the others as they are: a new one under a name, an edit of one
    under its whole code. Its name without the run."""
    at = folder / "course"
    is_new = not at.exists()
    code = f"{name}{next(_numbers)}" if is_new else name
    (at / "units").mkdir(parents=True, exist_ok=True)
    (at / "course.yaml").write_text(
        f"org: Journey\ncode: {code}\nrun: '1'\ntitle: Of bridges\nlanguage: en\nlicence: CC BY-SA 4.0\n"
        "sections:\n  - code: all\n    title: All\n    subsections:\n"
        "      - {code: part, title: Part, units: [units/one.md]}\n",
        encoding="utf-8",
    )
    texts = [*sentences, *TEXTS[len(sentences) :]]
    body = "\n\n".join(texts)
    (at / "units" / "one.md").write_text(f"---\ntitle: One\n---\n{body}\n", encoding="utf-8")
    run(environment, "import" if is_new else "publish", str(at))
    return f"Journey+{code}"


def translate(environment: dict[str, str], folder: Path, course: str, target: str) -> None:
    """Takes translations of the sentences in, as a file."""
    table = folder / f"{target}.csv"
    run(environment, "translations", "export", course, target, str(table))
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    wording = dict(zip(TEXTS, WORDING[target], strict=True))
    for row in rows[1:]:
        row[4] = wording.get(row[3], row[4])
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    run(environment, "translations", "import", course, str(table), "--language", target)


def run(environment: dict[str, str], *arguments: str) -> None:
    result = subprocess.run([POLYLECT, *arguments], env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def sign_up(somebody: Watched, language: str) -> str:
    """Makes an account; its name."""
    name = f"person{next(_numbers)}"
    somebody.open(f"/{language}/sign-up/")
    page = somebody.page
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()
    return name


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until what is wanted has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(selector).count():
            return
    raise AssertionError(f"Tab does not lead to {selector}")
