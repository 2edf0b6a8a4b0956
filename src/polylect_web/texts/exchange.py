"""Translations out of the site and in again: the rows of a course in a language, and what becomes of those of a file.

The library knows the forms (`polylect.messages.exchange`) and decides about each row (`polylect.messages.merging`);
here is what it has to know of the database, and the taking in of what it decided.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from polylect import messages
from polylect.messages import merging
from polylect.messages.merging import Merged, Outcome, Standing, Translation
from polylect.messages.rows import Head, Row, base_of, place_of
from polylect.messages.rows import State as RowState
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Version
from polylect_web.texts.actions import take_targets
from polylect_web.texts.models import Message, Origin, Target
from polylect_web.texts.queries import State
from polylect_web.texts.taking import Given
from polylect_web.texts.working import At, Lesson, Line, lessons, lines, lines_of

_PLACES_AT_ONCE = 60
"""How many blocks are read with one set of queries: enough for few queries, and few enough to begin sending soon."""
_QUERIED_AT_ONCE = 500


@dataclass(frozen=True)
class Merge:
    """A file merged with what is here: nothing of it is taken in yet. `seen`: the current target of each text then."""

    version: Version
    language: str
    merged: tuple[Merged, ...]
    seen: Mapping[UUID, int | None]

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows there are of each outcome; none of those that there are none of."""
        return merging.counts(self.merged)

    @property
    def is_new(self) -> bool:
        """Whether anything of it is to be taken in."""
        return any(one.translation is not None for one in self.merged)


def head_of(version: Version, language: str) -> Head:
    """What a file says about itself."""
    return Head(str(version.course), courses.outline(version).course.language, language)


def rows(
    version: Version,
    language: str,
    *,
    may_see_answers: bool,
    states: Collection[State] = (),
    some: Sequence[Lesson] | None = None,
) -> Iterator[Row]:
    """The texts of a version in reading order, with what there is of them in a language. Read bit by bit, with a few
    queries for each sixty blocks.

    `states`: those in these only (empty: all); `some`: those of these lessons (None: of all). `may_see_answers`: with
    those that give answers away. Addresses are among them where they are translated.
    """
    own = courses.outline(version).course.language
    for portion in _portions(lessons(version) if some is None else some):
        found = [
            line
            for line in lines(version, portion, language, may_see_answers=may_see_answers)
            if (line.current is not None or not line.optional) and (not states or line.state in states)
        ]
        placeholders = _placeholders(portion, found, own)
        yield from (_row(line, placeholders.get((line.block_code, line.role), ())) for line in found)


def merge(
    version: Version,
    language: str,
    given: Iterable[Row],
    *,
    file: str = "",
    may_see_answers: bool,
    some: Sequence[Lesson] | None = None,
) -> Merge:
    """What becomes of the rows of a file, in their order. Changes nothing; a few queries for each five hundred rows.
    `some`: the lessons in which texts are looked for that have no key (None: all).

    Rows are found by their keys, also those of texts that the version does not have any more: their translations are
    kept as memory. Only where a row has none are all texts of the version read.
    """
    given = list(given)
    found = _with_keys(version, {row.key for row in given}, language, may_see_answers)
    known = {line.uuid for line in found}
    if any(row.text and _uuid(row.key) not in known for row in given):
        for portion in _portions(lessons(version) if some is None else some):
            here = lines(version, portion, language, may_see_answers=may_see_answers)
            found += [line for line in here if line.uuid not in known]
    others = _others(found, language)
    standings = [_standing(line, others.get(line.message_id, frozenset())) for line in found]
    seen = {line.uuid: line.current.pk if line.current else None for line in found}
    return Merge(version, language, merging.merge(given, standings, file), seen)


def take_in(merge: Merge, *, by: Person | None, may_translate: bool, is_approved: bool = False) -> int:
    """Takes in what is new, and keeps the rest as suggestions; how many of those that were to become current became
    suggestions after all, because somebody wrote another translation meanwhile.

    `may_translate`: whether `by` may; else all that they bring are suggestions. `is_approved`: whoever brings them has
    looked at each, and may say so.
    """
    late = 0
    for some, is_suggestion in _in_turn(merge.merged, may_translate):
        taken = take_targets(
            merge.version.course,
            merge.language,
            some,
            origin=Origin.HUMAN,
            by=by,
            is_approved=is_approved and not is_suggestion,
            are_suggestions=is_suggestion,
            seen=None if is_suggestion else merge.seen,
        )
        late += taken.late
    return late


