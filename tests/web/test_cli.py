"""The command: what it reads, what it says, and with which exit code it ends."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from django.test import Client
from typer.core import TyperCommand, TyperGroup
from typer.testing import CliRunner, Result

from polylect_web import importing
from polylect_web.accounts.models import Person, PersonRole
from polylect_web.accounts.rights import Act, may
from polylect_web.cli import app
from polylect_web.courses.models import Course, Run, Version
from polylect_web.texts import queries as texts
from polylect_web.texts.models import Message, Target
from web.builders import person

COURSE_YAML = """org: Test
code: BRIDGES
run: "2026"
title: Bridges
language: en
sections:
  - code: part
    title: Part one
    subsections:
      - code: step
        title: First steps
        units: [units/start.md]
"""
UNIT = """---
title: Beginnings
---

Bridges join people.
"""
FRENCH = """msgid ""
msgstr "Language: fr\\n"

msgctxt "start|title"
msgid "Beginnings"
msgstr "Débuts"

msgid "Bridges join people."
msgstr "Les ponts relient les gens."
"""
BUNDLE = json.dumps(
    {
        "@metadata": {"sourceLanguage": "en"},
        "display_name": "What is a bridge?",
        "subtitle-0-2000-1": "A bridge joins",
        "subtitle-2000-4000-2": "two sides.",
    }
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course in text files, with a French translation beside it."""
    path = tmp_path / "bridges"
    for name, content in {
        "course.yaml": COURSE_YAML,
        "units/start.md": UNIT,
        "translations/fr.po": FRENCH,
    }.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content, encoding="utf-8")
    return path


