"""Checks of authors: Python that its author wrote says what is right (`customresponse`).

`cfn` names a function of the exercise's script, which gets what was expected and what was given (of several fields a
list) and returns a verdict: true or false, a text with "partial" in it, a dictionary with `ok` for the whole, or one
with an `input_list` that judges each field. Older exercises have code in an `<answer>` instead, which sets `correct`.
The script runs first each time, with the same seed, so that a check sees what its variables came from.

What a check says to learners is translated where it is a sentence that stands in the script as it is.

All Python runs in a `Runner`, never here. What it says is text and numbers, and is trusted no more than a learner's.
"""

import math
from dataclasses import dataclass
from typing import ClassVar, cast

from polylect.exercises import markup, numerals
from polylect.exercises.grading import Answer, Examples, Feedback, Response, Responses, Result, Verdict
from polylect.exercises.kinds.number import NO_INPUT
from polylect.exercises.question import (
    NOT_RUN,
    Input,
    Question,
    Situation,
    Source,
    Ungradable,
    Wording,
    result,
)
from polylect.exercises.scripts import Json, ScriptFailed, as_text
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Severity, declare

NO_CHECK = declare(
    "exercise-no-check",
    Severity.ERROR,
    "Question {question} names no check function (cfn) and has no code in an answer element; it is not graded.",
)
FOREIGN_INPUT = declare(
    "exercise-foreign-input",
    Severity.ERROR,
    "Question {question} is answered with a {tag}, a program of its own that is not run here; its text is shown.",
)
CHECK_FAILED = declare(
    "exercise-check-failed",
    Severity.ERROR,
    "The check of this exercise came to no verdict on this answer, so it was not graded. No attempt was used.",
)

PARTLY = 0.5
"""The share of the points that a partly right answer earns, where the check does not say."""
MOST_MESSAGE_CHARACTERS = 20_000

_LONG = "textbox"
_TEXT_TAGS = ("textline", "formulaequationinput", _LONG)
_OWN_PROGRAMS = (
    "jsinput", "drag_and_drop_input", "crystallography", "vsepr_input", "chemicalequationinput", "editamoleculeinput",
    "designprotein2dinput", "editageneinput", "javascriptinput", "annotationinput", "schematic", "filesubmission",
)  # fmt: skip
_FALSE_TEXTS = frozenset(["no", "none", "wrong", "incorrect", "0", ""])
"""Verdicts that a person reads as "wrong": see `Source.follows_open_edx`."""

_CALL = """
{script}

def _plain(value, depth=0):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if depth < 8 and isinstance(value, dict):
        return {{str(key): _plain(one, depth + 1) for key, one in value.items()}}
    if depth < 8 and isinstance(value, (list, tuple)):
        return [_plain(one, depth + 1) for one in value]
    return bool(value)
{call}
"""
_FUNCTION = """
_arguments = {{name: _given.get(name, globals().get(name)) for name in _names}}
_verdict = _plain({function}(expect, _answer, **_arguments))
"""
_STATEMENTS = """
random.seed(seed)
{statements}
_verdict = {{"correct": _plain(correct), "messages": _plain(messages), "overall": _plain(overall_message),
            "decimals": _plain(globals().get("grade_decimals"))}}
"""


@dataclass(frozen=True)
class Judged:
    """What a check said of one field: `points` are a share of what is possible."""

    verdict: Verdict
    share: float
    message: str = ""


