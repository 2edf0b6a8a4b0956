"""Each kind of question, by the cases in `tests/cases/exercises`."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from polylect import exercises
from polylect.exercises import Exercise, Result

CASES = Path(__file__).parents[2] / "cases" / "exercises"
KINDS = ["multiple_choice", "checkboxes", "dropdown", "number", "text"]
LINE = re.compile(r"(?P<field>[\w.]+)(?: \[(?P<language>[\w-]+)\])?:(?P<given>.*?)-> (?P<outcome>.*)")


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
def test_a_case_is_read_and_graded_as_written(case: Case) -> None:
    exercise, issues = exercises.parse(case.xml)
    assert tuple(f"{issue.code} at {issue.place.line}" for issue in issues) == case.issues
    for line in case.grades:
        found = LINE.fullmatch(line)
        assert found is not None, line
        assert outcome(exercise, found["field"], found["given"], found["language"] or "en") == found["outcome"], line


def outcome(exercise: Exercise, field: str, given: str, language: str) -> str:
    values = given.removeprefix(" ").removesuffix(" ").split(" + ") if given.strip() else []
    responses, issues = exercise.read({field: values}, language)
    if issues:
        return f"unreadable: {issues[0].sentence}"
    result = exercise.grade(responses).of(field)
    return "no such field" if result is None else told(result)


def told(result: Result) -> str:
    parts = [f"{result.verdict.value} {result.points:g} of {result.possible:g}"]
    for one in result.feedback:
        label = "" if one.label is None else f"{one.label.text}: "
        parts.append(label + unescape(re.sub("<[^>]*>", "", one.words.text)))
    return " | ".join(parts)
