"""Tables: every text comes back from a spreadsheet's file as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect import tables

CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8).map(lambda text: text.replace("\r", "\n"))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(lambda row: any(map(str.strip, row))), max_size=4))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    written = tables.written([["a", "b"], *rows])
    read = [[tables.unmarked(cell) for cell in cells] for _, cells in tables.read(written.encode())]
    assert read == [["a", "b"], *rows]


@given(CELLS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert tables.unmarked(tables.marked(text)) == text
    assert not tables.marked(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_row_has_the_line_on_which_it_begins() -> None:
    assert tables.read(b'a\n\n"1\n2"\n3\n') == [(1, ["a"]), (3, ["1\n2"]), (5, ["3"])]


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(tables.NotUnicode):
        tables.read(b"\xff\xff")
    with pytest.raises(tables.NotCsv):
        tables.read(b'"open')
