"""What waits for a reviewer in a language, over any number of courses, and what reviewers say of it.

The queue is in reading order, and costs the same number of queries however long it is. What waits because of its state
is kept in this process under the revision counter of its lesson; suggestions and remarks, which raise none, are few and
found by indexes of their own. A word is about what its reviewer saw (`Seen`): what changed meanwhile is left alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course, Version
from polylect_web.foundation.database import write
from polylect_web.foundation.numbers import whole_number
from polylect_web.foundation.recent import Recent
from polylect_web.foundation.slices import in_slices
from polylect_web.texts import working, writing
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import (
    Message,
    Remark,
    Review,
    RevisionCounter,
    Target,
    TranslationUnit,
    Verdict,
    likeness_of,
)
from polylect_web.texts.queries import State
from polylect_web.texts.revisions import get_ready, raise_counters
from polylect_web.texts.showing import put_current
from polylect_web.texts.working import Lesson, Line
from polylect_web.texts.writing import open_remarks, open_suggestions

_MARK_LENGTH = 12


class Reason(Enum):
    """Why a text waits for a reviewer."""

    SUGGESTED = "suggested"
    """Somebody suggested a translation, and nobody has said anything of it."""
    TRANSLATED = "translated"
    """It is translated, and nobody approved it."""
    OUTDATED = "outdated"
    REMARK = "remark"
    """Somebody asked or said something that is not settled."""


@dataclass(frozen=True)
class Waiting:
    """A text that waits, with the version and the lesson where it stands."""

    version: Version
    lesson: Lesson
    message_id: int
    reasons: frozenset[Reason]


@dataclass(frozen=True)
class Looked:
    """A text of the queue with what a reviewer looks at. `suggestions` and `remarks` are open ones, the oldest first;
    `current` is the target that translators go on with, if there is one."""

    line: Line
    current: Target | None
    suggestions: tuple[Target, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Seen:
    """A target as somebody saw it: by its id, beside which current target (0: none), and for a source with this
    mark."""

    target_id: int
    current_id: int
    source: str

    @classmethod
    def of(cls, target: Target, current: Target | None, source_text: str) -> "Seen":
        return cls(target.pk, current.pk if current else 0, mark_of(source_text))

    @classmethod
    def parse(cls, text: str) -> "Seen | None":
        """What `str` wrote; None for anything else."""
        first, second, source = ([*text.split("-"), "", "", ""])[:3]
        target, current = whole_number(first), whole_number(second)
        if target is None or current is None or len(source) != _MARK_LENGTH:
            return None
        return cls(target, current, source)

    def __str__(self) -> str:
        return f"{self.target_id}-{self.current_id}-{self.source}"


@dataclass(frozen=True)
class Reviewed:
    """A course that somebody reviews, and what it decided for the language."""

    course: Course
    choice: Choice


_At = tuple[int, str, str]
"""Where texts stand: course id, block code and content hash."""
_Row = tuple[int, int, int, Reason]
"""The number of the place in its lesson, the position in it, the message's id, and why it waits."""
_Key = tuple[int, str, str, int]

_MOST_COMPARED = 2000
_STANDING = (
    "message__places__course_id",
    "message__places__block_code",
    "message__places__content_hash",
    "message__position",
    "message_id",
)

_rows: Recent[_Key, tuple[_Row, ...]] = Recent(20_000)


def waiting(versions: Sequence[Version], language: str) -> list[Waiting]:
    """All that waits in a language in these versions, each of another course, in reading order. At most four
    queries."""
    at = {
        (version.course_id, code, content_hash): (version, lesson, number)
        for version in versions
        for lesson in working.lessons(version)
        for number, (code, content_hash) in enumerate(lesson.places)
    }
    by_lesson = _unapproved(versions, language, at)
    for rows, reason in ((open_suggestions(), Reason.SUGGESTED), (open_remarks(), Reason.REMARK)):
        here = rows.filter(language=language, message__course_id__in=[version.course_id for version in versions])
        for *place, position, message_id in here.values_list(*_STANDING).distinct():
            version, lesson, number = at.get((place[0], place[1], place[2]), (None, None, 0))
            if version is not None and lesson is not None:
                by_lesson[version.pk, lesson.code].append((number, position, message_id, reason))
    return [
        Waiting(version, lesson, message_id, reasons)
        for version in versions
        for lesson in working.lessons(version)
        for message_id, reasons in _gathered(by_lesson[version.pk, lesson.code])
    ]


