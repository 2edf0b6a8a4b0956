"""How far a course is: its lessons by languages, in words; what is almost done comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from polylect import languages
from polylect.keys import RunKey
from polylect.messages.pseudo import is_pseudo
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import working
from polylect_web.texts.working import Lesson, Tally
from polylect_web.translate.desk import Desk

MOST_COLUMNS = 6
"""Languages that stand side by side; the others are chosen by a link."""
ALMOST_DONE = 0.75
_MOST_NEAR = 3


@dataclass(frozen=True)
class Cell:
    """A lesson, or more, in a language. `waiting`: suggestions and remarks that are open."""

    language: str
    tally: Tally
    address: str
    waiting: int = 0

    @property
    def percent(self) -> int:
        """Whole percents, rounded down: 100 only where nothing is left."""
        return int(self.tally.share * 100)

    @property
    def is_begun(self) -> bool:
        return self.tally.left < self.tally.total or self.tally.outdated > 0

    @property
    def is_almost_done(self) -> bool:
        return self.tally.left > 0 and self.tally.share >= ALMOST_DONE


@dataclass(frozen=True)
class Row:
    """A lesson and how far it is. `heading`: the section that begins with it; empty: it goes on."""

    lesson: Lesson
    cells: tuple[Cell, ...]
    heading: str = ""


@dataclass(frozen=True)
class Column:
    """A language and how far the whole course is in it."""

    language: str
    name: str
    whole: Cell


@dataclass(frozen=True)
class Matrix:
    """A course by lessons and languages. `others`: languages that were begun and do not stand side by side here."""

    run: Run
    title: str
    own_language: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    others: tuple[Column, ...]


@dataclass(frozen=True)
class Near:
    """A lesson that is almost done in a language."""

    lesson: Lesson
    name: str
    """The language's."""
    cell: Cell


@dataclass(frozen=True)
class Offered:
    """A course on the first page: the languages that were begun, the fullest first. `near`: what is almost done in the
    visitor's own languages; `to_begin`: those of them that nobody has begun."""

    key: RunKey
    title: str
    own_language: str
    columns: tuple[Column, ...]
    near: tuple[Near, ...] = ()
    to_begin: tuple[Column, ...] = ()


def matrix(run: Run, key: RunKey, reader: str, wanted: Sequence[str], *, may_see_hidden: bool) -> Matrix:
    """The course by lessons and languages; `wanted` first, where it is not empty. `reader`: the page's language.
    `may_see_hidden`: with the lessons that learners do not see, or not yet. At most four queries."""
    outline = courses.outline(run.version)
    own = outline.course.language
    begun = [tag for tag in working.started_languages(run.course_id) if tag != own]
    shown = list(dict.fromkeys([*(tag for tag in wanted if tag != own), *begun]))
    lessons = working.lessons_for(run.version, may_see_hidden=may_see_hidden)
    tallies = working.progress(run.version, shown, lessons) if shown else {}
    columns = [_column(reader, key, tag, lessons, tallies) for tag in shown]
    order = {tag: number for number, tag in enumerate(wanted)}
    columns.sort(key=lambda one: (order.get(one.language, len(order)), -one.whole.tally.share, one.name))
    side_by_side = columns[: max(MOST_COLUMNS, len(order))]
    rows = tuple(_rows(reader, key, lessons, [one.language for one in side_by_side], tallies))
    return Matrix(run, outline.course.title, own, tuple(side_by_side), rows, tuple(columns[len(side_by_side) :]))


def course_rows(desk: Desk) -> tuple[Row, ...]:
    """The lessons of a course in one language, in reading order, with what waits in each. At most five queries."""
    version, target = desk.version, desk.target
    tallies = working.progress(version, [target], desk.lessons)
    waiting = working.open_work(version, target, desk.lessons)
    return tuple(_rows(desk.language, desk.key, desk.lessons, [target], tallies, waiting))


def almost_done(rows: Iterable[Row]) -> list[Row]:
    """The lessons of one language that lack least, the fewest words first."""
    found = [row for row in rows if row.cells[0].is_almost_done]
    return sorted(found, key=lambda row: row.cells[0].tally.left)[:5]


def go_on(rows: Iterable[Row]) -> Cell | None:
    """Where somebody goes on: in the lesson that lacks least, or else in the first that lacks anything; None: in
    none."""
    rows = list(rows)
    left = [row.cells[0] for row in rows if row.cells[0].tally.left]
    near = almost_done(rows)
    return near[0].cells[0] if near else next(iter(left), None)


def offered(reader: str, person: Person | None) -> list[Offered]:
    """Every course that this visitor may see, by title, once however many runs it has; in each the languages that
    somebody began, and those that this person reads. Two queries for each course."""
    mine = list(dict.fromkeys([*(person.reading_languages() if person is not None else []), reader]))
    found: dict[int, Offered] = {}
    for run in courses.catalogue():
        if run.course_id in found:
            continue
        outline, key = courses.outline(run.version), RunKey.parse(run.key)
        own = outline.course.language
        begun = working.started_languages(run.course_id)
        shown = dict.fromkeys(tag for tag in (*mine, *begun) if tag != own and not is_pseudo(tag))
        lessons = working.lessons_for(run.version, may_see_hidden=False)
        tallies = working.progress(run.version, list(shown), lessons) if shown else {}
        columns = [_column(reader, key, tag, lessons, tallies) for tag in shown]
        near = [
            Near(lesson, column.name, _cell(reader, key, column.language, lesson, tallies))
            for column in columns
            if column.language in mine
            for lesson in lessons
        ]
        near = sorted((one for one in near if one.cell.is_almost_done), key=lambda one: one.cell.tally.left)
        to_begin = tuple(one for one in columns if one.language not in begun)
        columns = [one for one in columns if one.language in begun]
        columns.sort(key=lambda one: (-one.whole.tally.share, one.name))
        title = outline.course.title
        found[run.course_id] = Offered(key, title, own, tuple(columns), tuple(near[:_MOST_NEAR]), to_begin)
    return sorted(found.values(), key=lambda one: one.title.casefold())


def _column(reader: str, key: RunKey, tag: str, lessons: Sequence[Lesson], tallies: working.Tallies) -> Column:
    whole = sum((tallies[lesson.code, tag] for lesson in lessons), Tally())
    address = reverse("translation_course", args=[reader, tag, key])
    return Column(tag, languages.autonym(tag), Cell(tag, whole, address))


def _cell(reader: str, key: RunKey, tag: str, lesson: Lesson, tallies: working.Tallies, *, waiting: int = 0) -> Cell:
    address = reverse("translation_lesson", args=[reader, tag, key, lesson.code])
    return Cell(tag, tallies[lesson.code, tag], address, waiting)


def _rows(
    reader: str,
    key: RunKey,
    lessons: Sequence[Lesson],
    tags: Sequence[str],
    tallies: working.Tallies,
    waiting: Mapping[str, int] | None = None,
) -> Iterable[Row]:
    before = ("", "")
    for lesson in lessons:
        where = (lesson.section, lesson.subsection)
        cells = tuple(
            _cell(reader, key, tag, lesson, tallies, waiting=(waiting or {}).get(lesson.code, 0)) for tag in tags
        )
        heading = " · ".join(dict.fromkeys(one for one in where if one)) if where != before else ""
        yield Row(lesson, cells, heading)
        before = where
