"""Our grading beside Open edX's: the measure is `bench/capa_agreement.py`."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "capa_agreement.py"
FLOOR = 0.991
"""The rest are departures, listed in docs/formats/exercises.md: mostly questions that nobody could answer there."""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("capa_agreement", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_nearly_every_submission_gets_the_marks_that_open_edx_gave(bench: ModuleType, shared: Path) -> None:
    report = bench.measure(bench.cases(shared / "capa" / "cases.jsonl.gz"))
    assert report.submissions > 25_000
    assert report.share >= FLOOR
    wrong = {
        family: count for family, count in report.departures.items() if family[1].startswith(("verdict", "points"))
    }
    assert sum(wrong.values()) <= 10, wrong
    assert report.orders[False] <= 1
    assert report.feedback[False] / report.feedback.total() < 0.01
