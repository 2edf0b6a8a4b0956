"""How far what we decide around the grader agrees with what Open edX's block decided.

    python bench/block_rules.py ../shared/capa/block_rules.jsonl.gz [--show 20]

Reads recorded decisions (one JSON object a line, gzip) of five kinds: what is shown and allowed in a state
(`state-showanswer`, `state-buttons`, `state-correctness`), weighted progress (`weight`), and sequences of steps with
a real problem (`flow`). Open edX's words for refusals live here and not in the product. A
refusal agrees when it is for the same reason; the sentences differ on purpose. The last line is `agree N of M`.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from capa_corpus.names import Names
from lxml import etree

from polylect import exercises
from polylect.course import rules
from polylect.course.rules import Moment, Refusal, State
from polylect.course.tree import Exercise
from polylect.exercises import Exercise as Body
from polylect.exercises import FieldKind, Grade, Verdict
from polylect.olx.exercise import OLD_RERANDOMIZE
from polylect.olx.fields import duration_seconds

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DUE = {"none": None, "past": NOW - timedelta(days=1), "future": NOW + timedelta(days=1)}
NEAR = 1e-9
NOTHING = Body("<problem/>")
VERDICTS = {Verdict.CORRECT: "correct", Verdict.PARTLY: "partially-correct", Verdict.INCORRECT: "incorrect"}

Row = Mapping[str, Any]


def agreement(rows: Iterable[Row]) -> tuple[int, int, list[str]]:
    """How many of these decisions are ours too, of how many, and the others in words."""
    agreeing, total, differences = 0, 0, []
    for row in rows:
        total += 1
        difference = _difference(row)
        agreeing += not difference
        if difference:
            differences.append(f"{row['id']}: {difference}")
    return agreeing, total, differences


def _difference(row: Row) -> str:
    """In words, how ours differs; empty where it agrees."""
    given, expected = row["given"], row["expected"]
    if row["kind"] == "flow":
        return _flow_difference(given, expected["steps"])
    return _compared(_DECISIONS[row["kind"]](given), expected)


def _compared(ours: Mapping[str, object], expected: Mapping[str, object]) -> str:
    wrong = [key for key in expected if not _is_same(ours.get(key), expected[key])]
    return "; ".join(f"{key} {ours.get(key)}, expected {expected[key]}" for key in wrong)


def _is_same(ours: object, expected: object) -> bool:
    if isinstance(ours, int | float) and isinstance(expected, int | float):
        return isinstance(ours, bool) == isinstance(expected, bool) and abs(ours - expected) <= NEAR
    if isinstance(ours, list | tuple) and isinstance(expected, list | tuple):
        return len(ours) == len(expected) and all(map(_is_same, ours, expected))
    if isinstance(ours, dict) and isinstance(expected, dict):
        return ours.keys() == expected.keys() and all(_is_same(ours[key], expected[key]) for key in ours)
    return ours == expected


def _exercise(settings: Mapping[str, Any], body: Body = NOTHING) -> Exercise:
    """The exercise with these settings of Open edX's, read as its exports are."""
    weight = settings.get("weight")
    rerandomize = settings.get("rerandomize", "never")
    return Exercise(
        "ask",
        "",
        body,
        weight=None if weight is None else float(weight),
        max_attempts=settings.get("max_attempts"),
        show_answer=settings.get("showanswer", "finished"),
        rerandomize=OLD_RERANDOMIZE.get(rerandomize, rerandomize),
        wait_seconds=settings.get("submission_wait_seconds") or 0,
        show_reset_button=bool(settings.get("show_reset_button")),
        attempts_before_answer=settings.get("attempts_before_showanswer_button") or 0,
        force_save_button=bool(settings.get("force_save_button")),
        grading_method=settings.get("grading_method", "last_score"),
        show_correctness=settings.get("show_correctness") or "always",
        grace_seconds=duration_seconds(settings.get("graceperiod") or "") or 0,
    )


def _moment(given: Mapping[str, Any]) -> Moment:
    return Moment(NOW, DUE[given.get("due") or "none"], bool(given.get("staff")))


def _state(given: Mapping[str, Any]) -> State:
    earned = 1 if given.get("fully_correct") else 0
    return State(given.get("attempts", 0), bool(given.get("submitted")), earned, 1)


