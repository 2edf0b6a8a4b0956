"""Changes of the glossary. Each is one transaction, leaves a row for everything that it changed, and raises the
counter of its course."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import F

from polylect.messages import terms as library
from polylect.messages.folding import folded_words
from polylect.messages.glossary import Key, Table
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.foundation.database import write
from polylect_web.glossary.models import EVERY_COURSE, Glossary, Term, TermChange, TermForm
from polylect_web.glossary.queries import revision_of

T = TypeVar("T")

_IN_A_SLICE = 20
"""Terms taken in by one transaction, so that others need not wait long."""


class Exists(Exception):
    """There is such a term already, in the same course."""

    def __init__(self, term: Term) -> None:
        super().__init__(str(term))
        self.term = term


class ChangedMeanwhile(Exception):
    """Somebody has changed it since it was read, or removed it."""


@dataclass
class Taken:
    """What became of a table that was brought: how many terms and forms are new, were changed, or removed, and which
    were kept as they are here though the table has them otherwise."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    kept: list[Key] = field(default_factory=list)


def add_term(*, course: Course | None, given: library.Term, by: Person | None) -> Term:
    """Adds a term, without forms. One that was removed comes back. Raises Exists."""
    with write():
        change = _Change(course, by)
        term = _called(course, given)
        if term is not None and not term.is_removed:
            raise Exists(term)
        term = _put_term(term, given, change)
        change.save()
    return term


def change_term(*, term: Term, given: library.Term, revision: int, by: Person | None) -> Term:
    """Changes what a term is and means. Raises Exists and ChangedMeanwhile.

    The former text of one that is renamed counts as removed, so that the file of the course does not bring it back.
    """
    with write():
        change = _Change(term.course, by)
        now = _present(term)
        if revision_of(now) != revision:
            raise ChangedMeanwhile
        former = (now.language, now.text)
        other = _called(term.course, given)
        if other is not None and other.pk != now.pk:
            if not other.is_removed:
                raise Exists(other)
            Term.objects.filter(pk=other.pk).update(text=str(other.uuid))  # makes room, until it has the former text
        _put_term(now, given, change)
        change.save()
        if (now.language, now.text) != former:
            other = other or Term(course=term.course, is_removed=True)
            other.language, other.text = former
            other.save()
    return now


def remove_term(*, term: Term, by: Person | None) -> None:
    """Removes a term with all its forms. Adding it again brings them back."""
    with write():
        change = _Change(term.course, by)
        now = _present(term)
        change.set(now, "is_removed", True)
        change.save()


def set_forms(*, term: Term, language: str, forms: Sequence[library.Form], revision: int, by: Person | None) -> None:
    """Says what a term is called in a language: these forms, in this order, and no others. Raises ChangedMeanwhile."""
    with write():
        change = _Change(term.course, by)
        now = _present(term)
        if revision_of(now, language) != revision:
            raise ChangedMeanwhile
        rows = {row.text: row for row in now.forms.filter(language=language)}
        for position, form in enumerate(forms):
            _put_form(now, rows.get(form.text), language, form, change, position)
        for text in rows.keys() - {form.text for form in forms}:
            change.set(rows[text], "is_removed", True)
        change.save()


def take_in(*, course: Course | None, terms: Sequence[library.Term], by: Person | None, is_replacing: bool) -> Taken:
    """Takes in a table that somebody brings. What is here in other words stays and is counted as kept, unless
    `is_replacing`; nothing is ever removed, and what is empty in the table changes nothing.

    A large table is taken in slices; brought again after a failure, it is taken to its end.
    """
    taken = Taken()
    for some in _slices(terms):
        with write():
            change = _Change(course, by)
            _Brought(change, taken, some, lambda row: is_replacing or row.is_removed).take(some)
            change.save()
    return taken


def take_from_course(*, course: Course, table: Table, is_whole: bool, by: Person | None) -> Taken:
    """Takes in the file of a course. It changes only what a file brought and no person has changed since; what it no
    longer has goes, if `is_whole` (every line of it could be read)."""
    taken = Taken()
    for some in _slices(table.terms):
        with write():
            change = _Change(course, by, is_file=True)
            _Brought(change, taken, some, lambda row: row.is_from_file).take(some)
            change.save()
    for gone in _slices(_terms_with_others(course, table.lines) if is_whole else []):
        with write():
            change = _Change(course, by, is_file=True)
            taken.removed += _remove_others(gone, table.lines, change)
            change.save()
    return taken


