"""What a learner may type for a number: a small language of sums, held to the rules of Open edX's calculator.

`+ - * / ^`, `||` for resistors in parallel, brackets, `%` behind a number, `1e3`, the constants `e`, `pi`,
`i` and `j`, and functions. `^` binds tightest and to the right, then `||`, then a sign, `* /` and `+ -`.
Letter case does not matter. There is no product without a sign, no `,` and no `**`. What is too large is
infinite; complex numbers come out where they must.
"""

import cmath
import math
import re
from collections.abc import Callable, Mapping

Value = float | complex

MOST_CHARACTERS = 2000
"""Longer texts are not read: nobody types them."""
MOST_DEPTH = 60
"""Brackets within brackets."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:\s*e\s*[+-]?\s*\d+)?)(?![.\w])\s*(?P<percent>%)?
      | (?P<name>[a-z]\w*)
      | (?P<sign>\|\||[-+*/^()])
    )""",
    re.VERBOSE | re.ASCII,
)
_SPACE = re.compile(r"\s+")


class NotANumber(ValueError):
    """The text cannot be read as a number."""


def evaluate(text: str) -> Value:
    """The value of an expression: a float, or a complex number if one was part of it. Raises NotANumber."""
    if len(text) > MOST_CHARACTERS:
        raise NotANumber("it is too long")
    reader = _Reader(text.lower())
    try:
        value = reader.sum()
    except ZeroDivisionError:
        raise NotANumber("it divides by nothing") from None
    except OverflowError:
        return math.inf
    except ValueError as error:
        raise NotANumber(str(error)) from None
    reader.end()
    return value


