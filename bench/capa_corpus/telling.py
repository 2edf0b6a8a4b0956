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
_VERDICT = re.compile(r"^(?:Correct|Incorrect)\s*")
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
        tell("right answers", case, _folded(_answer(names, theirs, answer)), _folded(_wanted(wanted.get(theirs))))
    solutions = [text for name, text in wanted.items() if "_solution_" in name]
    tell("explanations", case, [_readable(words.text) for words in told.solutions], list(map(_readable, solutions)))


def compare_feedback(case: Row, names: Names, submission: Row, grade: Grade, tell: Tell) -> None:
    """What is said to each input, and to the whole, space and markup aside."""
    aimed = [_VERDICT.sub("", _readable(one["text"])) for one in submission.get("targeted_feedback") or ()]
    given = submission["answers"]
    for theirs, told in submission["expected"].items():
        ours, wanted = _said_here(names.result(grade, theirs)), _said_there(told)
        if not _LABEL.search(told["msg"]) or aimed:  # theirs has no word before it
            ours, wanted = ("", *ours[1:]), ("", *aimed, *wanted[1:])
        tell("feedback", case, (ours, given), (wanted, given))
    overall = _readable(submission.get("overall_message") or "")
    said = [_readable(remark.words.text) for remark in grade.remarks]
    tell("words about the whole", case, said, [overall] if overall else [])


def _hints(exercise: Exercise, variables: Mapping[str, str] | None) -> list[str]:
    return [words.text for words in exercise.hints_with(variables)]


def _answer(names: Names, theirs: str, answer: Answer | None) -> object:
    """A right answer as Open edX tells it."""
    if answer is None:
        return None
    if theirs not in names.choices:
        return _BETWEEN.join(words.text for words in answer.texts) or None
    picked = [names.choice(theirs, code) for code in answer.choices]
    tag = names.questions[theirs].tag
    if tag == "annotationresponse":
        return _BETWEEN.join(names.words(theirs, code) for code in answer.choices) or None
    if names.inputs[theirs].kind is FieldKind.SELECT:
        return picked[0] if picked else None
    return sorted(picked) if tag in ("choiceresponse", "choicetextresponse") else picked


def _wanted(answer: object) -> object:
    """Their answer; of a picture the areas, as they were written."""
    if isinstance(answer, dict):
        return " ".join(filter(None, (answer.get("rectangle"), answer.get("regions"))))
    return sorted(answer) if isinstance(answer, list) and None not in answer and len(answer) > 1 else answer


def _said_here(result: Result | None) -> tuple[str, ...]:
    """The word before the feedback, empty where there is none, and the feedback."""
    if result is None or not result.feedback:
        return ("",)
    first = result.feedback[0].label
    plain = "Correct" if result.verdict is Verdict.CORRECT else "Incorrect"
    label = plain if first is None else first.text
    return (label, *(_readable(one.words.text) for one in result.feedback))


def _said_there(told: Mapping[str, Any]) -> tuple[str, ...]:
    labels = [_readable(label).rstrip(": ") for label in _LABEL.findall(told["msg"])]
    said = _SAID.findall(told["msg"]) or [told["msg"]]
    texts = [text for text in map(_readable, [*said, told.get("hint") or ""]) if text]
    return ("".join(labels[:1]), *texts)


def _folded(answer: object) -> object:
    """An answer without the space that the one adds and the other leaves out, and without entities."""
    return re.sub(r"\s", "", html.unescape(answer)) if isinstance(answer, str) else answer


def _readable(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())
