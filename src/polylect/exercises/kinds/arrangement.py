"""Arrangement analysis: who takes part, what each puts in and gets out, how their goals meet, and what kind of
arrangement that is (`arrangementresponse`, an element of our own).

Learners fill in the cells and say before they send it what kind it is. Half of the points are for the cells, three
tenths for the kind, two tenths for a kind that follows from the learner's own cells: sound reasoning from a story that
was misread earns something. What is filled in already is not graded. A case that depends on what is assumed has two
verdicts, each with its assumption and the cells that it changes. What follows from cells, the judge says
(`polylect.partnership`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.arrangements import (
    ASK_GAINS,
    ASK_INVESTS,
    BAD_CELL,
    GETS_OUT,
    GOALS,
    KINDS,
    NOTHING_AND_MORE,
    OVERLAPS,
    PARTS,
    PUTS_IN,
    WRONG_KIND,
    Case,
    cell_code,
    cells_of,
    contradictions,
    described,
    kind_code,
    read_case,
    read_cell,
    read_given,
    read_overlap,
    take_explanations,
    take_note,
)
from polylect.exercises.grading import Answer, Examples, Finding, Response, Responses, Result, Verdict
from polylect.exercises.question import (
    GroupPart,
    Input,
    Option,
    Part,
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
from polylect.issues import Issue, IssueKind, Place, Severity, declare
from polylect.partnership import MOST_SIDES, Arrangement, Kind, Overlap, Side, judge, kind_of, label, nearest
from polylect.partnership import Part as CellPart
from polylect.sentences import declare as say

NO_VERDICT = declare(
    "exercise-no-verdict",
    Severity.ERROR,
    "Question {question} has {found} verdicts, where one is expected, or several, each with another kind and the"
    " assumption that it follows from. It is not graded.",
)
ASK_SIDES = declare("exercise-ask-sides", Severity.ERROR, "Say who takes part: add at least one side.")
FEWER_SIDES = declare("exercise-fewer-sides", Severity.ERROR, "Take a side away: there can be {most} at most.")
ASK_OVERLAP = declare("exercise-ask-overlap", Severity.ERROR, "Say how their goals meet, or that they do not.")
ASK_ASSUMPTION = declare("exercise-ask-assumption", Severity.ERROR, "Say what you assume: the story leaves it open.")
ASK_KIND = declare("exercise-ask-kind", Severity.ERROR, "Say what kind of arrangement it is before you send it.")

WHO = say("exercise-who", "Who takes part?", context="arrangement, field")
ASSUMED = say("exercise-assumed", "It depends. What do you assume?", context="arrangement, field")
WHICH_KIND = say(
    "exercise-which-kind", "So what is it?", context="arrangement, field", note="which kind of arrangement"
)

CELLS_SHARE, KIND_SHARE, FOLLOWING_SHARE = 0.5, 0.3, 0.2
_ASKED = {CellPart.INVESTS: ASK_INVESTS, CellPart.GAINS: ASK_GAINS}
_LEGENDS = {CellPart.INVESTS: PUTS_IN, CellPart.GAINS: GETS_OUT}


@dataclass(frozen=True)
class Reading:
    """A verdict: the kind, what it assumes (the role of that text; empty where it is the only one), and the case with
    what is right under that assumption."""

    kind: Kind
    case: Case
    code: str = ""
    assumption: str = ""


@dataclass(frozen=True)
class ArrangementAnalysis(Question):
    """A story whose arrangement is analyzed."""

    tag: ClassVar[str] = "arrangementresponse"
    input_tags: ClassVar[tuple[str, ...]] = ()
    drawn_as: ClassVar[str] = "arrangement"

    case: Case
    readings: tuple[Reading, ...]
    gives_sides: bool
    explanations: tuple[tuple[str, Remark], ...] = ()
    note: Remark | None = None

    @classmethod
    def parse(cls, source: Source) -> "ArrangementAnalysis":
        points = points_of(source.element)
        case = read_case(source, source.element, source.code)
        filled = _read_filled(source, case)
        gives_sides = bool(filled) or source.attribute("sides").strip() == "given"
        readings = _read_readings(source, case)
        # What one assumption makes right, another makes wrong.
        right = {readings[0].kind.value} if len(readings) == 1 else set()
        wrong = {kind.value: label(kind).english for kind in Kind if kind.value not in right}
        explanations = take_explanations(source, "kind", wrong)
        note = take_note(source)
        inputs = _inputs(source.code, case, readings, gives_sides, filled, points)
        frame = source.finish_with(inputs, _parts(source.code, case, inputs, gives_sides))
        return cls(frame, case, readings, gives_sides, explanations, note)

    @property
    def key(self) -> object:
        return self.gives_sides, [(one.code, one.kind.value, one.case.key) for one in self.readings]

    def read_all(self, raw: Mapping[str, list[str]], language: str) -> tuple[list[Response], list[Issue]]:
        """The responses, and what is missing: cells are needed as soon as there are two sides."""
        known = {input.code: {option.code for option in input.options} for input in self.inputs}
        typed = {code: tuple(raw.get(code, ())) for code in known}
        ticked = {code: tuple(dict.fromkeys(one for one in typed[code] if one in known[code])) for code in known}
        taking_part = self._taking_part(ticked)
        issues: list[Issue] = []

        def ask(kind: IssueKind, code: str, **params: object) -> None:
            issues.append(kind.at(Place(), field=code, **params))

        if not self.gives_sides:
            if not taking_part:
                ask(ASK_SIDES, self._field("sides"))
            elif len(taking_part) > MOST_SIDES:
                ask(FEWER_SIDES, self._field("sides"), most=MOST_SIDES)
        for member in self.case.members:
            for part, name in PARTS.items():
                code = self._field(f"{member.code}.{name}")
                if code not in known:
                    continue
                if member.code not in taking_part:
                    ticked[code] = ()
                    continue
                cell, is_both = read_given(ticked[code])
                if is_both:
                    ask(NOTHING_AND_MORE, code)
                elif cell is None and len(taking_part) > 1:
                    ask(_ASKED[part], code)
        if len(taking_part) > 1 and not ticked.get(self._field("overlap"), ()):
            ask(ASK_OVERLAP, self._field("overlap"))
        if len(self.readings) > 1 and not ticked[self._field("assumed")]:
            ask(ASK_ASSUMPTION, self._field("assumed"))
        if not ticked[self._field("kind")]:
            ask(ASK_KIND, self._field("kind"))
        return [Response(code, typed[code], ticked[code]) for code in known], issues

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        reading = self._reading(responses)
        results = []
        for input in self.inputs:
            if input.code == self._field("kind"):
                results.append(self._grade_kind(input, reading, responses, situation))
            elif input.is_graded:
                is_right = self._is_right(input, reading.case, responses)
                verdict = Verdict.CORRECT if is_right else Verdict.INCORRECT
                results.append(result(input, verdict, points=input.possible if is_right else 0))
        return tuple(results)

    def findings(self, responses: Responses, wording: Wording) -> tuple[Finding, ...]:
        given = self.given(responses)
        if kind_of(given, self.case.values) is None:
            return ()
        values = self.case.values_in(wording)
        named = self.case.named(given, wording)
        return (Finding(self.code, judge(named, values), nearest(named, values)),)

    def given(self, responses: Responses) -> Arrangement:
        """The arrangement that was filled in; sides go by their codes."""
        taking_part = self._taking_part({one.field: one.read for one in responses})
        sides = [
            Side(
                member.code,
                "",
                member.kind,
                *(read_given(responses.of(self._field(f"{member.code}.{name}")).read)[0] for name in PARTS.values()),
            )
            for member in self.case.members
            if member.code in taking_part
        ]
        overlaps = {overlap.value: overlap for overlap in Overlap}
        return Arrangement(tuple(sides[:MOST_SIDES]), overlaps.get(responses.of(self._field("overlap")).text))

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        reading = self.readings[0]
        right = {self._field("sides"): tuple(member.code for member in self.case.sides)}
        for member in reading.case.sides:
            for part, name in PARTS.items():
                accepted = member.cell(part)
                if accepted is not None:
                    right[self._field(f"{member.code}.{name}")] = accepted.codes
        if reading.case.overlap:
            right[self._field("overlap")] = (reading.case.overlap[0].value,)
        right |= {self._field("assumed"): (reading.code,), self._field("kind"): (reading.kind.value,)}
        return tuple(Answer(input.code, right.get(input.code, ())) for input in self.inputs)

    def examples(self) -> tuple[Examples, ...]:
        """For the cells that are right or wrong by themselves; others need a whole form."""
        found = []
        for answer in self.answers(Wording({}, {})):
            input = next(input for input in self.inputs if input.code == answer.field)
            is_of_side = input.code.count(".") > self.code.count(".") + 1
            if not input.is_graded or input.code == self._field("kind") or (is_of_side and not self.gives_sides):
                continue
            found.append(Examples(input.code, answer.choices, None))
        return tuple(found)

    def _field(self, name: str) -> str:
        return f"{self.code}.{name}"

    def _taking_part(self, ticked: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        if self.gives_sides:
            return tuple(member.code for member in self.case.sides)
        return ticked.get(self._field("sides"), ())

    def _reading(self, responses: Responses) -> Reading:
        """What is right under the learner's assumption."""
        assumed = responses.of(self._field("assumed")).text if len(self.readings) > 1 else ""
        return next((one for one in self.readings if one.code == assumed), self.readings[0])

    def _is_right(self, input: Input, case: Case, responses: Responses) -> bool:
        given = responses.of(input.code).read
        if input.code == self._field("sides"):
            return set(given) == {member.code for member in case.sides}
        if input.code == self._field("overlap"):
            return given[:1] in [(overlap.value,) for overlap in case.overlap]
        code, name = input.code.removeprefix(f"{self.code}.").split(".")
        part = next(part for part, called in PARTS.items() if called == name)
        accepted, cell = case.member(code).cell(part), read_given(given)[0]
        return accepted is not None and cell is not None and accepted.holds(cell)

    def _grade_kind(self, input: Input, reading: Reading, responses: Responses, situation: Situation) -> Result:
        said = responses.of(input.code).text
        judged = kind_of(self.given(responses), self.case.values)
        is_right, follows = said == reading.kind.value, judged is not None and said == judged.value
        whole = KIND_SHARE + FOLLOWING_SHARE
        share = (KIND_SHARE * is_right + FOLLOWING_SHARE * follows) / whole
        verdict = Verdict.CORRECT if is_right and follows else Verdict.PARTLY if share else Verdict.INCORRECT
        wrong = [(code, remark) for code, remark in self.explanations if code == said and not is_right]
        feedback = [situation.wording.feedback(remark, code) for code, remark in wrong]
        feedback += [situation.wording.feedback(self.note)] if self.note else []
        points = input.possible if verdict is Verdict.CORRECT else share * input.possible
        return result(input, verdict, feedback, points)


