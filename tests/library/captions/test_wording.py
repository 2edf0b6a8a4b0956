"""What the words around a place say of whether a sentence ends there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import wording


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("the", "art"),
        ("it's", "says"),
        ("computes", "third"),
        ("tokenizing", "ing"),
        ("ring", "noun"),  # too short for its ending to say anything
        ("matrices", "s"),
        ("loss", "noun"),
        ("2009", "number"),
        ("", "noun"),
    ],
)
def test_a_word_is_of_a_class_by_itself_or_by_its_ending(word: str, kind: str) -> None:
    assert wording.class_of(word, "en") == kind


def test_words_and_classes_of_both_sides_are_named() -> None:
    names = wording.around("en", ["at", "the", "picture"], ["now", "we", "choose", "it"])
    assert {"en l picture", "en ll the picture", "en r now", "en rr now we", "en lr picture now"} <= set(names)
    assert {"en LL art noun", "en RRR then subj verbs", "en Lr noun now"} <= set(names)


def test_a_language_without_classes_has_its_words() -> None:
    assert wording.around("tlh", [], ["a"]) == ["tlh l ^", "tlh ll ^ ^", "tlh r a", "tlh rr a $", "tlh lr ^ a"]
    assert not wording.is_sorted("tlh")
    assert not wording.is_written("tlh")


def test_scripts_without_spaces_have_characters_for_words() -> None:
    assert wording.words("It’s 漢字 OK") == ["it's", "漢", "字", "ok"]


def test_what_people_write_says_where_a_sentence_ends() -> None:
    ended = wording.likely_written(wording.around("en", ["in", "this", "chapter"], ["let's", "look", "at"]))
    gone_on = wording.likely_written(wording.around("en", ["look", "at", "the"], ["chapter", "that", "we"]))
    assert ended > gone_on + 3


@given(st.lists(st.text(max_size=8), max_size=5), st.lists(st.text(max_size=8), max_size=5), st.text(max_size=3))
def test_any_words_have_names(last: list[str], first: list[str], base: str) -> None:
    assert len(wording.around("en", last, first)) == 18
    wording.around(base, last, first)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("en l the", True),
        ("ja rr 漢 字", True),
        ("en LRR noun be article", True),
        ("so far 2 lengths", False),
        ("next is full", False),
        ("finite True False", False),
        ("always", False),
    ],
)
def test_the_names_of_words_are_told_from_other_evidence(name: str, expected: bool) -> None:
    assert wording.is_of_words(name) is expected
