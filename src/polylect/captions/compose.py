"""The only ways between sentences and cues: `compose` makes a translated track, `take_cues` reads one.

A cue that holds the end of one sentence and the beginning of the next gets both translations, in that order. Where the
border between them could not be found again by its punctuation, each part is marked with its language (`<lang fr>`), as
it is where languages differ. So a composed track is read back exactly; one from elsewhere, as far as it is certain.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from polylect import languages
from polylect.captions import associations as associating
from polylect.captions import groups as grouping
from polylect.captions import markup, plain, recue, scripts
from polylect.captions.associations import Associations
from polylect.captions.track import Cue, Group, Span, Track
from polylect.issues import Issue, Place, Severity, declare

UNKNOWN_CUE = declare(
    "cues-unknown",
    Severity.WARNING,
    "Cue {number}, “{text}”, was not taken: no cue of the source has its identifier or its times.",
)
NO_SENTENCE = declare(
    "cues-no-sentence", Severity.WARNING, "Cue {number}, “{text}”, was not taken: the source says nothing in this cue."
)
MISSING_CUE = declare(
    "cues-missing",
    Severity.WARNING,
    "The translation of “{sentence}” was not taken: cue {number} of the source holds a part of it, and has none here.",
)
UNCLEAR_BORDER = declare(
    "cues-unclear-border",
    Severity.WARNING,
    "“{text}” was not taken: cue {number} of the source holds parts of {count} sentences; where they meet is unclear.",
)
HALF_TRANSLATED = declare(
    "cues-half-translated",
    Severity.WARNING,
    "The translation of “{sentence}” was not taken: a part of it is still marked as being in {language}.",
)
TWO_LANGUAGES = declare(
    "cues-two-languages",
    Severity.WARNING,
    "The translation of “{sentence}” was not taken: its parts are marked with different languages ({languages}).",
)

_LANGUAGE_LINE = re.compile(r"^(Language:[ \t]*)[^\n]*", re.MULTILINE)
_NUMBER = re.compile(r"\s*[0-9]+\s*")


@dataclass(frozen=True)
class SentenceTarget:
    """A sentence's translation, on one line (`scripts.one_line`).

    `cuts`: for each border between two spans of its group, the offset in `text` where the next cue's piece begins, or
    `recue.CHOOSE`; empty: all are ours to choose. Those that are not allowed any more are chosen anew.
    """

    text: str
    language: str
    cuts: tuple[int, ...] = ()


def compose(
    track: Track,
    groups: Sequence[Group],
    targets: Sequence[SentenceTarget | None],
    *,
    language: str,
    source_language: str,
    associations: Associations | None = None,
) -> Track:
    """The track in `language`: the source's cues and times, their texts made from the sentences' targets.

    `targets` has one entry for each group. For None, and for a blank text, the source is shown: a cue without any
    target keeps its text, inside `<lang source_language>` if that is another language. A cue shared by sentences in
    different languages marks the language of each part. Voices of the source stay; its other markup goes with its text.
    `associations` are the course's own, where it has learned some; else those that ship.
    """
    parts: list[list[_Part]] = [[] for _ in track.cues]
    for group, target in zip(groups, targets, strict=True):
        for span, part in zip(group.spans, _parts(track, group, target, source_language, associations), strict=True):
            parts[span.cue].append(part)
    cues = [
        replace(cue, text=_cue_text(cue, held, language, source_language)) if held else cue
        for cue, held in zip(track.cues, parts, strict=True)
    ]
    return replace(track, cues=tuple(cues), header=_LANGUAGE_LINE.sub(rf"\g<1>{language}", track.header))


def take_cues(
    translated: Track,
    track: Track,
    groups: Sequence[Group],
    *,
    language: str,
    source_language: str,
    file: str = "",
) -> tuple[tuple[SentenceTarget | None, ...], tuple[Issue, ...]]:
    """The sentences of a translated track: one entry for each group, None where nothing is known for certain.

    Cues are matched by identifier (a bare number is none), else by their exact times, else by order if there are
    equally many. Parts that are marked as being in `source_language` are not translations. A sentence whose cues are
    all blank, missing or in the source language has no issue: it is just not translated yet.
    Law: `take_cues(compose(track, groups, targets)) == targets` where every group has a target with all cuts in place.
    """
    place = Place(file)
    matched, issues = _matched(translated, track, place)
    counts = Counter(span.cue for group in groups for span in group.spans)
    said: dict[int, list[_Said] | None] = {}
    for number, cue in matched.items():
        said[number] = _read(cue.text, counts[number], language, source_language)
        if said[number] is None:
            kind = UNCLEAR_BORDER if counts[number] else NO_SENTENCE
            issues.append(kind.at(place, number=number + 1, count=counts[number], text=_one_line(cue)))
    targets: list[SentenceTarget | None] = []
    for group in groups:
        pieces = [parts.pop(0) if (parts := said.get(span.cue)) else None for span in group.spans]
        issue = _fault(track, group, pieces, matched, language, source_language, place)
        issues += [issue] if issue else []
        targets.append(None if issue else _joined(pieces, language, source_language))
    return tuple(targets), tuple(issues)


@dataclass(frozen=True)
class _Part:
    """What a sentence gives to a cue, and where its source stands in there."""

    text: str
    language: str
    is_target: bool
    span: Span


@dataclass(frozen=True)
class _Said:
    """What a translated cue says of one sentence. A space at its end belongs to the text."""

    text: str
    language: str


def _parts(
    track: Track,
    group: Group,
    target: SentenceTarget | None,
    source_language: str,
    own: Associations | None,
) -> list[_Part]:
    """One for each span of the group."""
    if target is None or not target.text.strip():
        return [_Part(grouping.piece_text(track, span), source_language, False, span) for span in group.spans]
    text = scripts.one_line(target.text)
    kept = target.cuts if text == target.text else ()
    is_own = own is not None and own.language.partition("-")[0] == target.language.partition("-")[0]
    known = own if is_own else associating.seed(source_language, target.language)
    cuts = recue.recue(text, recue.pieces(track, group), target.language, associations=known, kept_cuts=kept)
    pieces = zip(_slices(text, cuts), group.spans, strict=True)
    return [_Part(piece, target.language, True, span) for piece, span in pieces]


def _slices(text: str, cuts: Sequence[int]) -> Iterator[str]:
    """The pieces between cuts, without the space at their end, unless joining them would not bring it back."""
    for low, high in pairwise((0, *cuts, len(text))):
        bare = text[low:high].rstrip(" ")
        is_needed = high < len(text) and not scripts.separator(bare, text[high])
        yield text[low:high] if is_needed else bare


def _cue_text(cue: Cue, parts: Sequence[_Part], language: str, source_language: str) -> str:
    """The payload of a cue that holds these parts, in order."""
    if not any(part.is_target for part in parts):
        if source_language == language:
            return cue.text
        whole = markup.Element(markup.Kind.LANGUAGE, markup.parse(cue.text), annotation=source_language)
        return markup.write((whole,))
    if all(part.language == language for part in parts):
        unmarked = _assembled(cue, parts, is_marked=False)
        if _read(unmarked, len(parts), language, source_language) == [_Said(part.text, language) for part in parts]:
            return unmarked
    return _assembled(cue, parts, is_marked=True)


def _assembled(cue: Cue, parts: Sequence[_Part], *, is_marked: bool) -> str:
    """The parts, each in the voice of its source, with a line break between them where the source has one."""
    source = plain.readable(cue.text)
    voices = plain.voices(cue.text)
    nodes: list[markup.Node] = []
    previous: _Part | None = None
    for voice, run in groupby(parts, lambda part: _voice_at(voices, part.span.start)):
        inner: list[markup.Node] = []
        for part in run:
            if previous:
                has_break = "\n" in source[previous.span.end : part.span.start]
                gap = "\n" if has_break else scripts.separator(previous.text, part.text)
                (inner or nodes).append(gap)
            marked = markup.Element(markup.Kind.LANGUAGE, (part.text,), annotation=part.language)
            inner.append(marked if is_marked else part.text)
            previous = part
        nodes += [markup.Element(markup.Kind.VOICE, tuple(inner), annotation=voice)] if voice else inner
    return markup.write(tuple(nodes))


def _voice_at(voices: Sequence[tuple[int, int, str]], position: int) -> str:
    return next((name for start, end, name in voices if start <= position < end), "")


def _matched(translated: Track, track: Track, place: Place) -> tuple[dict[int, Cue], list[Issue]]:
    """The translated cue for each cue of the source that has one, by the source's number."""
    own_codes, their_codes = _distinct_codes(track), _distinct_codes(translated)
    matched = {number: their_codes[code] for code, number in own_codes.items() if code in their_codes}
    free: dict[tuple[int, int], list[int]] = {}
    for number, cue in enumerate(track.cues):
        if number not in matched:
            free.setdefault((cue.start_ms, cue.end_ms), []).append(number)
    rest = []
    taken = set(matched.values())
    for number, cue in enumerate(translated.cues):
        if number not in taken:
            same_times = free.get((cue.start_ms, cue.end_ms))
            if same_times:
                matched[same_times.pop(0)] = number
            else:
                rest.append(number)
    if len(track.cues) == len(translated.cues) and all(own == their for own, their in matched.items()):
        matched |= {number: number for number in rest}
        rest = []
    lost = ((number, _one_line(translated.cues[number])) for number in rest)
    issues = [UNKNOWN_CUE.at(place, number=number + 1, text=text) for number, text in lost if text]
    return {own: translated.cues[their] for own, their in sorted(matched.items())}, issues


