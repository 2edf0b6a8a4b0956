"""Keys of questions about arrangements: they are proved in any case, and never by trying out everything."""

from time import process_time

import pytest

from polylect import exercises
from polylect.partnership import MOST_SIDES, STANDARD

LONGEST_S = 5.0
"""Trying out all would take years with five sides, and all the memory there is."""


def sides(count: int, invests: str = "", gains: str = "") -> str:
    """Sides in whose cells everything may stand beside what is needed."""
    known = (" ".join(f"{id}?" for id in ids) for ids in (STANDARD.investments, STANDARD.gains))
    cells = [f"{needed} {doubtful}" for needed, doubtful in zip((invests, gains), known, strict=True)]
    return "".join(
        f'<side name="s{number}" kind="person" invests="{cells[0]}" gains="{cells[1]}">Side {number}</side>'
        for number in range(count)
    )


@pytest.mark.parametrize("count", range(2, MOST_SIDES + 1))
def test_a_key_with_everything_in_doubt_is_refused_at_the_first_contradiction(count: int) -> None:
    begun = process_time()
    _exercise, issues = exercises.parse(
        f"<problem><arrangementresponse>{sides(count)}"
        '<goals overlap="none compatible shared"/><verdict kind="partnership"/></arrangementresponse></problem>'
    )
    assert [issue.code for issue in issues] == ["exercise-wrong-kind"]
    assert process_time() - begun < LONGEST_S


def test_the_keys_of_an_exercise_take_no_longer_together_than_one() -> None:
    proved = sides(MOST_SIDES, "time", "reach") + '<goals overlap="shared"/>'
    cases = "".join(f'<case name="c{number}" kind="partnership">{proved}A case</case>' for number in range(100))
    begun = process_time()
    exercise, _issues = exercises.parse(
        f'<problem><sortresponse kinds="partnership donation">{cases}</sortresponse></problem>'
    )
    assert len(exercise.questions[0].inputs) == 100
    assert process_time() - begun < LONGEST_S
