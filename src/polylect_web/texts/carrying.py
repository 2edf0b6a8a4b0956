"""Carrying messages over from the versions before to a new one.

A content that this course held before brings its messages along: nothing is compared, and no row is added. The texts
of other contents are aligned (`polylect.messages.alignment`) with the messages that no content of the new version has.
Where a message stands and what it says (its row) follows after the version is shown; if a process dies before, the
next publish catches up.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from polylect import messages
from polylect.messages import words
from polylect.messages.alignment import Standing, align
from polylect_web.accounts.models import Person
from polylect_web.courses.actions import Draft, Progress, touch
from polylect_web.courses.models import Placement, Version
from polylect_web.courses.rows import Row
from polylect_web.foundation.database import write
from polylect_web.foundation.slices import in_slices
from polylect_web.texts.choices import Choice, choices_of
from polylect_web.texts.confirming import keep_valid
from polylect_web.texts.models import Message, Place, Target, TranslationUnit, likeness_of
from polylect_web.texts.queries import taken_targets
from polylect_web.texts.revisions import get_ready, raise_counters
from polylect_web.texts.showing import show_anew

_QUERIED_AT_ONCE = 500
_FIELDS = ("block_code", "role", "kind", "text", "note", "reveals", "optional", "position", "words", "likeness")

_At = tuple[str, str]
"""Where a content stands: block code and content hash."""


@dataclass(frozen=True)
class Found:
    """A text found in a content, at `position` among its texts."""

    row: Row
    position: int
    text: messages.Message

    @property
    def standing(self) -> Standing:
        return Standing(self.row.code, self.text.role, self.text.kind.value, self.text.text)

    def describe(self, message: Message) -> bool:
        """Makes the message's row say what the text is and where it stands; whether that changed anything."""
        text = self.text
        values = (
            self.row.code,
            text.role,
            text.kind.value,
            text.text,
            text.note,
            text.reveals,
            text.optional,
            self.position,
            words.count(text.text),
            likeness_of(text.text),
        )
        before = tuple(getattr(message, name) for name in _FIELDS)
        for name, value in zip(_FIELDS, values, strict=True):
            setattr(message, name, value)
        return before != values


@dataclass(frozen=True)
class _Known:
    """A message of the versions before, with earlier wordings that somebody translated. `is_gone`: it does not stand in
    the last of them."""

    message: Message
    former: tuple[str, ...]
    is_gone: bool

    @property
    def standing(self) -> Standing:
        one = self.message
        return Standing(one.block_code, one.role, one.kind, one.text, self.former, self.is_gone)


@dataclass(frozen=True)
class Carried:
    """A text that the version before did not have in this content, and the message that it is.

    None: its message is that of another text now, which moved away from here and is here again. It gets one of its own
    when the version is shown.
    """

    found: Found
    message_id: int | None


def carry(draft: Draft, progress: Progress) -> list[Carried]:
    """Gives every text of the draft its message, in slices. What is unplaced has no messages: nobody translates
    it."""
    version = draft.version
    rows = [row for row in draft.rows if not row.unplaced]
    placed = _placed_messages(version, {row.content_hash for row in rows})
    before = _settled_before(version)
    carried: list[Carried] = []
    fresh: list[Found] = []
    claimed: set[int] = set()
    for done, row in enumerate(rows):
        progress("messages", done, len(rows))
        touch(version)
        at = (row.code, row.content_hash)
        if at not in placed:
            fresh += _texts_of(row, draft.course.language)
            continue
        is_parted = not claimed.isdisjoint(placed[at].values())
        if is_parted or at not in before:
            found_here = [(found, placed[at][found.text.role]) for found in _texts_of(row, draft.course.language)]
            carried += [Carried(found, None if pk in claimed else pk) for found, pk in found_here]
        claimed.update(placed[at].values())
    return carried + _align(version, fresh, claimed, before)


def settle(
    version: Version, carried: Sequence[Carried], *, is_cosmetic: bool = False, by: Person | None = None
) -> None:
    """Lets the rows of messages say what this version, now shown, says of them, in slices.

    A source text that came back brings back the target that was made for it. `is_cosmetic`: translations that held for
    what a text said before hold for what it says now, as `by` says.
    """
    _part(version, [one.found for one in carried if one.message_id is None])
    known = [(one.found, one.message_id) for one in carried if one.message_id is not None]
    for start in range(0, len(known), _QUERIED_AT_ONCE):
        some = known[start : start + _QUERIED_AT_ONCE]
        rows = Message.objects.in_bulk([pk for _, pk in some])
        before = {pk: row.text for pk, row in rows.items()}
        changed = [rows[pk] for found, pk in some if found.describe(rows[pk])]
        in_slices(changed, lambda slice_: Message.objects.bulk_update(slice_, _FIELDS))
        _bring_back(version, changed)
        if is_cosmetic:
            keep_valid(version.course_id, {row.pk: before[row.pk] for row in changed if row.text != before[row.pk]}, by)
    with write():
        version.is_settled = True
        version.save(update_fields=["is_settled"])


