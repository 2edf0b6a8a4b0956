"""Caption files that were written to harm are read in time that grows with their length."""

import pytest

from library.hostile.bounds import at_most
from polylect.captions import groups, plain, sjson, srt, webvtt

N = 60_000
CUE = "WEBVTT\n\n00:00.000 --> 00:01.000"


@pytest.mark.parametrize(
    "text",
    [
        f"{CUE} " + "line:1 " * N,
        f"{CUE} " + "line:x " * N,
        "WEBVTT\n\nREGION\n" + "lines:3 " * N,
        f"{CUE}\n" + "<b>" * N,
        f"{CUE}\n" + "<lang x>" * N,
        f"{CUE}\n<c" + ".a" * N + ">x",
        f"{CUE}\n" + "&" * N,
        "WEBVTT\n\n" + "-->" * N,
        "WEBVTT\n\n" + "9" * N + ":00:00.000 --> 9" + "9" * N + ":00:00.000\nx",
        "WEBVTT\n\nREGION\nlines:" + "9" * N + "\n\n",
        "WEBVTT\n\n" + "00:00.000 --> 99:00:00.000\nAnd so on. \n\n" * (N // 10),
    ],
)
def test_webvtt(text: str) -> None:
    with at_most(20):
        track, _issues = webvtt.parse(text)
        webvtt.write(track)
        groups.group(track, "en")
        for cue in track.cues:
            plain.readable(cue.text)


@pytest.mark.parametrize(
    "text", ["1\n00:00:00,000 --> 00:00:01,000\n" + "<b>" * N, "9" * N + "\n" + "9" * N + ":00:00,000 --> 1", "-->" * N]
)
def test_srt(text: str) -> None:
    with at_most(20):
        srt.write(srt.parse(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "[" * N,
        '{"start":' * N,
        '{"start":[' + "9" * N + '],"end":[1],"text":["x"]}',
        '{"start":[1e999],"end":[NaN],"text":["x"]}',
        '{"start":[-5],"end":[-9],"text":[{}]}',
        '{"start":[1],"end":[2],"text":["\\ud800\\u0000"]}',
    ],
)
def test_sjson(text: str) -> None:
    with at_most(5):
        webvtt.write(sjson.parse(text)[0]).encode()
