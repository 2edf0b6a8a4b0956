"""Open edX's names of the inputs and choices of one problem, and ours.

There, responses are numbered from 2 and their inputs from 1 (`1_2_1`); a choice is `choice_0` or `choice_NAME`, an
option of a dropdown is its text. What a form of ours could not send at all (a list where one text is expected) is sent
as the same value twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from polylect.exercises import Exercise, Field, FieldKind, Grade, Html, Input, Question, QuestionView, Result

from .corpus import Row

Form = dict[str, list[str]]
_APART = ("solution", "targetedfeedbackset")


class Names:
    """The names of one problem; `variables` are what its author's scripts left."""

    def __init__(self, exercise: Exercise, case: Row, variables: Mapping[str, str] | None = None) -> None:
        self.questions: dict[str, Question] = {}
        """By their name of each input that we have."""
        self.inputs: dict[str, Input] = {}
        self.choices: dict[str, dict[str, str]] = {}
        """By their name of an input: our code by their name of a choice."""
        self._fields = dict(_fields(exercise, case["seed"], variables))
        numbers = _numbers(case)
        listed = {entry["id"]: entry.get("choices") or [] for entry in case["inputs"] or ()}
        for question in exercise.questions:
            number, element = numbers[question.code]
            for at, input in enumerate(question.inputs, start=1):
                theirs = f"1_{number}_{at}"
                self.questions[theirs], self.inputs[theirs] = question, input
                if input.kind is FieldKind.SELECT:
                    self.choices[theirs] = self._option_names(input, [value for value, _ in listed.get(theirs, [])])
                elif input.options:
                    self.choices[theirs] = _choice_names(question, input, element)

    def form(self, answers: Mapping[str, Any]) -> Form:
        """What was sent, as a form of ours would send it."""
        sent: Form = {}
        for theirs, input in self.inputs.items():
            sent[input.code] = self._sent(theirs, input, answers.get(theirs))
        return sent

    def result(self, grade: Grade, theirs: str) -> Result | None:
        """What became of an input."""
        return grade.of(self.inputs[theirs].code)

    def choice(self, theirs: str, code: str) -> str:
        """Their name of a choice."""
        return next((name for name, of in self.choices.get(theirs, {}).items() if of == code), f"?{code}")

    def shown(self) -> dict[str, list[str]]:
        """Their names of the choices that the learner sees, by input, in that order."""
        return {
            theirs: [self.choice(theirs, choice.code) for choice in self._fields[input.code].choices]
            for theirs, input in self.inputs.items()
            if input.code in self._fields
        }

    def _sent(self, theirs: str, input: Input, answer: Any) -> list[str]:
        if answer is None:
            return []
        values = answer if isinstance(answer, list) else [answer]
        if input.kind is not FieldKind.CHECKBOX and not isinstance(answer, str):
            values = [*values, *values][:2]  # what a form of ours cannot send
        choices = self.choices.get(theirs)
        return [str(value) if choices is None else choices.get(value, f"?{value}") for value in values]

    def _option_names(self, input: Input, values: list[str]) -> dict[str, str]:
        """The options of a dropdown by their text; of two alike, the first."""
        field = self._fields.get(input.code)
        texts = [choice.words.text for choice in field.choices] if field else []
        if len(texts) == len(values):
            texts = values
        return dict(reversed([*zip(texts, (option.code for option in input.options), strict=False)]))


def _numbers(case: Row) -> dict[str, tuple[int, etree._Element]]:
    """Their number of each question, and its element, by our code: each counts the elements in document order."""
    try:
        root = etree.fromstring(case["xml"].strip().encode())
    except etree.XMLSyntaxError:
        return {}
    theirs, ours, found = 2, 1, {}
    for element in root.iter("{*}*"):
        if element is root or not str(element.tag).endswith("response"):
            continue
        is_theirs = element.tag in case["response_types"]
        if not any(outer.tag in _APART for outer in element.iterancestors()):
            found[f"q{ours}"] = (theirs, element)
            ours += 1
        theirs += is_theirs
    return found


def _choice_names(question: Question, input: Input, element: etree._Element) -> dict[str, str]:
    codes = [option.code for option in input.options]
    if question.tag == "choiceresponse":
        return {f"choice_{at}": code for at, code in enumerate(codes)}
    names, unnamed = {}, 0
    for code, name in zip(codes, [one.get("name") for one in element.iter("choice")], strict=False):
        names[f"choice_{unnamed if name is None else name}"] = code
        unnamed += name is None
    return names


def _fields(exercise: Exercise, seed: int, variables: Mapping[str, str] | None) -> Iterator[tuple[str, Field]]:
    """The fields that this learner sees, by code."""

    def walk(parts: tuple[Html | Field | QuestionView, ...]) -> Iterator[tuple[str, Field]]:
        for part in parts:
            if isinstance(part, Field):
                yield part.code, part
            else:
                yield from walk(part.inner if isinstance(part, Html) else part.parts)

    yield from walk(exercise.present(seed, variables).parts)
