"""Multiple choice: one of several, by radio buttons (`multiplechoiceresponse` with a `choicegroup`).

Every choice with `correct="true"` is right. With `partial_credit="points"` a choice with `correct="partial"`
earns its `point_value`, a half if it has none. Choices may be shuffled, or drawn from a pool, by the
learner's seed.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.chance import Dice, Drawn
from polylect.exercises.grading import Answer, Examples, Responses, Result, Verdict
from polylect.exercises.question import Input, Option, Question, Remark, Situation, Source, Wording, result
from polylect.exercises.scripts import is_open
from polylect.exercises.view import FieldKind
from polylect.issues import Severity, declare

NO_CHOICES = declare("exercise-no-choices", Severity.ERROR, "Question {question} has no choices; it is not graded.")
NOTHING_RIGHT = declare(
    "exercise-nothing-right", Severity.WARNING, "Question {question} has no right choice, so nobody can answer it."
)
BAD_CREDIT = declare(
    "exercise-bad-credit",
    Severity.ERROR,
    "Question {question} has partial_credit “{found}”, which is not one of {expected}; it is not graded.",
)
BAD_POOL = declare(
    "exercise-bad-pool",
    Severity.ERROR,
    "Question {question} has answer-pool “{found}”; it needs a whole number, right and wrong choices, and no shuffle.",
)
BAD_POINTS = declare(
    "exercise-bad-points",
    Severity.WARNING,
    "Question {question} has point_value “{found}”, where a number is expected; the choice earns {used}.",
)

_WRONG = (Verdict.INCORRECT, None)
PARTIAL_POINTS = 0.5
"""What a partly right choice earns unless its author says otherwise."""


@dataclass(frozen=True)
class MultipleChoice(Question):
    """A multiple choice question."""

    tag: ClassVar[str] = "multiplechoiceresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("choicegroup",)
    field_kind: ClassVar[FieldKind] = FieldKind.RADIO
    """Checkboxes where any number of choices may be picked."""

    choices: tuple[Drawn, ...]
    earned: tuple[tuple[str, float], ...]
    """Partly right choices and what they earn."""
    remarks: tuple[tuple[str, Remark], ...]
    is_shuffled: bool = False
    pool_size: int = 0
    """0: all choices are shown."""
    explanations: tuple[tuple[str, str], ...] = ()
    """Of right choices, the names of the explanations that fit them."""

    @classmethod
    def parse(cls, source: Source) -> "MultipleChoice":
        group = source.input_elements[0] if source.input_elements else source.element
        elements = list(group.iter("choice"))
        if not source.input_elements or not elements:
            source.refuse(NO_CHOICES)
        credit = scheme(source, "points")
        codes = source.option_codes(source.code, elements)
        choices = tuple(
            Drawn(code, markup.is_true(source.get(element, "correct")), markup.is_true(source.get(element, "fixed")))
            for code, element in zip(codes, elements, strict=True)
        )
        pool_size = _pool_size(source, group, choices)
        earned = _earned(source, elements, codes) if credit else ()
        is_single, is_known = cls.field_kind is FieldKind.RADIO, not waits_for_script(source, elements)
        if is_single and is_known and not earned and not any(choice.is_right for choice in choices):
            source.warn(NOTHING_RIGHT, group)
        common = source.common(group, source.code)
        options, remarks = _options(source, elements, codes)
        remarks = (*remarks, *_targeted(source, elements, codes))
        source.put_input(group, Input(source.code, cls.field_kind, options, **common))
        is_shuffled = markup.is_true(source.get(group, "shuffle"))
        explanations = tuple(
            (choice.code, element.get("explanation-id", ""))
            for choice, element in zip(choices, elements, strict=True)
            if choice.is_right
        )
        return cls(source.finish(), choices, earned, remarks, is_shuffled, pool_size, explanations)

    @property
    def key(self) -> object:
        return sorted(choice.code for choice in self.choices if choice.is_right), sorted(self.earned)

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        picked = responses.of(self.frame.code).read
        code = picked[0] if len(picked) == 1 else ""
        verdict, points = self._verdicts.get(code, _WRONG)
        feedback = [situation.wording.feedback(remark, code) for remark in self._said.get(code, ())]
        return (result(self.frame.inputs[0], verdict, feedback, points),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, tuple(choice.code for choice in self.choices if choice.is_right)),)

    def examples(self) -> tuple[Examples, ...]:
        right = tuple(choice.code for choice in self.choices if choice.is_right)[:1]
        wrong = tuple(choice.code for choice in self.choices if not choice.is_right)[:1]
        return (Examples(self.code, right, wrong or None),)

    def explained(self, drawn: Mapping[str, tuple[Option, ...]]) -> frozenset[str] | None:
        if not self.pool_size:
            return None
        shown = {option.code for option in drawn[self.code]}
        return frozenset(name for code, name in self.explanations if code in shown)

    @cached_property
    def _verdicts(self) -> Mapping[str, tuple[Verdict, float | None]]:
        """The choices that earn something, and what, where it is not what the input says."""
        right = {choice.code: (Verdict.CORRECT, None) for choice in self.choices if choice.is_right}
        return right | {code: (Verdict.PARTLY, share) for code, share in self.earned}

    @cached_property
    def _said(self) -> Mapping[str, list[Remark]]:
        said = defaultdict[str, list[Remark]](list)
        for code, remark in self.remarks:
            said[code].append(remark)
        return said

    def draw(self, dice: Dice) -> Mapping[str, tuple[Option, ...]]:
        if self.pool_size:
            drawn = dice.pooled(self.choices, self.pool_size)
        elif self.is_shuffled:
            drawn = dice.shuffled(self.choices)
        else:
            return {}
        options = {option.code: option for option in self.inputs[0].options}
        return {self.code: tuple(options[choice.code] for choice in drawn)}


def scheme(source: Source, *known: str) -> str:
    """The one way in which partly right answers are paid; empty: none. Open edX judges nothing where `partial_credit`
    is blank or names one twice."""
    if waits_for_script(source, [source.element], "partial_credit"):
        return ""
    written, words = source.attribute("partial_credit"), source.words("partial_credit")
    is_one = "," not in written and (bool(written.strip()) or "partial_credit" not in source.element.attrib)
    if words - set(known) or len(words) > 1 or (source.follows_open_edx and not is_one):
        source.refuse(BAD_CREDIT, found=written, expected=", ".join([*known, "false"]))
    return "".join(words)


def waits_for_script(source: Source, elements: Iterable[etree._Element], attribute: str = "correct") -> bool:
    """Whether a variable in one of these attributes is not known yet, so that nothing can be said of them."""
    return not source.is_prepared and any(is_open(element.get(attribute, "")) for element in elements)


def _pool_size(source: Source, group: etree._Element, choices: tuple[Drawn, ...]) -> int:
    if "answer-pool" not in group.attrib:
        return 0
    text = source.get(group, "answer-pool")
    try:
        size = int(text)
    except ValueError:
        source.refuse(BAD_POOL, group, found=text)
    kinds = {choice.is_right for choice in choices}
    is_one_sided = len(kinds) < 2 and not waits_for_script(source, group.iter("choice"))
    if size >= 1 and (is_one_sided or markup.is_true(source.get(group, "shuffle"))):
        source.refuse(BAD_POOL, group, found=text)
    return max(size, 0)


def _earned(source: Source, elements: list[etree._Element], codes: list[str]) -> tuple[tuple[str, float], ...]:
    return tuple(
        (code, _point_value(source, element))
        for code, element in zip(codes, elements, strict=True)
        if source.get(element, "correct").strip().lower() == "partial"
    )


def _point_value(source: Source, element: etree._Element) -> float:
    text = source.get(element, "point_value", str(PARTIAL_POINTS))
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if math.isfinite(points):
        return points
    if not waits_for_script(source, [element], "point_value"):
        source.warn(BAD_POINTS, element, found=text, used=PARTIAL_POINTS)
    return PARTIAL_POINTS


def _options(
    source: Source, elements: list[etree._Element], codes: list[str]
) -> tuple[tuple[Option, ...], tuple[tuple[str, Remark], ...]]:
    options, remarks = [], []
    for code, element in zip(codes, elements, strict=True):
        role = f"{source.code}.choice.{code}"
        remark = None
        for hint in list(element.iterchildren("choicehint")) if len(element) else ():
            remark = (
                source.remark(f"{role}.feedback", hint, notes.WHEN_CHOICE_PICKED.text) if remark is None else remark
            )
            markup.drop(hint)
        text = source.text(role, element, markup.inner_html(element), "choice")
        options.append(Option(code, text))
        if remark is not None:
            remarks.append((code, remark))
    return tuple(options), tuple(remarks)


def _targeted(source: Source, elements: list[etree._Element], codes: list[str]) -> Iterator[tuple[str, Remark]]:
    """Feedback that stands in a set after the question and names choices by their `explanation-id`."""
    group = source.following("targetedfeedbackset")
    if group is None or "targeted-feedback" not in source.element.attrib:
        return
    names = [element.get("explanation-id") for element in elements]
    for number, element in enumerate(group.findall("targetedfeedback"), start=1):
        name = element.get("explanation-id")
        remark = source.remark(f"{source.code}.targeted.{number}", element, notes.WHEN_ONE_PICKED.text)
        if name and remark is not None:
            yield from ((code, remark) for code, of in zip(codes, names, strict=True) if of == name)
    markup.drop(group)
