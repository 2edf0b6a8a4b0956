"""Repair: a case that is no partnership, and one cell to change so that it becomes one (`repairresponse`, our own).

The cells are filled in as the case is. Whatever change makes the judge find a partnership is right; what is right is
listed nowhere. The points stand at the last field, how the goals meet: the case is right or wrong as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from polylect.exercises.arrangements import (
    GETS_OUT,
    GOALS,
    NOTHING_AND_MORE,
    OVERLAPS,
    PARTS,
    PUTS_IN,
    Case,
    cell_code,
    cells_of,
    described,
    kind_code,
    read_case,
    read_given,
    take_explanations,
    take_note,
)
from polylect.exercises.grading import Answer, Examples, Finding, Response, Responses, Result, Verdict
from polylect.exercises.question import (
    GroupPart,
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
from polylect.partnership import Arrangement, Cell, Kind, Overlap, Part, Side, apply, judge, kind_of, nearest
from polylect.partnership.form import NOTHING

NO_REPAIR = declare(
    "exercise-no-repair",
    Severity.ERROR,
    "Question {question} is to be repaired by one change, and takes {found}: the cells are {cells}, that is, {judged}."
    " It is not graded.",
)
ASK_CHANGE = declare("exercise-ask-change", Severity.ERROR, "Change one cell, so that it becomes a partnership.")
ASK_ONE_CHANGE = declare(
    "exercise-ask-one-change", Severity.ERROR, "Change one cell and no more: {count} are not as they were."
)
ASK_WHAT_INSTEAD = declare(
    "exercise-ask-what-instead", Severity.ERROR, "Nothing is ticked here any more. What is there instead?"
)

_LEGENDS = {Part.INVESTS: PUTS_IN, Part.GAINS: GETS_OUT}


@dataclass(frozen=True)
class Repair(Question):
    """A case to be changed."""

    tag: ClassVar[str] = "repairresponse"
    input_tags: ClassVar[tuple[str, ...]] = ()
    drawn_as: ClassVar[str] = "repair"

    case: Case
    explanations: tuple[tuple[str, Remark], ...] = ()
    note: Remark | None = None

    @classmethod
    def parse(cls, source: Source) -> "Repair":
        case = read_case(source, source.element, source.code, fixed=True, least=2)
        steps = nearest(case.arrangement, case.values).steps
        if len(steps) != 1:
            cells, kind = described(case.arrangement, case.values), kind_code(case.arrangement, case.values)
            source.refuse(NO_REPAIR, found=len(steps), cells=cells, judged=kind)
        wrong = {cell_code(cell): cell_code(cell) for cell in cells_of(case.sides) if cell != steps[0].cell}
        explanations = take_explanations(source, "cell", wrong)
        note = take_note(source)
        inputs = tuple(_inputs(source.code, case, points_of(source.element)))
        groups = [
            GroupPart(
                member.code,
                member.role,
                tuple(f"{source.code}.{member.code}.{name}" for name in PARTS.values()),
                member.note,
            )
            for member in case.sides
        ]
        frame = source.finish_with(inputs, [*groups, PlacePart(f"{source.code}.overlap")])
        return cls(frame, case, explanations, note)

    @property
    def key(self) -> object:
        return self.case.key

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        responses = []
        for input in self.inputs:
            known = {option.code for option in input.options}
            typed = tuple(raw.get(input.code, ()))
            responses.append(Response(input.code, typed, tuple(dict.fromkeys(one for one in typed if one in known))))
        return responses, list(self._issues(Responses(tuple(responses))))

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        changed = self._changed(responses)
        repaired = kind_of(self.given(responses), self.case.values)
        is_right = len(changed) == 1 and repaired is Kind.PARTNERSHIP
        remarks = [] if is_right else [remark for code, remark in self.explanations if code in changed]
        feedback = [situation.wording.feedback(remark) for remark in (*remarks, *([self.note] if self.note else []))]
        verdict = Verdict.CORRECT if is_right else Verdict.INCORRECT
        input = self.inputs[-1]
        return (result(input, verdict, feedback, input.possible if is_right else 0),)

    def findings(self, responses: Responses, wording: Wording) -> tuple[Finding, ...]:
        given = self.given(responses)
        if kind_of(given, self.case.values) is None:
            return ()
        values = self.case.values_in(wording)
        named = self.case.named(given, wording)
        return (Finding(self.code, judge(named, values), nearest(named, values)),)

    def given(self, responses: Responses) -> Arrangement:
        """The case as it was left."""
        sides = tuple(
            Side(
                member.code,
                "",
                member.kind,
                *(read_given(responses.of(f"{self.code}.{member.code}.{name}").read)[0] for name in PARTS.values()),
            )
            for member in self.case.sides
        )
        overlaps = {overlap.value: overlap for overlap in Overlap}
        return Arrangement(sides, overlaps.get(responses.of(f"{self.code}.overlap").text))

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        """The first of the changes that would do."""
        case, values = self.case.arrangement, self.case.values
        way = nearest(case, values).steps[0].options[0].change
        repaired = apply(case, [way])
        return tuple(Answer(input.code, self._codes(repaired, input)) for input in self.inputs)

    def examples(self) -> tuple[Examples, ...]:
        """None: it takes a whole form."""
        return ()

    def _codes(self, arrangement: Arrangement, input: Input) -> tuple[str, ...]:
        """What is ticked in a field, in this arrangement."""
        held = next(_held(arrangement, cell) for cell in cells_of(self.case.sides) if self._field(cell) == input.code)
        return tuple(option.code for option in input.options if option.code in held)

    def _field(self, cell: Cell) -> str:
        return f"{self.code}.{cell_code(cell)}"

    def _changed(self, responses: Responses) -> tuple[str, ...]:
        """The codes of the cells that are not as they were."""
        given = self.given(responses)
        return tuple(
            cell_code(cell)
            for cell in cells_of(self.case.sides)
            if _held(given, cell) != _held(self.case.arrangement, cell)
        )

    def _issues(self, responses: Responses) -> Iterator[Issue]:
        changed = self._changed(responses)
        for code in changed:
            left = responses.of(f"{self.code}.{code}").read
            if not left:
                yield ASK_WHAT_INSTEAD.at(Place(), field=f"{self.code}.{code}")
            elif NOTHING in left and len(left) > 1:
                yield NOTHING_AND_MORE.at(Place(), field=f"{self.code}.{code}")
        if not changed:
            yield ASK_CHANGE.at(Place(), field=self.inputs[0].code)
        elif len(changed) > 1:
            yield ASK_ONE_CHANGE.at(Place(), field=f"{self.code}.{changed[-1]}", count=len(changed))


def _held(arrangement: Arrangement, cell: Cell) -> frozenset[str]:
    """What a cell holds, as codes; none: it is empty."""
    if cell.part is Part.OVERLAP:
        return frozenset({arrangement.overlap.value} if arrangement.overlap else ())
    side = arrangement.side(cell.side)
    held = side.invests if cell.part is Part.INVESTS else side.gains
    return frozenset() if held is None else held or frozenset({NOTHING})


def _inputs(code: str, case: Case, points: float) -> Iterator[Input]:
    for member in case.sides:
        for part, name in PARTS.items():
            accepted = member.cell(part)
            yield Input(
                f"{code}.{member.code}.{name}",
                FieldKind.CHECKBOX,
                case.options(part),
                possible=0,
                is_graded=False,
                asks=_LEGENDS[part].of(),
                initial=accepted.codes if accepted else (),
            )
    overlap = tuple(one.value for one in case.overlap[:1])
    yield Input(f"{code}.overlap", FieldKind.RADIO, OVERLAPS, possible=points, asks=GOALS.of(), initial=overlap)
