"""The examples of docs/formats are what they say."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from library.messages import builders
from polylect.issues import IssueKind
from polylect.messages import Placeholder, bundle, check, find, po, table, wikilearn, xliff
from polylect.messages.message import escape, words_of
from polylect.messages.rows import State

BOLD = Placeholder(1, "", True, "<b>")
FORMATS = Path(__file__).parents[3] / "docs" / "formats"


def examples(page: str, language: str) -> list[str]:
    text = (FORMATS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)\n```$", text, flags=re.DOTALL | re.MULTILINE)


def test_the_example_of_a_bundle_goes_out_as_it_came() -> None:
    (page,) = examples("bundle.md", "json")
    found, issues = bundle.read(page)
    assert issues == []
    assert bundle.write(found) == (page, [])


def test_every_issue_of_a_bundle_is_in_the_manual() -> None:
    codes = {kind.code for kind in vars(bundle).values() if isinstance(kind, IssueKind)}
    manual = (FORMATS / "bundle.md").read_text(encoding="utf-8")
    assert {code for code in codes if f"`{code}`" not in manual} == set()


def test_the_examples_of_a_text_are_right() -> None:
    first, second = examples("message-text.md", "text")
    page = '<p>Click <b>Save</b> to keep <a href="/x">your work</a>: \\(x\\) of it is in <code>y</code>.</p>'
    assert find(builders.text(page))[1].text == first
    assert check(first, first) == ()
    assert words_of(second) == r"Type <1> into C:\folder, and \n stays as it is."
    assert escape("<1>") == r"\<1>"


def test_the_example_of_a_catalog_is_read() -> None:
    entry, _returned = examples("po.md", "po")
    page = "<p>Hello.</p><p>Click <b>Save</b> to keep your work.</p>"
    course = builders.course(builders.text(page, code="welcome-text-1"))
    targets, issues = po.read(entry, course, "fr.po")
    assert issues == []
    assert targets.keys() == {("welcome-text-1", "html.part.2")}
    assert entry.split("msgstr")[0] in po.write(course, "fr", {})


def test_the_example_of_a_catalog_that_comes_back_says_what_it_is() -> None:
    _beside, entry = examples("po.md", "po")
    (row,) = po.read_rows(entry, "fr.po").rows
    assert (row.place, row.is_as_it_left) == ("welcome-text-1|html.part.2", False)
    assert row.key == "2f6d0c1e-8d1a-4f5b-9a51-0d4c3b7c1a10"


def test_the_example_of_xliff_goes_out_as_it_came() -> None:
    (page,) = examples("xliff.md", "xml")
    read = xliff.read(page.encode(), "fr.xlf")
    assert read.issues == ()
    (row,) = read.rows
    shown = replace(row, placeholders=(BOLD,))
    assert "".join(xliff.write(read.head, [shown])).rstrip("\n") == page


def test_the_example_of_a_table_goes_out_as_it_came() -> None:
    (page,) = examples("translations-table.md", "csv")
    read = table.read(page.encode(), "table.csv")
    assert read.issues == ()
    (row,) = read.rows
    assert (row.source, row.text) == ("Click <1>Save</1> to keep your work.", "Cliquez sur <1>Enregistrer</1>.")
    shown = replace(row, state=State.OUTDATED, made_for="Click <1>Save</1>.", placeholders=(BOLD,))
    assert "".join(table.write(read.head, [shown])).strip("\ufeff\r\n").replace("\r", "") == page


@pytest.mark.parametrize(("module", "page"), [(xliff, "xliff.md"), (table, "translations-table.md")])
def test_every_issue_of_a_form_is_in_its_manual(module: object, page: str) -> None:
    codes = {kind.code for kind in vars(module).values() if isinstance(kind, IssueKind)}
    manual = (FORMATS / page).read_text(encoding="utf-8")
    assert {code for code in codes if f"`{code}`" not in manual} == set()


def test_every_question_that_wikilearn_takes_is_in_the_manual() -> None:
    manual = (FORMATS / "wikilearn.md").read_text(encoding="utf-8")
    assert all(f"`{tag}`" in manual for tag in wikilearn.TAKEN_QUESTIONS)
