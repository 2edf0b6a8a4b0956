"""Choices with numbers in them: "I would ask ▢ people", to be picked and filled (`choicetextresponse`).

Radio buttons (`radiotextgroup`) or checkboxes (`checkboxtextgroup`). All choices that are right have to be picked, none
that is not, and every number in a right one has to be right within its tolerance (`numtolerance_input`). A number that
decides nothing (`decoy_input`) still has to be a number where its choice is picked; what stands in other choices is not
looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from lxml import etree

from polylect.exercises import arithmetic, markup, notes, numerals
from polylect.exercises.arithmetic import NotANumber, Value
from polylect.exercises.grading import Answer, Examples, Response, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import NO_CHOICES
from polylect.exercises.kinds.number import BAD_TOLERANCE, DEFAULT_TOLERANCE, NO_KEY, NOT_A_NUMBER, Tolerance
from polylect.exercises.question import Input, Option, Question, Remark, Situation, Source, Ungradable, Wording, result
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare

NO_NUMBER = declare(
    "exercise-choice-number",
    Severity.ERROR,
    "Question {question} has a choice with the number “{found}”, where one such as 3.5 is expected; it is not graded.",
)

_NUMBERS = ("numtolerance_input", "decoy_input")
_GROUPS = {"radiotextgroup": FieldKind.RADIO, "checkboxtextgroup": FieldKind.CHECKBOX}


@dataclass(frozen=True)
class Wanted:
    """The number that belongs into a place of a right choice."""

    field: str
    choice: str
    value: Value | None
    """None: it cannot be read, and Open edX judges nobody who picks this choice."""
    written: str
    """As its author wrote it."""
    tolerance: Tolerance | None


@dataclass(frozen=True)
class ChoiceText(Question):
    """A question with numbers inside its choices."""

    tag: ClassVar[str] = "choicetextresponse"
    input_tags: ClassVar[tuple[str, ...]] = tuple(_GROUPS)

    right: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    remarks: tuple[tuple[str, Remark], ...]

    @classmethod
    def parse(cls, source: Source) -> "ChoiceText":
        group = source.input_elements[0] if source.input_elements else source.element
        elements = list(group.iter("choice"))
        if not source.input_elements or not elements:
            source.refuse(NO_CHOICES)
        codes = source.option_codes(source.code, elements)
        right = tuple(code for code, element in zip(codes, elements, strict=True) if _is_right(source, element))
        common = source.common(group, source.code)
        options, remarks, wanted = list[Option](), list[tuple[str, Remark]](), list[Wanted]()
        for code, element in zip(codes, elements, strict=True):
            role = f"{source.code}.choice.{code}"
            for hint in element.findall("choicehint") if len(element) else ():
                remark = source.remark(f"{role}.feedback", hint, notes.WHEN_CHOICE_PICKED.text)
                remarks += [(code, remark)] if remark and code not in dict(remarks) else []
                markup.drop(hint)
            inner, numbers = _inner(source, code, element, is_right=code in right) if len(element) else ((), [])
            wanted += numbers
            options.append(Option(code, source.text(role, element, markup.inner_html(element), "choice"), inner))
        source.put_input(group, Input(source.code, _GROUPS[str(group.tag)], tuple(options), **common))
        return cls(source.finish(), right, tuple(wanted), tuple(remarks))

    @property
    def key(self) -> object:
        wanted = sorted(self.wanted, key=lambda one: one.field)
        return sorted(self.right), [(one.field, one.value, one.tolerance) for one in wanted]

    @property
    def may_be_blank(self) -> bool:
        return not self.right

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        picked = tuple(raw.get(self.code, ()))
        responses, issues = [Response(self.code, picked, picked)], list[Issue]()
        for option in self.inputs[0].options:
            for inner in option.inner:
                response, issue = _read(inner, tuple(raw.get(inner.code, ())), language)
                responses.append(response)
                issues += [issue] if issue is not None and option.code in picked else []
        return responses, issues

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        picked = frozenset(responses.of(self.frame.code).read)
        for one in self.wanted:
            if one.choice in picked and not _is_known(one, responses.of(one.field).text):
                raise Ungradable(NO_KEY)
        is_right = picked == self._right and all(_is_met(one, responses.of(one.field).text) for one in self.wanted)
        feedback = [situation.wording.feedback(remark, of) for of, remark in self.remarks if of in picked]
        return (result(self.frame.inputs[0], Verdict.CORRECT if is_right else Verdict.INCORRECT, feedback),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        numbers = (Answer(one.field, texts=(Words(one.written),)) for one in self.wanted)
        return (Answer(self.code, self.right), *numbers)

    def examples(self) -> tuple[Examples, ...]:
        """Where numbers decide, what is right takes several fields: see the laws' tests, which fill them."""
        wrong = tuple(option.code for option in self.inputs[0].options if option.code not in self.right)
        return (Examples(self.code, () if self.wanted else self.right, wrong),)

    @cached_property
    def _right(self) -> frozenset[str]:
        return frozenset(self.right)


