"""Sentence groups: which cues, and which parts of them, together hold one sentence.

Final punctuation at the end of a cue is trusted, dots too, and so are sound cues and changes of speaker. The sentence
splitter (sentencex) only works between two such ends, so that one stray quotation mark cannot swallow a track. Where
full stops are missing, `unmarked` says which cues end a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sentencex

from polylect.captions import plain, scripts, unmarked
from polylect.captions.track import Cue, Group, Span, Track, TrackKind

CUES_MAX = unmarked.CUES_MAX
"""The most cues that a sentence may go on for: beyond, it is parted at its longest pauses."""

_DURATION_MIN_MS = 200
_MARKED_CUES_MIN = 0.15
_CLOSERS = "\"”’»›')\\]）］」』】〉》"
_MARKS = "[.!?…。！？｡।॥؟۔։።፧។៕။་༎᱾‼⁇⁈⁉]"
_FINAL_MARK = re.compile(rf"{_MARKS}[{_CLOSERS}\s]*\Z")
_FINAL_MARK_OF = {"el": re.compile(rf"[;\u037e][{_CLOSERS}\s]*\Z")}
_INNER_MARK = re.compile(rf"(?:{_MARKS}|;).*\S", re.DOTALL)
_ELLIPSIS = re.compile(rf"(?:\.\.|…)[{_CLOSERS}\s]*\Z")
_SHORT_WORD = re.compile(r"(?:\A|[\W_])((?:[^\W\d_]{1,4}\.)+)\Z")
_SHORT_WORDS_LENGTH = 20
_ANSWER = re.compile(r"(?:\A|(?<=[.!?:…]\s))(?:ok|no)\.(?=\s)", re.IGNORECASE)
"""What the splitter takes for a short form (of Oklahoma, of number) where it is a whole sentence."""

_SOUND = re.compile(r"[-–—>\s]*(?:\[[^\]]*\]|【[^】]*】|\([^()]{1,60}\)|（[^（）]{1,60}）|[♪♫].*)[.\s]*", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIALOGUE_LINE = re.compile(r"^(?:[-–—]\s*(?=[^\W\d])|>>)", re.MULTILINE)


def group(track: Track, language: str, *, kind: TrackKind = TrackKind.CAPTIONS) -> tuple[Group, ...]:
    """The sentences of a track, in order. Every readable character that is not white space is in exactly one group.

    Cues without readable text belong to none. Chapters and descriptions are one sentence a cue.
    """
    if kind in (TrackKind.CHAPTERS, TrackKind.DESCRIPTIONS):
        return tuple(_one_a_cue(track.cues))
    turns = list(_turns(track.cues))
    sentences: list[Group] = []
    for block in _blocks(turns, language, () if _is_marked(turns, language) else _unmarked_ends(turns, language)):
        for spans in _sentences(block, language):
            sentences += [Group(tuple(part)) for part in _within_limit(spans, track.cues)]
    return tuple(sentences)


def text(track: Track, group: Group) -> str:
    """The sentence as one line: white space and cue borders become one space, none between scripts without spaces."""
    return scripts.join([piece_text(track, span) for span in group.spans])


def piece_text(track: Track, span: Span) -> str:
    """What one cue holds of a sentence, as one line."""
    return scripts.one_line(plain.readable(track.cues[span.cue].text)[span.start : span.end])


def ends(text: str, language: str) -> list[int]:
    """Where sentences end inside a text, the end of the text itself not counted."""
    turns = [_Turn(0, *_trimmed(text, start, end), text, "", 0, 0) for start, end in _dialogue(text)]
    sentences = [spans for block in _blocks(turns, language) for spans in _sentences(block, language)]
    return [spans[-1].end for spans in sentences[:-1]]


@dataclass(frozen=True)
class _Turn:
    """What one speaker says in one cue: characters `start` to `end` of its readable text. Never blank."""

    cue: int
    start: int
    end: int
    cue_text: str
    speaker: str
    pause_ms: int
    """The silence between its cue and the next."""

    duration_ms: int
    """Its share of the time of its cue."""

    @property
    def text(self) -> str:
        return self.cue_text[self.start : self.end]


def _one_a_cue(cues: Sequence[Cue]) -> Iterator[Group]:
    for number, cue in enumerate(cues):
        text = plain.readable(cue.text)
        start, end = _trimmed(text, 0, len(text))
        if start < end:
            yield Group((Span(number, start, end),))


def _turns(cues: Sequence[Cue]) -> Iterator[_Turn]:
    for number, cue in enumerate(cues):
        pause_ms = cues[number + 1].start_ms - cue.end_ms if number + 1 < len(cues) else 0
        text = plain.readable(cue.text)
        voices = plain.voices(cue.text)
        speeches = voices if len(voices) > 1 else [(*part, name) for _, _, name in voices for part in _dialogue(text)]
        for start, end, speaker in speeches:
            start, end = _trimmed(text, start, end)
            if start < end:
                duration_ms = (cue.end_ms - cue.start_ms) * (end - start) // len(text)
                yield _Turn(number, start, end, text, speaker, pause_ms, duration_ms)


def _dialogue(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text by speaker, where two or more lines begin as lines of a dialogue do, else all of it."""
    starts = [found.start() for found in _DIALOGUE_LINE.finditer(text)]
    borders = [0, *starts[1:], len(text)] if len(starts) > 1 and starts[0] == 0 else [0, len(text)]
    yield from pairwise(borders)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same piece of a text without white space around it; empty at `end` where it is blank."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _is_marked(turns: Sequence[_Turn], language: str) -> bool:
    """Whether the track writes full stops, in one cue of seven at least."""
    marked = sum(_is_final(turn.text, language) for turn in turns)
    return marked >= _MARKED_CUES_MIN * len(turns)