class _Change:
    """The rows that say what one person changes in one course; nobody else changes its terms until the transaction
    ends."""

    def __init__(self, course: Course | None, by: Person | None, *, is_file: bool = False) -> None:
        self.course = course
        self.by = by
        self.is_file = is_file
        self._rows: list[TermChange] = []
        self._new_terms: list[Term] = []
        self._new_forms: list[TermForm] = []
        self._changed: dict[int, Term | TermForm] = {}
        self._number = course.pk if course else EVERY_COURSE
        Glossary.objects.get_or_create(of=self._number)
        Glossary.objects.select_for_update().get(of=self._number)

    def note(self, row: Term | TermForm, name: str, before: object, after: object) -> None:
        term, form = (row, None) if isinstance(row, Term) else (row.term, row)
        self._rows.append(
            TermChange(
                term=term,
                language=form.language if form else "",
                form=form.text if form else "",
                field=name,
                before=_text(before),
                after=_text(after),
                person=self.by,
                is_by_file=self.is_file,
            )
        )

    def add(self, row: Term | TermForm) -> None:
        """A row that is new."""
        row.is_from_file = self.is_file
        if isinstance(row, Term):
            self._new_terms.append(row)
            self.note(row, "text", "", row.text)
        else:
            self._new_forms.append(row)
            self.note(row, "standing", "", row.standing)

    def set(self, row: Term | TermForm, name: str, value: object) -> None:
        """Changes a field, if it is another value. Whoever changes a row makes it theirs."""
        before = getattr(row, name)
        if before == value:
            return
        setattr(row, name, value)
        row.is_from_file = self.is_file
        self.touch(row)
        if name == "is_removed" and isinstance(row, TermForm):
            self.note(row, "standing", *(("", row.standing) if before else (row.standing, "")))
        else:
            self.note(row, name, before, value)

    def touch(self, row: Term | TermForm) -> None:
        """A row that is to be saved, with what nobody needs to know of."""
        self._changed[id(row)] = row

    def save(self) -> None:
        """Writes everything, and raises the counter, if something changed."""
        Term.objects.bulk_create(self._new_terms)
        TermForm.objects.bulk_create(self._new_forms)
        for row in self._changed.values():
            row.save()
        if self._rows:
            TermChange.objects.bulk_create(self._rows)
            Glossary.objects.filter(of=self._number).update(count=F("count") + 1)


class _Brought:
    """A slice of a table while it is taken in, beside what is here of the same terms."""

    def __init__(
        self,
        change: _Change,
        taken: Taken,
        terms: Sequence[library.Term],
        may_change: Callable[[Term | TermForm], bool],
    ) -> None:
        self._change, self._taken, self._may_change = change, taken, may_change
        rows = Term.objects.filter(course=change.course, text__in={term.text for term in terms})
        self._terms = {(row.language, row.text): row for row in rows}
        forms = TermForm.objects.filter(term__in=[row.pk for row in self._terms.values()]).select_related("term")
        self._forms = {(form.term.language, form.term.text, form.language, form.text): form for form in forms}

    def take(self, terms: Iterable[library.Term]) -> None:
        for given in terms:
            key = (given.language, given.text)
            row = self._terms.get(key)
            said = given if self._change.is_file else _filled(row, given)
            if row is None or self._may_be(row, said, key):
                self._count(row)
                row = self._terms[key] = _put_term(row, said, self._change)
            if not row.is_removed:
                self._take_forms(row, given.forms)

    def _take_forms(self, term: Term, forms: Iterable[library.Form]) -> None:
        for position, form in enumerate(forms):
            key = (term.language, term.text, form.language, form.text)
            row = self._forms.get(key)
            if row is None or self._may_be(row, form, key):
                self._count(row)
                _put_form(term, row, form.language, form, self._change, position)

    def _may_be(self, row: Term | TermForm, given: library.Term | library.Form, key: Key) -> bool:
        """Whether what is here is to be made as the table has it. What differs and may not be is noted."""
        values = _values_of(given)
        if not row.is_removed and all(getattr(row, name) == value for name, value in values.items()):
            return False
        may_change = self._may_change(row)
        if not may_change and not row.is_removed:
            self._taken.kept.append(key)
        return may_change

    def _count(self, row: Term | TermForm | None) -> None:
        if row is None or row.is_removed:
            self._taken.new += 1
        else:
            self._taken.changed += 1