def _distinct_codes(track: Track) -> dict[str, int]:
    """The identifiers that name one cue of the track. A bare number does not: it shifts with every cue put in."""
    counts = Counter(cue.code for cue in track.cues)
    return {
        cue.code: number
        for number, cue in enumerate(track.cues)
        if cue.code and counts[cue.code] == 1 and not _NUMBER.fullmatch(cue.code)
    }


def _one_line(cue: Cue) -> str:
    return scripts.one_line(plain.readable(cue.text))


def _read(cue_text: str, count: int, language: str, source_language: str) -> list[_Said] | None:
    """What a cue says of each of its `count` sentences, None where the borders between them are not certain."""
    marked = _marked(markup.parse(cue_text), language)
    if marked is not None and len(marked) == count:
        return marked
    text = plain.readable(cue_text)
    if not text.strip():
        return [_Said("", language)] * count
    marks = {said.language for said in marked or ()}
    if marks == {source_language} and source_language != language:
        return [_Said("", source_language)] * count
    spoken = marks.pop() if len(marks) == 1 else language
    if count == 1:
        return [_Said(_line(text), spoken)]
    borders = grouping.ends(text, spoken)
    if not count or marks or len(borders) != count - 1:
        return None
    return [_Said(_line(text[start:end]), spoken) for start, end in pairwise((0, *borders, len(text)))]


