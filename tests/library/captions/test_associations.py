"""Which words of two languages go together: what is learned, and how much work it is."""

from collections.abc import Mapping

import pytest

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
