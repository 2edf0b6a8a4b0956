"""How far our grading agrees with marks that Open edX's own engine gave.

    python bench/capa_agreement.py ../shared/capa/cases.jsonl.gz [--kinds a,b] [--show 20]

Reads a corpus of graded problems (one JSON object a line, gzip) and grades every submission of the problems whose
kinds we grade and that need no script. A submission agrees when verdict and points of every input, the score and the
maximum are the same; where the engine refused to grade, ours has to refuse too. The last line is `agree N of M`.
"""

import argparse
import gzip
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from polylect import exercises
from polylect.exercises import Exercise, Grade, Responses, Verdict
from polylect.exercises.kinds import KINDS
from polylect.exercises.kinds.dropdown import Dropdowns
from polylect.exercises.kinds.multiple_choice import MultipleChoice

GRADED = frozenset(kind.tag for kind in KINDS)
VERDICTS = {Verdict.CORRECT: "correct", Verdict.PARTLY: "partially-correct", Verdict.INCORRECT: "incorrect"}
NEAR = 1e-9
SAID = re.compile(r'<div class="hint-text">(.*?)</div>(?=<div class="hint-text">|</div>)', re.DOTALL)

Case = Mapping[str, Any]


@dataclass
class Report:
    """What came out, counted by submission; `departures` by family of problems."""

    agreeing: int = 0
    submissions: int = 0
    by_kind: Counter[tuple[str, bool]] = field(default_factory=Counter)
    departures: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)
    feedback: Counter[bool] = field(default_factory=Counter)
    orders: Counter[bool] = field(default_factory=Counter)
    hints: Counter[bool] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Of 1."""
        return self.agreeing / self.submissions if self.submissions else 0


def cases(path: Path) -> Iterator[Case]:
    """The problems of a corpus that we claim to grade."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            kinds = set(case["response_types"])
            if kinds and kinds <= GRADED and not case["needs_script"] and not case["construct_error"]:
                yield case


def measure(corpus: Iterator[Case], kinds: frozenset[str] = GRADED, language: str = "") -> Report:
    """Grades every submission of these problems and compares; numbers are read as the language writes them."""
    report = Report()
    for case in corpus:
        if not set(case["response_types"]) <= kinds:
            continue
        exercise, _ = exercises.parse(case["xml"])
        names = _Names(exercise, case)
        report.hints[[words.text for words in exercise.hints] == [hint.strip() for hint in case["hints"]]] += 1
        if case.get("choice_order"):
            shown = names.orders(case["seed"])
            report.orders[all(shown.get(of) == order for of, order in case["choice_order"].items())] += 1
        for submission in case["submissions"] or []:
            _compare(case, exercise, names, submission, report, language)
    return report


class _Names:
    """Open edX's names of the inputs and choices of one problem, and ours."""

    def __init__(self, exercise: Exercise, case: Case) -> None:
        self._exercise = exercise
        self.inputs: dict[str, str] = {}
        self.choices: dict[str, dict[str, str]] = {}
        given = {entry["id"]: entry for entry in case["inputs"]}
        elements = [one for one in etree.fromstring(case["xml"].strip()).iter() if str(one.tag).endswith("response")]
        known = [f"q{at}" for at, one in enumerate(elements, start=1) if one.tag in case["response_types"]]
        for question in exercise.questions:
            number = known.index(question.code) + 2
            for at, input in enumerate(question.inputs, start=1):
                theirs = f"1_{number}_{at}"
                self.inputs[theirs] = input.code
                codes = [option.code for option in input.options]
                if isinstance(question, Dropdowns):
                    values = [value for value, _ in given.get(theirs, {}).get("choices", [])]
                    self.choices[theirs] = dict(zip(reversed(values), reversed(codes), strict=False))
                elif isinstance(question, MultipleChoice):
                    element = elements[int(question.code[1:]) - 1]
                    self.choices[theirs] = _radio_names(codes, [one.get("name") for one in element.iter("choice")])
                elif codes:
                    self.choices[theirs] = {f"choice_{position}": code for position, code in enumerate(codes)}

    def raw(self, answers: Mapping[str, Any]) -> dict[str, list[str]]:
        """What was sent, as a form of ours would send it."""
        sent = {}
        for theirs, code in self.inputs.items():
            answer = answers.get(theirs)
            values = answer if isinstance(answer, list) else [] if answer is None else [answer]
            choices = self.choices.get(theirs)
            sent[code] = [str(value) if choices is None else choices.get(value, f"?{value}") for value in values]
            if isinstance(answer, list) and len(values) == 1 and theirs in self.radios:
                sent[code] *= 2  # a list where one text is expected; a form of ours cannot send it
        return sent

    @property
    def radios(self) -> set[str]:
        """The inputs that are radio buttons."""
        codes = {question.code for question in self._exercise.questions if isinstance(question, MultipleChoice)}
        return {theirs for theirs, code in self.inputs.items() if code in codes}

    def orders(self, seed: int) -> dict[str, list[str]]:
        """Their names of the choices that a learner with this seed sees, by input."""
        shown = {}
        back = {code: theirs for theirs, code in self.inputs.items()}
        for part in self._exercise.present(seed).parts:
            for place in getattr(part, "parts", ()):
                if getattr(place, "choices", ()) and back[place.code] in self.radios:
                    names = {code: name for name, code in self.choices[back[place.code]].items()}
                    shown[back[place.code]] = [names[choice.code] for choice in place.choices]
        return shown


