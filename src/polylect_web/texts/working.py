"""What the workbench asks: the lessons of a version, how far each is in which language, and the texts of one.

A lesson is a unit with its blocks; what stands outside of units (titles of sections, pages about the course, names of
grading categories) is a lesson of its own, `messages.COURSE_CODE`. Every question costs the same number of queries
whatever the size of the course; how far lessons are is kept in this process under their revision counters.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.utils import timezone

from polylect import messages
from polylect.captions.cutting import Border
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Version
from polylect_web.courses.outline import Outline, Unit
from polylect_web.foundation.recent import Recent
from polylect_web.texts.models import (
    HOLDING,
    Message,
    Place,
    Remark,
    Review,
    RevisionCounter,
    Target,
    TranslationUnit,
    Verdict,
    likeness_of,
)
from polylect_web.texts.queries import EVERY, TITLES, State, last_said, state_of
from polylect_web.texts.writing import open_remarks, open_suggestions

At = tuple[str, str]
"""Where texts stand: block code and content hash."""


@dataclass(frozen=True)
class Lesson:
    """A unit as translators come to it. `places` are in reading order; `section` and `subsection` are titles in the
    source."""

    code: str
    title: str
    places: tuple[At, ...]
    section: str = ""
    subsection: str = ""
    without: tuple[str, ...] = ()
    """Beginnings of the roles, in the course itself, of pages that its reader may not see."""

    @cached_property
    def mark(self) -> int:
        """Differs where another reader sees other texts in it."""
        return hash((self.places, self.without))

    @property
    def counter(self) -> str:
        """The unit code under which changes of its texts are counted."""
        return TITLES if self.code == messages.COURSE_CODE else self.code


@dataclass(frozen=True)
class Tally:
    """How many words of a lesson, or of more, stand in which state. Addresses do not count."""

    total: int = 0
    translated: int = 0
    approved: int = 0
    outdated: int = 0

    @property
    def missing(self) -> int:
        return self.total - self.translated - self.approved - self.outdated

    @property
    def left(self) -> int:
        """What is to be translated yet, or again."""
        return self.missing + self.outdated

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return 1 - self.left / self.total if self.total else 1.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.total + other.total,
            self.translated + other.translated,
            self.approved + other.approved,
            self.outdated + other.outdated,
        )


Tallies = Mapping[tuple[str, str], Tally]
"""By lesson code and language."""


@dataclass(frozen=True)
class Current:
    """The target that translators go on with."""

    pk: int
    text: str
    cuts: tuple[int, ...]
    source_text: str
    origin: str
    person: str
    """Who wrote it; empty where nobody is named."""
    borders: tuple[Border, ...] = ()


@dataclass(frozen=True)
class Line:
    """A text of a lesson in a language. `suggestions` and `remarks` count those that are open."""

    uuid: UUID
    block_code: str
    role: str
    kind: messages.Kind
    text: str
    note: str
    reveals: bool
    optional: bool
    words: int
    state: State
    current: Current | None = None
    suggestions: int = 0
    remarks: int = 0
    message_id: int = 0


@dataclass(frozen=True)
class Said:
    """What somebody said of a target: a verdict, when, and whether the source was another then."""

    verdict: Verdict
    person: str
    at: datetime
    source_text: str


@dataclass(frozen=True)
class Past:
    """A target of a text, with what was said of it."""

    target: Target
    said: tuple[Said, ...] = ()
    is_current: bool = False
    is_open: bool = False
    """A suggestion that waits for a word."""


@dataclass(frozen=True)
class History:
    """All that was written for a text in a language, the newest first, and what is asked about it."""

    past: tuple[Past, ...]
    remarks: tuple[Remark, ...]

    @property
    def suggestions(self) -> tuple[Past, ...]:
        return tuple(one for one in self.past if one.is_open)


_MOST_COMPARED = 50

_lessons: Recent[int, tuple[Lesson, ...]] = Recent(32)
_tallies: Recent[tuple[int, int, str, int], Tally] = Recent(50_000)


def lessons(version: Version) -> tuple[Lesson, ...]:
    """The lessons of a version, the course's own texts first, then in reading order. No query once the outline is at
    hand."""
    return _lessons.one(version.pk, lambda: tuple(_read_lessons(courses.outline(version))))


def lessons_for(version: Version, *, may_see_hidden: bool) -> tuple[Lesson, ...]:
    """The lessons of a version that somebody may see: for others than staff and named translators, what learners see
    now."""
    if may_see_hidden:
        return lessons(version)
    outline = courses.outline(version).visible_to_learners(timezone.now())
    hidden = tuple(f"page.{page.code}." for page in outline.course.pages if page.access.staff_only)
    return tuple(_read_lessons(outline, hidden))


def progress(version: Version, languages: Collection[str], some: Sequence[Lesson] | None = None) -> Tallies:
    """By lesson and language: how many words are in which state, in `some` lessons (None: in all). One query while
    nothing changed, at most three."""
    counters = RevisionCounter.objects.filter(course_id=version.course_id, language__in=languages)
    counts = {(unit, of): count for unit, of, count in counters.values_list("unit_code", "language", "count")}
    keys = {
        (version.pk, lesson.mark, language, counts.get((lesson.counter, language), 0)): (lesson, language)
        for lesson in (lessons(version) if some is None else some)
        for language in languages
    }

    def read(missing: Collection[tuple[int, int, str, int]]) -> dict[tuple[int, int, str, int], Tally]:
        wanted = [keys[key] for key in missing]
        found = _tally(version, {lesson.code: lesson for lesson, _ in wanted}.values(), {of for _, of in wanted})
        return {key: found[keys[key][0].code, keys[key][1]] for key in missing}

    tallies = _tallies.many(keys, read)
    return {(lesson.code, language): tallies[key] for key, (lesson, language) in keys.items()}


def started_languages(course_id: int) -> tuple[str, ...]:
    """The languages in which anybody wrote anything for a course, by their tags. One query."""
    written = RevisionCounter.objects.filter(course_id=course_id).exclude(language=EVERY)
    suggested = open_suggestions().filter(message__course_id=course_id).values_list("language")
    return tuple(sorted({of for (of,) in written.values_list("language").union(suggested)}))


def lines(version: Version, lesson: Lesson, language: str, *, may_see_answers: bool) -> list[Line]:
    """The texts of a lesson in reading order. Four queries.

    `may_see_answers`: with those that give answers away.
    """
    rows = _standing(version, [lesson])
    if not may_see_answers:
        rows = rows.filter(message__reveals=False)
    order = {at: number for number, at in enumerate(lesson.places)}
    found = {
        (order[place.block_code, place.content_hash], place.message.position, place.pk): place.message
        for place in rows.select_related("message")
        if (place.block_code, place.content_hash) in order
    }
    unique = {message.pk: message for _, message in sorted(found.items(), key=lambda one: one[0])}
    return lines_of(list(unique.values()), language)


def find_line(version: Version, lesson: Lesson, message: UUID, language: str, *, may_see_answers: bool) -> Line | None:
    """One text of a lesson; None where it has none such for this reader. Five queries."""
    row = Message.objects.filter(course_id=version.course_id, uuid=message).first()
    if row is None or (row.reveals and not may_see_answers):
        return None
    places = _standing(version, [lesson]).filter(message=row).values_list("block_code", "content_hash")
    if set(lesson.places).isdisjoint(places):
        return None
    return lines_of([row], language)[0]


def lines_of(rows: Sequence[Message], language: str) -> list[Line]:
    """These messages as lines, in the same order, for a reader who may see them. Three queries."""
    ids = [row.pk for row in rows]
    units = TranslationUnit.objects.filter(message_id__in=ids, language=language).select_related("current__person")
    by_message = {unit.message_id: unit.current for unit in units}
    said: dict[int, list[tuple[str, str]]] = {}
    reviews = Review.objects.filter(target_id__in=[target.pk for target in by_message.values()]).order_by("pk")
    for target_id, verdict, source_text in reviews.values_list("target_id", "verdict", "source_text"):
        said.setdefault(target_id, []).append((verdict, source_text))
    waiting = open_suggestions().filter(message_id__in=ids, language=language)
    asked = open_remarks().filter(message_id__in=ids, language=language)
    suggestions = dict(waiting.values_list("message_id").annotate(count=Count("pk")))
    remarks = dict(asked.values_list("message_id").annotate(count=Count("pk")))
    return [
        replace(
            _line(row),
            state=state_of(row.text, target.source_text if target else None, said.get(target.pk, ()) if target else ()),
            current=as_current(target) if target else None,
            suggestions=suggestions.get(row.pk, 0),
            remarks=remarks.get(row.pk, 0),
        )
        for row in rows
        for target in [by_message.get(row.pk)]
    ]


def changed_since(lesson_lines: Sequence[Line], language: str, target_id: int) -> list[Line]:
    """Of these lines, those for which anything was written after the target of this id. One query."""
    ids = {line.message_id: line for line in lesson_lines}
    newer = Target.objects.filter(message_id__in=ids, language=language, pk__gt=target_id)
    return [ids[pk] for pk in newer.values_list("message_id", flat=True).distinct() if pk in ids]


def history(message_id: int, language: str) -> History:
    """All that was written and said about a text in a language. Four queries."""
    targets = list(Target.objects.filter(message_id=message_id, language=language).select_related("person"))
    reviews = Review.objects.filter(target__message_id=message_id, target__language=language).order_by("pk")
    said: dict[int, list[Said]] = {}
    for review in reviews.select_related("person"):
        word = Said(Verdict(review.verdict), name_of(review.person), review.created_at, review.source_text)
        said.setdefault(review.target_id, []).append(word)
    current = TranslationUnit.objects.filter(message_id=message_id, language=language)
    current_id = current.values_list("current_id", flat=True).first()
    past = [
        Past(
            one,
            tuple(said.get(one.pk, ())),
            one.pk == current_id,
            one.is_suggestion and one.pk not in said and one.pk != current_id,
        )
        for one in sorted(targets, key=lambda one: -one.pk)
    ]
    remarks = Remark.objects.filter(message_id=message_id, language=language).order_by("-pk")
    return History(tuple(past), tuple(remarks.select_related("person", "settled_by")))


def is_own_suggestion(line: Line, language: str, target_id: int, person: Person) -> bool:
    """Whether this is an open suggestion of this person for this text. One query."""
    own = open_suggestions().filter(pk=target_id, message_id=line.message_id, language=language, person=person)
    return own.exists()


def said_elsewhere(version: Version, line: Line, language: str) -> list[tuple[str, str]]:
    """Source and current target of the course's other messages that say the same as this one. One query."""
    same = Message.objects.filter(course_id=version.course_id, likeness=likeness_of(line.text)).exclude(
        pk=line.message_id
    )
    units = TranslationUnit.objects.filter(message__in=same.values("pk"), language=language)
    return list(units.order_by("pk").values_list("message__text", "current__text")[:_MOST_COMPARED])


