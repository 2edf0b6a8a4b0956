"""Checkboxes: all that are right and none that is wrong (`choiceresponse` with a `checkboxgroup`).

Nothing picked is never right, except where no choice is and Open edX is not followed. `partial_credit="EDC"` (every
decision counts) pays the share of right decisions, `partial_credit="halves"` a half for one mistake among three choices
or more, a quarter for two among five or more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.grading import Answer, Examples, Feedback, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import NO_CHOICES, scheme
from polylect.exercises.question import Input, Option, Question, Remark, Situation, Source, Wording, result
from polylect.exercises.view import FieldKind

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HALVES = {1: (0.5, 3), 2: (0.25, 5)}
"""By the number of mistakes: the share that is paid, and from how many choices on."""
_HINTS = {"true": ("selected", notes.WHEN_SELECTED.text), "false": ("unselected", notes.WHEN_UNSELECTED.text)}
"""By what a hint says of its choice: the name of its text, and when it shows."""


@dataclass(frozen=True)
class Compound:
    """Feedback on one exact set of picked choices."""

    codes: frozenset[str]
    remark: Remark


@dataclass(frozen=True)
class Checkboxes(Question):
    """A question with checkboxes."""

    tag: ClassVar[str] = "choiceresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("checkboxgroup", "radiogroup")

    right: tuple[str, ...]
    scheme: str
    """`edc`, `halves`, or empty: all or nothing."""
    picked: tuple[tuple[str, Remark], ...]
    """Feedback on choices that are picked."""
    unpicked: tuple[tuple[str, Remark], ...]
    """Feedback on choices that are not."""
    compounds: tuple[Compound, ...]
    may_be_blank: bool = False
    """Nothing is right, so that to pick nothing is."""

    @classmethod
    def parse(cls, source: Source) -> "Checkboxes":
        group = source.input_elements[0] if source.input_elements else source.element
        elements = list(group.iter("choice"))
        if not source.input_elements or not elements:
            source.refuse(NO_CHOICES)
        credit = scheme(source, "edc", "halves")
        codes = source.option_codes(source.code, elements)
        truths = [markup.is_true(source.get(element, "correct")) for element in elements]
        right = tuple(code for code, is_right in zip(codes, truths, strict=True) if is_right)
        common = source.common(group, source.code)
        compounds = _compounds(source, group, _by_letter(elements, codes))
        options, picked, unpicked = _options(source, elements, codes)
        source.put_input(group, Input(source.code, FieldKind.CHECKBOX, options, **common))
        may_be_blank = not right and not source.follows_open_edx
        return cls(source.finish(), right, credit, picked, unpicked, compounds, may_be_blank)

    @property
    def key(self) -> object:
        return sorted(self.right), self.scheme

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        given = frozenset(responses.of(self.frame.code).read)
        verdict, points = self._judge(given)
        feedback = self._feedback(given, situation) if self._has_remarks else ()
        return (result(self.frame.inputs[0], verdict, feedback, points),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, self.right),)

    def examples(self) -> tuple[Examples, ...]:
        wrong = tuple(option.code for option in self.inputs[0].options if option.code not in self.right)
        return (Examples(self.code, self.right, wrong),)

    def _judge(self, given: frozenset[str]) -> tuple[Verdict, float | None]:
        if not given and not self.may_be_blank:  # nothing but nothing is right
            return Verdict.INCORRECT, None
        input = self.frame.inputs[0]
        known = given & self._offered if self.scheme else given
        mistakes = len(known.symmetric_difference(self.right))
        if not mistakes:
            return Verdict.CORRECT, input.possible if self.scheme == "halves" else None
        share = 0.0
        if self.scheme == "edc":
            share = 1 - mistakes / len(input.options)
        elif self.scheme == "halves":
            paid, least = _HALVES.get(mistakes, (0.0, 0))
            share = paid if len(input.options) >= least else 0.0
        if share <= 0:
            return Verdict.INCORRECT, None
        return Verdict.PARTLY, _rounded(share * input.possible)

    @cached_property
    def _offered(self) -> frozenset[str]:
        return frozenset(option.code for option in self.inputs[0].options)

    @cached_property
    def _has_remarks(self) -> bool:
        return bool(self.picked or self.unpicked or self.compounds)

    def _feedback(self, given: frozenset[str], situation: Situation) -> list[Feedback]:
        """A remark on this very set, else the remarks on each choice; none where nothing was picked."""
        known = given & self._offered
        if not given:
            return []
        for compound in self.compounds:
            if compound.codes == known:
                return [situation.wording.feedback(compound.remark)]
        picked, unpicked = dict(self.picked), dict(self.unpicked)
        remarks = [
            (option.code, (picked if option.code in given else unpicked).get(option.code))
            for option in self.inputs[0].options
        ]
        return [situation.wording.feedback(remark, code) for code, remark in remarks if remark is not None]


def _rounded(points: float) -> float:
    """To two decimals, halves away from zero."""
    return float(Decimal(repr(points)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _by_letter(elements: list[etree._Element], codes: list[str]) -> Mapping[str, str]:
    """Codes by the name that a compound hint calls a choice: its `id`, else A, B, … by position."""
    names = [element.get("id") or (_LETTERS[at] if at < len(_LETTERS) else "") for at, element in enumerate(elements)]
    return {name.upper(): code for name, code in zip(names, codes, strict=True)}


def _compounds(source: Source, group: etree._Element, names: Mapping[str, str]) -> tuple[Compound, ...]:
    compounds = []
    for number, element in enumerate(group.findall("compoundhint"), start=1):
        wanted = element.get("value", "").upper().split()
        note = notes.written(notes.WHEN_EXACTLY, choices=" ".join(wanted))
        remark = source.remark(f"{source.code}.compound.{number}", element, note)
        if remark is not None:
            compounds.append(Compound(frozenset(names.get(name, f"?{name}") for name in wanted), remark))
    return tuple(compounds)


Remarks = tuple[tuple[str, Remark], ...]


def _options(
    source: Source, elements: list[etree._Element], codes: list[str]
) -> tuple[tuple[Option, ...], Remarks, Remarks]:
    options = []
    remarks: dict[str, list[tuple[str, Remark]]] = {"true": [], "false": []}
    for code, element in zip(codes, elements, strict=True):
        role = f"{source.code}.choice.{code}"
        for hint in list(element.iterchildren("choicehint")) if len(element) else ():
            selected = hint.get("selected", "").strip().lower()
            name, note = _HINTS.get(selected, ("", ""))
            known = remarks.get(selected, [])
            if name and code not in dict(known):
                remark = source.remark(f"{role}.{name}", hint, note)
                if remark is not None:
                    known.append((code, remark))
            markup.drop(hint)
        options.append(Option(code, source.text(role, element, markup.inner_html(element), "choice")))
    return tuple(options), tuple(remarks["true"]), tuple(remarks["false"])
