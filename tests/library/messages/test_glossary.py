"""A glossary as a table: what is written is read back, and what is wrong gets a sentence with its line."""

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.messages import glossary
from polylect.messages.terms import Form, Standing, Term, check, find

EXAMPLE = Path(__file__).parents[3] / "examples/partnership-building"

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(lambda text: " ".join(text.split()))
NAMED = PLAIN.filter(bool)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    keys = draw(st.lists(st.tuples(st.sampled_from(["fr", "ar", "pt-BR"]), NAMED), unique=True, max_size=4))
    forms = tuple(Form(text, draw(st.sampled_from(Standing)), draw(PLAIN), tag) for tag, text in keys)
    text = draw(NAMED)
    also = draw(st.lists(NAMED.filter(lambda one: "|" not in one and one != text), unique=True, max_size=2))
    source = draw(st.sampled_from(["en", "de"]))
    return Term(text, source, draw(PLAIN), draw(st.booleans()), forms, tuple(also), draw(PLAIN))


def read(text: str) -> tuple[glossary.Table | None, list[str]]:
    table, issues = glossary.read(text.encode(), "en", "glossary.csv")
    return table, [str(issue) for issue in issues]


@given(st.lists(terms(), unique_by=lambda term: (term.language, term.text), max_size=4))
def test_what_is_written_is_read_back(given_terms: list[Term]) -> None:
    table, issues = glossary.read(glossary.write(given_terms, "en").encode(), "en")
    assert issues == []
    assert table is not None
    assert list(table.terms) == given_terms


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: f"term,form\n{text}".encode())))
def test_nothing_that_somebody_sends_breaks_the_reader(content: bytes) -> None:
    table, issues = glossary.read(content, "en")
    assert table is not None or issues
    assert all(issue.sentence for issue in issues)


def test_a_line_says_something_of_a_term_or_of_a_form() -> None:
    table, issues = read(
        "term,definition,language,form,standing,note\nside,Who takes part.,,,,a group\nside,,fr,partie,,x\n"
    )
    assert issues == []
    assert table is not None
    assert table.terms == (
        Term("side", "en", "Who takes part.", forms=(Form("partie", Standing.PREFERRED, "x", "fr"),), note="a group"),
    )
    assert table.lines == {("en", "side"): 2, ("en", "side", "fr", "partie"): 3}


def test_spreadsheets_write_tables_in_several_ways() -> None:
    text = "term;language;form\nside;FR;partie\n"
    for content in (text.encode("utf-8-sig"), text.encode("utf-16"), text.replace(";", "\t").encode()):
        table, issues = glossary.read(content, "en")
        assert issues == []
        assert table is not None
        assert table.terms[0].forms == (Form("partie", language="fr"),)


def test_a_line_that_is_not_right_is_named_and_the_others_are_read() -> None:
    lines = [
        "term,definition,untranslatable,language,form,standing,colour",
        ",What?,,,,,",
        "side,,,fr,partie,good,",
        "side,,,french language,partie,,",
        "side,,,fr,,,",
        "side,,,,partie,,",
        "side,,,en,party,,",
        "side,,perhaps,,,,",
        f"{'x' * 201},,,,,,",
        "side,One.,,,,,",
        "side,Two.,,,,,",
        "side,,,fr,partie,,",
        "side,,,fr,partie,forbidden,",
        "side,,,fr,camp,,,more",
    ]
    table, issues = read("\n".join(lines))
    assert issues == [
        "glossary.csv:1: “colour” is no column. Known are: " + ", ".join(glossary.COLUMNS) + ".",
        "glossary.csv:2: “term” is empty. Every line names the term it is about.",
        "glossary.csv:3: “good” is no standing. Write preferred, allowed or forbidden.",
        "glossary.csv:4: “french language” is no language. Write a tag such as fr or pt-BR.",
        "glossary.csv:5: “form” is empty. Write what “side” is called in the language fr.",
        "glossary.csv:6: “partie” has no language. Write a tag such as fr in the column “language”.",
        "glossary.csv:7: “party” is in the language of its term. Other spellings of a term stand in the column “also”.",
        "glossary.csv:8: “perhaps” is neither yes nor no.",
        "glossary.csv:9: “term” has 201 characters; 200 is the most.",
        "glossary.csv:11: “definition” of “side” is another one than in line 10. Leave one of them empty.",
        "glossary.csv:13: “partie” is in line 12 already, and not with the same standing and note.",
        "glossary.csv:14: There are more cells than columns. A text with a comma stands between quotation marks.",
    ]
    assert table is not None
    assert table.terms == (Term("side", "en", "One.", forms=(Form("partie", language="fr"),)),)


def test_what_is_no_table_is_said_so() -> None:
    for content, sentence in (
        (b"", "This table is empty."),
        (b"\xff\xff\xff", "This table is not in Unicode."),
        (b'term\n"open', "This is no CSV table"),
        (b"word\nside", "There is no column “term”."),
        (b"x" * (glossary.MOST_BYTES + 1), "This table has"),
    ):
        table, issues = glossary.read(content, "en")
        assert table is None
        assert issues[0].sentence.startswith(sentence)


def test_more_terms_than_there_may_be_are_left_out() -> None:
    text = "term\n" + "\n".join(f"word {number}" for number in range(glossary.MOST_TERMS + 3))
    table, issues = read(text)
    assert table is not None
    assert len(table.terms) == glossary.MOST_TERMS
    assert issues == [f"glossary.csv:{glossary.MOST_TERMS + 2}: There are more than 5000 terms. Divide the table."]


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_the_example_course_keeps_to_its_glossary(language: str) -> None:
    """And a check that knew no inflections would warn of hundreds of its sentences."""
    table, issues = glossary.read((EXAMPLE / glossary.NAME).read_bytes(), "en", glossary.NAME)
    assert issues == []
    assert table is not None
    translated = [entry for entry in polib.pofile(str(EXAMPLE / f"translations/{language}.po")) if entry.msgstr]
    hits = sum(len(find(entry.msgid, table.terms, "en")) for entry in translated)
    warnings = [one for entry in translated for one in check(entry.msgid, entry.msgstr, table.terms, "en", language)]
    assert hits > 500
    assert len(warnings) * 100 < hits, [one.sentence for one in warnings]