@dataclass(frozen=True)
class Custom(Question):
    """A question that its author's Python judges."""

    tag: ClassVar[str] = "customresponse"
    input_tags: ClassVar[tuple[str, ...]] = (*_TEXT_TAGS, *_OWN_PROGRAMS)
    runs_python: ClassVar[bool] = True

    number: int
    script: str
    function: str
    """The name of the check function; empty: `statements` are run instead."""
    statements: str
    expected: str | None
    options: str | None
    arguments: tuple[str, ...]
    """Names of more values that the function asks for."""
    shown_answers: tuple[str, ...]
    """What "show answer" tells, by field; empty: nothing."""
    numeric: tuple[bool, ...]
    """Fields where a number is expected, and so read as the learner's language writes it."""
    sayings: tuple[tuple[str, str], ...] = ()
    """Sentences that the check may say, and their roles: so that they can be translated."""
    follows_open_edx: bool = True

    @classmethod
    def parse(cls, source: Source) -> "Custom":
        if not source.input_elements:
            source.refuse(NO_INPUT)
        for element in source.input_elements:
            if element.tag in _OWN_PROGRAMS:
                source.leave(FOREIGN_INPUT, element, tag=element.tag)
        function, statements = source.attribute("cfn").strip(), _statements(source)
        if not (function.isidentifier() or statements):
            source.refuse(NO_CHECK)
        expected = source.attribute("expect") or source.attribute("answer") or None
        options = source.attribute("options") if "options" in source.element.attrib else None
        shown = _shown_answers(source, expected)
        numeric = tuple(
            element.tag == "formulaequationinput" or element.get("math") is not None or _is_number(answer)
            for element, answer in zip(source.input_elements, shown, strict=True)
        )
        for code, element in zip(source.input_codes(), source.input_elements, strict=True):
            kind = FieldKind.LONG_TEXT if element.tag == _LONG else FieldKind.TEXT
            source.put_input(element, Input(code, kind, **source.common(element, code)))
        return cls(
            source.finish(),
            source.number,
            source.script,
            function if function.isidentifier() else "",
            statements,
            expected,
            options,
            tuple(source.attribute("cfn_extra_args").split()),
            shown,
            numeric,
            tuple(source.sayings(statements).items()),
            source.follows_open_edx,
        )

    @property
    def key(self) -> object:
        return self.function, self.statements, self.expected, self.options, self.arguments

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        at = self.inputs.index(input)
        if input.kind is FieldKind.LONG_TEXT:  # a form ends its lines with CR LF, Python with LF
            return Response(input.code, typed, tuple(text.replace("\r\n", "\n") for text in typed)), None
        if self.numeric[at] and language and typed:
            return Response(input.code, typed, (numerals.in_ascii(typed[0], language),)), None
        return Response(input.code, typed, typed), None

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        if any(not responses.of(input.code).typed for input in self.inputs):
            raise Ungradable(CHECK_FAILED, "a field was not sent")
        given = [responses.of(input.code).text for input in self.inputs]
        if len(given) == 1 and not given[0]:
            return (result(self.inputs[0], Verdict.INCORRECT),)
        verdict = self._run(given, situation)
        judged, overall = self._judged(verdict) if self.function else self._of_statements(verdict)
        if overall:
            situation.remarks.append(self._said(overall, situation.wording))
        return tuple(
            result(
                input,
                one.verdict,
                [self._said(one.message, situation.wording)] if one.message else [],
                one.share * input.possible,
            )
            for input, one in zip(self.inputs, judged, strict=True)
        )

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return tuple(
            Answer(input.code, texts=(Words(text),) if text else ())
            for input, text in zip(self.inputs, self.shown_answers, strict=True)
        )

    def examples(self) -> tuple[Examples, ...]:
        """None: only its author's Python knows."""
        return ()

    def _run(self, given: list[str], situation: Situation) -> Json:
        """What the check says of these answers. Raises Ungradable."""
        if situation.runner is None:
            raise Ungradable(NOT_RUN)
        names = [f"1_{self.number + 1}_{at}" for at in range(1, len(given) + 1)]
        known: dict[str, Json] = {
            "expect": self.expected,
            "options": self.options,
            "answers": cast(Json, dict(zip(names, given, strict=True))),
            "submission": cast(Json, given),
            "idset": cast(Json, names),
            "response_id": f"1_{self.number + 1}",
            "seed": situation.seed,
        }
        call = (
            _FUNCTION.format(function=self.function)
            if self.function
            else _STATEMENTS.format(statements=self.statements)
        )
        known |= {
            "_given": cast(Json, dict(known)),
            "_names": cast(Json, list(self.arguments)),
            "_answer": given[0] if len(given) == 1 else cast(Json, given),
            "correct": ["unknown"] * len(given),
            "messages": [""] * len(given),
            "overall_message": "",
        }
        code = _CALL.format(script=self.script, call=call)
        try:
            return situation.runner.run(code, situation.seed, known, ["_verdict"]).get("_verdict")
        except ScriptFailed as failure:
            raise Ungradable(CHECK_FAILED, failure.sentence) from None

    def _judged(self, verdict: Json) -> tuple[list[Judged], str]:
        """What a function's verdict means for each field, and for the whole. Raises Ungradable."""
        count = len(self.inputs)
        if not isinstance(verdict, dict):
            return [self._one(verdict, None, "")] * count, ""
        if "ok" in verdict:
            message = _message(verdict.get("msg"))
            decimal = verdict.get("grade_decimal")
            judged = self._one(verdict["ok"], decimal, message if count == 1 else "")
            return [judged] * count, message if count > 1 else ""
        listed = verdict.get("input_list")
        if not isinstance(listed, list) or len(listed) < count:
            raise Ungradable(CHECK_FAILED, "the check function returned neither ok nor an input_list for every field")
        return [self._listed(one) for one in listed[:count]], _message(verdict.get("overall_message"))

    def _listed(self, one: Json) -> Judged:
        """The verdict on one field of several; only true and "true" earn its points without a `grade_decimal`."""
        if not isinstance(one, dict) or "ok" not in one:
            raise Ungradable(CHECK_FAILED, "an entry of the input_list has no ok")
        ok, decimal = one["ok"], one.get("grade_decimal")
        judged = self._one(ok, decimal, _message(one.get("msg")))
        is_plain_true = str(ok).strip().lower() == "true"
        if decimal is None and judged.verdict is Verdict.CORRECT and self.follows_open_edx and not is_plain_true:
            return Judged(judged.verdict, 0, judged.message)
        return judged

    def _one(self, ok: Json, decimal: Json, message: str) -> Judged:
        verdict = self._verdict(ok)
        usual = {Verdict.CORRECT: 1.0, Verdict.PARTLY: PARTLY, Verdict.INCORRECT: 0.0}[verdict]
        return Judged(verdict, usual if decimal is None else _share(decimal), message)

    def _verdict(self, ok: Json) -> Verdict:
        text = ok.strip().lower() if isinstance(ok, str) else None
        if text is not None and "partial" in text:
            return Verdict.PARTLY
        is_wrong = not ok or text == "false" or (not self.follows_open_edx and text in _FALSE_TEXTS)
        return Verdict.INCORRECT if is_wrong else Verdict.CORRECT

    def _said(self, message: str, wording: Wording) -> Feedback:
        """What the check said: in the learner's language where it is a sentence of the script as it stands there."""
        role = dict(self.sayings).get(message, "")
        return Feedback(role, wording.html(role) if role else Words(message))

    def _of_statements(self, verdict: Json) -> tuple[list[Judged], str]:
        """What the variables that code in an `<answer>` left mean."""
        left = verdict if isinstance(verdict, dict) else {}
        judged = []
        for at in range(len(self.inputs)):
            said = _at(left.get("correct"), at)
            known = {"correct": Verdict.CORRECT, "partially-correct": Verdict.PARTLY}
            one = known.get(said, Verdict.INCORRECT) if isinstance(said, str) else Verdict.INCORRECT
            usual = {Verdict.CORRECT: 1.0, Verdict.PARTLY: PARTLY, Verdict.INCORRECT: 0.0}[one]
            decimal = _at(left.get("decimals"), at)
            share = usual if decimal is None else _share(decimal)
            judged.append(Judged(one, share, _message(_at(left.get("messages"), at))))
        return judged, _message(left.get("overall"))


