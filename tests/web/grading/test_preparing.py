"""What authors' scripts leave: worked out once for a content and a seed, and known to every process."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from polylect.exercises import Exercise
from polylect_web.grading import preparing
from polylect_web.grading.models import PreparedExercise
from polylect_web.grading.preparing import Wanted

pytestmark = pytest.mark.django_db


def wanted(script: str = "x = random.randint(1, 1000)", seed: int = 1, content_hash: str = "a" * 64) -> Wanted:
    xml = (
        f'<problem><script type="loncapa/python">{script}</script>'
        '<numericalresponse answer="$x"><textline/></numericalresponse></problem>'
    )
    return Wanted(content_hash, Exercise(xml), seed)


def test_an_exercise_without_scripts_asks_nobody(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    body = Exercise('<problem><numericalresponse answer="3"><textline/></numericalresponse></problem>')
    with django_assert_num_queries(0):
        assert preparing.variables([Wanted("a" * 64, body, 1)]) == {}
        assert preparing.variables_of("a" * 64, body, 1) == {}


def test_what_was_worked_out_is_kept_and_asked_for_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ours = [wanted(seed=seed) for seed in (1, 2, 3)]
    first = preparing.variables(ours)
    assert len({left["x"] for left in first.values() if left}) == 3
    assert PreparedExercise.objects.count() == 3
    with django_assert_num_queries(0):
        assert preparing.variables(ours) == first
    preparing.forget()
    with django_assert_num_queries(1):
        assert preparing.variables(ours) == first


def test_what_is_long_is_read_from_its_row_each_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one = wanted(f"x = '1' * {preparing._LONGEST_KEPT_CHARS + 1}")
    first = preparing.variables([one])
    with django_assert_num_queries(1):
        assert preparing.variables([one]) == first


def test_another_process_may_have_been_first() -> None:
    one = wanted()
    preparing.variables([one])
    row = PreparedExercise.objects.get()
    PreparedExercise.objects.filter(pk=row.pk).update(variables={"x": "7"})
    preparing.forget()
    assert preparing.variables([one]) == {one.key: {"x": "7"}}


def test_values_of_another_engine_are_no_values() -> None:
    one = wanted()
    PreparedExercise.objects.create(content_hash=one.content_hash, seed=1, engine="old", variables={"x": "7"})
    assert preparing.variables([one])[one.key] != {"x": "7"}


def test_only_what_the_exercise_names_is_kept() -> None:
    one = wanted("x = 5\nlarge = list(range(1000))")
    assert preparing.variables([one]) == {one.key: {"x": "5"}}


def test_a_script_that_fails_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    one = wanted("x = 1 / 0")
    assert preparing.variables([one]) == {one.key: None}
    with CaptureQueriesContext(connection) as again:
        assert preparing.variables([one]) == {one.key: None}
    assert len(again) == 1  # whether another process got on better
    monkeypatch.setattr(preparing, "AGAIN_AFTER_S", 0.0)
    preparing.forget()
    assert preparing.variables([one]) == {one.key: None}
    assert not PreparedExercise.objects.exists()


def test_a_site_that_runs_no_scripts_has_no_values(settings: Settings) -> None:
    settings.RUN_SCRIPTS = False
    one = wanted()
    assert preparing.variables([one]) == {one.key: None}
    assert preparing.variables_of(one.content_hash, one.body, 1) is None


def test_many_seeds_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_MOST_KEPT", 2)
    ours = [wanted(seed=seed) for seed in (1, 2, 3)]
    found = preparing.variables(ours)
    assert None not in found.values()
    assert {**preparing.variables([wanted(seed=9)]), **preparing.variables(ours)}.items() >= found.items()
