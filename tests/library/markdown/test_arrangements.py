"""Exercises about arrangements as their authors write them: read, proved with their lines, and written back."""

import re
from pathlib import Path

import pytest

from polylect import exercises, olx
from polylect.course.files import open_folder
from polylect.course.tree import Exercise
from polylect.issues import Issue
from polylect.markdown import arrangements
from polylect.markdown.fields import read_fields

PAGES = Path(__file__).parents[3] / "docs" / "exercises"
FORMS = [
    (kind, text)
    for page, kind in {
        "arrangement": "arrangement",
        "repair": "repair",
        "missing-condition": "spot",
        "sort": "sort",
        "contrast": "contrast",
        "matrix": "matrix",
    }.items()
    for text in re.findall(r"^```yaml\n(title:.*?)^```", (PAGES / f"{page}.md").read_text("utf-8"), re.S | re.M)
]


def read(kind: str, text: str) -> tuple[str, list[Issue]]:
    """The XML, and what is wrong, with lines of the text."""
    issues: list[Issue] = []
    fields = read_fields(text, "unit.md", issues)
    made = arrangements.read(kind, fields)
    fields.text("title")
    fields.finish()
    _, found = exercises.parse(made.xml)
    return made.xml, issues + [
        Issue(one.kind, type(one.place)("unit.md", made.line_of(one.place.line)), one.params) for one in found
    ]


def test_every_kind_has_an_example_in_its_page() -> None:
    assert {kind for kind, _ in FORMS} == set(arrangements.TAGS)


@pytest.mark.parametrize(("kind", "text"), FORMS, ids=[kind for kind, _ in FORMS])
def test_the_example_of_a_page_is_read_and_written_back_equal(kind: str, text: str) -> None:
    xml, issues = read(kind, text)
    assert issues == []
    assert exercises.parse(xml)[0].questions
    written = arrangements.write(xml)
    assert written is not None
    assert read(kind, written)[0] == xml
    assert arrangements.write(read(kind, written)[0]) == written


@pytest.mark.parametrize(("kind", "text"), FORMS, ids=[kind for kind, _ in FORMS])
def test_an_explanation_that_is_missing_is_told_with_its_line(kind: str, text: str) -> None:
    lines = text.split("\n")
    explain = max(number for number, line in enumerate(lines) if "explain:" in line)
    indent = len(lines[explain]) - len(lines[explain].lstrip())
    last = next(
        (n for n in range(explain + 1, len(lines)) if len(lines[n]) - len(lines[n].lstrip()) <= indent), len(lines)
    )
    without = "\n".join(lines[: last - 1] + lines[last:])
    _, issues = read(kind, without)
    assert [issue.code for issue in issues] == ["exercise-no-explanation"]
    assert issues[0].place.line == explain + 2
    assert lines[last - 1].split(":")[0].strip() in issues[0].sentence


@pytest.mark.parametrize(
    "more",
    [
        "filled: [library.invests, overlap]",
        "show_sides: true\nquestion: What is it?",
        "values: {invests: {laptops: {name: old laptops, like: goods}}, gains: {seeds: rare seeds}}",
        "hints: [Look at the library., 'And *then* at the group.']\npoints: 10",
    ],
)
def test_whatever_an_analysis_says_is_written_back_equal(more: str) -> None:
    xml, issues = read("arrangement", f"{FORMS[0][1]}{more}\n")
    assert issues == []
    written = arrangements.write(xml)
    assert written is not None
    assert read("arrangement", written)[0] == xml


def test_what_depends_is_written_back_equal() -> None:
    both = """
  - {kind: partnership, if: "It is *wanted*."}
  - kind: donation
    if: 1 < 2
    sides: {library: {invests: venue, gains: thanks?}, group: {invests: nothing}}
    overlap: [none, shared]
"""
    text = (
        FORMS[0][1]
        .replace(" partnership\nnote", f"{both}note")
        .replace("explain:", "explain:\n  partnership: See what the library gets.")
    )
    xml, issues = read("arrangement", text)
    assert issues == []
    written = arrangements.write(xml)
    assert written is not None
    assert read("arrangement", written)[0] == xml


def test_a_verdict_that_does_not_follow_is_told_with_its_line() -> None:
    _, text = FORMS[0]
    _, issues = read("arrangement", text.replace("overlap: [compatible, shared]", "overlap: [compatible, none]"))
    assert [issue.code for issue in issues] == ["exercise-wrong-kind"]
    assert text.split("\n")[issues[0].place.line - 1] == "verdict: partnership"
    assert issues[0].params["found"] == "not-yet"
    assert issues[0].params["expected"] == "partnership"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sides: library",
        "sides: [library]",
        "sides: [{}]",
        "sides: {}\noverlap: {}\nverdict: []\nexplain: []",
        "verdict: [{if: [], sides: [], overlap: 5}]",
        "values: {invests: {x: {}}, gains: []}\nhints: 5\npoints: []",
        "sides: [{id: 5, name: 6, kind: 7, invests: [8], gains: [[]]}]",
        "cases: [{id: a, text: b, kind: c, explain: {d: {}}}, 5]\nkinds: {}",
        "story: <p>open\nsides: [{id: a, name: '<b>'}]",
    ],
)
@pytest.mark.parametrize("kind", arrangements.TAGS)
def test_no_text_makes_reading_fail(kind: str, text: str) -> None:
    xml, issues = read(kind, text)
    assert issues
    arrangements.write(xml)


@pytest.mark.parametrize(("kind", "text"), FORMS, ids=[kind for kind, _ in FORMS])
def test_an_export_reads_back_equal(kind: str, text: str, tmp_path: Path) -> None:
    xml, _ = read(kind, text)
    for path, content in {
        "course.xml": '<course url_name="run" org="O" course="C"/>',
        "course/run.xml": '<course><chapter url_name="c"><sequential url_name="s"><vertical url_name="v">'
        '<problem url_name="p"/></vertical></sequential></chapter></course>',
        "problem/p.xml": xml,
    }.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, "utf-8")
    with open_folder(tmp_path) as folder:
        course, _issues = olx.read(folder)
    assert course is not None
    (block,) = course.sections[0].subsections[0].units[0].blocks
    assert isinstance(block, Exercise)
    assert block.body.xml == xml
    assert arrangements.write(block.body.xml) == arrangements.write(xml)
