"""Who is named below a lesson for what learners read of it in a language.

The names are kept in this process under the course's counter of changes, which every saved text raises, and whoever
wants to be named otherwise, or not any more (`name_anew`).
"""

from collections.abc import Iterable

from django.db.models import F, Sum

from polylect import languages
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Version
from polylect_web.courses.outline import Unit
from polylect_web.foundation.recent import Recent
from polylect_web.texts.models import RevisionCounter, Target, TranslationUnit
from polylect_web.texts.queries import EVERY, TITLES

_names: Recent[tuple[int, str, str, int], tuple[str, ...]] = Recent(2000)


def translators(version: Version, unit: Unit, language: str, changes: int) -> tuple[str, ...]:
    """The names of those who wrote what is shown of a unit in a language, who wrote most first; without guests, and
    those who do not want to be named. `changes` as in `UnitKeys`. Two queries, and none while nothing changed."""
    key = (version.pk, unit.code, language, changes)
    return _names.one(key, lambda: tuple(_read_names(version, unit, language)))


def name_anew(person: Person) -> None:
    """Has the names be read again in every course that this person wrote anything for. Inside a write."""
    written = Target.objects.filter(person=person).values_list("message__course_id", flat=True).distinct()
    rows = RevisionCounter.objects.filter(course_id__in=list(written), unit_code=TITLES, language=EVERY)
    rows.update(count=F("count") + 1)


def forget() -> None:
    """Empties this process's cache: for tests, whose databases use the same numbers again."""
    _names.forget()


def _read_names(version: Version, unit: Unit, language: str) -> Iterable[str]:
    """Where a language falls back on another, whoever wrote in that one counts, too."""
    codes, hashes = zip(
        (unit.code, unit.content_hash), *((one.code, one.content_hash) for one in unit.all_blocks()), strict=True
    )
    shown = TranslationUnit.objects.filter(
        language__in=languages.chain(language),
        message__places__course_id=version.course_id,
        message__places__block_code__in=codes,
        message__places__content_hash__in=hashes,
        shown__person__is_credited=True,
    )
    words = dict(shown.values_list("shown__person").annotate(words=Sum("message__words")).order_by())
    people = Person.objects.filter(pk__in=words).exclude(username=None)
    return [_name(one) for one in sorted(people, key=lambda one: (-words[one.pk], _name(one)))]


def _name(person: Person) -> str:
    """How others may read it: an address is nobody's business."""
    return person.name or person.username or ""
