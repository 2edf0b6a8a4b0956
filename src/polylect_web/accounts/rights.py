"""Who may do what: `may(person, act, course, language)` is the one place that answers."""

from enum import Enum

from django.db.models import prefetch_related_objects

from polylect_web.accounts.models import Person, PersonRole, Role


class Act(Enum):
    """What somebody may want to do."""

    OPERATE = "operate"
    """Look after the site: its people, its pages of parts."""
    PUBLISH = "publish"
    """Publish versions of a course, and change its settings."""
    SEE_HIDDEN = "see-hidden"
    """See what is hidden from learners, not open yet, or in no unit."""
    SEE_WORK = "see-work"
    """See other people's answers, scores and names in a course."""
    TRANSLATE = "translate"
    """Write translations of a course into a language, also of what gives answers away."""
    REVIEW = "review"
    """Approve translations of a course into a language."""


_ROLES = {
    Act.OPERATE: frozenset({Role.OPERATOR}),
    Act.PUBLISH: frozenset({Role.OPERATOR, Role.AUTHOR}),
    Act.SEE_HIDDEN: frozenset({Role.OPERATOR, Role.AUTHOR, Role.STAFF}),
    Act.SEE_WORK: frozenset({Role.OPERATOR, Role.AUTHOR, Role.STAFF}),
    Act.TRANSLATE: frozenset({Role.OPERATOR, Role.AUTHOR, Role.REVIEWER, Role.TRANSLATOR}),
    Act.REVIEW: frozenset({Role.OPERATOR, Role.AUTHOR, Role.REVIEWER}),
}


def may(person: object, act: Act, course: str = "", language: str = "") -> bool:
    """Whether `person` may do `act`, in a course (ORG+CODE; empty: anywhere) and for a language (empty: any).

    `person` is what `request.user` gives: visitors who are nobody yet and people without any role may do none of
    these, and cost no query. Somebody's roles are read once for each person that was loaded.
    """
    if not isinstance(person, Person) or person.is_guest or not person.is_active:
        return False
    return any(
        Role(row.role) in _ROLES[act] and row.course_key in ("", course) and row.language in ("", language)
        for row in _roles_of(person)
    )


def _roles_of(person: Person) -> list[PersonRole]:
    if person.is_without_roles:
        return []
    prefetch_related_objects([person], "roles")  # asks the first time only
    return list(person.roles.all())
