"""sjson: Open edX's stored transcripts, read and written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import sjson
from polylect.captions.track import Cue, Track


def test_a_transcript_has_its_cues() -> None:
    data = b'{"start": [0, 1500], "end": [1500, 3000.4], "text": ["it&#39;s <i>here</i>", "I <3\\n\\nyou"]}'
    track, issues = sjson.parse(data, "subs_a.srt.sjson")
    assert issues == ()
    assert track.cues == (Cue(0, 1500, "it&#39;s <i>here</i>"), Cue(1500, 3000, "I &lt;3\nyou"))


def test_a_transcript_is_written_as_open_edx_writes_it() -> None:
    text = sjson.write(Track((Cue(0, 1500, "Café &amp; <v Ada>bar"), Cue(1500, 3000, ""))))
    assert text == (
        '{\n  "start": [\n    0,\n    1500\n  ],\n  "end": [\n    1500,\n    3000\n  ],\n'
        '  "text": [\n    "Café & bar",\n    ""\n  ]\n}'
    )


def test_half_a_character_does_not_get_in() -> None:
    track, _ = sjson.parse(r'{"start": [0], "end": [1], "text": ["a\ud83d\u0000b"]}')
    assert track.cues[0].text == "a\ufffd\ufffdb"


def test_no_cues_are_a_transcript_too() -> None:
    assert sjson.parse('{"start": [], "end": [], "text": []}') == (Track(()), ())


@pytest.mark.parametrize(
    ("data", "cues", "codes"),
    [
        ("{", 0, ["sjson-unreadable"]),
        ("[]", 0, ["sjson-unreadable"]),
        ('{"start": [], "end": []}', 0, ["sjson-unreadable"]),
        ('{"start": 1, "end": [], "text": []}', 0, ["sjson-unreadable"]),
        ("[" * 100_000, 0, ["sjson-unreadable"]),
        ('{"start": [0, 1], "end": [1], "text": ["a", "b"]}', 1, ["sjson-uneven"]),
        (
            '{"start": [0, "1", true, -1, NaN], "end": [1, 2, 3, 4, 5], "text": ["a", "b", "c", "d", "e"]}',
            1,
            ["sjson-bad-cue"] * 4,
        ),
        ('{"start": [0, 1], "end": [1, 2], "text": [null, 5]}', 1, ["sjson-bad-cue"]),
        ('{"start": [5], "end": [5], "text": ["a"]}', 1, ["sjson-ends-too-soon"]),
    ],
)
def test_what_is_wrong_is_an_issue_and_the_rest_is_read(data: str, cues: int, codes: list[str]) -> None:
    track, issues = sjson.parse(data, "a.sjson")
    assert len(track.cues) == cues
    assert [issue.code for issue in issues] == codes
    assert {issue.place.file for issue in issues} == {"a.sjson"}


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["start", "end", "text"]), inner),
)


@given(st.one_of(_JSON.map(json.dumps), st.text(), st.binary()))
def test_reading_never_fails_and_what_was_read_comes_back(data: str | bytes) -> None:
    track, _ = sjson.parse(data)
    written = sjson.write(track)
    assert sjson.write(sjson.parse(written)[0]) == written