def run(*arguments: object, given: str = "") -> Result:
    """What the command does with these arguments, and with what is typed when it asks."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)


def bundle(tmp_path: Path, **texts: str) -> Path:
    """A message bundle with these texts beside its metadata, or the one above."""
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(texts) if texts else BUNDLE, encoding="utf-8")
    return path


def test_checking_a_good_course_says_so(folder: Path) -> None:
    result = run("check", folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["course in text files: Bridges. Nothing is wrong."]


def test_checking_names_file_line_and_what_is_wrong(folder: Path) -> None:
    (folder / "course.yaml").write_text(COURSE_YAML.replace("start.md]", "start.md, units/gone.md]"))
    result = run("check", folder)
    assert result.exit_code == 1
    file, issue, summary = result.stdout.splitlines()
    assert file == "course.yaml"
    assert issue.startswith("  error line 12: ")
    assert "units/gone.md" in issue
    assert issue.endswith("markdown-missing-file")
    assert summary.endswith("Bridges. 1 error.")


def test_what_is_wrong_in_many_places_is_said_once(folder: Path) -> None:
    missing = ", ".join(["units/gone.md"] * 2)
    lines = [
        f"  - {{code: s{n}, title: S, subsections: [{{code: t{n}, title: T, units: [{missing}]}}]}}" for n in range(9)
    ]
    (folder / "course.yaml").write_text(COURSE_YAML + "\n".join(lines))
    _, issue, summary = run("check", folder).stdout.splitlines()
    assert issue.startswith("  error lines 13, 14, 15, 16, 17, 18 and 3 more: ")
    assert summary.endswith("18 errors.")


def test_many_warnings_of_one_kind_are_counted_in_the_end(folder: Path) -> None:
    entries = "".join(f'\nmsgid "Gone {n}."\nmsgstr "Parti {n}."\n' for n in range(23))
    (folder / "translations/fr.po").write_text(FRENCH + entries, encoding="utf-8")
    file, *issues, more, summary = run("check", folder).stdout.splitlines()
    assert (file, len(issues)) == ("translations/fr.po", 20)
    assert more == "  and 3 more of the kind po-unknown, which --json lists"
    assert summary.endswith("23 warnings.")
    assert len(json.loads(run("check", folder, "--json").stdout)["issues"]) == 23


@pytest.mark.django_db
def test_what_pages_leave_out_of_many_blocks_is_said_once(folder: Path) -> None:
    (folder / "course.yaml").write_text(COURSE_YAML.replace("start.md]", "start.md, units/second.md]"))
    for name in ("start", "second"):
        (folder / "units" / f"{name}.md").write_text(UNIT + '\n<p onclick="x()">Press.</p>\n')
    *files, heading, issue, published, _translations, _summary = run("import", folder).stdout.splitlines()
    assert (files[0], heading) == ("translations/fr.po", "What pages show")
    assert published.startswith("Published: ")
    assert re.fullmatch(r"  warning Scripts .* left out: onclick\. \(second\S*, start\S*\) clean-script", issue)


def test_checking_writes_json_for_programs(folder: Path) -> None:
    (folder / "course.yaml").write_text(COURSE_YAML + "colour: red\n")
    result = run("check", folder, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["form"], found["title"]) == (0, "course in text files", "Bridges")
    assert [(i["code"], i["severity"], i["line"]) for i in found["issues"]] == [
        ("markdown-unknown-field", "warning", 13)
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cut.tar.gz", b"\x1f\x8b\x08\x00rubbish", "files-corrupt"),
        ("cut.zip", b"PK\x03\x04rubbish", "files-corrupt"),
        ("odd.bin", b"\x00\xff\xfe", "given-not-text"),
        ("page.tar.gz", b"<html>Please sign in.</html>", "given-not-archive"),
        ("course.ZIP", b"gone", "given-not-archive"),
        ("nothing.zip", b"", "given-empty"),
        ("film.en.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello", "given-no-form"),
        ("odd.json", b'{"a": ', "bundle-json"),
        ("list.json", b"[]", "bundle-object"),
        ("deep.json", b"[" * 100_000, "bundle-json"),
        ("empty.json", b"{}", "wikilearn-empty"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_read_gets_its_sentence_and_imports_nothing(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert run("check", path).exit_code == 1
    result = run("import", path)
    assert result.exit_code == 1
    assert code in result.stdout
    assert result.stderr == f"No course can be read from “{name}”.\n"
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"course.yaml": "org: ["}, "The course does not say its organization, code and run."),
        (
            {"course.xml": '<course org="A" display_name="B"/>'},
            "The course does not say its organization, code and run.",
        ),
        ({"course.xml": '<course org="A" course="B" url_name="r1"'}, "No course can be read"),
        (
            {
                "course.xml": '<course org="A" course="B" url_name="r1"/>',
                "course/r1.xml": "<course><chapter></course>",
            },
            "No course can be read",
        ),
    ],
)
@pytest.mark.django_db
def test_a_course_is_not_published_from_what_is_left_of_its_first_file(
    tmp_path: Path, files: dict[str, str], sentence: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("import", tmp_path)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert not Course.objects.exists()


@pytest.mark.django_db
def test_a_course_without_a_name_is_named_by_whoever_imports_it(tmp_path: Path) -> None:
    (tmp_path / "course.xml").write_text('<course url_name="r1" display_name="Bridges"/>', encoding="utf-8")
    assert run("import", tmp_path).exit_code == 1
    assert run("import", tmp_path, "--run", "Test+BRIDGES+2026").exit_code == 0


def test_an_archive_that_tries_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "course.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../outside.xml", "<course/>")
    result = run("check", path)
    assert result.exit_code == 1
    assert "files-outside" in result.stdout


def test_what_is_not_there_is_said() -> None:
    result = run("check", "/nowhere/at/all")
    assert result.exit_code == 1
    assert "There is no file or folder “all”." in result.stdout


@pytest.mark.django_db
def test_importing_a_course_takes_the_translations_beside_it(folder: Path) -> None:
    result = run("import", folder)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "Published: Bridges (Test+BRIDGES+2026), version 1.",
        "Translations into fr: 2 new, 0 here already.",
        "Nothing is wrong.",
    ]
    found = Run.objects.select_related("version").get()
    assert texts.titles(found.version, "fr")["start"].text == "Débuts"


@pytest.mark.django_db
def test_importing_twice_takes_translations_once(folder: Path) -> None:
    run("import", folder)
    result = run("import", folder, "--json")
    found = json.loads(result.stdout)
    assert (found["version"], found["translations"]) == (2, {"fr": {"new": 0, "known": 2}})
    assert Target.objects.count() == 2


@pytest.mark.django_db
def test_a_new_run_of_a_known_course_asks(folder: Path) -> None:
    run("import", folder)
    result = run("import", folder, "--run", "Test+BRIDGES+2027")
    assert result.exit_code == 1
    assert "--as-new-version" in result.stderr
    assert "--separate" in result.stderr
    refused = json.loads(run("import", folder, "--run", "Test+BRIDGES+2027", "--json").stdout)
    assert "--separate" in refused["refused"]
    assert run("import", folder, "--run", "Test+BRIDGES+2027", "--as-new-version").exit_code == 0
    assert run("import", folder, "--run", "Test+BRIDGES+2028", "--separate").exit_code == 0
    assert [r.version.number for r in Run.objects.order_by("key")] == [1, 2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["--run", "nonsense"], ["--as-new-version", "--separate"]], ids=["run", "both"])
def test_a_command_that_makes_no_sense_ends_with_two(folder: Path, arguments: list[str]) -> None:
    assert run("import", folder, *arguments).exit_code == 2


@pytest.mark.django_db
def test_publishing_stops_at_an_error_and_importing_does_not(folder: Path) -> None:
    (folder / "course.yaml").write_text(COURSE_YAML.replace("start.md]", "start.md, units/gone.md]"))
    result = run("publish", folder)
    assert result.exit_code == 1
    assert "markdown-missing-file" in result.stdout
    assert not Version.objects.exists()
    assert run("import", folder).exit_code == 0
    assert Version.objects.get().issues[0]["code"] == "markdown-missing-file"


@pytest.mark.django_db
def test_translations_of_a_course_come_as_a_po_file(folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    path = tmp_path / "es.po"
    path.write_text(FRENCH.replace("Language: fr", "Language: es").replace("Débuts", "Comienzos"), encoding="utf-8")
    result = run("import", path)
    assert result.stdout.splitlines()[0] == "Translations into es: 2 new, 0 here already."
    assert texts.titles(Run.objects.select_related("version").get().version, "es")["start"].text == "Comienzos"


@pytest.mark.django_db
def test_a_po_file_without_a_course_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text(FRENCH, encoding="utf-8")
    result = run("import", path)
    assert (result.exit_code, result.stderr) == (1, "There is no course yet. Import it first.\n")


@pytest.mark.parametrize(
    ("name", "content", "options", "sentence"),
    [
        ("fr.po", 'msgid "Beginnings', [], "There is no translation in “fr.po” that can be taken."),
        ("fr.po", "", [], "There is no translation"),
        ("fr.json", "{", ["--language", "fr"], "There is no translation in “fr.json” that can be taken."),
        ("de.po", FRENCH, [], "Say which of the two languages it is in, with --language."),
    ],
)
@pytest.mark.django_db
def test_a_file_without_translations_is_refused(
    folder: Path, tmp_path: Path, name: str, content: str, options: list[str], sentence: str
) -> None:
    (folder / "translations" / "fr.po").unlink()
    run("import", folder)
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("import", tmp_path / name, *options)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert not Target.objects.exists()


@pytest.mark.django_db
def test_translations_ask_which_of_several_courses_is_meant(folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    run("import", bundle(tmp_path))
    path = tmp_path / "es.po"
    path.write_text(FRENCH.replace("Language: fr", "Language: es"), encoding="utf-8")
    assert "--run" in run("import", path).stderr
    assert run("import", path, "--run", "Test+BRIDGES+2026").exit_code == 0
    assert "Import the course first" in run("import", path, "--run", "Test+NOTHING+2026").stderr


@pytest.mark.django_db
def test_a_bundle_imports_as_a_lesson_and_its_translation_as_captions(tmp_path: Path) -> None:
    assert run("import", bundle(tmp_path)).exit_code == 0
    translated = bundle(
        tmp_path,
        **{
            "display_name": "Qu’est-ce qu’un pont ?",
            "subtitle-0-2000-1": "Un pont relie",
            "subtitle-2000-4000-2": "deux rives.",
        },
    )
    result = run("import", translated, "--language", "fr")
    assert result.exit_code == 0, result.output
    target = Target.objects.get(message__kind="caption")
    assert (target.language, target.text) == ("fr", "Un pont relie deux rives.")


@pytest.mark.django_db
def test_our_own_bundle_names_messages_by_their_uuids(folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    uuid = Message.objects.get(text="Beginnings").uuid
    result = run("import", bundle(tmp_path, **{str(uuid): "Comienzos"}), "--language", "es")
    assert result.exit_code == 0, result.output
    assert Target.objects.get(language="es").text == "Comienzos"


@pytest.mark.django_db
def test_a_bundle_for_a_course_of_many_blocks_asks_for_its_block(folder: Path, tmp_path: Path) -> None:
    (folder / "course.yaml").write_text(COURSE_YAML.replace("start.md]", "start.md, units/second.md]"))
    (folder / "units" / "second.md").write_text(UNIT.replace("Beginnings", "More"))
    run("import", folder)
    path = bundle(tmp_path, display_name="Débuts")
    assert "--block" in run("import", path, "--language", "fr").stderr
    assert "no block “gone”" in run("import", path, "--language", "fr", "--block", "gone").stderr
    assert "--language" in run("import", path, "--language", "???").stderr
    result = run("import", path, "--language", "fr", "--block", "start")
    assert result.exit_code == 0, result.output


@pytest.mark.django_db
def test_the_example_course_comes_once() -> None:
    first = importing.import_example()
    assert first is not None
    assert {language: one.issues for language, one in first.taken.items()} == {"ar": (), "es": (), "fr": ()}
    assert importing.import_example() is None


def test_looking_needs_neither_settings_nor_a_database(folder: Path) -> None:
    """So that it is quick, and works anywhere."""
    look = "import sys; from polylect_web.cli import app; app(standalone_mode=False); print('django' in sys.modules)"
    command = [sys.executable, "-c", look, "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(), cwd=folder)
    assert result.stdout.splitlines()[-1] == "False"
    command = [sys.executable, "-m", "polylect_web.cli", "check", str(folder)]
    subprocess.run(command, capture_output=True, check=True, env=environment(), cwd=folder)
    assert not (folder / "var").exists()


@pytest.mark.parametrize("command", [["up"], ["import", "bridges"]])
def test_a_setting_that_cannot_be_used_gets_its_sentence(folder: Path, command: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "polylect_web.cli", *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment() | {"POLYLECT_WORKERS": "none", "POLYLECT_DATA": str(folder.parent / "data")},
        cwd=folder.parent,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "POLYLECT_WORKERS is 'none'; it must be a whole number from 1 to 64.\n"


def environment() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.django_db
def test_what_is_wrong_with_a_translation_is_said_and_the_others_are_taken(folder: Path) -> None:
    broken = FRENCH + '\nmsgctxt "start|gone"\nmsgid "Nobody says this."\nmsgstr "Personne."\n'
    (folder / "translations" / "fr.po").write_text(broken, encoding="utf-8")
    (folder / "translations" / "es.po").write_bytes(b"\xff\xfe")
    for command in ("check", "import"):
        result = run(command, folder)
        assert "po-unknown" in result.stdout
        assert "given-not-text" in result.stdout
    assert "Translations into fr: 2 new" in result.stdout


def edit(folder: Path, before: str, after: str) -> None:
    path = folder / "units" / "start.md"
    path.write_text(path.read_text().replace(before, after))


@pytest.mark.django_db
def test_texts_that_changed_are_listed_until_their_author_says_that_it_is_cosmetic(folder: Path) -> None:
    run("import", folder)
    edit(folder, "join people", "join the people")
    run("publish", folder)
    heading, changed = run("cosmetic").stdout.splitlines()
    assert changed == "  Bridges join [+the +]people."
    assert heading.endswith("(fr)")
    assert run("cosmetic", "0" * 32).exit_code == 1
    assert run("cosmetic", heading[:8]).stdout == "1 translation stays valid.\n"
    assert run("cosmetic").stdout == "No text changed after it was translated.\n"
    assert json.loads(run("cosmetic", "--json").stdout) == []


@pytest.mark.django_db
def test_a_whole_publish_can_be_cosmetic(folder: Path) -> None:
    run("import", folder)
    edit(folder, "join people", "join the people")
    (folder / "translations" / "fr.po").unlink()
    run("publish", folder, "--cosmetic")
    assert run("cosmetic").stdout == "No text changed after it was translated.\n"


@pytest.mark.django_db
def test_a_role_is_given_and_taken_away(folder: Path) -> None:
    run("import", folder)
    ada = person("ada")
    result = run("role", "Ada", "staff", "--course", "Test+BRIDGES")
    assert (result.exit_code, result.stdout) == (0, "ada is staff of Test+BRIDGES.\n")
    assert may(Person.objects.get(pk=ada.pk), Act.SEE_HIDDEN, "Test+BRIDGES")
    assert run("role", "ada", "translator", "--language", "pt-br").stdout.splitlines() == [
        "ada is staff of Test+BRIDGES.",
        "ada is translator of every course for pt-BR.",
    ]
    assert run("role", "ada", "translator", "--language", "pt-BR", "--remove").exit_code == 0
    assert run("role", "ada", "staff", "--course", "Test+BRIDGES", "--remove").exit_code == 0
    assert run("role", "ada").stdout == "ada has no role: a learner like others.\n"
    assert not may(Person.objects.get(pk=ada.pk), Act.SEE_HIDDEN, "Test+BRIDGES")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["eve", "staff"], "Nobody has the username or email “eve”."),
        (["ada", "king"], "expected one of: operator, author, staff, reviewer, translator."),
        (["ada", "staff", "--course", "Test+GONE"], "There is no course “Test+GONE”"),
        (["ada", "staff", "--course", "Test"], "a course is named ORG+CODE"),
        (["ada", "translator", "--language", "???"], "“???” is not a language"),
        (["ada", "staff", "--remove"], "ada is not staff of every course."),
    ],
)
@pytest.mark.django_db
def test_a_role_that_cannot_be_given_changes_nothing(arguments: list[str], sentence: str) -> None:
    person("ada")
    result = run("role", *arguments)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert not PersonRole.objects.exists()


@pytest.mark.django_db
def test_somebody_who_forgot_their_password_gets_a_new_one() -> None:
    ada, browser = person("ada"), Client()
    browser.force_login(ada)
    result = run("password", "Ada", given="a plank and two ropes\n" * 2)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "ada has a new password, and is signed out everywhere."
    assert "plank" not in result.output
    assert Person.objects.get(pk=ada.pk).check_password("a plank and two ropes")
    assert browser.get("/en/account/").status_code == 302


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("eve", "a plank and two ropes\n" * 2, "Nobody has the username or email “eve”."),
        ("", "a plank and two ropes\n" * 2, "Nobody has the username or email “”."),
        ("ada", "short\n" * 2, "It must contain at least 8 characters."),
        ("ada", "password\n" * 2, "This password is too common."),
        ("ada", "a plank and two ropes\na plank\n", "do not match"),
        ("ada", "", "Aborted"),
    ],
)
@pytest.mark.django_db
def test_a_password_that_cannot_be_set_changes_nothing(name: str, given: str, sentence: str) -> None:
    ada = person("ada")
    person(None)
    result = run("password", name, given=given)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert Person.objects.get(pk=ada.pk).password == ada.password


COMMAND_NAME = re.compile(r"polylect ([a-z]+(?: [a-z]+)*)")


def commands_of(group: TyperGroup, before: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """Every command by its whole name, such as `captions check`."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands_of(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def test_the_reference_lists_every_command_and_option() -> None:
    reference = (Path(__file__).parents[2] / "docs" / "reference" / "command.md").read_text(encoding="utf-8")
    chapters = {named[1]: part for part in reference.split("## `")[1:] if (named := COMMAND_NAME.match(part))}
    commands = dict(commands_of(typer.main.get_group(app)))
    assert chapters.keys() == commands.keys()
    for name, command in commands.items():
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        assert options - {"--help"} == set(re.findall(r"\| `(--[a-z-]+)", chapters[name]))
