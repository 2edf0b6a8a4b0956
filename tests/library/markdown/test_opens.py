"""A subsection that opens some days after the first answer in another one."""

from pathlib import Path

import pytest

from polylect import markdown
from polylect.course.files import open_folder
from polylect.course.tree import Course

UNIT = "---\ntitle: A page\n---\nText.\n"
ASKING = UNIT + "\n::: exercise ask\ntitle: Ask\n---\n>>Is it?<<\n( ) no\n(x) yes\n:::\n"


def read(folder: Path, opens: str) -> tuple[Course, list[str]]:
    (folder / "units").mkdir()
    (folder / "units" / "asking.md").write_text(ASKING, encoding="utf-8")
    (folder / "units" / "later.md").write_text(UNIT, encoding="utf-8")
    (folder / "course.yaml").write_text(
        "org: O\ncode: C\nrun: '1'\ntitle: A course\nlanguage: en\n"
        "sections:\n  - code: s\n    title: S\n    subsections:\n"
        "      - {code: first, title: First, units: [units/asking.md]}\n"
        f"      - {{code: again, title: Again, units: [units/later.md], opens: {opens}}}\n",
        encoding="utf-8",
    )
    with open_folder(folder) as opened:
        course, issues = markdown.read(opened)
    assert course is not None
    return course, [issue.code for issue in issues]


def test_it_names_the_subsection_and_the_days(tmp_path):
    course, issues = read(tmp_path, "{after: first, days: 3}")
    assert issues == []
    (_, again) = course.sections[0].subsections
    assert (again.opens_after, again.opens_after_days) == ("first", 3)


@pytest.mark.parametrize(
    ("opens", "issue"),
    [
        ("{after: nowhere, days: 3}", "markdown-nothing-to-wait-for"),
        ("{after: again, days: 3}", "markdown-nothing-to-wait-for"),
        ("{days: 3}", "markdown-missing-field"),
        ("{after: first, days: soon}", "markdown-wrong-field"),
        ("tomorrow", "markdown-wrong-field"),
        ("{after: first, days: 3, hours: 2}", "markdown-unknown-field"),
    ],
)
def test_what_is_not_understood_is_told_and_nobody_waits_in_vain(tmp_path, opens, issue):
    course, issues = read(tmp_path, opens)
    assert issues == [issue]
    (_, again) = course.sections[0].subsections
    assert again.opens_after in ("", "first")