def _is_final(text: str, language: str) -> bool:
    own_mark = _FINAL_MARK_OF.get(language.partition("-")[0])
    return bool(_FINAL_MARK.search(text) or (own_mark and own_mark.search(text)))


def _unmarked_ends(turns: Sequence[_Turn], language: str) -> list[bool]:
    texts = [scripts.one_line(turn.text) for turn in turns]
    certain = {number for number, (turn, following) in enumerate(pairwise(turns)) if _is_end(turn, following, language)}
    pauses_ms = [turn.pause_ms for turn in turns]
    durations_ms = [max(_DURATION_MIN_MS, turn.duration_ms) for turn in turns]
    return unmarked.ends(texts, pauses_ms, language, durations_ms=durations_ms, certain=certain)


def _blocks(turns: Sequence[_Turn], language: str, ends: Sequence[bool] = ()) -> Iterator[list[_Turn]]:
    """Runs of turns between two ends that need no splitter to be sure of. `ends`: the turns that end one anyway."""
    block: list[_Turn] = []
    for number, turn in enumerate(turns):
        block.append(turn)
        following = turns[number + 1] if number + 1 < len(turns) else None
        if following is None or (ends and ends[number]) or _is_end(turn, following, language):
            yield block
            block = []


def _is_end(turn: _Turn, following: _Turn, language: str) -> bool:
    if turn.cue == following.cue and turn.start != following.start:
        return True
    if following.speaker not in ("", turn.speaker) or following.text.startswith(">>"):
        return True
    if _SOUND.fullmatch(turn.text) or _SOUND.fullmatch(following.text):
        return True
    if not _is_final(turn.text, language):
        return False
    if _may_be_abbreviated(turn.text, following.text):
        return len(turn.text) in _borders(f"{turn.text} {following.text}", language)
    return True


def _may_be_abbreviated(text: str, following: str) -> bool:
    """Whether the last full stop may be a short word's: before a small letter, in a title (Dr.), in an initial (J)."""
    found = _SHORT_WORD.search(text[-_SHORT_WORDS_LENGTH:])
    return found is not None and (_goes_on(following) or found[1].removesuffix(".").istitle())


def _goes_on(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: with a small letter, after dots if any."""
    return text.lstrip(".… \"“«‘'(")[:1].islower()


def _sentences(block: Sequence[_Turn], language: str) -> Iterator[list[Span]]:
    """The sentences of a block, as spans."""
    joined = ""
    starts = []
    for turn in block:
        # white space becomes spaces one by one: the splitter would see paragraphs, and offsets must stay
        line = re.sub(r"\s", " ", turn.text)
        joined += scripts.separator(joined, line)
        starts.append(len(joined))
        joined += line
    borders = [0, *_borders(joined, language), len(joined)]
    for low, high in pairwise(borders):
        spans = []
        for start, turn in zip(starts, block, strict=True):
            shift = turn.start - start
            first, last = _trimmed(turn.cue_text, max(low + shift, turn.start), min(high + shift, turn.end))
            if first < last:
                spans.append(Span(turn.cue, first, last))
        yield spans


def _borders(text: str, language: str) -> list[int]:
    """Where sentences end inside a text, by the splitter, where both sides hold a word. Offsets are after the mark."""
    if not _INNER_MARK.search(text):
        return []
    borders: list[int] = []
    readable = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)  # half of a pair cannot be handed to sentencex
    split = sentencex.get_sentence_boundaries(language.partition("-")[0], readable)
    answers = (found.end() for found in _ANSWER.finditer(text) if text[found.end() :].lstrip()[:1].isupper())
    for border in sorted({*(len(text[: found["end_index"]].rstrip()) for found in split), *answers}):
        before, after = text[borders[-1] if borders else 0 : border], text[border:]
        if _has_word(before) and _has_word(after) and not _is_inside(before, after):
            borders.append(border)
    return borders


def _is_inside(before: str, after: str) -> bool:
    """Whether a dot is one of a sentence that goes on: after dots, or in a name such as tf.data.Dataset."""
    return (_ELLIPSIS.search(before) is not None and _goes_on(after)) or (
        before.endswith(".") and after[0].isalpha() and not scripts.is_spaceless(after[0])
    )


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _within_limit(spans: Sequence[Span], cues: Sequence[Cue]) -> list[Sequence[Span]]:
    """A sentence of too many cues, parted at the longest pause of its middle half until no part is too long.

    Of equal pauses the most central counts.
    """
    if len(spans) <= CUES_MAX:
        return [spans]

    def pause(number: int) -> tuple[int, int]:
        silence_ms = cues[spans[number].cue].start_ms - cues[spans[number - 1].cue].end_ms
        return silence_ms, -abs(2 * number - len(spans))

    quarter = len(spans) // 4
    border = max(range(quarter, len(spans) - quarter + 1), key=pause)
    return _within_limit(spans[:border], cues) + _within_limit(spans[border:], cues)
