"""True or false: which of several statements are true (`truefalseresponse` with a `choicegroup`).

Exactly the true ones have to be picked; where none is true, that means none. Feedback, shuffling and pools are those of
multiple choice, and every statement that was picked gets its feedback.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from polylect.exercises.grading import Examples, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import MultipleChoice
from polylect.exercises.question import Situation, result
from polylect.exercises.view import FieldKind


@dataclass(frozen=True)
class TrueFalse(MultipleChoice):
    """A question for the true ones of some statements."""

    tag: ClassVar[str] = "truefalseresponse"
    field_kind: ClassVar[FieldKind] = FieldKind.CHECKBOX

    @property
    def may_be_blank(self) -> bool:
        return not self._right

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        given = frozenset(responses.of(self.frame.code).read)
        verdict = Verdict.CORRECT if given == self._right else Verdict.INCORRECT
        feedback = [situation.wording.feedback(remark, of) for of, remark in self.remarks if of in given]
        return (result(self.frame.inputs[0], verdict, feedback),)

    def examples(self) -> tuple[Examples, ...]:
        wrong = tuple(choice.code for choice in self.choices if not choice.is_right)
        return (Examples(self.code, tuple(self._right), wrong),)

    @cached_property
    def _right(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.choices if choice.is_right)
