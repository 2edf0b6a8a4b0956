"""Real courses go out in every exchange form and come back as they were."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from polylect import olx
from polylect.course.files import open_folder
from polylect.course.tree import Course, Library
from polylect.messages import exchange, find_all, wikilearn
from polylect.messages.exchange import Form
from polylect.messages.merging import Outcome, Standing, Translation, counts, merge
from polylect.messages.message import check
from polylect.messages.rows import Head, Row, State, base_of, comparable, place_of

pytestmark = pytest.mark.shared

COURSES = ("demo-content-library", "demo-course", "kitchen-sink", "supported-components")


def rows_of(course: Course | Library) -> list[Row]:
    """Every text of a course, each second translated by itself, with cuts where it is long."""
    rows = []
    for number, (code, message) in enumerate(find_all(course)):
        text = message.text if number % 2 else ""
        cuts = (10, 20) if len(text) > 40 else ()
        row = Row(
            key=str(uuid5(NAMESPACE_URL, f"{code}|{message.role}")),
            place=place_of(code, message.role),
            source=message.text,
            text=text,
            cuts=cuts,
            base=base_of(text, cuts),
            state=State.TRANSLATED if text else State.MISSING,
            kind=message.kind,
            note=message.note,
            reveals=message.reveals,
            optional=message.optional,
            placeholders=message.placeholders,
        )
        rows.append(row)
    return rows


def standings_of(rows: list[Row]) -> list[Standing]:
    return [
        Standing(
            row.key,
            row.place,
            row.source,
            row.kind,
            Translation(row.text, row.source, row.cuts or ()) if row.text else None,
            holds=bool(row.text),
        )
        for row in rows
    ]


def come_back(course: Course | Library) -> None:
    rows = rows_of(course)
    head = Head("Org+Code", "en", "fr")
    assert rows
    assert not any(check(row.source, row.text, kind=row.kind) for row in rows if row.text)
    for form in Form:
        written = "".join(exchange.write(form, head, rows))
        read = exchange.read(written.encode(), exchange.name_of(head, form))
        assert read.issues == ()
        texts = {row.key: row.text for row in read.rows if row.text}
        assert texts == {row.key: row.text for row in rows if row.text}
        if form is not Form.BUNDLE:
            assert [comparable(row.source) for row in read.rows] == [comparable(row.source) for row in rows]
        merged = merge(read.rows, standings_of(rows))
        assert set(counts(merged)) <= {Outcome.EMPTY, Outcome.UNCHANGED, Outcome.SAME}


@pytest.mark.parametrize("name", COURSES)
def test_an_export_goes_out_and_comes_back(shared: Path, name: str) -> None:
    with open_folder(shared / "courses" / f"{name}.tar.gz") as folder:
        course, _issues = olx.read(folder)
    come_back(course)


def test_the_bundle_of_the_wiki_goes_out_and_comes_back(shared: Path) -> None:
    path = shared / "bundles" / "what-is-a-partnership.json"
    course, _issues = wikilearn.course_from_bundle(path.read_text(encoding="utf-8"), path.name)
    assert course is not None
    come_back(course)
