"""The budget of a caption sentence: what is said while somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import fit, norms, recue, scripts
from polylect.captions.recue import Piece
from polylect.sentences import declared_kinds


def said(text: str, *times: tuple[int, int], cuts: tuple[int, ...] = (), language: str = "fr") -> str:
    return fit.fit(text, cuts, times, language).sentence.english


def test_what_fits_says_so() -> None:
    assert said("Il était tard.", (0, 3000)) == "It fits."


def test_what_is_too_long_says_by_how_much_for_which_time() -> None:
    assert said("a" * 79, (0, 3200)) == "12 characters too long for 3.2 s."
    assert said("a" * 68, (0, 3200)) == "1 character too long for 3.2 s."


def test_numbers_are_written_as_the_reader_does() -> None:
    sentence = fit.fit("a" * 79, (), [(0, 3200)], "fr").sentence
    assert sentence.said(lambda kind: "{count} caractères de trop pour {seconds} s.", "fr") == (
        "12 caractères de trop pour 3,2 s."
    )


def test_what_no_line_holds_says_so() -> None:
    assert said("a" * 50, (0, 7000)) == "8 characters too long for 2 lines of 42."


def test_an_uneven_sentence_names_the_cue_where_a_break_could_be_moved() -> None:
    assert said("a" * 40 + " b", (0, 1000), (1000, 4000), cuts=(41,)) == (
        "It fits as a whole, but not caption 1: 19 characters too long for 1 s. Move the break."
    )


def test_an_empty_cue_is_named() -> None:
    found = fit.fit("Non.", (4,), [(0, 1000), (1000, 4000)], "fr")
    assert found.sentence.english == "It fits, but nothing is shown in caption 2. Move the break, if you can."
    assert [cue.sentence.english for cue in found.cues] == ["It fits.", "Nothing is shown in this caption."]
    assert found.is_fitting


def test_before_anything_is_written_nothing_is_wrong() -> None:
    assert said(" ", (0, 1000)) == "Nothing is written yet."


def test_each_cue_has_its_characters_seconds_speed_and_lines() -> None:
    text = "On s’est rencontrés dans un train qui était en retard, et il faisait froid."
    (cue,) = fit.fit(text, (), [(1000, 6000)], "fr").cues
    assert (cue.characters, cue.seconds, cue.speed) == (len(text), 5.0, len(text) / 5)
    assert len(cue.lines) == 2
    assert max(map(len, cue.lines)) <= 42


def test_a_style_has_limits_of_its_own() -> None:
    assert fit.fit("漢" * 12, (), [(0, 1500)], "ja").surplus == 0
    assert fit.fit("漢" * 12, (), [(0, 1500)], "ja", limits=norms.norms("ja", "netflix")).surplus == 6


def test_times_and_cuts_that_do_not_belong_together_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="1 cuts part a text into 2 cues, and there are 1 times"):
        fit.fit("ab", (1,), [(0, 1)], "en")


@given(
    st.text(alphabet="ab ,.漢か👍🏽\u0301ا", max_size=200).map(scripts.one_line),
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000)), min_size=1, max_size=5),
    st.sampled_from(["fr", "ja", "ar"]),
)
def test_a_budget_adds_up(text: str, times: list[tuple[int, int]], language: str) -> None:
    pieces = [Piece("source", start, end) for start, end in times]
    cuts = recue.recue(text, pieces, language)
    found = fit.fit(text, cuts, times, language)
    assert len(found.cues) == len(times)
    assert "".join("".join(cue.text.split()) for cue in found.cues) == "".join(text.split())
    assert found.is_fitting or text
    if any(cue.surplus for cue in found.cues):
        assert "It fits." not in found.sentence.english
    if found.is_fitting and text and all(cue.text for cue in found.cues):
        assert found.sentence.english == "It fits."
    assert found.sentence.kind in declared_kinds()
