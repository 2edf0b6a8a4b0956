"""The pages in `docs/exercises` tell the truth: their examples run, as plain text and as XML."""

import re
from pathlib import Path

import pytest

from library.exercises.test_kinds import outcome
from polylect import exercises
from polylect.exercises import Runner, plaintext
from polylect.exercises.kinds import KINDS

PAGES = sorted((Path(__file__).parents[3] / "docs" / "exercises").glob("*.md"))


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_of_a_page_gives_the_answers_it_shows(page: Path, runner: Runner) -> None:
    """Each example of XML is followed by its answers; what can be written as plain text comes first, and means the
    same."""
    texts, xmls, answers = (blocks(page, language) for language in ("exercise", "xml", "answers"))
    written = [plaintext.read(text) for text in texts]
    assert [issue for _, issues in written for issue in issues] == []
    assert len(xmls) == len(answers) >= max(1, len(texts))
    for source, lines in [*zip([xml for xml, _ in written], answers, strict=False), *zip(xmls, answers, strict=True)]:
        exercise, issues = exercises.parse(source)
        assert issues == []
        for line in lines.splitlines():
            assert outcome(exercise, line, runner) == line


def test_every_kind_has_its_page() -> None:
    shown = {tag for page in PAGES for xml in blocks(page, "xml") for tag in re.findall(r"<(\w+response)", xml)}
    assert shown == {kind.tag for kind in KINDS}