def _show_answer(given: Mapping[str, Any]) -> dict[str, object]:
    exercise, state, at = _exercise(given), _state(given), _moment(given)
    return {
        "answer_available": rules.is_answer_available(exercise, state, at),
        "closed": rules.is_closed(exercise, state, at),
        "past_due": rules.is_past_due(exercise, at),
    }


def _buttons(given: Mapping[str, Any]) -> dict[str, object]:
    exercise, state, at = _exercise(given), _state(given), _moment(given)
    return {
        "submit_enabled": rules.is_submit_enabled(exercise, state, at),
        "reset_shown": rules.is_reset_shown(exercise, state, at),
        "save_shown": rules.is_save_shown(exercise, state, at),
    }


def _correctness(given: Mapping[str, Any]) -> dict[str, object]:
    exercise, state, at = _exercise(given), _state(given), _moment(given)
    return {
        "correctness_available": rules.is_correctness_available(exercise, at),
        "answer_available": rules.is_answer_available(exercise, state, at),
    }


def _weight(given: Mapping[str, Any]) -> dict[str, object]:
    return {"progress": rules.weighed(given["weight"], given["raw_earned"], given["raw_possible"])}


_DECISIONS: dict[str, Callable[[Mapping[str, Any]], dict[str, object]]] = {
    "state-showanswer": _show_answer,
    "state-buttons": _buttons,
    "state-correctness": _correctness,
    "weight": _weight,
}


def _flow_difference(given: Mapping[str, Any], expected: list[Mapping[str, Any]]) -> str:
    flow = _Flow(given)
    for number, (step, wanted) in enumerate(zip(given["steps"], expected, strict=True), start=1):
        difference = _compared(flow.take(step), {**wanted, **_reason(wanted)})
        if difference:
            return f"{given['name']}, step {number} ({step['op']}): {difference}"
    return ""


def _reason(wanted: Mapping[str, Any]) -> dict[str, object]:
    """What a recorded step says became of it, without its sentence: a verdict, "done", or why it was refused."""
    said = wanted.get("raises") or wanted.get("msg") or str(wanted.get("success"))
    if wanted.get("success") is True:
        reason = "done"
    elif wanted.get("success") in ("correct", "incorrect", "submitted", None) and "raises" not in wanted:
        reason = str(wanted.get("success"))
    else:
        reason = next((name for pattern, name in _REASONS if re.search(pattern, said, re.I)), "not graded")
    return {"success": reason, **({"raises": reason} if "raises" in wanted else {}), **_without_sentence(wanted)}


def _without_sentence(wanted: Mapping[str, Any]) -> dict[str, object]:
    return {"msg": None} if "msg" in wanted else {}


_REASONS = (
    (r"closed", "closed"),
    (r"must be reset|needs to be reset", "needs reset"),
    (r"must submit an answer", "not submitted"),
    (r"must wait", "too soon"),
)
_REFUSED = {
    Refusal.NO_ATTEMPTS: "closed",
    Refusal.PAST_DUE: "closed",
    Refusal.NEEDS_RESET: "needs reset",
    Refusal.NOT_SUBMITTED: "not submitted",
    Refusal.TOO_SOON: "too soon",
    Refusal.NOT_SHOWN: "not graded",
}


