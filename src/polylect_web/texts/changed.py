"""The texts that changed after they were translated, for their author, who may say that a change is cosmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.texts.confirming import keep_valid
from polylect_web.texts.models import Message
from polylect_web.texts.queries import outdated_texts
from polylect_web.texts.reviewing import mark_of


@dataclass(frozen=True)
class Wording:
    """What translations into these languages were made for."""

    text: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """A text as it is now, with what it was when it was translated. `mark`: another one as soon as any of it is."""

    message: UUID
    block_code: str
    text: str
    before: tuple[Wording, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({language for one in self.before for language in one.languages}))

    @property
    def mark(self) -> str:
        return mark_of("\0".join([self.text, *sorted(one.text for one in self.before)]))


def changed_texts(course: Course) -> tuple[Changed, ...]:
    """The texts of the version shown last that have outdated translations, in reading order. Two queries."""
    found: dict[UUID, Changed] = {}
    for one in outdated_texts(course):
        known = found[one.message].before if one.message in found else ()
        wording = Wording(one.made_for, one.languages)
        found[one.message] = Changed(one.message, one.block_code, one.text, (*known, wording))
    return tuple(found.values())


def say_cosmetic_of(course: Course, seen: Mapping[UUID, str], *, by: Person) -> tuple[int, int]:
    """Says of these texts (by the marks that somebody saw) that they say the same as when they were translated: how
    many texts that was said of, and how many are others by now, of which nothing was said."""
    marks = {one.message: one.mark for one in changed_texts(course)}
    right = [message for message, mark in seen.items() if marks.get(message) == mark]
    pks = Message.objects.filter(course=course, uuid__in=right).values_list("pk", flat=True)
    keep_valid(course.pk, dict.fromkeys(pks), by)
    return len(right), len(seen) - len(right)