def _marked(nodes: Sequence[markup.Node], language: str) -> list[_Said] | None:
    """What is inside each `<lang>`, None where something readable stands outside of them."""
    found: list[_Said] = []
    for node in nodes:
        if isinstance(node, str) and node.strip():
            return None
        if not isinstance(node, markup.Element) or node.kind is markup.Kind.READING:
            continue
        if node.kind is markup.Kind.LANGUAGE:
            marked_language = languages.canonical(node.annotation) or node.annotation or language
            found.append(_Said(_line(plain.readable_nodes(node.children)), marked_language))
        else:
            inner = _marked(node.children, language)
            if inner is None:
                return None
            found += inner
    return found


def _line(text: str) -> str:
    """The text on one line. A space at its end stays: `_slices` leaves one where joining would not bring it back."""
    line = scripts.one_line(text)
    return f"{line} " if line and text.endswith(" ") else line


def _fault(
    track: Track,
    group: Group,
    pieces: Sequence[_Said | None],
    matched: Container[int],
    language: str,
    source_language: str,
    place: Place,
) -> Issue | None:
    """Why a sentence cannot be taken, where its author would want to know."""
    missing = [span.cue for span in group.spans if span.cue not in matched]
    known = [piece for piece in pieces if piece and piece.text]
    translated = [piece for piece in known if not _is_source(piece, language, source_language)]
    if not translated:
        return None
    sentence = grouping.text(track, group)
    if missing:
        return MISSING_CUE.at(place, sentence=sentence, number=missing[0] + 1)
    if len(translated) < len(known):
        return HALF_TRANSLATED.at(place, sentence=sentence, language=source_language)
    marks = sorted({piece.language for piece in translated})
    if len(marks) > 1:
        return TWO_LANGUAGES.at(place, sentence=sentence, languages=", ".join(marks))
    return None


def _is_source(piece: _Said, language: str, source_language: str) -> bool:
    return piece.language == source_language != language


def _joined(pieces: Sequence[_Said | None], language: str, source_language: str) -> SentenceTarget | None:
    """The sentence that these pieces are, None where one is not known or nothing is translated."""
    known = [piece for piece in pieces if piece and not _is_source(piece, language, source_language)]
    spoken = next((piece.language for piece in known if piece.text), "")
    if len(known) < len(pieces) or not spoken:
        return None
    text, starts = "", []
    for piece in known:
        text += scripts.separator(text, piece.text)
        starts.append(len(text) if piece.text else None)
        text += piece.text
    text = text.rstrip(" ")
    cuts: list[int] = []
    following = len(text)
    for start in reversed(starts[1:]):
        # where a cue is empty, its piece begins where the next one does
        following = start if start is not None else following
        cuts.append(following)
    return SentenceTarget(text, spoken, tuple(reversed(cuts)))
