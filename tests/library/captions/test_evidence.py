"""What speaks for cutting a translation at a place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import evidence, scripts

_TEXT = (
    st.text(st.sampled_from("aé1,.:?…“”() 、。はカ語เ\u0301\u200d🙂"), min_size=1, max_size=40)
    .map(scripts.one_line)
    .filter(bool)
)


def _part(target: str, pieces: list[str], cue: int, start: int, end: int, language: str = "fr") -> dict[str, float]:
    return dict(evidence.Reader(target, pieces, language).of_part(cue, start, end))


def test_a_part_that_has_the_share_of_its_source_has_nothing_against_its_length() -> None:
    target = "un deux trois quatre"
    found = _part(target, ["ab cdef", "ghijk lmnopq"], 0, 0, 8)
    assert found == {"part length": 0, "part length squared": 0, "part off squared": 0, "part steps": 0} | {
        "part of two words": 1
    }
    longer = _part(target, ["ab cdef", "ghijk lmnopq"], 0, 0, 14)
    assert all(longer[name] > 0 for name in ("part length", "part length squared", "part off squared", "part steps"))


@pytest.mark.parametrize(
    ("target", "start", "end", "expected"),
    [
        ("Oui. Non, un peu plus", 0, 21, {"part strong marks more": 1, "part weak marks more": 1}),
        ("Oui. Non, un peu plus", 0, 5, {}),
        ("Oui, non. Non", 0, 10, {"part weak marks more": 1}),
        ("3,5 ou 4.5 fois", 0, 15, {}),
        ("“Oui.” Un peu. Ah ! Oh. Eh. Et", 0, 30, {"part strong marks more": 2}),
        ("好。是，不是。对了", 0, 9, {"part strong marks more": 2, "part weak marks more": 1}),
    ],
)
def test_marks_inside_a_part_count_beside_those_inside_its_source(
    target: str, start: int, end: int, expected: dict[str, float]
) -> None:
    found = _part(target, ["one two three", "four"], 0, start, end)
    assert {name: value for name, value in found.items() if "marks" in name} == expected


def test_marks_that_the_source_has_and_the_part_has_not_count_too() -> None:
    found = _part("un deux trois", ["One, two. Three", "four"], 0, 0, 8)
    assert found["part weak marks fewer"] == found["part strong marks fewer"] == 1


@pytest.mark.parametrize(
    ("target", "end", "expected"),
    [
        ("mot mots encore", 4, {"part of one word", "part of two words"}),
        ("mot mots encore", 9, {"part of two words"}),
        ("mot mots encore", 15, set()),
        ("三个字的句子", 3, {"part of one word", "part of two words"}),
        ("三个字的句子", 6, {"part of two words"}),
        ("AI 三个字的句子", 6, {"part of two words"}),
    ],
)
def test_parts_of_a_word_or_two_are_known(target: str, end: int, expected: set[str]) -> None:
    found = _part(target, ["one two three", "four"], 0, 0, end)
    assert {name for name in found if name.startswith("part of ")} == expected


@given(_TEXT, st.lists(_TEXT, min_size=2, max_size=4), st.sampled_from(["fr", "ja", "th", "zh", "x"]))
def test_evidence_of_any_text_is_a_number(target: str, pieces: list[str], language: str) -> None:
    reader = evidence.Reader(target, pieces, language)
    ends = [0, *scripts.cuts_allowed(target), len(target)]
    for cue in range(len(pieces)):
        for start in ends:
            found = [held for end in ends if start < end for held in reader.of_part(cue, start, end)]
            assert all(math.isfinite(value) and value >= 0 for _, value in found)
