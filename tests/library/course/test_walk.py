"""Ways through a course."""

from polylect.course import walk
from polylect.course.tree import Course, Library, Section, Selection, Subsection, Text, Unit
from polylect.keys import LibraryKey, RunKey


def text(code: str) -> Text:
    return Text(code, "", "")


DRAWN = Selection("draw", "", (text("d1"), Selection("inner", "", (text("d2"),))))
UNITS = (Unit("u1", "", (text("t1"), DRAWN)), Unit("u2", "", ()), Unit("u3", "", (text("t2"),)))
COURSE = Course(
    RunKey("Org", "C1", "run"),
    "A course",
    "en",
    (
        Section("s1", "", (Subsection("p1", "", UNITS[:2]), Subsection("p2", "", ()))),
        Section("s2", "", (Subsection("p3", "", UNITS[2:]),)),
    ),
)


def test_units_come_in_the_outlines_order() -> None:
    assert tuple(walk.units(COURSE)) == UNITS


def test_blocks_come_in_order_with_those_inside_selections() -> None:
    assert [block.code for block in walk.blocks(COURSE)] == ["t1", "draw", "d1", "inner", "d2", "t2"]
    library = Library(LibraryKey("Org", "L1"), "", (text("a"), DRAWN))
    assert [block.code for block in walk.blocks(library)] == ["a", "draw", "d1", "inner", "d2"]


def test_every_part_is_found_by_its_code_and_nothing_else_is() -> None:
    for code in ("s1", "s2", "p1", "p2", "p3", "u1", "u2", "u3", "t1", "draw", "d1", "inner", "d2", "t2"):
        found = walk.find(COURSE, code)
        assert found is not None
        assert found.code == code
    assert walk.find(COURSE, "nothing") is None
