"""Who may see and change what in the glossary."""

from polylect_web.accounts.rights import Act, may
from polylect_web.courses.models import Course


def may_set_terms(person: object, course: Course | None) -> bool:
    """Whether somebody may say which terms a course has, and what they mean (None: the terms of every course)."""
    return may(person, Act.PUBLISH, _key(course))


def may_set_forms(person: object, course: Course | None, language: str) -> bool:
    """Whether somebody may say what the terms of a course are called in a language."""
    return may(person, Act.TRANSLATE, _key(course), language)


def may_see_closed(person: object, course: Course, language: str) -> bool:
    """Whether somebody may see the terms of a course that is open to nobody yet."""
    return may(person, Act.SEE_HIDDEN, _key(course)) or may_set_forms(person, course, language)


def _key(course: Course | None) -> str:
    return str(course) if course else ""
