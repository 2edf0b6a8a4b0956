"""Contrast pair: two cases side by side (`contrastresponse`, our own). Which cells differ, and which of them makes it
another kind?

Both follow from the cells, by the judge: the cells differ that differ, and one of them, put from the second case into
the first, changes the first one's kind. Just one does. To find some of what differs, and nothing else, earns half of
its points.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.arrangements import (
    HOW_GOALS_MEET,
    WHAT_IT_GETS_OUT,
    WHAT_IT_PUTS_IN,
    Case,
    cell_code,
    cells_of,
    kind_code,
    read_case,
    read_values,
    take_explanations,
    take_note,
)
from polylect.exercises.grading import Answer, Examples, Finding, Response, Responses, Result, Verdict
from polylect.exercises.question import (
    GroupPart,
    Input,
    Option,
    PlacePart,
    Question,
    Remark,
    Situation,
    Source,
    Wording,
    points_of,
    result,
)
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare
from polylect.partnership import Arrangement, Cell, Part, judge, kind_of, nearest
from polylect.sentences import declare as say

TWO_CASES = declare(
    "exercise-two-cases",
    Severity.ERROR,
    "Question {question} has {found}; two cases with the same sides are expected. It is not graded.",
)
WRONG_FLIP = declare(
    "exercise-wrong-flip",
    Severity.ERROR,
    "Question {question} says that {expected} makes the difference between {kinds}, but what does is: {found}. It is"
    " not graded.",
)
ASK_DIFFERENCES = declare(
    "exercise-ask-differences", Severity.ERROR, "Say which of these differ between the two cases."
)
ASK_FLIP = declare("exercise-ask-flip", Severity.ERROR, "Say which one makes it another kind of arrangement.")

WHAT_DIFFERS = say("exercise-what-differs", "What differs between the two cases?", context="arrangement, field")
WHAT_FLIPS = say(
    "exercise-what-flips",
    "Which one of them makes it another kind of arrangement?",
    context="arrangement, field",
)
FIRST_CASE = say("exercise-first-case", "One case", context="arrangement, case")
SECOND_CASE = say("exercise-second-case", "The other case", context="arrangement, case")

_CELLS = {Part.INVESTS: WHAT_IT_PUTS_IN, Part.GAINS: WHAT_IT_GETS_OUT}


@dataclass(frozen=True)
class Contrast(Question):
    """Two cases to compare."""

    tag: ClassVar[str] = "contrastresponse"
    input_tags: ClassVar[tuple[str, ...]] = ()
    drawn_as: ClassVar[str] = "contrast"

    cases: tuple[Case, Case]
    titles: tuple[str, str]
    """The roles of the cases' titles; empty: they have none."""
    differing: tuple[str, ...]
    flipping: str
    explanations: tuple[tuple[str, Remark], ...] = ()
    note: Remark | None = None

    @classmethod
    def parse(cls, source: Source) -> "Contrast":
        own = read_values(source, source.element)
        elements = list(source.element.findall("case"))
        if len(elements) != 2:
            source.refuse(TWO_CASES, found=f"{len(elements)} cases")
        parts = list[GroupPart]()
        cases = list[Case]()
        for code, heading, element in zip("ab", (FIRST_CASE, SECOND_CASE), elements, strict=True):
            role = f"{source.code}.{code}"
            cases.append(read_case(source, element, role, fixed=True, least=2, own=own))
            parts.append(_read_text(source, element, code, role))
            if not parts[-1].label:
                parts[-1] = replace(parts[-1], heading=heading.of())
        first, second = cases
        if [member.code for member in first.sides] != [member.code for member in second.sides]:
            source.refuse(TWO_CASES, found="sides that are not the same")
        cells = cells_of(first.sides)
        differing = [cell for cell in cells if _held(first.arrangement, cell) != _held(second.arrangement, cell)]
        flips = source.attribute("flips").strip()
        found = [cell_code(cell) for cell in differing if _flips(first, second, cell)]
        if found != [flips]:
            kinds = " and ".join(kind_code(case.arrangement, case.values) for case in cases)
            source.refuse(WRONG_FLIP, expected=flips, found=", ".join(found) or "nothing", kinds=kinds)
        wrong = {cell_code(cell): cell_code(cell) for cell in cells if cell_code(cell) != flips}
        explanations = take_explanations(source, "cell", wrong)
        note = take_note(source)
        half = points_of(source.element) / 2
        options = tuple(_option(first, cell) for cell in cells)
        inputs = [
            Input(
                f"{source.code}.differs", FieldKind.CHECKBOX, options, half, right_points=half, asks=WHAT_DIFFERS.of()
            ),
            Input(f"{source.code}.flips", FieldKind.RADIO, options, half, right_points=half, asks=WHAT_FLIPS.of()),
        ]
        frame = source.finish_with(inputs, [*parts, *(PlacePart(input.code) for input in inputs)])
        codes = tuple(cell_code(cell) for cell in differing)
        titles = (parts[0].label, parts[1].label)
        return cls(frame, (first, second), titles, codes, flips, explanations, note)

    @property
    def key(self) -> object:
        return self.differing, self.flipping

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        responses, issues = super().read_all(raw, language)
        for response, ask in zip(responses, (ASK_DIFFERENCES, ASK_FLIP), strict=True):
            if not response.read:
                issues.append(ask.at(Place(), field=response.field))
        return responses, issues

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        differs, flips = (responses.of(input.code).read for input in self.inputs)
        if self.note:
            situation.remarks.append(situation.wording.feedback(self.note))
        found = frozenset(differs)
        verdict = Verdict.CORRECT if found == self._differing else Verdict.INCORRECT
        if found and found < self._differing:
            verdict = Verdict.PARTLY
        return (
            self._result(0, verdict, found - self._differing, situation),
            self._result(1, Verdict.CORRECT if flips == (self.flipping,) else Verdict.INCORRECT, flips, situation),
        )

    def findings(self, responses: Responses, wording: Wording) -> tuple[Finding, ...]:
        """Of both cases, to somebody who found what makes the difference."""
        if responses.of(self.inputs[1].code).read != (self.flipping,):
            return ()
        return tuple(self._finding(at, wording) for at in (0, 1))

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return Answer(self.inputs[0].code, self.differing), Answer(self.inputs[1].code, (self.flipping,))

    def examples(self) -> tuple[Examples, ...]:
        codes = [option.code for option in self.inputs[0].options]
        every = tuple(codes) if set(codes) != set(self.differing) else tuple(codes[:1])
        other = next(code for code in codes if code != self.flipping)
        return (
            Examples(self.inputs[0].code, self.differing, every),
            Examples(self.inputs[1].code, (self.flipping,), (other,)),
        )

    @cached_property
    def _differing(self) -> frozenset[str]:
        return frozenset(self.differing)

    def _result(self, at: int, verdict: Verdict, picked: Collection[str], situation: Situation) -> Result:
        """A result, with what is said of those cells that were picked and are explained."""
        feedback = [situation.wording.feedback(remark, code) for code, remark in self.explanations if code in picked]
        points = self.inputs[at].possible / 2 if verdict is Verdict.PARTLY else None
        return result(self.inputs[at], verdict, feedback, points)

    def _finding(self, at: int, wording: Wording) -> Finding:
        case, title = self.cases[at], self.titles[at]
        values, named = case.values_in(wording), case.named(case.arrangement, wording)
        sentence = (FIRST_CASE, SECOND_CASE)[at].of()
        words = wording.html(title) if title else Words(sentence.english, sentence=sentence)
        return Finding(self.code, judge(named, values), nearest(named, values), is_own=False, title=words)


