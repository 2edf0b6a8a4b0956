"""Ends of sentences where nobody wrote full stops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import unmarked

SPOKEN = ["so today we will look at", "the model and its parts", "now let's see how", "it learns from data"]


def test_words_tell_where_a_sentence_ends() -> None:
    assert unmarked.ends(SPOKEN, [0, 0, 0, 0], "en") == [False, True, False, True]


def test_what_is_certain_is_an_end() -> None:
    assert unmarked.ends(SPOKEN, [0, 0, 0, 0], "en", certain={0})[0]


def test_a_language_that_was_not_learned_has_its_pauses() -> None:
    assert unmarked.ends(["a b", "c d", "e f"], [900, 0, 0], "tlh")[0]


def test_nothing_has_no_end() -> None:
    assert unmarked.ends([], [], "en") == []


@given(
    st.lists(st.tuples(st.text(max_size=30), st.integers(-500, 5000)), min_size=1, max_size=30),
    st.sampled_from(["en", "ja", "zh-TW", "ar", "tlh", ""]),
)
def test_every_text_is_judged_and_the_last_one_ends(cues: list[tuple[str, int]], language: str) -> None:
    found = unmarked.ends([text for text, _ in cues], [pause_ms for _, pause_ms in cues], language)
    assert len(found) == len(cues)
    assert found[-1]


def test_each_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    evidence = unmarked.evidence
    monkeypatch.setattr(unmarked, "evidence", lambda *given: asked.append(1) or evidence(*given))
    unmarked.ends(["some words"] * 500, [0] * 500, "en")
    assert len(asked) == 499
