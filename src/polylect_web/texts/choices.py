"""What a course decided for a language: who translates, and what learners see."""

from collections.abc import Mapping
from dataclasses import dataclass

from polylect_web.accounts import queries as accounts
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses.models import Course
from polylect_web.texts.models import LanguageChoice, Origin, Shown, Who


@dataclass(frozen=True)
class Choice:
    """What holds for a course in a language. `is_named`: the course itself said who translates."""

    who: Who = Who.OPEN
    shown: Shown = Shown.TRANSLATED
    shows_machine: bool = False
    is_named: bool = False

    def shows(self, origin: str, *, is_approved: bool) -> bool:
        """Whether learners see a target of this origin as soon as it is current."""
        if is_approved:
            return True
        return self.shown == Shown.TRANSLATED and (origin != Origin.MACHINE or self.shows_machine)


@dataclass(frozen=True)
class Rights:
    """What somebody may do with the texts of a course in a language.

    Whoever is signed in may translate where the language is open, and suggest everywhere; guests suggest.
    `may_see_answers`: also what gives answers away, which is for those who were named; `may_see_hidden`: also lessons
    that learners do not see, or not yet, which is for the course's staff as well.
    """

    may_suggest: bool = False
    may_translate: bool = False
    may_review: bool = False
    may_see_answers: bool = False
    may_see_hidden: bool = False


def choices_of(course_id: int) -> Mapping[str, Choice]:
    """What a course decided, by language. Where it named nobody and nothing, `who` is OPEN here. One query."""
    rows = LanguageChoice.objects.filter(course_id=course_id)
    return {
        row.language: Choice(Who(row.who or Who.OPEN), Shown(row.shown), row.shows_machine, bool(row.who))
        for row in rows
    }


def choice_of(course: Course, language: str) -> Choice:
    """What holds for a language of a course. At most two queries.

    A language is open to whoever is signed in, until the course says otherwise or somebody is named for just this
    course or language: then it is theirs, and others suggest.
    """
    choice = choices_of(course.pk).get(language, Choice())
    if choice.is_named:
        return choice
    who = Who.TEAM if accounts.has_team(str(course), language) else Who.OPEN
    return Choice(who, choice.shown, choice.shows_machine)


def rights_of(person: object, course: Course, language: str, choice: Choice) -> Rights:
    """What `person` (what `request.user` gives) may do with the texts of a course in a language."""
    if not isinstance(person, Person) or not person.is_active:
        return Rights()
    if person.is_guest:
        return Rights(may_suggest=True)
    is_named = may(person, Act.TRANSLATE, str(course), language)
    return Rights(
        may_suggest=True,
        may_translate=is_named or choice.who == Who.OPEN,
        may_review=may(person, Act.REVIEW, str(course), language),
        may_see_answers=is_named,
        may_see_hidden=is_named or may(person, Act.SEE_HIDDEN, str(course)),
    )
