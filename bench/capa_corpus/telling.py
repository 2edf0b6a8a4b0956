"""What a learner is told beside the marks: the right answers, hints, the order of choices, feedback."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from polylect.exercises import Answer, Exercise, FieldKind, Grade, Result, Verdict

from .corpus import Row
from .names import Names

Tell = Callable[[str, Row, object, object], None]
"""Counts one thing: its name, the problem, ours, theirs."""

_SAID = re.compile(r'<div class="hint-text">(.*?)</div>(?=<div class="hint-text">|</div>)', re.DOTALL)
_LABEL = re.compile(r'<span class="hint-label">(.*?)</span>', re.DOTALL)
_BETWEEN = " <b>or</b> "


def compare_problem(
    case: Row, exercise: Exercise, names: Names, variables: Mapping[str, str] | None, tell: Tell
) -> None:
    """All that does not depend on what is answered."""
    if exercise.is_scripted and variables is None:
        return
    tell("demand hints", case, _hints(exercise, variables), [hint.strip() for hint in case["hints"] or ()])
    if case.get("choice_order"):
        shown = names.shown()
        tell("orders of choices", case, {of: shown.get(of) for of in case["choice_order"]}, case["choice_order"])
    told = exercise.answers(case["seed"], variables)
    ours = {answer.field: answer for answer in told.fields}
    wanted = case["correct_answers"] or {}
    for theirs in names.inputs:
        answer = ours.get(names.inputs[theirs].code)
        tell("right answers", case, _answer(names, theirs, answer), wanted.get(theirs))
    solutions = [text for name, text in wanted.items() if "_solution_" in name]
    tell("explanations", case, [_readable(words.text) for words in told.solutions], list(map(_readable, solutions)))


def compare_feedback(case: Row, names: Names, expected: Mapping[str, Any], grade: Grade, tell: Tell) -> None:
    """What is said to each input, space and markup aside."""
    for theirs, told in expected.items():
        result = names.result(grade, theirs)
        tell("feedback", case, _said_here(result), _said_there(told))


def _hints(exercise: Exercise, variables: Mapping[str, str] | None) -> list[str]:
    return [words.text for words in exercise.hints_with(variables)]


def _answer(names: Names, theirs: str, answer: Answer | None) -> object:
    """A right answer as Open edX tells it."""
    if answer is None:
        return None
    if theirs not in names.choices:
        return _BETWEEN.join(words.text for words in answer.texts) or None
    picked = [names.choice(theirs, code) for code in answer.choices]
    if names.inputs[theirs].kind is FieldKind.SELECT:
        return picked[0] if picked else None
    return sorted(picked) if names.inputs[theirs].kind is FieldKind.CHECKBOX else picked


def _said_here(result: Result | None) -> list[str]:
    if result is None:
        return []
    plain = "Correct:" if result.verdict is Verdict.CORRECT else "Incorrect:"
    labels = {plain if one.label is None else one.label.text for one in result.feedback} - {""}
    return [*sorted(labels), *(_readable(one.words.text) for one in result.feedback)]


def _said_there(told: Mapping[str, Any]) -> list[str]:
    said = _SAID.findall(told["msg"])
    if not said and told["msg"]:
        return [_readable(told["msg"])]
    labels = [label for label in map(_readable, _LABEL.findall(told["msg"])) if label]
    texts = [*map(_readable, said)]
    if told.get("hint"):
        texts.append(_readable(told["hint"]))
    return [*sorted(labels), *texts]


def _readable(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())
