"""Learn where sentences end in captions without full stops: writes `src/polylect/captions/data/ends.json`.

    .venv/bin/python tools/train_caption_ends.py FILE            write the data file
    .venv/bin/python tools/train_caption_ends.py FILE --cross    how good that is, by parts of the videos

FILE is `grouping_train.jsonl.gz` of the caption bench: tracks and where their sentences end. The sources that are
learned from are those of `train_captions`. Their marks are taken away, once with capitals and commas kept, once with
nothing kept. Weights are those of a logistic regression, held near zero. The same data give the same file.
"""

import argparse
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from train_captions import DATA, SOURCES, least, write

from polylect.captions import scripts, unmarked

FOLDS = 5
HOLD, HOLD_WORD = 0.3, 0.7
"""How strongly weights are held near zero: those of all languages, and of words."""

WEIGHT_MIN = 0.2

_FINAL = re.compile(r"[.;?!…。；？！।؟؛۔\"“”«»]+(?=\s|$)|[。；？！।“”«»\"]|(?<!\S)[\"“«.…]+")
_ALL = re.compile(r"[.,;:?!…。，、；：？！।؟،؛\"“”«»-]+(?=\s|$)|[。，、；：？！।“”«»\"]")


@dataclass
class Stretch:
    """A track's texts without full stops, the silence after each, and whether a sentence ends with it."""

    video: str
    base: str
    texts: list[str]
    pauses_ms: list[int]
    is_end: list[bool]


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn where sentences end without full stops.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cross", action="store_true")
    arguments = parser.parse_args()
    rows = [row for row in _rows(arguments.data) if row["origin"] in SOURCES]
    if arguments.cross:
        _report(rows)
        return
    write(DATA / "ends.json", _weights([stretch for row in rows for stretch in _stretches(row)]))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for line in lines if "cues" in (row := json.loads(line)))


def _stretches(row: Mapping[str, Any]) -> Iterator[Stretch]:
    cues = row["cues"]
    lines = [scripts.one_line(cue["text"]) for cue in cues]
    ends = {number for number, offset in row["gold"] if offset >= len(lines[number].rstrip())}
    for pattern, is_bare in ((_FINAL, False), (_ALL, True)):
        texts = [re.sub(r"\s+", " ", pattern.sub(" ", line)).strip() for line in lines]
        kept = [number for number, text in enumerate(texts) if text]
        yield Stretch(
            row["video"],
            row["lang"].lower().partition("-")[0],
            [texts[number].lower() if is_bare else texts[number] for number in kept],
            [_pause_ms(cues, number) for number in kept],
            [number in ends for number in kept],
        )


def _pause_ms(cues: Sequence[Mapping[str, Any]], number: int) -> int:
    return round(1000 * (cues[number + 1]["start"] - cues[number]["end"])) if number + 1 < len(cues) else 0


def _weights(stretches: Sequence[Stretch]) -> dict[str, float]:
    names: dict[str, int] = {}
    columns: list[int] = []
    values: list[float] = []
    lengths: list[int] = []
    truths: list[float] = []
    for stretch in stretches:
        count = length = 0
        manner = unmarked.manner(stretch.texts)
        for number in range(len(stretch.texts) - 1):
            count += 1
            length += len(stretch.texts[number])
            found = [*unmarked.evidence(stretch.texts, stretch.pauses_ms, number, stretch.base, manner)]
            found += [(name, 1.0) for name in unmarked.so_far(count, length)]
            for name, value in found:
                columns.append(names.setdefault(name, len(names)))
                values.append(value)
            lengths.append(len(found))
            truths.append(float(stretch.is_end[number]))
            if stretch.is_end[number]:
                count = length = 0
    rows = np.repeat(np.arange(len(lengths)), lengths)
    hold = np.array([HOLD_WORD if name.startswith(("last", "first")) else HOLD for name in names])
    loss = partial(_loss, np.array(columns), np.array(values), rows, np.array(truths), hold)
    found_weights = zip(names, least(loss, np.zeros(len(names))).tolist(), strict=True)
    return {name: round(weight, 2) for name, weight in sorted(found_weights) if abs(weight) >= WEIGHT_MIN}


def _loss(columns: Any, values: Any, rows: Any, truths: Any, hold: Any, weights: Any) -> tuple[float, Any]:
    scores = np.bincount(rows, values * weights[columns], len(truths))
    likelihood = (truths * scores - np.logaddexp(0.0, scores)).sum()
    missed = truths - 1 / (1 + np.exp(-scores))
    slope = np.bincount(columns, values * missed[rows], len(weights))
    return float(0.5 * (hold @ weights**2) - likelihood), hold * weights - slope


def _report(rows: Sequence[Mapping[str, Any]]) -> None:
    parts = [zlib.crc32(row["video"].encode()) % FOLDS for row in rows]
    for part in range(FOLDS):
        known = [stretch for row, own in zip(rows, parts, strict=True) if own != part for stretch in _stretches(row)]
        weights = _weights(known)
        right = found = true = 0
        for row, own in zip(rows, parts, strict=True):
            if own == part and row["lang"] == "en":
                bare = list(_stretches(row))[1]
                ends = unmarked.ends(bare.texts, bare.pauses_ms, bare.base, weights=weights)[:-1]
                right += sum(own and gold for own, gold in zip(ends, bare.is_end, strict=False))
                found += sum(ends)
                true += sum(bare.is_end[:-1])
        print(
            f"part {part}: F1 of English cue ends {200 * right / max(1, found + true):.1f}, {true} of them", flush=True
        )


if __name__ == "__main__":
    main()
