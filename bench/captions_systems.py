"""Our captions as systems for a scorer: what it asks for in plain data, answered by the library.

    group(cues, lang)      -> [(cue, offset), ...]   every sentence end; offsets count characters of the cue on one line
    project(unit, lang)    -> [cut, ...]             where the translation `unit["text"]` is cut, one for each border
    retime(sentences, source_cues, lang) -> [{"start", "end", "text"}, ...]   cues of their own, with line breaks

`cues` are `{"start", "end", "text"}` in seconds; a unit has `text`, `source_pieces`, `starts` and `ends`, one of each
for every cue that it covers. Sources are English.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from polylect.captions import associations, groups, plain, recue, scripts
from polylect.captions.retime import Timed
from polylect.captions.retime import retime as retimed
from polylect.captions.track import Cue, Track

Plain = Mapping[str, Any]


def group(cues: Sequence[Plain], lang: str) -> list[tuple[int, int]]:
    track = _track(cues)
    last_spans = (found.spans[-1] for found in groups.group(track, lang))
    return [(span.cue, _on_one_line(plain.readable(track.cues[span.cue].text), span.end)) for span in last_spans]


def project(unit: Plain, lang: str) -> list[int]:
    return list(recue.recue(unit["text"], _pieces(unit), lang, associations=associations.seed("en", lang)))


def retime(sentences: Sequence[Plain], source_cues: Sequence[Plain], lang: str) -> list[dict[str, Any]]:
    timed = [Timed(sentence["text"], _ms(sentence["start"]), _ms(sentence["end"])) for sentence in sentences]
    return [
        {"start": cue.start_ms / 1000, "end": cue.end_ms / 1000, "text": plain.readable(cue.text)}
        for cue in retimed(timed, lang)
    ]


def _pieces(unit: Plain) -> list[recue.Piece]:
    return [
        recue.Piece(text, _ms(start), _ms(end))
        for text, start, end in zip(unit["source_pieces"], unit["starts"], unit["ends"], strict=True)
    ]


def _track(cues: Sequence[Plain]) -> Track:
    return Track(tuple(Cue(_ms(cue["start"]), _ms(cue["end"]), plain.escaped(cue["text"])) for cue in cues))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _on_one_line(text: str, end: int) -> int:
    """The place in the text on one line that has as many characters before it, white space aside."""
    solid = sum(not character.isspace() for character in text[:end])
    line = scripts.one_line(text)
    for place, character in enumerate(line):
        if not solid:
            return place
        solid -= not character.isspace()
    return len(line)
