"""Who works on which course in which language, and what they may do: what every view of the workbench begins with."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from polylect import languages
from polylect.keys import RunKey
from polylect.messages.pseudo import is_pseudo
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Course, Run, Version
from polylect_web.courses.outline import Outline
from polylect_web.texts import working
from polylect_web.texts.choices import Choice, Rights, choice_of, rights_of
from polylect_web.texts.queries import State
from polylect_web.texts.working import Lesson, Line


@dataclass(frozen=True)
class Desk:
    """A course in a language as one person works on it. `language` is the page's, `target` the one translated into.

    `person` is None for visitors who are nobody yet. `may_publish`: they decide for the course who translates.
    """

    run: Run
    key: RunKey
    language: str
    target: str
    person: Person | None
    choice: Choice
    rights: Rights
    may_publish: bool

    @property
    def course(self) -> Course:
        return self.run.course

    @property
    def version(self) -> Version:
        return self.run.version

    @cached_property
    def outline(self) -> Outline:
        return courses.outline(self.version)

    @property
    def own_language(self) -> str:
        """The language that the course was written in."""
        return self.outline.course.language

    @property
    def target_name(self) -> str:
        return languages.autonym(self.target)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return working.lessons_for(self.version, may_see_hidden=self.rights.may_see_hidden)

    def find_lesson(self, code: str) -> Lesson:
        """A lesson that this person may see. Raises Http404."""
        lesson = next((one for one in self.lessons if one.code == code), None)
        if lesson is None:
            raise Http404
        return lesson

    def find_line(self, lesson: Lesson, message: UUID) -> Line:
        """A text of a lesson that this person may see. Raises Http404. Five queries."""
        may_see_answers = self.rights.may_see_answers
        line = working.find_line(self.version, lesson, message, self.target, may_see_answers=may_see_answers)
        if line is None:
            raise Http404
        return line

    def address(self, view: str, *parts: object) -> str:
        """The address of a view of this course in this language."""
        return _address(view, self.language, self.target, self.key, *parts)


@lru_cache(maxsize=10_000)
def _address(view: str, *parts: object) -> str:
    return reverse(view, args=parts)


def open_desk(request: HttpRequest, language: str, target: str, key: RunKey) -> Desk:
    """The course as this person may work on it. Raises Http404 where there is none, none for them, where the
    course itself is written in this language, or where the language is made up."""
    run = find_course(request, key, target)
    if courses.outline(run.version).course.language == target or is_pseudo(target):
        raise Http404
    choice = choice_of(run.course, target)
    return Desk(
        run,
        key,
        language,
        target,
        request.user if isinstance(request.user, Person) else None,
        choice,
        rights_of(request.user, run.course, target, choice),
        may(request.user, Act.PUBLISH, str(key.course)),
    )


def may_write(desk: Desk, line: Line) -> bool:
    """Whether what this person writes for a text is shown at once. What a reviewer approved is changed by reviewers
    alone; from everybody else it is a suggestion."""
    if line.state is State.APPROVED:
        return desk.rights.may_review
    return desk.rights.may_translate


def find_course(request: HttpRequest, key: RunKey, target: str = "") -> Run:
    """The run that a course is worked on by. Raises Http404 where there is none, or none for this visitor: one that is
    not open is for its staff, and for those who were named to translate it (into `target`, where one is given)."""
    run = courses.find_run(key.org, key.code, key.run)
    if run is None or not (run.is_open or sees_hidden(request.user, key, target)):
        raise Http404
    return run


def sees_hidden(person: object, key: RunKey, target: str = "") -> bool:
    """Whether somebody may see lessons that learners do not see, or not yet."""
    course = str(key.course)
    return may(person, Act.SEE_HIDDEN, course) or may(person, Act.TRANSLATE, course, target)
