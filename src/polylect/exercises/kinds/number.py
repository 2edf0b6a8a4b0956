"""Numbers: with a tolerance, or in a range (`numericalresponse`).

The tolerance is a number, or a percentage of the answer; without one, 0.001 % of the larger of answer and
response. A range is `[1,5)`: square brackets let the limit in. What a learner may type is in `arithmetic`,
how a language writes it in `numerals`.
"""

import cmath
import math
import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from lxml import etree

from polylect.exercises import arithmetic, markup, numerals
from polylect.exercises.arithmetic import NotANumber, Value
from polylect.exercises.grading import Answer, Examples, Feedback, Response, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import BAD_CREDIT
from polylect.exercises.question import Input, Question, Remark, Situation, Source, Wording, result
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare

NOT_A_NUMBER = declare("exercise-not-a-number", Severity.ERROR, "Write a number, such as {example}.")
NOT_REAL = declare("exercise-not-real", Severity.ERROR, "Write a real number, such as {example}.")
NO_INPUT = declare("exercise-no-input", Severity.ERROR, "Question {question} has nowhere to answer; it is not graded.")
BAD_ANSWER = declare(
    "exercise-bad-answer",
    Severity.ERROR,
    "Question {question} has the answer “{found}”; expected is a number, or a range such as [1,5). It is not graded.",
)
MORE_LIMITS = declare(
    "exercise-more-limits", Severity.WARNING, "Question {question} has the range “{found}”; its first two limits count."
)
BAD_TOLERANCE = declare(
    "exercise-bad-tolerance",
    Severity.ERROR,
    "Question {question} has the tolerance “{found}”, where a number or a percentage is expected; it is not graded.",
)
OLD_HINTS = declare(
    "exercise-old-hints",
    Severity.WARNING,
    "Question {question} has a hintgroup, which numbers never showed; it is left out.",
)

DEFAULT_TOLERANCE = "0.001%"
PARTIAL_SHARE = 0.5
"""What a close answer, or one of the listed ones, earns; an answer close to a listed one earns the half of
it."""
_RANGE = re.compile(r"([\[(])(.*)([\])])", re.DOTALL)


@dataclass(frozen=True)
class Tolerance:
    """How far from the answer still counts:

    an amount, a share of the answer, or a share of the larger of the two.
    """

    amount: float
    kind: str
    """`absolute`, `share` or `larger`."""

    def allows(self, value: Value, answer: Value) -> bool:
        """Whether the value is near enough; exactly at the limit is."""
        if _is_infinite(value) or _is_infinite(answer):
            return value == answer
        size = {"absolute": 1.0, "share": abs(answer)}.get(self.kind, max(abs(value), abs(answer)))
        limit = self.amount * size
        if math.isnan(limit):
            return False
        if value.imag or answer.imag:
            return abs(value - answer) <= limit
        if math.isnan(value.real) or math.isnan(answer.real):
            return False
        return abs(_decimal(value.real) - _decimal(answer.real)) <= _decimal(limit)

    def widened(self, factor: float) -> "Tolerance":
        return Tolerance(self.amount * factor, self.kind)


_AS_FLOATS_CAN_TELL = Tolerance(sys.float_info.epsilon, "larger")


@dataclass(frozen=True)
class Range:
    """From one limit to another. A limit that is let in counts, as exactly as floats can tell."""

    low: float
    high: float
    has_low: bool
    has_high: bool

    def holds(self, value: float) -> bool:
        is_in = self.at_limit(value)
        return self.low < value < self.high if is_in is None else is_in

    def is_near(self, value: float, widths: float) -> bool:
        """Whether the value lies outside by less than so many widths of the range. A limit left out does not."""
        extra = widths * (self.high - self.low)
        return self.at_limit(value) is None and self.low - extra < value < self.high + extra

    def at_limit(self, value: float) -> bool | None:
        """For a value at one of the limits, whether that one is let in; None elsewhere."""
        for limit, is_in in ((self.low, self.has_low), (self.high, self.has_high)):
            if _AS_FLOATS_CAN_TELL.allows(value, limit):
                return is_in
        return None


