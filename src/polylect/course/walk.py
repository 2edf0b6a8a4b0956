"""Ways through a course: its units, its blocks, the one that a code names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from polylect.course.tree import Block, Course, Library, Section, Selection, Subsection, Unit


def units(course: Course) -> Iterator[Unit]:
    """The units that the outline leads to, in its order."""
    for section in course.sections:
        for subsection in section.subsections:
            yield from subsection.units


def blocks(course: Course | Library) -> Iterator[Block]:
    """The blocks of all units (of a library: its own), in order; a selection comes before the blocks inside it."""
    if isinstance(course, Library):
        yield from within(course.blocks)
        return
    for unit in units(course):
        yield from within(unit.blocks)


def within(blocks: Iterable[Block]) -> Iterator[Block]:
    """These blocks, each selection followed by the blocks inside it."""
    for block in blocks:
        yield block
        if isinstance(block, Selection):
            yield from within(block.blocks)


def find(course: Course, code: str) -> Section | Subsection | Unit | Block | None:
    """The part of the outline, or the block, with this code. What is unplaced is not found."""
    for section in course.sections:
        for subsection in section.subsections:
            if subsection.code == code:
                return subsection
        if section.code == code:
            return section
    for unit in units(course):
        if unit.code == code:
            return unit
    return next((block for block in blocks(course) if block.code == code), None)


def with_blocks(course: Course, changed: Mapping[str, Block]) -> Course:
    """The course with these blocks, by code, in the place of those that it has. What is unplaced stays as it is."""
    sections = tuple(
        replace(
            section,
            subsections=tuple(
                replace(sub, units=tuple(replace(unit, blocks=_exchanged(unit.blocks, changed)) for unit in sub.units))
                for sub in section.subsections
            ),
        )
        for section in course.sections
    )
    return replace(course, sections=sections)


def _exchanged(blocks: tuple[Block, ...], changed: Mapping[str, Block]) -> tuple[Block, ...]:
    return tuple(
        replace(block, blocks=_exchanged(block.blocks, changed))
        if isinstance(block, Selection)
        else changed.get(block.code, block)
        for block in blocks
    )
