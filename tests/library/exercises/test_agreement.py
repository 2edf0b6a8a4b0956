"""Our grading beside Open edX's: the measure is `bench/capa.py`."""

from pathlib import Path

import pytest
from capa_corpus import marks
from capa_corpus.corpus import Row, form_of, kind_of, rows

FLOOR = 0.96
"""Of every kind below. What differs is in docs/reference/grading.md."""
KINDS = {"choice", "multiplechoice", "numerical", "option", "string"}


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Row]:
    return [case for case in rows(shared / "capa" / "cases.jsonl.gz") if not case["needs_script"]]


@pytest.mark.shared
def test_nearly_every_submission_gets_the_marks_that_open_edx_gave(cases: list[Row]) -> None:
    report = marks.measure(case for case in cases if set(kind_of(case).split("+")) <= KINDS)
    assert report.submissions > 25_000
    for kind in {kind for kind, _ in report.by_kind}:
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
