"""Learn from people's captions how sentences are cut: writes the data files that `polylect.captions` ships.

    .venv/bin/python tools/train_captions.py FILE                  write src/polylect/captions/data
    .venv/bin/python tools/train_captions.py FILE --cross video    how good that is, by parts of the videos
    .venv/bin/python tools/train_captions.py FILE --cross origin   and without each source once

FILE is `train.jsonl.gz` of the caption bench: rows of source cues, translated cues and the sentences over both. Where
translated cues have times of their own, only words are learned from the sentences.

Only these sources are learned from, whatever else the file holds:

- Google developer videos with captions, google-video-captions, CC BY 3.0
- Hugging Face course, huggingface/course, Apache-2.0
- Morevna and Synfig courses, morevnaproject-org/subtitles-translation, CC BY 4.0

Weights are those of a conditional logit: of all places where a text may be cut, how likely is the one that a person
chose? Each kind of evidence has a weight for all languages and one for each, both held near zero. A video's evidence
comes from associations that were learned without it, so that they are trusted as far as they deserve.

What lies between two cuts is weighed last, in the same way: of the best places of a border, which one did a person
choose, given the cuts beside it? What these places are worth themselves comes from weights that were learned without
the video. The same data give the same files.

`--cross` reports cuts at exactly the place of a person's, those at most one possible break away (near), the error in
characters, the sentences whose cuts are all exact (whole), and cuts after an article, before a particle and the like
(bad). It cuts all translations of the file, also those that are not learned from.
"""

import argparse
import gzip
import json
import re
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from polylect.captions import associations, evidence, plain, recue, scripts, webvtt
from polylect.captions.associations import Associations, Translated

DATA = Path(__file__).parents[1] / "src" / "polylect" / "captions" / "data"
SOURCES = ("google-video-captions", "hf-course", "morevna-synfig")
FOLDS = 5
BAD = ("place after loose word", "place before particle")

EIGHT = ("de", "es", "fr", "ja", "pt", "ru", "vi", "zh")
"""Languages that the mean is of: the others have few cuts, most of them in one video that was not learned from."""

HOLD, HOLD_LANGUAGE, HOLD_WORD = 2.0, 6.0, 4.0
"""How strongly weights are held near zero: those of all languages, of one, of one word."""

ROUNDS, ROUNDS_WITHOUT = 80, 20
"""Steps towards the best weights: those that ship, and those that only tell what a place is worth elsewhere."""

PLACES = 24
"""Places on each side of a border's share that are learned from."""

WEIGHT_MIN, WEIGHT_MIN_PAIR = 0.03, 0.06
"""Weights that ship, those of pairs of words apart: there are many, and few say much."""

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e]")
"""Marks of direction, which the bench leaves out."""

Tables = Mapping[str, Associations]


@dataclass
class Sentence:
    """A translated sentence, its source by cue, and where a person cut it (in characters that are no white space)."""

    origin: str
    video: str
    language: str
    text: str
    pieces: tuple[str, ...]
    cuts: tuple[int, ...] | None
    """None: its cues do not follow those of the source."""

    @property
    def base(self) -> str:
        return self.language.lower().partition("-")[0]

    @property
    def translated(self) -> Translated:
        offsets = [_offset(self.text, cut) for cut in self.cuts or ()]
        return Translated(self.pieces, self.text, offsets)


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn how sentences are cut.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cross", choices=["video", "origin"])
    arguments = parser.parse_args()
    everything = list(_read(arguments.data))
    sentences = [sentence for sentence in everything if sentence.origin in SOURCES]
    if arguments.cross:
        _report(sentences, everything, _video_fold if arguments.cross == "video" else _origin)
        return
    tables = {fold: _tables(sentence for sentence in sentences if _video_fold(sentence) != fold) for fold in _folds()}
    weights = _weights(sentences, partial(_of_fold, tables))
    DATA.mkdir(exist_ok=True)
    write(DATA / "cuts.json", weights)
    for base, table in _learned(sentences).items():
        path = DATA / f"associations-en-{base}.txt"
        path.write_text(table.as_text(), "utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")


def write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size} bytes")


