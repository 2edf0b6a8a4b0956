"""sjson, Open edX's stored transcripts (`subs_NAME.srt.sjson`).

A JSON object of three lists of one length: `start` and `end` in whole milliseconds, and `text`. It is what Open edX
makes of an SRT file, so texts are read and written by the same rules (`plain.from_loose`). There is no place for
identifiers, settings or comments: those of a track are left out when it is written.
"""

import json
import re
from collections.abc import Sequence

from polylect.captions import decoding, plain
from polylect.captions.track import Cue, Track
from polylect.issues import Issue, Place, Severity, declare

NOT_SJSON = declare(
    "sjson-unreadable",
    Severity.ERROR,
    "This is no transcript in sjson: a JSON object with the lists start, end and text is expected. {reason}",
)
UNEVEN = declare(
    "sjson-uneven",
    Severity.ERROR,
    "The lists differ in length (start: {starts}, end: {ends}, text: {texts}); what is beyond the shortest is lost.",
)
BAD_CUE = declare(
    "sjson-bad-cue",
    Severity.ERROR,
    "Cue {number} is never shown: its start, end and text are {found}, and should be two whole numbers and a string.",
)
ENDS_TOO_SOON = declare(
    "sjson-ends-too-soon", Severity.ERROR, "Cue {number} is never shown: it starts at {start} ms and ends at {end} ms."
)

_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_SHOWN_CHARACTERS = 60


def parse(data: str | bytes, file: str = "") -> tuple[Track, tuple[Issue, ...]]:
    """The track, and what is wrong with it. Cue numbers in issues count from 1. Never raises.

    Empty texts are cues without text, as in Open edX; null, which it writes for a missing text, is one too.
    """
    text, issues = decoding.loose(data, file) if isinstance(data, bytes) else (data, [])
    place = Place(file)
    try:
        found = json.loads(text.removeprefix("\N{BYTE ORDER MARK}"))
    except (ValueError, RecursionError) as error:
        return Track(()), (*issues, NOT_SJSON.at(place, reason=error))
    if not isinstance(found, dict):
        return Track(()), (*issues, NOT_SJSON.at(place, reason=""))
    starts, ends, texts = found.get("start"), found.get("end"), found.get("text")
    if not (isinstance(starts, list) and isinstance(ends, list) and isinstance(texts, list)):
        return Track(()), (*issues, NOT_SJSON.at(place, reason=""))
    if not len(starts) == len(ends) == len(texts):
        issues.append(UNEVEN.at(place, starts=len(starts), ends=len(ends), texts=len(texts)))
    cues = _cues(starts, ends, texts, place, issues)
    return Track(tuple(cues)), tuple(issues)


def write(track: Track) -> str:
    """The file's text, in the layout of Open edX's own files."""
    return json.dumps(
        {
            "start": [cue.start_ms for cue in track.cues],
            "end": [cue.end_ms for cue in track.cues],
            "text": [plain.to_loose(cue.text) for cue in track.cues],
        },
        indent=2,
        ensure_ascii=False,
    )


def _cues(
    starts: Sequence[object], ends: Sequence[object], texts: Sequence[object], place: Place, issues: list[Issue]
) -> list[Cue]:
    cues = []
    for number, (start, end, text) in enumerate(zip(starts, ends, texts, strict=False), 1):
        start_ms, end_ms = _milliseconds(start), _milliseconds(end)
        if start_ms is None or end_ms is None or not isinstance(text, str | None):
            found = json.dumps([start, end, text], ensure_ascii=False)[:_SHOWN_CHARACTERS]
            issues.append(BAD_CUE.at(place, number=number, found=found))
            continue
        if end_ms <= start_ms:
            issues.append(ENDS_TOO_SOON.at(place, number=number, start=start_ms, end=end_ms))
        cues.append(Cue(start_ms, end_ms, plain.from_loose(_lines(text or ""))))
    return cues


def _milliseconds(value: object) -> int | None:
    """A time, which some files hold as a number with a fraction."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**15:
        return None
    return round(value)


def _lines(text: str) -> str:
    """Without what no other format can hold: blank lines, and what is no character (JSON can say half a pair)."""
    lines = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line for line in lines if line.strip())
