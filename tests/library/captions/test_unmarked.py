"""Ends of sentences where nobody wrote full stops."""

import math
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import unmarked

SPOKEN = ["so today we will look at", "the model and its parts", "now let's take a look at", "what it learns from data"]


def test_words_tell_where_a_sentence_ends() -> None:
    assert unmarked.ends(SPOKEN, [0, 0, 0, 0], "en") == [False, True, False, True]


def test_what_is_certain_is_an_end() -> None:
    assert unmarked.ends(SPOKEN, [0, 0, 0, 0], "en", certain={0})[0]


def test_a_language_that_was_not_learned_has_its_pauses() -> None:
    assert unmarked.ends(["a b", "c d", "e f"], [900, 0, 0], "tlh")[0]


def test_nothing_has_no_end() -> None:
    assert unmarked.ends([], [], "en") == []


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=7), st.lists(st.floats(-2, 2), min_size=12, max_size=12))
def test_all_ways_of_parting_a_track_are_weighed_together(scores: list[float], counts: list[float]) -> None:
    weights = {f"so far {count}": weight for count, weight in enumerate(counts, 1)}
    sums = [0.0] * len(scores)
    total = 0.0
    for ways in product((False, True), repeat=len(scores) - 1):
        is_end = [*ways, True]
        ends = [number for number, ended in enumerate(is_end) if ended]
        began = [-1, *ends[:-1]]
        score = sum(scores[end] + counts[end - start - 1] for start, end in zip(began, ends, strict=True))
        total += math.exp(score)
        sums = [held + math.exp(score) * ended for held, ended in zip(sums, is_end, strict=True)]
    found = unmarked.likely(scores, ["a"] * len(scores), weights)
    assert found == pytest.approx([held / total for held in sums])


def test_who_slows_down_comes_to_an_end() -> None:
    slow = unmarked.Spoken(["some words", "more words"], [0, 0], [3000, 500], "en")
    plain = unmarked.Spoken(["some words", "more words"], [0, 0], [], "en")
    assert ("next is slow 0.8", 1.0) not in list(slow.evidence(0))
    assert ("slow 0.8", 1.0) in list(slow.evidence(0))
    assert not any("slow" in name or "seconds" in name for name, _ in plain.evidence(0))


def test_a_short_text_borrows_the_words_beside_it() -> None:
    track = unmarked.Spoken(["we met on", "a", "b", "train today"], [0] * 4, [], "tlh")
    assert ("tlh ll on a", 1.0) in list(track.evidence(1))
    assert ("tlh rr b train", 1.0) in list(track.evidence(1))


@given(
    st.lists(st.tuples(st.text(max_size=30), st.integers(-500, 5000), st.integers(-10, 9000)), min_size=1, max_size=30),
    st.sampled_from(["en", "ja", "zh-TW", "ar", "tlh", ""]),
    st.booleans(),
)
def test_every_text_is_judged_and_the_last_one_ends(
    cues: list[tuple[str, int, int]], language: str, is_timed: bool
) -> None:
    texts, pauses_ms, durations_ms = ([cue[number] for cue in cues] for number in range(3))
    found = unmarked.ends(texts, pauses_ms, language, durations_ms=durations_ms if is_timed else ())  # type: ignore[arg-type]
    assert len(found) == len(cues)
    assert found[-1]


def test_each_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    evidence = unmarked.Spoken.evidence

    def counted(self: unmarked.Spoken, number: int) -> Iterator[unmarked.Evidence]:
        asked.append(number)
        return evidence(self, number)

    monkeypatch.setattr(unmarked.Spoken, "evidence", counted)
    unmarked.ends(["some words"] * 500, [0] * 500, "en")
    assert asked == list(range(499))