def _statements(source: Source) -> str:
    """Takes the code of an `<answer>` in the question, or right behind it."""
    element = source.element.find(".//answer")
    if element is None:
        element = source.following("answer")
    if element is None:
        return ""
    statements = "".join(map(str, element.itertext()))
    markup.drop(element)
    return statements.strip("\n")


def _shown_answers(source: Source, expected: str | None) -> tuple[str, ...]:
    """What "show answer" tells: each field's `correct_answer`, else of a single one what is expected."""
    elements = source.input_elements
    shown = [source.get(element, "correct_answer") for element in elements]
    if len(elements) == 1 and not shown[0]:
        shown = [expected or ""]
    return tuple(shown)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _at(listed: Json, at: int) -> Json:
    return listed[at] if isinstance(listed, list) and at < len(listed) else None


def _share(decimal: Json) -> float:
    """A share of the points as a check gave it. Raises Ungradable."""
    try:
        share = float(cast(str, decimal))
    except (TypeError, ValueError, OverflowError):
        share = math.nan
    if not math.isfinite(share):
        raise Ungradable(CHECK_FAILED, f"grade_decimal is {decimal!r}; a number is expected")
    return share


def _message(said: Json) -> str:
    """What a check says to the learner: HTML, which is cleaned where it is shown."""
    return "" if said is None or said is False else as_text(said).strip()[:MOST_MESSAGE_CHARACTERS]
