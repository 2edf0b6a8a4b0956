"""Sentences that a person put together or parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import groups, plain, regrouping
from polylect.captions.track import Cue, Group, Track, TrackKind

WORDS = ["We met on a train. It", "was late,\nand it was", "cold. Then we went", "home."]
TRACK = Track(tuple(Cue(number * 2000, number * 2000 + 1900, text) for number, text in enumerate(WORDS)))
GROUPS = groups.group(TRACK, "en")
CAPTIONS = TrackKind.CAPTIONS
tracks = st.lists(st.sampled_from(["a b.", "c", "d. e", "今天。我们", "", "f\ng. h"]), max_size=6).map(
    lambda texts: Track(tuple(Cue(number * 1000, number * 1000 + 900, text) for number, text in enumerate(texts)))
)


def said(track: Track, sentences: tuple[Group, ...]) -> list[str]:
    return [groups.text(track, group) for group in sentences]


def test_two_sentences_are_made_one_and_share_a_cue_only_once() -> None:
    made = regrouping.joined(GROUPS, 0)
    assert said(TRACK, made) == ["We met on a train. It was late, and it was cold.", "Then we went home."]
    assert [span.cue for span in made[0].spans] == [0, 1, 2]
    with pytest.raises(IndexError):
        regrouping.joined(GROUPS, 2)


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        (13, ["It was late,", "and it was cold."]),
        (3, ["It", "was late, and it was cold."]),
        (5, ["It was late, and it was cold."]),
        (0, ["It was late, and it was cold."]),
        (99, ["It was late, and it was cold."]),
    ],
)
def test_a_sentence_is_parted_between_words(place: int, parts: list[str]) -> None:
    made = regrouping.parted(TRACK, GROUPS, 1, place)
    assert said(TRACK, made) == ["We met on a train.", *parts, "Then we went home."]


@given(tracks, st.data())
def test_parting_loses_no_word_and_joining_takes_it_back(track: Track, data: st.DataObject) -> None:
    found = groups.group(track, "en")
    if not found:
        return
    number = data.draw(st.integers(0, len(found) - 1))
    for place in regrouping.places(track, found[number]):
        made = regrouping.parted(track, found, number, place)
        assert len(made) == len(found) + 1
        assert groups.text(track, made[number]).strip()
        assert groups.text(track, made[number + 1]).strip()
        assert regrouping.joined(made, number) == found


@given(tracks, st.data())
def test_choices_stay_with_a_track_that_stays(track: Track, data: st.DataObject) -> None:
    found = groups.group(track, "en")
    chosen = regrouping.joined(found, data.draw(st.integers(0, len(found) - 2))) if len(found) > 1 else found
    assert regrouping.carried(track, chosen, track, found, "en", CAPTIONS) == chosen


def test_choices_are_carried_to_an_edited_track() -> None:
    chosen = regrouping.parted(TRACK, regrouping.joined(GROUPS, 1), 0, 7)
    assert said(TRACK, chosen)[:2] == ["We met", "on a train."]
    edited = Track((Cue(0, 900, "Hello."), *TRACK.cues[:3], Cue(6000, 7900, "home at last.")))
    made = regrouping.carried(TRACK, chosen, edited, groups.group(edited, "en"), "en", CAPTIONS)
    assert said(edited, made) == [
        "Hello.",
        "We met",
        "on a train.",
        "It was late, and it was cold. Then we went home at last.",
    ]
    other = Track((Cue(0, 900, "Other words."), Cue(1000, 1900, "None stayed.")))
    found = groups.group(other, "en")
    assert regrouping.carried(TRACK, chosen, other, found, "en", CAPTIONS) == found


@given(tracks, tracks, st.data())
def test_carrying_never_loses_a_word(before: Track, after: Track, data: st.DataObject) -> None:
    seen = groups.group(before, "en")
    chosen = regrouping.joined(seen, data.draw(st.integers(0, len(seen) - 2))) if len(seen) > 1 else seen
    made = regrouping.carried(before, chosen, after, groups.group(after, "en"), "en", CAPTIONS)
    held = "".join("".join(groups.text(after, group).split()) for group in made)
    assert held == "".join("".join(plain.readable(cue.text).split()) for cue in after.cues)
