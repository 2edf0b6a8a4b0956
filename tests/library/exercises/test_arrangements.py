"""Keys of questions about arrangements: they are proved in any case, and never by trying out everything."""

from time import perf_counter

import pytest

from polylect import exercises
from polylect.partnership import MOST_SIDES, STANDARD

LONGEST_S = 5.0
"""Trying out all would take years with five sides, and all the memory there is."""


@pytest.mark.parametrize("count", range(2, MOST_SIDES + 1))
def test_a_key_with_everything_in_doubt_is_refused_at_the_first_contradiction(count: int) -> None:
    invests, gains = (" ".join(f"{id}?" for id in ids) for ids in (STANDARD.investments, STANDARD.gains))
    sides = "".join(
        f'<side name="s{number}" kind="person" invests="{invests}" gains="{gains}">Side {number}</side>'
        for number in range(count)
    )
    begun = perf_counter()
    _exercise, issues = exercises.parse(
        f"<problem><arrangementresponse>{sides}"
        '<goals overlap="none compatible shared"/><verdict kind="partnership"/></arrangementresponse></problem>'
    )
    assert [issue.code for issue in issues] == ["exercise-wrong-kind"]
    assert perf_counter() - begun < LONGEST_S
