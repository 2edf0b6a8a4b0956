"""Run by a test in processes of its own: publishes an exercise, or answers it many times and says what was
accepted."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "polylect_web.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  Django has to be set up first

from polylect_web.accounts.models import Person  # noqa: E402
from polylect_web.courses.queries import find_run  # noqa: E402
from polylect_web.grading.actions import submit  # noqa: E402
from web.builders import course, exercise, person, publish, raw, unit  # noqa: E402


def prepare() -> None:
    call_command("migrate", verbosity=0)
    publish(course(unit(exercise())))
    person("together")


def answer(name: str, times: int) -> None:
    """Prints the number of each submission that was accepted, as soon as it is."""
    run = find_run("Test", "Bridges", "2026")
    assert run is not None
    learner, _ = Person.objects.get_or_create(username=name)
    form = raw(run, "ask", "c2")
    for _ in range(times):
        outcome = submit(
            learner, run, version_id=run.version_id, unit_code="start", block_code="ask", raw=form, language="en"
        )
        assert outcome.is_saved
        print(outcome.number, flush=True)  # noqa: T201  what the test reads


if sys.argv[1] == "prepare":
    prepare()
else:
    answer(sys.argv[1], int(sys.argv[2]))
