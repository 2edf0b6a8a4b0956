"""Our grading beside Open edX's: the measure is `bench/capa.py`."""

import importlib.util
from pathlib import Path

import pytest
from capa_corpus import marks, scripted
from capa_corpus.corpus import Row, form_of, rows

FLOOR = 0.995
"""Of all submissions, and of those to the kinds below. What differs is in docs/reference/grading.md."""
KINDS = {"choice", "multiplechoice", "numerical", "string", "formula"}
HAS_NUMPY = importlib.util.find_spec("numpy") is not None


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Row]:
    """All problems, but those whose scripts want a module that is not installed."""
    every = rows(shared / "capa" / "cases.jsonl.gz")
    return [case for case in every if HAS_NUMPY or "numpy" not in case["xml"]]


@pytest.mark.shared
def test_nearly_every_submission_gets_the_marks_that_open_edx_gave(cases: list[Row]) -> None:
    sandbox = scripted.runner()
    if sandbox is None:
        cases = [case for case in cases if not case["needs_script"]]
    report = marks.measure(cases, sandbox)
    assert report.submissions > 25_000
    assert report.share >= FLOOR
    for kind in KINDS:
        same, other = report.by_kind[kind, True], report.by_kind[kind, False]
        assert same / (same + other) >= FLOOR, kind
    raised = {difference for _, _, difference in report.differences if difference.startswith("raised")}
    assert raised == set()
    told = {what: same[False] / same.total() for what, same in report.told.items()}
    assert told["orders of choices"] <= 0.02
    assert told["feedback"] < 0.02


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "form"),
    [("cases", "cases"), ("block_rules", "block_rules"), ("markdown_olx", "markdown_pairs")],
)
def test_what_a_corpus_holds_is_known_from_its_rows(shared: Path, file: str, form: str) -> None:
    assert {form_of(row) for row in rows(shared / "capa" / f"{file}.jsonl.gz")} == {form}
