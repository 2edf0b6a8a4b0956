"""SRT: whatever people upload is read, normal files are written as they were, and authors hear what to mend."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.captions.text_cases import Case, cases
from polylect.captions import plain, srt, webvtt
from polylect.captions.track import Cue, Track


@pytest.mark.parametrize("case", cases("srt.txt"))
def test_a_file_has_the_cues_and_issues_of_its_case(case: Case) -> None:
    track, issues = srt.parse(case.file("file"), "a.srt")
    found = [[cue.start_ms, cue.end_ms, cue.code, cue.text, *filter(None, [cue.settings])] for cue in track.cues]
    assert found == [json.loads(line) for line in case.lines("cues")]
    assert [f"{issue.place.line} {issue.code}" for issue in issues] == case.lines("issues")
    assert {issue.place.file for issue in issues} <= {"a.srt"}


@pytest.mark.parametrize("case", cases("srt.txt"))
def test_a_file_is_written_as_it_was_but_for_what_had_to_be_mended(case: Case) -> None:
    track, _ = srt.parse(case.file("file"))
    expected = case.file("written" if "written" in case.sections else "file")
    assert srt.write(track) == expected
    assert srt.write(srt.parse(expected)[0]) == expected


@pytest.mark.parametrize(
    ("encoding", "codes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("cp1252", ["captions-encoding"]),
    ],
)
def test_bytes_are_read_in_the_encodings_that_people_use(encoding: str, codes: list[str]) -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\nCafé “au lait”\n".encode(encoding)
    track, issues = srt.parse(data, "a.srt")
    assert [cue.text for cue in track.cues] == ["Café “au lait”"]
    assert [issue.code for issue in issues] == codes


def test_utf_16_without_a_byte_order_mark_is_no_srt() -> None:
    track, issues = srt.parse("1\n00:00:01,000 --> 00:00:02,000\na\n".encode("utf-16-le"), "a.srt")
    assert track.cues == ()
    assert "srt-no-cues" in [issue.code for issue in issues]


def test_issues_that_a_whole_file_shares_are_one() -> None:
    file = "".join(f"00:00:0{second}.000 --> 00:00:0{second + 2}.000\na\n\n" for second in range(5))
    _, issues = srt.parse(file, "a.srt")
    assert [str(issue) for issue in issues] == [
        "a.srt:1: Lines of times that are not written like “00:00:01,000 --> 00:00:02,500”: 5, "
        "this one first: “00:00:00.000 --> 00:00:02.000”.",
        "a.srt:1: Cues without a counter, or with one out of order: 5. The first of them is here.",
        "a.srt:4: Cues that start before the one above them has ended, so that both are shown at once: 4. "
        "The first is here.",
    ]


def test_a_webvtt_track_becomes_srt() -> None:
    track, _ = webvtt.parse(
        "WEBVTT\n\nNOTE hello\n\nintro\n00:01.000 --> 01:00:00.000 align:start\n<v Ada><i>Rock</i> &amp; roll &lt;3\n\n"
        "00:00:05.000 --> 00:00:06.000\n00:00:05.000 --&gt; now\n"
    )
    text = srt.write(track)
    assert text == (
        "1\n00:00:01,000 --> 01:00:00,000\n<i>Rock</i> & roll <3\n\n"
        "2\n00:00:05,000 --> 00:00:06,000\n00:00:05.000 --&gt; now\n"
    )
    again, _ = srt.parse(text)
    assert [plain.readable(cue.text) for cue in again.cues] == [plain.readable(cue.text) for cue in track.cues]


def test_an_srt_track_becomes_webvtt() -> None:
    track, _ = srt.parse("7\n00:00:01,000 --> 00:00:02,000\n{\\an8}<b>1 < 2</b>\n\nb\n")
    text = webvtt.write(track)
    assert text == "WEBVTT\n\n7\n00:00:01.000 --> 00:00:02.000\n<{\\an8}><b>1 &lt; 2</b>\nb\n"
    again, _ = webvtt.parse(text)
    assert [plain.readable(cue.text) for cue in again.cues] == ["1 < 2\nb"]


@given(st.one_of(st.text(), st.binary(), st.text(alphabet="0123:,.-> \n\0aX<&;{}\\")))
def test_reading_never_fails_and_writing_is_stable(data: str | bytes) -> None:
    track, _ = srt.parse(data)
    written = srt.write(track)
    assert srt.write(srt.parse(written)[0]) == written


_SAID = st.text(alphabet="ab 0123:,.-><&;#{}\\/ié漢", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.integers(0, 10**8), st.lists(_SAID, max_size=3)), min_size=1, max_size=4))
def test_any_cues_read_the_same_after_srt(written: list[tuple[int, list[str]]]) -> None:
    track = Track(tuple(Cue(start, start + 1, plain.escaped("\n".join(lines))) for start, lines in written))
    again, _ = srt.parse(srt.write(track))
    assert [cue.start_ms for cue in again.cues] == [start for start, _ in written]
    assert [plain.readable(cue.text) for cue in again.cues] == ["\n".join(lines) for _, lines in written]


@pytest.mark.shared
def test_real_files_are_written_as_they_were(srt_files: dict[str, bytes]) -> None:
    assert srt_files
    for name, data in srt_files.items():
        track, issues = srt.parse(data, name)
        assert track.cues, name
        assert {issue.code for issue in issues} <= {"srt-overlap"}, name
        assert srt.write(track) == data.decode().replace("\r\n", "\n"), name