def _read(path: Path) -> Iterator[Sentence]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row |= {name: _cues(path.parent / file) for name, file in row.get("ref", {}).items()}
            yield from _sentences(row)


def _cues(path: Path) -> list[dict[str, str]]:
    """The cues of a WebVTT file that a row names."""
    track, _ = webvtt.parse(path.read_bytes())
    return [{"text": _UNSEEN.sub("", plain.readable(cue.text))} for cue in track.cues]


def _sentences(row: Mapping[str, Any]) -> Iterator[Sentence]:
    for unit in row["target_sentences"]:
        source = _pieces(row["source_cues"], unit["source_span"], unit.get("s", (0, None)))
        if row["timing"] == "same":
            target = _pieces(row["target_cues_human"], unit["source_span"], unit["t"])
            text, cuts = _joined(target), tuple(accumulate(_solid(piece) for piece in target[:-1]))
        else:
            text, cuts = scripts.one_line(unit.get("text", "")), None
        if text and not unit.get("skip"):
            yield Sentence(row["origin"], row["video"], row["lang"], text, tuple(source), cuts)


def _pieces(cues: Sequence[Mapping[str, Any]], span: Sequence[int], offsets: Sequence[int | None]) -> list[str]:
    first, last = span
    lines = [re.sub(r"\s+", " ", scripts.one_line(cue["text"])) for cue in cues[first : last + 1]]
    lines[-1] = lines[-1][: offsets[1]]
    lines[0] = lines[0][offsets[0] :]
    return [line.strip() for line in lines]


def _joined(pieces: Iterable[str]) -> str:
    """A translation in one. Beside a script without spaces no space is put, or it would tell where a person cut."""
    joined = ""
    for piece in pieces:
        sides = (joined[-1:] or " ", piece[:1] or " ")
        joined = joined + piece if any(map(scripts.is_spaceless, sides)) else scripts.join([joined, piece])
    return joined


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _offset(text: str, solid: int) -> int:
    """The place that has so many characters before it, white space aside, and none of it right behind."""
    counts = accumulate(not character.isspace() for character in text)
    return next((place for place, count in enumerate(counts) if count > solid), len(text))


def _folds() -> range:
    return range(FOLDS)


def _video_fold(sentence: Sentence) -> int:
    return zlib.crc32(sentence.video.encode()) % FOLDS


def _origin(sentence: Sentence) -> int:
    return SOURCES.index(sentence.origin) if sentence.origin in SOURCES else len(SOURCES)


def _tables(sentences: Iterable[Sentence]) -> dict[str, Associations]:
    """What is known of the words of each language: from these captions, and from the texts that others learn from."""
    return {base: table.plus(_of_texts(base)) for base, table in _learned(sentences).items()}


def _learned(sentences: Iterable[Sentence]) -> dict[str, Associations]:
    """What these captions say of words, upon what texts of software say (`tools/caption_corpora.py`)."""
    pairs: dict[str, list[Translated]] = defaultdict(list)
    for sentence in sentences:
        pairs[sentence.base].append(sentence.translated)
    return {base: associations.learned(held, base, "en", upon=_of_texts(base)) for base, held in sorted(pairs.items())}


@cache
def _of_texts(base: str) -> Associations:
    return associations.of_texts("en", base) or Associations(base, "en")


@dataclass(frozen=True)
class _Cut:
    """A border between two cues, and the places that are near it."""

    sentence: Sentence
    border: int
    reader: evidence.Reader
    places: Sequence[int]


