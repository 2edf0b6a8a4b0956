"""The small language of sums."""

import cmath
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.exercises import arithmetic
from polylect.exercises.arithmetic import NotANumber

CASES = Path(__file__).parents[2] / "cases" / "exercises" / "arithmetic.txt"
SUMS = [line.rpartition(" = ") for line in CASES.read_text("utf-8").split("\n") if " = " in line]


@pytest.mark.parametrize(("text", "value"), [(text, value) for text, _, value in SUMS])
def test_a_sum_has_its_value(text: str, value: str) -> None:
    if value == "!":
        with pytest.raises(NotANumber):
            arithmetic.evaluate(text)
        return
    found, expected = complex(arithmetic.evaluate(text)), complex(value)
    assert found == expected or cmath.isclose(found, expected) or (cmath.isnan(found) and cmath.isnan(expected))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_python_writes_it_is_read_exactly(number: float) -> None:
    assert arithmetic.evaluate(repr(number)) == number


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(1, 1000))
def test_sums_agree_with_python(first: int, second: int, third: int) -> None:
    assert arithmetic.evaluate(f"{first} - {second} * {third}") == first - second * third
    assert arithmetic.evaluate(f"({first} + {second}) / {third}") == (first + second) / third


@given(st.text(alphabet="0123456789.eE+-*/^|()%ij ,abcpisnqrt", max_size=60))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    with suppress(NotANumber):
        assert isinstance(arithmetic.evaluate(text), (float, complex))


@pytest.mark.parametrize(
    "text", ["(" * 5000 + "1" + ")" * 5000, "(" * 500 + "1" + ")" * 500, "-" * 1999 + "1", "9^" * 900 + "9"]
)
def test_what_is_made_to_break_a_reader_is_answered_at_once(text: str) -> None:
    with suppress(NotANumber):
        arithmetic.evaluate(text)