def open_work(version: Version, language: str, some: Sequence[Lesson]) -> dict[str, int]:
    """By code of these lessons: how many suggestions and remarks wait in a language. Two queries."""
    by_block: dict[str, int] = {}
    here: dict[str, Any] = {"message__course_id": version.course_id, "language": language}
    for rows in (open_suggestions().filter(**here), open_remarks().filter(**here)):
        for code, count in rows.values_list("message__block_code").annotate(count=Count("pk")):
            by_block[code] = by_block.get(code, 0) + count
    found: dict[str, int] = {}
    for lesson in some:
        count = sum(by_block.get(code, 0) for code in dict.fromkeys(code for code, _ in lesson.places))
        if count:
            found[lesson.code] = count
    return found


def with_states(units: QuerySet[TranslationUnit]) -> QuerySet[Any, Any]:
    """These units with a `state` that can be filtered by: `state_of`, as the database can say it."""
    judged = Review.objects.filter(target=OuterRef("current")).exclude(verdict__in=HOLDING)
    holds = Q(current__source_text=F("message__text"))
    state = Case(
        When(Q(said=Verdict.APPROVED) | Q(said__in=HOLDING, judged=Verdict.APPROVED), then=Value("approved")),
        When(holds | Q(said__in=HOLDING), then=Value("translated")),
        default=Value("outdated"),
        output_field=CharField(),
    )
    said = units.annotate(said=last_said(), judged=Subquery(judged.order_by("-pk").values("verdict")[:1]))
    return said.annotate(state=state)


