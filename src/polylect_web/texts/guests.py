"""How much of what guests leave for others to decide on may wait in a course, so that nobody drowns it."""

from polylect_web.courses.models import Course
from polylect_web.texts.writing import open_remarks, open_suggestions

MOST_FROM_GUESTS = 1000
"""Suggestions and remarks of all guests together; whoever signs in can always leave one."""


def is_full_of_guests(course: Course) -> bool:
    """Whether guests have to wait until somebody has decided on some. Two queries."""
    theirs = {"person__isnull": False, "person__username": None, "person__email": None, "message__course": course}
    suggested = open_suggestions().filter(**theirs)[:MOST_FROM_GUESTS].count()
    asked = open_remarks().filter(**theirs)[:MOST_FROM_GUESTS].count()
    return suggested + asked >= MOST_FROM_GUESTS
