"""Whole numbers that anybody may have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect_web.foundation.numbers import whole_number


@pytest.mark.parametrize("written", ["", " 1", "1 ", "-1", "+1", "1.0", "²", "١", "x", "1" * 19])
def test_what_is_no_number_is_none(written: str) -> None:
    assert whole_number(written) is None


@given(st.integers(0, 10**18 - 1))
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    assert whole_number(str(number)) == number


def test_more_digits_than_there_may_be_are_none() -> None:
    assert (whole_number("999999", 6), whole_number("1000000", 6)) == (999_999, None)


@given(st.text())
def test_nothing_that_is_written_fails(written: str) -> None:
    assert (whole_number(written) or 0) >= 0
