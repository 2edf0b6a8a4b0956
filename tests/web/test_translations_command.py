"""`polylect translations`: files out, files in, what it says, and with which exit code it ends."""

import csv
import json
from pathlib import Path

import pytest

from polylect_web.courses.models import Run
from polylect_web.texts.models import Target, TranslationUnit
from web.builders import course, message, person, publish, translate
from web.test_cli import run

pytestmark = pytest.mark.django_db

BRIDGES = "Bridges join people."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def published() -> Run:
    return publish()


def export(*arguments: object) -> None:
    assert run("translations", "export", "Test+Bridges", "fr", *arguments).exit_code == 0


def change(name: str, wording: dict[str, str]) -> None:
    """Translates these source texts in a table."""
    path = Path(name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        row[4] = wording.get(row[3], row[4])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def current(published: Run, source: str = BRIDGES) -> str:
    return TranslationUnit.objects.get(message=message(published, source), language="fr").current.text


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "Test+Bridges.fr.po"),
        (["--as", "xliff"], "Test+Bridges.fr.xlf"),
        (["--as", "csv"], "Test+Bridges.fr.csv"),
        (["--as", "bundle"], "Test+Bridges.fr.json"),
        (["words.xliff"], "words.xliff"),
    ],
)
def test_a_file_to_begin_a_translation_with_is_written(published: Run, arguments: list[str], name: str) -> None:
    export(*arguments)
    assert Path(name).stat().st_size
    result = run("translations", "import", "Test+Bridges", name, "--dry-run")
    assert result.exit_code == 0
    assert "taken" not in result.stdout


def test_a_file_goes_out_is_changed_and_comes_back(published: Run) -> None:
    export("work.fr.csv")
    change("work.fr.csv", {BRIDGES: "Ponts.", "Beginnings": "Débuts"})
    result = run("translations", "import", "Test+Bridges+2026", "work.fr.csv", "--by", person("ada").username)
    assert (result.exit_code, "2 taken" in result.stdout) == (0, True)
    assert (current(published), current(published, "Beginnings")) == ("Ponts.", "Débuts")
    assert Target.objects.get(text="Ponts.").person.username == "ada"
    assert "2 here already" in run("translations", "import", "Test+Bridges", "work.fr.csv").stdout


def test_conflicts_are_shown_one_by_one_and_nothing_is_overwritten(published: Run) -> None:
    export("work.fr.csv")
    translate(published, "fr", {BRIDGES: "Les beaux ponts."})
    change("work.fr.csv", {BRIDGES: "Ponts."})
    dry = run("translations", "import", "Test+Bridges", "work.fr.csv", "--dry-run", "--json")
    (conflict,) = json.loads(dry.stdout)["conflicts"]
    assert (conflict["source"], conflict["here"], conflict["file"]) == (BRIDGES, "Les beaux ponts.", "Ponts.")
    assert not Target.objects.filter(text="Ponts.").exists()
    said = run("translations", "import", "Test+Bridges", "work.fr.csv").stdout
    for words in ("intro|html", f"source {BRIDGES}", "here Les beaux ponts.", "file Ponts.", "1 kept as a suggestion"):
        assert words in said
    assert current(published) == "Les beaux ponts."
    assert Target.objects.get(text="Ponts.").is_suggestion


def test_what_is_wrong_is_said_with_its_line(published: Run) -> None:
    Path("fr.csv").write_text(f"source,target\n{BRIDGES},Ponts <1>\nNothing,Rien\n", "utf-8")
    result = run("translations", "import", "Test+Bridges", "fr.csv")
    assert "line 2: <1> is not in the source" in result.stdout
    assert "line 3: The course has no text “Nothing”." in result.stdout
    assert "1 refused" in result.stdout


def test_only_what_was_asked_for_is_written(published: Run) -> None:
    translate(published, "fr", {BRIDGES: "Ponts."})
    result = run("translations", "export", "Test+Bridges", "fr", "--only", "translated", "--json")
    assert json.loads(result.stdout) == {
        "file": "Test+Bridges.fr.po",
        "form": "po",
        "texts": 1,
        "translated": 1,
        "issues": [],
    }
    result = run("translations", "export", "Test+Bridges", "fr", "-", "--without-answers", "--as", "csv")
    assert BRIDGES in result.stdout
    assert "Yes, with steel in it." not in result.stdout


def test_approved_says_so_of_what_is_taken(published: Run) -> None:
    Path("fr.csv").write_text(f"source,target\n{BRIDGES},Ponts.\n", "utf-8")
    run("translations", "import", "Test+Bridges", "fr.csv", "--approved")
    assert Target.objects.get(text="Ponts.").reviews.get().verdict == "approved"


def test_a_file_that_is_there_is_not_written_over(published: Run) -> None:
    Path("work.po").write_text("my work", "utf-8")
    refused = run("translations", "export", "Test+Bridges", "fr", "work.po")
    assert (refused.exit_code, Path("work.po").read_text("utf-8")) == (1, "my work")
    assert "--replace" in refused.stderr
    assert run("translations", "export", "Test+Bridges", "fr", "work.po", "--replace").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "Test+Roads", "fr"], "There is no course “Test+Roads”. There are: Test+Bridges+2026."),
        (["export", "Test+Bridges", "!"], "“!” is not a language"),
        (["export", "Test+Bridges", "fr", "--as", "doc"], "“doc” is not a form; expected one of: po, xliff, csv"),
        (["export", "Test+Bridges", "fr", "--only", "new"], "“new” is not a state; expected one of: missing"),
        (["export", "Test+Bridges", "fr", "no/folder.po"], "cannot be written: No such file or directory."),
        (["import", "Test+Bridges", "none.po"], "“none.po” cannot be read: No such file or directory."),
        (["import", "Test+Bridges", "fr.csv", "--language", "es"], "says that it is in fr, not in es"),
        (["import", "Test+Bridges", "table.csv"], "does not say which language it is in"),
        (["import", "Test+Bridges", "fr.csv", "--by", "nobody"], "Nobody has the username or email “nobody”"),
        (["import", "Test+Bridges", "en.csv"], "The course itself is in en"),
        (["import", "Test+Bridges", "en-XA.csv"], "“en-XA” is made up from the source"),
        (["import", "Test+Bridges", "words.doc"], "Nothing can be read from “words.doc”."),
    ],
)
def test_what_cannot_be_done_is_said(published: Run, arguments: list[str], words: str) -> None:
    for name in ("fr.csv", "table.csv", "en.csv", "en-XA.csv", "words.doc"):
        Path(name).write_text("source,target\nBridges,Ponts\n", "utf-8")
    result = run("translations", *arguments)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_name_of_two_courses_is_not_enough(published: Run) -> None:
    from polylect.keys import RunKey
    from polylect_web.courses.actions import Into
    from polylect_web.texts import actions as texts

    texts.publish(course(key=RunKey("Test", "Bridges", "2027")), into=Into.SEPARATE)
    refused = run("translations", "export", "Test+Bridges", "fr")
    assert (refused.exit_code, "Several courses are called Test+Bridges" in refused.stderr) == (1, True)
    assert run("translations", "export", "Test+Bridges+2027", "fr").exit_code == 0
