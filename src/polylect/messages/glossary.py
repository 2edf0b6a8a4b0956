"""A glossary as a table (CSV), for spreadsheets and for the folder of a course.

    term,definition,untranslatable,language,form,standing,note,also,source
    volunteering,Work that is given for nothing.,,,,,,,
    volunteering,,,fr,bénévolat,preferred,,,
    volunteering,,,fr,volontariat,forbidden,often a paid status,,

A row without a language is about the term, one with a language about one of its forms; `note` goes with what the row is
about. All columns but `term` may be missing, and stand in any order. `standing` is `preferred` (so is an empty cell),
`allowed` or `forbidden`, `untranslatable` is `yes` or empty, `also` holds other spellings of the term with `|` between
them, `source` the language of the term where that is not the course's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from polylect import languages, tables
from polylect.issues import Issue, IssueKind, Place, Severity, declare
from polylect.messages.message import without_controls
from polylect.messages.terms import Form, Standing, Term

NAME = "glossary.csv"
COLUMNS = ("term", "definition", "untranslatable", "language", "form", "standing", "note", "also", "source")
MOST_BYTES = 4 * 2**20
MOST_TERMS = 5000
LONGEST_TERM = 200
LONGEST_TEXT = 2000
"""Of a definition or a note."""
LONGEST_ALSO = 1000
"""Of all other spellings of a term, with the signs between them."""

TOO_LARGE = declare("glossary-too-large", Severity.WARNING, "This table has {size} bytes; {limit} is the most.")
TOO_MANY = declare("glossary-too-many", Severity.WARNING, "There are more than {limit} terms. Divide the table.")
NOT_UNICODE = declare("glossary-not-unicode", Severity.WARNING, "This table is not in Unicode. Save it as “CSV UTF-8”.")
NOT_CSV = declare(
    "glossary-not-csv",
    Severity.WARNING,
    "This is no CSV table: a quotation mark is open, or stands within a text. Save the table as “CSV UTF-8”.",
)
EMPTY = declare("glossary-empty", Severity.WARNING, "This table is empty. Its first line names the columns: {columns}.")
NO_COLUMN = declare(
    "glossary-no-column", Severity.WARNING, "There is no column “{name}”. The first line names the columns: {columns}."
)
OTHER_COLUMN = declare("glossary-other-column", Severity.WARNING, "“{name}” is no column. Known are: {columns}.")
COLUMN_TWICE = declare("glossary-column-twice", Severity.WARNING, "The column “{name}” is there twice.")
MORE_CELLS = declare(
    "glossary-more-cells",
    Severity.WARNING,
    "There are more cells than columns. A text with a comma stands between quotation marks.",
)
NO_TERM = declare("glossary-no-term", Severity.WARNING, "“term” is empty. Every line names the term it is about.")
TOO_LONG = declare("glossary-too-long", Severity.WARNING, "“{name}” has {count} characters; {limit} is the most.")
NOT_A_LANGUAGE = declare(
    "glossary-language", Severity.WARNING, "“{value}” is no language. Write a tag such as fr or pt-BR."
)
OWN_LANGUAGE = declare(
    "glossary-own-language",
    Severity.WARNING,
    "“{form}” is in the language of its term. Other spellings of a term stand in the column “also”.",
)
NO_LANGUAGE = declare(
    "glossary-no-language",
    Severity.WARNING,
    "“{form}” has no language. Write a tag such as fr in the column “language”.",
)
NO_FORM = declare(
    "glossary-no-form", Severity.WARNING, "“form” is empty. Write what “{term}” is called in the language {language}."
)
NOT_A_STANDING = declare(
    "glossary-standing", Severity.WARNING, "“{value}” is no standing. Write preferred, allowed or forbidden."
)
NOT_YES = declare("glossary-untranslatable", Severity.WARNING, "“{value}” is neither yes nor no.")
DIFFERENT = declare(
    "glossary-different",
    Severity.WARNING,
    "“{name}” of “{term}” is another one than in line {other}. Leave one of them empty.",
)
FORM_TWICE = declare(
    "glossary-form-twice",
    Severity.WARNING,
    "“{form}” is in line {other} already, and not with the same standing and note.",
)

_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"", "no", "false", "0"})

Key = tuple[str, ...]
"""What a line is about: language and text of a term, and language and text of a form of it."""


@dataclass(frozen=True)
class Table:
    """The terms of a table, with their forms in every language, in its order. `lines`: where each was named first."""

    terms: tuple[Term, ...] = ()
    lines: Mapping[Key, int] = field(default_factory=dict)


def write(terms: Iterable[Term], language: str = "") -> str:
    """The table of these terms. `language`: the one of most of them, which is not written."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for term in terms:
        source = "" if term.language == language else term.language
        yes = "yes" if term.is_untranslatable else ""
        rows.append((term.text, term.definition, yes, "", "", "", term.note, "|".join(term.also), source))
        rows += [
            (term.text, "", "", form.language, form.text, form.standing.value, form.note, "", source)
            for form in term.forms
        ]
    return tables.written(rows)


