"""Formulas (`formularesponse`): an expression in variables, right where it has the value of the author's.

Both are computed at points, drawn between the limits that `samples` gives for each variable: `x,y@1,1:5,9#10` says that
x runs from 1 to 5 and y from 1 to 9, and that ten points are tried. At every one the two have to be as near as the
tolerance wants (see `number`). The points come from the learner's seed, so that an answer has the same verdict whenever
it is judged. What may be typed is in `arithmetic`; letter case counts only where `type` has the word `cs`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from lxml import etree

from polylect.exercises import arithmetic, chance, markup, notes, numerals
from polylect.exercises.arithmetic import Expression, Fault, NotANumber, Value
from polylect.exercises.grading import Answer, Examples, Response, Responses, Result, Verdict
from polylect.exercises.kinds.number import (
    BAD_TOLERANCE,
    DEFAULT_TOLERANCE,
    MANY_INPUTS,
    NO_INPUT,
    NO_KEY,
    Tolerance,
    is_stand_in,
    take_tolerance,
    tolerance_of,
)
from polylect.exercises.question import Input, Question, Remark, Situation, Source, Ungradable, Wording, result
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, IssueKind, Place, Severity, declare

NOT_A_FORMULA = declare("exercise-not-a-formula", Severity.ERROR, "Write a formula, such as {example}.")
BRACKETS = declare(
    "exercise-brackets", Severity.ERROR, "In “{typed}” the brackets do not match: each that opens has to close."
)
NO_SIGN = declare(
    "exercise-no-sign",
    Severity.ERROR,
    "Between “{left}” and “{right}” a sign is missing. Write a product with *, as in 2*x.",
)
BARE_SIGN = declare(
    "exercise-bare-sign", Severity.ERROR, "Write brackets around “{found}” and what belongs to it, as in 2^(-x)."
)
NO_ARGUMENT = declare(
    "exercise-no-argument", Severity.ERROR, "Write what “{found}” is taken of in brackets, as in {found}(x)."
)
UNKNOWN_VARIABLE = declare(
    "exercise-unknown-variable", Severity.ERROR, "“{found}” is not one of the variables here: {known}."
)
UNKNOWN_FUNCTION = declare(
    "exercise-unknown-function", Severity.ERROR, "“{found}” is not one of the functions here: {known}."
)
NO_VALUE = declare(
    "exercise-no-value",
    Severity.ERROR,
    "“{typed}” has no value: it divides by zero, is too large, or takes a factorial of what is not a whole number.",
)
NOT_COMPUTED = declare(
    "exercise-not-computed",
    Severity.ERROR,
    "This answer has no value for some of the numbers that it is tried with, so it was not graded. No attempt was"
    " used.",
)
NOT_SENT = declare("exercise-not-sent", Severity.ERROR, "No answer to this question arrived. Send it again.")
BAD_SAMPLES = declare(
    "exercise-bad-samples",
    Severity.ERROR,
    "Question {question} has the samples “{found}”; expected are variables, a lower and an upper limit for each, and a"
    " number of points, such as x,y@1,1:5,9#10. It is not graded.",
)
NO_POINTS = declare(
    "exercise-no-points",
    Severity.WARNING,
    "Question {question} has the samples “{found}”, which try formulas nowhere: every answer is right, as in Open edX.",
)
BAD_FORMULA = declare(
    "exercise-bad-formula",
    Severity.ERROR,
    "Question {question} has the answer “{found}”, which is no formula in {known}; it is not graded.",
)
BAD_CASE = declare(
    "exercise-bad-case",
    Severity.WARNING,
    "Question {question} has the type “{found}”; cs and ci are known, and letter case does not count now.",
)
BAD_FORMULA_HINT = declare(
    "exercise-bad-formula-hint",
    Severity.WARNING,
    "Question {question} has a formulahint “{found}” whose answer or samples cannot be read; it never shows.",
)

MOST_POINTS = 200
"""As many points as are tried, whatever is asked for."""
_SHOWN_FUNCTIONS = "sqrt, exp, ln, log10, log2, abs, fact, sin, cos, tan, arcsin, arccos, arctan, sinh, cosh, tanh"
"""Those that a learner is told of; there are more."""


@dataclass(frozen=True)
class Samples:
    """Where formulas are compared: each variable with its limits, and the number of points."""

    ranges: tuple[tuple[str, float, float], ...]
    count: int

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.ranges)


@dataclass(frozen=True)
class Key:
    """A formula, and where it is compared with others."""

    text: str
    samples: Samples
    keeps_case: bool

    def known(self) -> frozenset[str]:
        """The names of its variables, as `arithmetic` wants them."""
        return frozenset(name if self.keeps_case else name.lower() for name in self.samples.names)

    def read(self, text: str) -> Expression:
        """A formula in these variables. Raises NotANumber."""
        expression = arithmetic.read(text, keeps_case=self.keeps_case)
        unknown = expression.unknown(self.known())
        if unknown:
            raise NotANumber(Fault.UNKNOWN_VARIABLE, *unknown)
        return expression

    def has_same_values(self, text: str, tolerance: Tolerance, seed: int, code: str) -> bool:
        """Whether a formula is as near as the tolerance wants, at each point. Raises NotANumber where it has no value,
        and Ungradable where the key has none."""
        points = _points(self, seed, code)
        if not points:
            return True
        expression = self.read(text)
        values = [expression.value(point) for point in points]
        return all(
            tolerance.allows(value, wanted) for value, wanted in zip(values, _values(self, seed, code), strict=True)
        )


@dataclass(frozen=True)
class FormulaHint:
    """Feedback on answers that equal a formula; more than one may lead to it."""

    keys: tuple[Key, ...]
    remark: Remark


@dataclass(frozen=True)
class Formula(Question):
    """A question for a formula."""

    tag: ClassVar[str] = "formularesponse"
    input_tags: ClassVar[tuple[str, ...]] = ("formulaequationinput", "textline")

    right: Key
    tolerance: Tolerance
    hints: tuple[FormulaHint, ...] = ()

    @classmethod
    def parse(cls, source: Source) -> "Formula":
        if len(source.input_elements) != 1:
            source.refuse(MANY_INPUTS if source.input_elements else NO_INPUT)
        keeps_case = _keeps_case(source)
        samples = _samples(source)
        right = Key(source.attribute("answer"), samples, keeps_case)
        is_known = not any(is_stand_in(source, source.element, name) for name in ("answer", "samples"))
        if is_known and not _is_sound(right):
            source.refuse(BAD_FORMULA, found=right.text, known=", ".join(samples.names) or "numbers")
        tolerance = _tolerance(source)
        hints = _hints(source, keeps_case)
        (element,) = source.input_elements
        common = source.common(element, source.code)
        source.put_input(element, Input(source.code, FieldKind.TEXT, input_mode="text", **common))
        return cls(source.finish(), right, tolerance, hints)

    @property
    def key(self) -> object:
        return self.right, self.tolerance

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        """As of any question; but a form with nothing at all in it, not even a blank field, was sent by mistake."""
        if not any(raw.values()):
            return [Response(self.code)], [NOT_SENT.at(Place(), field=self.code)]
        return super().read_all(raw, language)

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        text = typed[0].strip() if typed else ""
        if not text or not self.right.samples.count:
            return Response(input.code, typed, (text,)), None
        ascii_text = numerals.formula_in_ascii(text, language).strip() if language else text
        response = Response(input.code, typed, (ascii_text,))
        try:
            expression = self.right.read(ascii_text)
            for point in _points(self.right, 1, self.code):
                expression.value(point)
        except NotANumber as refusal:
            return response, self._unreadable(refusal, input, text)
        return response, None

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        text = responses.of(self.code).text
        if not text and self.right.samples.count:
            return (result(self.inputs[0], Verdict.INCORRECT),)
        verdict = Verdict.CORRECT if self._is_same(text, self.right, situation.seed) else Verdict.INCORRECT
        remark = self._remark(text, situation.seed)
        feedback = [] if remark is None else [situation.wording.feedback(remark)]
        return (result(self.inputs[0], verdict, feedback),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, texts=(Words(self.right.text.strip()),)),)

    def examples(self) -> tuple[Examples, ...]:
        tried = {text: self._tried(text) for text in (self.right.text, "0", "1", f"({self.right.text})+1", "1e999")}
        right = [text for text, verdict in tried.items() if verdict is True]
        wrong = [text for text, verdict in tried.items() if verdict is False]
        return (Examples(self.code, tuple(right[:1]), tuple(wrong[:1]) or None, ("(",)),)

    def _tried(self, text: str) -> bool | None:
        """Whether a text is right; None where it cannot be judged."""
        if self.read(self.inputs[0], (text,), "")[1] is not None:
            return None
        try:
            return self._is_same(text, self.right, 1)
        except Ungradable:
            return None

    def _is_same(self, text: str, key: Key, seed: int) -> bool:
        try:
            return key.has_same_values(text, self.tolerance, seed, self.code)
        except NotANumber:
            raise Ungradable(NOT_COMPUTED) from None

    def _remark(self, text: str, seed: int) -> Remark | None:
        """The author's words on this answer: the last that fit, as in Open edX."""
        for hint in reversed(self.hints):
            for key in hint.keys:
                try:
                    if self._is_same(text, key, seed):
                        return hint.remark
                except Ungradable:
                    continue
        return None

    def _unreadable(self, refusal: NotANumber, input: Input, typed: str) -> Issue:
        """What a learner is told who wrote what cannot be read."""
        kind, params = _told(refusal, self.right)
        return kind.at(Place(), field=input.code, typed=typed, **params)


