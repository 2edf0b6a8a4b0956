"""A learner answers each kind of question whose fields are out of the ordinary: unreadably, wrongly and rightly, with
and without scripts, and in both directions."""

import subprocess
from collections.abc import Iterator

import pytest

from . import kinds_course
from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = pytest.mark.journey

WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the course and its Arabic."""
    settings = new_environment(tmp_path_factory.mktemp("kinds"))
    course = kinds_course.olx_folder(tmp_path_factory.mktemp("course") / "kinds")
    translations = ("--run", kinds_course.RUN, "--language", "ar")
    for given in ([str(course)], [str(kinds_course.arabic(course)), *translations]):
        result = subprocess.run([POLYLECT, "import", *given], env=settings, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
    with serving(settings) as address:
        yield address


@WAYS
def test_statements_are_picked_and_it_may_be_none(scripts: bool, visit: Visit) -> None:
    learner = at("statements", visit, scripts)
    learner.page.get_by_label("Both sides put something in.").check()
    send(learner, "Not yet right")
    assert learner.page.get_by_label("Both sides put something in.").is_checked()
    learner.page.get_by_label("They share a goal.").check()
    send(learner, "Right")
    assert "who puts nothing in, is a guest" in exercise(learner)
    send(learner, "Right", number=2)
    assert "No answer yet" not in exercise(learner, number=2)


@WAYS
def test_numbers_are_filled_into_choices(scripts: bool, visit: Visit) -> None:
    learner = at("numbers", visit, scripts)
    yes, number = learner.page.locator("input[value=yes]"), learner.page.locator("#numbers-1-q1\\.yes\\.1")
    number.fill("twenty")
    assert yes.is_checked() == scripts
    yes.check()
    send(learner, "Part of your answer could not be read")
    assert number.get_attribute("aria-invalid") == "true"
    assert "Write a number, such as 3.5." in exercise(learner)
    assert number.input_value() == "twenty"
    number.fill("21")
    send(learner, "Not yet right")
    number.fill("120 - 100")
    send(learner, "Right")
    assert "There are 120 seats." in exercise(learner)
    assert number.input_value() == "120 - 100"


@WAYS
def test_several_choices_have_numbers_and_who_gives_up_sees_them(scripts: bool, visit: Visit) -> None:
    learner = at("numbers", visit, scripts)
    learner.page.locator("input[value=evenings]").check()
    learner.page.locator("#numbers-2-q1\\.evenings\\.1").fill("2")
    send(learner, "Not yet right", number=2)
    press(learner, "reveal", number=2)
    told = exercise(learner, number=2)
    assert all(f"The answer: {number}" in told for number in (2, 6, 360))
    for choice, numbers in {"evenings": ["2"], "hours": ["6", "360"]}.items():
        learner.page.locator(f"input[value={choice}]").check()
        for place, number in enumerate(numbers, start=1):
            learner.page.locator(f"#numbers-2-q1\\.{choice}\\.{place}").fill(number)
    send(learner, "Right", number=2)


@WAYS
def test_a_place_is_found_in_a_picture(scripts: bool, visit: Visit) -> None:
    learner = at("picture", visit, scripts)
    left, top, pin = (learner.page.locator(f"[data-picture-{name}]") for name in ("across", "down", "pin"))
    assert not pin.is_visible()
    left.fill("90")
    send(learner, "Part of your answer could not be read")
    assert "Point to a place in the picture" in exercise(learner)
    assert left.input_value() == "90"
    point(learner, 90, 180)
    send(learner, "Not yet right")
    assert "pin-not-yet" in (pin.get_attribute("class") or "")
    press(learner, "reveal")
    assert learner.page.locator(".picture-area").get_attribute("points") == "230,60 370,60 370,300 230,300"
    assert "from the left 230 to 370" in exercise(learner)
    point(learner, 300, 180)
    send(learner, "Right")
    assert "pin-right" in (pin.get_attribute("class") or "")
    assert abs(int(left.input_value()) - 300) <= 1
    assert abs(int(top.input_value()) - 180) <= 1


@WAYS
def test_a_passage_is_commented_and_tagged(scripts: bool, visit: Visit) -> None:
    learner = at("annotation", visit, scripts)
    comment = learner.page.get_by_label("What does the library gain?")
    comment.fill("Readers,\nand more of them.")
    send(learner, "Not yet right")
    learner.page.get_by_label("generosity").check()
    send(learner, "Partly right")
    assert "1 of 2 points." in exercise(learner)
    learner.page.get_by_label("an exchange").check()
    send(learner, "Right")
    assert "Yes: a room for readers." in exercise(learner)
    assert comment.input_value().split() == ["Readers,", "and", "more", "of", "them."]


@WAYS
def test_a_check_of_the_authors_judges_and_speaks(scripts: bool, visit: Visit) -> None:
    learner = at("sums", visit, scripts)
    assert "A hall has 12 rows of 10 seats." in exercise(learner)
    members, guests = learner.page.get_by_label("Members"), learner.page.get_by_label("Guests")
    members.fill("all")
    send(learner, "Not sent")
    assert "Write two whole numbers." in exercise(learner)
    members.fill("70")
    guests.fill("40")
    send(learner, "Not yet right")
    assert "Together they do not fill the hall." in exercise(learner)
    guests.fill("50")
    send(learner, "Right")
    assert guests.input_value() == "50"


@WAYS
def test_a_formula_is_read_as_people_write_it(scripts: bool, visit: Visit) -> None:
    learner = at("sums", visit, scripts)
    formula = learner.page.get_by_label("What do n tickets at the price p bring in?")
    formula.fill("n*m")
    send(learner, "Part of your answer could not be read", number=2)
    assert "m" in exercise(learner, number=2)
    formula.fill("n + p")
    send(learner, "Not yet right", number=2)
    formula.fill("p · n")
    send(learner, "Right", number=2)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_fits_a_narrow_window(language: str, dark: bool, visit: Visit) -> None:
    learner = visit(width=320, dark=dark)
    for unit in kinds_course.UNITS:
        learner.open(f"/{language}/courses/{kinds_course.RUN}/{unit}/")
        assert learner.page.locator(".exercise form :is(fieldset, input:not([type=hidden]))").count()


def test_arabic_digits_are_read_and_a_picture_is_not_turned_around(visit: Visit) -> None:
    learner = visit()
    learner.open(f"/ar/courses/{kinds_course.RUN}/picture/")
    learner.page.locator("[data-picture-across]").fill("٣٠٠")
    learner.page.locator("[data-picture-down]").fill("١٨٠")
    assert learner.page.locator("[data-picture-pin]").get_attribute("x") == "50%"
    send(learner, "صحيح")
    assert learner.page.locator("[data-picture-across]").input_value() == "٣٠٠"


def at(unit: str, visit: Visit, scripts: bool) -> Watched:
    """A new learner on this unit of the course."""
    learner = visit(scripts=scripts)
    learner.expected.add("422")  # the status of an answer that cannot be read
    learner.open(f"/en/courses/{kinds_course.RUN}/{unit}/")
    return learner


def point(learner: Watched, across: int, down: int) -> None:
    """Clicks on the picture; where nothing listens to that, writes the numbers."""
    plane = learner.page.locator("[data-picture-plane]")
    if learner.scripts:
        box = plane.bounding_box()
        assert box is not None
        plane.click(position={"x": across * box["width"] / 600, "y": down * box["height"] / 360})
        return
    learner.page.locator("[data-picture-across]").fill(str(across))
    learner.page.locator("[data-picture-down]").fill(str(down))


def send(learner: Watched, heading: str, *, number: int = 1) -> None:
    """Sends an answer: what became of it stands in a heading that has the focus, and axe finds nothing."""
    press(learner, "answer", number=number)
    shown = learner.page.locator(".exercise").nth(number - 1)
    found = shown.locator(".result-heading").get_by_text(heading, exact=True)
    found.wait_for()
    assert found.evaluate("heading => heading === document.activeElement")
    learner.check()


def press(learner: Watched, act: str, *, number: int = 1) -> None:
    """Presses a button of an exercise, and waits for what comes of it."""
    shown = learner.page.locator(".exercise").nth(number - 1)
    with learner.page.expect_response(lambda response: response.request.method == "POST"):
        shown.locator(f"button[value={act}]").click()
    learner.page.wait_for_load_state()
    learner.page.locator(".exercise:not([aria-busy=true])").nth(number - 1).wait_for()


def exercise(learner: Watched, number: int = 1) -> str:
    """The text of an exercise as it is now."""
    return learner.page.locator(".exercise").nth(number - 1).inner_text()
