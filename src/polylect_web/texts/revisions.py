"""Revision counters: whoever keeps rendered text compares them, so they are raised with every change of it."""

from collections.abc import Collection

from django.db import connection
from django.db.models import F, Q

from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts.models import RevisionCounter
from polylect_web.texts.queries import EVERY, TITLES


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
    counted = [(code, language) for code in sorted(units)] + [(TITLES, EVERY)]
    RevisionCounter.objects.bulk_create(
        [RevisionCounter(course_id=course_id, unit_code=code, language=of) for code, of in counted],
        ignore_conflicts=True,
    )
    these = Q(unit_code__in=units, language=language) | Q(unit_code=TITLES, language=EVERY)
    rows = RevisionCounter.objects.filter(these, course_id=course_id)
    if connection.features.has_select_for_update:  # in one order, or two who save at once could wait for each other
        list(rows.order_by("pk").select_for_update().values_list("pk"))
    rows.update(count=F("count") + 1)


def _shown(course_id: int) -> list[int]:
    """The versions that runs of this course show."""
    return list(Run.objects.filter(course_id=course_id).values_list("version_id", flat=True).distinct())