def read(content: bytes, language: str, file: str = "") -> tuple[Table | None, list[Issue]]:
    """Reads a table; None where it is none. A line that is not right is left out, and an issue says why.

    `language` is that of the terms of which nothing else is said.
    """
    if len(content) > MOST_BYTES:
        return None, [TOO_LARGE.at(Place(file), size=len(content), limit=MOST_BYTES)]
    try:
        rows = tables.read(content)
    except tables.NotUnicode:
        return None, [NOT_UNICODE.at(Place(file))]
    except tables.NotCsv:
        return None, [NOT_CSV.at(Place(file))]
    if not rows:
        return None, [EMPTY.at(Place(file), columns=", ".join(COLUMNS))]
    (line, heading), *rest = rows
    names = [name.strip().lower() for name in heading]
    issues = _issues_of(names, Place(file, line))
    if "term" not in names:
        return None, issues
    reading = _Reading(language, file, issues)
    for line, cells in rest:
        reading.row(line, names, cells)
    return Table(tuple(reading.terms.values()), reading.lines), issues


def _issues_of(names: list[str], place: Place) -> list[Issue]:
    columns = ", ".join(COLUMNS)
    issues = [] if "term" in names else [NO_COLUMN.at(place, name="term", columns=columns)]
    for name in dict.fromkeys(filter(None, names)):
        if name not in COLUMNS:
            issues.append(OTHER_COLUMN.at(place, name=name[:60], columns=columns))
        elif names.count(name) > 1:
            issues.append(COLUMN_TWICE.at(place, name=name))
    return issues


@dataclass
class _Reading:
    """What was read so far."""

    language: str
    file: str
    issues: list[Issue]
    terms: dict[Key, Term] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)
    line: int = 0

    def tell(self, kind: IssueKind, **params: object) -> None:
        self.issues.append(kind.at(Place(self.file, self.line), **params))

    def row(self, line: int, names: list[str], given: list[str]) -> None:
        """Takes in a line, or says what is wrong with it."""
        self.line = line
        told = len(self.issues)
        if any(cell.strip() for cell in given[len(names) :]):
            self.tell(MORE_CELLS)
        cells = {name: _plain(cell) for name, cell in zip(names, given, strict=False) if name in COLUMNS}
        term, form = self._term(cells), self._form(cells)
        if len(self.issues) > told:
            return
        key = (term.language, term.text)
        if key not in self.terms and len(self.terms) == MOST_TERMS:
            if TOO_MANY not in [issue.kind for issue in self.issues]:
                self.tell(TOO_MANY, limit=MOST_TERMS)
            return
        merged = self._merged(self.terms.get(key), term, key)
        if form and merged:
            merged = self._with_form(merged, form, key)
        if merged:
            self.terms[key] = merged
            self.lines.setdefault(key, line)

    def _term(self, cells: Mapping[str, str]) -> Term:
        text = self._short(cells, "term", LONGEST_TERM)
        if not cells.get("term"):
            self.tell(NO_TERM)
        is_about_form = bool(cells.get("language") or cells.get("form"))
        yes = cells.get("untranslatable", "").lower()
        if yes not in _YES | _NO:
            self.tell(NOT_YES, value=yes[:60])
        spellings = (one.strip() for one in self._short(cells, "also", LONGEST_ALSO).split("|"))
        return Term(
            text,
            self._tag(cells.get("source", "")) or self.language,
            self._short(cells, "definition", LONGEST_TEXT),
            yes in _YES,
            also=tuple(dict.fromkeys(one for one in spellings if one and one != text)),
            note="" if is_about_form else self._short(cells, "note", LONGEST_TEXT),
        )

    def _form(self, cells: Mapping[str, str]) -> Form | None:
        text, language = self._short(cells, "form", LONGEST_TERM), self._tag(cells.get("language", ""))
        standing = cells.get("standing", "").lower()
        if standing not in ("", *(one.value for one in Standing)):
            self.tell(NOT_A_STANDING, value=standing[:60])
            return None
        if not text and not cells.get("language"):
            return None
        if not text:
            self.tell(NO_FORM, term=cells.get("term", "")[:60], language=language)
        elif not cells.get("language"):
            self.tell(NO_LANGUAGE, form=text)
        elif language == (self._tag(cells.get("source", "")) or self.language):
            self.tell(OWN_LANGUAGE, form=text)
        return Form(text, Standing(standing or "preferred"), self._short(cells, "note", LONGEST_TEXT), language)

    def _merged(self, before: Term | None, term: Term, key: Key) -> Term | None:
        """What two lines say of a term; None where they do not agree."""
        if before is None:
            return term
        for name in ("definition", "note", "also"):
            ours, theirs = getattr(before, name), getattr(term, name)
            if ours and theirs and ours != theirs:
                self.tell(DIFFERENT, name=name, term=term.text, other=self.lines[key])
                return None
        return replace(
            before,
            definition=before.definition or term.definition,
            note=before.note or term.note,
            also=before.also or term.also,
            is_untranslatable=before.is_untranslatable or term.is_untranslatable,
        )

    def _with_form(self, term: Term, form: Form, key: Key) -> Term | None:
        at = (*key, form.language, form.text)
        same = next((one for one in term.forms if (one.language, one.text) == at[2:]), None)
        if same is None:
            self.lines[at] = self.line
            return replace(term, forms=(*term.forms, form))
        if same != form:
            self.tell(FORM_TWICE, form=form.text, other=self.lines[at])
            return None
        return term

    def _short(self, cells: Mapping[str, str], name: str, limit: int) -> str:
        text = cells.get(name, "")
        if len(text) > limit:
            self.tell(TOO_LONG, name=name, count=len(text), limit=limit)
            return ""
        return text

    def _tag(self, given: str) -> str:
        tag = languages.canonical(given) if given else ""
        if tag is None:
            self.tell(NOT_A_LANGUAGE, value=given[:60])
        return tag or ""


def _plain(cell: str) -> str:
    """A cell as one line of text."""
    return " ".join(without_controls(tables.unmarked(cell)).split())
