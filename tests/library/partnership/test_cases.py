"""What the lesson decides, and where the rows of the table meet."""

from collections.abc import Iterable, Mapping

import pytest

from library.partnership.text_cases import cases, data
from polylect.partnership import (
    STANDARD,
    Arrangement,
    Cell,
    Part,
    Values,
    explained,
    judge,
    nearest,
    parse,
    parse_values,
)

ALL = list(cases("lesson.txt", "tricky.txt"))


def _read(case: Mapping[str, str]) -> tuple[Arrangement, Values]:
    values, value_issues = parse_values(data(case, "values")) if "values" in case else (STANDARD, [])
    arrangement, issues = parse(data(case, "arrangement"), values)
    assert [issue.sentence for issue in (*value_issues, *issues)] == case.get("issues", "").splitlines()
    return arrangement, values


def _written(cells: Iterable[Cell]) -> str:
    return ", ".join(f"{cell.side} {cell.part.value}".strip() for cell in cells) or "nothing"


@pytest.mark.parametrize("case", ALL)
def test_the_judge_says_what_the_case_says(case: Mapping[str, str]) -> None:
    arrangement, values = _read(case)
    judgement = judge(arrangement, values)
    assert f"{judgement.row.value} {judgement.kind.value if judgement.kind else 'none'}" == case["judged"]
    if "because" in case:
        assert _written(judgement.cells) == case["because"]
    if "missing" in case:
        assert _written(step.cell for step in nearest(arrangement, values).steps) == case["missing"]
    if "said" in case:
        assert [sentence.english for sentence in explained(judgement)] == case["said"].splitlines()


def test_there_is_a_case_for_every_row_and_for_every_part() -> None:
    judgements = [judge(*_read(case.values[0])) for case in ALL]
    assert {judgement.row.value for judgement in judgements} == set(range(1, 9))
    assert {cell.part for judgement in judgements for cell in judgement.cells} == set(Part)
