"""Changes of the glossary. Each is one transaction, leaves a row for everything that it changed, and raises the
counter of its course."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from polylect.messages import terms as library
from polylect.messages.folding import folded_words
from polylect.messages.glossary import Key, Table
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.foundation.database import write
from polylect_web.glossary.models import EVERY_COURSE, Glossary, Term, TermChange, TermForm
from polylect_web.glossary.queries import revision_of


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
        if (now.language, now.text) != former:
            other = other or Term(course=term.course, is_removed=True)
            other.language, other.text = former
            other.save()
        change.save()
    return now


def remove_term(*, term: Term, by: Person | None) -> None:
    """Removes a term with all its forms. Adding it again brings them back."""
    with write():
        change = _Change(term.course, by)
        now = _present(term)
        _set(now, "is_removed", True, change)
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
            _set(rows[text], "is_removed", True, change)
        change.save()


def take_in(*, course: Course | None, terms: Iterable[library.Term], by: Person | None, is_replacing: bool) -> Taken:
    """Takes in a table that somebody brings. What is here in other words stays and is counted as kept, unless
    `is_replacing`; nothing is ever removed, and what is empty in the table changes nothing."""
    with write():
        brought = _Brought(course, by, is_file=False, may_change=lambda row: is_replacing or row.is_removed)
        for term in terms:
            brought.take(term)
        brought.change.save()
    return brought.taken


def take_from_course(*, course: Course, table: Table, is_whole: bool, by: Person | None) -> Taken:
    """Takes in the file of a course. It changes only what a file brought and no person has changed since; what it no
    longer has goes, if `is_whole` (every line of it could be read)."""
    with write():
        brought = _Brought(course, by, is_file=True, may_change=lambda row: row.is_from_file)
        for term in table.terms:
            brought.take(term)
        if is_whole:
            brought.remove_others(set(table.lines))
        brought.change.save()
    return brought.taken


class _Change:
    """The rows that say what one person changes in one course; nobody else changes its terms until the transaction
    ends."""

    def __init__(self, course: Course | None, by: Person | None, *, is_file: bool = False) -> None:
        self.course = course
        self.by = by
        self.is_file = is_file
        self.rows: list[TermChange] = []
        self._number = course.pk if course else EVERY_COURSE
        Glossary.objects.get_or_create(of=self._number)
        Glossary.objects.select_for_update().get(of=self._number)

    def note(self, row: Term | TermForm, name: str, before: object, after: object) -> None:
        term, form = (row, None) if isinstance(row, Term) else (row.term, row)
        self.rows.append(
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

    def save(self) -> None:
        """Writes the rows, and raises the counter, if there are any."""
        if self.rows:
            TermChange.objects.bulk_create(self.rows)
            Glossary.objects.filter(of=self._number).update(count=F("count") + 1)


class _Brought:
    """A table while it is taken in."""

    def __init__(
        self,
        course: Course | None,
        by: Person | None,
        *,
        is_file: bool,
        may_change: Callable[[Term | TermForm], bool],
    ) -> None:
        self.change = _Change(course, by, is_file=is_file)
        self.taken = Taken()
        self._may_change = may_change
        rows = Term.objects.filter(course=course).order_by("pk")
        self._terms = {(row.language, row.text): row for row in rows}
        forms = TermForm.objects.filter(term__course=course).select_related("term")
        self._forms = {(form.term.language, form.term.text, form.language, form.text): form for form in forms}

    def take(self, given: library.Term) -> None:
        key = (given.language, given.text)
        row = self._terms.get(key)
        said = given if self.change.is_file else _filled(row, given)
        if row is None or self._may_be(row, said, key):
            self._count(row)
            row = self._terms[key] = _put_term(row, said, self.change)
        if row.is_removed:
            return
        for position, form in enumerate(given.forms):
            self._take_form(row, form, position)

    def remove_others(self, named: Collection[Key]) -> None:
        """Removes what a file brought, unless it is named, or a person has changed it or a form of it."""
        for key, form in self._forms.items():
            if key not in named and form.is_from_file and not form.is_removed:
                _set(form, "is_removed", True, self.change)
                self.taken.removed += 1
        touched = {form.term_id for form in self._forms.values() if not form.is_from_file and not form.is_removed}
        for at, term in self._terms.items():
            if at not in named and term.pk not in touched and term.is_from_file and not term.is_removed:
                _set(term, "is_removed", True, self.change)
                self.taken.removed += 1

    def _take_form(self, term: Term, form: library.Form, position: int) -> None:
        key = (term.language, term.text, form.language, form.text)
        row = self._forms.get(key)
        if row is None or self._may_be(row, form, key):
            self._count(row)
            self._forms[key] = _put_form(term, row, form.language, form, self.change, position)

    def _may_be(self, row: Term | TermForm, given: library.Term | library.Form, key: Key) -> bool:
        """Whether what is here is to be made as the table has it. What differs and may not be is noted."""
        values = _values_of(given)
        if not row.is_removed and all(getattr(row, name) == value for name, value in values.items()):
            return False
        may_change = self._may_change(row)
        if not may_change and not row.is_removed:
            self.taken.kept.append(key)
        return may_change

    def _count(self, row: Term | TermForm | None) -> None:
        if row is None or row.is_removed:
            self.taken.new += 1
        else:
            self.taken.changed += 1


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
        row = Term(course=change.course, language=given.language, text=given.text, is_from_file=change.is_file)
        row.searched = _searched(row)
        row.save()
        change.note(row, "text", "", given.text)
    for name, value in _values_of(given).items():
        _set(row, name, value, change)
    _set(row, "is_removed", False, change)
    searched = _searched(row)
    if searched != row.searched:
        row.searched = searched
        row.save(update_fields=["searched"])
    return row


def _put_form(
    term: Term, row: TermForm | None, language: str, form: library.Form, change: _Change, position: int
) -> TermForm:
    """Makes the row of a form say what is given, or makes one."""
    if row is None:
        row = TermForm(
            term=term,
            language=language,
            text=form.text,
            standing=form.standing.value,
            note=form.note,
            position=position,
            searched=folded_words(f"{form.text} {form.note}"),
            is_from_file=change.is_file,
        )
        row.save()
        change.note(row, "standing", "", row.standing)
        return row
    _set(row, "is_removed", False, change)
    for name, value in _values_of(form).items():
        _set(row, name, value, change)
    searched = folded_words(f"{row.text} {row.note}")
    if (row.position, row.searched) != (position, searched):
        row.position, row.searched = position, searched
        row.save(update_fields=["position", "searched"])
    return row


def _set(row: Term | TermForm, name: str, value: object, change: _Change) -> None:
    """Changes a field, and notes it, if it is another value. Whoever changes a row makes it theirs."""
    before = getattr(row, name)
    if before == value:
        return
    setattr(row, name, value)
    row.is_from_file = change.is_file
    row.save()
    if name == "is_removed" and isinstance(row, TermForm):
        change.note(row, "standing", *(("", row.standing) if before else (row.standing, "")))
    else:
        change.note(row, name, before, value)


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
