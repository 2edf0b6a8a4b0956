"""Editing a track: what changes, what stays, and where each cue's text is afterwards."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polylect.captions import editing, groups, plain, recue, webvtt
from polylect.captions.editing import Refused
from polylect.captions.track import Cue, Track

THREE = Track((Cue(0, 2000, "We met on a train."), Cue(2000, 4000, "It was late."), Cue(5000, 6000, "Very late.")))


def shown(track: Track) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in track.cues]


def test_a_cue_is_split_at_a_place_in_its_text_and_its_time_with_it() -> None:
    edited = editing.split(THREE, 0, len("We met on"))
    assert shown(edited.track)[:2] == [(0, 1000, "We met on"), (1000, 2000, "a train.")]
    assert edited.became == ((0, 1), (2,), (3,))


def test_a_cue_is_split_at_a_time_that_is_given() -> None:
    assert shown(editing.split(THREE, 1, 3, time_ms=2500).track)[1:3] == [(2000, 2500, "It"), (2500, 4000, "was late.")]


def test_markup_goes_on_in_the_second_part_and_comments_stay_with_the_first() -> None:
    cue = Cue(0, 2000, "<v Ann><i>Good day</i> <b>all</b></v>", "intro", "line:0", ("NOTE hello",))
    first, second = editing.split(Track((cue,)), 0, len("Good ")).track.cues
    assert first == Cue(0, 833, "<v Ann><i>Good</i></v>", "intro", "line:0", ("NOTE hello",))
    assert second == Cue(833, 2000, "<v Ann><i>day</i> <b>all</b></v>", "", "line:0")


def test_a_reading_stays_with_what_it_is_the_reading_of() -> None:
    first, second = editing.split(Track((Cue(0, 100, "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>"),)), 0, 1).track.cues
    assert first.text == "<ruby>漢<rt>かん</rt></ruby>"
    assert second.text == "<ruby>字<rt>じ</rt></ruby>"


@pytest.mark.parametrize(("at", "time_ms"), [(0, None), (99, None), (-3, None), (4, 0), (4, 2000), (4, -5)])
def test_a_split_that_leaves_a_part_empty_or_without_time_is_refused(at: int, time_ms: int | None) -> None:
    with pytest.raises(Refused, match="Cue 1 cannot be split"):
        editing.split(THREE, 0, at, time_ms=time_ms)


def test_a_cue_that_takes_no_time_cannot_be_split() -> None:
    with pytest.raises(Refused, match="it is shown for 1 ms, and 2 ms are needed"):
        editing.split(Track((Cue(5, 6, "One two"),)), 0, 3)


def test_a_cue_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="There is no cue 4; the track has 3"):
        editing.nudge(THREE, 3, start_ms=10)


def test_neighbors_are_merged_on_one_line() -> None:
    edited = editing.merge(THREE, 0)
    assert shown(edited.track)[0] == (0, 4000, "We met on a train. It was late.")
    assert edited.became == ((0,), (0,), (1,))


def test_speakers_that_are_merged_have_a_line_each() -> None:
    track = Track((Cue(0, 1, "<v Ann>Yes.</v>"), Cue(1, 2, "<v Bob>No.</v>", leading=("NOTE x",))))
    (cue,) = editing.merge(track, 0).track.cues
    assert (cue.text, cue.leading) == ("<v Ann>Yes.</v>\n<v Bob>No.</v>", ("NOTE x",))


def test_a_blank_cue_adds_nothing_and_an_open_tag_ends_with_its_cue() -> None:
    track = Track((Cue(0, 1, " "), Cue(1, 2, "<i>漢"), Cue(2, 3, "字"), Cue(3, 4, "")))
    assert editing.merge(track, 0, 4).track.cues[0] == Cue(0, 4, "<i>漢</i>字")


def test_the_last_cue_has_nothing_to_be_merged_with() -> None:
    with pytest.raises(Refused, match="Cue 3 has no cue below it"):
        editing.merge(THREE, 2)


def test_nudging_stops_at_neighbors_and_at_zero() -> None:
    assert shown(editing.nudge(THREE, 1, start_ms=-500, end_ms=5000).track)[1][:2] == (2000, 5000)
    assert shown(editing.nudge(THREE, 0, start_ms=-500).track)[0][:2] == (0, 2000)
    assert shown(editing.nudge(THREE, 2, start_ms=9000).track)[2][:2] == (5999, 6000)
    assert shown(editing.nudge(THREE, 2, end_ms=-9000).track)[2][:2] == (5000, 5001)


def test_times_are_set_as_near_as_there_is_room() -> None:
    assert shown(editing.set_times(THREE, 1, start_ms=1000, end_ms=4500).track)[1][:2] == (2000, 4500)


def test_tapping_ends_the_cue_before_and_moves_those_below_on() -> None:
    assert [part[:2] for part in shown(editing.tap(THREE, 1, 1500).track)] == [(0, 1500), (1500, 3500), (5000, 6000)]
    assert [part[:2] for part in shown(editing.tap(THREE, 1, 4500).track)] == [(0, 2000), (4500, 5000), (5000, 6000)]
    assert [part[:2] for part in shown(editing.tap(THREE, 1, 5500).track)] == [(0, 2000), (5500, 7500), (7500, 8500)]


def test_tapping_before_the_start_of_the_cue_above_is_refused() -> None:
    with pytest.raises(Refused, match=r"Cue 2 cannot start at 00:00:00.000: the cue before it starts at 00:00:00.000"):
        editing.tap(THREE, 1, 0)


def test_everything_is_shifted_but_not_before_zero() -> None:
    assert [part[0] for part in shown(editing.shift(THREE, 250).track)] == [250, 2250, 5250]
    assert editing.shift(THREE, -250).track == THREE
    assert [part[0] for part in shown(editing.shift(THREE, -5000, first=2).track)] == [0, 2000, 4000]


def test_a_cue_is_reworded_in_the_voice_that_says_it() -> None:
    track = Track((Cue(0, 1, "<v Ann>Yes & <i>no</i></v>"),))
    assert editing.reword(track, 0, "No < yes").track.cues[0].text == "<v Ann>No &lt; yes</v>"
    assert editing.reword(track, 0, plain.readable(track.cues[0].text)).track == track
    assert editing.reword(track, 0, "").track.cues[0].text == ""
    assert editing.reword(THREE, 0, "One\n\ntwo").track.cues[0].text == "One\ntwo"


def test_a_cue_is_put_in_and_taken_out_and_no_comment_is_lost() -> None:
    put_in = editing.insert(THREE, 2, Cue(3000, 9000, "Late."))
    assert shown(put_in.track)[2] == (4000, 5000, "Late.")
    assert put_in.became == ((0,), (1,), (3,))
    noted = Track((Cue(0, 1, "a", leading=("NOTE one",)), Cue(1, 2, "b", leading=("NOTE two",))))
    assert editing.remove(noted, 0).track.cues[0].leading == ("NOTE one", "NOTE two")
    assert editing.remove(noted, 0).became == ((), (0,))
    assert editing.remove(noted, 1).track.trailing == ("NOTE two",)


def test_where_there_is_no_time_nothing_is_put_in() -> None:
    with pytest.raises(Refused, match=r"no time for a new cue before cue 2: the cue above is shown until 00:00:02.000"):
        editing.insert(THREE, 1, Cue(2000, 2500, "But"))


def test_the_cuts_of_a_translation_follow_their_borders() -> None:
    track = Track(
        (Cue(0, 2000, "It was late,"), Cue(2000, 4000, "and it was cold, and"), Cue(4000, 5000, "we talked."))
    )
    (before,) = groups.group(track, "en")
    for edited, carried in (
        (editing.split(track, 1, len("and it was ")), (16, recue.CHOOSE, 40)),
        (editing.merge(track, 0), (40,)),
        (editing.nudge(track, 1, start_ms=100), (16, 40)),
    ):
        (after,) = groups.group(edited.track, "en")
        assert editing.carried_cuts((16, 40), before, after, edited.became) == carried
        assert len(carried) == len(after.spans) - 1
    assert editing.carried_cuts((), before, before, [(0,), (1,), (2,)]) == (recue.CHOOSE, recue.CHOOSE)


def replaced(text: str, find: str, replacement: str, **options: bool) -> tuple[str, int]:
    found = editing.find_and_replace(Track((Cue(0, 1, text),)), find, replacement, **options)
    return found.edited.track.cues[0].text, found.counts[0]


def test_find_and_replace_reads_across_tags_and_lines() -> None:
    assert replaced("<b>Part</b>ner ship", "Partner ship", "partnership") == ("<b>partnership</b>", 1)
    assert replaced("a good\nday", "good day", "night") == ("a night", 1)


def test_readings_and_moments_stay_where_they_are() -> None:
    text = "<ruby>漢<rt>a</rt></ruby> <00:00.500>a <c>b</c>"
    assert replaced(text, "a", "x") == ("<ruby>漢<rt>a</rt></ruby> <00:00:00.500>x <c>b</c>", 1)


def test_what_is_replaced_is_text_and_no_markup() -> None:
    assert replaced("a &lt;b&gt; c", "<b>", "<i> & -->") == ("a &lt;i> &amp; --&gt; c", 1)
    assert replaced("<i>i</i>", "i", "x") == ("<i>x</i>", 1)


def test_case_and_whole_words_count_if_asked_for() -> None:
    assert replaced("Cat cat concat", "cat", "dog") == ("Cat dog condog", 2)
    assert replaced("Cat cat concat", "cat", "dog", whole_words=True) == ("Cat dog concat", 1)
    assert replaced("Cat cat concat", "cat", "dog", whole_words=True, is_case_sensitive=False) == ("dog dog concat", 2)


def test_a_line_that_was_all_that_was_found_leaves_no_blank_one() -> None:
    assert replaced("one\ntwo\nthree", "two", "") == ("one\nthree", 1)


def test_nothing_cannot_be_looked_for() -> None:
    with pytest.raises(Refused, match="Write what to look for"):
        editing.find_and_replace(THREE, " ", "x")


_TEXT = st.text(alphabet="ab ,.漢か👍🏽\u0301ا<>&\n-", max_size=40)
_PAYLOAD = _TEXT.map(plain.escaped) | st.sampled_from(
    ["<v Ann>Yes <i>no</i> now</v>", "<c.x>a</c>b <00:00.500>c", "<ruby>漢<rt>k</rt>字</ruby> x", "<lang fr>a b"]
)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """Cues in order that do not overlap."""
    edges = sorted(draw(st.lists(st.integers(0, 20_000), min_size=2, max_size=12, unique=True)))
    spans = zip(edges[::2], edges[1::2], strict=False)
    return Track(tuple(Cue(start, end, draw(_PAYLOAD)) for start, end in spans))


def assert_ordered(track: Track) -> None:
    assert all(0 <= cue.start_ms < cue.end_ms for cue in track.cues)
    assert all(left.end_ms <= right.start_ms for left, right in pairwise(track.cues))


def solid(*texts: str) -> str:
    return "".join("".join(plain.readable(text).split()) for text in texts)


@given(tracks(), st.data())
def test_any_change_of_times_keeps_the_order_and_every_text(track: Track, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(track.cues) - 1))
    by_ms, other_ms = data.draw(st.integers(-30_000, 30_000)), data.draw(st.integers(-30_000, 30_000))
    change = data.draw(st.sampled_from(["nudge", "set", "tap", "shift"]))
    try:
        edited = {
            "nudge": lambda: editing.nudge(track, number, start_ms=by_ms, end_ms=other_ms),
            "set": lambda: editing.set_times(track, number, start_ms=by_ms, end_ms=other_ms),
            "tap": lambda: editing.tap(track, number, by_ms),
            "shift": lambda: editing.shift(track, by_ms, first=number),
        }[change]()
    except Refused:
        assume(change == "tap")
        return
    assert_ordered(edited.track)
    assert [cue.text for cue in edited.track.cues] == [cue.text for cue in track.cues]
    assert edited.became == tuple((one,) for one in range(len(track.cues)))


@given(tracks(), st.data())
def test_splitting_and_merging_lose_no_character(track: Track, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(track.cues) - 1))
    at = data.draw(st.integers(0, 40))
    try:
        edited = editing.split(track, number, at)
    except Refused:
        return
    assert_ordered(edited.track)
    parts = [edited.track.cues[new].text for new in edited.became[number]]
    assert len(parts) == 2
    assert solid(*parts) == solid(track.cues[number].text)
    merged = editing.merge(edited.track, number)
    assert solid(merged.track.cues[number].text) == solid(*parts)
    assert_ordered(merged.track)
    assert webvtt.parse(webvtt.write(merged.track))[0].cues == merged.track.cues


@given(tracks(), st.text(alphabet="ab 漢.<&-", min_size=1, max_size=3), st.text(alphabet="ab<i>&\n\r\0 -", max_size=6))
def test_replacing_there_and_back_never_breaks_a_track(track: Track, find: str, replacement: str) -> None:
    try:
        found = editing.find_and_replace(track, find, replacement)
    except Refused:
        assert not find.strip()
        return
    for old, new, count in zip(track.cues, found.edited.track.cues, found.counts, strict=True):
        assert (old == new) if not count else (old.start_ms, old.end_ms) == (new.start_ms, new.end_ms)
    again, _ = webvtt.parse(webvtt.write(found.edited.track))
    assert [plain.readable(cue.text) for cue in again.cues] == [
        plain.readable(cue.text) for cue in found.edited.track.cues
    ]


@given(tracks(), st.data())
def test_a_cue_put_in_and_taken_out_again_leaves_the_track_as_it_was(track: Track, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(track.cues)))
    try:
        put_in = editing.insert(track, number, Cue(data.draw(st.integers(-9, 20_000)), 5, "new"))
    except Refused:
        return
    assert_ordered(put_in.track)
    assert editing.remove(put_in.track, number).track == track
    assert [put_in.track.cues[new] for (new,) in put_in.became] == list(track.cues)