def _portions(some: Iterable[Lesson]) -> Iterator[Lesson]:
    """These lessons, several together as one."""
    together: list[At] = []
    without: tuple[str, ...] = ()
    for lesson in some:
        if together and len(together) + len(lesson.places) > _PLACES_AT_ONCE:
            yield Lesson("", "", tuple(together), without=without)
            together, without = [], ()
        together += lesson.places
        without += lesson.without
    yield Lesson("", "", tuple(together), without=without)


def _placeholders(
    lesson: Lesson, some: Sequence[Line], source_language: str
) -> dict[tuple[str, str], tuple[messages.Placeholder, ...]]:
    """What the placeholders of these texts stand for, by block code and role: that stands in the contents, which are
    read where a text may have any."""
    codes = {line.block_code for line in some if "<" in line.text}
    hashes = {code: content_hash for code, content_hash in lesson.places if code in codes}
    items = courses.load_contents(hashes.values())
    return {
        (code, message.role): message.placeholders
        for code, content_hash in hashes.items()
        for message in messages.find(items[content_hash], source_language=source_language)
        if message.placeholders
    }


def _row(line: Line, placeholders: tuple[messages.Placeholder, ...]) -> Row:
    current = line.current
    text, cuts = (current.text, current.cuts) if current else ("", ())
    return Row(
        key=str(line.uuid),
        place=place_of(line.block_code, line.role),
        source=line.text,
        text=text,
        made_for=current.source_text if current and line.state is State.OUTDATED else "",
        cuts=cuts,
        base=base_of(text, cuts),
        kind=line.kind,
        state=RowState(line.state.value),
        note=line.note,
        reveals=line.reveals,
        optional=line.optional,
        placeholders=placeholders,
    )


def _with_keys(version: Version, keys: Collection[str], language: str, may_see_answers: bool) -> list[Line]:
    """The texts of the course with these keys, whether this version has them or not."""
    uuids = sorted(filter(None, map(_uuid, keys)))
    found: list[Line] = []
    for start in range(0, len(uuids), _QUERIED_AT_ONCE):
        some = Message.objects.filter(course_id=version.course_id, uuid__in=uuids[start : start + _QUERIED_AT_ONCE])
        found += lines_of([one for one in some if may_see_answers or not one.reveals], language)
    return found


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _others(found: Sequence[Line], language: str) -> dict[int, frozenset[Translation]]:
    """All that was written for these texts, by the id of the message."""
    written: dict[int, set[Translation]] = {}
    ids = iter(line.message_id for line in found)
    while some := list(islice(ids, _QUERIED_AT_ONCE)):
        targets = Target.objects.filter(message_id__in=some, language=language)
        for message_id, text, source_text, cuts in targets.values_list("message_id", "text", "source_text", "cuts"):
            written.setdefault(message_id, set()).add(Translation(text, source_text, tuple(cuts or ())))
    return {message_id: frozenset(translations) for message_id, translations in written.items()}


def _standing(line: Line, written: frozenset[Translation]) -> Standing:
    current = line.current
    translation = Translation(current.text, current.source_text, current.cuts) if current else None
    return Standing(
        key=str(line.uuid),
        place=place_of(line.block_code, line.role),
        text=line.text,
        kind=line.kind,
        current=translation,
        holds=translation is not None and line.state is not State.OUTDATED,
        others=written - {translation} if translation else written,
    )


def _in_turn(merged: Iterable[Merged], may_translate: bool) -> Iterator[tuple[list[Given], bool]]:
    """What is to be taken in together: each text once, in the order of the file; and whether these are suggestions."""
    waiting = [one for one in merged if one.translation is not None]
    while waiting:
        now: dict[str, Merged] = {}
        later: list[Merged] = []
        for one in waiting:
            key = one.standing.key if one.standing else ""
            if key in now:
                later.append(one)
            else:
                now[key] = one
        for is_suggestion in (False, True):
            some = [_given(one) for one in now.values() if (one.is_suggestion or not may_translate) is is_suggestion]
            if some:
                yield some, is_suggestion
        waiting = later


def _given(one: Merged) -> Given:
    if one.standing is None or one.translation is None:
        raise ValueError(one)
    return Given(UUID(one.standing.key), one.translation.text, one.translation.made_for, one.translation.cuts)
