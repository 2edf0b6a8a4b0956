"""Which words of two languages go together: what is learned, and how much work it is."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import associations
from polylect.captions.associations import REACH, Associations


class _Watched(dict[str, float]):
    """A row of counts that knows how often it was asked."""

    asked = 0

    def get(self, key: str, default: float | None = None) -> float:  # type: ignore[override]
        _Watched.asked += 1
        return super().get(key, default or 0.0)


@pytest.fixture
def watched() -> Associations:
    _Watched.asked = 0
    known = associations.learned([("one two", "eins zwei")] * 3, "de", "en")
    known.forward = {word: _Watched(row) for word, row in known.forward.items()}
    known.backward = {word: _Watched(row) for word, row in known.backward.items()}
    return known


def test_links_of_a_long_text_cost_as_much_a_word_as_those_of_a_shorter_one(watched: Associations) -> None:
    def asked(count: int) -> int:
        _Watched.asked = 0
        watched.links(["one", "two"] * count, ["eins", "zwei"] * count)
        return _Watched.asked

    assert asked(4 * REACH) <= 2.2 * asked(2 * REACH)
    assert asked(4 * REACH) <= 2 * 8 * REACH * (2 * REACH + 2)


def test_a_long_text_links_words_that_stand_near_the_same_place() -> None:
    known = associations.learned([("one two", "eins zwei")] * 3, "de", "en")
    text = [f"word{number}" for number in range(3_000)]
    agreed = known.links([*text, "one", *text], [*text, "eins", *text]).agreed()
    assert [other for other, _ in agreed[len(text)]] == [len(text)]


@pytest.mark.parametrize("known", [{}, {"one": {"eins": 1.0}}])
def test_nothing_is_linked_to_nothing(known: Mapping[str, dict[str, float]]) -> None:
    empty = Associations("de", "en", dict(known))
    assert empty.links([], []).agreed() == []
    assert empty.links(["one"], []).agreed() == []
    assert empty.links([], ["eins"]).agreed() == [[]]


_LESSON = [("the blue door", "die blaue Tür"), ("a red door", "eine rote Tür"), ("the red house", "das rote Haus")] * 3
_WORD = st.text("abc д字", min_size=1, max_size=8)


def _sure(known: Associations, source: str, target: str) -> float:
    """How surely two words go together."""
    return sum(sure for row in known.links([source], [target]).agreed() for _, sure in row)


def test_what_a_text_file_keeps_says_the_same_of_words_that_go_together() -> None:
    known = associations.learned(_LESSON, "de", "en")
    kept = Associations.from_text("de", "en", known.as_text())
    assert _sure(kept, "door", "tür") == pytest.approx(_sure(known, "door", "tür"), abs=0.1)
    assert _sure(kept, "door", "haus") == 0
    assert kept.as_text(least=0, share=0) == known.as_text()


@given(st.lists(st.tuples(_WORD, _WORD)), st.sampled_from(["de", "ja", "vi"]))
def test_a_text_file_is_read_as_it_was_written(pairs: list[tuple[str, str]], language: str) -> None:
    written = associations.learned(pairs, language, "en").as_text()
    kept = Associations.from_text(language, "en", written)
    assert kept.as_text(least=0, share=0) == written
    assert Associations.from_text(language, "en", kept.as_text(least=0, share=0)) == kept


def test_a_word_that_is_written_alike_in_both_languages_keeps_its_counts() -> None:
    written = associations.learned([("the video", "das Video")] * 9, "de", "en").as_text()
    kept = Associations.from_text("de", "en", written)
    assert kept.forward["video"]["video"] > 5
    assert kept.forward_totals["video"] > 5


def test_what_is_known_helps_to_learn_and_is_not_learned_again() -> None:
    known = associations.learned([("door", "Tür")] * 5, "de", "en")
    text = [("blue door", "Tür blau")]
    alone, upon = associations.learned(text, "de", "en"), associations.learned(text, "de", "en", upon=known)
    assert upon.forward["blue"]["blau"] > alone.forward["blue"]["blau"]
    assert upon.forward_totals["door"] <= 2
    assert _sure(upon.plus(known), "blue", "blau") > _sure(alone, "blue", "blau")


def test_two_tables_together_count_what_each_has_counted() -> None:
    one, other = (associations.learned(pairs, "de", "en") for pairs in (_LESSON[:1], _LESSON[1:2]))
    both = one.plus(other, 0.5)
    assert both.forward["door"]["tür"] == one.forward["door"]["tür"] + 0.5 * other.forward["door"]["tür"]
    assert both.backward_totals["rote"] == 0.5 * other.backward_totals["rote"]
    assert "rote" not in one.backward


@pytest.mark.parametrize(("language", "source", "target"), [("sw", "page", "ukuras"), ("ko", "page", "페이지")])
def test_words_of_languages_without_captions_ship_too(language: str, source: str, target: str) -> None:
    known = associations.seed("en", language)
    assert known is not None
    assert _sure(known, source, target) > 0.2


def test_a_word_said_twice_comes_from_the_one_that_stands_among_the_same_words() -> None:
    lesson = [("red door", "rote Tür"), ("blue door", "blaue Tür"), ("old house", "altes Haus")] * 5
    known = associations.learned(lesson, "de", "en")
    source, target = ["old", "house", "red", "door", "blue", "door"], ["blaue", "tür", "rote", "tür", "altes", "haus"]
    agreed = known.links(source, target).agreed()
    assert [max(row, key=lambda link: link[1])[0] for row in agreed] == [4, 5, 2, 3, 0, 1]


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_no_word_comes_from_others_more_than_once(source: list[str], target: list[str]) -> None:
    known = associations.learned([("a b", "b a"), ("c", "d")], "de", "en")
    links = known.links(source, target)
    for shares, count in ((links.forward, len(source)), (links.backward, len(target))):
        for share in shares:
            assert sum(share.here.values()) <= 1 + 1e-9
            assert all(0 <= other < count for other in share.here)
