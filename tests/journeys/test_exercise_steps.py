"""A learner saves an answer, sends it, has the answer shown and starts over: with and without scripts, on a wide and on
a narrow screen, in both directions. axe reads the page after each step."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .conftest import POLYLECT, Visit, Watched, new_environment, serving

pytestmark = pytest.mark.journey

PAGE = "courses/Org+STEPS+run/one/"
COURSE = """<course org="Org" course="STEPS" url_name="run" display_name="Steps" language="en">
<chapter url_name="s" display_name="S"><sequential url_name="p" display_name="P">
<vertical url_name="one" display_name="One">
<problem url_name="again" display_name="Again" max_attempts="3" rerandomize="onreset" showanswer="attempted">
<multiplechoiceresponse><label>What lasts?</label><choicegroup>
<choice correct="true">Concrete</choice><choice correct="false">Paper</choice>
</choicegroup></multiplechoiceresponse></problem>
<problem url_name="survey" display_name="Survey" max_attempts="0" showanswer="never">
<stringresponse answer="x"><label>What do you think?</label><textline/></stringresponse></problem>
</vertical></sequential></chapter></course>"""

EACH_WAY = pytest.mark.parametrize("language", ["en", "ar"])
BOTH_WIDTHS = pytest.mark.parametrize("width", [1280, 320])
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the course."""
    settings = new_environment(tmp_path_factory.mktemp("steps"))
    folder: Path = tmp_path_factory.mktemp("course")
    (folder / "course.xml").write_text(COURSE, "utf-8")
    result = subprocess.run([POLYLECT, "publish", str(folder)], env=settings, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    with serving(settings) as address:
        yield address


@EACH_WAY
@BOTH_WIDTHS
@WITH_AND_WITHOUT
def test_a_learner_saves_sends_sees_the_answer_and_starts_over(
    visit: Visit, language: str, width: int, scripts: bool
) -> None:
    learner = visit(width, scripts=scripts)
    learner.open(f"/{language}/{PAGE}")
    exercise = learner.page.locator("#again")
    paper = exercise.locator("input[type=radio]").last
    paper.check()
    press(learner, exercise, "save")
    expect(paper).to_be_checked()
    expect(offered(exercise, "over")).to_have_count(0)
    press(learner, exercise, "answer")
    expect(exercise.locator(".choice-not-yet")).to_have_count(1)
    press(learner, exercise, "reveal", takes_focus=".solution h4")
    expect(exercise.locator(".choice-right")).to_have_count(1)
    press(learner, exercise, "over")
    expect(paper).not_to_be_checked()
    expect(exercise.locator(".choice-not-yet, .choice-right, .solution")).to_have_count(0)
    expect(offered(exercise, "over")).to_have_count(0)


@WITH_AND_WITHOUT
def test_a_learner_changes_what_they_think_in_a_survey(visit: Visit, scripts: bool) -> None:
    learner = visit(320, scripts=scripts)
    learner.open(f"/en/{PAGE}")
    survey = learner.page.locator("#survey")
    expect(offered(survey, "answer")).to_have_count(0)
    for thought in ("Perhaps", "Certainly"):
        survey.locator("input[name=q1]").fill(thought)
        press(learner, survey, "save")
    learner.open(f"/en/{PAGE}")
    expect(survey.locator("input[name=q1]")).to_have_value("Certainly")


def offered(exercise: Locator, step: str) -> Locator:
    return exercise.locator(f"button[value={step}]")


def press(learner: Watched, exercise: Locator, step: str, *, takes_focus: str = ".result-heading") -> None:
    """Presses a button, and finds the focus where the outcome is told."""
    offered(exercise, step).click()
    expect(exercise.locator(takes_focus)).to_be_focused()
    learner.check()