def _read_readings(source: Source, case: Case) -> tuple[Reading, ...]:
    """Takes the verdicts, and proves each by the judge."""
    kinds = {kind.value: kind for kind in Kind}
    readings: list[Reading] = []
    elements = list(source.element.findall("verdict"))
    for number, element in enumerate(elements, start=1):
        name = source.get(element, "kind")
        if name not in kinds:
            source.refuse(BAD_CELL, element, cell="verdict", found=name, expected=", ".join(kinds))
        changed = _changed(source, element, case)
        for contradiction in contradictions(source, changed, kinds[name]):
            source.refuse(
                WRONG_KIND,
                element,
                expected=name,
                found=kind_code(contradiction, case.values),
                cells=described(contradiction, case.values),
            )
        code, assumption = "", ""
        if len(elements) > 1:
            code = f"a{number}"
            assumption = source.text(
                f"{source.code}.assumption.{code}",
                element,
                markup.inner_html(element),
                "choice",
                note=notes.ASSUMPTION.text,
            )
        readings.append(Reading(kinds[name], changed, code, assumption))
        markup.drop(element)
    several = len(readings) > 1
    if not readings or (several and not all(reading.assumption for reading in readings)):
        source.refuse(NO_VERDICT, found=len(readings))
    if len({reading.kind for reading in readings}) < len(readings):
        source.refuse(NO_VERDICT, found=len(readings))
    return tuple(readings)


