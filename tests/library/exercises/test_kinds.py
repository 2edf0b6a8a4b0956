"""Each kind of question, by the cases in `tests/cases/exercises`."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from polylect import exercises
from polylect.exercises import Exercise, Result, Runner

CASES = Path(__file__).parents[2] / "cases" / "exercises"
KINDS = [
    "multiple_choice", "checkboxes", "dropdown", "number", "formula", "symbolic", "text", "custom", "true_false",
    "choice_text", "image", "annotation", "arrangement",
    "repair", "missing", "sort", "contrast", "matrix",
]  # fmt: skip
LINE = re.compile(r"(?:\(seed (?P<seed>\d+)\) )?(?P<form>.*?)-> (?P<outcome>.*)")
GIVEN = re.compile(r"(?P<field>q[\w.]*)(?: \[(?P<language>[\w-]+)\])?:(?P<given>.*?)(?= & q[\w.]*(?: \[[\w-]+\])?:|$)")


@dataclass(frozen=True)
class Case:
    title: str
    xml: str
    grades: tuple[str, ...]
    issues: tuple[str, ...]


def read_cases(name: str) -> list[Case]:
    _, *texts = (CASES / f"{name}.txt").read_text("utf-8").split("\n===== ")
    cases = []
    for text in texts:
        title, _, rest = text.partition("\n")
        xml, *parts = re.split(r"^--- (grades|issues)\n", rest, flags=re.MULTILINE)
        blocks = dict(zip(parts[::2], parts[1::2], strict=True))
        lines = {name: tuple(filter(None, block.split("\n"))) for name, block in blocks.items()}
        cases.append(Case(title, xml, lines.get("grades", ()), lines.get("issues", ())))
    return cases


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{kind}: {case.title}") for kind in KINDS for case in read_cases(kind)]
)
def test_a_case_is_read_and_graded_as_written(case: Case, runner: Runner) -> None:
    exercise, issues = exercises.parse(case.xml)
    assert tuple(f"{issue.code} at {issue.place.line}" for issue in issues) == case.issues
    for line in case.grades:
        assert outcome(exercise, line, runner) == line


def outcome(exercise: Exercise, line: str, runner: Runner) -> str:
    """The line with what really comes of its answers: `q1: 5 -> correct 1 of 1`, of several fields
    `(seed 3) q1.1 [fr]: 3,5 & q1.2: 7 -> correct 1 of 1 & incorrect 0 of 1 || said of the whole`."""
    found = LINE.fullmatch(line)
    assert found is not None, line
    seed = int(found["seed"] or 1)
    fields = list(GIVEN.finditer(found["form"].rstrip()))
    assert fields, line
    form = {one["field"]: values(one["given"]) for one in fields}
    return line.removesuffix(found["outcome"]) + answered(exercise, form, fields[0]["language"] or "en", runner, seed)


def values(given: str) -> list[str]:
    given = given.removeprefix(" ").removesuffix(" ")
    return given.split(" + ") if given.strip() else []


def answered(exercise: Exercise, form: dict[str, list[str]], language: str, runner: Runner, seed: int) -> str:
    variables = exercise.prepare(seed, runner)
    responses, issues = exercise.read(form, language, variables)
    if issues:
        return f"unreadable: {issues[0].sentence}"
    grade = exercise.grade(responses, seed, variables, runner=runner)
    if grade.ungraded:
        return f"not graded: {grade.reason or grade.ungraded}"
    results = [result for field in form if (result := grade.of(field)) is not None]
    if not results:
        return "no such field"
    whole = "".join(f" || {readable(one.words.text)}" for one in grade.remarks)
    return " & ".join(map(told, results)) + whole


def told(result: Result) -> str:
    parts = [f"{result.verdict.value} {result.points:g} of {result.possible:g}"]
    for one in result.feedback:
        label = "" if one.label is None else f"{one.label.text}: "
        parts.append(label + readable(one.words.text))
    return " | ".join(parts)


def readable(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html))