def _slices(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[at : at + _IN_A_SLICE] for at in range(0, len(things), _IN_A_SLICE))


def _terms_with_others(course: Course, named: Collection[Key]) -> list[int]:
    """The terms of which, or of whose forms, a file brought something that it does not name any more."""
    terms = Term.objects.filter(course=course, is_removed=False, is_from_file=True)
    found = {pk for pk, *key in terms.values_list("pk", "language", "text") if tuple(key) not in named}
    forms = TermForm.objects.filter(term__course=course, is_removed=False, is_from_file=True)
    keys = forms.values_list("term_id", "term__language", "term__text", "language", "text")
    return sorted(found | {pk for pk, *key in keys if tuple(key) not in named})


def _remove_others(term_ids: Collection[int], named: Collection[Key], change: _Change) -> int:
    """Removes of these terms what a file brought and does not name any more, unless a person has changed it or a form
    of it; how many rows that are."""
    count = 0
    terms = Term.objects.filter(pk__in=term_ids, is_removed=False).prefetch_related("forms")
    for term in terms:
        key = (term.language, term.text)
        forms = [form for form in term.forms.all() if not form.is_removed]
        gone = [form for form in forms if form.is_from_file and (*key, form.language, form.text) not in named]
        rows: list[Term | TermForm] = [*gone]
        if key not in named and term.is_from_file and all(form.is_from_file for form in forms):
            rows.append(term)
        for row in rows:
            change.set(row, "is_removed", True)
        count += len(rows)
    return count


def _called(course: Course | None, given: library.Term) -> Term | None:
    """The term of this text, removed or not."""
    return Term.objects.filter(course=course, language=given.language, text=given.text).first()


def _present(term: Term) -> Term:
    """The row as it is now."""
    now = Term.objects.filter(pk=term.pk, is_removed=False).first()
    if now is None:
        raise ChangedMeanwhile
    return now


def _put_term(row: Term | None, given: library.Term, change: _Change) -> Term:
    """Makes the row of a term say what is given, or makes one."""
    if row is None:
        row = Term(course=change.course, **_values_of(given))
        row.searched = _searched(row)
        change.add(row)
        return row
    change.set(row, "is_removed", False)
    for name, value in _values_of(given).items():
        change.set(row, name, value)
    row.searched = _searched(row)
    return row


def _put_form(
    term: Term, row: TermForm | None, language: str, form: library.Form, change: _Change, position: int
) -> None:
    """Makes the row of a form say what is given, or makes one."""
    if row is None:
        row = TermForm(term=term, language=language, text=form.text, position=position, **_values_of(form))
        row.searched = folded_words(f"{form.text} {form.note}")
        change.add(row)
        return
    change.set(row, "is_removed", False)
    for name, value in _values_of(form).items():
        change.set(row, name, value)
    row.position, row.searched = position, folded_words(f"{row.text} {row.note}")
    change.touch(row)


def _values_of(given: library.Term | library.Form) -> dict[str, object]:
    """The columns that hold what is given."""
    if isinstance(given, library.Form):
        return {"standing": given.standing.value, "note": given.note}
    return {
        "text": given.text,
        "language": given.language,
        "definition": given.definition,
        "note": given.note,
        "is_untranslatable": given.is_untranslatable,
        "also": "\n".join(given.also),
    }


def _filled(row: Term | None, given: library.Term) -> library.Term:
    """What is given, and what is here where that says nothing."""
    if row is None or row.is_removed:
        return given
    return library.Term(
        given.text,
        given.language,
        given.definition or row.definition,
        given.is_untranslatable or row.is_untranslatable,
        also=given.also or row.spellings,
        note=given.note or row.note,
    )


def _searched(row: Term) -> str:
    return folded_words("\n".join((row.text, row.also, row.definition, row.note)))


def _text(value: object) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else str(value)
