"""A learner opens every page of courses that were written to harm: nothing runs, and nobody else is asked for anything.

Once with the site's policy, which must have nothing to complain about, and once in a browser that ignores it, so that
cleaning alone has to hold.
"""

import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from . import hostile_course
from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = pytest.mark.journey

OLX, TEXT_FILES = "Evil+OLX+run", "Evil+MD+run"
FAKES = """() => {
    const ours = new Set("cases case note example lead remote table-frame speaker language-label".split(" "));
    const places = ".prose *, .choice label span *, legend *, .cues p *, .hint > :not(.label) *";
    const prose = [...document.querySelectorAll(places)].filter(
        one => !one.closest(".question, .question-group, .inline-field") || one.closest("label span, legend"),
    ).filter(one => !one.matches(".number-inside, .field-answer, .field-answer *"));
    const problems = [];
    for (const one of prose) {
        for (const word of one.classList)
            if (!ours.has(word) && !word.startsWith("author-")) problems.push(`class ${word}`);
        for (const { name, value } of one.attributes) {
            if (/^on|^style$|^srcdoc$|^formaction$|^ping$|^target$|^name$/.test(name)) problems.push(name);
            if (name.startsWith("data-") && name !== "data-load-remote" && name !== "data-place") problems.push(name);
            if (name === "id" && !value.startsWith("author-")) problems.push(`id ${value}`);
            if (/^(href|src)$/.test(name) && /^\\s*(javascript|data:text)/i.test(value)) problems.push(value);
        }
        if (one.matches("script, style, iframe, object, embed, form, input, button, link, meta, base, svg, template"))
            problems.push(one.localName);
        if (one.matches("a[href^='http'], a[href^='//']") && !one.relList.contains("noopener")) problems.push("rel");
    }
    if (document.querySelectorAll("main").length !== 1 + document.querySelectorAll(".prose main").length)
        problems.push("main");
    return problems;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with both courses."""
    settings = new_environment(tmp_path_factory.mktemp("hostile"))
    folder = tmp_path_factory.mktemp("courses")
    for course in (hostile_course.olx(folder), hostile_course.text_files(folder)):
        result = subprocess.run([POLYLECT, "import", str(course)], env=settings, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "\x1b" not in result.stdout
    with serving(settings) as address:
        yield address


@pytest.mark.parametrize(("language", "bypass_csp"), [("en", False), ("ar", True)], ids=["guarded", "unguarded"])
@pytest.mark.parametrize("run", [OLX, TEXT_FILES])
def test_nothing_that_an_author_or_translator_wrote_runs_or_asks_elsewhere(
    run: str, language: str, bypass_csp: bool, visit: Visit
) -> None:
    reader = visit(bypass_csp=bypass_csp)
    reader.expected.add("404")  # pictures that the course does not have
    reader.page.on("dialog", lambda dialog: reader.noticed.append(f"a dialog: {dialog.message}"))
    about = f"/{language}/courses/{run}/"
    look(reader, about)
    links = reader.page.locator(".outline a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links
    for address in links:
        look(reader, address)
        poke(reader)
    look(reader, f"/{language}/courses/")
    look(reader, f"/{language}/progress/{run}/")


def look(reader: Watched, address: str) -> None:
    """Opens a page: it is whole, nothing ran, and nothing in it passes for a part of the site."""
    answer = reader.page.goto(reader.site + address)
    assert answer is not None
    assert answer.status == 200, address
    check(reader)


def check(reader: Watched) -> None:
    page = reader.page
    assert page.url.startswith(reader.site)
    assert page.evaluate("window.hits") is None, page.url
    assert page.evaluate(FAKES) == [], page.url
    assert page.locator("footer.site-footer").count() == 1, f"{page.url} broke open"


def poke(reader: Watched) -> None:
    """Does what a learner does, so that hints, answers and feedback of the page's exercises come to light as well."""
    page = reader.page
    for act in ("hint", "reveal", "answer"):
        for number in range(page.locator("[data-exercise]").count()):
            exercise = page.locator("[data-exercise]").nth(number)
            fill(exercise.page, number)
            button = exercise.locator(f"button[value={act}]")
            if button.count():
                with page.expect_response(lambda response: response.request.method == "POST") as sent:
                    button.click()
                assert sent.value.status in (200, 422)
                sent.value.finished()
    page.wait_for_timeout(50)
    check(reader)


def fill(page: Page, number: int) -> None:
    exercise = page.locator("[data-exercise]").nth(number)
    for kind in ("radio", "checkbox"):
        if exercise.locator(f"input[type={kind}]").count():
            exercise.locator(f"input[type={kind}]").first.check()
    for place in range(exercise.locator("select").count()):
        exercise.locator("select").nth(place).select_option(index=1)
    for place in range(exercise.locator("input:not([type])").count()):
        exercise.locator("input:not([type])").nth(place).fill("42")
