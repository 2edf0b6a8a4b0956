"""Learn where sentences end in captions without full stops: writes `src/polylect/captions/data/ends.json`.

    .venv/bin/python tools/train_caption_ends.py FILE                  write the data file
    .venv/bin/python tools/train_caption_ends.py FILE --cross video    how good that is, by parts of the videos
    .venv/bin/python tools/train_caption_ends.py FILE --cross origin   the same, by source

FILE is `grouping_train.jsonl.gz` of the caption bench: tracks and where their sentences end. The sources that are
learned from are those of `train_captions`. Their marks are taken away, once with capitals and commas kept, once with
nothing kept. Weights are those of a semi-Markov conditional random field, held near zero: of all ways of parting a
track, how likely is the one that is true? `written-ends.json`, of which one kind of evidence comes, is made by
`train_written_ends`. The same data give the same file.
"""

import argparse
import gzip
import json
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from train_captions import DATA, SOURCES, least, write

from polylect.captions import scripts, unmarked, wording
from polylect.captions.unmarked import CUES_MAX

OWN = ("en",)
"""Languages with tracks enough for weights of their own: all others share those that everything taught."""

FOLDS = 5
HOLD, HOLD_CLASS, HOLD_WORD, HOLD_WORD_OTHERS = 1.0, 4.0, 1.0, 0.5
"""How strongly weights are held near zero: those of classes of words, of words in `OWN` and in others, and the rest."""

WEIGHT_MIN, WEIGHT_MIN_WORD = 0.02, 0.14
RUN = 40
"""Tracks are learned from in runs of at least so many cues, up to where a sentence ends."""

DURATION_MIN_MS = 200

_FINAL = re.compile(r"[.;?!…。；？！।؟؛۔\"“”«»]+(?=\s|$)|[。；？！।“”«»\"]|(?<!\S)[\"“«.…]+")
_ALL = re.compile(r"[.,;:?!…。，、；：？！।؟،؛\"“”«»-]+(?=\s|$)|[。，、；：？！।“”«»\"]")
_IMPOSSIBLE = -1e9

Weights = dict[str, dict[str, float]]


