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
comes from associations that were learned without it, so that they are trusted as far as they deserve. The same data
give the same files.
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
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from polylect.captions import associations, evidence, recue, scripts
from polylect.captions.associations import Associations, Translated

DATA = Path(__file__).parents[1] / "src" / "polylect" / "captions" / "data"
SOURCES = ("google-video-captions", "hf-course", "morevna-synfig")
FOLDS = 5
CUTS_MIN = 15
"""Languages with fewer cuts in what is left out are not reported."""

HOLD, HOLD_LANGUAGE, HOLD_WORD = 2.0, 6.0, 4.0
"""How strongly weights are held near zero: those of all languages, of one, of one word."""

ROUNDS = 80
PLACES = 24
"""Places on each side of a border's share that are learned from."""

WEIGHT_MIN, WEIGHT_MIN_PAIR = 0.03, 0.06
"""Weights that ship, those of pairs of words apart: there are many, and few say much."""

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
    sentences = [sentence for sentence in _read(arguments.data) if sentence.origin in SOURCES]
    if arguments.cross:
        _report(sentences, _video_fold if arguments.cross == "video" else _origin)
        return
    tables = {fold: _tables(sentence for sentence in sentences if _video_fold(sentence) != fold) for fold in _folds()}
    weights = _weights(_Choices(sentences, lambda sentence: tables[_video_fold(sentence)]))
    DATA.mkdir(exist_ok=True)
    write(DATA / "cuts.json", weights)
    for base, table in _learned(sentences).items():
        write(DATA / f"associations-en-{base}.json", table.as_data())


def write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size} bytes")


def _read(path: Path) -> Iterator[Sentence]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "ref" not in row:
                yield from _sentences(row)


def _sentences(row: Mapping[str, Any]) -> Iterator[Sentence]:
    for unit in row["target_sentences"]:
        source = _pieces(row["source_cues"], unit["source_span"], unit.get("s", (0, None)))
        if row["timing"] == "same":
            target = _pieces(row["target_cues_human"], unit["source_span"], unit["t"])
            text, cuts = scripts.join(target), tuple(accumulate(_solid(piece) for piece in target[:-1]))
        else:
            text, cuts = scripts.one_line(unit["text"]), None
        if text and not unit.get("skip"):
            yield Sentence(row["origin"], row["video"], row["lang"], text, tuple(source), cuts)


def _pieces(cues: Sequence[Mapping[str, Any]], span: Sequence[int], offsets: Sequence[int | None]) -> list[str]:
    first, last = span
    lines = [re.sub(r"\s+", " ", scripts.one_line(cue["text"])) for cue in cues[first : last + 1]]
    lines[-1] = lines[-1][: offsets[1]]
    lines[0] = lines[0][offsets[0] :]
    return [line.strip() for line in lines]


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
    return SOURCES.index(sentence.origin)


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


class _Choices:
    """All evidence as flat arrays: a row for each place to cut, the rows of a border side by side."""

    def __init__(self, sentences: Iterable[Sentence], tables_of: Callable[[Sentence], Tables]) -> None:
        self.names: dict[str, int] = {}
        self.sentences: list[Sentence] = []
        columns, values = array("i"), array("f")
        lengths, counts, chosen = array("i"), array("i"), array("i")
        for sentence in sentences:
            places = scripts.cuts_allowed(sentence.text)
            reader = evidence.Reader(
                sentence.text, sentence.pieces, sentence.language, tables_of(sentence).get(sentence.base)
            )
            solid = [reader.solid(place) for place in places]
            for border, cut in enumerate(sentence.cuts or ()):
                middle = bisect_left(solid, reader.wanted[border])
                near = range(max(0, middle - PLACES), min(len(places), middle + PLACES))
                if cut not in (solid[number] for number in near):
                    continue
                for number in near:
                    before = len(columns)
                    for name, value in (*reader.of_place(places[number]), *reader.at(border, places[number])):
                        for full_name in (name,) if _is_word(name) else (name, f"{name} @{sentence.base}"):
                            columns.append(self.names.setdefault(full_name, len(self.names)))
                            values.append(value)
                    lengths.append(len(columns) - before)
                self.sentences.append(sentence)
                counts.append(len(near))
                chosen.append(solid.index(cut, near.start) - near.start)
        self.columns, self.values = np.array(columns), np.array(values)
        self.rows = np.repeat(np.arange(len(lengths)), lengths)
        self.starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        self.borders = np.repeat(np.arange(len(counts)), counts)
        self.chosen = self.starts + np.array(chosen)


