"""Catalogues of the interface, and issues told in its languages."""

import gettext
import os
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from polylect.issues import Place, Severity, declare
from polylect_web.foundation import catalogues, issues

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