def as_current(target: Target) -> Current:
    """A target as the workbench shows it."""
    cuts = tuple(target.cuts or ())
    borders = tuple((source, cut) for source, cut in target.borders or ())
    return Current(target.pk, target.text, cuts, target.source_text, target.origin, name_of(target.person), borders)


def name_of(person: Person | None) -> str:
    """How somebody is named to others; empty for nobody, and for guests."""
    return "" if person is None or person.is_guest else str(person)


def forget() -> None:
    """Empties this process's caches: for tests, whose databases use the same numbers again."""
    for cache in (_lessons, _tallies):
        cache.forget()


def _read_lessons(outline: Outline, without: tuple[str, ...] = ()) -> Iterable[Lesson]:
    inner: list[At] = []
    found: list[Lesson] = []
    for section in outline.sections:
        inner.append((section.code, section.content_hash))
        for subsection in section.subsections:
            inner.append((subsection.code, subsection.content_hash))
            found += [_lesson(unit, section.title, subsection.title) for unit in subsection.units]
    places = ((messages.COURSE_CODE, outline.content_hash), *inner)
    yield Lesson(messages.COURSE_CODE, outline.course.title, places, without=without)
    yield from found


def _lesson(unit: Unit, section: str, subsection: str) -> Lesson:
    blocks = ((block.code, block.content_hash) for block in unit.all_blocks())
    return Lesson(unit.code, unit.title, ((unit.code, unit.content_hash), *blocks), section, subsection)