@dataclass(frozen=True)
class Number(Question):
    """A question for a number."""

    tag: ClassVar[str] = "numericalresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("formulaequationinput", "textline")

    answer: Value | Range
    written: str
    """The answer as its author wrote it."""
    tolerance: Tolerance
    also: tuple[tuple[Value, Remark | None], ...]
    """Other answers that are right, exactly as they are."""
    remark: Remark | None
    schemes: frozenset[str] = frozenset()
    partial_factor: float = 2
    listed: tuple[Value, ...] = ()
    """Answers that are partly right."""

    @classmethod
    def parse(cls, source: Source) -> "Number":
        if not source.input_elements:
            source.refuse(NO_INPUT)
        schemes = source.words("partial_credit")
        if schemes - {"list", "close"}:
            found = source.attribute("partial_credit")
            source.refuse(BAD_CREDIT, found=found, expected="list, close, false")
        written = markup.folded(source.attribute("answer"))
        answer = _answer(source, written)
        remark = source.remark(
            f"{source.code}.feedback", source.element.find("correcthint"), "when the answer is right"
        )
        factor, listed = _partly(source)
        also = _also(source)
        tolerance = _tolerance(source)
        for group in source.element.findall("hintgroup"):
            source.warn(OLD_HINTS, group)
            markup.drop(group)
        element = source.input_elements[0]
        common = source.common(element, source.code)
        source.put_input(element, Input(source.code, FieldKind.TEXT, input_mode="text", **common))
        return cls(source.finish(), answer, written, tolerance, also, remark, schemes, factor, listed)

    @property
    def key(self) -> object:
        also = [value for value, _ in self.also]
        return self.answer, self.tolerance, also, sorted(self.schemes), self.partial_factor, self.listed

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        text = typed[0].strip() if typed else ""
        if not text:
            return Response(input.code, typed), None
        ascii_text = numerals.in_ascii(text, language).strip() if language else text
        response = Response(input.code, typed, (ascii_text,))
        try:
            value = arithmetic.evaluate(ascii_text)
        except NotANumber:
            return response, _unreadable(NOT_A_NUMBER, input, text, language)
        if isinstance(self.answer, Range) and isinstance(value, complex):
            return response, _unreadable(NOT_REAL, input, text, language)
        return response, None

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        verdict, points, remark = self._judge(responses.of(self.code).text)
        feedback: list[Feedback] = [] if remark is None else [situation.wording.feedback(remark)]
        return (result(self.inputs[0], verdict, feedback, points),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, texts=(Words(self.written),)),)

    def examples(self) -> tuple[Examples, ...]:
        tried = [0.0, 1.0, 1e300, -1e300]
        if isinstance(self.answer, Range):
            tried += [self.answer.low, self.answer.high, (self.answer.low + self.answer.high) / 2]
        else:
            tried += [self.answer.real]
        texts = [repr(value) for value in tried if math.isfinite(value)] + ["1e999", "-1e999", self.written]
        right = [text for text in texts if self._judge(text)[0] is Verdict.CORRECT]
        wrong = [text for text in texts if self._judge(text)[0] is Verdict.INCORRECT and self._is_read(text)]
        return (Examples(self.code, tuple(right[:1]), tuple(wrong[:1]) or None, ("?",)),)

    def _is_read(self, text: str) -> bool:
        return self.read(self.inputs[0], (text,), "")[1] is None

    def _judge(self, text: str) -> tuple[Verdict, float | None, Remark | None]:
        try:
            value = arithmetic.evaluate(text)
        except NotANumber:
            return Verdict.INCORRECT, None, None
        if self._accepts(value):
            return Verdict.CORRECT, None, self.remark
        for also, remark in self.also:
            if value == also:
                return Verdict.CORRECT, None, remark
        share = self._share(value)
        if share:
            return Verdict.PARTLY, share * self.inputs[0].possible, None
        return Verdict.INCORRECT, None, None

    def _accepts(self, value: Value) -> bool:
        if isinstance(self.answer, Range):
            return not isinstance(value, complex) and self.answer.holds(value)
        return self.tolerance.allows(value, self.answer)

    def _share(self, value: Value) -> float:
        """The share of the points that an answer earns which is not right."""
        is_close_paid = "close" in self.schemes
        if isinstance(self.answer, Range):
            is_near = not isinstance(value, complex) and self.answer.is_near(value, self.partial_factor)
            return PARTIAL_SHARE if is_close_paid and is_near else 0
        wider = self.tolerance.widened(self.partial_factor)
        if is_close_paid and wider.allows(value, self.answer):
            return PARTIAL_SHARE
        for listed in self.listed if "list" in self.schemes else ():
            if self.tolerance.allows(value, listed):
                return PARTIAL_SHARE
            if is_close_paid and wider.allows(value, listed):
                return PARTIAL_SHARE / 2
        return 0