class _Choices:
    """All evidence as flat arrays: a row for each place to cut, the rows of a border side by side."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.cuts: list[_Cut] = []
        self._columns, self._values = array("i"), array("f")
        self._lengths, self._counts, self._chosen = array("i"), array("i"), array("i")

    def add(self, cut: _Cut, evidence_of: Iterable[Iterable[evidence.Evidence]], chosen: int) -> None:
        """A border, the evidence of each of its places, and which of them a person chose."""
        for row in evidence_of:
            before = len(self._columns)
            for name, value in row:
                self._columns.append(self.names.setdefault(name, len(self.names)))
                self._values.append(value)
            self._lengths.append(len(self._columns) - before)
        self.cuts.append(cut)
        self._counts.append(len(cut.places))
        self._chosen.append(chosen)

    def settle(self, given: Any = 0.0) -> "_Choices":
        """Makes the arrays. `given`: what each place is worth already."""
        self.columns, self.values = np.array(self._columns, np.intp), np.array(self._values)
        self.rows = np.repeat(np.arange(len(self._lengths)), self._lengths)
        self.starts = np.concatenate([[0], np.cumsum(self._counts)[:-1]])
        self.borders = np.repeat(np.arange(len(self._counts)), self._counts)
        self.chosen = self.starts + np.array(self._chosen)
        self.folds = np.array([_video_fold(cut.sentence) for cut in self.cuts])
        self.given = given
        return self

    def worth(self, weights: Any) -> Any:
        """What each place is worth."""
        return self.given + np.bincount(self.rows, self.values * weights[self.columns], len(self.borders))


def _place_choices(sentences: Iterable[Sentence], tables_of: Callable[[Sentence], Tables]) -> _Choices:
    """What speaks for each place near a border."""
    choices = _Choices()
    for sentence in sentences:
        places = scripts.cuts_allowed(sentence.text)
        table = tables_of(sentence).get(sentence.base)
        reader = evidence.Reader(sentence.text, sentence.pieces, sentence.language, table)
        solid = [reader.solid(place) for place in places]
        for border, cut in enumerate(sentence.cuts or ()):
            middle = bisect_left(solid, reader.wanted[border])
            near = slice(max(0, middle - PLACES), middle + PLACES)
            if cut in solid[near]:
                rows = (
                    [*_of_language(sentence.base, (*reader.of_place(place), *reader.at(border, place)))]
                    for place in places[near]
                )
                choices.add(_Cut(sentence, border, reader, places[near]), rows, solid[near].index(cut))
    return choices.settle()


def _of_language(base: str, found: Iterable[evidence.Evidence]) -> Iterator[evidence.Evidence]:
    """Evidence under the names that have weights."""
    for name, value in found:
        yield name, value
        if not _is_word(name):
            yield f"{name} @{base}", value


def _is_word(name: str) -> bool:
    return name.startswith(("place word ", "pair "))


def _part_choices(choices: _Choices, worth: Any) -> _Choices:
    """What speaks for the best places of each border by what lies before and after, up to the cuts beside it."""
    parts = _Choices()
    given: list[float] = []
    for cut, start in zip(choices.cuts, choices.starts, strict=True):
        cuts = [0, *(_offset(cut.sentence.text, solid) for solid in cut.sentence.cuts or ()), len(cut.sentence.text)]
        before, chosen, after = cuts[cut.border : cut.border + 3]
        own = dict(zip(cut.places, worth[start:].tolist(), strict=False))
        best = sorted(own, key=lambda place: -own[place])[: recue.PLACES_IN_PAIRS]
        tried = [place for place in best if before < place < after]
        if chosen in tried:
            rows = (
                [*cut.reader.of_part(cut.border, before, place), *cut.reader.of_part(cut.border + 1, place, after)]
                for place in tried
            )
            parts.add(_Cut(cut.sentence, cut.border, cut.reader, tried), rows, tried.index(chosen))
            given += [own[place] for place in tried]
    return parts.settle(np.array(given))


def _weights(sentences: Iterable[Sentence], tables_of: Callable[[Sentence], Tables]) -> dict[str, float]:
    """The weights that make what people chose most likely."""
    choices = _place_choices(sentences, tables_of)
    found = {
        name: weight
        for name, weight in _named(choices, _place_weights(choices))
        if abs(weight) >= (WEIGHT_MIN_PAIR if name.startswith("pair ") else WEIGHT_MIN)
    }
    worth = np.zeros(len(choices.borders))
    for fold in _folds():
        if (rows := choices.folds[choices.borders] == fold).any():
            worth[rows] = choices.worth(_place_weights(choices, without=fold))[rows]
    parts = _part_choices(choices, worth)
    if not parts.cuts:
        return found
    hold = np.full(len(parts.names), HOLD)
    return found | dict(_named(parts, least(partial(_loss, parts, _importance(parts), hold), np.zeros(len(hold)))))


def _named(choices: _Choices, weights: Any) -> Iterator[tuple[str, float]]:
    return ((name, round(weight, 2)) for name, weight in zip(choices.names, weights.tolist(), strict=True))


def _place_weights(choices: _Choices, without: int | None = None) -> Any:
    """What the evidence of places weighs. Less precisely, what it would if one part of the videos were not known."""
    importance = _importance(choices)
    if without is not None:
        importance *= choices.folds != without
    hold = np.array(
        [HOLD_WORD if _is_word(name) else HOLD_LANGUAGE if " @" in name else HOLD for name in choices.names]
    )
    rounds = ROUNDS if without is None else ROUNDS_WITHOUT
    return least(partial(_loss, choices, importance, hold), np.zeros(len(hold)), rounds)


def _importance(choices: _Choices) -> Any:
    """How much each cut counts: languages by the root of how many cuts they have."""
    counts = Counter(cut.sentence.base for cut in choices.cuts)
    importance = np.array([counts[cut.sentence.base] ** -0.5 for cut in choices.cuts])
    return importance * len(importance) / importance.sum()


def _loss(choices: _Choices, importance: Any, hold: Any, weights: Any) -> tuple[float, Any]:
    scores = choices.worth(weights)
    highest = np.maximum.reduceat(scores, choices.starts)
    likely = np.exp(scores - highest[choices.borders])
    whole = np.add.reduceat(likely, choices.starts)
    likely /= whole[choices.borders]
    likelihood = ((scores[choices.chosen] - highest - np.log(whole)) * importance).sum()
    missed = -likely
    missed[choices.chosen] += 1.0
    missed *= importance[choices.borders]
    slope = np.bincount(choices.columns, choices.values * missed[choices.rows], len(weights))
    return float(0.5 * (hold * weights**2).sum() - likelihood), hold * weights - slope


def least(loss: Callable[[Any], tuple[float, Any]], start: Any, rounds: int = ROUNDS) -> Any:
    """Where a loss is least: limited-memory BFGS (Nocedal, 1980) with eight steps of memory.

    Weights are kept in more digits than doubles have: sums of doubles depend on how many processors add them up, and
    weights would be rounded otherwise here and there.
    """

    def precise(weights: Any) -> tuple[float, Any]:
        value, slope = loss(weights.astype(float))
        return value, slope.astype(np.longdouble)

    weights = start.astype(np.longdouble)
    value, slope = precise(weights)
    memory: list[tuple[Any, Any, float]] = []
    for _ in range(rounds):
        direction = slope.copy()
        kept = []
        for step, change, scale in reversed(memory):
            kept.append(scale * (step @ direction))
            direction -= kept[-1] * change
        if memory:
            step, change, _ = memory[-1]
            direction *= (step @ change) / (change @ change)
        else:
            direction /= max(1.0, float(np.linalg.norm(slope)))
        for (step, change, scale), share in zip(memory, reversed(kept), strict=True):
            direction += (share - scale * (change @ direction)) * step
        length, fall = 1.0, float(slope @ direction)
        new_value, new_slope = precise(weights - direction)
        while new_value > value - 1e-4 * length * fall and length > 1e-6:
            length /= 2
            new_value, new_slope = precise(weights - length * direction)
        step, change = -length * direction, new_slope - slope
        if step @ change > 1e-10:
            memory = [*memory[-7:], (step, change, 1 / (step @ change))]
        is_settled = abs(value - new_value) < 1e-5 * abs(value)
        weights, value, slope = weights + step, new_value, new_slope
        if is_settled:
            break
    return weights.astype(float)


def _report(sentences: Sequence[Sentence], everything: Sequence[Sentence], part_of: Callable[[Sentence], int]) -> None:
    """How well each part is cut by what the other parts taught."""
    all_scores: dict[str, Score] = {}
    made: dict[frozenset[str], Tables] = {}
    for part in sorted({part_of(sentence) for sentence in everything}):
        known = [sentence for sentence in sentences if part_of(sentence) != part]
        inner = {
            fold: _tables_once(made, [sentence for sentence in known if _video_fold(sentence) != fold])
            for fold in _folds()
        }
        weights = _weights(known, partial(_of_fold, inner))
        left_out = [sentence for sentence in everything if part_of(sentence) == part and sentence.cuts]
        scores = _scores(left_out, weights, _tables_once(made, known))
        print(f"part {part}: {sum((scores[base] for base in EIGHT if base in scores), Score())}", flush=True)
        for base, score in scores.items():
            all_scores[base] = all_scores.get(base, Score()) + score
    for base, score in sorted(all_scores.items()):
        print(f"{base}: {score}")
    for name, bases in (("eight", EIGHT), ("others", [*{*all_scores} - {*EIGHT}])):
        figures = [all_scores[base].figures() for base in bases if base in all_scores]
        if figures:
            print(f"mean of {name}: {_written([fmean(column) for column in zip(*figures, strict=True)])}")


@dataclass(frozen=True)
class Score:
    """How cuts compare to those that people made."""

    cuts: int = 0
    exact: int = 0
    near: int = 0
    """At most one possible break away."""
    off: int = 0
    """Characters that are no white space between them, all together."""
    bad: int = 0
    """After an article, before a particle, and the like."""
    sentences: int = 0
    whole: int = 0
    """Sentences whose cuts are all exact."""

    def __add__(self, other: "Score") -> "Score":
        return Score(*map(int.__add__, astuple(self), astuple(other)))

    def __str__(self) -> str:
        return f"{_written(self.figures())}  ({self.cuts} cuts)"

    def figures(self) -> tuple[float, ...]:
        """Exact, near, error, whole, bad: all in per cent, but for the error, which is in characters."""
        cuts, sentences = max(1, self.cuts) / 100, max(1, self.sentences) / 100
        return (self.exact / cuts, self.near / cuts, self.off / cuts / 100, self.whole / sentences, self.bad / cuts)


def _written(figures: Iterable[float]) -> str:
    names = ("exact", "near", "error", "whole", "bad")
    return "  ".join(f"{name} {figure:.1f}" for name, figure in zip(names, figures, strict=True))


def _tables_once(made: dict[frozenset[str], Tables], sentences: Sequence[Sentence]) -> Tables:
    """The tables of some videos, learned once: the same are left out of two parts again and again."""
    videos = frozenset(f"{sentence.origin} {sentence.video}" for sentence in sentences)
    if videos not in made:
        made[videos] = _tables(sentences)
    return made[videos]


def _of_fold(tables: Mapping[int, Tables], sentence: Sentence) -> Tables:
    return tables[_video_fold(sentence)]


def _scores(sentences: Iterable[Sentence], weights: Mapping[str, float], tables: Tables) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for sentence in sentences:
        pieces = [recue.Piece(piece, 0, 0) for piece in sentence.pieces]
        found = recue.recue(
            sentence.text,
            pieces,
            sentence.language,
            associations=tables.get(sentence.base),
            weights=recue.merged(weights, sentence.base),
        )
        scores[sentence.base] = scores.get(sentence.base, Score()) + _score(sentence, found)
    return scores


def _score(sentence: Sentence, found: Sequence[int]) -> Score:
    text = sentence.text
    reader = evidence.Reader(text, [text], sentence.language)
    breaks = [reader.solid(place) for place in (*scripts.cuts_offered(text, sentence.language, 0), len(text))]
    own = [reader.solid(cut) for cut in found]
    pairs = [sorted(pair) for pair in zip(own, sentence.cuts or (), strict=True)]
    between = [sum(first < place <= last for place in breaks) for first, last in pairs]
    exact = sum(first == last for first, last in pairs)
    return Score(
        len(pairs),
        exact,
        sum(first == last or steps < 2 for (first, last), steps in zip(pairs, between, strict=True)),
        sum(last - first for first, last in pairs),
        sum(any(name in BAD for name, _ in reader.of_place(cut)) for cut in found if 0 < cut < len(text)),
        1,
        int(exact == len(pairs)),
    )


if __name__ == "__main__":
    main()
