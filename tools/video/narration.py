"""From the script's lines to spoken sentences with their times, and from those to a caption track.

Captions follow common practice for subtitles: at most two lines of 42 characters, a cue never holds the end of one
sentence and the start of the next, and a long sentence is cut at its punctuation, where the voice pauses too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from polylect.captions.track import Cue, Track

from .script import CaptionLimits, Script
from .voice import Spoken, duration_ms, silence

_SENTENCE_END = re.compile(r"(?<=[.?!]) +(?=[A-Z])")
_CUTS = re.compile(r"(?<=[,;:]) ")
_LINGER_MS = 300
"""How long a cue stays after its last word, if nothing follows sooner."""
_PICTURE_LEAD_MS = 250
"""How long before its first word a line's picture appears: the eye arrives first, then the voice."""


@dataclass(frozen=True)
class Sentence:
    """A sentence at its time. `line` counts from 1 within its slide."""

    slide: str
    line: int
    text: str
    spoken: Spoken
    start_ms: int

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.spoken.duration_ms


@dataclass(frozen=True)
class Timeline:
    sentences: tuple[Sentence, ...]
    duration_ms: int


def sentences(line: str) -> list[str]:
    """The sentences of a line."""
    return _SENTENCE_END.split(line)


def lay_out(script: Script, speak: Callable[[str], Spoken]) -> Timeline:
    """Every sentence of the script at its time, pauses between them. The same voice gives the same times."""
    placed: list[Sentence] = []
    now_ms = script.voice.lead_in_ms
    for slide in script.slides:
        for number, line in enumerate(slide.narration, start=1):
            for text in sentences(line):
                placed.append(Sentence(slide.code, number, text, speak(text), now_ms))
                now_ms = placed[-1].end_ms + script.voice.sentence_pause_ms
        now_ms += script.voice.slide_pause_ms - script.voice.sentence_pause_ms
    return Timeline(tuple(placed), placed[-1].end_ms + script.voice.lead_out_ms)


def caption_track(timeline: Timeline, limits: CaptionLimits) -> Track:
    """The captions of what is said. A cue's code is its slide and its number there: `s3-2`."""
    counts: dict[str, int] = {}
    cues: list[Cue] = []
    for sentence in timeline.sentences:
        for start_ms, end_ms, text in _timed_pieces(sentence, limits):
            counts[sentence.slide] = number = counts.get(sentence.slide, 0) + 1
            cues.append(Cue(start_ms, end_ms, wrap(text, limits), f"{sentence.slide}-{number}"))
    return Track(tuple(_linger(cues, timeline.duration_ms)))


def _timed_pieces(sentence: Sentence, limits: CaptionLimits) -> Iterator[tuple[int, int, str]]:
    texts = pieces(sentence.text, limits)
    heads = [" ".join(texts[:count]) for count in range(len(texts))]
    starts = [sentence.start_ms + (sentence.spoken.time_after_ms(head) if head else 0) for head in heads]
    for text, (start_ms, end_ms) in zip(texts, pairwise([*starts, sentence.end_ms]), strict=True):
        yield start_ms, end_ms, text


def _linger(cues: list[Cue], duration_ms: int) -> Iterator[Cue]:
    following = [cue.start_ms for cue in cues[1:]] + [duration_ms]
    for cue, next_ms in zip(cues, following, strict=True):
        yield Cue(cue.start_ms, min(cue.end_ms + _LINGER_MS, next_ms), cue.text, cue.code)


def pieces(sentence: str, limits: CaptionLimits) -> list[str]:
    """A sentence in as few pieces as fit a cue, cut at punctuation, nearly equal in length.

    A sentence that offers no such cut is too long to be heard well: ValueError, for the script's author to rewrite it.
    """
    if wrap(sentence, limits):
        return [sentence]
    cuts = [found.start() for found in _CUTS.finditer(sentence)]
    if not cuts:
        raise ValueError(f"too long for a cue, and no comma to cut at: {sentence!r}")
    cut = min(cuts, key=lambda place: abs(2 * place - len(sentence)))
    return [*pieces(sentence[:cut], limits), *pieces(sentence[cut + 1 :], limits)]


def wrap(text: str, limits: CaptionLimits) -> str:
    """The text in the fewest lines that hold it, as even as may be, LF between; empty if it does not fit."""
    if len(text) <= limits.line_characters:
        return text
    if limits.lines == 1:
        return ""
    rest = CaptionLimits(limits.line_characters, limits.lines - 1)
    breaks = [found.start() for found in re.finditer(" ", text) if found.start() <= limits.line_characters]
    found = [(text[:place], wrap(text[place + 1 :], rest)) for place in breaks]
    fitting = [f"{head}\n{tail}" for head, tail in found if tail]
    return min(fitting, key=_unevenness, default="")


def _unevenness(wrapped: str) -> float:
    """How far the lines are from equal; a line that ends in punctuation is worth some unevenness."""
    lines = wrapped.split("\n")
    at_punctuation = sum(line[-1] in ",;:" for line in lines[:-1])
    return max(map(len, lines)) - min(map(len, lines)) - 12 * at_punctuation


def samples(timeline: Timeline) -> bytes:
    """The whole voice, silences included."""
    sound = bytearray()
    for sentence in timeline.sentences:
        sound += silence(sentence.start_ms - duration_ms(sound)) + sentence.spoken.samples
    return bytes(sound + silence(timeline.duration_ms - duration_ms(sound)))


def line_durations_ms(timeline: Timeline) -> list[int]:
    """How long each line's picture is seen: from just before its first word to just before the next line's."""
    starts = [
        sentence.start_ms - _PICTURE_LEAD_MS
        for before, sentence in pairwise(timeline.sentences)
        if (before.slide, before.line) != (sentence.slide, sentence.line)
    ]
    return [end - start for start, end in pairwise([0, *starts, timeline.duration_ms])]
