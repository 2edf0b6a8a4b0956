"""Open edX's names of the inputs and choices of one problem, and ours.

There, responses are numbered from 2 and their inputs from 1 (`1_2_1`); a choice is `choice_0` or `choice_NAME`, an
option of a dropdown is its text, a place in a picture `[x,y]`, an annotation JSON, and choices with numbers an object.
What a form of ours could not send at all (a list where one text is expected) is sent as the same value twice.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from polylect.exercises import Exercise, Field, FieldKind, Grade, Html, Input, Question, QuestionView, Result

from .corpus import Row

Form = dict[str, list[str]]
_APART = ("solution", "targetedfeedbackset")
_PLACE = re.compile(r"\[([^,\]]+),([^,\]]+)\]")


class Names:
    """The names of one problem; `variables` are what its author's scripts left."""

    def __init__(self, exercise: Exercise, case: Row, variables: Mapping[str, str] | None = None) -> None:
        self.questions: dict[str, Question] = {}
        """By their name of each input that we have."""
        self.inputs: dict[str, Input] = {}
        self.choices: dict[str, dict[str, str]] = {}
        """By their name of an input: our code by their name of a choice."""
        self.broken: dict[str, str] = {}
        """By their name of each input of a question whose key cannot be read: our code of the question. A form of ours
        has no field for it, so all that can be sent is nothing."""
        views = list(_views(exercise, case["seed"], variables))
        self._fields = {view.code: view for view in views if isinstance(view, Field)}
        numbers = _numbers(case)
        for view in views:
            if isinstance(view, QuestionView) and view.is_broken:
                number, _ = numbers[view.code]
                self.broken |= dict.fromkeys(_of_question(case, number), view.code)
        listed = {entry["id"]: entry.get("choices") or [] for entry in case["inputs"] or ()}
        for question in exercise.questions:
            number, element = numbers[question.code]
            for at, input in enumerate((one for one in question.inputs if one.is_graded), start=1):
                theirs = f"1_{number}_{at}"
                self.questions[theirs], self.inputs[theirs] = question, input
                if input.kind is FieldKind.SELECT:
                    self.choices[theirs] = self._option_names(input, listed.get(theirs, []))
                elif input.options:
                    self.choices[theirs] = _choice_names(question, theirs, input, element)

    def form(self, answers: Mapping[str, Any]) -> Form:
        """What was sent, as a form of ours would send it."""
        sent: Form = {}
        for theirs in self.inputs:
            sender = _SENDERS.get(self.questions[theirs].tag, Names._values)
            sent |= sender(self, theirs, answers.get(theirs))
        return sent

    def can_send(self, answers: Mapping[str, Any]) -> bool:
        """Whether a form of ours has a field for all that is not blank."""
        return all(answers.get(theirs) in (None, [], {}) for theirs in self.broken)

    def result(self, grade: Grade, theirs: str) -> Result | None:
        """What became of an input."""
        return grade.of(self.broken.get(theirs) or self.inputs[theirs].code)

    def choice(self, theirs: str, code: str) -> str:
        """Their name of a choice."""
        return next((name for name, of in self.choices.get(theirs, {}).items() if of == code), f"?{code}")

    def words(self, theirs: str, code: str) -> str:
        """What a choice says, to this learner."""
        choices = self._fields[self.inputs[theirs].code].choices
        return next((choice.words.text for choice in choices if choice.code == code), "")

    def shown(self) -> dict[str, list[str]]:
        """Their names of the choices that the learner sees, by input, in that order."""
        return {
            theirs: [self.choice(theirs, choice.code) for choice in self._fields[input.code].choices]
            for theirs, input in self.inputs.items()
            if input.code in self._fields
        }

    def _values(self, theirs: str, answer: Any) -> Form:
        """A text, or the names of choices."""
        input, choices = self.inputs[theirs], self.choices.get(theirs)
        if answer is None:
            return {input.code: []}
        values = answer if isinstance(answer, list) else [answer]
        if input.kind is not FieldKind.CHECKBOX and not isinstance(answer, str):
            values = [*values, *values][:2]
        if choices is None:
            return {input.code: list(map(str, values))}
        return {input.code: [choices.get(str(value), f"?{value}") for value in values]}

    def _place(self, theirs: str, answer: Any) -> Form:
        """A place in a picture: how far from the left, and how far down; what stands behind it is passed over."""
        found = _PLACE.match("".join(str(answer).split()))
        return {self.inputs[theirs].code: list(found.groups()) if found else [] if answer is None else [str(answer)]}

    def _annotation(self, theirs: str, answer: Any) -> Form:
        """The tags that are picked, by position, and a comment."""
        input = self.inputs[theirs]
        try:
            given = json.loads(answer or "{}")
        except ValueError:
            return {input.code: ["?", "?"]}
        given = given if isinstance(given, dict) else {}
        tags = given.get("options")
        codes = {at: option.code for at, option in enumerate(input.options)}
        picked = [codes.get(tag, "?") for tag in tags] if isinstance(tags, list) else []
        return {input.code: picked, f"{input.code}.comment": [str(given.get("comment", ""))]}

    def _numbers_in_choices(self, theirs: str, answer: Any) -> Form:
        """The choices that are picked, and the numbers in all."""
        input, given = self.inputs[theirs], answer if isinstance(answer, dict) else {}
        sent: Form = {input.code: []}
        for at, option in enumerate(input.options):
            name = f"{theirs}_choiceinput_{at}"
            if f"{name}bc" in given:
                sent[input.code].append(option.code)
            for number, inner in enumerate(option.inner):
                text = given.get(f"{name}_numtolerance_input_{number}")
                sent[inner.code] = [] if text is None else [str(text)]
        return sent

    def _option_names(self, input: Input, listed: list[tuple[str, str]]) -> dict[str, str]:
        """The options of a dropdown by their text; of two alike, the first."""
        field = self._fields.get(input.code)
        texts = [choice.words.text for choice in field.choices] if field else []
        if len(texts) == len(listed):
            texts = [shown if "$" in value else value for value, shown in listed]
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


_SENDERS: dict[str, Callable[[Names, str, Any], Form]] = {
    "imageresponse": Names._place,
    "annotationresponse": Names._annotation,
    "choicetextresponse": Names._numbers_in_choices,
}


def _choice_names(question: Question, theirs: str, input: Input, element: etree._Element) -> dict[str, str]:
    codes = [option.code for option in input.options]
    if question.tag == "choiceresponse":
        return {f"choice_{at}": code for at, code in enumerate(codes)}
    if question.tag == "choicetextresponse":
        return {f"{theirs}_choiceinput_{at}bc": code for at, code in enumerate(codes)}
    names, unnamed = {}, 0
    for code, name in zip(codes, [one.get("name") for one in element.iter("choice")], strict=False):
        names[f"choice_{unnamed if name is None else name}"] = code
        unnamed += name is None
    return names


def _of_question(case: Row, number: int) -> list[str]:
    return [entry["id"] for entry in case["inputs"] or () if entry["id"].startswith(f"1_{number}_")]


def _views(exercise: Exercise, seed: int, variables: Mapping[str, str] | None) -> Iterator[Html | Field | QuestionView]:
    """All that this learner sees, however deep inside."""

    def walk(parts: tuple[Html | Field | QuestionView, ...]) -> Iterator[Html | Field | QuestionView]:
        for part in parts:
            yield part
            if not isinstance(part, Field):
                yield from walk(part.inner if isinstance(part, Html) else part.parts)

    yield from walk(exercise.present(seed, variables).parts)