def looked(some: Sequence[Waiting], language: str) -> list[Looked]:
    """These texts with all that is shown of them, in the same order. Eight queries."""
    rows = Message.objects.in_bulk([one.message_id for one in some])
    lines = {line.message_id: line for line in working.lines_of(list(rows.values()), language)}
    current = Target.objects.select_related("person").in_bulk(
        [line.current.pk for line in lines.values() if line.current]
    )
    suggestions: dict[int, list[Target]] = {}
    for target in open_suggestions().filter(message__in=rows, language=language).select_related("person"):
        suggestions.setdefault(target.message_id, []).append(target)
    remarks: dict[int, list[Remark]] = {}
    for remark in open_remarks().filter(message__in=rows, language=language).select_related("person"):
        remarks.setdefault(remark.message_id, []).append(remark)
    return [
        Looked(
            line,
            current.get(line.current.pk) if line.current else None,
            tuple(sorted(suggestions.get(pk, ()), key=lambda one: one.pk)),
            tuple(sorted(remarks.get(pk, ()), key=lambda one: one.pk)),
        )
        for pk in (one.message_id for one in some)
        if (line := lines.get(pk)) is not None
    ]


def said_alike(lines: Iterable[tuple[int, Line]], language: str) -> dict[int, list[tuple[str, str]]]:
    """By message id: source and current target of the other messages of its course that say the same. `lines` come with
    the ids of their courses. One query."""
    asked = {line.message_id: (course_id, likeness_of(line.text)) for course_id, line in lines}
    units = TranslationUnit.objects.filter(
        language=language,
        message__course_id__in={course_id for course_id, _ in asked.values()},
        message__likeness__in={likeness for _, likeness in asked.values()},
    )
    found: dict[tuple[int, str], list[tuple[int, str, str]]] = {}
    rows = units.order_by("pk").values_list(
        "message__course_id", "message__likeness", "message_id", "message__text", "current__text"
    )
    for course_id, likeness, pk, source, target in rows[:_MOST_COMPARED]:
        found.setdefault((course_id, likeness), []).append((pk, source, target))
    return {
        pk: [(source, target) for other, source, target in found.get(key, ()) if other != pk]
        for pk, key in asked.items()
    }


def courses_of(targets: Collection[int]) -> set[int]:
    """The ids of the courses of these targets, by theirs. One query."""
    return set(Target.objects.filter(pk__in=targets).values_list("message__course_id", flat=True))


def approve_seen(
    seen: Sequence[Seen], language: str, courses: Mapping[int, Reviewed], *, by: Person
) -> tuple[list[Target], int]:
    """Says of these targets that they are right and makes them current, in slices of one transaction each: those that
    it was said of, and how many were left alone because they are not as they were seen, or in none of these courses (by
    their ids)."""
    for course_id in courses:
        get_ready(course_id)
    done: list[Target] = []

    def change(some: Sequence[Seen]) -> None:
        right = _as_seen(some, language, courses)
        Review.objects.bulk_create(
            Review(target=one, source_text=one.message.text, verdict=Verdict.APPROVED, person=by) for one in right
        )
        for course_id in sorted({one.message.course_id for one in right}):
            of_course = [one for one in right if one.message.course_id == course_id]
            course, choice = courses[course_id].course, courses[course_id].choice
            put_current(of_course, course, language, choice, are_approved=True)
            raise_counters(course_id, language, {one.message.block_code for one in of_course})
        done.extend(right)

    in_slices(seen, change)
    return done, len(seen) - len(done)


def say_seen(
    seen: Seen, verdict: Verdict, language: str, courses: Mapping[int, Reviewed], *, by: Person
) -> Target | None:
    """Says something of a target; None where it is not as it was seen, or in none of these courses. One
    transaction."""
    if verdict is Verdict.APPROVED:
        done, _ = approve_seen([seen], language, courses, by=by)
        return done[0] if done else None
    say = {
        Verdict.ACCEPTED: writing.accept,
        Verdict.STILL_VALID: writing.keep,
        Verdict.REJECTED: writing.reject,
    }[verdict]
    for course_id in courses:
        get_ready(course_id)
    with write():
        found = _as_seen([seen], language, courses)
        if not found:
            return None
        reviewed = courses[found[0].message.course_id]
        return say(reviewed.course, seen.target_id, by=by, choice=reviewed.choice)


