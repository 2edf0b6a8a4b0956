"""The glossary as its pages show it: a list of terms, and what was changed of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polylect.issues import Issue
from polylect.messages import terms as library
from polylect_web.foundation.issues import sentence
from polylect_web.glossary import queries
from polylect_web.glossary.models import Standing, Term, TermChange
from polylect_web.glossary.queries import CourseNamed
from polylect_web.glossary.rights import may_set_forms

_FIELDS = {
    "text": gettext_lazy("renamed the term"),
    "language": gettext_lazy("changed the language of the term"),
    "definition": gettext_lazy("changed the definition"),
    "note": gettext_lazy("changed the note"),
    "also": gettext_lazy("changed the other spellings"),
    "is_untranslatable": gettext_lazy("changed whether it is translated"),
    "standing": gettext_lazy("changed how “{form}” stands"),
}


@dataclass(frozen=True)
class RowShown:
    """A term in a list. `belongs` names its course; empty where it belongs to every course."""

    term: Term
    belongs: str
    forms: tuple[library.Form, ...]
    may_set_forms: bool

    @property
    def has_word(self) -> bool:
        """Whether there is a form that may be used."""
        return any(form.standing is not library.Standing.FORBIDDEN for form in self.forms)


@dataclass(frozen=True)
class ChangeShown:
    """Something that was changed, in words. `by` is empty where that is unknown, or not for this reader."""

    change: TermChange
    by: str
    what: str
    before: str
    after: str


def rows(
    terms: Iterable[Term], courses: tuple[CourseNamed, ...], language: str, person: object
) -> tuple[RowShown, ...]:
    """The lines of a list."""
    titles = {one.course.pk: one.title for one in courses}
    return tuple(
        RowShown(
            term,
            titles.get(term.course_id or 0, ""),
            queries.as_term(term).forms_in(language),
            may_set_forms(person, term.course, language),
        )
        for term in terms
    )


def changes(term: Term, language: str, reader: object) -> tuple[ChangeShown, ...]:
    """What was changed of a term and its forms in a language; by whom, for who works on them."""
    is_named = may_set_forms(reader, term.course, language)
    return tuple(_change(change, is_named) for change in queries.changes_of(term, language))


def told(issue: Issue) -> str:
    """An issue of a table in the interface's language, with its line."""
    if not issue.place.line:
        return sentence(issue)
    line = _("Line {line}: {issue}").replace("{line}", str(issue.place.line))
    return line.replace("{issue}", sentence(issue))


def without_page(query: QueryDict) -> str:
    """The query of a list's address without its page, ready for another."""
    kept = query.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


def _change(change: TermChange, is_named: bool) -> ChangeShown:
    by = (change.person.name or change.person.username or "") if change.person and is_named else ""
    before, after = _said(change, change.before), _said(change, change.after)
    if change.form and change.field == "standing" and not change.before:
        what = _("added “{form}”")
    elif change.form and change.field == "standing" and not change.after:
        what = _("removed “{form}”")
    elif change.field == "is_removed":
        what = _("removed the term") if change.after else _("brought the term back")
        before = after = ""
    elif change.field == "text" and not change.before:
        what, after = _("added the term"), ""
    elif change.form and change.field == "note":
        what = _("changed the note on “{form}”")
    else:
        what = str(_FIELDS[change.field])
    return ChangeShown(change, by, what.replace("{form}", change.form), before, after)


def _said(change: TermChange, value: str) -> str:
    """A value in words."""
    if change.field == "standing" and value:
        return str(Standing(value).label)
    return _("yes") if change.field == "is_untranslatable" and value else value
