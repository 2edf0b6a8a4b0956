"""A passage to think about: a comment in the learner's own words, and one tag out of several (`annotationresponse`).

The comment is kept and not judged. The tag that its author calls `correct` earns two points, a `partially-correct` one
earns one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.grading import Answer, Examples, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import NO_CHOICES
from polylect.exercises.question import Input, Option, Question, Remark, Situation, Source, Wording, result
from polylect.exercises.view import FieldKind
from polylect.issues import Severity, declare

BAD_TAG = declare(
    "exercise-bad-tag",
    Severity.WARNING,
    "Question {question} has a tag that is “{found}”, which is not one of {expected}; it counts as incorrect.",
)

POINTS = {Verdict.CORRECT: 2.0, Verdict.PARTLY: 1.0, Verdict.INCORRECT: 0.0}
_PASSAGE = "span"
"""What Open edX calls `text`, and HTML a span: `parsing` has renamed it."""
_VERDICTS = {
    "correct": Verdict.CORRECT,
    "partially-correct": Verdict.PARTLY,
    "incorrect": Verdict.INCORRECT,
}


@dataclass(frozen=True)
class Annotation(Question):
    """A question with a comment and a tag."""

    tag: ClassVar[str] = "annotationresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("annotationinput",)

    verdicts: tuple[tuple[str, Verdict], ...]
    """Of each tag."""
    remarks: tuple[tuple[str, Remark], ...]

    @classmethod
    def parse(cls, source: Source) -> "Annotation":
        element = source.input_elements[0] if source.input_elements else source.element
        group = element.find("options")
        elements = [] if group is None else group.findall("option")
        if group is None or not elements:
            source.refuse(NO_CHOICES)
        codes = source.option_codes(source.code, elements)
        verdicts = tuple((code, _verdict(source, option)) for code, option in zip(codes, elements, strict=True))
        options, remarks = list[Option](), list[tuple[str, Remark]]()
        for code, option in zip(codes, elements, strict=True):
            role = f"{source.code}.choice.{code}"
            hint = option.find("optionhint") if len(option) else None
            remark = source.remark(f"{role}.feedback", hint, notes.WHEN_TAG_PICKED.text)
            remarks += [(code, remark)] if remark is not None else []
            options.append(Option(code, source.text(role, option, markup.inner_html(option), "choice")))
        named = {str(child.tag): child for child in reversed(element)}
        asked = _prompt(source, named.get("comment_prompt"), f"{source.code}.comment.label")
        tags = _prompt(source, named.get("tag_prompt"), f"{source.code}.tags.label")
        place, code = _laid_out(source, element, named), f"{source.code}.comment"
        source.put_input(place, Input(code, FieldKind.LONG_TEXT, possible=0, label=asked, is_graded=False))
        most = POINTS[Verdict.CORRECT]
        source.put_input(group, Input(source.code, FieldKind.RADIO, tuple(options), most, most, tags))
        markup.unwrap(element)
        return cls(source.finish(), verdicts, tuple(remarks))

    @property
    def key(self) -> object:
        return sorted((code, verdict.value) for code, verdict in self.verdicts)

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        picked = responses.of(self.frame.code).read
        code = picked[0] if len(picked) == 1 else ""
        verdict = self._by_code.get(code, Verdict.INCORRECT)
        feedback = [situation.wording.feedback(remark, of) for of, remark in self.remarks if of == code]
        return (result(self._tags, verdict, feedback, POINTS[verdict]),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, self._with(Verdict.CORRECT)),)

    def examples(self) -> tuple[Examples, ...]:
        wrong = (*self._with(Verdict.INCORRECT), *self._with(Verdict.PARTLY))
        return (Examples(self.code, self._with(Verdict.CORRECT)[:1], wrong[:1] or None),)

    @cached_property
    def _tags(self) -> Input:
        return next(input for input in self.inputs if input.is_graded)

    @cached_property
    def _by_code(self) -> Mapping[str, Verdict]:
        return dict(self.verdicts)

    def _with(self, verdict: Verdict) -> tuple[str, ...]:
        return tuple(code for code, of in self.verdicts if of is verdict)


def _verdict(source: Source, option: etree._Element) -> Verdict:
    written = source.get(option, "choice").strip()
    if written not in _VERDICTS and source.is_prepared:
        source.warn(BAD_TAG, option, found=written, expected=", ".join(_VERDICTS))
    return _VERDICTS.get(written, Verdict.INCORRECT)


def _laid_out(source: Source, element: etree._Element, named: Mapping[str, etree._Element]) -> etree._Element:
    """Brings the parts into the order in which they are read: the passage, what is said about it, the comment, the
    tags. Gives the element where the comment will be."""
    title, passage, remark = named.get("title"), named.get(_PASSAGE), named.get("comment")
    if title is not None and source.take_title(title):
        title = None
    for part, tag in ((title, "h4"), (passage, "blockquote"), (remark, "div")):
        if part is not None:
            part.tag = tag
            element.append(part)
    place = etree.SubElement(element, "p")
    element.append(named["options"])
    return place


def _prompt(source: Source, element: etree._Element | None, name: str) -> str:
    """Takes an element that says what to do in a field."""
    if element is None:
        return ""
    role = source.text(name, element, markup.inner_html(element), "label")
    markup.drop(element)
    return role
