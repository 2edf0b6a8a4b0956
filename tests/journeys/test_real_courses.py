"""The real exports and the real bundle, from the command to the browser.

They are brought in once, by the command, to a site of their own; then every page of them is opened, in English and in
Arabic, and their exercises are answered in their forms.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from polylect import olx
from polylect.course import walk
from polylect.course.files import open_folder
from polylect.course.tree import Course, Exercise
from polylect.exercises import Examples

from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = [pytest.mark.journey, pytest.mark.shared]

DEMO, SINK, SUPPORTED = "OpenedX+DemoX+DemoCourse", "Microsoft+KS101+course", "edX+TC102+course"
EXPORTS = {"demo-course": DEMO, "kitchen-sink": SINK, "supported-components": SUPPORTED}
# Promises, since the page's policy forbids what Playwright's own waiting for a claim evaluates.
PICTURES_SHOWN = """() => new Promise(done => {
    const isShown = image => image.complete && (image.naturalWidth || !image.src);
    const look = () => [...document.images].every(isShown) ? done() : setTimeout(look, 20);
    look();
})"""
GONE = (
    "button => new Promise(done => { const look = () => button.isConnected ? setTimeout(look, 20) : done(); look(); })"
)
TOO_WIDE_PX = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, str]:
    """The settings of a site that the real courses were brought to."""
    settings = new_environment(tmp_path_factory.mktemp("real"))
    for export in EXPORTS:
        polylect(settings, "import", str(shared / "courses" / f"{export}.tar.gz"))
    polylect(settings, "import", str(shared / "bundles" / "what-is-a-partnership.json"))
    return settings


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[str]:
    """The address of the site with the real courses."""
    with serving(environment) as address:
        yield address


def polylect(environment: dict[str, str], *arguments: str) -> str:
    """What the command writes; it must succeed."""
    result = subprocess.run([POLYLECT, *arguments], env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("run", "units"), [(DEMO, 58), (SINK, 16), (SUPPORTED, 0)])
def test_every_unit_opens_on_a_narrow_screen(visit: Visit, run: str, units: int, language: str) -> None:
    """Also without an error in the console and without a request to anybody else, as for every visit."""
    reader = visit(320)
    about = f"/{language}/courses/{run}/"
    look(reader, about)
    links = reader.page.locator(".outline a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(links) == units
    for address in links:
        look(reader, address)


def look(reader: Watched, address: str) -> None:
    """Opens a page and looks for what a reader would complain about."""
    answer = reader.page.goto(reader.site + address)
    assert answer is not None
    assert answer.status == 200, address
    reader.page.evaluate(PICTURES_SHOWN)
    assert reader.page.evaluate(TOO_WIDE_PX) <= 0, address


def test_staff_look_at_what_no_page_of_a_course_leads_to(visit: Visit, environment: dict[str, str]) -> None:
    staff = visit()
    page = staff.page
    page.goto(f"{staff.site}/en/sign-up/")
    page.locator("[name=username]").fill("ada")
    page.locator("[name=password]").fill("seven calm bridges")
    page.locator("main form button").last.click()
    expect(page.locator(".site-header form[action$='/sign-out/']")).to_be_attached()
    polylect(environment, "role", "ada", "staff", "--course", SUPPORTED.rpartition("+")[0])
    page.goto(f"{staff.site}/en/courses/{SUPPORTED}/")
    page.locator("main a[href*='/unplaced/']").click()
    links = page.locator("main li a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(links) == 28 + 8 + 1  # exercises, texts, and a draft of a unit
    for address in links:
        look(staff, address)


@pytest.mark.parametrize(("export", "answered"), [("demo-course", 18), ("kitchen-sink", 10)])
def test_exercises_are_answered_in_their_forms(visit: Visit, shared: Path, export: str, answered: int) -> None:
    """By the examples that the questions make themselves: what is unreadable, then wrong, then right."""
    learner = visit()
    count = 0
    for unit, exercises in exercises_of(shared, export):
        learner.page.goto(f"{learner.site}/en/courses/{EXPORTS[export]}/{unit}/")
        for exercise in exercises:
            form = learner.page.locator(f"[id='{exercise.code}'] form")
            if form.count():  # a selection draws some of its exercises
                answer_each_way(form, exercise.body.examples())
                count += 1
    assert count == answered


def exercises_of(shared: Path, export: str) -> Iterator[tuple[str, list[Exercise]]]:
    """The exercises that are graded, by the code of their unit; without those whose answers a script makes."""
    with open_folder(shared / "courses" / f"{export}.tar.gz") as folder:
        course = olx.read(folder)[0]
    assert isinstance(course, Course)
    for unit in walk.units(course):
        exercises = [block for block in walk.within(unit.blocks) if isinstance(block, Exercise)]
        found = [one for one in exercises if one.body.questions and not one.body.is_scripted]
        if found:
            yield unit.code, found


def answer_each_way(form: Locator, examples: tuple[Examples, ...]) -> None:
    if all(example.unreadable for example in examples):
        send(form, {example.field: example.unreadable or () for example in examples})
        expect(form.locator(".result")).not_to_have_class("result-right")
        expect(form.locator(".field-error")).to_have_count(len(examples))
    if all(example.wrong for example in examples):
        send(form, {example.field: example.wrong or () for example in examples})
        expect(form.locator(".result-not-yet")).to_be_visible()
    send(form, {example.field: example.right for example in examples})
    expect(form.locator(".result-right")).to_be_visible()


def send(form: Locator, responses: dict[str, tuple[str, ...]]) -> None:
    """Fills the fields and sends them; the script puts another form in the place of this one."""
    for name, values in responses.items():
        field = form.locator(f"[name='{name}']")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            for choice in field.all():
                if choice.get_attribute("value") in values or choice.get_attribute("type") == "checkbox":
                    choice.set_checked(choice.get_attribute("value") in values)
        elif field.first.evaluate("field => field.localName") == "select":
            field.select_option(values[0])
        else:
            for place, value in zip(field.all(), values, strict=True):  # a place in a picture has two
                place.fill(value)
    before = form.locator("button[value=answer]").element_handle()
    form.locator("button[value=answer]").click()
    before.evaluate(GONE)


def test_a_bundle_is_a_lesson_to_read_and_its_translation_another_one(
    visit: Visit, environment: dict[str, str], shared: Path, tmp_path: Path
) -> None:
    reader = visit()
    page = reader.page
    page.goto(f"{reader.site}/en/courses/")
    page.locator(".card a", has_text="Partnership Building").click()
    page.locator("main .button-main").click()
    reader.check()
    assert page.locator("video").count() == 0
    assert page.locator("[data-cues] > li").count() > 100
    page.locator("[data-transcript-search] input").fill("PARTNER")
    expect(page.locator("[data-cues] mark[data-here]")).to_be_visible()
    for ending in ("txt", "vtt", "srt"):
        assert "partner" in downloaded(page, ending)

    source = json.loads((shared / "bundles" / "what-is-a-partnership.json").read_text(encoding="utf-8"))
    french = tmp_path / "fr.json"
    french.write_text(json.dumps({key: in_french(key, text) for key, text in source.items()}), encoding="utf-8")
    run = page.url.split("/courses/")[1].split("/")[0]
    polylect(environment, "import", str(french), "--language", "fr", "--run", run)
    page.goto(page.url.replace("/en/", "/fr/"))
    expect(page.locator("[data-cues]")).to_have_attribute("lang", "fr")
    assert "Phrase traduite" in page.locator("[data-cues] > li").first.inner_text()
    reader.check()


def in_french(key: str, text: object) -> object:
    """A translation of a bundle's value, which ends where the source's sentences end."""
    if key == "@metadata" or not isinstance(text, str):
        return text
    return "Phrase traduite." if text.rstrip().endswith((".", "?", "!")) else "Phrase traduite"


def downloaded(page: Page, ending: str) -> str:
    """The words of the lesson as a file with this ending."""
    with page.expect_download() as waiting:
        page.locator(f".transcript-foot a[href*='.{ending}']").click()
    return waiting.value.path().read_text(encoding="utf-8").lower()
