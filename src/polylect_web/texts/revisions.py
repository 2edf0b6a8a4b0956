"""Revision counters: whoever keeps rendered text compares them, so they are raised with every change of it."""

from collections.abc import Collection, Sequence

from django.db import connection

from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.foundation.prepared import Prepared
from polylect_web.texts.models import RevisionCounter
from polylect_web.texts.queries import EVERY, TITLES

_versions = Prepared(
    lambda course_id: (
        Run.objects.filter(course_id=course_id).order_by("version_id").values_list("version_id").distinct()
    )
)


def get_ready(course_id: int) -> None:
    """Reads what `raise_counters` needs, so that the transaction that calls it is short."""
    for version_id in _shown(course_id):
        courses.outline(version_id)


def raise_counters(course_id: int, language: str, block_codes: Collection[str]) -> None:
    """Raises the counters of the units where these blocks stand, in every version that a run shows.

    Titles of units, and all that stands outside of units, count for the whole course. Call it in the transaction that
    changes the texts.
    """
    units: set[str] = set()
    outside = set(block_codes)
    for version_id in _shown(course_id):
        outline = courses.outline(version_id)
        holding = {code: outline.unit_of(code) for code in block_codes}
        outside -= {code for code, unit in holding.items() if unit is not None}
        units |= {unit.code for unit in holding.values() if unit is not None}
        units |= outline.unit_codes.intersection(block_codes)
    if outside:
        units.add(TITLES)
    counted = [*((code, language) for code in sorted(units)), (TITLES, EVERY)]  # in one order: see `_raise`
    _raise([(course_id, code, of) for code, of in counted])


def _raise(counted: Sequence[tuple[int, str, str]]) -> None:
    """Adds one to these counters (course, unit, language), or makes them. One statement, whose rows are locked in the
    order in which they come, or two who save at once could wait for each other."""
    table = RevisionCounter._meta.db_table
    rows = ", ".join(["(%s, %s, %s, 1)"] * len(counted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (course_id, unit_code, language, count) VALUES {rows}"  # noqa: S608  our own names
            f" ON CONFLICT (course_id, unit_code, language) DO UPDATE SET count = {table}.count + 1",
            [value for row in counted for value in row],
        )


def _shown(course_id: int) -> list[int]:
    """The versions that runs of this course show."""
    return [version_id for (version_id,) in _versions(course_id)]
