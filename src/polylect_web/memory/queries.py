"""What pages ask of the memory: what was translated before and is like a text, and where some words stand.

How near matches are found: of the text's grams, each lists the texts that have it too, those of about its length first.
What turns up most often on these lists is compared with the text, and what is alike enough is given with its
translations. Lists and candidates are bounded, so it takes as long in a large memory as in a small one (decision 11).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from polylect import languages
from polylect_web.accounts.rights import Act, may
from polylect_web.courses.models import Course
from polylect_web.memory.likeness import exact_hash, folded, grams, lengths, likeness, storable
from polylect_web.memory.models import Remembered, Source

__all__ = ["Entry", "Found", "Match", "is_empty", "matches", "search", "secrets_open_to", "source_languages"]

PAGE_SIZE = 25

_SAME_BUT_FOR_CASE = 99
_OFF_FOR_VARIANT = 2
"""Percent taken off where the languages are not quite the same."""

_LISTED = 150
"""Texts taken from a gram's list on either side of the length that is looked for."""
_COMPARED = 200
"""Texts that are compared character by character."""
_SOURCES_FOR_EACH = 4
"""Texts whose translations are read, for each match that is asked for: several may be translated alike."""
_MOST_TRANSLATIONS = 1000
_MOST_WORDS = 10


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A translation that the memory holds, and the course that it comes from (`course_key` is ORG+CODE)."""

    source_language: str
    language: str
    source_text: str
    text: str
    course_id: int
    course_key: str
    is_secret: bool
    last_used_at: datetime


@dataclass(frozen=True, kw_only=True)
class Match(Entry):
    """A translation of a text like the one that was asked for. `percent`: 100 is the same text in the same languages;
    99 differs in letter case, spaces or placeholders only; variants of a language give two less for each side."""

    percent: int


@dataclass(frozen=True)
class Found:
    """A page of what was searched for."""

    entries: tuple[Entry, ...]
    has_more: bool


def matches(
    source_language: str,
    language: str,
    source_text: str,
    *,
    limit: int = 5,
    least_percent: int = 60,
    secrets_of: Collection[int] = frozenset(),
) -> tuple[Match, ...]:
    """Translations of texts like this one, best first, and of equally good ones the last used. Each text is there once.

    Languages are canonical tags; what `languages.chain` gives for them counts too (`pt` for `pt-BR`). `secrets_of`: the
    courses whose answers may be seen, by their ids. Three queries at most, whatever the memory holds; none for a text
    with nothing to read. Texts of more than `likeness.LONGEST_COMPARED` characters have exact matches only.
    """
    text = folded(source_text)
    if not text or limit < 1:
        return ()
    asked = _Asked(source_language, language, storable(source_text), text, least_percent, frozenset(secrets_of))
    percents = _exact(asked) | _near(asked)
    best = sorted(percents, key=lambda pk: -percents[pk])[: limit * _SOURCES_FOR_EACH]
    found = [
        Match(**vars(entry), percent=_percent(asked, entry, percents[pk])) for pk, entry in _translations(asked, best)
    ]
    found.sort(key=lambda match: (match.percent, match.last_used_at), reverse=True)
    once = {match.text: match for match in reversed(found) if match.percent >= least_percent}
    return tuple(match for match in found if once.get(match.text) is match)[:limit]


def search(
    language: str,
    words: str,
    *,
    secrets_of: Collection[int] = frozenset(),
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Found:
    """Translations into a language, or a variant of it, that hold all these words on one side or the other, last used
    first; all of them where no words are given. Part of a word finds the whole. Pages count from 1. One query."""
    rows = _visible(language, frozenset(secrets_of))
    for word in folded(words).split()[:_MOST_WORDS]:
        rows = rows.filter(Q(folded__contains=word) | Q(source__folded__contains=word))
    start = (max(page, 1) - 1) * page_size
    some = list(_entries(rows.order_by("-last_used_at", "-pk")[start : start + page_size + 1]))
    return Found(tuple(entry for _source, entry in some[:page_size]), len(some) > page_size)


def is_empty() -> bool:
    """Whether nothing is remembered yet. One query."""
    return not Remembered.objects.exists()


def source_languages() -> list[str]:
    """The languages that courses are written in. One query."""
    return list(Course.objects.order_by("source_language").values_list("source_language", flat=True).distinct())


def secrets_open_to(person: object, language: str) -> frozenset[int]:
    """The ids of the courses whose answers this person may see, translating them into a language. One query, and the
    person's roles once."""
    rows = Course.objects.values_list("pk", "org", "code")
    return frozenset(pk for pk, org, code in rows if may(person, Act.TRANSLATE, f"{org}+{code}", language))


