"""What the catalogue says of each course."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polylect import languages
from polylect.exercises import Words
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import queries as texts


@dataclass(frozen=True)
class NamedLanguage:
    """A language, and its own name for itself."""

    language: str
    name: str


@dataclass(frozen=True)
class Entry:
    """A course in the catalogue."""

    run: Run
    title: Words
    address: str
    size: str
    languages: tuple[NamedLanguage, ...]


def entries(language: str) -> list[Entry]:
    """The open runs, each with its title in this language and the languages it can be read in."""
    runs = list(courses.catalogue())
    titles = texts.course_titles(runs, language)
    return [_entry(run, titles[run.pk], language) for run in runs]


def _entry(run: Run, title: Words, language: str) -> Entry:
    units = sum(1 for _unit in courses.outline(run.version).visible_to_learners(timezone.now()).listed_units())
    return Entry(
        run,
        title,
        reverse("about", args=[language, run.key]),
        _size(units),
        tuple(
            NamedLanguage(one.language, languages.autonym(one.language))
            for one in texts.available_languages(run.version)
        ),
    )


def _size(units: int) -> str:
    if not units:
        return _("Nothing in this course is open yet.")
    return ngettext("%(count)d page", "%(count)d pages", units) % {"count": units}
