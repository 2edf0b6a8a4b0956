"""The register as a table: CSV out and in, without loss.

A row is a case. Columns and values have the names of the library and of `Stage`, in every language, so that a table
from one reader is read by another. A list of values is written with spaces (`time expertise`), `nothing` is an
answer, and an empty cell was not filled in. How cells are written is `polylect.tables`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from polylect import tables
from polylect.partnership import MOST_SIDES, Arrangement, Side, parse, write
from polylect_web.foundation.issues import sentence
from polylect_web.practice.actions import Kept
from polylect_web.practice.described import LONGEST_NAME, numbered, plain
from polylect_web.practice.models import LONGEST_NOTES, LONGEST_STEP, LONGEST_TITLE, MOST_CASES, Case, Stage

MOST_BYTES = 1024 * 1024
MOST_ISSUES = 20
NAME = "partnerships.csv"
_SIDE_COLUMNS = ("name", "kind", "invests", "gains")
_CASE_COLUMNS = ("id", "title", "stage", "next_step", "next_on", "notes", "overlap", "sides")
COLUMNS = (*_CASE_COLUMNS, *(f"side_{n}_{name}" for n in range(1, MOST_SIDES + 1) for name in _SIDE_COLUMNS))
_LIMITS = {"title": LONGEST_TITLE, "next_step": LONGEST_STEP, "notes": LONGEST_NOTES}
Row = tuple[UUID | None, Kept]


@dataclass(frozen=True)
class Read:
    """The rows of a table; or none, and what is to be put right, each with its line."""

    rows: tuple[Row, ...] = ()
    issues: tuple[str, ...] = ()


def to_text(cases: Iterable[Case]) -> str:
    """The table of these cases."""
    rows = (_cells(case) for case in cases)
    return tables.written([COLUMNS, *([cells.get(column, "") for column in COLUMNS] for cells in rows)])


def read(content: bytes) -> Read:
    """Reads a table that somebody chose. Rows are given only if nothing in any of them is wrong."""
    if len(content) > MOST_BYTES:
        return Read(issues=(_("This file is larger than 1 MB. Divide the table into several."),))
    try:
        lines = tables.read(content)
    except tables.NotUnicode:
        return Read(issues=(_("This file is not in Unicode. Save the table as “CSV UTF-8”."),))
    except tables.NotCsv:
        return Read(issues=(_("This file is no CSV table. Save the table as “CSV UTF-8”."),))
    if not lines:
        return Read(issues=(_("This file is empty. Its first line names the columns, as in a table from here."),))
    (_first, heading), *rest = lines
    columns = [name.strip().lower() for name in heading]
    issues = list(_issues_of_columns(columns))
    if issues:
        return Read(issues=tuple(issues))
    return _rows(columns, rest)


def _cells(case: Case) -> dict[str, str]:
    arrangement = numbered(case.described)
    data = write(arrangement)
    cells = {
        "id": str(case.uuid),
        "title": case.title,
        "stage": case.stage,
        "next_step": case.next_step,
        "next_on": case.next_on.isoformat() if case.next_on else "",
        "notes": case.notes,
        "overlap": data.get("overlap", ""),
        "sides": str(len(data["sides"])),
    }
    for number, side in enumerate(data["sides"], 1):
        for name in _SIDE_COLUMNS:
            value = side.get(name, "")
            cells[f"side_{number}_{name}"] = " ".join(value) if isinstance(value, list) else value
    return cells


def _issues_of_columns(columns: list[str]) -> Iterator[str]:
    if "title" not in columns:
        yield _say(_("Line 1: there is no column “title”. The columns are named in the first line."))
    for name in dict.fromkeys(columns):
        if name and name not in COLUMNS:
            yield _say(_("Line 1: “{name}” is no column. Known are: {known}."), name=name, known=", ".join(COLUMNS))
        elif name and columns.count(name) > 1:
            yield _say(_("Line 1: the column “{name}” is there twice."), name=name)


def _rows(columns: list[str], lines: list[tuple[int, list[str]]]) -> Read:
    rows: list[Row] = []
    issues: list[str] = []
    if len(lines) > MOST_CASES:
        issues.append(_say(_("There are {count} rows here; {most} is the most."), count=len(lines), most=MOST_CASES))
    seen: dict[UUID, int] = {}
    for line, cells in lines[:MOST_CASES]:
        reader = _RowReader(line)
        row = reader.row(columns, cells)
        uuid = row[0]
        if uuid and seen.setdefault(uuid, line) != line:
            reader.tell(_("the id is that of line {other}, too. Empty one of them."), other=seen[uuid])
        issues += reader.issues
        rows.append(row)
        if len(issues) >= MOST_ISSUES:
            break
    return Read(issues=tuple(issues[:MOST_ISSUES])) if issues else Read(tuple(rows))


class _RowReader:
    """Reads a row, and collects what is wrong with it."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.issues: list[str] = []

    def tell(self, text: str, **params: object) -> None:
        self.issues.append(_say(_("Line {line}: {issue}"), line=self.line, issue=_say(text, **params)))

    def row(self, columns: list[str], given: list[str]) -> Row:
        if len(given) > len(columns) and any(cell.strip() for cell in given[len(columns) :]):
            self.tell(_("there are more cells than columns. A text with a comma stands between quotation marks."))
        cells = {name: tables.unmarked(cell) for name, cell in zip(columns, given, strict=False) if name}
        kept = Kept(
            title=self.text("title", cells),
            arrangement=self.arrangement(cells),
            stage=self.stage(cells),
            next_step=self.text("next_step", cells),
            next_on=self.date(cells),
            notes=self.notes(cells),
        )
        if not kept.title:
            self.tell(_("“title” is empty. Every case has a title."))
        return self.uuid(cells), kept

    def text(self, column: str, cells: Mapping[str, str]) -> str:
        text = plain(cells.get(column, ""), 10_000)
        self.check_length(column, text)
        return text

    def notes(self, cells: Mapping[str, str]) -> str:
        notes = several_lines(cells.get("notes", ""))
        self.check_length("notes", notes)
        return notes

    def check_length(self, column: str, text: str) -> None:
        if len(text) > (most := _LIMITS[column]):
            self.tell(
                _("“{column}” has {count} characters; {most} is the most."), column=column, count=len(text), most=most
            )

    def uuid(self, cells: Mapping[str, str]) -> UUID | None:
        given = cells.get("id", "").strip()
        try:
            return UUID(given) if given else None
        except ValueError:
            self.tell(_("the id “{value}” is none of ours. Leave it empty for a new case."), value=plain(given, 60))
            return None

    def stage(self, cells: Mapping[str, str]) -> Stage:
        given = cells.get("stage", "").strip().lower()
        try:
            return Stage(given) if given else Stage.IDEA
        except ValueError:
            known = ", ".join(Stage.values)
            self.tell(_("“{value}” is no stage. Known are: {known}."), value=plain(given, 60), known=known)
            return Stage.IDEA

    def date(self, cells: Mapping[str, str]) -> date | None:
        given = cells.get("next_on", "").strip()
        try:
            return date.fromisoformat(given) if given else None
        except ValueError:
            self.tell(_("“{value}” is no date. Write year, month and day, as in 2027-01-31."), value=plain(given, 60))
            return None

    def arrangement(self, cells: Mapping[str, str]) -> Arrangement:
        sides, least = [], self.count(cells)
        for number in range(1, MOST_SIDES + 1):
            told = {name: cells.get(f"side_{number}_{name}", "").strip() for name in _SIDE_COLUMNS}
            if any(told.values()) or number <= least:
                sides.append(self.side(number, told))
        overlap = {"overlap": cells.get("overlap", "").strip()}
        arrangement, issues = parse({"sides": [{"id": "side-1"}]} | overlap)
        for issue in issues:
            self.tell("{issue}", issue=sentence(issue))
        return numbered(Arrangement(tuple(sides), arrangement.overlap))

    def count(self, cells: Mapping[str, str]) -> int:
        """How many sides there are at least: of some nothing may have been said."""
        given = cells.get("sides", "").strip()
        if not given:
            return 0
        if given not in [str(number) for number in range(MOST_SIDES + 1)]:
            self.tell(
                _("“sides” is “{value}”; it is a number from 0 to {most}."), value=plain(given, 60), most=MOST_SIDES
            )
            return 0
        return int(given)

    def side(self, number: int, told: dict[str, str]) -> Side:
        data: dict[str, object] = {
            "id": f"side-{number}",
            "name": plain(told["name"], 10_000),
            "kind": told["kind"].lower(),
            "invests": told["invests"].lower().replace(",", " ").split(),
            "gains": told["gains"].lower().replace(",", " ").split(),
        }
        if len(str(data["name"])) > LONGEST_NAME:
            text = _("“{column}” has {count} characters; {most} is the most.")
            self.tell(text, column=f"side_{number}_name", count=len(str(data["name"])), most=LONGEST_NAME)
        arrangement, issues = parse({"sides": [data]})
        for issue in issues:
            said = _say(_("Side {number}: {issue}"), number=number, issue=sentence(issue))
            self.tell("{issue}", issue=said)
        return arrangement.sides[0]


def several_lines(text: str) -> str:
    """A text of several lines, each without signs that no page can hold, ended as everywhere here."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_line(line) for line in lines).strip()


def _line(text: str) -> str:
    return "".join(sign for sign in text.replace("\t", " ") if unicodedata.category(sign) not in ("Cc", "Cs"))


def _say(text: str, **params: object) -> str:
    """The sentence with its parameters; whatever stands in a parameter stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda found: str(params.get(found[1], found[0])), text)
