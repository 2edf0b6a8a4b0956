"""What changes the memory: remembering translations, forgetting a course, making its index anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from polylect_web.foundation.database import write
from polylect_web.foundation.slices import delete_in_slices, in_slices
from polylect_web.memory.likeness import exact_hash, folded, grams, storable
from polylect_web.memory.models import Gram, Remembered, Source

__all__ = ["Pair", "forget_course", "rebuild", "remember"]

_AT_ONCE = 500
"""Pairs that share their queries. SQLite takes 32,766 values in a statement, and a pair has up to 36 for its grams."""
_DELETED_AT_ONCE = 5000

_Row = tuple[str | int | datetime | None, ...]


@dataclass(frozen=True)
class Pair:
    """A text and its translation, with the course that it was met in. Languages are canonical BCP 47 tags, texts as
    messages have them, placeholders and all. `is_secret`: it gives an answer away there (the message `reveals`)."""

    source_language: str
    language: str
    source_text: str
    text: str
    course_id: int
    is_secret: bool = False


@dataclass(frozen=True)
class _Read:
    """A pair that is worth remembering, with what its rows hold of it. Two of the same are equal."""

    pair: Pair
    source_folded: str
    source_hash: str
    text_folded: str
    text_hash: str

    @property
    def source_key(self) -> tuple[str, str]:
        return self.source_hash, self.pair.source_language


def remember(pairs: Sequence[Pair]) -> None:
    """Takes translations into the memory. Call it within `write()`, in the transaction in which they become what is
    shown; each call counts as a use of each pair, now.

    At most four queries for each 500 pairs, whatever the memory holds already. Whose translations they are is not
    kept. Give it what people wrote or approved, for what it is given is offered to everybody: what a machine suggested
    should be kept out until a person saves it. A pair with nothing to read on one side is left out. One that is a
    secret in one place of a course and open in another is open: everybody has read it there.
    """
    now = timezone.now()
    for start in range(0, len(pairs), _AT_ONCE):
        _remember([read for pair in pairs[start : start + _AT_ONCE] if (read := _read(pair))], now)


def forget_course(course_id: int) -> None:
    """Takes away whatever was met in this course only, in short transactions of its own. Pairs that another course has
    too stay for that one."""
    ours = Remembered.objects.filter(course_id=course_id)
    sources = list(ours.order_by().values_list("source_id", flat=True).distinct())
    delete_in_slices(ours)
    in_slices(sources, _forget_unused)


def rebuild() -> None:
    """Makes anew what texts are compared by and found by. It is needed when `likeness` or Python's Unicode changed,
    since rows that were folded in another way are found less well; until it is done, near matches are missing.

    In short transactions, so that the site can go on; what is remembered meanwhile is in it.
    """
    while _delete_some_grams():
        pass
    in_slices(list(Source.objects.order_by("pk").values_list("pk", flat=True)), _rebuild_sources)
    in_slices(list(Remembered.objects.order_by("pk").values_list("pk", flat=True)), _rebuild_remembered)


def _read(pair: Pair) -> _Read | None:
    source_text, text = storable(pair.source_text), storable(pair.text)
    source_folded, text_folded = folded(source_text), folded(text)
    if not source_folded or not text_folded:
        return None
    pair = replace(pair, source_text=source_text, text=text)
    return _Read(pair, source_folded, exact_hash(source_text), text_folded, exact_hash(text))


def _remember(given: Sequence[_Read], now: datetime) -> None:
    if not given:
        return
    known = _source_ids(given)
    fresh = {one.source_key: one for one in given if one.source_key not in known}
    if fresh:
        added = _add_sources(fresh)
        _insert(_GRAM_COLUMNS, _gram_rows((added[key], key[1], one.source_folded) for key, one in fresh.items()))
        known |= added
    _insert(_REMEMBERED_COLUMNS, _remembered_rows(given, known, now), on_conflict=_USED_AGAIN)


def _source_ids(given: Iterable[_Read]) -> dict[tuple[str, str], int]:
    wanted = {one.source_key for one in given}
    rows = Source.objects.filter(text_hash__in=[text_hash for text_hash, _language in wanted])
    found = {(text_hash, language): pk for pk, text_hash, language in rows.values_list("pk", "text_hash", "language")}
    return {key: pk for key, pk in found.items() if key in wanted}


def _add_sources(fresh: Mapping[tuple[str, str], _Read]) -> dict[tuple[str, str], int]:
    """Adds these sources; their ids, also of one that somebody else added meanwhile."""
    rows = [_source_row(one) for _key, one in sorted(fresh.items())]
    inserted = _insert(_SOURCE_COLUMNS, rows, f"{_IF_NEW} RETURNING id, text_hash, language")
    added = {(str(text_hash), str(language)): int(pk) for pk, text_hash, language in inserted}
    return added if len(added) == len(fresh) else added | _source_ids(fresh.values())


_IF_NEW = "ON CONFLICT DO NOTHING"
_SOURCE_COLUMNS = "memory_source (language, text, text_hash, folded, folded_hash)"
_GRAM_COLUMNS = "memory_gram (key, length, source_id)"
_REMEMBERED_COLUMNS = (
    "memory_remembered (source_id, language, course_id, text_hash, text, folded, is_secret, used_count, last_used_at)"
)
_USED_AGAIN = """
    ON CONFLICT (source_id, language, course_id, text_hash) DO UPDATE SET
        used_count = memory_remembered.used_count + excluded.used_count,
        is_secret = memory_remembered.is_secret AND excluded.is_secret,
        last_used_at = excluded.last_used_at