def _told(refusal: NotANumber, key: Key) -> tuple[IssueKind, Mapping[str, object]]:
    names = [name for name in key.samples.names if name]
    found, *more = refusal.found or ("",)
    known_functions = {"known": _SHOWN_FUNCTIONS, "found": found}
    match refusal.fault:
        case Fault.BRACKETS:
            return BRACKETS, {}
        case Fault.NO_SIGN if found.lower() in arithmetic.FUNCTIONS:
            return NO_ARGUMENT, {"found": found}
        case Fault.NO_SIGN:
            return NO_SIGN, {"left": found, "right": more[0]}
        case Fault.BARE_SIGN:
            return BARE_SIGN, {"found": found + more[0]}
        case Fault.UNKNOWN_FUNCTION if found in names:
            return NO_SIGN, {"left": found, "right": "("}
        case Fault.UNKNOWN_FUNCTION:
            return UNKNOWN_FUNCTION, known_functions
        case Fault.UNKNOWN_VARIABLE if found.lower() in arithmetic.FUNCTIONS:
            return NO_ARGUMENT, {"found": found}
        case Fault.UNKNOWN_VARIABLE:
            return UNKNOWN_VARIABLE, {
                "found": ", ".join(refusal.found),
                "known": ", ".join(dict.fromkeys([*names, "e", "pi"])),
            }
        case Fault.NO_VALUE:
            return NO_VALUE, {}
    return NOT_A_FORMULA, {"example": f"2*{names[0]}+1" if names else "2*pi+1"}


