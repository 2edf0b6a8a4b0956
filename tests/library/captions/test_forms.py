"""Caption files of every form: told apart, decoded, and turned into each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import forms, plain, webvtt
from polylect.captions.forms import Form
from polylect.captions.track import Cue, Track

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHé, là.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nHé, là.\n"
SJSON = '{"start": [1000], "end": [2000], "text": ["Hé, là."]}'


@pytest.mark.parametrize(("text", "form"), [(VTT, Form.WEBVTT), (SRT, Form.SRT), (SJSON, Form.SJSON)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_is_told_and_decoded_without_its_name(text: str, form: Form, encoding: str) -> None:
    opened = forms.read(text.encode(encoding))
    assert opened.form is form
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in opened.track.cues] == [(1000, 2000, "Hé, là.")]
    codes = {"cp1252": ["captions-encoding"], "utf-16": ["form-utf-16"]}
    assert [issue.code for issue in opened.issues] == codes.get(encoding.removesuffix("-le").removesuffix("-be"), [])


def test_an_encoding_that_is_named_is_followed() -> None:
    assert forms.read(SRT.replace("Hé, là.", "Тест").encode("cp1251"), encoding="cp1251").track.cues[0].text == "Тест"
    opened = forms.read(SRT.encode("cp1252"), "a.srt", encoding="utf-8")
    assert [(issue.code, issue.place.line) for issue in opened.issues] == [("form-encoding", 3)]


def test_a_name_that_lies_is_said() -> None:
    opened = forms.read(SRT.encode(), "talk.vtt")
    assert [issue.sentence for issue in opened.issues] == [
        "The name says WebVTT, and the file is SRT; it was read as that. Players go by the name."
    ]
    assert len(opened.track.cues) == 1


def test_a_file_that_is_none_says_what_captions_come_as() -> None:
    opened = forms.read(b"Dear all,\n", "folder/letter.txt")
    assert opened.form is None
    assert "“letter.txt” is no caption file" in opened.issues[0].sentence


def codes(track: Track, form: Form) -> list[str]:
    return [issue.code for issue in forms.fitted(track, form)[1]]


def test_what_srt_cannot_hold_is_said_once_a_kind() -> None:
    text = (
        "WEBVTT Talk\n\nSTYLE\n::cue {}\n\nNOTE hi\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Ann><i>One</i></v>\n\n"
        "00:03.000 --> 00:04.000\n<c.red>Two</c> <00:03.500>and <ruby>漢<rt>かん</rt></ruby>\n"
    )
    track, issues = forms.fitted(webvtt.parse(text)[0], Form.SRT, was=Form.WEBVTT)
    assert [issue.sentence for issue in issues] == [
        "SRT has no place for headers, comments and style sheets. Left out: 3, the first before cue 1.",
        "SRT has no place for names of cues. Left out: 1, the first “intro” of cue 1.",
        "SRT cannot say where on the picture a cue stands. Left out: 1, the first “line:0” of cue 1.",
        "SRT has no tags such as <v>, <c>, <00:00.000>, <ruby>, <rt>. Their text stays, and they go. "
        "Cues with them: 2, the first of them cue 1.",
    ]
    assert forms.write(track, Form.SRT) == (
        "1\n00:00:01,000 --> 00:00:02,000\n<i>One</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo and 漢\n"
    )


def test_a_position_of_srt_becomes_a_setting_and_its_other_tags_go() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Above\n\n2\n00:00:02,000 --> 00:00:03,000 X1:4 X2:9\n"
        "<font color=red>Red</font> {\\pos(1,2)}<b>bold</b>\n"
    )
    track, issues = forms.fitted(forms.read(text.encode()).track, Form.WEBVTT, was=Form.SRT)
    assert forms.write(track, Form.WEBVTT) == (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000 line:0\nAbove\n\n2\n"
        "00:00:02.000 --> 00:00:03.000\nRed <b>bold</b>\n"
    )
    assert [issue.code for issue in issues] == ["convert-settings", "convert-tags"]
    assert webvtt.parse(forms.write(track, Form.WEBVTT))[1] == ()


def test_the_same_form_keeps_everything() -> None:
    track, _ = webvtt.parse("WEBVTT x\n\nNOTE hi\n\na\n00:01.000 --> 00:02.000 line:0\n<v Ann>Yes</v>\n")
    assert forms.fitted(track, Form.WEBVTT, was=Form.WEBVTT) == (track, ())


_PAYLOAD = st.text(alphabet="ab ,.漢か👍🏽ا<>&\n-", max_size=40).map(plain.escaped) | st.sampled_from(
    ["<v Ann>Yes <i>no</i> now</v>", "<c.x>a</c>b <00:00.500>c", "<ruby>漢<rt>k</rt>字</ruby> x", "<{\\an8}>a", "<b>x"]
)
_CODES = st.sampled_from(["", "1", "2", "intro", "a"])
_CUES = st.lists(
    st.builds(Cue, st.integers(0, 9000), st.integers(0, 9000), _PAYLOAD, _CODES, st.sampled_from(["", "line:0"])),
    min_size=1,
    max_size=6,
)


def said(track: Track) -> list[tuple[int, int, str]]:
    """What is shown, blank lines and white space at the ends of lines aside, which not every form can hold."""
    lines = [[line.strip() for line in plain.readable(cue.text).split("\n")] for cue in track.cues]
    texts = ["\n".join(filter(None, held)) for held in lines]
    return [(cue.start_ms, cue.end_ms, text) for cue, text in zip(track.cues, texts, strict=True)]


@given(_CUES, st.permutations(list(Form)))
def test_times_and_readable_texts_go_through_every_form(cues: list[Cue], order: list[Form]) -> None:
    track = Track(tuple(cues))
    was: Form | None = None
    for form in order:
        fitting, _ = forms.fitted(track, form, was=was)
        assert said(fitting) == said(track)
        opened = forms.read(forms.write(fitting, form).encode(), form=form)
        assert said(opened.track) == said(track)
        track, was = opened.track, form


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"WEBVTT\n\n{text}".encode()))
def test_hostile_files_are_read_and_turned_into_every_form(data: bytes) -> None:
    opened = forms.read(data, "x.srt")
    for form in Form:
        fitting, _ = forms.fitted(opened.track, form, was=opened.form)
        forms.write(fitting, form)
