"""Explained sort: cases, each of which belongs to a kind of arrangement (`sortresponse`, our own).

Every case is a list of kinds to choose from, and each wrong choice is explained for that very case. A case may have
cells: then the judge proves its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.arrangements import (
    BAD_CELL,
    KINDS,
    SIDE_CODE,
    WRONG_KIND,
    Case,
    OwnValues,
    contradictions,
    described,
    kind_code,
    read_case,
    read_values,
    take_explanations,
    take_note,
)
from polylect.exercises.grading import Answer, Examples, Response, Responses, Result, Verdict
from polylect.exercises.question import (
    Input,
    PlacePart,
    Question,
    Remark,
    Situation,
    Source,
    Wording,
    points_of,
    result,
)
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare
from polylect.partnership import Kind

FEW_CASES = declare(
    "exercise-few-cases",
    Severity.ERROR,
    "Question {question} has {cases} cases and {kinds} kinds; at least one case and two kinds are expected. It is not"
    " graded.",
)
ASK_EACH = declare("exercise-ask-each", Severity.ERROR, "Choose one for each case.")


@dataclass(frozen=True)
class Sorted:
    """A case: its code, its kind, and what is said to each wrong kind, and to the right one."""

    code: str
    kind: str
    explanations: tuple[tuple[str, Remark], ...] = ()
    right: Remark | None = None


@dataclass(frozen=True)
class Sort(Question):
    """Cases to be sorted into kinds."""

    tag: ClassVar[str] = "sortresponse"
    input_tags: ClassVar[tuple[str, ...]] = ()
    drawn_as: ClassVar[str] = "sort"

    cases: tuple[Sorted, ...]
    note: Remark | None = None

    @classmethod
    def parse(cls, source: Source) -> "Sort":
        elements = list(source.element.findall("case"))
        kinds = _kinds(source, elements)
        if not elements or len(kinds) < 2:
            source.refuse(FEW_CASES, cases=len(elements), kinds=len(kinds))
        own_values = read_values(source, source.element)
        options = tuple(option for option in KINDS if option.code in kinds)
        says_points = "points" in source.element.attrib
        each = points_of(source.element) / len(elements) if says_points else 1.0
        cases, inputs = list[Sorted](), list[Input]()
        for element in elements:
            case = _read_case(source, element, kinds, [one.code for one in cases], own_values)
            role = source.text(
                f"{source.code}.case.{case.code}",
                element,
                markup.inner_html(element),
                "label",
                note=notes.CASE_TO_SORT.text,
            )
            code = f"{source.code}.{case.code}"
            inputs.append(Input(code, FieldKind.RADIO, options, each, right_points=each, label=role))
            markup.drop(element)
            cases.append(case)
        note = take_note(source)
        frame = source.finish_with(inputs, [PlacePart(input.code) for input in inputs])
        return cls(frame, tuple(cases), note)

    @property
    def key(self) -> object:
        return [(case.code, case.kind) for case in self.cases]

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        responses, issues = super().read_all(raw, language)
        issues += [ASK_EACH.at(Place(), field=response.field) for response in responses if not response.read]
        return responses, issues

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        if self.note:
            situation.remarks.append(situation.wording.feedback(self.note))
        pairs = zip(self.cases, self.inputs, strict=True)
        return tuple([_grade(case, input, responses, situation) for case, input in pairs])

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return tuple(Answer(input.code, (case.kind,)) for case, input in zip(self.cases, self.inputs, strict=True))

    def examples(self) -> tuple[Examples, ...]:
        found = []
        for case, input in zip(self.cases, self.inputs, strict=True):
            wrong = next(option.code for option in input.options if option.code != case.kind)
            found.append(Examples(input.code, (case.kind,), (wrong,)))
        return tuple(found)


def _grade(case: Sorted, input: Input, responses: Responses, situation: Situation) -> Result:
    given = responses.of(input.code).read
    said: Mapping[str, Remark] = dict(case.explanations) | ({case.kind: case.right} if case.right else {})
    feedback = [situation.wording.feedback(remark, code) for code, remark in said.items() if given == (code,)]
    return result(input, Verdict.CORRECT if given == (case.kind,) else Verdict.INCORRECT, feedback)


def _kinds(source: Source, elements: list[etree._Element]) -> tuple[str, ...]:
    """The kinds to choose from: those that are named, else those that occur; in the order of the table."""
    known = [kind.value for kind in Kind]
    named = source.attribute("kinds").split()
    for name in named:
        if name not in known:
            source.refuse(BAD_CELL, cell="kinds", found=name, expected=", ".join(known))
    used = {source.get(element, "kind") for element in elements}
    return tuple(kind for kind in known if kind in (named or used))


def _read_case(
    source: Source, element: etree._Element, kinds: tuple[str, ...], taken: list[str], own_values: OwnValues
) -> Sorted:
    code, kind = element.get("name", ""), source.get(element, "kind")
    if not code.isalnum() or code in taken:
        source.refuse(SIDE_CODE, element, found=code)
    if kind not in kinds:
        source.refuse(BAD_CELL, element, cell="kind", found=kind, expected=", ".join(kinds))
    role = f"{source.code}.case.{code}"
    if element.find("side") is not None:
        _prove(source, element, read_case(source, element, role, own=own_values), kind)
    right = source.remark(f"{role}.right", element.find("right"), notes.WHEN_SORTED.text)
    wrong = {other: f"{code}: {other}" for other in kinds if other != kind}
    return Sorted(code, kind, take_explanations(source, "kind", wrong, element, role), right)


def _prove(source: Source, element: etree._Element, case: Case, kind: str) -> None:
    for contradiction in contradictions(source, case, Kind(kind)):
        found, cells = kind_code(contradiction, case.values), described(contradiction, case.values)
        source.refuse(WRONG_KIND, element, expected=kind, found=found, cells=cells)
