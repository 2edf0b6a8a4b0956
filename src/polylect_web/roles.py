"""Who may do what, as the operator says it in the command: words in, sentences out.

The rights that a role brings are listed in `accounts.rights`; what a role is, in `accounts.models.Role`.
"""

from polylect import languages
from polylect.keys import CourseKey
from polylect_web.accounts import actions, queries
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.queries import is_course


class Refused(Exception):
    """It cannot be done. `str()` is a sentence for the operator: what was found, and what would be right."""


def find(name: str) -> Person:
    """The person with this username or email. Raises Refused."""
    person = queries.find_person(name)
    if person is None:
        raise Refused(f"Nobody has the username or email “{name}”. People sign up on the site first.")
    return person


def give(person: Person, role: str, *, course: str = "", language: str = "") -> None:
    """Gives somebody a role, in a course (ORG+CODE; empty: all) and for a language (empty: all). Raises Refused."""
    actions.give_role(person=person, role=_role(role), course_key=_course(course), language=_language(language))


def take(person: Person, role: str, *, course: str = "", language: str = "") -> None:
    """Takes away a role, given for the same course and language. Raises Refused where they do not have it."""
    if not actions.take_role(person=person, role=_role(role), course_key=course, language=_language(language)):
        raise Refused(f"{person} is not {_told(role, course, language)}. {' '.join(told(person))}")


def told(person: Person) -> list[str]:
    """A sentence for each role they have."""
    rows = person.roles.order_by("role", "course_key", "language")
    sentences = [f"{person} is {_told(row.role, row.course_key, row.language)}." for row in rows]
    return sentences or [f"{person} has no role: a learner like others."]


def _told(role: str, course: str, language: str) -> str:
    where = f"of {course}" if course else "of every course"
    return f"{role} {where}" + (f" for {language}" if language else "")


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise Refused(f"“{word}” is not a role; expected one of: {', '.join(Role.values)}.") from None


def _course(key: str) -> str:
    org, plus, code = key.partition("+")
    if key and not (plus and is_course(CourseKey(org, code))):
        raise Refused(f"There is no course “{key}”; a course is named ORG+CODE, without its run.")
    return key


def _language(tag: str) -> str:
    canonical = languages.canonical(tag) if tag else ""
    if canonical is None:
        raise Refused(f"“{tag}” is not a language; expected a tag such as fr or pt-BR.")
    return canonical