def is_shown(target: Target) -> bool:
    """Whether learners see this target now. One query."""
    return TranslationUnit.objects.filter(message=target.message_id, language=target.language, shown=target).exists()


def mark_of(text: str) -> str:
    """A short mark by which it is noticed that a text is another one than before."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]


def forget() -> None:
    """Empties this process's cache: for tests, whose databases use the same numbers again."""
    _rows.forget()


def _unapproved(
    versions: Sequence[Version], language: str, at: Mapping[_At, tuple[Version, Lesson, int]]
) -> dict[tuple[int, str], list[_Row]]:
    """By version and lesson code: the texts that wait because of their state. At most two queries."""
    counters = RevisionCounter.objects.filter(
        course_id__in=[version.course_id for version in versions], language=language
    )
    counts = {
        (course_id, unit): count for course_id, unit, count in counters.values_list("course", "unit_code", "count")
    }
    keys: dict[_Key, tuple[Version, Lesson]] = {
        (version.pk, lesson.code, language, counts.get((version.course_id, lesson.counter), 0)): (version, lesson)
        for version in versions
        for lesson in working.lessons(version)
    }

    def read(missing: Collection[_Key]) -> dict[_Key, tuple[_Row, ...]]:
        rows = _read([keys[key] for key in missing], language, at)
        return {key: tuple(rows.get((key[0], key[1]), ())) for key in missing}

    return {(key[0], key[1]): list(rows) for key, rows in _rows.many(keys, read).items()}


def _read(
    some: Sequence[tuple[Version, Lesson]], language: str, at: Mapping[_At, tuple[Version, Lesson, int]]
) -> dict[tuple[int, str], list[_Row]]:
    units = TranslationUnit.objects.filter(
        language=language,
        message__places__course_id__in={version.course_id for version, _ in some},
        message__places__block_code__in={code for _, lesson in some for code, _ in lesson.places},
    )
    found: dict[tuple[int, str], list[_Row]] = {}
    for *place, position, message_id, state in working.with_states(units).values_list(*_STANDING, "state"):
        standing = at.get((place[0], place[1], place[2]))
        if standing is not None and state != State.APPROVED.value:
            version, lesson, number = standing
            found.setdefault((version.pk, lesson.code), []).append((number, position, message_id, Reason(state)))
    return found


def _gathered(rows: Sequence[_Row]) -> Iterable[tuple[int, frozenset[Reason]]]:
    """Each message once, in reading order, with all the reasons that it waits for."""
    reasons: dict[int, set[Reason]] = {}
    for _, _, message_id, reason in sorted(rows, key=lambda row: row[:3]):
        reasons.setdefault(message_id, set()).add(reason)
    return ((message_id, frozenset(some)) for message_id, some in reasons.items())


def _as_seen(some: Sequence[Seen], language: str, courses: Collection[int]) -> list[Target]:
    """Those of these targets that are still as they were seen, with their messages, held until the transaction ends. Of
    two for one message the first. Inside a write."""
    targets = Target.objects.filter(language=language, message__course_id__in=courses).in_bulk(
        [one.target_id for one in some]
    )
    ids = {target.message_id for target in targets.values()}
    rows = {row.pk: row for row in Message.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    units = TranslationUnit.objects.filter(message__in=ids, language=language)
    current = dict(units.values_list("message_id", "current_id"))
    waiting_still = set(open_suggestions().filter(pk__in=targets).values_list("pk", flat=True))
    found: list[Target] = []
    for one in some:
        target = targets.get(one.target_id)
        if target is None or current.get(target.message_id, 0) != one.current_id:
            continue
        target.message = rows[target.message_id]
        is_there = one.target_id == one.current_id or one.target_id in waiting_still
        if is_there and mark_of(target.message.text) == one.source and target not in found:
            current[target.message_id] = target.pk
            found.append(target)
    return found
