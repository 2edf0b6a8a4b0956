"""Matrix: who puts in what, or who gets what out, in a case (`matrixresponse`, our own). A row for each side, a column
for each value that is offered.

Every row is judged by itself, and each value that is wrongly ticked in it is explained. A row that holds nothing wrong,
and not yet all that is right, earns half.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from polylect.exercises.arrangements import (
    ASK_GAINS,
    ASK_INVESTS,
    BAD_CELL,
    GETS_OUT,
    NOTHING_AND_MORE,
    PARTS,
    PUTS_IN,
    Accepted,
    Case,
    read_case,
    read_given,
    take_explanations,
    take_note,
)
from polylect.exercises.grading import Answer, Examples, Response, Responses, Result, Verdict
from polylect.exercises.question import (
    GroupPart,
    Input,
    Question,
    Remark,
    Situation,
    Source,
    Wording,
    points_of,
    result,
)
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place
from polylect.partnership import Part
from polylect.partnership.form import NOTHING


@dataclass(frozen=True)
class Matrix(Question):
    """A case in which each side's row is filled in."""

    tag: ClassVar[str] = "matrixresponse"
    input_tags: ClassVar[tuple[str, ...]] = ()
    drawn_as: ClassVar[str] = "matrix"

    case: Case
    part: Part
    explanations: tuple[tuple[str, Remark], ...] = ()
    note: Remark | None = None

    @classmethod
    def parse(cls, source: Source) -> "Matrix":
        parts = {name: part for part, name in PARTS.items()}
        of = source.attribute("of").strip() or PARTS[Part.INVESTS]
        if of not in parts:
            source.refuse(BAD_CELL, cell="of", found=of, expected=", ".join(parts))
        part = parts[of]
        case = read_case(source, source.element, source.code, parts=[part])
        offered = _offered(source, case, part)
        accepted = {member.code: _accepted(case, part, member.code) for member in case.sides}
        wrong = {
            f"{code}.{value}": f"{code}: {value}"
            for code, right in accepted.items()
            for value in (*offered, NOTHING)
            if (value not in right.needed | right.also if value != NOTHING else bool(right.needed))
        }
        explanations = take_explanations(source, "cell", wrong)
        note = take_note(source)
        says_points = "points" in source.element.attrib
        each = points_of(source.element) / len(case.sides) if says_points else 1.0
        asks = (PUTS_IN if part is Part.INVESTS else GETS_OUT).of()
        options = case.options(part, offered)
        inputs = [
            Input(f"{source.code}.{member.code}", FieldKind.CHECKBOX, options, each, right_points=each, asks=asks)
            for member in case.sides
        ]
        groups = [
            GroupPart(member.code, member.role, (input.code,), member.note)
            for member, input in zip(case.sides, inputs, strict=True)
        ]
        return cls(source.finish_with(inputs, groups), case, part, explanations, note)

    @property
    def key(self) -> object:
        return self.part.value, self.case.key

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        responses, issues = list[Response](), list[Issue]()
        for input in self.inputs:
            known = {option.code for option in input.options}
            typed = tuple(raw.get(input.code, ()))
            ticked = tuple(dict.fromkeys(one for one in typed if one in known))
            responses.append(Response(input.code, typed, ticked))
            cell, is_both = read_given(ticked)
            if is_both:
                issues.append(NOTHING_AND_MORE.at(Place(), field=input.code))
            elif cell is None:
                ask = ASK_INVESTS if self.part is Part.INVESTS else ASK_GAINS
                issues.append(ask.at(Place(), field=input.code))
        return responses, issues

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        if self.note:
            situation.remarks.append(situation.wording.feedback(self.note))
        pairs = zip(self.case.sides, self.inputs, strict=True)
        return tuple([self._grade(member.code, input, responses, situation) for member, input in pairs])

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return tuple(
            Answer(input.code, _accepted(self.case, self.part, member.code).codes)
            for member, input in zip(self.case.sides, self.inputs, strict=True)
        )

    def examples(self) -> tuple[Examples, ...]:
        found = []
        for answer, member in zip(self.answers(Wording({}, {})), self.case.sides, strict=True):
            right = _accepted(self.case, self.part, member.code)
            options = [option.code for option in self.inputs[0].options]
            wrong = next((one for one in options if one != NOTHING and one not in right.needed | right.also), None)
            found.append(Examples(answer.field, answer.choices, (wrong,) if wrong else None))
        return tuple(found)

    def _grade(self, code: str, input: Input, responses: Responses, situation: Situation) -> Result:
        given = responses.of(input.code).read
        cell = read_given(given)[0]
        accepted = _accepted(self.case, self.part, code)
        feedback = [
            situation.wording.feedback(remark, value)
            for of, remark in self.explanations
            for member, _, value in [of.partition(".")]
            if member == code and value in given
        ]
        if cell is not None and accepted.holds(cell):
            return result(input, Verdict.CORRECT, feedback)
        if cell and cell <= accepted.needed | accepted.also:
            return result(input, Verdict.PARTLY, feedback, input.possible / 2)
        return result(input, Verdict.INCORRECT, feedback)


def _accepted(case: Case, part: Part, code: str) -> Accepted:
    return case.member(code).cell(part) or Accepted(frozenset())


def _offered(source: Source, case: Case, part: Part) -> tuple[str, ...]:
    """The values to choose from; all of the list, where none are named. What is right has to be among them."""
    known = case.ids(part)
    named = source.attribute("offered").split()
    for name in named:
        if name not in known:
            source.refuse(BAD_CELL, cell="offered", found=name, expected=", ".join(known))
    offered = tuple(id for id in known if id in named) or known
    for member in case.sides:
        for id in sorted(_accepted(case, part, member.code).needed):
            if id not in offered:
                source.refuse(BAD_CELL, cell=f"{member.code}.{PARTS[part]}", found=id, expected=", ".join(offered))
    return offered
