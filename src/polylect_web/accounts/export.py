"""All that is known of a person, for them to take along: tables, and a ZIP file of them.

The apps above add what they know: `hook(person)` gives tables by name, appended to `hooks` in `AppConfig.ready`. The
names and columns are an interface: programs of other people read them.
"""

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from polylect_web.accounts.models import Person

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, also in a text that somebody else wrote."""


@dataclass(frozen=True)
class Table:
    """Rows of one kind. `about` is a sentence in the reader's language; `rows` asks the database anew at each call."""

    about: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[tuple[object, ...]]]


hooks: list[Callable[[Person], Mapping[str, Table]]] = []


def export(person: Person) -> dict[str, Table]:
    """Everything that is kept of this person, by the name of the table."""
    tables = dict(_own_tables(person))
    for hook in hooks:
        tables |= hook(person)
    return tables


def write_archive(file: IO[bytes], tables: Mapping[str, Table]) -> None:
    """Writes a ZIP file: all tables in one JSON file, each as CSV, and a page that says what is what."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(tables))
        with archive.open("data.json", "w") as entry:
            _write_json(entry, tables)
        for name, table in tables.items():
            with archive.open(f"tables/{name}.csv", "w") as entry:
                _write_csv(entry, table)


def _own_tables(person: Person) -> dict[str, Table]:
    profile = (person.uuid, person.username, person.email, person.name, person.is_credited, person.made_at)
    return {
        "profile": Table(
            _("Your profile: what you told about yourself, and since when you are here."),
            ("uuid", "username", "email", "name", "is_credited", "since"),
            lambda: [profile],
        ),
        "languages": Table(
            _("The languages you like to read, best first."),
            ("language",),
            lambda: person.languages.order_by("position").values_list("language"),
        ),
        "roles": Table(
            _("What you may do beyond learning; in all courses where none is named, for all languages likewise."),
            ("role", "course", "language"),
            lambda: person.roles.order_by("pk").values_list("role", "course_key", "language"),
        ),
        "sessions": Table(
            _("The browsers you are signed in with, and until when."),
            ("ends_at",),
            lambda: person.sessions.order_by("expire_date").values_list("expire_date"),
        ),
    }


def _readme(tables: Mapping[str, Table]) -> str:
    """In the reader's language. The byte order mark tells old editors that it is Unicode."""
    lines = [
        "\ufeff" + _("Everything this site keeps about you."),
        "",
        _("data.json holds all of it, for programs. The folder “tables” holds the same for a spreadsheet:"),
        "",
        *(f"tables/{name}.csv: {table.about}" for name, table in tables.items()),
        "",
        _("Times are in UTC. In the tables, a text that a spreadsheet would take for a formula begins with “'”."),
    ]
    return "\r\n".join(lines) + "\r\n"


def _write_json(entry: IO[bytes], tables: Mapping[str, Table]) -> None:
    """Row by row, as one object of lists of objects."""
    for number, (name, table) in enumerate(tables.items()):
        entry.write(f"{',' if number else '{'}\n{json.dumps(name)}: [".encode())
        for at, row in enumerate(table.rows()):
            record = dict(zip(table.columns, row, strict=True))
            text = json.dumps(record, ensure_ascii=False, cls=DjangoJSONEncoder)
            entry.write(f"{',' if at else ''}\n {text}".encode("utf-8", "backslashreplace"))
        entry.write(b"]")
    entry.write(b"\n}\n")


def _write_csv(entry: IO[bytes], table: Table) -> None:
    """With a byte order mark, without which Excel reads it in the alphabet of its machine."""
    with TextIOWrapper(entry, "utf-8-sig", "backslashreplace", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(table.columns)
        for row in table.rows():
            rows.writerow([_cell(value) for value in row])


def _cell(value: object) -> object:
    """A text that looks like a formula is marked as a text; a number that somebody typed stays a number."""
    if not isinstance(value, str) or not value.startswith(_FORMULA_STARTS):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value
