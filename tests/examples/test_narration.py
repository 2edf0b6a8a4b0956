"""What tools/make_video.py does between the script's words and the captions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from video import narration
from video.script import CaptionLimits, Script, Slide, Voice
from video.voice import SAMPLE_RATE, Spoken

LIMITS = CaptionLimits(line_characters=42, lines=2)
VOICE = Voice("slt", 1.0, sentence_pause_ms=400, slide_pause_ms=1000, lead_in_ms=500, lead_out_ms=2000)


def spoken(text: str) -> Spoken:
    """Said at a tenth of a second a letter, without a word from any program."""
    sounds = tuple((letter, 100 * number) for number, letter in enumerate(text, start=1))
    return Spoken(VOICE, bytes(2 * SAMPLE_RATE * len(text) // 10), sounds)


def timeline(*slides: Slide) -> narration.Timeline:
    return narration.lay_out(Script("en", VOICE, LIMITS, slides, (), ()), spoken)


def test_sentences_follow_each_other_after_pauses():
    laid_out = timeline(Slide("a", (), ("One. Two.", "Three.")), Slide("b", (), ("Four.",)))
    assert [(sentence.text, sentence.start_ms) for sentence in laid_out.sentences] == [
        ("One.", 500),
        ("Two.", 500 + 400 + 400),
        ("Three.", 1300 + 400 + 400),
        ("Four.", 2100 + 600 + 1000),
    ]
    assert laid_out.duration_ms == 3700 + 500 + 2000


def test_pictures_fill_the_whole_video():
    laid_out = timeline(Slide("a", (), ("One. Two.", "Three.")), Slide("b", (), ("Four.",)))
    shown = narration.line_durations_ms(laid_out)
    assert len(shown) == 3
    assert sum(shown) == laid_out.duration_ms == narration.duration_ms(narration.samples(laid_out))


def test_cues_are_named_by_slide_and_place():
    track = narration.caption_track(timeline(Slide("a", (), ("One. Two.",)), Slide("b", (), ("Three.",))), LIMITS)
    assert [(cue.code, cue.text) for cue in track.cues] == [("a-1", "One."), ("a-2", "Two."), ("b-1", "Three.")]


def test_a_long_sentence_is_cut_at_the_comma_nearest_to_its_middle():
    sentence = "First, the school class scans all the old photographs, and the wiki group publishes them, one by one."
    assert narration.pieces(sentence, LIMITS) == [
        "First, the school class scans all the old photographs,",
        "and the wiki group publishes them, one by one.",
    ]


def test_a_long_sentence_without_a_comma_goes_back_to_its_author():
    with pytest.raises(ValueError, match="no comma"):
        narration.pieces("word " * 30 + "end.", LIMITS)


def test_lines_break_after_punctuation_if_they_stay_nearly_even():
    assert narration.wrap("In the first case, the volunteers get a place to write,", LIMITS) == (
        "In the first case,\nthe volunteers get a place to write,"
    )


@given(st.lists(st.text("abcdefgh,", min_size=1, max_size=12), min_size=1, max_size=20))
def test_wrapping_keeps_every_word_and_the_limits(words):
    text = " ".join(words)
    wrapped = narration.wrap(text, LIMITS)
    if wrapped:
        assert wrapped.replace("\n", " ") == text
        assert max(map(len, wrapped.split("\n"))) <= LIMITS.line_characters
        assert wrapped.count("\n") < LIMITS.lines
    else:
        assert len(text) > LIMITS.line_characters
