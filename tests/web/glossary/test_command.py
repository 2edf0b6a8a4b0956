"""`polylect glossary`: terms out and in, for the operator."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polylect_web.cli import app
from polylect_web.glossary import queries
from web.builders import publish
from web.glossary.words import COURSE, add, called, say

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["glossary", *arguments], terminal_width=200)


def test_what_was_written_is_taken_in_elsewhere(tmp_path: Path) -> None:
    course = publish().course
    say(add(course, "arch", "A curve."), "arc")
    written = run("export", "--course", COURSE)
    assert written.exit_code == 0
    (tmp_path / "terms.csv").write_text(written.stdout, newline="")
    taken = run("import", str(tmp_path / "terms.csv"))
    assert taken.stdout == "Glossary: 2 new, 0 changed, 0 kept as they are here.\n"
    assert queries.all_terms(None) == queries.all_terms(course)


def test_what_is_here_stays_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    term = add(publish().course, "arch", "A curve.")
    say(term, "arc")
    file = tmp_path / "terms.csv"
    file.write_text("term,definition,language,form,standing\narch,A bow.,,,\narch,,fr,arc,forbidden\n")
    kept = run("import", str(file), "--course", COURSE)
    assert kept.stdout.splitlines() == [
        "Glossary: 0 new, 0 changed, 2 kept as they are here.",
        "The table says something else in line 2, 3.",
    ]
    assert called(term) == [("arc", "preferred")]
    replaced = run("import", str(file), "--course", COURSE, "--replace", "--json")
    assert json.loads(replaced.stdout) == {"new": 0, "changed": 2, "kept": []}
    assert called(term) == [("arc", "forbidden")]


def test_what_cannot_be_taken_in_is_told_with_its_line(tmp_path: Path) -> None:
    publish()
    file = tmp_path / "terms.csv"
    file.write_text("term,standing\narch,good\n")
    told = run("import", str(file), "--course", COURSE)
    assert told.exit_code == 1
    assert "line 2: “good” is no standing. Write preferred, allowed or forbidden." in told.stdout
    assert "Nothing was taken in." in told.stderr
    assert run("import", str(tmp_path / "none.csv")).exit_code == 1
    assert "There is no course “No+Such”." in run("export", "--course", "No+Such").stderr
    assert queries.all_terms(None) == ()
