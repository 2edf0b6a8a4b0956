"""Arrangements as plain data: read as far as possible, and given back equal."""

import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from library.partnership.strategies import arrangements
from polylect.issues import Place
from polylect.partnership import (
    MOST_SIDES,
    Arrangement,
    Overlap,
    Side,
    SideKind,
    Value,
    Values,
    judge,
    nearest,
    nearest_sentences,
    parse,
    parse_values,
    reasons,
    write,
    write_values,
)

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
words = st.sampled_from(
    ["sides", "overlap", "id", "name", "kind", "invests", "gains", "nothing", "thanks", "time", "shared", "person"]
)
anything = st.recursive(
    leaves | words,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(words | leaves, inner, max_size=6),
    max_leaves=30,
)


@given(arrangements(is_filled=False, least=1))
def test_an_arrangement_is_given_back_equal(arrangement: Arrangement) -> None:
    written = json.loads(json.dumps(write(arrangement)))
    assert parse(written) == (arrangement, [])


@given(anything | st.fixed_dictionaries({"sides": anything, "overlap": anything}))
def test_nothing_that_is_given_raises_and_what_is_understood_can_be_judged(data: object) -> None:
    arrangement, _ = parse(data)
    assert len(reasons(judge(arrangement))) > 0
    assert all(sentence.english for sentence in nearest_sentences(nearest(arrangement)))
    if arrangement.sides:
        assert parse(write(arrangement)) == (arrangement, [])


@given(anything | st.fixed_dictionaries({"invests": anything, "gains": anything}))
def test_no_list_of_values_raises_and_what_is_understood_is_given_back_equal(data: object) -> None:
    values, _ = parse_values(data)
    assert parse_values(write_values(values)) == (values, [])


def test_single_values_need_no_brackets() -> None:
    data = {"sides": [{"invests": "time", "gains": "thanks"}, {"invests": "nothing", "gains": ["nothing"]}]}
    first, second = parse(data)[0].sides
    assert (first.invests, first.gains) == ({"time"}, {"thanks"})
    assert (second.invests, second.gains) == (frozenset(), frozenset())


@pytest.mark.parametrize("empty", [None, "", []])
def test_an_empty_cell_is_not_nothing(empty: object) -> None:
    arrangement, issues = parse({"sides": [{"name": "Noor", "invests": empty}], "overlap": empty or None})
    assert arrangement.sides[0].invests is None
    assert arrangement.overlap is None
    assert issues == []


def test_sides_without_an_id_are_numbered_around_those_that_have_one() -> None:
    arrangement, issues = parse({"sides": [{"name": "a"}, {"id": "side-1"}, {"id": "x"}, {"id": "x"}]})
    assert [side.id for side in arrangement.sides] == ["side-2", "side-1", "x", "side-4"]
    assert [issue.sentence for issue in issues] == ["Two sides have the id “x”; the later one becomes “side-4”."]


def test_british_spelling_is_understood() -> None:
    assert parse({"sides": [{"kind": "organisation"}]})[0].sides[0].kind is SideKind.ORGANIZATION


FILE = """\
sides:
  - name: the library
    kind: building
    invests: [venue, books]
    size: 3
  - {invests: [nothing, time], gains: 3}
  - the club
overlap: a bit
"""


def test_an_author_is_told_the_line_and_what_is_known() -> None:
    arrangement, issues = parse(YAML().load(StringIO(FILE)), place=Place("unit.md", 10))
    assert [(issue.place.line, issue.code) for issue in sorted(issues, key=lambda issue: issue.place)] == [
        (10, "partnership-not-a-side"),
        (12, "partnership-unknown-value"),
        (13, "partnership-unknown-value"),
        (14, "partnership-unknown-field"),
        (15, "partnership-nothing-and-more"),
        (15, "partnership-unknown-value"),
        (17, "partnership-unknown-value"),
    ]
    library, second, third = arrangement.sides
    assert library == Side("side-1", "the library", None, frozenset({"venue"}), None)
    assert (second.invests, second.gains) == (None, None)
    assert third == Side("side-3")
    known = next(issue for issue in issues if issue.params.get("value") == "a bit")
    assert known.sentence == "“overlap” cannot be “a bit”. Known are: shared, compatible, none."


def test_there_are_five_sides_at_most() -> None:
    arrangement, issues = parse({"sides": [{"name": str(number)} for number in range(7)]})
    assert len(arrangement.sides) == MOST_SIDES
    assert [issue.code for issue in issues] == ["partnership-too-many-sides"]
    with pytest.raises(ValueError, match="at most 5"):
        Arrangement(tuple(Side(str(number)) for number in range(6)))


def test_an_endless_name_is_cut() -> None:
    arrangement, issues = parse({"sides": [{"name": "a" * 10_000}]})
    assert len(arrangement.sides[0].name) == 200
    assert [issue.code for issue in issues] == ["partnership-too-long"]


def test_an_author_adds_values_and_says_what_they_are_like() -> None:
    data = {
        "invests": {"laptops": {"name": "laptops", "like": "goods"}, "seeds": "rare seeds", "money": "cash"},
        "gains": {"card": {"name": "a card", "like": "thanx"}},
    }
    values, issues = parse_values(data)
    assert values == Values(
        (Value("laptops", "laptops", "goods"), Value("seeds", "rare seeds")), (Value("card", "a card"),)
    )
    assert [issue.code for issue in issues] == ["partnership-taken-value", "partnership-unknown-value"]
    arrangement, issues = parse({"sides": [{"invests": ["laptops", "seeds"]}], "overlap": "none"}, values)
    assert issues == []
    assert arrangement == Arrangement((Side("side-1", invests=frozenset({"laptops", "seeds"})),), Overlap.NONE)
