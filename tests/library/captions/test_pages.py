"""The pages about caption formats: their examples run, and every issue is explained with its severity."""

import re
from pathlib import Path

import pytest

from polylect.captions import (  # noqa: F401  importing them declares their issues
    checking,
    compose,
    fit,
    forms,
    sjson,
    srt,
    webvtt,
)
from polylect.issues import declared_kinds

PAGES = Path(__file__).parents[3] / "docs" / "formats"
HOWTO = PAGES.parent / "howto"
PREFIXES = {"webvtt.md": ("vtt-", "cues-"), "srt.md": ("srt-", "captions-"), "sjson.md": ("sjson-", "captions-")}


@pytest.mark.parametrize("page", PREFIXES)
def test_the_examples_of_a_page_run(page: str) -> None:
    written = (PAGES / page).read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", written, re.DOTALL | re.MULTILINE)
    assert examples
    for example in examples:
        exec(compile(example, page, "exec"), {})


@pytest.mark.parametrize(("page", "prefixes"), PREFIXES.items())
def test_a_page_explains_every_issue(page: str, prefixes: tuple[str, ...]) -> None:
    assert_explained(PAGES / page, prefixes)


def test_the_manual_explains_every_issue_of_the_command() -> None:
    assert_explained(HOWTO / "captions.md", ("cue-", "form-", "convert-"))


def test_the_manual_for_translators_quotes_the_budget_as_it_is_said() -> None:
    page = (HOWTO / "translate-captions.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)[1:]
    assert quoted
    said = [
        fit.fit("Oui.", (), [(0, 3000)], "fr"),
        fit.fit("a" * 79, (), [(0, 3200)], "fr"),
        fit.fit("a " + "b" * 30, (2,), [(0, 2000), (2000, 3200)], "fr"),
        fit.fit("a" * 50, (), [(0, 7000)], "fr"),
        fit.fit("Non.", (4,), [(0, 1000), (1000, 4000)], "fr"),
    ]
    assert quoted == [one.sentence.english for one in said]


def assert_explained(page: Path, prefixes: tuple[str, ...]) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    explained = [row for row in rows if row[0].startswith(prefixes)]
    declared = [(kind.code, kind.severity.value) for kind in declared_kinds() if kind.code.startswith(prefixes)]
    assert sorted(explained) == sorted(declared)
