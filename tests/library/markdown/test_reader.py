"""Course folders, from text cases: the files, the tree they make, and what is wrong with them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.course.files import open_folder
from polylect.course.tree import Block, Course, Exercise, Text, Video
from polylect.issues import Issue
from polylect.markdown import read
from polylect.markdown.reader import split_header

CASES = Path(__file__).parents[2] / "cases" / "markdown" / "course.txt"


def load_cases() -> list[tuple[str, dict[str, str]]]:
    cases = []
    for part in re.split(r"^===== ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        pieces = re.split(r"^--- (\S+)\n", rest, flags=re.MULTILINE)[1:]
        cases.append((title, dict(zip(pieces[::2], pieces[1::2], strict=True))))
    return cases


def outline(course: Course | None) -> list[str]:
    if course is None:
        return ["nothing"]
    cutoffs = " ".join(f"{name}={share:g}" for name, share in course.grading.cutoffs)
    lines = [f'course {course.key} {course.language} "{course.title}" {cutoffs}']
    lines += [f"page {page.code} {page.kind}: {' '.join(page.html.split())}" for page in course.pages]
    for section in course.sections:
        lines.append(f'section {section.code} "{section.title}"')
        for subsection in section.subsections:
            category = f" category={subsection.category}" if subsection.category else ""
            lines.append(f'subsection {subsection.code} "{subsection.title}"{category}')
            for unit in subsection.units:
                lines.append(f'unit {unit.code} "{unit.title}"')
                lines += [describe(block) for block in unit.blocks]
    lines += [f"unplaced {item.reason} {item.item.code}" for item in course.unplaced]
    lines.append(" ".join(["assets", *(asset.path for asset in course.assets)]))
    return lines


def describe(block: Block) -> str:
    match block:
        case Text():
            return f"text {block.code}: {' '.join(block.html.split())}"
        case Video():
            tracks = [f"{t.language}:{len(t.track.cues)} cue, {len(t.groups)} group" for t in block.tracks]
            youtube = [f"youtube={block.youtube_id}"] if block.youtube_id else []
            sources = [source.address for source in block.sources]
            return " ".join([f'video {block.code} "{block.title}"', *sources, *youtube, *tracks])
        case Exercise():
            count = len(block.body.questions)
            said = f'exercise {block.code} "{block.title}" {count} question attempts={block.max_attempts}'
            return "".join([said, *(f" {name}{value}" for name, value, usual in policy(block) if value != usual)])
    raise AssertionError(f"{block!r} has no place in these cases")


def policy(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """What an exercise says beyond its attempts: a name, the value, and the usual one."""
    yield "show=", exercise.show_answer, "finished"
    yield "before=", str(exercise.attempts_before_answer), "0"
    yield "wait=", str(exercise.wait_seconds), "0"
    yield "over", "" if exercise.show_reset_button else "not", "not"
    yield "save", "" if exercise.force_save_button else "not", "not"
    yield "counts=", exercise.grading_method, "highest_score"
    yield "results=", exercise.show_correctness, "always"


def told(issue: Issue) -> str:
    return f"{issue.place} {issue.code}: {issue.sentence}".strip()


@pytest.mark.parametrize(("title", "files"), load_cases(), ids=[title for title, _ in load_cases()])
def test_a_folder_reads_as_its_case_says(title: str, files: dict[str, str], tmp_path: Path) -> None:
    for name, content in files.items():
        if name not in ("outline", "issues"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    with open_folder(tmp_path) as folder:
        course, issues = read(folder)
    assert outline(course) == files["outline"].strip().split("\n")
    assert sorted(map(told, issues)) == sorted(line for line in files["issues"].split("\n") if line)


def test_text_that_is_not_utf8_is_an_issue_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_bytes(b"org: a\ncode: b\nrun: c\ntitle: caf\xe9\nlanguage: fr\nsections: []\n")
    with open_folder(tmp_path) as folder:
        course, issues = read(folder)
    assert course is not None
    assert course.title == "caf\N{REPLACEMENT CHARACTER}"
    assert [told(issue) for issue in issues] == [
        "course.yaml:4 markdown-not-utf8: This file is not UTF-8 text (byte 32 is not)."
    ]


@given(st.text(alphabet="-\nabc: ", max_size=40))
def test_a_header_never_moves_the_lines_of_the_text(text: str) -> None:
    header, body, first_line = split_header(text)
    assert body.count("\n") in (text.count("\n"), 0)
    assert header == "" or header in text
    assert first_line in (1, 2)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_makes_reading_fail(course_text: str, unit_text: str) -> None:
    course_file = "org: a\ncode: b\nrun: c\ntitle: d\nlanguage: en\nsections: [{code: s, title: t, subsections: "
    course_file += "[{code: p, title: q, units: [units/u.md]}]}]\n"
    for first in (course_file, course_text):
        course, _ = read(MadeFolder({"course.yaml": first.encode(), "units/u.md": unit_text.encode()}))
        assert course is not None


class MadeFolder:
    """Files that a test made, in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def paths(self) -> tuple[str, ...]:
        return tuple(self.files)

    def read(self, path: str) -> bytes:
        return self.files[path]

    def size(self, path: str) -> int:
        return len(self.files[path])