def samples_of(text: str) -> Samples:
    """Where formulas are compared, as an author writes it: at no point, perhaps. Raises ValueError."""
    before, _, behind = text.partition("@")
    limits, _, behind = behind.partition("@")[0].partition("#")
    count = int(behind.partition("#")[0])
    ranges = list(zip(*[[float(limit) for limit in side.split(",")] for side in limits.split(":")], strict=False))
    if any(len(pair) != 2 for pair in ranges):
        raise ValueError(text)
    named = dict(zip(before.split(","), ranges, strict=False))
    return Samples(tuple((name, *pair) for name, pair in named.items()), min(max(count, 0), MOST_POINTS))


@lru_cache(maxsize=256)
def _points(key: Key, seed: int, code: str) -> tuple[Mapping[str, Value], ...]:
    """The points at which a formula is compared with this one."""
    names = [name if key.keeps_case else name.lower() for name in key.samples.names]
    ranges = [(low, high) for _, low, high in key.samples.ranges]
    drawn = chance.points(seed, code, ranges, key.samples.count)
    return tuple(arithmetic.CONSTANTS | dict(zip(names, point, strict=True)) for point in drawn)


@lru_cache(maxsize=1024)
def _values(key: Key, seed: int, code: str) -> tuple[Value, ...]:
    """The values of the key at these points. Raises Ungradable."""
    try:
        expression = key.read(key.text)
        return tuple(expression.value(point) for point in _points(key, seed, code))
    except NotANumber:
        raise Ungradable(NO_KEY) from None


