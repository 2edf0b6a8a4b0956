"""Tables as CSV (RFC 4180), as spreadsheets write and read them.

Departures: a byte order mark, UTF-16, `;` and tabs between cells are read too, for spreadsheets write them. A text that
a spreadsheet would take for a formula begins with “'” in a file, and so does one that begins with such a mark and a
sign; reading takes one mark away. So every text comes back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

BEGINNING = "\ufeff"
"""The byte order mark, which tells spreadsheets that a file is Unicode."""
LONGEST_CELL = 2**20
"""In characters; spreadsheets hold 32,767."""
csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))  # Python knows one limit, for the whole process

_DELIMITERS = (",", ";", "\t")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class NotUnicode(ValueError):
    """The bytes are no text in Unicode."""


class NotCsv(ValueError):
    """The text is no table: a quotation mark is open, or stands where none may."""


def written(rows: Iterable[Sequence[str]]) -> str:
    """The rows as a file."""
    return BEGINNING + "".join(line(row) for row in rows)


def line(row: Sequence[str]) -> str:
    """One row, with the end of its line. A file of such begins with `BEGINNING`."""
    file = io.StringIO(newline="")
    csv.writer(file).writerow([marked(cell) for cell in row])
    return file.getvalue()


def read(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with the line on which it begins, marks still on.

    Raises NotUnicode and NotCsv.
    """
    try:
        text = content.decode("utf-16" if content[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUnicode from error
    try:
        return list(_rows(text))
    except csv.Error as error:
        raise NotCsv from error


def marked(text: str) -> str:
    """With a mark where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unmarked(text: str) -> str:
    """Without the mark that `marked` gave."""
    return text[1:] if _MARKED.match(text) else text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for row in rows:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = rows.line_num + 1
