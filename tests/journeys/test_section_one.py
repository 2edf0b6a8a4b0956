"""A learner who has understood it works through the first section: pair, half-filled case, own analyses, repair, the
ten questions, and comes back for the last five.

With scripts on a wide screen and without them on a narrow one, in English and in Arabic.
"""

import re
import subprocess
import sys
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, expect

from examples.test_quiz import AGAIN, KNOWN, QUIZ, exercises_in

from .conftest import Visit, Watched

pytestmark = pytest.mark.journey

COURSE = "courses/Polylect+PARTNERS+2026"
EARLIER = """
import sys, datetime, django
django.setup()
from django.db.models import F
from polylect_web.grading.models import Submission
Submission.objects.update(created_at=F("created_at") - datetime.timedelta(days=int(sys.argv[1])))
"""

PRACTICE: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = {
    "two-cases": {"two-saturdays": {"q1.differs": ["library.gains", "overlap"], "q1.flips": ["library.gains"]}},
    "half-case": {
        "the-bus": {
            "q1.club.gains": ["recruits"],
            "q1.company.invests": ["promotion"],
            "q1.overlap": ["compatible"],
            "q1.kind": ["partnership"],
        },
    },
    "own-cases": {
        "own-posters": {
            "q1.choir.invests": ["money"],
            "q1.choir.gains": ["posters"],
            "q1.shop.invests": ["posters", "time"],
            "q1.shop.gains": ["fee"],
            "q1.overlap": ["none"],
            "q1.kind": ["service"],
        },
        "own-name": {
            "q1.club.invests": ["time"],
            "q1.club.gains": ["content"],
            "q1.writer.invests": ["reputation"],
            "q1.writer.gains": ["reach"],
            "q1.overlap": ["shared"],
            "q1.kind": ["partnership"],
        },
    },
    "change-the-case": {"the-vegetables": {"q1.stall.gains": ["reach"]}},
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)], ids=["scripts", "no-scripts-320"])
def test_who_knows_the_definition_gets_every_point(
    visit: Visit, environment: dict[str, str], language: str, width: int, scripts: bool
) -> None:
    learner = visit(width, scripts=scripts)
    for unit, exercises in PRACTICE.items():
        work_through(learner, f"/{language}/{COURSE}/{unit}/", exercises)
    learner.open(f"/{language}/{COURSE}/again/")
    expect(learner.page.locator(".waiting a")).to_have_attribute("href", re.compile("/quiz/$"))
    work_through(
        learner, f"/{language}/{COURSE}/quiz/", {item.code: KNOWN[item.code] for item in exercises_in(QUIZ, "en")}
    )
    learner.open(f"/{language}/{COURSE}/again/")
    expect(learner.page.locator("form.exercise-form, .exercise")).to_have_count(0)
    let_days_pass(environment, 4)
    work_through(
        learner, f"/{language}/{COURSE}/again/", {item.code: KNOWN[item.code] for item in exercises_in(AGAIN, "en")}
    )


def work_through(learner: Watched, address: str, exercises: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Answers each exercise of a page, and is told that it is right."""
    learner.open(address)
    for code, given in exercises.items():
        exercise = learner.page.locator(f"#{code}")
        for name, values in given.items():
            choose(exercise, name, values)
        exercise.locator("button[value=answer]").click()
        expect(learner.page.locator(f"#{code} .result-right")).to_be_visible()
    learner.check()


def choose(exercise: Locator, name: str, values: list[str]) -> None:
    field = exercise.locator(f'[name="{name}"]')
    if field.first.evaluate("field => field.localName") == "select":
        field.select_option(values[0])
        return
    for box in field.all():
        if box.get_attribute("value") in values:
            box.check()
        elif box.get_attribute("type") == "checkbox":
            box.uncheck()


def let_days_pass(environment: dict[str, str], days: int) -> None:
    """As if everything had been sent so many days earlier."""
    settings = {"DJANGO_SETTINGS_MODULE": "polylect_web.settings"}
    subprocess.run([sys.executable, "-c", EARLIER, str(days)], env=environment | settings, check=True)
