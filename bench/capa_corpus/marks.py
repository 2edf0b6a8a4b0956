"""Grades every submission of a corpus and compares verdict and points of each input, score and maximum.

Where the engine refused to grade, ours has to refuse as well. A kind that we do not grade agrees with nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polylect import exercises
from polylect.exercises import Exercise, Grade, Runner, Verdict
from polylect.issues import Severity

from . import scripted, telling
from .corpus import Row, kind_of
from .names import Names

VERDICTS = {Verdict.CORRECT: "correct", Verdict.PARTLY: "partially-correct", Verdict.INCORRECT: "incorrect"}
NEAR = 1e-9

Submission = Mapping[str, Any]


@dataclass
class Report:
    """What came out, counted by submission; `differences` by kind, family of problems, and what differs."""

    agreeing: int = 0
    submissions: int = 0
    by_kind: Counter[tuple[str, bool]] = field(default_factory=Counter)
    differences: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)
    told: dict[str, Counter[bool]] = field(default_factory=dict)
    """What does not count: by its name, how often it is the same."""
    untold: list[str] = field(default_factory=list)
    """Where what does not count differs."""

    @property
    def share(self) -> float:
        """Of 1."""
        return self.agreeing / self.submissions if self.submissions else 0

    def tell(self, what: str, case: Row, ours: object, theirs: object) -> None:
        """Counts something that does not count in the end."""
        self.told.setdefault(what, Counter())[ours == theirs] += 1
        if ours != theirs:
            self.untold.append(f"{what}: {case['id']}: ours {ours!r}, theirs {theirs!r}")


def measure(cases: Iterable[Row], sandbox: Runner | None = None, language: str = "") -> Report:
    """Grades every submission of these problems and compares; numbers are read as the language writes them."""
    report = Report()
    for case in cases:
        exercise, issues = exercises.parse(case["xml"])
        variables, failure = scripted.prepare(exercise, case["seed"], sandbox)
        if case["construct_error"]:
            is_named = bool(failure) or any(issue.severity is Severity.ERROR for issue in issues)
            report.tell("problems that cannot be read, named to their author", case, is_named, True)
            continue
        graded = _Graded(case, exercise, Names(exercise, case, variables), variables, sandbox, language)
        telling.compare_problem(graded.case, exercise, graded.names, variables, report.tell)
        for submission in case["submissions"] or ():
            _compare(graded, submission, report)
    return report


@dataclass(frozen=True)
class _Graded:
    """A problem as it is graded here."""

    case: Row
    exercise: Exercise
    names: Names
    variables: Mapping[str, str] | None
    sandbox: Runner | None
    language: str

    def grade(self, submission: Submission) -> Grade | None:
        """What a submission earns; None where it is refused."""
        known = {*self.names.inputs, *self.names.broken}
        if {entry["id"] for entry in self.case["inputs"]} - known or not self.names.can_send(submission["answers"]):
            return None
        responses, issues = self.exercise.read(
            self.names.form(submission["answers"]), self.language, variables=self.variables
        )
        if issues:
            return None
        grade = self.exercise.grade(responses, self.case["seed"], self.variables, runner=self.sandbox)
        is_judged = not grade.ungraded and all(grade.of(code) for code in self.names.broken.values())
        return grade if is_judged else None


def _compare(graded: _Graded, submission: Submission, report: Report) -> None:
    case = graded.case
    try:
        grade = graded.grade(submission)
        difference = _difference(graded.names, submission, grade)
    except Exception as mistake:  # ours: it must not raise, whatever is sent
        grade, difference = None, f"raised {type(mistake).__name__}: {mistake}"
    report.submissions += 1
    report.agreeing += not difference
    report.by_kind[kind_of(case), not difference] += 1
    if difference:
        report.differences[kind_of(case), re.sub(r"\d+", "N", case["id"]), difference] += 1
        report.samples.append(f"{case['id']}: {difference}: {submission['answers']} {submission['error'] or ''}")
    elif grade is not None:
        telling.compare_feedback(case, graded.names, submission, grade, report.tell)


def _difference(names: Names, submission: Submission, grade: Grade | None) -> str:
    """In words, how ours differs; empty where it agrees."""
    if submission["error"]:
        return "" if grade is None else f"graded, where it was refused ({submission['error_kind']})"
    if grade is None:
        return "refused, where it was graded"
    for theirs, expected in submission["expected"].items():
        result = names.result(grade, theirs)
        if result is None or VERDICTS[result.verdict] != expected["correctness"]:
            return f"verdict, expected {expected['correctness']}"
        if abs(result.points - expected["points"]) > NEAR:
            return f"points {result.points:g}, expected {expected['points']:g}"
    if abs(grade.points - submission["score"]) > NEAR or abs(grade.possible - submission["max_score"]) > NEAR:
        return f"{grade.points:g} of {grade.possible:g}, expected {submission['score']} of {submission['max_score']}"
    return ""
