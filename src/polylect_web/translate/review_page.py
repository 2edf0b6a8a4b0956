"""The queue of reviewers: what waits in a language, by course and lesson in reading order, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from polylect.issues import Issue
from polylect.keys import RunKey
from polylect.messages import checks
from polylect.messages import terms as glossary_terms
from polylect.messages.pseudo import is_pseudo
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Outline
from polylect_web.glossary import queries as glossary
from polylect_web.texts import reviewing
from polylect_web.texts.models import Remark, Target
from polylect_web.texts.reviewing import Looked, Reason, Seen, Waiting
from polylect_web.texts.working import Lesson, Line
from polylect_web.translate import line_page

ON_A_PAGE = 25


class Only(Enum):
    """Which texts of the queue are listed."""

    ALL = ""
    SUGGESTED = Reason.SUGGESTED.value
    TRANSLATED = Reason.TRANSLATED.value
    OUTDATED = Reason.OUTDATED.value
    REMARK = Reason.REMARK.value

    @property
    def name_shown(self) -> str:
        return {
            Only.ALL: pgettext("texts", "All"),
            Only.SUGGESTED: pgettext("texts", "Suggested"),
            Only.TRANSLATED: pgettext("texts", "Not approved yet"),
            Only.OUTDATED: pgettext("texts", "Outdated"),
            Only.REMARK: pgettext("texts", "With remarks"),
        }[self]

    def lists(self, one: Waiting) -> bool:
        return self is Only.ALL or Reason(self.value) in one.reasons


@dataclass(frozen=True)
class Reviewable:
    """A course that somebody reviews in a language, by one of its runs."""

    run: Run
    key: RunKey
    outline: Outline

    @classmethod
    def of(cls, run: Run) -> "Reviewable":
        return cls(run, RunKey.parse(run.key), courses.outline(run.version))

    @property
    def title(self) -> str:
        return self.outline.course.title

    @property
    def own_language(self) -> str:
        return self.outline.course.language


@dataclass(frozen=True)
class Candidate:
    """A target that a word may be said of. `seen`: how it is now, for that word. `replaces`: what it has otherwise than
    the current one, where it is a suggestion beside one."""

    target: Target
    seen: Seen
    is_suggestion: bool
    replaces: SafeString | None
    warnings: tuple[Issue, ...]


@dataclass(frozen=True)
class Entry:
    """A text of the queue as the page shows it. `following`: the id of the text that a decision leads to."""

    number: int
    line: Line
    course: Reviewable
    lesson: Lesson
    kind: str
    changed: SafeString | None
    current: Candidate | None
    suggestions: tuple[Candidate, ...]
    remarks: tuple[Remark, ...]
    following: str = ""


@dataclass(frozen=True)
class Group:
    """The texts of a lesson. `course`: set where a course begins with it."""

    lesson: Lesson
    course: Reviewable
    begins_course: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Queue:
    """A page of the queue. `asked`: the course alone that is shown, if one is."""

    target: str
    courses: tuple[Reviewable, ...]
    asked: Reviewable | None
    only: Only
    counts: Mapping[Only, int]
    page: Page[Waiting]
    groups: tuple[Group, ...]

    @property
    def filters(self) -> list[tuple[str, str, bool]]:
        """Address, name with how many there are, whether it is the one that is shown."""
        return [
            (self._query(one), f"{one.name_shown} ({number_format(self.counts[one])})", one is self.only)
            for one in Only
            if self.counts[one] or one in (Only.ALL, self.only)
        ]

    @property
    def query(self) -> str:
        """What the addresses of other pages of this list begin with."""
        query = self._query(self.only).removeprefix("?")
        return f"{query}&" if query else ""

    @property
    def address(self) -> str:
        """This page of this list, without its path."""
        return f"?{self.query}page={self.page.number}"

    def _query(self, only: Only) -> str:
        fields = {"course": str(self.asked.key) if self.asked else "", "only": only.value}
        return "?" + urlencode({name: value for name, value in fields.items() if value})


def reviewable(person: Person, target: str) -> tuple[Reviewable, ...]:
    """The courses that somebody reviews in a language, by title, each by one of its runs: an open one, where there is
    one. One query, one for their roles, and two for each course not yet read here."""
    found: dict[int, Reviewable] = {}
    if is_pseudo(target):
        return ()
    runs = Run.objects.filter(~Q(course__source_language=target)).select_related("course", "version")
    for run in runs.defer("version__issues").order_by("-is_open", "title", "key"):
        if run.course_id not in found and may(person, Act.REVIEW, str(run.course), target):
            found[run.course_id] = Reviewable.of(run)
    return tuple(sorted(found.values(), key=lambda one: one.title.casefold()))


def queue(target: str, some: Sequence[Reviewable], asked: Reviewable | None, only: Only, page: str) -> Queue:
    """A page of what waits in these courses. Some 13 queries, and one for the glossary of each course on the page."""
    listed = [asked] if asked else some
    of_version = {one.run.version_id: one for one in listed}
    all_waiting = reviewing.waiting([one.run.version for one in listed], target)
    counts = {which: sum(which.lists(one) for one in all_waiting) for which in Only}
    pages = Paginator([one for one in all_waiting if only.lists(one)], ON_A_PAGE)
    shown = pages.get_page(page)
    waiting = list(shown.object_list)
    texts = reviewing.looked(waiting, target)
    standing = {one.message_id: (of_version[one.version.pk], one.lesson) for one in waiting}
    entries = _entries(texts, standing, target, shown.start_index())
    return Queue(target, tuple(some), asked, only, counts, shown, tuple(_grouped(entries)))


def _entries(
    texts: Sequence[Looked], standing: Mapping[int, tuple[Reviewable, Lesson]], target: str, first: int
) -> list[Entry]:
    on_page = {one.run.course_id: one for one, _ in standing.values()}
    terms = {pk: glossary.terms_for(pk, one.own_language, target) for pk, one in on_page.items()}
    lines = [(standing[one.line.message_id][0].run.course_id, one.line) for one in texts]
    alike = reviewing.said_alike(lines, target) if lines else {}
    found: list[Entry] = []
    for number, text in enumerate(texts, start=first):
        course, lesson = standing[text.line.message_id]
        looking = _Looking(course, target, terms[course.run.course_id], alike[text.line.message_id])
        after = texts[number - first + 1].line.uuid if number - first + 1 < len(texts) else ""
        found.append(looking.entry(number, text, lesson, str(after)))
    return found


@dataclass(frozen=True)
class _Looking:
    """What is needed to look at the texts of a course."""

    course: Reviewable
    target: str
    terms: glossary.Terms
    alike: Sequence[tuple[str, str]]

    def entry(self, number: int, text: Looked, lesson: Lesson, following: str) -> Entry:
        line, current = text.line, text.current
        changed = None
        if current is not None and current.source_text != line.text:
            changed = line_page.difference(current.source_text, line.text, self.course.own_language)
        return Entry(
            number,
            line,
            self.course,
            lesson,
            line_page.kind_name(line.kind),
            changed,
            self._candidate(line, current, current) if current is not None else None,
            tuple(self._candidate(line, one, current) for one in text.suggestions if one != current),
            text.remarks,
            following,
        )

    def _candidate(self, line: Line, one: Target, current: Target | None) -> Candidate:
        is_current = current is not None and one.pk == current.pk
        replaces = None
        if current is not None and not is_current:
            replaces = line_page.difference(current.text, one.text, self.target)
        seen = Seen.of(one, current, line.text)
        return Candidate(one, seen, not is_current, replaces, self._warnings(line, one.text))

    def _warnings(self, line: Line, text: str) -> tuple[Issue, ...]:
        own = self.course.own_language
        return (
            *checks.check(line.text, text, kind=line.kind, source_language=own, language=self.target),
            *glossary_terms.check(line.text, text, self.terms, own, self.target),
            *checks.inconsistent(line.text, text, self.alike),
        )


def _grouped(entries: Sequence[Entry]) -> list[Group]:
    groups: list[Group] = []
    for one in entries:
        last = groups[-1] if groups else None
        begins_course = last is None or last.course is not one.course
        if last is None or begins_course or last.lesson != one.lesson:
            groups.append(Group(one.lesson, one.course, begins_course, (one,)))
        else:
            groups[-1] = Group(last.lesson, last.course, last.begins_course, (*last.entries, one))
    return groups