def _changed(source: Source, element: etree._Element, case: Case) -> Case:
    """The case as a verdict assumes it: takes the `<cell side="…">` and `<goals>` of the verdict."""
    members = {member.code: member for member in case.sides}
    for one in list(element.findall("cell")):
        code = source.get(one, "side")
        if code not in members:
            source.refuse(BAD_CELL, one, cell="side", found=code, expected=", ".join(members))
        member = members[code]
        invests = read_cell(source, one, CellPart.INVESTS, case.values) or member.invests
        gains = read_cell(source, one, CellPart.GAINS, case.values) or member.gains
        members[code] = replace(member, invests=invests, gains=gains)
        markup.drop(one)
    goals = element.find("goals")
    overlap = case.overlap if goals is None else read_overlap(source, goals)
    if goals is not None:
        markup.drop(goals)
    others = tuple(member for member in case.members if not member.is_side)
    return replace(case, members=(*members.values(), *others), overlap=overlap)


def _inputs(
    code: str,
    case: Case,
    readings: tuple[Reading, ...],
    gives_sides: bool,
    filled: tuple[str, ...],
    points: float,
) -> tuple[Input, ...]:
    """The fields, in the order in which they are filled in. The points for the cells are shared among them alike."""
    cells = list(_cells(code, case, gives_sides, filled))
    count = sum(input.is_graded for input in cells)
    each = points * CELLS_SHARE / count if count else 0.0
    inputs = [replace(input, possible=each if input.is_graded else 0.0) for input in cells]
    if len(readings) > 1:
        assumptions = tuple(Option(reading.code, reading.assumption) for reading in readings)
        field = Input(f"{code}.assumed", FieldKind.RADIO, assumptions, 0, is_graded=False, asks=ASSUMED.of())
        inputs.append(field)
    left = points * (KIND_SHARE + FOLLOWING_SHARE) if count else points
    inputs.append(Input(f"{code}.kind", FieldKind.RADIO, KINDS, possible=left, asks=WHICH_KIND.of()))
    return tuple(inputs)


