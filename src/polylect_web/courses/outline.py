"""The outline of a version: what stands where, and who may see it when. Made once from rows; never
changes."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from polylect.course import tree


@dataclass(frozen=True)
class Opening:
    """When something may be seen, with what its parents say taken in. Times are in UTC; None: none is set."""

    staff_only: bool = False
    starts_at: datetime | None = None
    due_at: datetime | None = None
    unlisted: bool = False
    """Left out where pages are listed and of the way from page to page; who has its address may read it."""

    def is_visible(self, now: datetime, *, may_see_hidden: bool = False) -> bool:
        """Whether it may be shown; to those who may see hidden things, it always may."""
        return may_see_hidden or not (self.staff_only or (self.starts_at is not None and now < self.starts_at))

    def is_past_due(self, now: datetime) -> bool:
        return self.due_at is not None and now > self.due_at

    def below(self, parent: "Opening") -> "Opening":
        """What holds for this one when it stands below `parent`: hidden if either is, the later start, its
        own due date or else the parent's."""
        starts = [at for at in (self.starts_at, parent.starts_at) if at is not None]
        return Opening(
            self.staff_only or parent.staff_only,
            max(starts, default=None),
            self.due_at or parent.due_at,
            self.unlisted or parent.unlisted,
        )


@dataclass(frozen=True)
class Block:
    """A block in its place. `kind`: text, video, exercise, selection or foreign. `children`: what a selection
    draws from."""

    code: str
    kind: str
    content_hash: str
    opening: Opening
    points: float | None = None
    has_links: bool = False
    children: tuple["Block", ...] = ()
    withholds_results: bool = False

    def with_children(self) -> Iterator["Block"]:
        """The block, then those below it."""
        yield self
        for child in self.children:
            yield from child.with_children()


@dataclass(frozen=True)
class Unit:
    """A unit in its place. Titles here are in the course's own language; `texts.queries.titles` has the
    others."""

    code: str
    title: str
    content_hash: str
    opening: Opening
    blocks: tuple[Block, ...] = ()

    def all_blocks(self) -> Iterator[Block]:
        """Every block, also those that a selection draws from, in reading order."""
        return chain.from_iterable(block.with_children() for block in self.blocks)


@dataclass(frozen=True)
class Subsection:
    """`category` is the code of the grading category that its scores count in; empty: not graded. `opens_after` is the
    code of a subsection before it: it opens to each learner so many days after their first answer there; empty: nobody
    waits."""

    code: str
    title: str
    content_hash: str
    category: str
    opening: Opening
    units: tuple[Unit, ...] = ()
    opens_after: str = ""
    opens_after_days: int = 0


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    content_hash: str
    opening: Opening
    subsections: tuple[Subsection, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The tree of a version. `course` is its root without sections: title, language, pages, grading, dates.

    `unplaced` (what the files held and nothing points at) are units and blocks for staff alone.
    """

    version_id: int
    course: tree.Course
    content_hash: str
    sections: tuple[Section, ...] = ()
    unplaced: tuple[Unit | Block, ...] = ()

    def subsections(self) -> Iterator[Subsection]:
        return chain.from_iterable(section.subsections for section in self.sections)

    def units(self) -> Iterator[Unit]:
        """Every unit that stands in the course, in reading order."""
        return chain.from_iterable(subsection.units for subsection in self.subsections())

    def listed_units(self) -> Iterator[Unit]:
        """Those on the way through the course, in reading order: the others are reached by their addresses."""
        return (unit for unit in self.units() if not unit.opening.unlisted)

    @cached_property
    def withholding(self) -> tuple[Block, ...]:
        """The exercises whose authors keep from learners how right they were, for a time or for good."""
        blocks = chain.from_iterable(unit.all_blocks() for unit in self.units())
        return tuple(block for block in blocks if block.withholds_results)

    def unit(self, code: str) -> Unit | None:
        """The unit of this code; one that nothing points at only where no other has the code. A block that stands in
        no unit is one of its own, without a title."""
        aside = (
            item if isinstance(item, Unit) else Unit(item.code, "", "", item.opening, (item,)) for item in self.unplaced
        )
        return next((unit for unit in chain(self.units(), aside) if unit.code == code), None)

    def unit_of(self, block_code: str) -> Unit | None:
        """The unit that holds this block, directly or below a selection."""
        return self._units_by_block.get(block_code)

    def path_to(self, unit_code: str) -> tuple[Section, Subsection, Unit] | None:
        """What a unit stands in, and itself."""
        for section in self.sections:
            for subsection in section.subsections:
                for unit in subsection.units:
                    if unit.code == unit_code:
                        return section, subsection, unit
        return None

    def neighbors(self, unit_code: str) -> tuple[Unit | None, Unit | None]:
        """The unit before this one and the one after it, over the borders of sections. An unlisted unit has neighbors
        only among those of its own subsection, for it stands beside the way through the course."""
        path = self.path_to(unit_code)
        is_aside = path is not None and path[2].opening.unlisted
        units: Sequence[Unit] = path[1].units if path and is_aside else list(self.listed_units())
        at = next((number for number, unit in enumerate(units) if unit.code == unit_code), None)
        if at is None:
            return None, None
        return (units[at - 1] if at else None), (units[at + 1] if at + 1 < len(units) else None)

    def visible_to_learners(self, now: datetime) -> "Outline":
        """The outline without what is for staff only or has not begun, and without what stands nowhere.

        It is made once for the time between two beginnings, since every page asks for it.
        """
        begun = bisect_right(self._beginnings, now)
        if begun not in self._shown:
            sections = tuple(
                replace(section, subsections=_open_subsections(section, now))
                for section in self.sections
                if section.opening.is_visible(now)
            )
            self._shown[begun] = replace(self, sections=sections, unplaced=())
        return self._shown[begun]

    @cached_property
    def _units_by_block(self) -> dict[str, Unit]:
        found: dict[str, Unit] = {}
        for unit in self.units():
            for block in unit.all_blocks():
                found.setdefault(block.code, unit)
        return found

    @cached_property
    def unit_codes(self) -> frozenset[str]:
        """The codes of the units that stand in the course."""
        return frozenset(unit.code for unit in self.units())

    @cached_property
    def part_codes(self) -> frozenset[str]:
        """The codes of the sections and subsections."""
        return frozenset([*(one.code for one in self.sections), *(one.code for one in self.subsections())])

    @cached_property
    def _beginnings(self) -> list[datetime]:
        """When something in it opens, in order."""
        blocks = (block for unit in self.units() for block in unit.all_blocks())
        below = (self.subsections(), self.units(), blocks)
        openings = [node.opening for level in (self.sections, *below) for node in level]
        return sorted({opening.starts_at for opening in openings if opening.starts_at is not None})

    @cached_property
    def _shown(self) -> dict[int, "Outline"]:
        """What learners see, by how many of the beginnings are past."""
        return {}


def _open_subsections(section: Section, now: datetime) -> tuple[Subsection, ...]:
    return tuple(
        replace(subsection, units=_open_units(subsection, now))
        for subsection in section.subsections
        if subsection.opening.is_visible(now)
    )


def _open_units(subsection: Subsection, now: datetime) -> tuple[Unit, ...]:
    return tuple(
        replace(unit, blocks=_open_blocks(unit.blocks, now))
        for unit in subsection.units
        if unit.opening.is_visible(now)
    )


def _open_blocks(blocks: tuple[Block, ...], now: datetime) -> tuple[Block, ...]:
    return tuple(
        replace(block, children=_open_blocks(block.children, now)) for block in blocks if block.opening.is_visible(now)
    )
