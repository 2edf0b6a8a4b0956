"""What may be typed for a number or a formula: a small language of sums, held to the rules of Open edX's calculator.

`+ - * / ^`, `||` for resistors in parallel, brackets, `%` behind a number, `1e3`, the constants `e`, `pi`, `i` and `j`,
variables and functions. `^` binds tightest and to the right, then `||`, then `* /`, then `+ -`; a sign stands before a
sum, or right before a number (`2^-1`, but not `2^-x`). There is no product without a sign, no `,` and no `**`. A
variable is a word with digits and underscores, or has indices in braces (`U_{ij}^{12}`), and may end in primes.

A text is read once, and then computed as often as wanted::

    read("m*c^2").value({"m": 2.0, "c": 3.0})

Whole numbers are exact until they meet a fraction or a function. What has no value (`1/0`, `fact(2.5)`) or is too large
to be a number (`10^400`) is refused; but a function may lead to the infinite (`1/sin(0)`), as there. Nothing here takes
long, however large the numbers are that somebody writes.
"""

import cmath
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

Value = float | complex

MOST_CHARACTERS = 2000
"""Longer texts are not read: nobody types them."""
MOST_KEPT_CHARACTERS = 200
"""Longer ones are read anew each time, so that nobody fills the memory with them."""
MOST_DEPTH = 50
"""Brackets within brackets."""
MOST_BITS = 32_768
"""The size of the largest whole number on the way to a result: some 9,800 digits."""
MOST_FACTORIAL = 3000

_PLAIN = re.compile(r"[-+]?\d{1,300}(?:\.\d{0,300})?", re.ASCII)
"""What most people write: a number, which needs no reading."""
_SPACE = re.compile(r"[ \t\r\n]+")
_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:[ \t\r\n]*e[ \t\r\n]*[+-]?[ \t\r\n]*\d+)?)[ \t\r\n]*(?P<percent>%)?
      | (?P<tensor>[a-z][a-z0-9]*(?:_\{[a-z0-9]+\}(?:\^\{[a-z0-9]+\})?|\^\{[a-z0-9]+\})'*)
      | (?P<name>[a-z]\w*'*)
      | (?P<sign>\|\||[-+*/^()])
    )""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)

_Run = Callable[[Mapping[str, Value]], Value]


