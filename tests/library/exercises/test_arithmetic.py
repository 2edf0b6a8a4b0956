"""The small language of sums."""

import cmath
import operator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.hostile.bounds import at_most
from polylect import exercises
from polylect.exercises import arithmetic
from polylect.exercises.arithmetic import Fault, NotANumber

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


ANY_TEXT = st.text(max_size=60) | st.text(alphabet="0123456789.eE+-*/^|()%ij ,abcpisnqrtxy_{}'\t", max_size=60)


@given(ANY_TEXT, st.booleans())
def test_any_text_is_a_formula_or_is_refused(text: str, keeps_case: bool) -> None:
    with suppress(NotANumber):
        expression = arithmetic.read(text, keeps_case=keeps_case)
        given = {name if keeps_case else name.lower(): 1.5 for name in expression.variables}
        assert isinstance(expression.value(given), (float, complex))


OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@st.composite
def formulas(draw: st.DrawFn, depth: int = 4) -> tuple[str, str]:
    """A formula in our language, and the same in Python's."""
    if depth == 0 or draw(st.booleans()):
        atom = draw(
            st.integers(0, 99).map(str) | st.floats(0.1, 99).map(repr) | st.sampled_from(["x", "y", "x'", "pi"])
        )
        return atom, atom.replace("'", "_prime")
    (left, one), (right, other) = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    sign = draw(st.sampled_from([*OPERATIONS, "^", "sqrt", "-()"]))
    if sign == "sqrt":
        return f"sqrt(abs({left}))", f"sqrt(abs({one}))"
    if sign == "-()":
        return f"(-({left}))", f"(-({one}))"
    if sign == "^":
        return f"({left})^2", f"({one})**2"
    space = draw(st.sampled_from(["", " "]))
    return f"({left}{space}{sign}{space}{right})", f"({one}{sign}{other})"


@given(formulas(), st.floats(-9, 9), st.floats(0.1, 9))
def test_a_formula_has_the_value_that_python_gives_it(pair: tuple[str, str], x: float, y: float) -> None:
    ours, theirs = pair
    names = {"x": x, "y": y, "x_prime": x + y, "pi": cmath.pi, "sqrt": cmath.sqrt, "abs": abs}
    given = {"x": x, "y": y, "x'": x + y}
    try:
        expected = eval(theirs, {"__builtins__": {}}, names)
        found = arithmetic.read(ours).value(given)
    except (ArithmeticError, NotANumber):
        return
    assert complex(found) == complex(expected) or cmath.isclose(found, expected) or found != found
    assert repr(arithmetic.read(ours).value(given)) == repr(found)


@given(formulas(), st.floats(0.1, 9), st.floats(0.1, 9))
def test_case_counts_only_where_it_is_asked_for(pair: tuple[str, str], x: float, y: float) -> None:
    text, given = pair[0], {"x": x, "y": y, "x'": x + y}
    with suppress(NotANumber):
        value = arithmetic.read(text).value(given)
        assert repr(arithmetic.read(text.upper()).value(given)) == repr(value)
        assert repr(arithmetic.read(text, keeps_case=True).value(given)) == repr(value)
        loud = arithmetic.evaluate(
            text.upper(), {name.upper(): at for name, at in given.items()} | LOUD, SHOUTED, keeps_case=True
        )
        assert repr(loud) == repr(value)


LOUD = {"PI": cmath.pi, "E": cmath.e}
SHOUTED = {name.upper(): function for name, function in arithmetic.FUNCTIONS.items()}


@pytest.mark.parametrize(
    ("text", "fault", "found"),
    [
        ("x+", Fault.UNREADABLE, ()),
        ("2**3", Fault.UNREADABLE, ("*",)),
        ("x=1", Fault.UNREADABLE, ("=1",)),
        ("(x", Fault.BRACKETS, ("(x",)),
        ("x)+1", Fault.BRACKETS, ("x)",)),
        ("2x", Fault.NO_SIGN, ("2", "x")),
        ("(1)(2)", Fault.NO_SIGN, (")", "(")),
        ("foo(2)", Fault.UNKNOWN_FUNCTION, ("foo",)),
        ("x*y+z*Y", Fault.UNKNOWN_VARIABLE, ("y", "z", "Y")),
        ("1/0", Fault.NO_VALUE, ()),
        ("1" * 2001, Fault.TOO_LONG, ()),
        ("(" * 51 + "1" + ")" * 51, Fault.TOO_LONG, ()),
    ],
)
def test_what_is_wrong_with_a_text_is_told(text: str, fault: Fault, found: tuple[str, ...]) -> None:
    with pytest.raises(NotANumber) as refusal:
        arithmetic.read(text).value({"x": 2.0})
    assert (refusal.value.fault, refusal.value.found) == (fault, found)


@pytest.mark.parametrize(
    "name", ["x", "R_1", "x'", "x''", "alpha", "U_{ij}^{12}", "U^{12}", "x_{1}'", "e", "i", "x__1"]
)
def test_a_variable_may_be_named_so(name: str) -> None:
    assert arithmetic.evaluate(f"{name}*2", {name.lower(): 3.0}) == 6
    assert arithmetic.read(f"2^{name}+{name}", keeps_case=True).variables == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "(" * 500 + "1" + ")" * 500,
        "(" * 50 + "x" + ")" * 50,
        "-" * 1999 + "1",
        "9^" * 900 + "9",
        "+".join(["x"] * 999),
        "x^" * 900 + "x",
        "||".join(["x"] * 600),
        "*".join(["fact(3000)"] * 150),
        "+".join(["fact(3000)"] * 150),
        "2^32000*" * 200 + "2",
        "(2^32000-1)^(2^32000-1)",
        "9" * 2000,
        "sin(" * 50 + "x" + ")" * 50,
    ],
)
def test_what_is_made_to_break_a_reader_is_answered_at_once(text: str) -> None:
    with at_most(1), suppress(NotANumber):
        arithmetic.evaluate(text, {"x": 1.0})


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ('<numericalresponse answer="1"><textline/></numericalresponse>', "1.7e308+1.7e308*i"),
        ('<numericalresponse answer="1+j"><textline/></numericalresponse>', "1.7e308-1.7e308*i"),
        ('<numericalresponse answer="1.7e308+1.7e308j"><textline/></numericalresponse>', "1"),
        ('<symbolicresponse expect="1"><textline/></symbolicresponse>', "1.7e308*(1+i)"),
        (
            '<formularesponse samples="x@1:2#3" answer="x"><responseparam type="tolerance" default="1%"/><textline/>'
            "</formularesponse>",
            "x*1.7e308*(1+i)",
        ),
    ],
)
@pytest.mark.parametrize("grading", ["", ' grading="polylect"'])
def test_a_number_too_far_from_nothing_to_be_measured_is_wrong(question: str, given: str, grading: str) -> None:
    exercise, _ = exercises.parse(f"<problem{grading}>{question}</problem>")
    responses, _ = exercise.read({"q1": [given]}, "")
    result = exercise.grade(responses).of("q1")
    assert result is None or result.points == 0
