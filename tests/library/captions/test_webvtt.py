"""WebVTT: the cues are those of the standard's parser, nothing is lost, and authors hear what to mend."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.captions.text_cases import Case, cases
from polylect.captions import settings, webvtt
from polylect.captions.track import Cue, Track
from polylect.issues import Severity


def _normalized(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_form(track: Track) -> list[tuple[int, int, str, str, str]]:
    return [(cue.start_ms, cue.end_ms, cue.code, cue.settings, cue.text) for cue in track.cues]


@pytest.mark.parametrize("case", cases("webvtt-files.txt"))
def test_a_file_has_the_cues_and_issues_of_its_case(case: Case) -> None:
    track, issues = webvtt.parse(case.file("file"), "a.vtt")
    found = [[cue.start_ms, cue.end_ms, cue.code, cue.text] for cue in track.cues]
    assert found == [json.loads(line) for line in case.lines("cues")]
    assert [f"{issue.place.line} {issue.code}" for issue in issues] == case.lines("issues")
    assert {issue.place.file for issue in issues} <= {"a.vtt"}


@pytest.mark.parametrize("case", cases("webvtt-files.txt"))
def test_a_file_without_issues_is_written_as_it_was(case: Case) -> None:
    text = case.file("file")
    track, issues = webvtt.parse(text)
    if not issues:
        assert webvtt.write(track) == _normalized(text)


@pytest.mark.parametrize("case", cases("webvtt-files.txt"))
def test_whatever_is_read_reads_the_same_once_written(case: Case) -> None:
    track, _ = webvtt.parse(case.file("file"))
    again, _ = webvtt.parse(webvtt.write(track))
    assert _without_form(again) == _without_form(track)
    assert webvtt.parse(webvtt.write(again))[0] == again


@pytest.mark.parametrize("case", cases("webvtt-settings.txt"))
def test_settings_have_the_values_of_their_case(case: Case) -> None:
    written = case.text("settings")
    fred = settings.Region(code="fred")
    values = settings.parse(written, [fred])
    assert _changed(values, settings.CueSettings()) == case.lines("values")
    assert [fault.setting for fault in settings.faults(written, [fred])] == case.lines("faults")


@pytest.mark.parametrize("case", cases("webvtt-regions.txt"))
def test_regions_have_the_values_of_their_case(case: Case) -> None:
    written = case.text("region")
    assert _changed(settings.region(written), settings.Region()) == case.lines("values")
    assert [fault.setting for fault in settings.region_faults(written)] == case.lines("faults")


def _changed(values: object, default: object) -> list[str]:
    names = sorted(field.name for field in fields(default))  # type: ignore[arg-type]
    pairs = [(name, getattr(values, name)) for name in names if getattr(values, name) != getattr(default, name)]
    return [f"{name}={value!r}" for name, value in pairs]


def test_everything_that_a_file_says_is_kept() -> None:
    text = (
        "\ufeffWEBVTT - a title\nKind: captions\n\nNOTE by hand\n\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:fred\nwidth:40%\n\n"
        "first\n00:01.000  -->  00:02.000 \tregion:fred   align:start\n<v Ada>Hello,\n<i>you</i></v>\n\n"
        "NOTE in between\n\n00:00:02.000 --> 00:00:03.000\n\n\n\nNOTE at last\n\n"
    )
    track, issues = webvtt.parse(text)
    assert issues == ()
    assert track.header == " - a title\nKind: captions"
    first, second = track.cues
    assert first.leading == (
        "NOTE by hand",
        "",
        "STYLE\n::cue { color: red }",
        "REGION\nid:fred\nwidth:40%",
    )
    assert (first.code, first.settings) == ("first", "region:fred   align:start")
    assert second.leading == ("NOTE in between",)
    assert track.trailing == ("", "", "NOTE at last")
    assert webvtt.regions(track) == (settings.Region(code="fred", width=40.0),)
    assert settings.parse(first.settings, webvtt.regions(track)).region == "fred"
    assert webvtt.write(track) == text


def test_new_times_are_written_and_not_the_old_line() -> None:
    track, _ = webvtt.parse("WEBVTT\n\n00:01.000 --> 00:02.000 align:start\na\n")
    (cue,) = track.cues
    moved = Cue(5000, 6000, cue.text, settings=cue.settings, timing=cue.timing)
    assert webvtt.write(Track((moved,))) == "WEBVTT\n\n00:00:05.000 --> 00:00:06.000 align:start\na\n"


def test_what_a_file_cannot_hold_is_made_to_fit() -> None:
    cue = Cue(0, 1000, "\none\n\n\ntwo --> three\n", code="a --> b", leading=("NOTE a\n\nb",))
    text = webvtt.write(Track((cue,), header="Kind: captions\n\nx"))
    track, issues = webvtt.parse(text)
    assert issues == ()
    assert [(cue.text, cue.code) for cue in track.cues] == [("one\ntwo --&gt; three", "")]


def test_bytes_that_are_not_utf_8_are_named_and_the_rest_is_read() -> None:
    data = "WEBVTT\n\n00:00.000 --> 00:01.000\ncafé\n".encode("latin-1")
    track, issues = webvtt.parse(data, "a.vtt")
    assert [cue.text for cue in track.cues] == ["caf\ufffd"]
    assert [str(issue) for issue in issues] == [
        "a.vtt:4: The file is not in UTF-8: “e9” cannot be read. Save it as UTF-8."
    ]


def test_an_issue_says_where_what_was_found_and_what_would_be_right() -> None:
    _, issues = webvtt.parse("WEBVTT\n\n00:01 --> 00:02\na\n\n00:02.000 --> 00:03.000 align:middle\nb\n", "talk.vtt")
    assert [str(issue) for issue in issues] == [
        "talk.vtt:3: This cue is never shown: its times are “00:01 --> 00:02”, "
        "and should look like “00:01.000 --> 00:02.500”.",
        "talk.vtt:6: The setting “align:middle” has no effect. "
        "Right would be: align:start | align:center | align:end | align:left | align:right",
    ]
    assert [issue.severity for issue in issues] == [Severity.ERROR, Severity.WARNING]


_LINES = st.lists(
    st.sampled_from(
        [
            "",
            "WEBVTT",
            "00:00:01.000 --> 00:00:02.000",
            "00:01.000-->00:02.000 align:start",
            "00:61.000 --> 00:02.000",
            "-->",
            "NOTE",
            "NOTE a",
            "STYLE",
            "REGION",
            "id:x",
            "text",
            "<b>a &amp; b",
            " ",
            "\0",
        ]
    ),
    max_size=14,
)


@given(_LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_lines_read_the_same_once_written(lines: list[str], line_break: str) -> None:
    text = line_break.join(["WEBVTT", *lines])
    track, issues = webvtt.parse(text)
    written = webvtt.write(track)
    assert _without_form(webvtt.parse(written)[0]) == _without_form(track)
    if not issues:
        assert written == _normalized(text)


@given(st.one_of(st.text(), st.binary(), st.text().map("WEBVTT\n\n".__add__)))
def test_reading_never_fails(data: str | bytes) -> None:
    track, _ = webvtt.parse(data)
    assert webvtt.parse(webvtt.write(track))[0].cues == track.cues


_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), min_size=1).filter(
    lambda text: "-->" not in text
)


@given(
    st.lists(
        st.builds(
            Cue,
            st.integers(0, 10**8),
            st.integers(0, 10**8),
            st.lists(_WORDS, max_size=3).map("\n".join),
            _WORDS,
            leading=st.lists(st.sampled_from(["", "NOTE a", "NOTE\nb"]), max_size=2).map(tuple),
        ),
        max_size=4,
    ),
)
def test_any_cues_come_back_from_the_file_they_are_written_to(cues: list[Cue]) -> None:
    track = Track(tuple(cues))
    again, _ = webvtt.parse(webvtt.write(track))
    assert again == track


@pytest.mark.shared
def test_real_files_are_written_as_they_were(shared: Path) -> None:
    files = sorted((shared / "captions" / "w3c").glob("*.vtt"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        track, _ = webvtt.parse(text)
        assert track.cues, file.name
        assert webvtt.write(track) == _normalized(text), file.name