class Fault(Enum):
    """Why a text is no formula."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too long"
    BRACKETS = "brackets"
    """One is not closed, or not opened."""
    NO_SIGN = "no sign"
    """Two things stand side by side: what is meant may be a product."""
    BARE_SIGN = "bare sign"
    """A sign stands behind another, before what is no plain number: it needs brackets."""
    UNKNOWN_VARIABLE = "unknown variable"
    UNKNOWN_FUNCTION = "unknown function"
    NO_VALUE = "no value"


class NotANumber(ValueError):
    """The text cannot be read, or has no value. `found` is what stands at the place in question, one thing or two."""

    def __init__(self, fault: Fault, *found: str) -> None:
        super().__init__(" ".join((fault.value, *found)))
        self.fault = fault
        self.found = found


@dataclass(frozen=True)
class Expression:
    """A formula that was read. `variables` are its names as they were written, the constants among them."""

    variables: tuple[str, ...]
    keeps_case: bool
    _run: _Run
    _constant: Value | None = None

    def value(self, variables: Mapping[str, Value] | None = None) -> Value:
        """The value with these variables, and the constants where they are not among them: a float, or a complex
        number if one was part of it. Where case does not count, names are lower case. Raises NotANumber."""
        if self._constant is not None:
            return self._constant
        given = CONSTANTS if variables is None else {**CONSTANTS, **variables}
        try:
            return _as_float(self._run(given))
        except KeyError:
            raise NotANumber(Fault.UNKNOWN_VARIABLE, *self.unknown(given)) from None
        except NotANumber:
            raise
        except (ArithmeticError, ValueError):
            raise NotANumber(Fault.NO_VALUE) from None

    def unknown(self, known: Collection[str]) -> tuple[str, ...]:
        """The names in it, as written, that are neither among these nor constants."""
        fold = str if self.keeps_case else str.lower
        return tuple(name for name in self.variables if fold(name) not in known and fold(name) not in CONSTANTS)


def size(value: Value) -> float:
    """How far a value is from nothing; infinite where no float is large enough, which `abs` does not bear."""
    try:
        return abs(value)
    except OverflowError:
        return math.inf


def evaluate(
    text: str,
    variables: Mapping[str, Value] | None = None,
    functions: Mapping[str, Callable[[Value], Value]] | None = None,
    *,
    keeps_case: bool = False,
) -> Value:
    """The value of a formula that is needed once: of a number, as a rule. Names of `variables` and `functions` are in
    lower case where case does not count. Raises NotANumber."""
    if _PLAIN.fullmatch(text):
        return float(text)
    functions = FUNCTIONS if functions is None else functions
    if functions is _OWN_FUNCTIONS:
        return read(text, keeps_case=keeps_case).value(variables)
    return _Reader(text, functions, keeps_case).read().value(variables)


def read(text: str, *, keeps_case: bool = False) -> Expression:
    """Reads a formula. Raises NotANumber; whether its variables are known is to be asked of what it gives."""
    if len(text) > MOST_KEPT_CHARACTERS:
        return _Reader(text, _OWN_FUNCTIONS, keeps_case).read()
    return _read(text, keeps_case)


@lru_cache(maxsize=1024)
def _read(text: str, keeps_case: bool) -> Expression:
    return _Reader(text, _OWN_FUNCTIONS, keeps_case).read()


@dataclass(frozen=True)
class _Node:
    """A part of a formula. `is_soft`: a function made it, and dividing by it or raising it gives the infinite or nan
    where plain numbers give nothing. `is_fixed`: no variable is in it."""

    run: _Run
    is_soft: bool = False
    is_fixed: bool = False


_Step = tuple[Callable[[Value, Value], Value], _Node]
"""What to do with what stands before, and the part to do it with."""


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, text: str, functions: Mapping[str, Callable[[Value], Value]], keeps_case: bool) -> None:
        if len(text) > MOST_CHARACTERS:
            raise NotANumber(Fault.TOO_LONG)
        _check_brackets(text)
        self._fold: Callable[[str], str] = str if keeps_case else str.lower
        self._keeps_case = keeps_case
        self._functions = functions
        self._variables: dict[str, None] = {}
        self._tokens: list[re.Match[str]] = []
        self._at = 0
        self._depth = 0
        position, end = 0, len(text.rstrip(" \t\r\n"))
        while position < end:
            token = _TOKEN.match(text, position)
            if token is None:
                raise NotANumber(Fault.UNREADABLE, text[position : position + 20].strip())
            self._tokens.append(token)
            position = token.end()

    def read(self) -> Expression:
        """All of it."""
        node = self._sum()
        if self._at < len(self._tokens):
            self._refuse()
        constant = _value_of(_joined(_as_float, node)) if node.is_fixed else None
        return Expression(tuple(self._variables), self._keeps_case, node.run, constant)

    def _refuse(self) -> None:
        """Says what is wrong with the token that comes next."""
        if self._at >= len(self._tokens):
            raise NotANumber(Fault.UNREADABLE)
        token = self._tokens[self._at]
        before = self._tokens[self._at - 1] if self._at else None
        starts = token["number"] or token["name"] or token["tensor"] or token["sign"] == "("
        if before is not None and starts and (not before["sign"] or before["sign"] == ")"):
            raise NotANumber(Fault.NO_SIGN, before[0].strip(), token[0].strip())
        raise NotANumber(Fault.UNREADABLE, token[0].strip())

    def _sum(self) -> _Node:
        """Terms, with signs between them and perhaps one before the first."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotANumber(Fault.TOO_LONG)
        sign = self._take("+", "-")
        first = self._product()
        steps: list[_Step] = []
        while (found := self._take("+", "-")) is not None:
            steps.append((_added if found == "+" else _subtracted, self._product()))
        self._depth -= 1
        return _chained(_joined(_negated, first) if sign == "-" else first, steps)

    def _product(self) -> _Node:
        first = self._parallel()
        is_soft = first.is_soft
        steps: list[_Step] = []
        while (sign := self._take("*", "/")) is not None:
            factor = self._parallel()
            is_soft = is_soft or factor.is_soft
            divided = _softly_divided if is_soft else _divided
            steps.append((_multiplied if sign == "*" else divided, factor))
        return _chained(first, steps)

    def _parallel(self) -> _Node:
        nodes = [self._power()]
        while self._take("||") is not None:
            nodes.append(self._power())
        if len(nodes) == 1:
            return nodes[0]
        return _joined(_in_parallel_softly if any(node.is_soft for node in nodes) else _in_parallel, *nodes)

    def _power(self) -> _Node:
        """A chain of powers, computed from the right."""
        chain = [self._atom()]
        while self._take("^") is not None:
            chain.append(self._atom())
        *bases, last = chain
        is_soft = last.is_soft
        steps: list[_Step] = []
        for base in reversed(bases):
            is_soft = is_soft or base.is_soft
            steps.append((_softly_raised_to if is_soft else _raised_to, base))
        return _chained(last, steps)

    def _atom(self) -> _Node:
        sign = ""
        if self._at + 1 < len(self._tokens) and self._tokens[self._at]["sign"] in ("+", "-"):
            following = self._tokens[self._at + 1]
            if not following["number"] and (not following["sign"] or following["sign"] == "("):
                raise NotANumber(Fault.BARE_SIGN, self._tokens[self._at]["sign"], following[0].strip())
            if not following["number"]:
                self._refuse()
            sign = self._tokens[self._at]["sign"]
            self._at += 1
        if self._at >= len(self._tokens):
            self._refuse()
        token = self._tokens[self._at]
        if token["number"]:
            self._at += 1
            return _number(sign, token)
        if token["tensor"]:
            self._at += 1
            return self._variable(token["tensor"])
        if token["name"]:
            self._at += 1
            return self._named(token["name"])
        if token["sign"] != "(":
            self._refuse()
        self._at += 1
        return self._closed()

    def _named(self, name: str) -> _Node:
        if self._take("(") is None:
            return self._variable(name)
        function = self._functions.get(self._fold(name))
        argument = self._closed()
        if function is None:
            raise NotANumber(Fault.UNKNOWN_FUNCTION, name)
        node = _joined(function, argument)
        return _Node(node.run, is_soft=function is not _factorial, is_fixed=node.is_fixed)

    def _variable(self, name: str) -> _Node:
        self._variables[name] = None
        key = self._fold(name)
        return _Node(lambda given: given[key])

    def _closed(self) -> _Node:
        node = self._sum()
        if self._take(")") is None:
            self._refuse()
        return node

    def _take(self, *signs: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at]["sign"] in signs:
            self._at += 1
            return self._tokens[self._at - 1]["sign"]
        return None