def _cells(code: str, case: Case, gives_sides: bool, filled: tuple[str, ...]) -> Iterator[Input]:
    """Who takes part, if learners say it, and the cells. What is filled in already is not graded."""
    if not gives_sides:
        options = tuple(Option(member.code, member.role) for member in case.members)
        yield Input(f"{code}.sides", FieldKind.CHECKBOX, options, asks=WHO.of())
    shown = case.sides if gives_sides else case.members
    if len(shown) < 2:
        return
    for member in shown:
        for part, name in PARTS.items():
            accepted, is_filled = member.cell(part), f"{member.code}.{name}" in filled
            yield Input(
                f"{code}.{member.code}.{name}",
                FieldKind.CHECKBOX,
                case.options(part),
                is_graded=accepted is not None and not is_filled,
                asks=_LEGENDS[part].of(),
                initial=accepted.codes if accepted and is_filled else (),
            )
    is_filled = CellPart.OVERLAP.value in filled
    yield Input(
        f"{code}.overlap",
        FieldKind.RADIO,
        OVERLAPS,
        is_graded=bool(case.overlap) and not is_filled,
        asks=GOALS.of(),
        initial=tuple(one.value for one in case.overlap[:1]) if is_filled else (),
    )


def _read_filled(source: Source, case: Case) -> tuple[str, ...]:
    """The cells that learners find filled in."""
    filled = tuple(source.attribute("filled").split())
    known = [cell_code(cell) for cell in cells_of(case.sides)]
    for code in filled:
        if code not in known:
            source.refuse(BAD_CELL, cell="filled", found=code, expected=", ".join(known))
    return filled


def _parts(code: str, case: Case, inputs: tuple[Input, ...], gives_sides: bool) -> tuple[Part, ...]:
    """Where the fields stand: those of a side together."""
    codes = [input.code for input in inputs]
    parts: list[Part] = [PlacePart(f"{code}.sides")] if f"{code}.sides" in codes else []
    for member in case.members:
        of_side = tuple(one for one in codes if one.startswith(f"{code}.{member.code}.") and one.count(".") >= 2)
        if of_side:
            member_of = "" if gives_sides else f"{code}.sides"
            parts.append(GroupPart(member.code, member.role, of_side, member.note, "", member_of))
    parts += [PlacePart(one) for name in ("overlap", "assumed", "kind") if (one := f"{code}.{name}") in codes]
    return tuple(parts)