def _is_right(source: Source, element: etree._Element) -> bool:
    """Open edX knows "true" in lower case only: see docs/reference/grading.md."""
    correct = source.get(element, "correct")
    return correct == "true" if source.follows_open_edx else markup.is_true(correct)


def _inner(
    source: Source, choice: str, element: etree._Element, *, is_right: bool
) -> tuple[tuple[Input, ...], list[Wanted]]:
    """The numbers inside a choice; their places stay in its words."""
    inputs, wanted = [], []
    for number, one in enumerate(list(element.iter(*_NUMBERS)), start=1):
        code = f"{source.code}.{choice}.{number}"
        if is_right and one.tag == "numtolerance_input":
            written = source.get(one, "answer").strip()
            value = _value(source, one, written)
            wanted.append(Wanted(code, choice, value, written, _tolerance(source, one)))
        size = one.get("size", "")
        width = int(size) if size.isdecimal() and len(size) < 4 else None
        inputs.append(Input(code, FieldKind.TEXT, possible=0, input_mode="text", width=width, is_graded=False))
        source.put_place(one, code)
    return tuple(inputs), wanted


def _value(source: Source, element: etree._Element, written: str) -> Value | None:
    """The number that is wanted: as Python writes one. A sum is one only where the exercise was written for us. None:
    it cannot be read."""
    try:
        value = complex(written)
    except ValueError:
        value = complex("nan")
    try:
        if value != value and not source.follows_open_edx:
            value = complex(arithmetic.evaluate(written))
    except NotANumber:
        pass
    if value == value and not value.imag:
        return value.real
    if not source.follows_open_edx:
        source.refuse(NO_NUMBER, element, found=written)
    source.warn(NO_NUMBER, element, found=written)
    return value if value == value else None


def _tolerance(source: Source, element: etree._Element) -> Tolerance | None:
    text = source.get(element, "tolerance", DEFAULT_TOLERANCE).strip()
    is_share = text.endswith("%")
    try:
        amount = float(text.removesuffix("%")) * (0.01 if is_share else 1)
    except ValueError:
        if not source.follows_open_edx:
            source.refuse(BAD_TOLERANCE, element, found=text)
        source.warn(BAD_TOLERANCE, element, found=text)
        return None
    if text == DEFAULT_TOLERANCE:
        return Tolerance(amount, "larger")
    return Tolerance(amount, "share" if is_share else "absolute")


def _read(input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
    text = typed[0].strip() if typed else ""
    if not text:
        return Response(input.code, typed), None
    ascii_text = numerals.in_ascii(text, language).strip() if language else text
    response = Response(input.code, typed, (ascii_text,))
    try:
        arithmetic.evaluate(ascii_text)
    except NotANumber:
        example = numerals.example(language)
        return response, NOT_A_NUMBER.at(Place(), example=example, field=input.code, typed=text)
    return response, None


def _is_known(wanted: Wanted, given: str) -> bool:
    """Whether what is wanted can be compared with what was given: two complex numbers cannot, in Open edX."""
    if wanted.value is None or wanted.tolerance is None:
        return False
    try:
        return not (isinstance(wanted.value, complex) and isinstance(arithmetic.evaluate(given), complex))
    except NotANumber:
        return True


def _is_met(wanted: Wanted, given: str) -> bool:
    if wanted.value is None or wanted.tolerance is None:
        return False
    try:
        return wanted.tolerance.allows(arithmetic.evaluate(given), wanted.value)
    except NotANumber:
        return False