def _check_brackets(text: str) -> None:
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            raise NotANumber(Fault.BRACKETS, text[: at + 1])
    if depth:
        raise NotANumber(Fault.BRACKETS, text)


def _number(sign: str, token: re.Match[str]) -> _Node:
    """A number as written: whole where it has no point, exponent or percent sign."""
    text = sign + _SPACE.sub("", token["number"])
    value: Value
    if token["percent"]:
        value = float(text) * 0.01
    elif text.lstrip("+-").isdigit():
        value = int(text)
    else:
        value = float(text)
    return _Node(lambda _: value, is_fixed=True)


def _joined(operation: Callable[..., Value], *nodes: _Node) -> _Node:
    """What an operation makes of these parts."""
    is_soft = any(node.is_soft for node in nodes)
    runs = [node.run for node in nodes]
    if len(runs) == 1:
        (only,) = runs
        node = _Node(lambda given: operation(only(given)), is_soft)
    elif len(runs) == 2:
        left, right = runs
        node = _Node(lambda given: operation(left(given), right(given)), is_soft)
    else:
        node = _Node(lambda given: operation(*[run(given) for run in runs]), is_soft)
    return _settled(node, nodes)


def _chained(first: _Node, steps: list[_Step]) -> _Node:
    """One step after another, without a call within a call for each: a chain may be long."""
    if not steps:
        return first
    if len(steps) == 1:
        return _joined(steps[0][0], first, steps[0][1])
    beginning, runs = first.run, [(operation, node.run) for operation, node in steps]

    def run(given: Mapping[str, Value]) -> Value:
        value = beginning(given)
        for operation, part in runs:
            value = operation(value, part(given))
        return value

    nodes = (first, *(node for _, node in steps))
    return _settled(_Node(run, any(node.is_soft for node in nodes)), nodes)


def _settled(node: _Node, parts: tuple[_Node, ...]) -> _Node:
    """The node, computed at once where no variable is in its parts."""
    if not all(part.is_fixed for part in parts):
        return node
    value = _value_of(node)
    return _Node(node.run if value is None else lambda _: value, node.is_soft, is_fixed=True)


def _value_of(node: _Node) -> Value | None:
    """The value of a part without variables; None where it has none."""
    try:
        return node.run({})
    except (ArithmeticError, ValueError):
        return None


def _as_float(value: Value) -> Value:
    return value if isinstance(value, complex) else float(value)


def _negated(value: Value) -> Value:
    return 0 - value


def _added(left: Value, right: Value) -> Value:
    return _bounded(left + right)


def _subtracted(left: Value, right: Value) -> Value:
    return _bounded(left - right)


def _multiplied(left: Value, right: Value) -> Value:
    return _bounded(left * right)


def _divided(left: Value, right: Value) -> Value:
    return left / right


def _softly_divided(left: Value, right: Value) -> Value:
    if right != 0:
        return left / right
    if isinstance(left, complex) or isinstance(right, complex):
        return _NAN
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _in_parallel(*values: Value) -> Value:
    if 0 in values:
        return math.nan
    return 1 / sum(1 / value for value in values)


def _in_parallel_softly(*values: Value) -> Value:
    if 0 in values:
        return math.nan
    return _softly_divided(1, sum(1 / value for value in values))


def _raised_to(exponent: Value, base: Value) -> Value:
    if (
        isinstance(base, int)
        and isinstance(exponent, int)
        and abs(base) > 1
        and base.bit_length() * exponent > MOST_BITS
    ):
        raise OverflowError
    result: Value = base**exponent
    return result