def _part(version: Version, texts: Sequence[Found]) -> None:
    """Gives these texts messages of their own, in slices."""

    def change(some: Sequence[Found]) -> None:
        for found in some:
            message = Message(course_id=version.course_id, since=version)
            found.describe(message)
            message.save()
            here = Place.objects.filter(course_id=version.course_id, block_code=found.row.code)
            here.filter(content_hash=found.row.content_hash, role=found.text.role).update(message=message)

    in_slices(texts, change)


def _texts_of(row: Row, source_language: str) -> Iterator[Found]:
    for position, text in enumerate(messages.find(row.item, source_language=source_language)):
        yield Found(row, position, text)


def _align(version: Version, fresh: Sequence[Found], taken: Collection[int], before: Collection[_At]) -> list[Carried]:
    """Finds the messages of new contents' texts among those that are free, and makes the others."""
    if not fresh:
        return []
    known, elsewhere = _free_messages(version, taken, before)
    numbers = align([one.standing for one in known], [found.standing for found in fresh], elsewhere)
    rows = [
        known[number].message if number is not None else Message(course_id=version.course_id, since=version)
        for number in numbers
    ]
    added = [row for row, number in zip(rows, numbers, strict=True) if number is None]
    for found, row, number in zip(fresh, rows, numbers, strict=True):
        if number is None:
            found.describe(row)
    in_slices(added, Message.objects.bulk_create)
    in_slices([_place(version, found, row) for found, row in zip(fresh, rows, strict=True)], Place.objects.bulk_create)
    return [
        Carried(found, row.pk) for found, row, number in zip(fresh, rows, numbers, strict=True) if number is not None
    ]


def _place(version: Version, found: Found, message: Message) -> Place:
    return Place(
        course_id=version.course_id,
        since=version,
        block_code=found.row.code,
        content_hash=found.row.content_hash,
        role=found.text.role,
        message_id=message.pk,
    )


def _placed_messages(version: Version, hashes: Collection[str]) -> Mapping[_At, Mapping[str, int]]:
    """The messages, by role, of the contents that this course held before."""
    placed: dict[_At, dict[str, int]] = {}
    ordered = sorted(hashes)
    for start in range(0, len(ordered), _QUERIED_AT_ONCE):
        some = ordered[start : start + _QUERIED_AT_ONCE]
        rows = Place.objects.filter(course_id=version.course_id, content_hash__in=some)
        for block_code, content_hash, role, pk in rows.values_list("block_code", "content_hash", "role", "message_id"):
            placed.setdefault((block_code, content_hash), {})[role] = pk
    return placed


def _settled_before(version: Version) -> frozenset[_At]:
    """What stands in the newest version whose messages are settled."""
    last = Version.objects.filter(course_id=version.course_id, is_settled=True).order_by("-number").first()
    if last is None:
        return frozenset()
    return frozenset(Placement.objects.filter(version=last, unplaced="").values_list("code", "content_id"))


def _free_messages(
    version: Version, taken: Collection[int], before: Collection[_At]
) -> tuple[list[_Known], frozenset[tuple[str, str]]]:
    """The messages of this course that no content of the new version has yet, those of the version before first; and
    kind and text of all others."""
    places = Place.objects.filter(course_id=version.course_id).values_list("block_code", "content_hash", "message_id")
    standing = {pk for block_code, content_hash, pk in places if (block_code, content_hash) in before}
    former: defaultdict[int, set[str]] = defaultdict(set)
    translated = Target.objects.filter(message__course_id=version.course_id).exclude(source_text=F("message__text"))
    for pk, text in translated.values_list("message_id", "source_text").distinct():
        former[pk].add(text)
    free: list[_Known] = []
    elsewhere: set[tuple[str, str]] = set()
    for message in Message.objects.filter(course_id=version.course_id):
        if message.pk in taken:
            elsewhere.add((message.kind, message.text))
        else:
            free.append(_Known(message, tuple(sorted(former[message.pk])), message.pk not in standing))
    free.sort(key=lambda one: (one.is_gone, one.message.position, one.message.pk))
    return free, frozenset(elsewhere)


def _bring_back(version: Version, changed: Sequence[Message]) -> None:
    """Shows again, of messages whose source changed, the newest target that was made for the source as it is now."""
    source = {message.pk: message.text for message in changed}
    fitting: dict[tuple[int, str], Target] = {}
    for target in taken_targets().filter(message_id__in=source).order_by("pk"):
        if target.source_text == source[target.message_id]:
            fitting[target.message_id, target.language] = target
    units = TranslationUnit.objects.filter(message_id__in=source).select_related("current")
    stale = [
        unit
        for unit in units
        if unit.current.source_text != source[unit.message_id] and (unit.message_id, unit.language) in fitting
    ]

    def change(some: Sequence[TranslationUnit]) -> None:
        for unit in some:
            unit.current = fitting[unit.message_id, unit.language]
        for language in sorted({unit.language for unit in some}):
            show_anew([unit for unit in some if unit.language == language], choices.get(language, Choice()))
        TranslationUnit.objects.bulk_update(some, ["current", "shown"])
        codes = {message.pk: message.block_code for message in changed}
        for language in {unit.language for unit in some}:
            raise_counters(version.course_id, language, {codes[u.message_id] for u in some if u.language == language})

    choices = choices_of(version.course_id) if stale else {}
    if stale:
        get_ready(version.course_id)
    in_slices(stale, change)
