"""A table that somebody brings: held to what they may, and taken in or refused, in sentences for page and command."""

from dataclasses import dataclass

from polylect.issues import Issue, Place, Severity, declare
from polylect.messages import glossary
from polylect.messages.glossary import Table
from polylect.messages.terms import Term
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.glossary import actions, queries, rights
from polylect_web.glossary.actions import Taken

NOT_YOUR_TERM = declare(
    "glossary-not-your-term",
    Severity.ERROR,
    "“{term}” is no term yet, or you would change it; only an author of the course may. Take this line out.",
)
NOT_YOUR_LANGUAGE = declare(
    "glossary-not-your-language",
    Severity.ERROR,
    "“{form}” is in a language that you do not translate into ({language}). Take this line out.",
)

_SAID = ("definition", "note", "also", "is_untranslatable")


@dataclass(frozen=True)
class Brought:
    """What came of a table. With issues nothing was taken in. `kept`: lines whose words are otherwise here."""

    taken: Taken | None = None
    issues: tuple[Issue, ...] = ()
    kept: tuple[int, ...] = ()


def bring(
    content: bytes, *, course: Course | None, language: str, by: Person | None, is_replacing: bool = False
) -> Brought:
    """Takes in a table: all of it, or nothing and an issue for each line that has to be put right.

    `language` is that of the terms of which the table does not say it. `by` None: the operator, who may everything.
    """
    table, issues = glossary.read(content, language)
    if table is None or issues:
        return Brought(issues=tuple(issues))
    refused = _refused(table, course, by) if by is not None else []
    if refused:
        return Brought(issues=tuple(refused))
    taken = actions.take_in(course=course, terms=table.terms, by=by, is_replacing=is_replacing)
    return Brought(taken, kept=tuple(sorted(table.lines[key] for key in taken.kept)))


def _refused(table: Table, course: Course | None, by: Person) -> list[Issue]:
    """Lines of a table that somebody may not bring. What says no more than is here already, anybody may."""
    here = {(term.language, term.text): term for term in queries.all_terms(course)}
    may_set_terms = rights.may_set_terms(by, course)
    issues: list[Issue] = []
    for term in table.terms:
        row = here.get((term.language, term.text))
        if not may_set_terms and (row is None or _says_more(term, row)):
            issues.append(NOT_YOUR_TERM.at(_place(table, term.language, term.text), term=term.text))
        for form in term.forms:
            if not rights.may_set_forms(by, course, form.language) and (row is None or form not in row.forms):
                place = _place(table, term.language, term.text, form.language, form.text)
                issues.append(NOT_YOUR_LANGUAGE.at(place, form=form.text, language=form.language))
    return issues


def _says_more(term: Term, here: Term) -> bool:
    values = ((getattr(term, name), getattr(here, name)) for name in _SAID)
    return any(value and value != ours for value, ours in values)


def _place(table: Table, *key: str) -> Place:
    return Place(line=table.lines[key])
