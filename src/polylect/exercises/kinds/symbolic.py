"""Expressions in any variables (`symbolicresponse`): right where it is the author's, written in another order.

Two numbers are the same within a thousandth. For the rest Open edX compares what SymPy makes of both by itself, and so
do we, with `algebra`: `x+x+3*y` is `2*x+3*y`, but `(x+1)^2` is not `x^2+2*x+1`. In an exercise that was written for us
both are computed at some points instead, and what has the same values is right.
"""

import cmath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from polylect.exercises import algebra, chance, numerals
from polylect.exercises.algebra import Form, Listed
from polylect.exercises.arithmetic import Fault, NotANumber, size
from polylect.exercises.grading import Answer, Examples, Response, Responses, Result, Verdict
from polylect.exercises.kinds.formula import NO_SIGN, NO_VALUE, NOT_A_FORMULA, NOT_SENT
from polylect.exercises.kinds.number import MANY_INPUTS, NO_INPUT, is_stand_in
from polylect.exercises.question import Input, Question, Situation, Source, Wording, result
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare

BAD_EXPECTED = declare(
    "exercise-bad-expected",
    Severity.ERROR,
    "Question {question} expects “{found}”, which is no expression; it is not graded.",
)

NEAR_ENOUGH = 1e-3
"""The share by which a number may differ from the expected one; of 0, the amount."""
_SAME = 1e-9
_POINTS, _LOWEST, _HIGHEST = 8, 0.5, 2.5
"""Where expressions are compared in an exercise that was written for us."""


@dataclass(frozen=True)
class Symbolic(Question):
    """A question for an expression."""

    tag: ClassVar[str] = "symbolicresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("textline", "formulaequationinput")

    expected: Form
    written: str
    """As its author wrote it."""
    follows_open_edx: bool = True

    @classmethod
    def parse(cls, source: Source) -> "Symbolic":
        if len(source.input_elements) != 1:
            source.refuse(MANY_INPUTS if source.input_elements else NO_INPUT)
        name = "expect" if source.attribute("expect") else "answer"
        written = source.attribute(name)
        try:
            expected = algebra.read(written)
        except NotANumber:
            if not is_stand_in(source, source.element, name):
                source.refuse(BAD_EXPECTED, found=written)
            expected = algebra.ONE
        (element,) = source.input_elements
        common = source.common(element, source.code)
        source.put_input(element, Input(source.code, FieldKind.TEXT, input_mode="text", **common))
        return cls(source.finish(), expected, written.strip(), source.follows_open_edx)

    @property
    def key(self) -> object:
        return self.written, self.follows_open_edx

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        """As of any question; but a form with nothing at all in it, not even a blank field, was sent by mistake."""
        if not any(raw.values()):
            return [Response(self.code)], [NOT_SENT.at(Place(), field=self.code)]
        return super().read_all(raw, language)

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        text = typed[0].strip() if typed else ""
        if not text:
            return Response(input.code, typed), None
        has_commas = isinstance(self.expected, Listed)  # between the items of a list, so they are no decimal signs
        ascii_text = numerals.formula_in_ascii(text, language).strip() if language and not has_commas else text
        response = Response(input.code, typed, (ascii_text,))
        try:
            algebra.read(ascii_text)
        except NotANumber as refusal:
            kind, params = NOT_A_FORMULA, {"example": "2*x+1"}
            if refusal.fault is Fault.NO_SIGN:
                kind, params = NO_SIGN, dict(zip(("left", "right"), refusal.found, strict=True))
            elif refusal.fault is Fault.NO_VALUE:
                kind, params = NO_VALUE, {}
            return response, kind.at(Place(), field=input.code, typed=text, **params)
        return response, None

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        verdict = self._verdict(responses.of(self.code).text, situation.seed)
        points = self.inputs[0].possible if verdict is Verdict.CORRECT else 0
        return (result(self.inputs[0], verdict, points=points),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, texts=(Words(self.written),)),)

    def examples(self) -> tuple[Examples, ...]:
        wrong = next((text for text in ("0", "1", "x") if self._verdict(text, 1) is Verdict.INCORRECT), None)
        right = (self.written,) if self._verdict(self.written, 1) is Verdict.CORRECT else ()
        return (Examples(self.code, right, None if wrong is None else (wrong,), ("(",)),)

    def _verdict(self, text: str, seed: int) -> Verdict:
        try:
            is_right = bool(text) and self._is_same(algebra.read(text), self.expected, seed)
        except NotANumber:
            is_right = False
        return Verdict.CORRECT if is_right else Verdict.INCORRECT

    def _is_same(self, given: Form, expected: Form, seed: int) -> bool:
        if isinstance(given, Listed) or isinstance(expected, Listed):
            if self.follows_open_edx:
                return given == expected
            return _is_same_list(given, expected, lambda one, other: self._is_same(one, other, seed))
        names = sorted(algebra.variables(given) | algebra.variables(expected))
        if not names:
            return _is_near(algebra.value(given), algebra.value(expected))
        if given == expected or self.follows_open_edx:
            return given == expected
        return _has_same_values(given, expected, names, seed, self.code)


def _is_same_list(given: Form, expected: Form, is_same: Callable[[Form, Form], bool]) -> bool:
    if not (isinstance(given, Listed) and isinstance(expected, Listed)) or len(given.items) != len(expected.items):
        return False
    return all(is_same(one, other) for one, other in zip(given.items, expected.items, strict=True))


def _is_near(given: complex, expected: complex) -> bool:
    if expected == 0:
        return size(given) < NEAR_ENOUGH
    return size((given - expected) / expected) < NEAR_ENOUGH


def _has_same_values(given: Form, expected: Form, names: list[str], seed: int, code: str) -> bool:
    """Whether both come to the same wherever both come to something; somewhere they have to."""
    compared = 0
    for point in chance.points(seed, code, [(_LOWEST, _HIGHEST)] * len(names), _POINTS):
        variables = dict(zip(names, map(complex, point), strict=True))
        one, other = algebra.value(given, variables), algebra.value(expected, variables)
        if cmath.isfinite(one) and cmath.isfinite(other):
            compared += 1
            if size(one - other) > _SAME * max(1, size(one), size(other)):
                return False
    return compared > 0
