"""Moving data: what earlier submissions earned is remembered."""

from importlib import import_module

import pytest
from django.apps import apps

from polylect_web.grading import actions
from polylect_web.grading.models import ExerciseState
from web.builders import course, exercise, person, publish, raw, unit

pytestmark = pytest.mark.django_db

COLUMNS = ("of_points", "first_points", "last_points", "highest_points", "total_points")


def test_what_earlier_submissions_earned_is_filled_in_from_their_grades() -> None:
    run, learner = publish(course(unit(exercise(weight=5), exercise("more", max_attempts=2)))), person()
    where = {"version_id": run.version_id, "unit_code": "start", "language": "en"}
    for given in ("c1", "c2", "c1", "c2"):
        actions.submit(learner, run, block_code="ask", raw=raw(run, "ask", given), **where)
    actions.save(learner, run, block_code="more", raw=raw(run, "more", "c1"), **where)
    states = ExerciseState.objects.order_by("pk")
    before = list(states.values_list(*COLUMNS))
    assert before == [(1, 1, 0, 1, 2), (0, 0, 0, 0, 0)]
    states.update(grade=None, **dict.fromkeys(COLUMNS, 0))  # as after starting over
    import_module("polylect_web.grading.migrations.0003_remember_what_submissions_earned").remember(apps, None)
    assert list(states.values_list(*COLUMNS)) == before