def _standing(version: Version, some: Collection[Lesson]) -> QuerySet[Place]:
    """Where the texts of these lessons stand; what has the same code with another content is to be left out by the
    caller."""
    places = [at for lesson in some for at in lesson.places]
    rows = Place.objects.filter(
        course_id=version.course_id,
        block_code__in={code for code, _ in places},
        content_hash__in={content_hash for _, content_hash in places},
    )
    for beginning in {beginning for lesson in some for beginning in lesson.without}:
        rows = rows.exclude(block_code=messages.COURSE_CODE, role__startswith=beginning)
    return rows


def _tally(version: Version, some: Collection[Lesson], languages: Collection[str]) -> dict[tuple[str, str], Tally]:
    """Counts the words of these lessons in these languages. Two queries."""
    lesson_of = {at: lesson.code for lesson in some for at in lesson.places}
    here = _standing(version, some)
    total: dict[str, int] = {}
    for code, content_hash, words in (
        here.filter(message__optional=False)
        .values_list("block_code", "content_hash")
        .annotate(words=Sum("message__words"))
    ):
        if (code, content_hash) in lesson_of:
            lesson = lesson_of[code, content_hash]
            total[lesson] = total.get(lesson, 0) + words
    tallies = {
        (code, language): Tally(total.get(code, 0)) for code in set(lesson_of.values()) for language in languages
    }
    for code, content_hash, language, state, words in _counted(here, languages):
        if (code, content_hash) in lesson_of:
            key = (lesson_of[code, content_hash], language)
            tallies[key] += Tally(**{state: words})
    return tallies


def _counted(here: QuerySet[Place], languages: Collection[str]) -> QuerySet[TranslationUnit, tuple[Any, ...]]:
    """Rows of block code, content hash, language, state, words."""
    units = TranslationUnit.objects.filter(
        language__in=languages, message__optional=False, message__places__in=here.values("pk")
    )
    rows: QuerySet[TranslationUnit, tuple[Any, ...]] = with_states(units).values_list(
        "message__places__block_code", "message__places__content_hash", "language", "state"
    )
    return rows.annotate(words=Sum("message__words")).order_by()


def _line(row: Message) -> Line:
    return Line(
        uuid=row.uuid,
        block_code=row.block_code,
        role=row.role,
        kind=messages.Kind(row.kind),
        text=row.text,
        note=row.note,
        reveals=row.reveals,
        optional=row.optional,
        words=row.words,
        state=State.MISSING,
        message_id=row.pk,
    )
