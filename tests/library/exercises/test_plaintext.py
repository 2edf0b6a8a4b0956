"""The plain-text form, by the cases in `tests/cases/exercises/plaintext.txt` and by Open edX's own converter."""

import re
from pathlib import Path

import markdown_pairs
import pytest

from library.hostile.bounds import at_most
from polylect import exercises
from polylect.exercises import plaintext
from polylect.exercises.plaintext import folded
from polylect.issues import Severity

CASES = Path(__file__).parents[2] / "cases" / "exercises" / "plaintext.txt"
PAGE = Path(__file__).parents[3] / "docs" / "formats" / "exercises.md"
EXAMPLE = re.compile(r"^```exercise\n(.*?)^```\n\n```xml\n(.*?)^```", re.DOTALL | re.MULTILINE)
TANGLES = [
    ">>", "<<", "{{", "}}", "{{\n", "}} {{\n", "[[", "]]", "[[\n", "[[(,", "[[a,(b)]] ", "[explanation]", "[code]",
    "[explanation]\n(", "||", "||a||\n", "(", "(x) a\n", "(x) &\n", "[x] {{selected: {", "{{((", "= ", "=\n", "or=\n",
    "= 1\nor= ", "= {{", "= a {{x:: ", "{{((a))", "{{((a))}}\n", " ", "\n", "\n \n", "---\n", "a\n---\n",
    "==\n", "<pre>", "<script>", "<b>", "<label>", "x\n<p>", "a & b\n",
]  # fmt: skip
"""What makes a search go on and on, when it is repeated."""


def read_cases() -> list[tuple[str, str, str, list[str]]]:
    """Title, text, XML and issues of each case."""
    cases = []
    for case in CASES.read_text("utf-8").split("\n===== ")[1:]:
        title, _, rest = case.partition("\n")
        text, _, rest = rest.partition("--- xml\n")
        xml, _, issues = rest.partition("--- issues\n")
        cases.append((title, text, xml, issues.split("\n")[:-1]))
    return cases


@pytest.mark.parametrize(("title", "text", "xml", "issues"), read_cases(), ids=[case[0] for case in read_cases()])
def test_a_text_stands_for_its_xml(title: str, text: str, xml: str, issues: list[str]) -> None:
    written, found = plaintext.read(text, "unit.md")
    assert folded(written) == folded(xml)
    assert [f"{issue.code} at {issue.place.line}" for issue in found] == [issue for issue in issues if issue]
    assert exercises.parse(written)[0].present().is_readable


@pytest.mark.parametrize(("text", "xml"), EXAMPLE.findall(PAGE.read_text("utf-8")))
def test_the_page_about_the_form_tells_the_truth(text: str, xml: str) -> None:
    written, issues = plaintext.read(text)
    assert issues == []
    assert folded(written) == folded(xml)
    assert folded(plaintext.read(text, like_open_edx=True)[0]) == folded(xml)
    again, issues = plaintext.write(exercises.parse(xml)[0])
    assert issues == []
    assert folded(plaintext.read(again or "")[0]) == folded(xml)


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


@pytest.mark.parametrize(
    ("text", "found", "line"),
    [
        ("(x) a\n( ) Bread & butter", "Bread & butter", 2),
        (">>Q<<\n<div>\n<img src='a.png'>\n</div>\n= 5", "<img src='a.png'>", 3),
        ('= "quoted"', '"quoted"', 1),
        ("= 5\n||a < b||", "a < b", 2),
        ("[code]\na < b\n[code]", "a < b", 2),
        ("a\n\0b", "U+0000", 2),
    ],
)
def test_what_is_no_xml_is_refused_like_open_edx_does_with_what_and_where(text: str, found: str, line: int) -> None:
    xml, issues = plaintext.read(text, "unit.md", like_open_edx=True)
    assert xml == ""
    assert [(issue.code, issue.severity) for issue in issues] == [("exercise-refused", Severity.ERROR)]
    assert issues[0].params["found"] == found
    assert (issues[0].place.file, issues[0].place.line) == ("unit.md", line)


def test_text_outside_of_tags_is_lost_only_like_open_edx_loses_it() -> None:
    text = "<b>Think</b> twice.\n= 5\n"
    assert "twice" in plaintext.read(text)[0]
    assert "twice" not in plaintext.read(text, like_open_edx=True)[0]


@pytest.mark.parametrize(
    ("text", "lost"),
    [("=\n\nNext.\n= 5", "Next."), ("= 5\nor=\nNext.", "Next."), ("{{Why?}}\n[x] a", "Why?")],
)
def test_what_the_converter_loses_is_kept_for_our_authors(text: str, lost: str) -> None:
    assert lost in plaintext.read(text)[0]
    assert lost not in plaintext.read(text, like_open_edx=True)[0]


@pytest.mark.parametrize("unit", TANGLES)
def test_a_long_text_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    with at_most(10):  # under 3 s on a slow core
        plaintext.read(text)
        plaintext.read(f"{text}\n= 5\n{text}")


@pytest.mark.shared
def test_open_edx_makes_the_same_xml_of_it(shared: Path) -> None:
    rows = list(markdown_pairs.rows(shared / "capa" / "markdown_olx.jsonl.gz"))
    assert len(rows) > 200
    assert markdown_pairs.agreement(rows) == (len(rows), len(rows), [])


@pytest.mark.shared
def test_what_open_edx_would_refuse_is_an_exercise_all_the_same(shared: Path) -> None:
    for row in markdown_pairs.rows(shared / "capa" / "markdown_olx.jsonl.gz"):
        if not row["olx_wellformed"]:
            assert exercises.parse(plaintext.read(row["markdown"])[0])[0].questions, row["name"]
