"""Expressions in order."""

import cmath
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.hostile.bounds import at_most
from polylect.exercises import algebra
from polylect.exercises.arithmetic import Fault, NotANumber

CASES = Path(__file__).parents[2] / "cases" / "exercises" / "algebra.txt"
PAIRS = re.findall(r"^(.+) ([=!]) (.+)$", CASES.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("one", "sign", "other"), PAIRS)
def test_an_expression_is_the_same_as_another_or_not(one: str, sign: str, other: str) -> None:
    assert (algebra.read(one) == algebra.read(other)) is (sign == "=")


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """An expression, and the same in Python."""
    if depth == 0 or draw(st.booleans()):
        atom = draw(st.integers(0, 9).map(str) | st.sampled_from(["x", "y", "2.5", "pi"]))
        return atom, atom
    (left, one), (right, other) = draw(expressions(depth - 1)), draw(expressions(depth - 1))
    sign = draw(st.sampled_from(["+", "-", "*", "/", "^2", "^-1", "sin", "sqrt"]))
    if sign in ("sin", "sqrt"):
        return f"{sign}({left})", f"{sign}({one})"
    if sign.startswith("^"):
        return f"({left}){sign}", f"({one})**{sign[1:]}"
    return f"({left}{sign}{right})", f"({one}{sign}{other})"


def clear_root(number: complex) -> complex:
    """The root of a number, unless rounding decides which one."""
    if complex(number).real <= 0 and abs(complex(number).imag) < 1e-9:
        raise ArithmeticError
    return cmath.sqrt(number)


@pytest.mark.parametrize("x", [1.0, 2.0, 4.0])
def test_equal_real_numbers_have_equal_roots(x: float) -> None:
    one, other = (algebra.read(text) for text in ("sqrt(sin(x)-2)", "sqrt(-sin(-x)-2)"))
    found = algebra.value(one, {"x": complex(x)})
    assert found.imag > 0
    assert abs(found - algebra.value(other, {"x": complex(x)})) < 1e-9


@given(expressions(), st.floats(0.5, 2.5), st.floats(0.5, 2.5))
def test_an_expression_comes_to_what_python_gives(pair: tuple[str, str], x: float, y: float) -> None:
    ours, theirs = pair
    names = {"x": complex(x), "y": complex(y), "pi": cmath.pi, "sin": cmath.sin, "sqrt": clear_root}
    try:
        expected = eval(theirs, {"__builtins__": {}}, names)
        form = algebra.read(ours)
    except (ArithmeticError, NotANumber):
        return
    found = algebra.value(form, {"x": complex(x), "y": complex(y)})
    if cmath.isfinite(found) and cmath.isfinite(expected) and abs(expected) < 1e6:
        assert abs(found - expected) <= 1e-6 * max(1, abs(expected)), form


@given(expressions(), expressions(), expressions())
def test_order_does_not_matter(one: tuple[str, str], two: tuple[str, str], three: tuple[str, str]) -> None:
    (a, _), (b, _), (c, _) = one, two, three
    exact = [text for text in (a, b, c) if "." not in text]
    if len(exact) < 3:
        return
    with suppress(NotANumber):
        assert algebra.read(f"{a}+({b}+{c})") == algebra.read(f"{c}+{b}+{a}")
        if not {"+", "-"} & set(a + b + c):  # a number goes into a sum once it stands alone beside it, as in SymPy
            assert algebra.read(f"{a}*({b}*{c})") == algebra.read(f"({c}*{a})*{b}")
        assert algebra.read(f"({a})-({b})") == algebra.read(f"-({b})+({a})")


@given(st.text(max_size=60) | st.text(alphabet="0123456789.eEi+-*/^!()[], xyé\t", max_size=60))
def test_any_text_is_an_expression_or_is_refused(text: str) -> None:
    with suppress(NotANumber):
        form = algebra.read(text)
        assert algebra._read(text) == form or "nan" in repr(form)
        assert isinstance(algebra.value(form, dict.fromkeys(algebra.variables(form), 1.5 + 0j)), complex)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2x", Fault.NO_SIGN),
        ("(x)(y)", Fault.NO_SIGN),
        ("", Fault.UNREADABLE),
        ("x(", Fault.UNREADABLE),
        ("[x", Fault.UNREADABLE),
        ("x=1", Fault.UNREADABLE),
        ("1/0", Fault.NO_VALUE),
        ("[1]+1", Fault.NO_VALUE),
        ("[1]*2", Fault.NO_VALUE),
        ("[1]^2", Fault.NO_VALUE),
        ("9^9^9^9", Fault.NO_VALUE),
        ("x" * 1001, Fault.TOO_LONG),
        ("(" * 41 + "x" + ")" * 41, Fault.TOO_LONG),
        ("x^" * 41 + "x", Fault.TOO_LONG),
    ],
)
def test_what_is_wrong_with_a_text_is_told(text: str, fault: Fault) -> None:
    with pytest.raises(NotANumber) as refusal:
        algebra.read(text)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(
    "text",
    [
        "(" * 39 + "x" + ")" * 39,
        "x^" * 38 + "x",
        "+".join(["x"] * 500),
        "2^x*" * 200 + "2",
        "sqrt(" * 39 + "x" + ")" * 39,
        "sin(" * 38 + "x-y" + ")" * 38,
        "-" * 999 + "1",
        "sqrt(999983*999979)",
        "sqrt(999983)*" * 70 + "2",
        "(x+y+z+w)*" * 90 + "x",
        "2^4000*" * 100 + "2",
        "1!" * 300,
        "x" + "!" * 900,
    ],
)
def test_what_is_made_to_break_a_reader_is_answered_at_once(text: str) -> None:
    with at_most(1), suppress(NotANumber):
        algebra.value(algebra.read(text), {"x": 1j})
