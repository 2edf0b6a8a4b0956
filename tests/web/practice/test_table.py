"""The register as CSV: what is written is read back equal, and what is wrong is told with its line."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.partnership import Arrangement
from polylect_web.practice import table
from polylect_web.practice.actions import Kept
from polylect_web.practice.described import plain
from polylect_web.practice.models import Case, Stage
from polylect_web.practice.table import COLUMNS, read, several_lines, to_text
from web.practice.test_case_file import arrangements

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1", "\t=1", "＝1", '=HYPERLINK("//evil.example")']
texts = st.one_of(st.text(max_size=30), st.sampled_from(FORMULAS))
cases = st.builds(
    Kept,
    title=texts.map(lambda text: plain(text) or "A title"),
    arrangement=arrangements | st.just(Arrangement()),
    stage=st.sampled_from(Stage),
    next_step=texts.map(plain),
    next_on=st.none() | st.dates(),
    notes=st.lists(texts, max_size=3).map("\n".join).map(several_lines),
)


def written(*kept: Kept) -> bytes:
    """The table of cases that say this."""
    return to_text(Case(**one.fields()) for one in kept).encode()


def told(text: str) -> tuple[str, ...]:
    found = read(text.encode())
    assert not found.rows
    return found.issues


@given(st.lists(cases, max_size=4))
def test_what_is_written_is_read_back_equal(kept: list[Kept]) -> None:
    found = read(written(*kept))
    assert found.issues == ()
    assert [one for _uuid, one in found.rows] == kept


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: ("title,stage\n" + text).encode("utf-8", "replace"))
)
def test_no_file_raises(content: bytes) -> None:
    found = read(content)
    assert not (found.rows and found.issues)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_to_a_spreadsheet(formula: str) -> None:
    kept = Kept(formula, Arrangement(), next_step=formula, notes=formula)
    _heading, row = csv.reader(io.StringIO(written(kept).decode("utf-8-sig"), newline=""))
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_the_columns_are_an_interface() -> None:
    assert COLUMNS[:8] == ("id", "title", "stage", "next_step", "next_on", "notes", "overlap", "sides")
    assert COLUMNS[8:12] == ("side_1_name", "side_1_kind", "side_1_invests", "side_1_gains")
    assert len(COLUMNS) == 28


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_of_any_spreadsheet_are_read(delimiter: str, encoding: str) -> None:
    text = delimiter.join(["Title ", "next_on", "Stage"]) + "\r\n" + delimiter.join(["Müze", "2027-01-31", "Agreed"])
    ((uuid, kept),) = read(text.encode(encoding)).rows
    assert uuid is None
    assert kept == Kept("Müze", Arrangement(), Stage.AGREED, "", date(2027, 1, 31))


def test_empty_lines_are_passed_over_and_lines_are_counted_as_an_editor_does() -> None:
    assert told('title,notes,stage\n\n"a","one\ntwo",idea\n\nb,,someday\n') == (
        "Line 6: “someday” is no stage. Known are: idea, talking, agreed, running, ended.",
    )


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("", "This file is empty."),
        ("stage\nidea\n", "Line 1: there is no column “title”."),
        ("title,color\nx,red\n", "Line 1: “color” is no column. Known are: id, title, stage,"),
        ("title,title\nx,y\n", "Line 1: the column “title” is there twice."),
        ("title,stage\n,idea\n", "Line 2: “title” is empty. Every case has a title."),
        (f"title\n{'x' * 151}\n", "Line 2: “title” has 151 characters; 150 is the most."),
        (f"title,notes\nx,{'x' * 5001}\n", "Line 2: “notes” has 5001 characters; 5000 is the most."),
        (
            "title,next_on\nx,31.1.2027\n",
            "Line 2: “31.1.2027” is no date. Write year, month and day, as in 2027-01-31.",
        ),
        ("title,id\nx,7\n", "Line 2: the id “7” is none of ours. Leave it empty for a new case."),
        ("title,sides\nx,9\n", "Line 2: “sides” is “9”; it is a number from 0 to 5."),
        ("title,overlap\nx,partly\n", "Line 2: “overlap” cannot be “partly”. Known are: shared, compatible, none."),
        ("title,side_2_invests\nx,gold\n", "Line 2: Side 2: “invests” cannot be “gold”. Known are: money,"),
        ("title,side_1_gains\nx,nothing reach\n", "Line 2: Side 1: “gains” says “nothing” beside other values"),
        (f"title,side_1_name\nx,{'y' * 101}\n", "Line 2: “side_1_name” has 101 characters; 100 is the most."),
        ("title\nx,more\n", "Line 2: there are more cells than columns."),
        ('title\n"x\n', "This file is no CSV table."),
        ("title\n" + "x\n" * 1001, "There are 1001 rows here; 1000 is the most."),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_is_right(text: str, issue: str) -> None:
    (found,) = told(text)
    assert found.startswith(issue)


def test_an_id_belongs_to_one_line() -> None:
    uuid = "0b0b0b0b-2c55-4a0e-9d5e-0f6f4c7b1a11"
    assert told(f"id,title\n{uuid},a\n{uuid},b\n") == ("Line 3: the id is that of line 2, too. Empty one of them.",)


def test_everything_that_is_wrong_is_told_at_once_up_to_twenty() -> None:
    assert len(told("title,stage\n,x\n,y\n")) == 4
    assert len(told("title\n" + '" "\n' * 3 + ",\n" + "x,y\n" * 50)) == 20


def test_what_a_file_says_is_never_a_pattern() -> None:
    assert told("title,stage\nx,{known}\n")[0].startswith("Line 2: “{known}” is no stage.")


@pytest.mark.parametrize("content", [b"title\n\xff\xff\n", b"\xff\xfea"])
def test_other_alphabets_are_told_what_to_do(content: bytes) -> None:
    (issue,) = read(content).issues
    assert "CSV UTF-8" in issue


def test_a_file_that_is_too_large_is_not_read() -> None:
    (issue,) = read(b"title\n" + b"x" * table.MOST_BYTES).issues
    assert issue == "This file is larger than 1 MB. Divide the table into several."