def _radio_names(codes: list[str], written: list[str | None]) -> dict[str, str]:
    names, unnamed = {}, 0
    for code, name in zip(codes, written, strict=True):
        names[f"choice_{unnamed if name is None else name}"] = code
        unnamed += name is None
    return names


def _compare(
    case: Case, exercise: Exercise, names: _Names, submission: Mapping[str, Any], report: Report, language: str
) -> None:
    responses, issues = exercise.read(names.raw(submission["answers"]), language)
    is_refused = bool(issues) or set(case_inputs(case)) - set(names.inputs)
    grade = None if is_refused else exercise.grade(responses, case["seed"])
    difference = _difference(names, submission, grade)
    kind = "+".join(sorted(set(case["response_types"])))
    report.submissions += 1
    report.agreeing += not difference
    report.by_kind[kind, not difference] += 1
    if difference:
        report.departures[re.sub(r"\d+", "N", case["id"]), difference] += 1
        report.samples.append(f"{case['id']}: {difference}: {submission['answers']} {submission['error'] or ''}")
    elif grade is not None:
        report.feedback[_has_same_feedback(exercise, names, submission, grade, responses)] += 1


def case_inputs(case: Case) -> list[str]:
    """The ids of a problem's inputs."""
    return [entry["id"] for entry in case["inputs"]]


def _difference(names: _Names, submission: Mapping[str, Any], grade: Grade | None) -> str:
    """In words, how ours differs; empty where it agrees."""
    if submission["error"]:
        return "" if grade is None else f"graded, where it was refused ({submission['error_kind']})"
    if grade is None:
        return "refused, where it was graded"
    for theirs, expected in submission["expected"].items():
        result = grade.of(names.inputs[theirs])
        if result is None or VERDICTS[result.verdict] != expected["correctness"]:
            return f"verdict, expected {expected['correctness']}"
        if abs(result.points - expected["points"]) > NEAR:
            return f"points {result.points}, expected {expected['points']}"
    if abs(grade.points - submission["score"]) > NEAR or abs(grade.possible - submission["max_score"]) > NEAR:
        return f"{grade.points} of {grade.possible}, expected {submission['score']} of {submission['max_score']}"
    return ""


def _has_same_feedback(
    exercise: Exercise, names: _Names, submission: Mapping[str, Any], grade: Grade, responses: Responses
) -> bool:
    for theirs, expected in submission["expected"].items():
        result = grade.of(names.inputs[theirs])
        ours = [_readable(one.words.text) for one in result.feedback] if result else []
        said = re.findall(
            r'<div class="hint-text">(.*?)</div>(?=<div class="hint-text">|</div>)', expected["msg"], re.DOTALL
        )
        if expected.get("hint"):
            said.append(expected["hint"])
        if ours != [_readable(text) for text in said]:
            return False
    return True


def _readable(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("corpus", type=Path)
    options.add_argument("--kinds", default=",".join(sorted(GRADED)), help="response types, with commas between")
    options.add_argument("--show", type=int, default=0, help="how many differing submissions to show")
    options.add_argument(
        "--language", default="", help="read numbers as this language writes them (else in ASCII only)"
    )
    given = options.parse_args()
    report = measure(cases(given.corpus), frozenset(given.kinds.split(",")), given.language)
    for kind in sorted({kind for kind, _ in report.by_kind}):
        same, other = report.by_kind[kind, True], report.by_kind[kind, False]
        print(f"{kind}: {same} of {same + other} ({same / (same + other):.2%})")
    print(f"feedback: {report.feedback[True]} of {report.feedback.total()}")
    print(f"orders of choices: {report.orders[True]} of {report.orders.total()}")
    print(f"demand hints: {report.hints[True]} of {report.hints.total()}")
    for (family, difference), count in report.departures.most_common(60):
        print(f"  {count:5} {family}: {difference}")
    for sample in report.samples[: given.show]:
        print("   ", sample)
    print(f"agree {report.agreeing} of {report.submissions}")
    sys.exit(0)


if __name__ == "__main__":
    main()