def _is_sound(key: Key) -> bool:
    try:
        _values(key, 1, "")
    except Ungradable:
        return False
    return True


def _keeps_case(source: Source) -> bool:
    """Whether letter case counts. Open edX knows the words only as they are, and `ci` wins."""
    written = source.attribute("type")
    words = written.split(",")
    if not source.follows_open_edx:
        words = [word.strip().lower() for word in words]
    if written and not {"cs", "ci"} & set(words):
        source.warn(BAD_CASE, found=written)
    return "cs" in words and "ci" not in words


def _samples(source: Source) -> Samples:
    text = source.attribute("samples")
    try:
        samples = samples_of(text)
        if not samples.count and not source.follows_open_edx:
            raise ValueError(text)
    except ValueError:
        if is_stand_in(source, source.element, "samples"):
            return Samples((), 1)
        source.refuse(BAD_SAMPLES, found=text)
    if not samples.count:
        source.warn(NO_POINTS, found=text)
    if source.follows_open_edx:
        return samples
    return Samples(tuple((name.strip(), low, high) for name, low, high in samples.ranges), samples.count)


def _tolerance(source: Source) -> Tolerance:
    element = take_tolerance(source)
    text = DEFAULT_TOLERANCE if element is None else source.get(element, "default")
    try:
        return tolerance_of(text, is_plain=False)
    except ValueError:
        if element is None or not is_stand_in(source, element, "default"):
            source.refuse(BAD_TOLERANCE, element, found=text)
        return Tolerance(1, "absolute")


def _hints(source: Source, keeps_case: bool) -> tuple[FormulaHint, ...]:
    """`formulahint` conditions with names, and a `hintpart` on each."""
    hints: list[FormulaHint] = []
    number = 0
    for group in source.element.findall("hintgroup"):
        keys: dict[str, list[Key]] = {}
        for element in group.findall("formulahint"):
            key = _hint_key(source, element, keeps_case)
            if key is not None:
                keys.setdefault(element.get("name", ""), []).append(key)
        for element in group.findall("hintpart"):
            number += 1
            on = keys.get(element.get("on", ""), [])
            note = notes.written(notes.WHEN_EQUAL, answer=on[0].text) if on else ""
            remark = source.remark(f"{source.code}.part.{number}.feedback", element, note)
            if remark is not None and on:
                hints.append(FormulaHint(tuple(on), remark))
        markup.drop(group)
    return tuple(hints)


def _hint_key(source: Source, element: etree._Element, keeps_case: bool) -> Key | None:
    text = source.get(element, "answer")
    try:
        key = Key(text, samples_of(source.get(element, "samples")), keeps_case)
    except ValueError:
        key = None
    if key is not None and _is_sound(key):
        return key
    if not any(is_stand_in(source, element, name) for name in ("answer", "samples")):
        source.warn(BAD_FORMULA_HINT, element, found=text)
    return None
