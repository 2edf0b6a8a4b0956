"""What an author changed and translations were not made for: text by text, with what became of it word by word."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from polylect import languages
from polylect.keys import RunKey
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import working
from polylect_web.texts.changed import Changed, changed_texts
from polylect_web.texts.working import Lesson
from polylect_web.translate import line_page

ON_A_PAGE = 50


@dataclass(frozen=True)
class Before:
    """What a text was when it was translated into these languages, with what became of it since."""

    difference: SafeString
    languages: tuple[tuple[str, str], ...]
    """Tags and names."""


@dataclass(frozen=True)
class Entry:
    """A text that changed. `lesson` is None where the run that is looked at has none that holds it. `seen`: how it is
    now, for what is said of it."""

    number: int
    changed: Changed
    lesson: Lesson | None
    before: tuple[Before, ...]

    @property
    def seen(self) -> str:
        return f"{self.changed.message}:{self.changed.mark}"


@dataclass(frozen=True)
class Changes:
    """A page of the texts that changed."""

    key: RunKey
    title: str
    own_language: str
    page: Page[Changed]
    entries: tuple[Entry, ...]


def changes(run: Run, key: RunKey, page: str) -> Changes:
    """What changed in a course after it was translated. Two queries once the outline is at hand."""
    outline = courses.outline(run.version)
    own = outline.course.language
    lesson_of = {code: lesson for lesson in working.lessons(run.version) for code, _ in lesson.places}
    shown = Paginator(changed_texts(run.course), ON_A_PAGE).get_page(page)
    entries = tuple(
        Entry(number, one, lesson_of.get(one.block_code), _before(one, own))
        for number, one in enumerate(shown.object_list, start=shown.start_index())
    )
    return Changes(key, outline.course.title, own, shown, entries)


def _before(one: Changed, own: str) -> tuple[Before, ...]:
    return tuple(
        Before(
            line_page.difference(wording.text, one.text, own),
            tuple((tag, languages.autonym(tag)) for tag in wording.languages),
        )
        for wording in one.before
    )
