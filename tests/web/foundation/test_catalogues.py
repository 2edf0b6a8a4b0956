"""Catalogues of the interface, and issues told in its languages."""

import gettext
import importlib
import io
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract
from django.conf import settings as site
from django.utils import translation
from django.utils.translation.template import templatize
from pytest_django.fixtures import Settings

import polylect
import polylect_web
from polylect.issues import Place, Severity, declare, declared_kinds
from polylect.sentences import declared_kinds as sentence_kinds
from polylect_web.foundation import catalogues, issues

PACKAGE = Path(polylect_web.__file__).parent
TOOL = PACKAGE.parents[1] / "tools" / "messages.py"
LANGUAGES = [code for code, _ in site.LANGUAGES if code != site.LANGUAGE_CODE]
CALLS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

GREETING = declare("test-greeting", Severity.NOTE, "Hello {name}, line {line}.")

SOURCE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Hello {name}, line {line}."
msgstr "Bonjour {name}, ligne {line}."

#, fuzzy
msgid "Doubtful"
msgstr "Douteux"
"""


@pytest.fixture
def source(settings: Settings, tmp_path: Path) -> Path:
    """The one catalogue there is, in French."""
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, "utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    return path


def test_a_catalogue_is_made_without_what_is_doubtful(source: Path) -> None:
    assert catalogues.compile_changed() == [source.with_suffix(".mo")]
    made = gettext.translation("django", str(source.parents[2]), ["fr"])
    assert made.gettext("Hello {name}, line {line}.") == "Bonjour {name}, ligne {line}."
    assert made.gettext("Doubtful") == "Doubtful"


def test_only_what_changed_is_made_again(source: Path) -> None:
    catalogues.compile_changed()
    assert catalogues.compile_changed() == []
    later = source.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    assert catalogues.compile_changed() == [source.with_suffix(".mo")]


def test_an_issue_is_told_in_the_language_of_the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issues, "gettext", {GREETING.sentence: "Bonjour {name}, ligne {line}."}.__getitem__)
    assert issues.sentence(GREETING.at(Place(), name="Amina", line=3)) == "Bonjour Amina, ligne 3."


@pytest.mark.parametrize("wrong", ["Bonjour {nom}", "Bonjour {", "Bonjour {}", "Bonjour {name.first}"])
def test_a_translation_that_names_unknown_things_gives_way_to_english(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setattr(issues, "gettext", lambda sentence: wrong)
    assert issues.sentence(GREETING.at(Place(), name="Amina", line=3)) == "Hello Amina, line 3."


def test_an_issue_without_a_translation_is_told_in_english() -> None:
    with translation.override("ar"):
        assert issues.sentence(GREETING.at(Place(), name="أمينة", line=3)) == "Hello أمينة, line 3."


@pytest.fixture(scope="module")
def said() -> set[tuple[str | None, str]]:
    """Every sentence of the site, with its context."""
    return said_by_code() | said_by_templates() | said_by_the_library()


def test_every_catalogue_is_whole_and_names_what_its_source_names(tmp_path: Path) -> None:
    """No gap, nothing doubtful, no placeholder or tag lost or added."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "polylect_web.settings", "POLYLECT_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, TOOL, "missing"], capture_output=True, text=True, check=False, env=env)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_everything_that_the_site_says(language: str, said: set[tuple[str | None, str]]) -> None:
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    assert said - known == set()


def said_by_code() -> set[tuple[str | None, str]]:
    return {sentence for path in PACKAGE.rglob("*.py") for sentence in sentences(path.read_bytes())}


def said_by_templates() -> set[tuple[str | None, str]]:
    templates = (PACKAGE / "templates").rglob("*.html")
    return {
        sentence
        for path in templates
        for sentence in sentences(templatize(path.read_text("utf-8"), origin=str(path)).encode("utf-8"))
    }


def said_by_the_library() -> set[tuple[str | None, str]]:
    for package in (polylect, polylect_web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".asgi"):
                importlib.import_module(module.name)
    issues = {(None, kind.sentence) for kind in declared_kinds() if not kind.code.startswith("test-")}
    return issues | {
        (kind.context or None, kind.text) for kind in sentence_kinds() if not kind.code.startswith("test-")
    }


def sentences(source: bytes) -> Iterator[tuple[str | None, str]]:
    """The sentences that a Python source gives to gettext, with their contexts."""
    for _line, found, _comments, context in extract("python", io.BytesIO(source), CALLS):
        yield context, found[0] if isinstance(found, tuple) else found
