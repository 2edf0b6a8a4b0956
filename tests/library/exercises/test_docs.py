"""The pages in `docs/exercises` tell the truth: their examples run, as plain text and as XML."""

import re
from pathlib import Path

import pytest

from library.exercises.test_kinds import LINE, outcome
from polylect import exercises
from polylect.exercises import plaintext
from polylect.exercises.kinds import KINDS

PAGES = sorted((Path(__file__).parents[3] / "docs" / "exercises").glob("*.md"))


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_of_a_page_gives_the_answers_it_shows(page: Path) -> None:
    (text,), (xml,), (answers,) = (blocks(page, language) for language in ("exercise", "xml", "answers"))
    written, issues = plaintext.read(text)
    assert issues == []
    for source in (written, xml):
        exercise, issues = exercises.parse(source)
        assert issues == []
        for line in answers.splitlines():
            found = LINE.fullmatch(line)
            assert found is not None, line
            assert outcome(exercise, found["field"], found["given"], found["language"] or "en") == found["outcome"], (
                line
            )


def test_every_kind_has_its_page() -> None:
    shown = {tag for page in PAGES for xml in blocks(page, "xml") for tag in re.findall(r"<(\w+response)", xml)}
    assert shown == {kind.tag for kind in KINDS}
