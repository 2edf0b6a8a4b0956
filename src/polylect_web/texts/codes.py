"""Gives the exercises of a course the codes of their questions and choices in the versions before.

It comes before a version is stored, for the codes are part of an exercise's content.
"""

from collections import defaultdict
from dataclasses import replace
from typing import cast

from polylect.course import stored, tree, walk
from polylect.messages.codes import carry_codes
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Course, Placement

_MOST_VERSIONS = 20
"""Of an exercise that changed more often, the versions before the last so many are not looked at."""


def with_codes(course: tree.Course, home: Course | None) -> tree.Course:
    """The course with its exercises' codes carried over; itself where nothing has to be. At most two queries."""
    here = {block.code: block for block in walk.blocks(course) if isinstance(block, tree.Exercise)}
    if home is None or not here:
        return course
    placed = Placement.objects.filter(version__course=home, kind="exercise", unplaced="").exclude(version__number=None)
    hashes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for code, content_hash in placed.order_by("-version__number").values_list("code", "content_id"):
        if code in here:
            hashes[code][content_hash] = None
    changed = {code: of for code, of in hashes.items() if next(iter(of)) != stored.content_hash(here[code])}
    recent = {code: list(of)[:_MOST_VERSIONS] for code, of in changed.items()}
    contents = courses.load_contents({one for of in recent.values() for one in of})
    recoded: dict[str, tree.Exercise] = {}
    for code, of in recent.items():
        exercise = here[code]
        body = carry_codes(exercise.body, [cast(tree.Exercise, contents[one]).body for one in of])
        if body != exercise.body:
            recoded[code] = replace(exercise, body=body)
    return walk.with_blocks(course, recoded) if recoded else course
