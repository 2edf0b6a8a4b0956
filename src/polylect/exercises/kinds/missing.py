"""Spot the missing condition: which of the four conditions of a partnership fails in a case (`missingresponse`).

The cells of the case say it, by the judge; nobody sees them before the answer. Just one fails, or none.
"""

from dataclasses import dataclass
from typing import ClassVar

from polylect.exercises.arrangements import Case, described, read_case, take_explanations, take_note
from polylect.exercises.grading import Answer, Examples, Finding, Responses, Result, Verdict
from polylect.exercises.question import (
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
from polylect.exercises.view import FieldKind
from polylect.issues import Severity, declare
from polylect.partnership import ConditionName, judge, label, nearest
from polylect.sentences import declare as say

WRONG_CONDITION = declare(
    "exercise-wrong-condition",
    Severity.ERROR,
    "Question {question} says that what is missing is {expected}, but with the cells {cells} it is: {found}. It is not"
    " graded.",
)
WHAT_IS_MISSING = say("exercise-what-is-missing", "Which condition is missing?", context="arrangement, field")
NONE_IS_MISSING = say("exercise-none-is-missing", "None: it is a partnership", context="arrangement, choice")

NONE = "none"
_OPTIONS = (
    *(Option(name.value, "", sentence=label(name)) for name in ConditionName),
    Option(NONE, "", sentence=NONE_IS_MISSING.of()),
)


@dataclass(frozen=True)
class MissingCondition(Question):
    """A question for the condition that fails."""

    tag: ClassVar[str] = "missingresponse"
    input_tags: ClassVar[tuple[str, ...]] = ()

    case: Case
    missing: str
    explanations: tuple[tuple[str, Remark], ...] = ()
    note: Remark | None = None

    @classmethod
    def parse(cls, source: Source) -> "MissingCondition":
        case = read_case(source, source.element, source.code, fixed=True)
        stated = source.attribute("missing").strip()
        failing = [condition.name.value for condition in judge(case.arrangement, case.values).failing]
        if (failing or [NONE]) != [stated]:
            cells = described(case.arrangement, case.values)
            source.refuse(WRONG_CONDITION, expected=stated, found=", ".join(failing) or NONE, cells=cells)
        wrong = {
            option.code: option.sentence.english for option in _OPTIONS if option.sentence and option.code != stated
        }
        explanations = take_explanations(source, "condition", wrong)
        note = take_note(source)
        points = points_of(source.element)
        input = Input(source.code, FieldKind.RADIO, _OPTIONS, points, right_points=points, asks=WHAT_IS_MISSING.of())
        frame = source.finish_with([input], [PlacePart(source.code)])
        return cls(frame, case, stated, explanations, note)

    @property
    def key(self) -> object:
        return self.missing

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        given = responses.of(self.code).read
        feedback = [situation.wording.feedback(remark, code) for code, remark in self.explanations if given == (code,)]
        if self.note:
            situation.remarks.append(situation.wording.feedback(self.note))
        verdict = Verdict.CORRECT if given == (self.missing,) else Verdict.INCORRECT
        return (result(self.inputs[0], verdict, feedback),)

    def findings(self, responses: Responses, wording: Wording) -> tuple[Finding, ...]:
        """To somebody who found it: a wrong answer can be tried again."""
        if responses.of(self.code).read != (self.missing,):
            return ()
        values = self.case.values_in(wording)
        named = self.case.named(self.case.arrangement, wording)
        return (Finding(self.code, judge(named, values), nearest(named, values), is_own=False),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, (self.missing,)),)

    def examples(self) -> tuple[Examples, ...]:
        wrong = next(option.code for option in _OPTIONS if option.code != self.missing)
        return (Examples(self.code, (self.missing,), (wrong,)),)
