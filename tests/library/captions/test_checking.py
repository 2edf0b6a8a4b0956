"""What is wrong with captions, cue by cue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import checking, norms, plain, retime, srt, webvtt
from polylect.captions.track import Cue, Track, TrackKind


def codes(*cues: Cue, language: str = "en", kind: TrackKind = TrackKind.CAPTIONS) -> list[str]:
    return [issue.code for issue in checking.check(Track(cues), language, kind=kind)]


def sentence(*cues: Cue, language: str = "en") -> str:
    (issue,) = checking.check(Track(cues), language)
    return issue.sentence


def test_a_good_track_has_no_issue() -> None:
    assert codes(Cue(0, 2000, "We met on a train."), Cue(2000, 4000, "It was late.")) == []


def test_too_fast_says_how_many_characters_or_seconds_would_be_right() -> None:
    assert sentence(Cue(1000, 2000, "a" * 30)) == (
        "Cue 1, at 00:00:01.000, is too fast to read: 30 characters in 1 s are 30.0 a second, and 21 can be read. "
        "Show it for 1.43 s, or take 9 characters out."
    )


def test_cues_at_once_name_each_other() -> None:
    assert sentence(Cue(0, 3000, "Good morning."), Cue(2000, 5000, "Good evening.")) == (
        "Cue 2 starts at 00:00:02.000, while cue 1 is shown until 00:00:03.000: two texts at once. Start it at "
        "00:00:03.000, or end the other one at 00:00:02.000."
    )


def test_cues_at_once_are_right_where_they_stand_in_different_places() -> None:
    assert codes(Cue(0, 3000, "Good morning.", settings="line:0"), Cue(2000, 5000, "Good evening.")) == []


def test_a_cue_below_a_long_one_is_compared_with_that_one() -> None:
    assert codes(Cue(0, 5000, "One."), Cue(5000, 6000, "Two."), Cue(4000, 7000, "Three.")) == ["cue-overlap"]


@pytest.mark.parametrize(
    ("cue", "code"),
    [
        (Cue(2000, 2000, "Late."), "cue-never-shown"),
        (Cue(0, 2000, " \n "), "cue-empty"),
        (Cue(0, 500, "Quick."), "cue-short"),
        (Cue(0, 9000, "Slow."), "cue-long"),
        (Cue(0, 6000, "One\ntwo\nthree"), "cue-many-lines"),
        (Cue(0, 6000, "a" * 50), "cue-long-text"),
    ],
)
def test_each_norm_has_its_code(cue: Cue, code: str) -> None:
    assert codes(cue) == [code]


def test_a_long_line_is_shown_in_two_where_it_can_be() -> None:
    text = "We met on a train that was late, and it was cold."
    assert "Better: “We met on a train that was late, ⏎ and it was cold.”" in sentence(Cue(0, 6000, text))


def test_a_line_that_ends_with_an_article_is_shown_better() -> None:
    found = sentence(Cue(0, 6000, "We met on a train that was late, and the\nsecond car was cold."))
    assert "breaks its line after “the”" in found
    assert "Better: " in found


def test_a_dialogue_keeps_its_lines() -> None:
    assert codes(Cue(0, 6000, "- Do you know the\n- Of course.")) == []


def test_a_cue_that_ends_with_an_article_is_noted() -> None:
    assert codes(Cue(0, 2000, "It was the"), Cue(2000, 4000, "last train.")) == ["cue-loose-end"]


def test_a_silence_that_only_flickers_is_named_in_milliseconds() -> None:
    assert "40 ms are free, which flickers. Leave 80 ms, or none." in sentence(
        Cue(0, 2000, "One."), Cue(2040, 4000, "Two.")
    )


def test_chapters_may_be_as_long_as_they_are() -> None:
    assert codes(Cue(0, 90_000, "x" * 80), kind=TrackKind.CHAPTERS) == []


def test_the_norms_of_a_language_and_a_style_count() -> None:
    track = Track((Cue(0, 2000, "漢" * 14),))
    assert [issue.code for issue in checking.check(track, "ja", limits=norms.norms("ja", "netflix"))] == [
        "cue-fast",
        "cue-long-line",
    ]
    assert checking.check(track, "ja") == ()


def test_places_are_the_lines_of_the_file_in_every_format() -> None:
    vtt = (
        "WEBVTT\n\nNOTE 00:01.000 --> 00:02.000\n\n00:01.000 --> 00:02.000\nHi.\n\n\n2\n00:03.000 --> 00:03.100\nNo.\n"
    )
    track, _ = webvtt.parse(vtt)
    assert checking.lines_of(vtt, track) == (3 + 2, 10)
    numbered = "1\r\n00:00:01,000 --> 00:00:02,000\r\nHi.\r\n\r\n2\r\n0:00:03,0 -> 00:00:03,100\r\nNo.\r\n"
    track, _ = srt.parse(numbered)
    assert checking.lines_of(numbered, track) == (2, 6)
    issues = checking.check(track, "en", file="a.srt", lines=checking.lines_of(numbered, track))
    assert {str(issue.place) for issue in issues} == {"a.srt:6"}
    assert checking.lines_of("{}", track) == (0, 0)


SOURCE = Track((Cue(0, 2000, "We met on a train."), Cue(3000, 5000, "It was late.")))


def against(*cues: Cue) -> list[str]:
    issues = checking.check_against(Track(cues), SOURCE, language="fr", source_language="en", file="fr.vtt")
    return [issue.sentence for issue in issues]


def test_a_translation_with_cues_of_its_own_is_right() -> None:
    assert against(Cue(0, 900, "Dans un train,"), Cue(900, 2100, "on s’est connus."), Cue(2900, 5400, "Tard.")) == []


def test_what_is_shown_while_nobody_speaks_is_named() -> None:
    assert against(Cue(0, 2000, "Bonjour."), Cue(3000, 5000, "Tard."), Cue(60_000, 61_000, "Fin.")) == [
        "Cue 3, from 00:01:00.000 to 00:01:01.000, is shown while the source says nothing. "
        "Are the times those of another video?"
    ]


def test_what_nobody_translated_is_named() -> None:
    assert against(Cue(0, 2000, "We met on\na train.")) == [
        "Cue 1, at 00:00:00.000, says the same as the source: “We met on a train.”.",
        "Nothing is shown from 00:00:03.000 to 00:00:05.000, where the source says “It was late.” in its cue 2.",
    ]


_TEXT = st.text(alphabet="ab the,.1 2漢か👍🏽اب<>/&\n-", max_size=120)
_CUES = st.lists(st.builds(Cue, st.integers(0, 9000), st.integers(0, 9000), _TEXT.map(plain.escaped)), max_size=8)


@given(_CUES, _CUES, st.sampled_from(["en", "fr", "ja", "ar"]))
def test_checking_never_fails_and_names_cues_that_there_are(cues: list[Cue], source: list[Cue], language: str) -> None:
    track = Track(tuple(cues))
    issues = checking.check(track, language)
    assert all(1 <= int(issue.params["number"]) <= len(cues) for issue in issues)
    assert list(issues) == sorted(issues, key=lambda issue: int(issue.params["number"]))
    checking.check_against(track, Track(tuple(source)), language=language, source_language="en")


@given(st.lists(st.text(alphabet="abc ,.", min_size=1, max_size=60), min_size=1, max_size=5))
def test_what_is_retimed_with_time_enough_breaks_no_norm(texts: list[str]) -> None:
    sentences = [retime.Timed(text, 8000 * number, 8000 * number + 7000) for number, text in enumerate(texts)]
    found = checking.check(Track(retime.retime(sentences, "eo")), "eo")
    assert {issue.code for issue in found} <= {"cue-long-text"}
    assert not found or any(len(word) > 42 for text in texts for word in text.split())


def test_some_cues_of_a_longer_track_keep_their_numbers() -> None:
    (issue,) = checking.check(Track((Cue(1000, 2000, "a" * 30),)), "en", first=40)
    assert issue.sentence.startswith("Cue 40, at 00:00:01.000, is too fast")
