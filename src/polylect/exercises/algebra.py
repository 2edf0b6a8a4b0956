"""Expressions as they are, not as what they come to: put in order, so that the same expression is the same value.

`read` takes an expression as a program for algebra does (`2*x+3*y`, `sin(x)^2` or `sin(x)**2`, `[[a,b],[c,d]]`) and
puts it in order as SymPy does by itself: sums and products are flattened, what is alike in them is collected (`x+x` is
`2*x`, `x*x` is `x^2`), a number is multiplied into a sum, and numbers are computed. Nothing else is done: `(x+1)^2` is
not `x^2+2*x+1`, and `1-cos(x)^2` is not `sin(x)^2`. A whole number or fraction is exact, and another one than the same
with a point. `i` is the imaginary unit, and `e`, `E` and `pi` are what they always are; any other name is a variable.

A `Form` compares by what it is; `value` computes it, for variables that are given. All of it takes little time and
memory.
"""

import cmath
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from polylect.exercises.arithmetic import Fault, NotANumber

MOST_CHARACTERS = 1000
MOST_KEPT_CHARACTERS = 200
"""Longer ones are read anew each time, so that nobody fills the memory with them."""
MOST_DEPTH = 40
MOST_BITS = 4096
"""The size of the largest whole number in a form."""
MOST_FACTORED = 1_000_000
"""Roots are taken out of whole numbers up to here."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\*\*|[-+*/^()\[\],!]))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Inexact:
    """A number that was written with a point, or came from one."""

    value: complex


@dataclass(frozen=True)
class Name:
    """A variable, or one of the constants `pi`, `e` and `i`, which are marked."""

    text: str
    is_constant: bool = False


@dataclass(frozen=True)
class Applied:
    """A function of something."""

    function: str
    arguments: tuple["Form", ...]


@dataclass(frozen=True)
class Product:
    """Bases with exponents, without a number before them."""

    powers: frozenset[tuple["Form", "Form"]]


@dataclass(frozen=True)
class Scaled:
    """A number times something that is no sum."""

    factor: "Number"
    form: "Form"


@dataclass(frozen=True)
class Sum:
    """A number, and terms with the numbers before them."""

    constant: "Number"
    terms: frozenset[tuple["Form", "Number"]]


@dataclass(frozen=True)
class Listed:
    """A list; of lists, a matrix."""

    items: tuple["Form", ...]


Number = Fraction | Inexact
Form = Fraction | Inexact | Name | Applied | Product | Scaled | Sum | Listed

ZERO, ONE, MINUS_ONE, HALF = Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2)
PI, EULER, UNIT = Name("pi", is_constant=True), Name("e", is_constant=True), Name("i", is_constant=True)
_CONSTANTS = {"pi": PI, "e": EULER, "E": EULER, "i": UNIT}
_VALUES: Mapping[Name, complex] = {PI: complex(math.pi), EULER: complex(math.e), UNIT: 1j}
_OTHER_NAMES = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "Abs": "abs", "fact": "factorial"}
_ODD = frozenset(["sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh"])
_EVEN = frozenset(["cos", "cosh", "abs"])
_FUNCTIONS: Mapping[str, Callable[[complex], complex]] = {
    "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "asin": cmath.asin, "acos": cmath.acos, "atan": cmath.atan,
    "sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh, "asinh": cmath.asinh, "acosh": cmath.acosh,
    "atanh": cmath.atanh, "log": cmath.log, "abs": lambda value: complex(abs(value)),
    "factorial": lambda value: complex(math.gamma(value.real + 1)) if not value.imag else complex(math.nan),
}  # fmt: skip


def read(text: str) -> Form:
    """The form of an expression. Raises NotANumber."""
    return _kept(text) if len(text) <= MOST_KEPT_CHARACTERS else _read(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> Form:
    return _read(text)


def _read(text: str) -> Form:
    if len(text) > MOST_CHARACTERS:
        raise NotANumber(Fault.TOO_LONG)
    try:
        return _Reader(text).read()
    except (ArithmeticError, ValueError) as error:
        if isinstance(error, NotANumber):
            raise
        raise NotANumber(Fault.NO_VALUE) from None


def variables(form: Form) -> frozenset[str]:
    """The names of the variables in it."""
    match form:
        case Name(text, is_constant):
            return frozenset() if is_constant else frozenset([text])
        case Applied(_, inner) | Listed(inner):
            return frozenset[str]().union(*map(variables, inner))
        case Product(powers):
            return frozenset[str]().union(*(variables(base) | variables(exponent) for base, exponent in powers))
        case Scaled(_, one):
            return variables(one)
        case Sum(_, terms):
            return frozenset[str]().union(*(variables(term) for term, _ in terms))
    return frozenset()


def value(form: Form, given: Mapping[str, complex] | None = None) -> complex:
    """What it comes to with these variables; nan where that is nothing, or no number."""
    try:
        return _value(form, given or {})
    except (ArithmeticError, ValueError, KeyError):
        return complex(math.nan)


def added(forms: Iterable[Form]) -> Form:
    """Their sum."""
    constant: Number = ZERO
    terms: dict[Form, Number] = {}
    for form in forms:
        match form:
            case Fraction() | Inexact():
                constant = _plus(constant, form)
            case Sum(number, more):
                constant = _plus(constant, number)
                for term, factor in more:
                    terms[term] = _plus(terms.get(term, ZERO), factor)
            case Scaled(factor, term):
                terms[term] = _plus(terms.get(term, ZERO), factor)
            case Listed():
                raise ValueError
            case _:
                terms[form] = _plus(terms.get(form, ZERO), ONE)
    left = {term: factor for term, factor in terms.items() if not _is_zero(factor)}
    if _is_zero(constant):
        constant = ZERO
    if not left:
        return constant
    if len(left) == 1 and constant == ZERO:
        ((term, factor),) = left.items()
        return _scaled(factor, term)
    return Sum(constant, frozenset(left.items()))


def multiplied(forms: Iterable[Form]) -> Form:
    """Their product."""
    factor: Number = ONE
    exponents: dict[Form, list[Form]] = {}
    for form in forms:
        if isinstance(form, Scaled):
            factor, form = _times(factor, form.factor), form.form
        match form:
            case Fraction() | Inexact():
                factor = _times(factor, form)
            case Product(inner):
                for base, exponent in inner:
                    exponents.setdefault(base, []).append(exponent)
            case Listed():
                raise ValueError
            case _:
                exponents.setdefault(form, []).append(ONE)
    powers: dict[Form, Form] = {}
    for base, several in exponents.items():
        number, left = _reduced(base, added(several))
        factor = _times(factor, number)
        if left != ZERO:
            powers[base] = left
    if _is_zero(factor) or not powers:
        return factor
    return _scaled(factor, _product(powers))


def raised(base: Form, exponent: Form) -> Form:
    """A power."""
    if isinstance(base, Listed) or isinstance(exponent, Listed):
        raise ValueError
    if exponent == ZERO or base == ONE:
        return ONE
    if exponent == ONE:
        return base
    if isinstance(exponent, Fraction):
        whole = exponent.denominator == 1
        match base:
            case Fraction() if whole:
                return _whole_power(base, int(exponent))
            case Fraction() if base == 0 and exponent > 0:
                return ZERO
            case Fraction() if -MOST_FACTORED <= base < 0:
                sign = raised(UNIT, 2 * exponent) if exponent.denominator == 2 else _product({MINUS_ONE: exponent})
                return multiplied((sign, raised(-base, exponent)))
            case Fraction() if 0 < base <= MOST_FACTORED:
                return multiplied(
                    _product({Fraction(prime): exponent * times}) for prime, times in _primes(base).items()
                )
            case Product(powers) if whole:
                return multiplied(
                    raised(one, multiplied((inner, exponent))) if inner != ONE else _product({one: exponent})
                    for one, inner in powers
                )
            case Product(powers) if len(powers) == 1 and abs(inner := _only_exponent(powers)) < 1:
                ((one, _),) = powers
                return raised(one, inner * exponent)
            case Scaled(factor, form) if whole or (isinstance(factor, Fraction) and factor > 0):
                return multiplied((raised(factor, exponent), raised(form, exponent)))
    numbers = [one for one in (base, exponent) if isinstance(one, Inexact | Fraction)]
    if len(numbers) == 2 and any(isinstance(one, Inexact) for one in numbers):
        return Inexact(_float(numbers[0]) ** _float(numbers[1]))
    return multiplied((_product({base: exponent}),))


def applied(function: str, arguments: tuple[Form, ...]) -> Form:
    """A function of something."""
    function = _OTHER_NAMES.get(function, function)
    if len(arguments) != 1:
        return Applied(function, arguments)
    (argument,) = arguments
    if function == "sqrt":
        return raised(argument, HALF)
    if function == "exp":
        return raised(EULER, argument)
    if isinstance(argument, Inexact) and function in _FUNCTIONS:
        return Inexact(_FUNCTIONS[function](argument.value))
    if argument == ZERO and function in ("cos", "cosh"):
        return ONE
    if (argument == ZERO and function in _ODD) or (argument == ONE and function == "log"):
        return ZERO
    turns = _quarter_turns(argument)
    if turns is not None and function in ("sin", "cos"):
        return (ZERO, ONE, ZERO, MINUS_ONE)[(turns + (function == "cos")) % 4]
    if function in _ODD | _EVEN:
        opposite = multiplied((MINUS_ONE, argument))
        if repr(_ordered(opposite)) < repr(_ordered(argument)):
            form = Applied(function, (opposite,))
            return form if function in _EVEN else multiplied((MINUS_ONE, form))
    return Applied(function, arguments)


def _only_exponent(powers: frozenset[tuple[Form, Form]]) -> Fraction:
    """The exponent of a single power; 1 where it is no fraction."""
    ((_, exponent),) = powers
    return exponent if isinstance(exponent, Fraction) else ONE


def _quarter_turns(angle: Form) -> int | None:
    """How many quarters of a turn an angle is, if it is so many."""
    factor = angle.factor if isinstance(angle, Scaled) and angle.form == PI else ONE if angle == PI else None
    if not isinstance(factor, Fraction) or (2 * factor).denominator != 1:
        return None
    return int(2 * factor)


def _plus(one: Number, other: Number) -> Number:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return _bounded(one + other)
    if one == ZERO or other == ZERO:
        return other if one == ZERO else one
    return Inexact(_float(one) + _float(other))


def _times(one: Number, other: Number) -> Number:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return _bounded(one * other)
    if one == ONE or other == ONE:
        return other if one == ONE else one
    return Inexact(_float(one) * _float(other))


def _float(number: Number) -> complex:
    return number.value if isinstance(number, Inexact) else complex(float(number))


def _is_zero(number: Number) -> bool:
    return number == ZERO or (isinstance(number, Inexact) and number.value == 0)


def _bounded(number: Fraction) -> Fraction:
    if number.numerator.bit_length() > MOST_BITS or number.denominator.bit_length() > MOST_BITS:
        raise OverflowError
    return number


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(base) != 1 and size * abs(exponent) > MOST_BITS:
        raise OverflowError
    return Fraction(base**exponent) if abs(base) != 1 else Fraction(base if exponent % 2 else 1)


def _primes(number: Fraction) -> dict[int, int]:
    """How often each prime is in it."""
    times: dict[int, int] = {}
    for whole, step in ((number.numerator, 1), (number.denominator, -1)):
        prime = 2
        while prime * prime <= whole and whole <= MOST_FACTORED:
            while whole % prime == 0:
                times[prime] = times.get(prime, 0) + step
                whole //= prime
            prime += 1
        if whole > 1:
            times[whole] = times.get(whole, 0) + step
    return times


def _reduced(base: Form, exponent: Form) -> tuple[Number, Form]:
    """The number in a power of a whole number or of i, and the exponent that is left."""
    if not isinstance(exponent, Fraction) or not (isinstance(base, Fraction) or base == UNIT):
        return ONE, exponent
    if isinstance(base, Fraction):
        whole = math.floor(exponent)
        return _whole_power(base, whole), exponent - whole
    if exponent.denominator != 1:
        return ONE, exponent
    return (MINUS_ONE if exponent % 4 >= 2 else ONE), exponent % 2


def _product(powers: Mapping[Form, Form]) -> Form:
    if len(powers) == 1:
        ((base, exponent),) = powers.items()
        if exponent == ONE:
            return base
    return Product(frozenset(powers.items()))


def _scaled(factor: Number, form: Form) -> Form:
    if factor == ONE:
        return form
    if isinstance(form, Sum):
        terms = frozenset((term, _times(factor, of)) for term, of in form.terms)
        return Sum(_times(factor, form.constant), terms)
    return Scaled(factor, form)


def _ordered(form: object) -> object:
    """The same for the same form, with its sets in order."""
    match form:
        case frozenset():
            return sorted(map(_ordered, form), key=repr)
        case tuple():
            return [_ordered(one) for one in form]
        case Fraction():
            return form >= 0, form
        case Name() | Inexact():
            return form
        case Scaled(factor, inner):
            return _ordered(inner), _ordered(factor)
        case Applied(name, inner):
            return name, _ordered(inner)
        case Product(inner) | Listed(inner):
            return _ordered(inner)
        case Sum(constant, terms):
            return _ordered(terms), _ordered(constant)
    return form


def _value(form: Form, given: Mapping[str, complex]) -> complex:
    match form:
        case Fraction() | Inexact():
            return _float(form)
        case Name(text, is_constant):
            return _VALUES[form] if is_constant else given[text]
        case Applied(function, (argument,)):
            return _FUNCTIONS[function](_without_minus_zero(_value(argument, given)))
        case Product(powers):
            result = complex(1)
            for base, exponent in powers:
                result *= _without_minus_zero(_value(base, given)) ** _value(exponent, given)
            return result
        case Scaled(factor, inner):
            return _float(factor) * _value(inner, given)
        case Sum(constant, terms):
            return _float(constant) + sum(_float(factor) * _value(term, given) for term, factor in terms)
    raise ValueError


def _without_minus_zero(value: complex) -> complex:
    """A number that is real whichever sign its imaginary 0 has: of a negative one, that would choose the root."""
    return complex(value.real, value.imag + 0.0)


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens: list[re.Match[str]] = []
        self._at = 0
        self._depth = 0
        position, end = 0, len(text.rstrip())
        while position < end:
            token = _TOKEN.match(text, position)
            if token is None:
                raise NotANumber(Fault.UNREADABLE, text[position : position + 20].strip())
            self._tokens.append(token)
            position = token.end()

    def read(self) -> Form:
        form = self._sum()
        if self._at < len(self._tokens):
            self._refuse()
        return form

    def _refuse(self) -> None:
        before = self._tokens[self._at - 1] if self._at else None
        if self._at >= len(self._tokens):
            raise NotANumber(Fault.UNREADABLE)
        token = self._tokens[self._at]
        starts = not token["sign"] or token["sign"] == "("
        if before is not None and starts and (not before["sign"] or before["sign"] == ")"):
            raise NotANumber(Fault.NO_SIGN, before[0].strip(), token[0].strip())
        raise NotANumber(Fault.UNREADABLE, token[0].strip())

    def _sum(self) -> Form:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotANumber(Fault.TOO_LONG)
        terms = [self._terms()]
        while (sign := self._take("+", "-")) is not None:
            term = self._terms()
            terms.append(term if sign == "+" else multiplied((MINUS_ONE, term)))
        self._depth -= 1
        return added(terms) if len(terms) > 1 else terms[0]

    def _terms(self) -> Form:
        factors = [self._signed()]
        while (sign := self._take("*", "/")) is not None:
            factor = self._signed()
            factors.append(factor if sign == "*" else raised(factor, MINUS_ONE))
        return multiplied(factors) if len(factors) > 1 else factors[0]

    def _signed(self) -> Form:
        is_negative = False
        while (sign := self._take("+", "-")) is not None:
            is_negative ^= sign == "-"
        form = self._power()
        return multiplied((MINUS_ONE, form)) if is_negative else form

    def _power(self) -> Form:
        base, times = self._atom(), 0
        while self._take("!") is not None:
            times += 1
            if times > MOST_DEPTH:
                raise NotANumber(Fault.TOO_LONG)
            base = applied("factorial", (base,))
        if self._take("^", "**") is None:
            return base
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotANumber(Fault.TOO_LONG)
        exponent = self._signed()
        self._depth -= 1
        return raised(base, exponent)

    def _atom(self) -> Form:
        if self._at >= len(self._tokens):
            self._refuse()
        token = self._tokens[self._at]
        if token["number"]:
            self._at += 1
            text = token["number"]
            return _bounded(Fraction(int(text))) if text.isdigit() else Inexact(complex(float(text)))
        if token["name"]:
            self._at += 1
            name = token["name"]
            if self._take("(") is not None:
                return applied(name, self._items(")"))
            return _CONSTANTS.get(name, Name(name))
        if token["sign"] == "[":
            self._at += 1
            return Listed(self._items("]"))
        if token["sign"] != "(":
            self._refuse()
        self._at += 1
        form = self._sum()
        if self._take(")") is None:
            self._refuse()
        return form

    def _items(self, end: str) -> tuple[Form, ...]:
        items = [self._sum()]
        while self._take(",") is not None:
            items.append(self._sum())
        if self._take(end) is None:
            self._refuse()
        return tuple(items)

    def _take(self, *signs: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at]["sign"] in signs:
            self._at += 1
            return self._tokens[self._at - 1]["sign"]
        return None