def _is_word(name: str) -> bool:
    return name.startswith(("place word ", "pair "))


def _weights(choices: _Choices) -> dict[str, float]:
    """The weights that make what people chose most likely. Languages count by the root of how many cuts they have."""
    counts = Counter(sentence.base for sentence in choices.sentences)
    importance = np.array([counts[sentence.base] ** -0.5 for sentence in choices.sentences])
    importance *= len(importance) / importance.sum()
    hold = np.array(
        [HOLD_WORD if _is_word(name) else HOLD_LANGUAGE if " @" in name else HOLD for name in choices.names]
    )
    loss = partial(_loss, choices, importance, hold)
    found = least(loss, np.zeros(len(hold)))
    weights = ((name, round(weight, 2)) for name, weight in zip(choices.names, found.tolist(), strict=True))
    return {
        name: weight
        for name, weight in weights
        if abs(weight) >= (WEIGHT_MIN_PAIR if name.startswith("pair ") else WEIGHT_MIN)
    }


def _loss(choices: _Choices, importance: Any, hold: Any, weights: Any) -> tuple[float, Any]:
    scores = np.bincount(choices.rows, choices.values * weights[choices.columns], len(choices.borders))
    highest = np.maximum.reduceat(scores, choices.starts)
    likely = np.exp(scores - highest[choices.borders])
    whole = np.add.reduceat(likely, choices.starts)
    likely /= whole[choices.borders]
    likelihood = (scores[choices.chosen] - highest - np.log(whole)) @ importance
    missed = -likely
    missed[choices.chosen] += 1.0
    missed *= importance[choices.borders]
    slope = np.bincount(choices.columns, choices.values * missed[choices.rows], len(weights))
    return float(0.5 * (hold @ weights**2) - likelihood), hold * weights - slope


def least(loss: Callable[[Any], tuple[float, Any]], weights: Any) -> Any:
    """Where a loss is least: limited-memory BFGS (Nocedal, 1980) with eight steps of memory."""
    value, slope = loss(weights)
    memory: list[tuple[Any, Any, float]] = []
    for _ in range(ROUNDS):
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
        new_value, new_slope = loss(weights - direction)
        while new_value > value - 1e-4 * length * fall and length > 1e-6:
            length /= 2
            new_value, new_slope = loss(weights - length * direction)
        step, change = -length * direction, new_slope - slope
        if step @ change > 1e-10:
            memory = [*memory[-7:], (step, change, 1 / (step @ change))]
        is_settled = abs(value - new_value) < 1e-5 * abs(value)
        weights, value, slope = weights + step, new_value, new_slope
        if is_settled:
            break
    return weights


def _report(sentences: Sequence[Sentence], part_of: Callable[[Sentence], int]) -> None:
    """How well each part is cut by what the other parts taught."""
    spread = []
    for part in sorted({part_of(sentence) for sentence in sentences}):
        known = [sentence for sentence in sentences if part_of(sentence) != part]
        inner = {fold: _tables(sentence for sentence in known if _video_fold(sentence) != fold) for fold in _folds()}
        weights = _weights(_Choices(known, partial(_of_fold, inner)))
        left_out = [sentence for sentence in sentences if part_of(sentence) == part and sentence.cuts]
        exact = _exact(left_out, weights, _tables(known))
        print(f"part {part}: " + "  ".join(f"{base} {share:.1f}" for base, share in exact.items()))
        spread += list(exact.values())
    print(f"cuts exactly where a person cut, mean {fmean(spread):.1f}, from {min(spread):.1f} to {max(spread):.1f}")


def _of_fold(tables: Mapping[int, Tables], sentence: Sentence) -> Tables:
    return tables[_video_fold(sentence)]


def _exact(sentences: Iterable[Sentence], weights: Mapping[str, float], tables: Tables) -> dict[str, float]:
    hits: Counter[str] = Counter()
    cuts: Counter[str] = Counter()
    for sentence in sentences:
        pieces = [recue.Piece(piece, 0, 0) for piece in sentence.pieces]
        found = recue.recue(
            sentence.text,
            pieces,
            sentence.language,
            associations=tables.get(sentence.base),
            weights=recue.merged(weights, sentence.base),
        )
        hits[sentence.base] += sum(
            _solid(sentence.text[:own]) == cut for own, cut in zip(found, sentence.cuts, strict=True)
        )
        cuts[sentence.base] += len(sentence.cuts)
    return {base: 100 * hits[base] / count for base, count in sorted(cuts.items()) if count >= CUTS_MIN}


if __name__ == "__main__":
    main()
