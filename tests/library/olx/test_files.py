"""What text cases cannot hold: encodings, sizes, and files that somebody changed at random."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.olx import cases
from polylect import olx
from polylect.course import stored, walk
from polylect.course.files import open_folder
from polylect.course.tree import Course, Library, Selection, Text
from polylect.issues import Issue, IssueKind, declared_kinds
from polylect.keys import LibraryKey
from polylect.olx import export, nodes

COURSE = '<course org="Org" course="C1" url_name="run" display_name="A course" language="en">{}</course>'
UNIT = '<chapter url_name="s" display_name="S"><sequential url_name="p" display_name="P">{}</sequential></chapter>'
CYRILLIC = '<?xml version="1.0" encoding="iso-8859-5"?><html display_name="хлеб">x</html>'
SEEDS = [cases.files_of(pieces) for _, pieces in cases.all_cases()]


def read(files: dict[str, bytes], libraries: tuple[Library, ...] = ()) -> tuple[Course | Library | None, list[Issue]]:
    with tempfile.TemporaryDirectory() as place:
        for name, data in files.items():
            path = Path(place) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        with open_folder(place) as folder:
            return olx.read(folder, libraries=libraries)


def course_with(blocks: str, files: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    unit = f'<vertical url_name="u" display_name="U">{blocks}</vertical>'
    return {"course.xml": COURSE.format(UNIT.format(unit)).encode(), "grading_policy.json": b"{}", **(files or {})}


def first_block(course: Course | Library | None) -> object:
    assert isinstance(course, Course)
    return next(walk.blocks(course))


@pytest.mark.parametrize(
    ("data", "title", "codes"),
    [
        ('<html display_name="café">x</html>'.encode("utf-8-sig"), "café", []),
        ('<html display_name="café">x</html>'.encode("utf-16"), "café", []),
        ('<?xml version="1.0" encoding="utf-16"?><html display_name="café">x</html>'.encode(), "café", []),
        (CYRILLIC.encode("iso-8859-5"), "хлеб", ["olx-encoding"]),
        ('<html display_name="café — “x”">x</html>'.encode("windows-1252"), "café — “x”", ["olx-encoding"]),
        (b'<?xml version="1.0" encoding="utf-7"?><html display_name="caf\xe9">x</html>', "café", ["olx-encoding"]),
        (b'\n\n  <?xml version="1.0"?>\r\n<html display_name="caf\xc3\xa9">x</html>', "café", []),
    ],
    ids=["byte order mark", "utf-16", "wrongly declared", "declared", "guessed", "never utf-7", "late declaration"],
)  # fmt: skip
def test_text_is_read_in_whatever_encoding_it_came(data: bytes, title: str, codes: list[str]) -> None:
    course, issues = read(course_with('<html url_name="a"/>', {"html/a.xml": data}))
    assert getattr(first_block(course), "title", None) == title
    assert [issue.code for issue in issues] == codes


def test_lines_in_issues_count_the_lines_of_the_file() -> None:
    data = b'<?xml version="1.0"?>\r\n<!DOCTYPE html>\r\n<html>\r\n<p>\r\n<img src="/static/gone.png"/>\r\n</p></html>'
    _, issues = read(course_with('<html url_name="a" filename="b"/>', {"html/b.html": data}))
    assert [(issue.place.file, issue.place.line) for issue in issues] == [("html/b.html", 5)]


def test_a_file_that_is_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_TEXT_BYTES", 1000)
    course, issues = read(
        course_with('<html url_name="a"/><html url_name="b">x</html>', {"html/a.xml": b"<html/>" + b" " * 1000})
    )
    assert getattr(first_block(course), "code", None) == "b"
    assert [str(issue) for issue in issues] == ["html/a.xml: This is larger than 1000 bytes, so it is not read."]


@pytest.mark.parametrize(
    ("policy", "reason"),
    [(b"[" * 200_000, "it is nested too deep"), (b'{"a": ' + b"9" * 20_000 + b"}", "a number in it is too long")],
    ids=["deep", "long"],
)
def test_json_that_no_reader_takes_is_an_issue(policy: bytes, reason: str) -> None:
    course, issues = read(course_with('<html url_name="a">x</html>', {"policies/run/policy.json": policy}))
    assert course is not None
    assert [(issue.code, issue.params["reason"]) for issue in issues] == [("olx-json", reason)]


def test_only_so_many_grading_categories_are_read() -> None:
    graders = ", ".join(f'{{"type": "Quiz {number}", "weight": 0.01}}' for number in range(101))
    policy = f'{{"GRADER": [{graders}]}}'.encode()
    course, issues = read(course_with('<html url_name="a">x</html>', {"policies/run/grading_policy.json": policy}))
    assert isinstance(course, Course)
    assert len(course.grading.categories) == 100
    assert "olx-grading" in {issue.code for issue in issues}


def test_files_that_are_named_again_and_again_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_READ_BYTES", 2000)
    blocks = '<html url_name="a"/>' * 20
    course, issues = read(course_with(blocks, {"html/a.xml": b"<html>" + b"x" * 200 + b"</html>"}))
    assert 1 < len(list(walk.blocks(course))) < 20  # type: ignore[arg-type]
    assert {issue.code for issue in issues} == {"olx-too-much", "olx-duplicate"}


def test_elements_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_NODES", 10)
    course, issues = read(course_with("".join(f'<html url_name="h{number}">x</html>' for number in range(50))))
    assert len(list(walk.blocks(course))) == 6  # type: ignore[arg-type]
    assert [issue.code for issue in issues] == ["olx-too-many"]


def test_files_that_name_each_other_twice_do_not_explode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_NODES", 2000)
    pointer = '<wrapper url_name="w{}"/>'
    files = {
        f"wrapper/w{depth}.xml": f"<wrapper>{pointer.format(depth + 1) * 2}</wrapper>".encode() for depth in range(60)
    }
    course, issues = read(course_with(pointer.format(0), files))
    assert isinstance(course, Course)
    assert "olx-too-many" in {issue.code for issue in issues}


def test_blocks_in_blocks_are_read_down_to_a_limit() -> None:
    inner = '<wrapper url_name="w">' * 100 + "</wrapper>" * 100
    course, issues = read(course_with(inner))
    assert isinstance(course, Course)
    assert "olx-too-deep" in {issue.code for issue in issues}


def test_a_library_given_beside_fills_a_selection() -> None:
    library = Library(LibraryKey("Org", "L1"), "L", (Text("x", "X", "one"), Text("y", "Y", "two")))
    blocks = (
        '<library_content url_name="a" max_count="1" source_library_id="library-v1:Org+L1"/>'
        + '<html url_name="x">x</html>'
    )
    course, issues = read(course_with(blocks), libraries=(library,))
    selection = first_block(course)
    assert isinstance(selection, Selection)
    assert [block.code for block in selection.blocks] == ["a-x", "a-y"]
    assert issues == []


def test_every_kind_of_issue_that_reading_can_report_has_a_case() -> None:
    ours = {kind.code for kind in declared_kinds() if is_ours(kind)}
    told = "\n".join(pieces["issues"] for _, pieces in cases.all_cases())
    elsewhere = {"olx-encoding", "olx-too-large", "olx-too-much", "olx-too-many", "olx-too-deep"}  # in this file
    assert sorted(code for code in ours - elsewhere if f" {code} " not in told) == []


def is_ours(kind: IssueKind) -> bool:
    return kind.code.startswith("olx-")


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a case, some of them cut, changed, emptied, or put in each other's places."""
    files = {name: text.encode() for name, text in draw(st.sampled_from(SEEDS)).items()}
    for name in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3, unique=True)):
        data = files[name]
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        other = draw(st.sampled_from(sorted(files)))
        part = draw(
            st.one_of(st.binary(max_size=20), st.text(max_size=20).map(str.encode), st.just(files[other][:300]))
        )
        files[name] = data[:start] + part + data[end:]
    return files


@settings(deadline=None)
@given(spoiled())
def test_no_change_to_an_export_makes_reading_fail(files: dict[str, bytes]) -> None:
    course, issues = read(files)
    assert all(issue.sentence for issue in issues)
    if course is not None:
        assert stored.load(stored.dump(course)) == course
        codes = [block.code for block in walk.blocks(course)]
        assert len(codes) == len(set(codes))


def test_reading_twice_gives_the_same() -> None:
    for files in SEEDS:
        data = {name: text.encode() for name, text in files.items()}
        assert read(data) == read(data)
