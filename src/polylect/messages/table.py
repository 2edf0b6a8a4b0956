"""Translations of a course as a table: CSV in UTF-8 (RFC 4180), for spreadsheets.

The first line names the columns: `key`, `place`, `kind`, `source (LANGUAGE)`, `target (LANGUAGE)`, `state`, `note`,
`made_for`, `cuts`, `base`. Only `target` is needed, and `key`, `place` or `source` to find what it translates. How
cells are written is `polylect.tables`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from polylect import languages, tables
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages.rows import Head, Read, Row, State, notes, numbers, parse_base, parse_numbers, warnings

COLUMNS = ("key", "place", "kind", "source", "target", "state", "note", "made_for", "cuts", "base")

_FINDERS = ("key", "place", "source")
_HEADING = re.compile(r"\s*(?P<name>[a-z_]+)\s*(?:\(\s*(?P<language>[^)]*?)\s*\))?\s*", re.IGNORECASE)

NOT_UNICODE = declare("table-encoding", Severity.ERROR, "This table is not in Unicode. Save it as “CSV UTF-8”.")
NOT_A_TABLE = declare(
    "table-unreadable",
    Severity.ERROR,
    "This is no CSV table: a quotation mark is open, or stands within a text. Save the table as “CSV UTF-8”.",
)
EMPTY = declare(
    "table-empty", Severity.ERROR, "The table is empty. Its first line names the columns, such as key and target."
)
NO_COLUMN = declare(
    "table-column",
    Severity.ERROR,
    "The table has no column “{column}”. Its first line names the columns, as in a table from here: {expected}.",
)
COLUMN_TWICE = declare(
    "table-column-twice", Severity.ERROR, "The table has two columns “{column}”. Take one of them out."
)
TOO_LONG_ROW = declare(
    "table-row-long",
    Severity.WARNING,
    "This line has {count} cells, and the first line names {expected} columns. It is left out: put texts with "
    "delimiters in quotes.",
)


def write(head: Head, rows: Iterable[Row]) -> Iterator[str]:
    """The table, piece by piece, its first with the mark that tells spreadsheets that it is Unicode."""
    headings = {"source": head.source_language, "target": head.language}
    named = [f"{name} ({headings[name]})" if headings.get(name) else name for name in COLUMNS]
    yield tables.BEGINNING + tables.line(named)
    for row in rows:
        yield tables.line(_cells(row))


def read(content: bytes, file: str) -> Read:
    """The rows of a table. Its language stands in its heading, or else in its name (`course.fr.csv`)."""
    try:
        lines = tables.read(content)
    except tables.NotUnicode:
        return Read(Head(), issues=(NOT_UNICODE.at(Place(file)),))
    except tables.NotCsv:
        return Read(Head(), issues=(NOT_A_TABLE.at(Place(file)),))
    if not lines:
        return Read(Head(), issues=(EMPTY.at(Place(file)),))
    (_first, heading), *rest = lines
    columns = [_name(cell) for cell in heading]
    head = _head(heading, columns, file)
    if wrong := _wrong_columns(columns, Place(file, 1)):
        return Read(head, issues=tuple(wrong))
    rows: list[Row] = []
    issues: list[Issue] = []
    for line, cells in rest:
        if len(cells) > len(columns):
            issues.append(TOO_LONG_ROW.at(Place(file, line), count=len(cells), expected=len(columns)))
            continue
        named = dict(zip(columns, map(tables.unmarked, cells), strict=False))
        rows.append(_row(named, line))
    return Read(head, tuple(rows), tuple(issues))


def _cells(row: Row) -> list[str]:
    return [
        row.key,
        row.place,
        row.kind.value,
        row.source,
        row.text,
        row.state.value,
        "\n".join([*warnings(row), *notes(row)]),
        row.made_for if row.state is State.OUTDATED else "",
        numbers(row.cuts or ()),
        str(row.base) if row.base else "",
    ]


def _name(heading: str) -> str:
    found = _HEADING.fullmatch(heading)
    return found["name"].lower() if found else heading.strip().lower()


def _head(heading: Sequence[str], columns: Sequence[str], file: str) -> Head:
    said: dict[str, str] = {}
    for column, cell in zip(columns, heading, strict=True):
        found = _HEADING.fullmatch(cell)
        said[column] = languages.canonical(found["language"] or "") or "" if found else ""
    in_name = languages.canonical(PurePosixPath(file).stem.rpartition(".")[2]) or ""
    return Head("", said.get("source", ""), said.get("target", "") or in_name)


def _wrong_columns(columns: Sequence[str], place: Place) -> list[Issue]:
    expected = ", ".join(COLUMNS)
    twice = [name for name in COLUMNS if columns.count(name) > 1]
    if twice:
        return [COLUMN_TWICE.at(place, column=twice[0])]
    if "target" not in columns:
        return [NO_COLUMN.at(place, column="target", expected=expected)]
    if not any(name in columns for name in _FINDERS):
        return [NO_COLUMN.at(place, column="key", expected=expected)]
    return []


def _row(cells: dict[str, str], line: int) -> Row:
    row = Row(
        key=cells.get("key", "").strip(),
        place=cells.get("place", "").strip(),
        source=cells.get("source", ""),
        text=cells.get("target", ""),
        cuts=parse_numbers(cells["cuts"]) if "cuts" in cells else None,
        base=parse_base(cells.get("base", "")),
        line=line,
    )
    is_outdated = cells.get("state", "").strip().lower() == State.OUTDATED.value
    return _outdated(row, cells.get("made_for", "")) if is_outdated else row


def _outdated(row: Row, made_for: str) -> Row:
    """A row that says that its translation is outdated. One whose text was changed was made for the source beside it:
    nobody who works in a table changes the word."""
    if row.base is not None and not row.is_as_it_left:
        return row
    return replace(row, made_for=made_for, is_unsure=not made_for)