class _Reader:
    """Reads one expression from left to right, and computes as it goes."""

    def __init__(self, text: str) -> None:
        self._tokens: list[re.Match[str]] = []
        self._at = 0
        self._depth = 0
        position, end = 0, len(text.rstrip())
        while position < end:
            token = _TOKEN.match(text, position)
            if token is None:
                raise NotANumber(f"it cannot be read from “{text[position : position + 10]}” on")
            self._tokens.append(token)
            position = token.end()

    def end(self) -> None:
        """Checks that nothing is left."""
        if self._at < len(self._tokens):
            raise NotANumber(f"“{self._tokens[self._at][0].strip()}” stands where it cannot")

    def sum(self) -> Value:
        """Terms with signs before and between them."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotANumber("it has too many brackets within brackets")
        value = self._product()
        while (sign := self._take("+", "-")) is not None:
            term = self._product()
            value = value + term if sign == "+" else value - term
        self._depth -= 1
        return value

    def _product(self) -> Value:
        value = self._signed()
        while (sign := self._take("*", "/")) is not None:
            factor = self._signed()
            value = value * factor if sign == "*" else value / factor
        return value

    def _signed(self) -> Value:
        is_negative = False
        while (sign := self._take("+", "-")) is not None:
            is_negative ^= sign == "-"
        value = self._parallel()
        return -value if is_negative else value

    def _parallel(self) -> Value:
        values = [self._power()]
        while self._take("||") is not None:
            values.append(self._power())
        if len(values) == 1:
            return values[0]
        if 0 in values:
            return math.nan
        return 1 / sum(1 / value for value in values)

    def _power(self) -> Value:
        """A chain of powers, computed from the right; each exponent may have a sign."""
        chain, signs = [self._atom()], [1]
        while self._take("^") is not None:
            sign = 1
            while (found := self._take("+", "-")) is not None:
                sign *= -1 if found == "-" else 1
            signs.append(sign)
            chain.append(self._atom())
        value = chain[-1] * signs[-1] if len(chain) > 1 else chain[0]
        for base, sign in zip(chain[-2::-1], signs[-2::-1], strict=True):
            value = _raised(base, value) * sign
        return value

    def _atom(self) -> Value:
        if self._at >= len(self._tokens):
            raise NotANumber("something is missing at its end")
        token = self._tokens[self._at]
        self._at += 1
        if token["number"]:
            value = float(_SPACE.sub("", token["number"]))
            return value * 0.01 if token["percent"] else value
        if token["name"]:
            return self._named(token["name"])
        if token["sign"] != "(":
            raise NotANumber(f"“{token[0].strip()}” stands where it cannot")
        return self._closed()

    def _named(self, name: str) -> Value:
        if self._take("(") is None:
            if name not in CONSTANTS:
                raise NotANumber(f"“{name}” is not known")
            return CONSTANTS[name]
        if name not in FUNCTIONS:
            raise NotANumber(f"“{name}” is not known")
        return FUNCTIONS[name](self._closed())

    def _closed(self) -> Value:
        value = self.sum()
        if self._take(")") is None:
            raise NotANumber("a bracket is not closed")
        return value

    def _take(self, *signs: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at]["sign"] in signs:
            self._at += 1
            return self._tokens[self._at - 1]["sign"]
        return None


def _raised(base: Value, exponent: Value) -> Value:
    try:
        result: Value = base**exponent
    except OverflowError:
        return math.inf
    return result


def _either(real: Callable[[float], float], general: Callable[[complex], complex]) -> Callable[[Value], Value]:
    """A function by its real form where that has a value, else by its complex one."""

    def apply(value: Value) -> Value:
        if not isinstance(value, complex):
            try:
                return real(value)
            except ValueError:
                pass
        return general(value)

    return apply


def _logarithm(real: Callable[[float], float], scale: float) -> Callable[[Value], Value]:
    """A logarithm: its real form, and the natural logarithm of its base."""

    def apply(value: Value) -> Value:
        if value == 0:
            return -math.inf
        if isinstance(value, complex) or value < 0:
            return cmath.log(value) / scale
        return real(value)

    return apply


def _factorial(value: Value) -> Value:
    if isinstance(value, complex) or value < 0 or value != int(value):
        raise NotANumber("a factorial is of a whole number, from 0 on")
    return float(math.factorial(int(value))) if value <= 170 else math.inf


def _of_inverse(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return lambda value: function(1 / value)


def _inverse_of(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return lambda value: 1 / function(value)


def _arccot(value: Value) -> Value:
    half_turn = -math.pi / 2 if value.real < 0 else math.pi / 2
    return half_turn - _ARCTAN(value)


_SIN = _either(math.sin, cmath.sin)
_COS = _either(math.cos, cmath.cos)
_TAN = _either(math.tan, cmath.tan)
_SINH = _either(math.sinh, cmath.sinh)
_COSH = _either(math.cosh, cmath.cosh)
_TANH = _either(math.tanh, cmath.tanh)
_ARCSIN = _either(math.asin, cmath.asin)
_ARCCOS = _either(math.acos, cmath.acos)
_ARCTAN = _either(math.atan, cmath.atan)
_ARCSINH = _either(math.asinh, cmath.asinh)
_ARCCOSH = _either(math.acosh, cmath.acosh)
_ARCTANH = _either(math.atanh, cmath.atanh)

CONSTANTS: Mapping[str, Value] = {"e": math.e, "pi": math.pi, "i": 1j, "j": 1j}
FUNCTIONS: Mapping[str, Callable[[Value], Value]] = {
    "sin": _SIN,
    "cos": _COS,
    "tan": _TAN,
    "sec": _inverse_of(_COS),
    "csc": _inverse_of(_SIN),
    "cot": _inverse_of(_TAN),
    "arcsin": _ARCSIN,
    "arccos": _ARCCOS,
    "arctan": _ARCTAN,
    "arcsec": _of_inverse(_ARCCOS),
    "arccsc": _of_inverse(_ARCSIN),
    "arccot": _arccot,
    "sinh": _SINH,
    "cosh": _COSH,
    "tanh": _TANH,
    "sech": _inverse_of(_COSH),
    "csch": _inverse_of(_SINH),
    "coth": _inverse_of(_TANH),
    "arcsinh": _ARCSINH,
    "arccosh": _ARCCOSH,
    "arctanh": _ARCTANH,
    "arcsech": _of_inverse(_ARCCOSH),
    "arccsch": _of_inverse(_ARCSINH),
    "arccoth": _of_inverse(_ARCTANH),
    "sqrt": _either(math.sqrt, cmath.sqrt),
    "exp": _either(math.exp, cmath.exp),
    "ln": _logarithm(math.log, 1),
    "log2": _logarithm(math.log2, math.log(2)),
    "log10": _logarithm(math.log10, math.log(10)),
    "abs": abs,
    "fact": _factorial,
    "factorial": _factorial,
}
