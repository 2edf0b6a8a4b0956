"""The outline as pages show it: titles in the reader's language, where they are, and what they have done."""

from collections.abc import Iterable
from dataclasses import dataclass

from polylect.exercises import Words
from polylect_web.courses.outline import Unit
from polylect_web.grading.progress import Scores
from polylect_web.learn.study import Study
from polylect_web.texts.queries import Titles


@dataclass(frozen=True)
class UnitEntry:
    """A unit in the outline. `is_hidden`: only staff see this entry. `mark`: what `mark_of` says of its
    exercises."""

    title: Words
    address: str
    is_current: bool
    is_hidden: bool
    mark: str


@dataclass(frozen=True)
class SubsectionEntry:
    """A subsection with its units."""

    title: Words
    units: tuple[UnitEntry, ...]


@dataclass(frozen=True)
class SectionEntry:
    """A section with its subsections."""

    title: Words
    subsections: tuple[SubsectionEntry, ...]
    is_open: bool
    """Unfolded: the reader is in it, or nowhere yet."""


def outline_entries(study: Study, titles: Titles, scores: Scores, current: str = "") -> tuple[SectionEntry, ...]:
    """What is listed of what this reader may see; what is empty without the rest is left out. `current`: a unit's
    code."""
    sections = []
    for section in study.outline.sections:
        subsections = tuple(
            SubsectionEntry(titles[subsection.code], units)
            for subsection in section.subsections
            if (units := tuple(_entries(study, titles, scores, current, subsection.units)))
        )
        is_here = any(unit.is_current for subsection in subsections for unit in subsection.units)
        if subsections:
            sections.append(SectionEntry(titles[section.code], subsections, is_here or not current))
    return tuple(sections)


def mark_of(unit: Unit, scores: Scores) -> str:
    """How far the exercises of a unit are: all points earned ("done"), all answered ("answered"), some ("begun"); none,
    or there are none ("")."""
    exercises = [block.code for block in unit.all_blocks() if block.kind == "exercise"]
    answered = [scores[code] for code in exercises if code in scores]
    if not answered:
        return ""
    if len(answered) < len(exercises):
        return "begun"
    return "done" if all(points >= possible for points, possible in answered) else "answered"


def _entries(study: Study, titles: Titles, scores: Scores, current: str, units: Iterable[Unit]) -> Iterable[UnitEntry]:
    for unit in units:
        if unit.opening.unlisted and not study.may_see_hidden:
            continue
        yield UnitEntry(
            titles[unit.code],
            study.address("unit", unit.code),
            unit.code == current,
            unit.opening.unlisted or not unit.opening.is_visible(study.now),
            mark_of(unit, scores),
        )
