"""Numbers: with a tolerance, or in a range (`numericalresponse`).

The tolerance is a number, or a percentage of the answer; without one, 0.001 % of the larger of answer and
response. A range is `[1,5)`: square brackets let the limit in. What a learner may type is in `arithmetic`,
how a language writes it in `numerals`.
"""

import cmath
import math
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from lxml import etree

from polylect.exercises import arithmetic, markup, notes, numerals
from polylect.exercises.arithmetic import NotANumber, Value
from polylect.exercises.grading import Answer, Examples, Feedback, Response, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import BAD_CREDIT
from polylect.exercises.question import Input, Question, Remark, Situation, Source, Ungradable, Wording, result
from polylect.exercises.scripts import is_open
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, IssueKind, Place, Severity, declare

NOT_A_NUMBER = declare("exercise-not-a-number", Severity.ERROR, "Write a number, such as {example}.")
NOT_REAL = declare("exercise-not-real", Severity.ERROR, "Write a real number, such as {example}.")
NO_INPUT = declare("exercise-no-input", Severity.ERROR, "Question {question} has nowhere to answer; it is not graded.")
MANY_INPUTS = declare(
    "exercise-many-inputs",
    Severity.ERROR,
    "Question {question} has several places to answer, where one is possible; it is not graded.",
)
BAD_ANSWER = declare(
    "exercise-bad-answer",
    Severity.ERROR,
    "Question {question} has the answer “{found}”; expected is a number, or a range such as [1,5). It is not graded.",
)
BAD_ALSO = declare(
    "exercise-bad-also",
    Severity.ERROR,
    "Question {question} has the additional answer “{found}”; expected is a number. Answers that are not right before"
    " it comes to that cannot be graded.",
)
BAD_PARTIAL = declare(
    "exercise-bad-partial",
    Severity.ERROR,
    "Question {question} gives part of the points by “{found}”, where numbers are expected; it is not graded.",
)
NONE_LISTED = declare(
    "exercise-none-listed",
    Severity.ERROR,
    "Question {question} gives part of the points for listed answers, and lists none in partial_answers.",
)
MORE_LIMITS = declare(
    "exercise-more-limits", Severity.WARNING, "Question {question} has the range “{found}”; its first two limits count."
)
BACKWARD = declare(
    "exercise-backward-range",
    Severity.WARNING,
    "Question {question} has the range “{found}”, whose first limit is the larger one.",
)
BAD_TOLERANCE = declare(
    "exercise-bad-tolerance",
    Severity.ERROR,
    "Question {question} has the tolerance “{found}”, where a number or a percentage is expected; it is not graded.",
)
NO_KEY = declare(
    "exercise-no-key",
    Severity.ERROR,
    "The author’s answer to this cannot be computed, so yours was not graded. No attempt was used.",
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
_SURE = 1e-14
"""How far from the limit, by the size of the numbers, floats can be trusted to tell near from far."""


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
        if cmath.isinf(value) or cmath.isinf(answer):
            return value == answer
        larger = max(arithmetic.size(value), arithmetic.size(answer))
        if math.isinf(larger):  # no float measures a complex number as large as this; a part of it can be
            part = replace(self, amount=self.amount * _PART) if self.kind == "absolute" else self
            return part.allows(value * _PART, answer * _PART)
        limit = self.amount * {"absolute": 1.0, "share": arithmetic.size(answer)}.get(self.kind, larger)
        if math.isnan(limit):
            return False
        if value.imag or answer.imag:
            return arithmetic.size(value - answer) <= limit
        distance = abs(value.real - answer.real)
        unsure = _SURE * (abs(value.real) + abs(answer.real) + abs(limit))
        if not abs(distance - limit) <= unsure:
            return distance < limit
        return abs(_decimal(value.real) - _decimal(answer.real)) <= _decimal(limit)


_PART = 1 / 16
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
class Also:
    """Another right answer. None: it cannot be read."""

    value: Value | None
    written: str
    remark: Remark | None


@dataclass(frozen=True)
class Number(Question):
    """A question for a number."""

    tag: ClassVar[str] = "numericalresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("formulaequationinput", "textline")

    answer: Value | Range
    written: str
    """The answer as its author wrote it."""
    tolerance: Tolerance
    wider: Tolerance
    """How far from the answer is still close."""
    also: tuple[Also, ...]
    remark: Remark | None
    schemes: frozenset[str] = frozenset()
    partial_factor: float = 2
    listed: tuple[Value, ...] | None = ()
    """Answers that are partly right. None: the author forgot to list them."""
    follows_open_edx: bool = True
    is_judged: bool = True
    """False: old hints stand in it, with which Open edX fails on every answer."""

    @classmethod
    def parse(cls, source: Source) -> "Number":
        if len(source.input_elements) != 1:
            source.refuse(MANY_INPUTS if source.input_elements else NO_INPUT)
        schemes = source.words("partial_credit")
        if schemes - {"list", "close"}:
            found = source.attribute("partial_credit")
            source.refuse(BAD_CREDIT, found=found, expected="list, close, false")
        written = markup.folded(source.attribute("answer"))
        answer = _answer(source, written)
        inner: dict[object, list[etree._Element]] = {}
        for child in source.element:
            inner.setdefault(child.tag, []).append(child)
        hint = next(iter(inner.get("correcthint", ())), None)
        remark = source.remark(f"{source.code}.feedback", hint, notes.WHEN_RIGHT.text)
        params = inner.get("responseparam", [])
        factor, listed = _partly(source, params, is_listed="list" in schemes)
        also = _also(source, inner.get("additional_answer", []))
        tolerance, wider = _tolerances(source, factor, is_needed=not isinstance(answer, Range))
        is_judged = True
        for group in inner.get("hintgroup", ()):
            fails = group.find("numericalhint") is not None and group.find("hintpart") is not None
            is_judged = is_judged and not (fails and source.follows_open_edx)
            source.warn(OLD_HINTS, group)
            markup.drop(group)
        element = source.input_elements[0]
        common = source.common(element, source.code)
        source.put_input(element, Input(source.code, FieldKind.TEXT, input_mode="text", **common))
        return cls(
            source.finish(),
            answer,
            written,
            tolerance,
            wider,
            also,
            remark,
            schemes,
            factor,
            listed,
            source.follows_open_edx,
            is_judged,
        )

    @property
    def key(self) -> object:
        also = [one.value for one in self.also]
        return self.answer, self.tolerance, also, sorted(self.schemes), self.partial_factor, self.listed

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        text = typed[0].strip() if typed else ""
        if not text:
            return Response(input.code, typed), None
        ascii_text = numerals.formula_in_ascii(text, language).strip() if language else text
        response = Response(input.code, typed, (ascii_text,))
        try:
            value = arithmetic.evaluate(ascii_text)
        except NotANumber:
            return response, _unreadable(NOT_A_NUMBER, input, text, language)
        if isinstance(self.answer, Range) and isinstance(value, complex):
            return response, _unreadable(NOT_REAL, input, text, language)
        return response, None

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        if not self.is_judged:
            raise Ungradable(NO_KEY)
        response = responses.of(self.code)
        verdict, points, remark = Verdict.INCORRECT, None, None
        if response.typed or response.read:
            verdict, points, remark = self._judge(response.text)
        feedback: list[Feedback] = [] if remark is None else [situation.wording.feedback(remark)]
        return (result(self.inputs[0], verdict, feedback, points),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        written = [self.written, *(one.written for one in self.also if one.value is not None)]
        return (Answer(self.code, texts=tuple(map(Words, written))),)

    def examples(self) -> tuple[Examples, ...]:
        if not self.is_judged:
            return ()
        tried = [0.0, 1.0, 1e300, -1e300]
        if isinstance(self.answer, Range):
            tried += [self.answer.low, self.answer.high, (self.answer.low + self.answer.high) / 2]
        else:
            tried += [self.answer.real]
        texts = [repr(value) for value in tried if math.isfinite(value)] + ["1e999", "-1e999", self.written]
        judged = [(text, self._tried(text)) for text in texts if self._is_read(text)]
        right = [text for text, verdict in judged if verdict is Verdict.CORRECT]
        wrong = [text for text, verdict in judged if verdict is Verdict.INCORRECT]
        return (Examples(self.code, tuple(right[:1]), tuple(wrong[:1]) or None, ("?",)),)

    def _is_read(self, text: str) -> bool:
        return self.read(self.inputs[0], (text,), "")[1] is None

    def _tried(self, text: str) -> Verdict | None:
        try:
            return self._judge(text)[0]
        except Ungradable:
            return None

    def _judge(self, text: str) -> tuple[Verdict, float | None, Remark | None]:
        """The verdict on a text; a blank one is no number, and goes the way of all others."""
        try:
            value = arithmetic.evaluate(text) if text else math.nan
        except NotANumber:
            return Verdict.INCORRECT, None, None
        if self._accepts(value):
            return Verdict.CORRECT, None, self.remark
        if not self.follows_open_edx and (also := self._also(value)) is not None:
            return Verdict.CORRECT, None, also.remark
        share = self._share(value)
        if share:
            return Verdict.PARTLY, share * self.inputs[0].right_points, None
        if self.follows_open_edx and (also := self._also(value)) is not None:
            return Verdict.CORRECT, None, also.remark
        return Verdict.INCORRECT, None, None

    def _accepts(self, value: Value) -> bool:
        if isinstance(self.answer, Range):
            return not isinstance(value, complex) and self.answer.holds(value)
        return self.tolerance.allows(value, self.answer)

    def _also(self, value: Value) -> Also | None:
        """The other answer that this is. Open edX does not get past one that cannot be read."""
        for also in self.also:
            if also.value is None and self.follows_open_edx:
                raise Ungradable(NO_KEY)
            if also.value is not None and self._is_also(value, also.value):
                return also
        return None

    def _is_also(self, value: Value, also: Value) -> bool:
        """Whether this is another right answer: in Open edX, no tolerance is for it."""
        return value == also if self.follows_open_edx else self.tolerance.allows(value, also)

    def _share(self, value: Value) -> float:
        """The share of the points that an answer earns which is not right."""
        is_close_paid = "close" in self.schemes
        if isinstance(self.answer, Range):
            is_near = not isinstance(value, complex) and self.answer.is_near(value, self.partial_factor)
            return PARTIAL_SHARE if is_close_paid and is_near else 0
        if self.listed is None and self.follows_open_edx:
            raise Ungradable(NO_KEY)
        if is_close_paid and self.wider.allows(value, self.answer):
            return PARTIAL_SHARE
        for listed in (self.listed or ()) if "list" in self.schemes else ():
            if self.tolerance.allows(value, listed):
                return PARTIAL_SHARE
            if is_close_paid and self.wider.allows(value, listed):
                return PARTIAL_SHARE / 2
        return 0


def is_stand_in(source: Source, element: etree._Element, name: str) -> bool:
    """Whether an attribute holds a variable whose value nobody knows yet: what is wrong with it is no mistake."""
    return not source.is_prepared and is_open(element.get(name, ""))


def tolerance_of(text: str, *, is_plain: bool = True) -> Tolerance:
    """A tolerance as an author writes it; `is_plain`: no sum may stand in it. Raises ValueError."""
    text = text.strip()
    number = text.removesuffix("%")
    if is_plain:
        float(number)
    amount = arithmetic.evaluate(number)
    if isinstance(amount, complex):
        raise NotANumber(arithmetic.Fault.NO_VALUE)
    if not text.endswith("%"):
        return Tolerance(amount, "absolute")
    return Tolerance(amount * 0.01, "larger" if text == DEFAULT_TOLERANCE else "share")


def take_tolerance(source: Source) -> etree._Element | None:
    """Takes the elements with parameters; gives the one that holds the tolerance."""
    found = None
    for one in list(source.element.iter("responseparam")):
        if found is None and one.get("type") == "tolerance" and one.get("default") is not None:
            found = one
        markup.drop(one)
    return found


def _unreadable(kind: IssueKind, input: Input, typed: str, language: str) -> Issue:
    return kind.at(Place(), example=numerals.example(language), field=input.code, typed=typed)


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
    try:
        if not (written.startswith(("[", "(")) and written.endswith(("]", ")"))):
            return _staff_number(written)
        limits = [_staff_number(part) for part in written[1:-1].split(",")]
    except NotANumber:
        limits = []
    if len(limits) < 2 or any(isinstance(limit, complex) for limit in limits[:2]):
        if is_stand_in(source, source.element, "answer"):
            return 1.0
        source.refuse(BAD_ANSWER, found=written)
    if len(limits) > 2:
        source.warn(MORE_LIMITS, found=written)
    low, high = (limit.real for limit in limits[:2])
    if low > high:
        source.warn(BACKWARD, found=written)
        if not source.follows_open_edx:
            return Range(high, low, written.endswith("]"), written.startswith("["))
    return Range(low, high, written.startswith("["), written.endswith("]"))


def _tolerances(source: Source, factor: float, *, is_needed: bool) -> tuple[Tolerance, Tolerance]:
    """The tolerance, and the wider one in which an answer is close. A range needs none."""
    element = take_tolerance(source)
    text = DEFAULT_TOLERANCE if element is None or not is_needed else source.get(element, "default").strip()
    try:
        tolerance = tolerance_of(text)
    except ValueError:
        if element is None or not is_stand_in(source, element, "default"):
            source.refuse(BAD_TOLERANCE, element, found=text)
        return Tolerance(1, "absolute"), Tolerance(1, "absolute")
    amount = float(text.removesuffix("%")) * factor
    if not text.endswith("%"):
        return tolerance, Tolerance(amount, "absolute")
    is_default = f"{amount}%" == DEFAULT_TOLERANCE  # twice 0.0005 % is read as if nothing was said, as there
    return tolerance, Tolerance(amount * 0.01, "larger" if is_default else "share")


def _also(source: Source, elements: list[etree._Element]) -> tuple[Also, ...]:
    also = []
    for number, element in enumerate(elements, start=1):
        written = source.fill(element.get("answer") or markup.inner_text(element)).strip()
        is_unknown = is_stand_in(source, element, "answer")
        remark = source.remark(
            f"{source.code}.also.{number}.feedback", element.find("correcthint"), notes.WHEN_RIGHT.text
        )
        try:
            value = _staff_number(written)
        except NotANumber:
            value = None
            if not is_unknown:
                source.warn(BAD_ALSO, element, found=written)
        also.append(Also(value, written, remark))
        markup.drop(element)
    return tuple(also)


def _partly(source: Source, params: list[etree._Element], *, is_listed: bool) -> tuple[float, tuple[Value, ...] | None]:
    """The factor of the wider tolerance, and the listed answers that are partly right."""
    ranged = next((one for one in params if one.get("partial_range") is not None), None)
    listing = next((one for one in params if one.get("partial_answers") is not None), None)
    factor, listed = 2.0, list[Value]()
    if ranged is not None and not is_stand_in(source, ranged, "partial_range"):
        found = source.get(ranged, "partial_range")
        try:
            factor = float(found)
        except ValueError:
            source.refuse(BAD_PARTIAL, ranged, found=found)
    if listing is None and is_listed:
        source.warn(NONE_LISTED)
        return factor, None
    if listing is not None and not is_stand_in(source, listing, "partial_answers"):
        found = source.get(listing, "partial_answers")
        try:
            listed = [_staff_number(part) for part in found.split(",") if part.strip()]
        except NotANumber:
            source.refuse(BAD_PARTIAL, listing, found=found)
    return factor, tuple(listed)
