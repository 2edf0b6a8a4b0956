"""Cues of their own for translated sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import norms, plain, retime, scripts
from polylect.captions.retime import Timed

LONG = "Une entreprise commune est une longue marche, où chacun porte sa part, et où personne n’arrive seul au but."


def test_a_short_sentence_is_one_cue_of_one_line() -> None:
    (cue,) = retime.retime([Timed("Bonjour à tous.", 1000, 3000)], "fr")
    assert (cue.start_ms, cue.end_ms, cue.text) == (1000, 3000, "Bonjour à tous.")


def test_a_long_one_is_parted_at_its_commas_and_keeps_to_the_norms() -> None:
    cues = retime.retime([Timed(LONG, 0, 7000)], "fr")
    limits = norms.norms("fr")
    assert len(cues) > 1
    for cue in cues:
        held = cue.text.split("\n")
        assert len(held) <= limits.lines
        assert all(norms.shown(line) <= limits.line for line in held)
    assert cues[0].text.endswith(",")


def test_who_reads_slowly_gets_the_silence_after_a_sentence() -> None:
    (cue, _) = retime.retime([Timed("a" * 42, 0, 1000), Timed("b", 9000, 9900)], "fr")
    assert cue.end_ms == 2000


@pytest.mark.parametrize("style", norms.styles())
def test_every_style_has_norms_for_every_language(style: str) -> None:
    for language in ("en", "ja", "zh-Hant", "tlh"):
        limits = norms.norms(language, style)
        assert limits.speed > 0
        assert limits.shortest_ms < limits.longest_ms


def test_marks_that_combine_take_no_room() -> None:
    assert norms.shown("e\u0301\u200f") == 1


_TEXT = st.text(alphabet="ab é,.1 2漢かไทก\u0e33\u3099👍🏽اب{}<>/\n", max_size=200) | st.text(max_size=30)


@given(
    st.lists(st.tuples(_TEXT, st.integers(0, 9000), st.integers(0, 9000)), max_size=5),
    st.sampled_from(["fr", "ja", "ar"]),
)
def test_nothing_is_lost_and_nothing_overlaps(said: list[tuple[str, int, int]], language: str) -> None:
    starts = sorted(start for _, start, _ in said)
    sentences = [Timed(text, start, start + long) for (text, _, long), start in zip(said, starts, strict=True)]
    cues = retime.retime(sentences, language)
    assert all(cue.start_ms < cue.end_ms for cue in cues)
    assert all(left.end_ms <= right.start_ms for left, right in pairwise(cues))
    held = "".join("".join(plain.readable(cue.text).split()) for cue in cues)
    assert held == "".join("".join(scripts.one_line(sentence.text).split()) for sentence in sentences)