"""


def _source_row(one: _Read) -> _Row:
    pair = one.pair
    return pair.source_language, pair.source_text, one.source_hash, one.source_folded, exact_hash(one.source_folded)


def _gram_rows(sources: Iterable[tuple[int, str, str]]) -> list[tuple[int, int, int]]:
    """The rows of sources, each a primary key, a language and a folded text; in the order in which they lie."""
    return sorted((key, len(text), pk) for pk, language, text in sources for key in grams(language, text))


def _remembered_rows(given: Sequence[_Read], sources: dict[tuple[str, str], int], now: datetime) -> list[_Row]:
    """A row for each pair, in the order of its key, so that two who remember at once do not wait for each other."""
    alike: dict[tuple[int, str, int, str], list[_Read]] = {}
    for one in given:
        key = (sources[one.source_key], one.pair.language, one.pair.course_id, one.text_hash)
        alike.setdefault(key, []).append(one)
    at = connection.ops.adapt_datetimefield_value(now)
    return [
        (*key, some[0].pair.text, some[0].text_folded, all(one.pair.is_secret for one in some), len(some), at)
        for key, some in sorted(alike.items())
    ]


def _insert(columns: str, rows: Sequence[_Row], on_conflict: str = _IF_NEW) -> list[tuple[Any, ...]]:
    """Adds rows in one statement; gives what it returns. `bulk_create` makes dozens on SQLite, and cannot count up."""
    if not rows:
        return []
    marks = f"({', '.join(['%s'] * len(rows[0]))})"
    values = [value for row in rows for value in row]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {columns} VALUES {', '.join([marks] * len(rows))} {on_conflict}", values)  # noqa: S608  our own names
        return cursor.fetchall() if "RETURNING" in on_conflict else []


def _forget_unused(sources: Sequence[int]) -> None:
    """Deletes those of the sources that nothing translates any more, with their grams."""
    used = Remembered.objects.filter(source=OuterRef("pk"))
    unused = list(Source.objects.filter(~Exists(used), pk__in=sources).values_list("pk", "language", "folded"))
    if rows := _gram_rows(unused):
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM memory_gram WHERE key = %s AND length = %s AND source_id = %s", rows)
    Source.objects.filter(pk__in=[pk for pk, _language, _text in unused]).delete()


def _delete_some_grams() -> bool:
    """Deletes the first grams; whether there were any."""
    with write():
        keys = Gram.objects.order_by("key").values_list("key", flat=True)
        last = keys[_DELETED_AT_ONCE : _DELETED_AT_ONCE + 1].first()
        some = Gram.objects.all() if last is None else Gram.objects.filter(key__lte=last)
        return bool(some.delete()[0])


def _rebuild_sources(pks: Sequence[int]) -> None:
    _forget_unused(pks)
    rows = list(Source.objects.filter(pk__in=pks))
    for row in rows:
        row.folded = folded(row.text)
        row.folded_hash = exact_hash(row.folded)
    Source.objects.bulk_update(rows, ["folded", "folded_hash"])
    for start in range(0, len(rows), _AT_ONCE):
        _insert(_GRAM_COLUMNS, _gram_rows((row.pk, row.language, row.folded) for row in rows[start : start + _AT_ONCE]))


def _rebuild_remembered(pks: Sequence[int]) -> None:
    rows = list(Remembered.objects.filter(pk__in=pks))
    for row in rows:
        row.folded = folded(row.text)
    Remembered.objects.bulk_update(rows, ["folded"])
