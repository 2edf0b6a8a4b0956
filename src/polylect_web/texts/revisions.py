"""Revision counters: whoever keeps rendered text compares them, so they are raised with every change of it."""

from collections.abc import Collection

from django.db.models import F

from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts.models import RevisionCounter
from polylect_web.texts.queries import TITLES


def raise_counters(course_id: int, language: str, block_codes: Collection[str]) -> None:
    """Raises the counters of the units where these blocks stand, in every version that a run shows.

    Titles of units, and all that stands outside of units, count for the whole course. Call it in the transaction that
    changes the texts.
    """
    wanted = set(block_codes)
    units: set[str] = set()
    outside = set(wanted)
    for version_id in Run.objects.filter(course_id=course_id).values_list("version_id", flat=True).distinct():
        for unit in courses.outline(version_id).units():
            here = {block.code for block in unit.all_blocks()} & wanted
            outside -= here
            if here or unit.code in wanted:
                units.add(unit.code)
    if outside:
        units.add(TITLES)
    RevisionCounter.objects.bulk_create(
        [RevisionCounter(course_id=course_id, unit_code=code, language=language) for code in sorted(units)],
        ignore_conflicts=True,
    )
    RevisionCounter.objects.filter(course_id=course_id, unit_code__in=units, language=language).update(
        count=F("count") + 1
    )