def _read_text(source: Source, element: etree._Element, code: str, role: str) -> GroupPart:
    title, label = element.find("title"), ""
    if title is not None:
        label = source.text(f"{role}.title", title, markup.inner_html(title), "label", note=notes.CASE_TITLE.text)
        markup.drop(title)
    text = source.text(f"{role}.text", element, markup.inner_html(element), "text")
    markup.drop(element)
    return GroupPart(code, label, text=text)


def _option(case: Case, cell: Cell) -> Option:
    code = cell_code(cell)
    if cell.part is Part.OVERLAP:
        return Option(code, "", sentence=HOW_GOALS_MEET.of())
    return Option(code, "", sentence=_CELLS[cell.part].of(side=cell.side), names=case.member(cell.side).role)


def _flips(first: Case, second: Case, cell: Cell) -> bool:
    """Whether the first case is of another kind with this cell of the second one."""
    changed = first.arrangement
    if cell.part is Part.OVERLAP:
        changed = replace(changed, overlap=second.arrangement.overlap)
    else:
        side, other = changed.side(cell.side), second.arrangement.side(cell.side)
        is_invested = cell.part is Part.INVESTS
        changed = changed.with_side(
            replace(side, invests=other.invests) if is_invested else replace(side, gains=other.gains)
        )
    return kind_of(changed, first.values) is not kind_of(first.arrangement, first.values)


def _held(arrangement: Arrangement, cell: Cell) -> object:
    if cell.part is Part.OVERLAP:
        return arrangement.overlap
    side = arrangement.side(cell.side)
    return side.invests if cell.part is Part.INVESTS else side.gains
