"""Cues of their own for translated sentences."""

import gzip
import json
from itertools import pairwise
from pathlib import Path

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


def test_a_sentence_that_is_too_long_has_the_next_one_wait_as_long_as_that_can_still_be_read() -> None:
    (first, second) = retime.retime([Timed("a" * 42, 0, 1700), Timed("b", 1700, 5000)], "fr")
    assert (first.end_ms, second.start_ms, second.end_ms) == (2000, 2000, 5000)


def test_a_sentence_that_was_read_goes_a_little_sooner_for_one_that_is_too_long() -> None:
    busy = [Timed("a" * 42, 3000, 4700), Timed("c" * 42, 4700, 6700), Timed("d", 6700, 8700)]
    (first, second, *_) = retime.retime([Timed("b", 0, 3000), *busy], "fr")
    assert (first.end_ms, second.start_ms, second.end_ms) == (2700, 2700, 4700)


def test_where_sentences_of_the_source_overlap_each_has_its_time() -> None:
    (first, second) = retime.retime([Timed("Un mot.", 0, 5000), Timed("a" * 42, 1000, 5000)], "fr")
    assert (first.end_ms, second.start_ms, second.end_ms) == (1000, 1000, 5000)


def test_a_few_words_over_a_long_time_are_one_cue_that_goes() -> None:
    (cue,) = retime.retime([Timed("[Musique douce]", 0, 23_000)], "fr")
    assert (cue.start_ms, cue.end_ms) == (0, 7000)


def test_sentences_that_are_all_too_long_have_as_little_time_each() -> None:
    said = [Timed("a" * 42, 0, 1600), Timed("b" * 42, 1600, 1800), Timed("c" * 84, 1800, 4000)]
    first, second, *_ = retime.retime([*said, Timed("d" * 84, 4000, 5000)], "fr")
    assert first.end_ms == second.start_ms
    assert second.end_ms - second.start_ms > 600


def test_no_silence_is_shorter_than_an_eye_notices() -> None:
    (first, second) = retime.retime([Timed("Un.", 0, 1950), Timed("Deux.", 2000, 4000)], "fr")
    assert first.end_ms == second.start_ms == 2000


@pytest.mark.shared
def test_cues_of_open_translations_break_a_norm_only_where_their_text_forces_it(shared: Path) -> None:
    """Either a sentence is too long for the time it has, with what it may take beside it, or a word for a line."""
    with gzip.open(shared / "captions" / "train.jsonl.gz", "rt", encoding="utf-8") as rows:
        translations = [json.loads(row) for row in rows]
    timed = [row for row in translations if row["timing"] == "own" and not row.get("ref")]
    assert timed
    for row in timed:
        language = row["lang"]
        limits = norms.norms(language)
        said = [
            Timed(sentence["text"], round(1000 * sentence["start"]), round(1000 * sentence["end"]))
            for sentence in row["target_sentences"]
            if sentence.get("text")
        ]
        kept = {scripts.one_line(sentence.text): sentence for sentence in said}
        for cue in retime.retime(said, language):
            text = scripts.one_line(plain.readable(cue.text))
            if norms.shown(text) * 1000 > limits.speed * (cue.end_ms - cue.start_ms) + 1e-6:
                (sentence, *_) = [kept[whole] for whole in kept if text in whole]
                needed_ms = 1000 * norms.shown(sentence.text) / limits.speed
                assert needed_ms > sentence.end_ms - sentence.start_ms


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
    told = "".join("".join(scripts.one_line(sentence.text).split()) for sentence in sentences)
    assert held == told.replace("\0", "\N{REPLACEMENT CHARACTER}")
