"""Which words go together in a course's captions: learned from its own translations, on top of what ships.

What this process has learned is a cache that catches up by itself: it knows the newest target that it has seen, counts
in those that came after it, and counts out those that they replace. Of a course that was translated before, each
question counts in some more, the newest first, so that none takes long. Nothing depends on how far a process has come
but where a new translation is cut; from then on its cuts are kept with it (`Target.borders`).
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from polylect import messages
from polylect.captions import associations, scripts
from polylect.captions.associations import Associations, Translated
from polylect.messages.message import words_of
from polylect_web.courses.models import Course
from polylect_web.texts.models import Origin, Target, TranslationUnit

AT_ONCE = 20
"""Sentences that one question counts in: 1 ms of work each, or a little more."""
MOST = 2_000
"""Sentences of earlier work that are counted in, the newest."""
COURSES = 8
"""Courses in a language that are kept at hand: each is a few megabytes at most."""


@dataclass
class _Learned:
    """What is known of a course in a language. `newest` and `oldest` are the ids of the targets at both ends of what
    was counted in; `is_complete`: there is nothing older to count in."""

    known: Associations
    newest: int
    oldest: int
    counted: dict[int, Translated] = field(default_factory=dict)
    """By message."""
    is_complete: bool = False


_learned: OrderedDict[tuple[int, str, str], _Learned] = OrderedDict()
_lock = threading.Lock()


def associations_of(course: Course, source_language: str, language: str) -> Associations:
    """What is known by now of the words of a course's captions. One query where nobody wrote anything since, and at
    most three."""
    key = (course.pk, source_language, language)
    with _lock:
        learned = _learned.get(key)
        if learned is None:
            learned = _learned[key] = _begun(source_language, language)
        _learned.move_to_end(key)
        while len(_learned) > COURSES:
            _learned.popitem(last=False)
        _catch_up(learned, course, language)
        return learned.known


def forget() -> None:
    """Empties what this process has learned: for tests, whose databases use the same numbers again."""
    with _lock:
        _learned.clear()


def _begun(source_language: str, language: str) -> _Learned:
    shipped = associations.seed(source_language, language)
    known = shipped.copy() if shipped else Associations(_base(language), _base(source_language))
    newest = _newest()
    return _Learned(known, newest, newest + 1)


def _catch_up(learned: _Learned, course: Course, language: str) -> None:
    """Counts in what is new, and some of what is old."""
    rows = _rows(course, language)
    newest = _newest()
    if newest > learned.newest:
        fresh = list(rows.filter(pk__gt=learned.newest, pk__lte=newest).order_by("pk")[:AT_ONCE])
        for _pk, *row in fresh:
            _count_in(learned, row)
        learned.newest = fresh[-1][0] if len(fresh) == AT_ONCE else newest
    if learned.is_complete:
        return
    older = list(rows.filter(pk__lt=learned.oldest).order_by("-pk")[:AT_ONCE])
    for pk, *row in older:
        _count_in(learned, row)
        learned.oldest = pk
    learned.is_complete = len(older) < AT_ONCE or len(learned.counted) >= MOST


def _newest() -> int:
    """The id of the target that was written last, in any course."""
    return Target.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _rows(course: Course, language: str) -> QuerySet[Target, tuple[Any, ...]]:
    """The current translations of the course's captions, as people wrote them."""
    current = TranslationUnit.objects.filter(current=OuterRef("pk"))
    rows = Target.objects.filter(
        Exists(current), language=language, message__course=course, message__kind=messages.Kind.CAPTION.value
    ).exclude(origin=Origin.MACHINE)
    return rows.values_list("pk", "message_id", "source_text", "text", "cuts", "borders")


def _count_in(learned: _Learned, row: Sequence[Any]) -> None:
    message, source, text, cuts, borders = row
    before = learned.counted.get(message)
    if before is not None:
        learned.known.remove(*before)
    translated = _translated(words_of(source), scripts.one_line(words_of(text)), cuts, borders)
    learned.counted[message] = translated
    learned.known.add(*translated)


def _translated(
    source: str, text: str, cuts: Sequence[int] | None, borders: Sequence[Sequence[int]] | None
) -> Translated:
    """A sentence and its translation. Where somebody moved its cuts they have looked at all of them, and said which
    parts go together."""
    if not cuts or not borders:
        return Translated(source, text)
    ends = (0, *(at for at, _cut in borders), len(source))
    return Translated([source[low:high] for low, high in pairwise(ends)], text, [cut for _at, cut in borders])


def _base(language: str) -> str:
    return language.lower().partition("-")[0]
