"""Exports from text cases: what is read of each, and what is wrong with it."""

from pathlib import Path

import pytest

from library.olx import cases
from polylect import olx
from polylect.course.files import open_folder


@pytest.mark.parametrize("pieces", [pytest.param(pieces, id=title) for title, pieces in cases.all_cases()])
def test_an_export_reads_as_its_case_says(pieces: dict[str, str], tmp_path: Path) -> None:
    cases.write(cases.files_of(pieces), tmp_path)
    with open_folder(tmp_path) as folder:
        course, issues = olx.read(folder)
    drawn = cases.draw_blocks(course) if "blocks" in pieces else cases.draw(course)
    assert "\n".join(drawn).strip() == pieces["read"].strip()
    assert [cases.told(issue) for issue in issues] == [line for line in pieces["issues"].split("\n") if line]
