"""What the workbench and the pages ask about the glossary.

`terms_for` gives the same tuple as long as nothing has changed, so that what `polylect.messages.terms` works out about
it is kept with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from polylect import languages
from polylect.issues import Issue
from polylect.messages import terms as library
from polylect.messages.folding import folded_words
from polylect.messages.terms import Hit
from polylect_web.courses.models import Course, Run
from polylect_web.foundation.prepared import Prepared
from polylect_web.foundation.recent import Recent
from polylect_web.glossary.models import EVERY_COURSE, Glossary, Standing, Term, TermChange, TermForm
from polylect_web.glossary.rights import may_see_closed

_MOST_CHANGES = 50

Terms = tuple[library.Term, ...]


class Lacking(Enum):
    """Which terms of a list are wanted."""

    ALL = ""
    WITHOUT_FORM = "form"
    """Those that have no form that may be used, and are to be translated."""


@dataclass(frozen=True)
class CourseNamed:
    """A course, and the title of its last run."""

    course: Course
    title: str


_terms: Recent[tuple[object, ...], Terms] = Recent(64)
_counters = Prepared(lambda numbers: Glossary.objects.filter(of__in=numbers).values_list("of", "count"))


def terms_for(course_id: int, source_language: str, language: str) -> Terms:
    """The terms of a course and of every course, in a source language (and what that falls back on), with their forms
    in a language; where both have a term, the course's. One query; two more where something changed."""
    counts: dict[int, int] = dict(_counters([EVERY_COURSE, course_id]))
    key = (course_id, counts.get(EVERY_COURSE), counts.get(course_id), source_language, language)
    return _terms.one(key, lambda: _read_terms(course_id, source_language, language))


def hits(source_text: str, course_id: int, source_language: str, language: str) -> tuple[Hit, ...]:
    """The terms in a text of a course, where they stand; each `hit.term.forms_in(language)` says what it is called."""
    return library.find(source_text, terms_for(course_id, source_language, language), source_language)


def check(source_text: str, target_text: str, course_id: int, source_language: str, language: str) -> tuple[Issue, ...]:
    """Where a translation does not keep to the glossary: warnings."""
    terms = terms_for(course_id, source_language, language)
    return library.check(source_text, target_text, terms, source_language, language)


def all_terms(course: Course | None) -> tuple[library.Term, ...]:
    """The terms of a course alone (None: of every course), with their forms in every language, by text. Two
    queries."""
    rows = _present().filter(course=course).prefetch_related(_forms_of(None))
    return tuple(as_term(row) for row in rows.order_by("language", "text"))


def listed(
    courses: Iterable[Course],
    language: str,
    *,
    course: Course | None = None,
    is_of_site: bool = False,
    text: str = "",
    lacking: Lacking = Lacking.ALL,
) -> QuerySet[Term]:
    """The terms of these courses and of every course, by text, with their forms in a language (`of_language`): of one
    `course`, or those of every course alone. Terms in that language itself are left out."""
    chain = languages.chain(language)
    found = _present().select_related("course").exclude(language__in=chain)
    if course:
        found = found.filter(course=course)
    elif is_of_site:
        found = found.filter(course=None)
    else:
        found = found.filter(Q(course=None) | Q(course__in=[one.pk for one in courses]))
    forms = TermForm.objects.filter(term=OuterRef("pk"), language__in=chain, is_removed=False)
    for word in folded_words(text).split():
        found = found.filter(Q(searched__contains=word) | Exists(forms.filter(searched__contains=word)))
    if lacking is Lacking.WITHOUT_FORM:
        found = found.filter(~Exists(forms.exclude(standing=Standing.FORBIDDEN)), is_untranslatable=False)
    return found.order_by("searched", "pk").prefetch_related(_forms_of(chain))


def term_of(uuid: UUID) -> Term | None:
    """The term of this uuid with its course, unless it was removed, whoever may see it."""
    return _present().select_related("course").filter(uuid=uuid).first()


def forms_of(term: Term, language: str) -> tuple[TermForm, ...]:
    """The forms of a term in just this language."""
    return tuple(term.forms.filter(language=language, is_removed=False))


def revision_of(term: Term, language: str = "") -> int:
    """A number that is another one after each change of a term (without a language), or of its forms in a language."""
    changes = TermChange.objects.filter(term=term, language=language)
    return changes.aggregate(last=Max("pk"))["last"] or 0


def changes_of(term: Term, language: str) -> tuple[TermChange, ...]:
    """What was changed of a term and of its forms in a language, the last first."""
    found = TermChange.objects.filter(term=term, language__in=("", language)).select_related("person")
    return tuple(found.order_by("-pk")[:_MOST_CHANGES])


def courses_shown(person: object, language: str) -> tuple[CourseNamed, ...]:
    """The courses whose terms somebody may see, by title: those that are open, and those that they work on in this
    language. One query, and one for their roles."""
    titles: dict[int, CourseNamed] = {}
    for run in Run.objects.select_related("course").order_by("pk"):
        if run.is_open or run.course_id in titles or may_see_closed(person, run.course, language):
            titles[run.course_id] = CourseNamed(run.course, run.title)
    return tuple(sorted(titles.values(), key=lambda one: (one.title.casefold(), one.course.pk)))


def as_term(row: Term) -> library.Term:
    """A row in the library's form, with the forms that were fetched with it (`of_language`)."""
    return library.Term(
        row.text,
        row.language,
        row.definition,
        row.is_untranslatable,
        tuple(as_form(form) for form in row.of_language),  # type: ignore[attr-defined]
        row.spellings,
        row.note,
    )


def as_form(row: TermForm) -> library.Form:
    """A form in the library's form."""
    return library.Form(row.text, library.Standing(row.standing), row.note, row.language)


def forget() -> None:
    """Empties this process's cache: for tests, whose databases use the same numbers again."""
    _terms.forget()


def _read_terms(course_id: int, source_language: str, language: str) -> Terms:
    rows = _present().filter(Q(course=None) | Q(course=course_id), language__in=languages.chain(source_language))
    found: dict[str, library.Term] = {}
    for row in rows.prefetch_related(_forms_of(languages.chain(language))).order_by("text", "pk"):
        if row.course_id or row.text not in found:
            found[row.text] = as_term(row)
    return tuple(found.values())


def _present() -> QuerySet[Term]:
    return Term.objects.filter(is_removed=False)


def _forms_of(chain: Iterable[str] | None) -> "Prefetch[str, QuerySet[TermForm], str]":
    """The forms in these languages, or in all, as `of_language`."""
    forms = TermForm.objects.filter(is_removed=False)
    if chain is None:
        forms = forms.order_by("language", "position", "pk")
    else:
        forms = forms.filter(language__in=list(chain))
    return Prefetch("forms", forms, to_attr="of_language")