class _Flow:
    """One learner at one exercise, step by step."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        body, _issues = exercises.parse(given["xml"])
        self._settings = dict(given["settings"])
        self._due = DUE[self._settings.pop("due", None) or "none"]
        self._exercise = _exercise(self._settings, body)
        self._names = _names(given["xml"], body)
        self._state = State(possible=body.possible)
        self._grade: Grade | None = None
        self._published: list[tuple[float, float]] = []

    def take(self, step: Mapping[str, Any]) -> dict[str, object]:
        """What became of a step, and how things stand after it, in the words of the records."""
        self._published, seed = [], self._state.seed
        became, more = getattr(self, f"_{step['op']}")(step)
        state, at = self._state, self._at
        return {
            "success": became,
            "raises": became,
            "attempts": state.attempts,
            "done": state.is_done,
            "raw_earned": state.earned,
            "raw_possible": state.possible,
            "correct_map": self._verdicts(),
            "published": [{"value": earned, "max_value": possible} for earned, possible in self._published],
            "closed": rules.is_closed(self._exercise, state, at),
            "answer_available": rules.is_answer_available(self._exercise, state, at),
            "seed_changed": state.seed != seed,
            "has_saved_answers": state.has_saved,
            **more,
        }

    @property
    def _at(self) -> Moment:
        return Moment(NOW, self._due)

    def _submit(self, step: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        exercise, answers = self._exercise, _answers(step["post"])
        refusal = rules.why_not_submit(exercise, self._state, self._at)
        if refusal is not None:
            return _REFUSED[refusal], {}
        if answers is None or not exercise.body.questions:
            return "not graded", {}
        try:
            form = self._names.form(answers)
        except TypeError:  # an object, for a kind of question whose names are not known here
            return "not graded", {}
        responses, issues = exercise.body.read(form, "")
        grade = None if issues else exercise.body.grade(responses, self._state.seed)
        if grade is None or grade.ungraded:
            return "not graded", {}
        after = rules.submit(exercise, self._state, self._at, grade.points, grade.possible)
        assert isinstance(after, State)
        self._state, self._grade, self._published = after, grade, [(after.earned, after.possible)]
        if not rules.is_correctness_available(exercise, self._at):
            return "submitted", {}
        is_wrong = any(result.verdict is Verdict.INCORRECT for result in grade.results)
        return "incorrect" if is_wrong else "correct", {}

    def _save(self, step: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        return self._after(rules.save(self._exercise, self._state, self._at)), {}

    def _reset(self, step: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        became = self._after(rules.reset(self._exercise, self._state, self._at, self._state.seed + 1))
        if became == "done":
            self._grade, self._published = None, [(self._state.earned, self._state.possible)]
        return became, {}

    def _answer(self, step: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        became = self._after(rules.show_answer(self._exercise, self._state, self._at))
        if became != "done":
            return became, {}
        back = {input.code: theirs for theirs, input in self._names.inputs.items()}
        told: dict[str, object] = {}
        for answer in self._exercise.body.answers(self._state.seed).fields:
            theirs = back[answer.field]
            choices = sorted(self._names.choice(theirs, code) for code in answer.choices)
            is_list = choices and self._names.inputs[theirs].kind is not FieldKind.SELECT
            told[theirs] = choices if is_list else "".join([*choices, *(one.text for one in answer.texts)][:1])
        return became, {"answers": told}

    def _set(self, step: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        fields = dict(step["fields"])
        if "due" in fields:
            self._due = DUE[fields.pop("due") or "none"]
        self._settings |= fields
        self._exercise = replace(_exercise(self._settings, self._exercise.body))
        return "None", {}

    def _after(self, next_one: State | Refusal) -> str:
        if isinstance(next_one, Refusal):
            return _REFUSED[next_one]
        self._state = next_one
        return "done"

    def _verdicts(self) -> dict[str, str]:
        if self._grade is None:
            return {}
        results = {theirs: self._names.result(self._grade, theirs) for theirs in self._names.inputs}
        return {theirs: VERDICTS[result.verdict] for theirs, result in results.items() if result is not None}


def _names(xml: str, body: Body) -> Names:
    tags = [str(one.tag) for one in etree.fromstring(xml.strip()).iter("{*}*")]
    return Names(
        body, {"xml": xml, "seed": 1, "inputs": [], "response_types": [tag for tag in tags if tag.endswith("response")]}
    )


def _answers(post: list[list[str]]) -> dict[str, Any] | None:
    """What was posted by name; None where Open edX refuses to read it: a name that is there twice, or no JSON."""
    found: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    for key, value in post:
        named = re.fullmatch(r"input_(\w+?)(\[\]|\{\})?", key)
        if named is None:
            continue
        name, kind = named[1], named[2] or ""
        if kinds.setdefault(name, kind) != kind:
            return None
        try:
            read = json.loads(value) if kind == "{}" else value
        except ValueError:
            return None
        if kind == "[]":
            found.setdefault(name, []).append(read)
        else:
            found[name] = read
    return found


def rows(path: Path) -> list[Row]:
    """The records of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("records", type=Path)
    options.add_argument("--show", type=int, default=20, help="how many differing decisions to show")
    given = options.parse_args()
    agreeing, total, differences = agreement(rows(given.records))
    for difference in differences[: given.show]:
        print("  ", difference)
    print(f"agree {agreeing} of {total}")
    sys.exit(0)


if __name__ == "__main__":
    main()
