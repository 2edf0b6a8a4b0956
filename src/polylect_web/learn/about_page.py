"""What the about page of a course says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polylect import languages
from polylect.exercises import Words
from polylect.messages import COURSE_CODE
from polylect.messages.pseudo import LENGTHENED, RIGHT_TO_LEFT
from polylect_web.courses import queries as courses
from polylect_web.grading import queries as grading
from polylect_web.learn.author_html import for_page
from polylect_web.learn.outline_page import mark_of, outline_entries
from polylect_web.learn.study import Study
from polylect_web.texts import queries as texts

_SHOWN_KINDS = ("about", "updates", "handouts", "page")


@dataclass(frozen=True)
class ShownPage:
    """Something to read about the course."""

    code: str
    title: Words
    html: SafeString


@dataclass(frozen=True)
class ShownLanguage:
    """A language that the course can be read in, and how much of it."""

    language: str
    share: float
    is_source: bool
    address: str

    @property
    def name(self) -> str:
        return languages.autonym(self.language)

    @property
    def percent(self) -> str:
        """In whole percent; what is not quite complete never says 100."""
        return number_format(int(self.share * 100), use_l10n=True)


@dataclass(frozen=True)
class PseudoLanguage:
    """A made-up language, for authors to see what of their course nobody can translate."""

    name: str
    address: str


@dataclass(frozen=True)
class Start:
    """Where to begin, or to go on."""

    name: str
    address: str


def context(study: Study) -> dict[str, Any]:
    """What the template asks for."""
    titles = texts.titles(study.run.version, study.language)
    scores = grading.scores(study.person, study.run, study.now)
    return {
        "run": study.run,
        "title": titles[COURSE_CODE],
        "pages": list(_pages(study)),
        "start": start_of(study, scores),
        "outline": outline_entries(study, titles, scores),
        "languages": [
            ShownLanguage(
                one.language,
                one.share,
                one.language == study.own_language,
                _about_in(study, one.language),
            )
            for one in study.availability
        ],
        "pseudo_languages": list(_pseudo_languages(study)) if study.may_see_hidden else [],
        "progress_address": study.address("progress") if scores else "",
        "unplaced_address": study.address("unplaced") if study.may_see_hidden and study.whole.unplaced else "",
        "page_languages": study.languages,
    }


def start_of(study: Study, scores: dict[str, tuple[float, float]]) -> Start | None:
    """The first unit for somebody new; for others the first one with exercises that they have not answered."""
    units = list(study.outline.listed_units())
    if not units:
        return None
    if not scores:
        return Start(_("Start the first lesson"), study.address("unit", units[0].code))
    unfinished = (
        unit
        for unit in units
        if any(block.kind == "exercise" for block in unit.all_blocks()) and mark_of(unit, scores) in ("", "begun")
    )
    unit = next(unfinished, units[-1])
    return Start(_("Go on studying"), study.address("unit", unit.code))


def _about_in(study: Study, language: str) -> str:
    """The address of this page in another language."""
    return f"/{language}{study.address('about').removeprefix(f'/{study.language}')}"


def _pseudo_languages(study: Study) -> Iterator[PseudoLanguage]:
    yield PseudoLanguage(_("longer words with accents"), _about_in(study, LENGTHENED))
    yield PseudoLanguage(_("from right to left"), _about_in(study, RIGHT_TO_LEFT))


def _heading(code: str) -> str:
    """What stands above a part of the about page that is no more than a number or a few words."""
    headings = {"effort": _("Effort"), "duration": _("Length")}
    return headings.get(code, "")


def _pages(study: Study) -> Iterator[ShownPage]:
    """The about page first, then news and handouts, then the others; hidden ones for those who may see them."""
    course = texts.read_course(study.run.version, study.language)
    own = study.own_language not in languages.chain(study.language)
    for kind in _SHOWN_KINDS:
        for page, source in zip(course.pages, study.whole.course.pages, strict=True):
            is_open = study.may_see_hidden or not page.access.staff_only
            if page.kind == kind and is_open and page.html.strip():
                is_own = own and page.title == source.title
                title = Words(page.title, study.own_language if is_own else study.language)
                if kind == "about" and not page.title:
                    title = Words(_heading(page.code), get_language())
                yield ShownPage(page.code, title, for_page(courses.rewrite_links(page.html, study.run.version)))
