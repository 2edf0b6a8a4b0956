"""A learner analyzes arrangements: adds sides and takes them away, forgets a cell, is wrong and is right; in two
languages, at two widths, with and without scripts, and by keyboard."""

import subprocess
from collections.abc import Iterator

import pytest

from . import arrangement_course
from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = pytest.mark.journey

WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
WIDTHS = pytest.mark.parametrize("width", [320, 1280])
RIGHT = {"en": "Right", "ar": "صحيح"}
PARTLY = {"en": "Partly right", "ar": "صحيح جزئيًا"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the course and its Arabic."""
    settings = new_environment(tmp_path_factory.mktemp("arrangements"))
    course = arrangement_course.markdown_folder(tmp_path_factory.mktemp("course") / "arrangements")
    assert not arrangement_course.untranslated(course)
    translations = ("--run", arrangement_course.RUN, "--language", "ar")
    for given in ([str(course)], [str(arrangement_course.arabic(course)), *translations]):
        result = subprocess.run([POLYLECT, "import", *given], env=settings, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
    with serving(settings) as address:
        yield address


@LANGUAGES
@WIDTHS
@WAYS
def test_a_story_is_analyzed(language: str, width: int, scripts: bool, visit: Visit) -> None:
    learner = at("library", visit, language, width=width, scripts=scripts)
    add(learner, "mayor")
    add(learner, "library")
    tick(learner, "library.invests", "venue")
    add(learner, "group")
    assert ticked(learner, "library.invests") == ["venue"]
    take_away(learner, "mayor")
    assert sides(learner) == ["library", "group"]
    learner.page.locator('[name="q1.library.invests"][value=venue]').press("Enter")
    learner.page.locator(".unread a").first.wait_for()
    assert sides(learner) == ["library", "group"]
    tick(learner, "library.gains", "nothing")
    tick(learner, "group.invests", "time")
    tick(learner, "overlap", "shared")
    tick(learner, "kind", "donation")
    send(learner)
    missing = learner.page.locator(".unread a")
    assert missing.count() == 1
    place = missing.get_attribute("href") or ""
    assert missing.locator("bdi").inner_text().lower() == {"en": "the wiki group", "ar": "مجموعة الويكي"}[language]
    assert learner.page.locator(f'[id="{place[1:]}"] .field-error').is_visible()
    assert ticked(learner, "group.invests") == ["time"]
    tick(learner, "group.gains", "recruits")
    send(learner, PARTLY[language])
    found = learner.page.locator(".finding")
    assert "6.17" in learner.page.locator(".result").inner_text().replace(",", ".").replace("٫", ".")
    assert found.locator(".condition-failed").count() == 1
    found.locator("summary").nth(0).click()
    assert found.locator(".condition-failed").is_visible()
    learner.check()
    tick(learner, "library.gains", "mission", also_off="nothing")
    tick(learner, "kind", "partnership")
    send(learner, RIGHT[language])
    assert learner.page.locator(".finding .condition-fulfilled").count() == 4


@LANGUAGES
@WAYS
def test_it_depends_on_what_is_assumed(language: str, scripts: bool, visit: Visit) -> None:
    learner = at("jury", visit, language, scripts=scripts)
    assert not learner.page.locator("[data-add-side]").count()
    tick(learner, "photographer.invests", "time")
    tick(learner, "photographer.gains", "reach")
    tick(learner, "group.invests", "promotion")
    tick(learner, "group.gains", "content")
    tick(learner, "overlap", "compatible")
    tick(learner, "kind", "partnership")
    send(learner)
    assert learner.page.locator(".unread a").count() == 1
    tick(learner, "assumed", "a1")
    send(learner, PARTLY[language])
    tick(learner, "assumed", "a2")
    send(learner, RIGHT[language])


def test_all_of_it_is_done_by_keyboard(visit: Visit) -> None:
    learner = at("library", visit, "en")
    page = learner.page
    page.locator("select").focus()
    for who in ("library", "group"):
        while page.locator("select").input_value() != who:
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("who => document.activeElement.dataset.side === who", arg=who)
        for value in {"library": ("venue", "mission"), "group": ("time", "recruits")}[who]:
            reach(learner, value)
            page.keyboard.press("Space")
        page.locator("select").focus()
    reach(learner, "shared")
    page.keyboard.press("Space")
    reach(learner, "partnership")
    page.keyboard.press("Space")
    reach(learner, "answer")
    page.keyboard.press("Enter")
    page.locator(".result-heading").get_by_text("Right", exact=True).wait_for()
    assert page.evaluate("document.activeElement.className") == "result-heading"
    learner.check()


FAMILY = {
    "repair": (["q1.center.gains=nothing"], ["q1.center.gains=mission"]),
    "spot": (["q1=overlap"], ["q1=benefit"]),
    "sort": (
        ["q1.hall=donation", "q1.envelope=donation", "q1.jury=service"],
        ["q1.hall=service", "q1.jury=volunteering"],
    ),
    "contrast": (
        ["q1.differs=library.gains", "q1.differs=overlap", "q1.flips=overlap"],
        ["q1.differs=library.invests", "q1.differs=overlap", "q1.flips=library.gains"],
    ),
    "matrix": (
        ["q1.class=time", "q1.class=money", "q1.editor=expertise", "q1.archive=nothing"],
        ["q1.class=money", "q1.editor=time", "q1.archive=nothing", "q1.archive=access", "q1.archive=content"],
    ),
}
"""Of each kind, what to tick for a wrong answer, and what to tick or take away after that for a right one."""


@pytest.mark.parametrize("unit", FAMILY)
@LANGUAGES
@WAYS
def test_a_wrong_answer_is_explained_and_a_right_one_follows(
    unit: str, language: str, scripts: bool, visit: Visit
) -> None:
    learner = at(unit, visit, language, width=320, scripts=scripts)
    wrong, right = FAMILY[unit]
    if unit != "repair":
        assert not learner.page.locator(":checked:not(option)").count()
    turn(learner, wrong)
    send(learner)
    assert not learner.page.locator(".result-right").count()
    assert learner.page.locator(".cell-feedback, .choice-feedback, .finding").count()
    turn(learner, right)
    send(learner, RIGHT[language])
    learner.page.reload()
    assert learner.page.locator(".result-right").count()


def turn(learner: Watched, fields: list[str]) -> None:
    """Ticks these, or takes them away where they are ticked; “nothing” and the rest exclude each other."""
    for field in fields:
        name, _, value = field.partition("=")
        box = learner.page.locator(f'[name="{name}"][value="{value}"]')
        is_on = box.is_checked()
        box.uncheck() if is_on and box.get_attribute("type") == "checkbox" else box.check()
        if not is_on and box.get_attribute("type") == "checkbox":
            excluded = f'[name="{name}"]:checked' + (
                '[value="nothing"]' if value != "nothing" else ":not([value=nothing])"
            )
            for other in learner.page.locator(excluded).all():
                other.uncheck()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_exercise_fits_a_narrow_window(dark: bool, visit: Visit) -> None:
    learner = visit(width=320, dark=dark)
    for unit in arrangement_course.UNITS:
        for language in ("en", "ar"):
            learner.open(f"/{language}/courses/{arrangement_course.RUN}/{unit}/")
            assert learner.page.locator("form fieldset").count()


def at(unit: str, visit: Visit, language: str, **options: object) -> Watched:
    """A new learner on this unit of the course."""
    learner = visit(**options)
    learner.expected.add("422")  # the status of an answer in which a cell is missing
    learner.open(f"/{language}/courses/{arrangement_course.RUN}/{unit}/")
    return learner


def add(learner: Watched, who: str) -> None:
    """Adds a side, and sees it take the focus."""
    learner.page.locator("[data-add-side] select").select_option(who)
    learner.page.locator("button[value='add q1']").click()
    side = learner.page.locator(f"[data-sides] [data-side={who}]")
    side.wait_for()
    assert side.evaluate("side => side === document.activeElement")
    learner.check()


def take_away(learner: Watched, who: str) -> None:
    learner.page.locator(f"button[value='take-away q1.{who}']").click()
    learner.page.locator(f"[data-sides] [data-side={who}]").wait_for(state="detached")
    assert learner.page.locator("[data-add-side] select").evaluate("one => one === document.activeElement")


def sides(learner: Watched) -> list[str]:
    return [side.get_attribute("data-side") or "" for side in learner.page.locator("[data-sides] > [data-side]").all()]


def tick(learner: Watched, field: str, value: str, also_off: str = "") -> None:
    """Ticks a value; where nothing listens, takes away by hand what it excludes."""
    learner.page.locator(f'[name="q1.{field}"][value="{value}"]').check()
    if also_off:
        other = learner.page.locator(f'[name="q1.{field}"][value="{also_off}"]')
        assert other.is_checked() != learner.scripts
        other.uncheck()


def ticked(learner: Watched, field: str) -> list[str]:
    found = learner.page.locator(f'[name="q1.{field}"]:checked').all()
    return [box.get_attribute("value") or "" for box in found]


def send(learner: Watched, heading: str = "") -> None:
    """Sends the answer: what became of it stands in a heading that has the focus, and axe finds nothing."""
    with learner.page.expect_response(lambda response: response.request.method == "POST"):
        learner.page.locator(".exercise-foot button[value=answer]").click()
    learner.page.wait_for_load_state()
    learner.page.locator(".exercise:not([aria-busy=true])").wait_for()
    found = learner.page.locator(".result-heading")
    found.wait_for()
    if heading:
        found.get_by_text(heading, exact=True).wait_for()
    assert found.evaluate("heading => heading === document.activeElement")
    learner.check()


def reach(learner: Watched, value: str, most: int = 80) -> None:
    """Goes on by Tab, and within radio buttons by arrows, until the field or button with this value has the focus."""
    for _ in range(most):
        learner.page.keyboard.press("Tab")
        name, group, here = learner.page.evaluate(
            "[document.activeElement.name, document.activeElement.type, document.activeElement.value]"
        )
        if here == value:
            return
        if group == "radio":
            values = learner.page.locator(f'[name="{name}"]').evaluate_all("all => all.map((one) => one.value)")
            if value in values:
                while learner.page.evaluate("document.activeElement.value") != value:
                    learner.page.keyboard.press("ArrowDown")
                return
    raise AssertionError(f"nothing with the value {value} takes the focus")