def _softly_raised_to(exponent: Value, base: Value) -> Value:
    try:
        value = _raised_to(exponent, base)
    except ZeroDivisionError:
        is_complex = isinstance(base, complex) or isinstance(exponent, complex)
        return _NAN if is_complex else math.inf
    except OverflowError:
        if isinstance(base, complex) or isinstance(exponent, complex):
            return _NAN
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    is_new = isinstance(value, complex) and not isinstance(base, complex) and not isinstance(exponent, complex)
    return math.nan if is_new else value


def _bounded(value: Value) -> Value:
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise OverflowError
    return value


def _either(
    real: Callable[[float], float], general: Callable[[complex], complex], *, is_wide: bool = False
) -> Callable[[Value], Value]:
    """A function by its real form for real numbers; where that has no value, by its complex one if it is wide."""

    def apply(value: Value) -> Value:
        if isinstance(value, complex):
            return of_complex(value)
        value = float(value)
        try:
            return real(value)
        except OverflowError:
            return math.copysign(math.inf, value) if real is math.sinh else math.inf
        except ValueError:
            if real is math.atanh and abs(value) == 1:
                return math.copysign(math.inf, value)
            return of_complex(value) if is_wide else math.nan

    def of_complex(value: complex) -> Value:
        try:
            return general(value)
        except (ValueError, OverflowError):
            return _NAN

    return apply


def _logarithm(real: Callable[[float], float], base: float) -> Callable[[Value], Value]:
    """A logarithm: its real form, and its base."""
    scale = math.log(base)

    def general(value: complex) -> complex:
        return cmath.log(value) / scale

    either = _either(real, general, is_wide=True)
    return lambda value: -math.inf if value == 0 else either(value)


def _factorial(value: Value) -> Value:
    if not isinstance(value, int):
        raise ValueError
    if value > MOST_FACTORIAL:
        raise OverflowError
    return math.factorial(value)


def _of_inverse(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return lambda value: function(1 / value)


def _inverse_of(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return lambda value: _softly_divided(1, function(value))


def _arccot(value: Value) -> Value:
    half_turn = -math.pi / 2 if value.real < 0 else math.pi / 2
    return half_turn - _ARCTAN(value)


_NAN = complex(math.nan, math.nan)
_SIN = _either(math.sin, cmath.sin)
_COS = _either(math.cos, cmath.cos)
_TAN = _either(math.tan, cmath.tan)
_SINH = _either(math.sinh, cmath.sinh)
_COSH = _either(math.cosh, cmath.cosh)
_TANH = _either(math.tanh, cmath.tanh)
_ARCTAN = _either(math.atan, cmath.atan)
_ARCSINH = _either(math.asinh, cmath.asinh)
_ARCCOSH = _either(math.acosh, cmath.acosh)

CONSTANTS: dict[str, Value] = {"e": math.e, "pi": math.pi, "i": 1j, "j": 1j}
FUNCTIONS: Mapping[str, Callable[[Value], Value]] = {
    "sin": _SIN,
    "cos": _COS,
    "tan": _TAN,
    "sec": _inverse_of(_COS),
    "csc": _inverse_of(_SIN),
    "cot": _inverse_of(_TAN),
    "arcsin": _either(math.asin, cmath.asin, is_wide=True),
    "arccos": _either(math.acos, cmath.acos, is_wide=True),
    "arctan": _ARCTAN,
    "arcsec": _of_inverse(_either(math.acos, cmath.acos)),
    "arccsc": _of_inverse(_either(math.asin, cmath.asin)),
    "arccot": _arccot,
    "sinh": _SINH,
    "cosh": _COSH,
    "tanh": _TANH,
    "sech": _inverse_of(_COSH),
    "csch": _inverse_of(_SINH),
    "coth": _inverse_of(_TANH),
    "arcsinh": _ARCSINH,
    "arccosh": _ARCCOSH,
    "arctanh": _either(math.atanh, cmath.atanh, is_wide=True),
    "arcsech": _of_inverse(_ARCCOSH),
    "arccsch": _of_inverse(_ARCSINH),
    "arccoth": _of_inverse(_either(math.atanh, cmath.atanh)),
    "sqrt": _either(math.sqrt, cmath.sqrt, is_wide=True),
    "exp": _either(math.exp, cmath.exp),
    "ln": _logarithm(math.log, math.e),
    "log2": _logarithm(math.log2, 2),
    "log10": _logarithm(math.log10, 10),
    "abs": size,
    "fact": _factorial,
    "factorial": _factorial,
}
"""The functions; of one that no real number has a value for, most are complex and some are nan, as there."""
_OWN_FUNCTIONS = FUNCTIONS
