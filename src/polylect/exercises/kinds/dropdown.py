"""Dropdowns: one of several, from a list (`optionresponse` with one `optioninput` or more, each judged alone).

Two spellings: `<option correct="True">` elements, which may carry feedback, and the older
`<optioninput options="('a','b')" correct="b"/>`. Where both are there, the elements count.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.grading import Answer, Examples, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import NO_CHOICES, waits_for_script
from polylect.exercises.question import Input, Option, Question, Remark, Situation, Source, Wording, result
from polylect.exercises.view import FieldKind
from polylect.issues import Severity, declare

TWO_RIGHT = declare(
    "exercise-two-right", Severity.ERROR, "Question {question} is a dropdown with {found} right options; it needs one."
)
NONE_RIGHT = declare(
    "exercise-none-right",
    Severity.WARNING,
    "Question {question} is a dropdown whose right answer is not among its options.",
)

_BETWEEN = re.compile(r"""['"]\s*,\s*['"]""")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Dropdown:
    """One list:

    the right option's code (several only where the same text stands twice), and remarks by option.
    """

    code: str
    right: tuple[str, ...]
    remarks: tuple[tuple[str, Remark], ...] = ()


@dataclass(frozen=True)
class Dropdowns(Question):
    """A question with one dropdown or more."""

    tag: ClassVar[str] = "optionresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("optioninput",)

    lists: tuple[Dropdown, ...]

    @classmethod
    def parse(cls, source: Source) -> "Dropdowns":
        if not source.input_elements:
            source.refuse(NO_CHOICES)
        lists = []
        for code, element in zip(source.input_codes(), source.input_elements, strict=True):
            common = source.common(element, code)
            if element.find("option") is not None:
                lists.append(_from_elements(source, element, code, common))
            else:
                lists.append(_from_attribute(source, element, code, common))
        return cls(source.finish(), tuple(lists))

    @property
    def key(self) -> object:
        return [(one.code, sorted(one.right)) for one in self.lists]

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        pairs = zip(self.lists, self.frame.inputs, strict=True)
        return tuple([_grade(one, input, responses, situation) for one, input in pairs])

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return tuple(Answer(one.code, one.right[:1]) for one in self.lists)

    def examples(self) -> tuple[Examples, ...]:
        found = []
        for one, input in zip(self.lists, self.inputs, strict=True):
            wrong = tuple(option.code for option in input.options if option.code not in one.right)[:1]
            found.append(Examples(one.code, one.right[:1], wrong or None))
        return tuple(found)


def _grade(one: Dropdown, input: Input, responses: Responses, situation: Situation) -> Result:
    given = responses.of(one.code).read
    is_right = len(given) == 1 and given[0] in one.right
    feedback = [situation.wording.feedback(remark, code) for code, remark in one.remarks if given == (code,)]
    return result(input, Verdict.CORRECT if is_right else Verdict.INCORRECT, feedback)


def _from_elements(source: Source, element: etree._Element, code: str, common: dict[str, Any]) -> Dropdown:
    elements = element.findall("option")
    codes = source.option_codes(code, elements)
    right = [of for of, option in zip(codes, elements, strict=True) if markup.is_true(source.get(option, "correct"))]
    if len(right) > 1:
        source.refuse(TWO_RIGHT, element, found=len(right))
    options, remarks = [], []
    for of, option in zip(codes, elements, strict=True):
        role = f"{code}.choice.{of}"
        hint = option.find("optionhint")
        remark = source.remark(f"{role}.feedback", hint, notes.WHEN_OPTION_PICKED.text)
        text = source.text(role, option, markup.inner_text(option), "choice", form="plain")
        options.append(Option(of, text))
        if remark is not None:
            remarks.append((of, remark))
    if not right and not waits_for_script(source, elements):
        source.warn(NONE_RIGHT, element)
    source.put_input(element, Input(code, FieldKind.SELECT, tuple(options), **common))
    return Dropdown(code, tuple(right), tuple(remarks))


def _from_attribute(source: Source, element: etree._Element, code: str, common: dict[str, Any]) -> Dropdown:
    texts, written = _listed(source.get(element, "options")), _listed(element.get("options", ""))
    if len(written) != len(texts):  # a variable holds several
        written = texts
    if not texts:
        source.refuse(NO_CHOICES, element)
    codes = source.option_codes(code, [etree.Element("option") for _ in texts])
    options = tuple(
        Option(of, source.text(f"{code}.choice.{of}", element, text, "choice", form="plain"))
        for of, text in zip(codes, written, strict=True)
    )
    wanted = source.get(element, "correct")
    right = tuple(of for of, text in zip(codes, texts, strict=True) if text == wanted)
    if not right and not any(waits_for_script(source, [element], name) for name in ("correct", "options")):
        source.warn(NONE_RIGHT, element)
    source.put_input(element, Input(code, FieldKind.SELECT, options, **common))
    return Dropdown(code, right)


def _listed(text: str) -> list[str]:
    """The options in `('a','b')`: quoted texts as Python writes them, or words that commas part."""
    text = text.strip(" ()[],\n\t")
    if text[:1] in ("'", '"'):
        return [_ESCAPED.sub(r"\1", part) for part in _BETWEEN.split(text[1:-1])]
    return [word.strip() for word in text.split(",") if word.strip()]