@dataclass(frozen=True)
class _Asked:
    """What matches are looked for."""

    source_language: str
    language: str
    source_text: str
    folded: str
    least_percent: int
    secrets_of: frozenset[int]


def _exact(asked: _Asked) -> dict[int, int]:
    """The sources that are the same but for case, spaces and placeholders, each with its percent."""
    rows = Source.objects.filter(
        folded_hash=exact_hash(asked.folded), language__in=languages.chain(asked.source_language)
    )
    return dict.fromkeys(rows.values_list("pk", flat=True), 100)


def _near(asked: _Asked) -> dict[int, int]:
    """Sources that are like it, each with how much in percent."""
    keys = grams(asked.source_language, asked.folded)
    return likeness(asked.folded, _candidates(asked, keys), asked.least_percent) if keys else {}


def _candidates(asked: _Asked, keys: Sequence[int]) -> dict[int, str]:
    """The folded texts of the sources that share most of these grams, and have a translation to offer."""
    shortest, longest = lengths(asked.folded, asked.least_percent)
    length = len(asked.folded)
    sql = _CANDIDATES.format(
        listed=" UNION ALL ".join([_LISTED_OF_A_KEY] * len(keys)),
        source_languages=_marks(languages.chain(asked.source_language)),
        languages=_marks(languages.chain(asked.language)),
        secrets=f"OR course_id IN ({_marks(asked.secrets_of)})" if asked.secrets_of else "",
    )
    values: list[int | str] = []
    for key in keys:
        values += [key, length, longest, _LISTED, key, shortest, length, _LISTED]
    values += [*languages.chain(asked.source_language), *languages.chain(asked.language), *asked.secrets_of, _COMPARED]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return dict(cursor.fetchall())


_LISTED_OF_A_KEY = """
    SELECT source_id FROM (
        SELECT source_id FROM memory_gram WHERE key = %s AND length >= %s AND length <= %s ORDER BY length LIMIT %s
    ) AS longer
    UNION ALL
    SELECT source_id FROM (
        SELECT source_id FROM memory_gram WHERE key = %s AND length >= %s AND length < %s ORDER BY length DESC LIMIT %s
    ) AS shorter
"""
_CANDIDATES = """
    SELECT source.id, source.folded
    FROM (SELECT source_id, COUNT(*) AS shared FROM ({listed}) AS listed GROUP BY source_id) AS counted
    JOIN memory_source AS source ON source.id = counted.source_id
    WHERE source.language IN ({source_languages}) AND EXISTS (
        SELECT 1 FROM memory_remembered
        WHERE source_id = source.id AND language IN ({languages}) AND (NOT is_secret {secrets})
    )
    ORDER BY counted.shared DESC, counted.source_id
    LIMIT %s
"""


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _translations(asked: _Asked, sources: Sequence[int]) -> list[tuple[int, Entry]]:
    """What these sources were translated as, each with the source's number."""
    if not sources:
        return []
    rows = _visible(asked.language, asked.secrets_of).filter(source__in=sources)
    # Not sorted here: SQLite would go through everything there is in the language, in that order.
    return list(_entries(rows.order_by()[:_MOST_TRANSLATIONS]))


def _visible(language: str, secrets_of: frozenset[int]) -> QuerySet[Remembered]:
    """Translations into the language or a variant, without what gives answers away elsewhere than in these courses."""
    is_open = Q(is_secret=False)
    if secrets_of:
        is_open |= Q(course__in=secrets_of)
    return Remembered.objects.filter(is_open, language__in=languages.chain(language))


def _entries(rows: QuerySet[Remembered]) -> Iterator[tuple[int, Entry]]:
    """Each row as it is shown, with the number of its source. One query."""
    for (
        source_id,
        source_language,
        source_text,
        language,
        text,
        course_id,
        org,
        code,
        is_secret,
        at,
    ) in rows.values_list(
        "source_id",
        "source__language",
        "source__text",
        "language",
        "text",
        "course_id",
        "course__org",
        "course__code",
        "is_secret",
        "last_used_at",
    ):
        yield (
            source_id,
            Entry(
                source_language=source_language,
                language=language,
                source_text=source_text,
                text=text,
                course_id=course_id,
                course_key=f"{org}+{code}",
                is_secret=is_secret,
                last_used_at=at,
            ),
        )


def _percent(asked: _Asked, entry: Entry, likeness_percent: int) -> int:
    """How good the translation is as an answer to what was asked for."""
    percent = likeness_percent
    if percent == 100 and entry.source_text != asked.source_text:
        percent = _SAME_BUT_FOR_CASE
    variants = (entry.source_language != asked.source_language) + (entry.language != asked.language)
    return percent - _OFF_FOR_VARIANT * variants