@dataclass
class Stretch:
    """A track's texts without full stops, how long each is shown, the silence after it, and where sentences end."""

    video: str
    origin: str
    base: str
    texts: list[str]
    pauses_ms: list[int]
    durations_ms: list[int]
    is_bare: bool
    """Whether capitals and commas were taken away, too."""

    is_end: list[bool]
    """By text: whether a sentence ends with it."""

    inner: int
    """How many sentences end inside a text."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn where sentences end without full stops.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cross", choices=("video", "origin"))
    arguments = parser.parse_args()
    rows = list(_rows(arguments.data))
    if arguments.cross:
        _report(rows, _video_fold if arguments.cross == "video" else lambda stretch: stretch.origin)
        return
    learned = [stretch for row in rows if row["origin"] in SOURCES for stretch in _stretches(row)]
    write(DATA / "ends.json", _weights(learned))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for line in lines if "cues" in (row := json.loads(line)))


def _stretches(row: Mapping[str, Any]) -> Iterator[Stretch]:
    """A track with capitals and commas, and with nothing."""
    cues = row["cues"]
    lines = [scripts.one_line(cue["text"]) for cue in cues]
    ends = {number for number, offset in row["gold"] if offset >= len(lines[number].rstrip())}
    inner = len(row["gold"]) - len(ends)
    for pattern, is_bare in ((_FINAL, False), (_ALL, True)):
        texts = [re.sub(r"\s+", " ", pattern.sub(" ", line)).strip() for line in lines]
        kept = [number for number, text in enumerate(texts) if text]
        yield Stretch(
            row["video"],
            row["origin"],
            row["lang"].lower().partition("-")[0],
            [texts[number].lower() if is_bare else texts[number] for number in kept],
            [_ms(cues[number + 1]["start"] - cues[number]["end"]) if number + 1 < len(cues) else 0 for number in kept],
            [max(DURATION_MIN_MS, _ms(cues[number]["end"] - cues[number]["start"])) for number in kept],
            is_bare,
            [number in ends for number in kept],
            inner,
        )


def _ms(seconds: float) -> int:
    return round(1000 * seconds)


class _Cases:
    """The evidence of stretches as flat arrays, in runs of texts, and what is true."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.names: dict[str, int] = {}
        self.counts = [self._name(unmarked.so_far(count, 0)[0]) for count in range(1, CUES_MAX + 1)]
        columns, values, rows = array("i"), array("d"), array("i")
        self.runs: list[range] = []
        lengths, is_end = array("i"), list[bool]()
        for stretch in stretches:
            track = unmarked.Spoken(stretch.texts, stretch.pauses_ms, stretch.durations_ms, stretch.base)
            begun = first = len(lengths)
            for number, text in enumerate(stretch.texts):
                is_last = number == len(stretch.texts) - 1
                for name, value in () if is_last else track.evidence(number):
                    columns.append(self._name(name))
                    values.append(value)
                    rows.append(first + number)
                lengths.append(len(text))
                is_end.append(stretch.is_end[number] or is_last)
                if is_last or (is_end[-1] and len(lengths) - begun >= RUN):
                    self.runs.append(range(begun, len(lengths)))
                    begun = len(lengths)
        self.columns, self.values, self.rows = np.array(columns), np.array(values), np.array(rows)
        self._lay_out(lengths, is_end)

    def _name(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def _lay_out(self, lengths: Sequence[int], is_end: Sequence[bool]) -> None:
        """Sentences by run, last text and number of texts: which there are, how long each is, and which are true."""
        shape = len(self.runs), max(map(len, self.runs)), CUES_MAX
        self.texts = np.full(shape[:2], len(lengths))
        self.long = np.zeros(shape, int)
        self.is_there, self.is_true = np.zeros(shape, bool), np.zeros(shape, bool)
        for run, texts in enumerate(self.runs):
            before = [0, *accumulate(lengths[number] for number in texts)]
            begun = 0
            for last, number in enumerate(texts):
                self.texts[run, last] = number
                for more in range(min(CUES_MAX, last + 1)):
                    name = unmarked.so_far(more + 1, before[last + 1] - before[last - more])[1]
                    self.long[run, last, more] = self._name(name)
                    self.is_there[run, last, more] = True
                if is_end[number] or last - begun + 1 == CUES_MAX:
                    self.is_true[run, last, last - begun] = True
                    begun = last + 1

    def loss(self, hold: Any, weights: Any) -> tuple[float, Any]:
        """How unlikely what is true is, over all ways of parting each run, and the slope of that."""
        scores = np.bincount(self.rows, self.values * weights[self.columns], self.texts.max() + 1)
        held = scores[self.texts][:, :, None] + weights[self.counts] + weights[self.long]
        held[~self.is_there] = _IMPOSSIBLE
        likely, total = _likely(held, np.array([len(run) for run in self.runs]))
        missed = likely - self.is_true
        by_text = np.bincount(self.texts.ravel(), missed.sum(2).ravel(), len(scores))
        slope = np.bincount(self.columns, self.values * by_text[self.rows], len(weights))
        slope += np.bincount(self.long.ravel(), missed.ravel(), len(weights))
        slope[self.counts] += missed.sum((0, 1))
        unlikely = total.sum() - held[self.is_true].sum()
        return float(unlikely + 0.5 * (hold * weights**2).sum()), slope + hold * weights


def _likely(held: Any, lengths: Any) -> tuple[Any, Any]:
    """How likely each sentence is, of all ways of parting each run; and the logarithm of the sum over those ways."""
    runs, longest, most = held.shape
    before = np.full((runs, most + longest), _IMPOSSIBLE)  # by end of what is parted, `most - 1` places in
    before[:, most - 1] = 0.0
    for last in range(longest):
        before[:, most + last] = _sum(before[:, last : last + most][:, ::-1] + held[:, last])
    every = np.arange(runs)
    total = before[every, most - 1 + lengths]
    after = np.full((runs, longest + 1), _IMPOSSIBLE)
    after[every, lengths] = 0.0
    for begun in range(longest - 1, -1, -1):
        more = np.arange(min(most, longest - begun))
        ways = _sum(held[:, begun + more, more] + after[:, begun + 1 : begun + 1 + len(more)])
        after[:, begun] = np.where(begun < lengths, ways, after[:, begun])
    likely = held + after[:, 1:, None] - total[:, None, None]
    for more in range(most):
        likely[:, :, more] += before[:, most - 1 - more : most - 1 - more + longest]
    return np.exp(np.minimum(likely, 0.0)), total


def _sum(logarithms: Any) -> Any:
    most = logarithms.max(1)
    return most + np.log(np.exp(logarithms - most[:, None]).sum(1))


def _weights(stretches: Sequence[Stretch]) -> Weights:
    own = {base: [one for one in stretches if one.base == base] for base in OWN}
    others = _learned(stretches, HOLD_WORD_OTHERS).items()
    return {base: _learned(held, HOLD_WORD) for base, held in own.items() if held} | {
        unmarked.OTHERS: {name: weight for name, weight in others if not _is_word_of(name, OWN)}
    }


def _learned(stretches: Sequence[Stretch], hold_word: float) -> dict[str, float]:
    """What speaks for an end where nothing is kept, and on top of that what capitals and commas say where they are."""
    known: dict[str, float] = {}
    for is_bare in (True, False):
        cases = _Cases([stretch for stretch in stretches if stretch.is_bare == is_bare])
        is_known = np.array([not is_bare and name not in unmarked.SIGNS for name in cases.names])
        start = np.array([known.get(name, 0.0) for name in cases.names])
        hold = np.array([_hold(name, hold_word) for name in cases.names])
        found = minimum(partial(cases.loss, hold), start, is_known).tolist()
        known |= {name: weight for name, weight in zip(cases.names, found, strict=True) if name in known or weight}
    return {name: round(weight, 2) for name, weight in sorted(known.items()) if abs(weight) >= _least_weight(name)}


def _is_word_of(name: str, languages: Sequence[str]) -> bool:
    return wording.is_of_words(name) and name.split(" ")[0] in languages


def _hold(name: str, hold_word: float) -> float:
    if not wording.is_of_words(name):
        return HOLD
    return HOLD_CLASS if name.split(" ")[1].isupper() else hold_word


def _least_weight(name: str) -> float:
    return WEIGHT_MIN_WORD if wording.is_of_words(name) else WEIGHT_MIN


def minimum(loss: Callable[[Any], tuple[float, Any]], start: Any, is_known: Any = False) -> Any:
    """Where a loss is least. `is_known`: the weights that stay as they are."""

    def learned(weights: Any) -> tuple[float, Any]:
        value, slope = loss(weights)
        return value, np.where(is_known, 0.0, slope)

    return least(learned, start)


def logistic_loss(columns: Any, rows: Any, truths: Any, hold: float, weights: Any) -> tuple[float, Any]:
    """How unlikely what is true is, each row for itself, and the slope of that."""
    scores = np.bincount(rows, weights[columns], len(truths))
    unlikely = (np.logaddexp(0.0, scores) - truths * scores).sum()
    missed = 1 / (1 + np.exp(-scores)) - truths
    return float(unlikely + 0.5 * hold * (weights**2).sum()), np.bincount(
        columns, missed[rows], len(weights)
    ) + hold * weights


def _video_fold(stretch: Stretch) -> int:
    return zlib.crc32(stretch.video.encode()) % FOLDS


def _report(rows: Sequence[Mapping[str, Any]], part_of: Callable[[Stretch], object]) -> None:
    """How well the ends of each part of the English tracks are found, with nothing kept, by what the others taught."""
    stretches = [stretch for row in rows for stretch in _stretches(row)]
    sums = Counter[str]()
    for part in sorted({part_of(stretch) for stretch in stretches}, key=str):
        weights = _weights([one for one in stretches if part_of(one) != part and one.origin in SOURCES])
        own = Counter[str]()
        for bare in stretches[1::2]:
            if part_of(bare) == part:
                own += _counted(bare, weights)
        sums += own
        print(
            f"part {part}: {_f1(own, 'en')} of {own['en true']} English ends, others {_f1(own, 'others')}", flush=True
        )
    print(f"together {_f1(sums, 'en')}, others {_f1(sums, 'others')}")


def _counted(bare: Stretch, weights: Weights) -> Counter[str]:
    ends = unmarked.ends(bare.texts, bare.pauses_ms, bare.base, durations_ms=bare.durations_ms, weights=weights)[:-1]
    group = "en" if bare.base == "en" else "others"
    return Counter(
        {
            f"{group} right": sum(found and true for found, true in zip(ends, bare.is_end, strict=False)),
            f"{group} found": sum(ends),
            f"{group} true": sum(bare.is_end[:-1]) + bare.inner,
        }
    )


def _f1(counts: Counter[str], group: str) -> str:
    right, given = counts[f"{group} right"], counts[f"{group} found"] + counts[f"{group} true"]
    return f"F1 {200 * right / max(1, given):.1f}"


if __name__ == "__main__":
    main()
