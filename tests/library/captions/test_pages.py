"""The pages about caption formats: their examples run, and every issue is explained with its severity."""

import re
from pathlib import Path

import pytest

from polylect.captions import compose, sjson, srt, webvtt  # noqa: F401  importing them declares their issues
from polylect.issues import declared_kinds

PAGES = Path(__file__).parents[3] / "docs" / "formats"
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
    explained = re.findall(r"^\| `([\w-]+)` \| (\w+) \|", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE)
    declared = [(kind.code, kind.severity.value) for kind in declared_kinds() if kind.code.startswith(prefixes)]
    assert sorted(explained) == sorted(declared)
