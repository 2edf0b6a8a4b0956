"""The plain-text form, by the cases in `tests/cases/exercises/plaintext.txt` and by Open edX's own converter."""

import gzip
import json
import re
from pathlib import Path

import pytest
from lxml import etree

from polylect import exercises
from polylect.exercises import plaintext

CASES = Path(__file__).parents[2] / "cases" / "exercises" / "plaintext.txt"


def read_cases() -> list[tuple[str, str, str, list[str]]]:
    """Title, text, XML and issues of each case."""
    cases = []
    for case in CASES.read_text("utf-8").split("\n===== ")[1:]:
        title, _, rest = case.partition("\n")
        text, _, rest = rest.partition("--- xml\n")
        xml, _, issues = rest.partition("--- issues\n")
        cases.append((title, text, xml, issues.split("\n")[:-1]))
    return cases


def canonical(xml: str) -> bytes:
    """The XML without what Open edX's own ways make differ: white space, empty paragraphs, the order of attributes."""
    root = etree.fromstring(xml)
    for element in list(root.iter()):
        element.text, element.tail = " ".join((element.text or "").split()), " ".join((element.tail or "").split())
        if element.tag == "p" and not len(element) and not element.text:
            element.getparent().remove(element)
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize(("title", "text", "xml", "issues"), read_cases(), ids=[case[0] for case in read_cases()])
def test_a_text_stands_for_its_xml(title: str, text: str, xml: str, issues: list[str]) -> None:
    written, found = plaintext.read(text, "unit.md")
    assert canonical(written) == canonical(xml)
    assert [f"{issue.code} at {issue.place.line}" for issue in found] == [issue for issue in issues if issue]
    assert exercises.parse(written)[0].present().is_readable


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_lines_may_end_as_on_any_system(ends: str) -> None:
    text = ">>Q<<\n(x) a\n( ) b\n\n||hint||\n"
    assert plaintext.read(text.replace("\n", ends)) == plaintext.read(text)


def test_a_text_without_a_question_is_only_read() -> None:
    xml, issues = plaintext.read("Think of both sides.\n")
    exercise, more = exercises.parse(xml)
    assert exercise.questions == ()
    assert [slot.content for slot in exercise.texts()] == ["<p>Think of both sides.</p>"]
    assert not issues
    assert not more


@pytest.mark.shared
def test_open_edx_makes_the_same_xml_of_it(shared: Path) -> None:
    different, count = [], 0
    with gzip.open(shared / "capa" / "markdown_olx.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            xml, _ = plaintext.read(pair["markdown"])
            if pair["olx_wellformed"]:
                count += 1
                if canonical(xml) != canonical(pair["olx"]):
                    different.append(pair["name"])
    assert count > 100
    assert different == []


@pytest.mark.shared
def test_what_open_edx_would_refuse_is_still_an_exercise(shared: Path) -> None:
    with gzip.open(shared / "capa" / "markdown_olx.jsonl.gz", "rt", encoding="utf-8") as lines:
        refused = [pair for pair in map(json.loads, lines) if not pair["olx_wellformed"]]
    assert refused
    for pair in refused:
        xml, _ = plaintext.read(pair["markdown"])
        assert exercises.parse(xml)[0].questions, pair["name"]
        assert not re.search(r"&(?!\w+;|#)", xml)