def _unreadable(kind: object, input: Input, typed: str, language: str) -> Issue:
    kind = NOT_REAL if kind is NOT_REAL else NOT_A_NUMBER
    return kind.at(Place(), example=numerals.example(language), field=input.code, typed=typed)


def _is_infinite(value: Value) -> bool:
    return cmath.isinf(value)


def _decimal(value: float) -> Decimal:
    """The number as its shortest text says it, so that 0.3 is 0.3 exactly."""
    return Decimal(repr(float(value)))


def _staff_number(text: str) -> Value:
    """A number in an author's file: as Python writes it, else as a learner may. Raises NotANumber."""
    try:
        value = complex(text.strip())
    except ValueError:
        return arithmetic.evaluate(text)
    return value if value.imag else value.real


def _answer(source: Source, written: str) -> Value | Range:
    found = _RANGE.fullmatch(written)
    try:
        if found is None:
            return _staff_number(written)
        limits = [_staff_number(part) for part in found[2].split(",")]
    except NotANumber:
        source.refuse(BAD_ANSWER, found=written)
    if len(limits) < 2 or any(isinstance(limit, complex) for limit in limits):
        source.refuse(BAD_ANSWER, found=written)
    if len(limits) > 2:
        source.warn(MORE_LIMITS, found=written)
    low, high = (limit.real for limit in limits[:2])
    return Range(low, high, found[1] == "[", found[3] == "]")


def _tolerance(source: Source) -> Tolerance:
    element = next((one for one in source.element.iter("responseparam") if one.get("type") == "tolerance"), None)
    text = DEFAULT_TOLERANCE if element is None else element.get("default", DEFAULT_TOLERANCE)
    for one in list(source.element.iter("responseparam")):
        markup.drop(one)
    is_share = text.strip().endswith("%")
    try:
        amount = float(text.strip().removesuffix("%")) * (0.01 if is_share else 1)
    except ValueError:
        source.refuse(BAD_TOLERANCE, element, found=text)
    if text.strip() == DEFAULT_TOLERANCE:
        return Tolerance(amount, "larger")
    return Tolerance(amount, "share" if is_share else "absolute")


def _also(source: Source) -> tuple[tuple[Value, Remark | None], ...]:
    also = []
    for number, element in enumerate(source.element.findall("additional_answer"), start=1):
        written = element.get("answer") or markup.inner_text(element)
        remark = source.remark(
            f"{source.code}.also.{number}.feedback", element.find("correcthint"), "when the answer is right"
        )
        try:
            also.append((_staff_number(written), remark))
        except NotANumber:
            source.warn(BAD_ANSWER, element, found=written)
        markup.drop(element)
    return tuple(also)


def _partly(source: Source) -> tuple[float, tuple[Value, ...]]:
    """The factor of the wider tolerance, and the listed answers that are partly right."""
    factor, listed = 2.0, list[Value]()
    for element in list(source.element.iter("responseparam")):
        try:
            factor = float(element.get("partial_range", factor))
            listed += [_staff_number(part) for part in element.get("partial_answers", "").split(",") if part.strip()]
        except (NotANumber, ValueError):
            source.refuse(BAD_ANSWER, element, found=etree.tostring(element, encoding="unicode", with_tail=False))
    return factor, tuple(listed)
