"""The outline: what stands where, and who may see it."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.courses import queries
from polylect_web.courses.outline import Outline
from web.builders import course, exercise, publish, text, unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HIDDEN = tree.Access(staff_only=True)
LATER = tree.Access(start="2026-12-01T00:00:00Z")


def outline_of(*units: tree.Unit, **fields: object) -> Outline:
    return queries.outline(publish(course(*units, **fields)).version)


def codes(outline: Outline) -> list[str]:
    return [unit.code for unit in outline.units()]


def test_the_first_look_costs_two_queries_and_the_next_none(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = publish(course(*(unit(text(f"t{n}"), exercise(f"e{n}"), code=f"u{n}") for n in range(30)))).version
    with django_assert_num_queries(2):
        queries.outline(version)
    with django_assert_num_queries(0):
        queries.outline(version)


def test_hidden_units_and_blocks_are_absent_for_learners() -> None:
    outline = outline_of(
        unit(text(access=HIDDEN), exercise()), unit(code="secret", access=HIDDEN), unit(code="later", access=LATER)
    )
    shown = outline.visible_to_learners(NOW)
    assert codes(shown) == ["start"]
    assert [block.code for block in next(shown.units()).blocks] == ["ask"]
    assert codes(outline) == ["start", "secret", "later"]


def test_what_begins_later_is_there_when_it_begins() -> None:
    outline = outline_of(unit(access=LATER))
    assert codes(outline.visible_to_learners(datetime(2026, 12, 1, tzinfo=UTC))) == ["start"]


def test_a_hidden_section_hides_what_is_in_it() -> None:
    section = tree.Section("sec", "Part", (tree.Subsection("sub", "Step", (unit(text()),)),), access=HIDDEN)
    outline = outline_of(sections=(section,))
    assert not outline.visible_to_learners(NOW).sections
    (found,) = outline.units()
    assert not found.blocks[0].opening.is_visible(NOW)
    assert found.blocks[0].opening.is_visible(NOW, may_see_hidden=True)


def test_a_due_date_of_a_subsection_holds_for_its_exercises() -> None:
    due = tree.Access(due="2026-11-01T00:00:00Z")
    section = tree.Section("sec", "Part", (tree.Subsection("sub", "Step", (unit(exercise()),), access=due),))
    (found,) = outline_of(sections=(section,)).units()
    assert found.blocks[0].opening.is_past_due(NOW)


def test_what_a_selection_draws_from_belongs_to_its_unit() -> None:
    outline = outline_of(unit(tree.Selection("pick", "Pick", (exercise("one"), exercise("two")))))
    found = outline.unit_of("two")
    assert found is not None
    assert [block.code for block in found.all_blocks()] == ["pick", "one", "two"]


def test_what_nothing_points_at_is_for_staff() -> None:
    outline = outline_of(unit(text()), unplaced=(tree.Unplaced(unit(text("x"), code="lost"), "orphan"),))
    assert [item.code for item in outline.unplaced] == ["lost"]
    assert not outline.unplaced[0].opening.is_visible(NOW)
    assert not outline.visible_to_learners(NOW).unplaced
    assert codes(outline) == ["start"]


def test_neighbors_lead_over_the_borders_of_subsections() -> None:
    subsections = tuple(tree.Subsection(f"s{n}", "Step", (unit(code=f"u{n}"),)) for n in range(3))
    outline = outline_of(sections=(tree.Section("sec", "Part", subsections),))
    before, after = outline.neighbors("u1")
    assert (before and before.code, after and after.code) == ("u0", "u2")
    assert outline.neighbors("u0")[0] is None
    assert outline.neighbors("u2")[1] is None
    assert outline.neighbors("nowhere") == (None, None)


def test_a_removed_unit_leads_to_the_first_that_is_left_where_it_stood() -> None:
    first, second = (tree.Subsection(f"s{n}", "Step", (unit(code=f"u{n}"),)) for n in range(2))
    removed = tree.Subsection("s1", "Step", (unit(code="kept"), unit(code="gone")))
    publish(course(sections=(tree.Section("sec", "Part", (first, removed)),)))
    kept = tree.Subsection("s1", "Step", (unit(code="kept"),))
    run = publish(course(sections=(tree.Section("sec", "Part", (first, kept)),)))
    found = queries.unit_instead_of(run.version, "gone")
    assert found is not None
    assert found.code == "kept"
    run = publish(course(sections=(tree.Section("sec", "Part", (first, second)),)))
    again = queries.unit_instead_of(run.version, "gone")
    assert again is not None
    assert again.code == "u1"
    assert queries.unit_instead_of(run.version, "never") is None


def test_an_unlisted_unit_is_left_out_of_the_way_through_the_course() -> None:
    outline = outline_of(unit(code="u0"), unit(code="aside", access=tree.Access(unlisted=True)), unit(code="u2"))
    assert [unit.code for unit in outline.listed_units()] == ["u0", "u2"]
    before, after = outline.neighbors("u2")
    assert (before and before.code, after) == ("u0", None)


def test_an_unlisted_unit_has_its_neighbors_in_its_own_subsection() -> None:
    unlisted = tree.Access(unlisted=True)
    exam = tree.Subsection("exam", "Exam", tuple(unit(code=f"e{n}") for n in range(2)), access=unlisted)
    lessons = [tree.Subsection(f"s{n}", "Step", (unit(code=f"u{n}"),)) for n in range(2)]
    outline = outline_of(sections=(tree.Section("sec", "Part", (lessons[0], exam, lessons[1])),))
    first, second = outline.neighbors("e0")
    assert (first, second and second.code) == (None, "e1")
    assert outline.neighbors("e1")[1] is None
