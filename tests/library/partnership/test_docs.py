"""The page about the definition tells the truth: its example is judged as it says."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from polylect.partnership import explained, judge, nearest, nearest_sentences, parse, parse_values

PAGE = (Path(__file__).parents[3] / "docs" / "explanation" / "partnership.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_example_is_judged_as_the_page_says() -> None:
    arrangement, issues = parse(YAML(typ="safe").load(_blocks("yaml")[0]))
    assert issues == []
    said, missing = (block.splitlines() for block in _blocks("text"))
    assert [sentence.english for sentence in explained(judge(arrangement))] == said
    assert [sentence.english for sentence in nearest_sentences(nearest(arrangement))] == missing


def test_the_values_of_the_page_can_be_read() -> None:
    values, issues = parse_values(YAML(typ="safe").load(_blocks("yaml")[1]))
    assert issues == []
    assert [value.id for value in (*values.own_investments, *values.own_gains)] == ["laptops", "seeds", "postcard"]
