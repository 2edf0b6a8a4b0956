"""Which words of two languages go together, learned from sentences and their translations.

IBM's first alignment model (Brown and others, 1993) in both directions, with a leaning to the diagonal: words near the
beginning of a sentence are rather translated near its beginning. No dictionary, no cuts, no grammar. A translation that
is approved is counted in by `add`, one by one; `learned` goes through many several times.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from polylect.captions import words

Counts = dict[str, dict[str, float]]

NOTHING = ""
"""What a word is associated with that the other language does not say."""

ROUNDS = 5
_WORDS_MAX = 120
"""Longer sentences teach little and cost much."""

_DIAGONAL = 3.0
_PRIOR = 0.5
_UNKNOWN = 1e-4
_NOTHING_SHARE = 0.1
_SAME = 0.6
_ALIKE = 0.15
_ALIKE_LETTERS = 4
_FLOOR = 0.02


@dataclass
class Associations:
    """Expected counts of word pairs of one language and another, both ways. Grows by `add`."""

    language: str
    """Of the translations."""
    source_language: str
    forward: Counts = field(default_factory=dict)
    """By source word: how often each word of the translation came from it."""
    backward: Counts = field(default_factory=dict)
    """By word of the translation: how often each source word came from it."""
    forward_totals: dict[str, float] = field(default_factory=dict)
    backward_totals: dict[str, float] = field(default_factory=dict)

    def add(self, source: str, target: str) -> None:
        """Counts one more sentence and its translation in. What was counted before stays, so order matters a little."""
        for counts, totals, pair in (
            (self.forward, self.forward_totals, self._words(source, target)),
            (self.backward, self.backward_totals, self._words(source, target)[::-1]),
        ):
            if all(0 < len(side) <= _WORDS_MAX for side in pair):
                for given, word, share in _expected(*pair, counts, totals):
                    row = counts.setdefault(given, {})
                    row[word] = row.get(word, 0.0) + share
                    totals[given] = totals.get(given, 0.0) + share

    def copy(self) -> "Associations":
        """The same, to go on from by itself."""
        return Associations.from_data(self.language, self.source_language, self.as_data(least=0.0, share=0.0))

    def as_data(self, *, least: float = 0.5, share: float = 0.05) -> list[Any]:
        """What a file keeps: pairs with a count and a share that say something."""
        return [
            {
                word: [round(totals[word], 1), kept]
                for word, row in counts.items()
                if (
                    kept := {
                        other: round(count, 1)
                        for other, count in row.items()
                        if count >= least and count >= share * totals[word]
                    }
                )
            }
            for counts, totals in ((self.forward, self.forward_totals), (self.backward, self.backward_totals))
        ]

    @classmethod
    def from_data(cls, language: str, source_language: str, data: Sequence[Any]) -> "Associations":
        forward, backward = data
        return cls(
            language,
            source_language,
            {word: dict(row) for word, (_, row) in forward.items()},
            {word: dict(row) for word, (_, row) in backward.items()},
            {word: total for word, (total, _) in forward.items()},
            {word: total for word, (total, _) in backward.items()},
        )

    def _words(self, source: str, target: str) -> tuple[list[str], list[str]]:
        return (
            [word for _, word in words.found(source, self.source_language)],
            [word for _, word in words.found(target, self.language)],
        )

    def links(self, source: Sequence[str], target: Sequence[str]) -> list[list[tuple[int, float]]]:
        """For each word of a translation the words of its source that it may come from, and how sure that is."""
        forward = _shares(source, target, self.forward, self.forward_totals)
        backward = _shares(target, source, self.backward, self.backward_totals)
        found: list[list[tuple[int, float]]] = []
        for number, row in enumerate(forward):
            both = ((other, math.sqrt(share * backward[other].get(number, 0.0))) for other, share in row.items())
            found.append([(other, share) for other, share in both if share > _FLOOR])
        return found


@lru_cache(maxsize=16)
def seed(source_language: str, language: str) -> Associations | None:
    """What ships for two languages, None where that is nothing. To let it grow, `copy` it."""
    source_base, base = (named.lower().partition("-")[0] for named in (source_language, language))
    if not (source_base.isascii() and source_base.isalnum() and base.isascii() and base.isalnum()):
        return None
    file = resources.files("polylect.captions").joinpath(f"data/associations-{source_base}-{base}.json")
    if not file.is_file():
        return None
    return Associations.from_data(base, source_base, json.loads(file.read_text("utf-8")))


def learned(
    pairs: Iterable[tuple[str, str]], language: str, source_language: str, *, rounds: int = ROUNDS
) -> Associations:
    """The associations of many sentences and their translations, gone through several times."""
    made = Associations(language, source_language)
    texts = [made._words(source, target) for source, target in pairs]
    texts = [pair for pair in texts if all(0 < len(side) <= _WORDS_MAX for side in pair)]
    for _ in range(rounds):
        made.forward, made.forward_totals = _round(texts, made.forward, made.forward_totals)
        reversed_texts = [(target, source) for source, target in texts]
        made.backward, made.backward_totals = _round(reversed_texts, made.backward, made.backward_totals)
    return made


def _round(
    texts: Iterable[tuple[list[str], list[str]]], counts: Counts, totals: dict[str, float]
) -> tuple[Counts, dict[str, float]]:
    new_counts: Counts = {}
    new_totals: dict[str, float] = {}
    for given, said in texts:
        for word, other, share in _expected(given, said, counts, totals):
            row = new_counts.setdefault(word, {})
            row[other] = row.get(other, 0.0) + share
            new_totals[word] = new_totals.get(word, 0.0) + share
    return new_counts, new_totals


def _expected(
    given: Sequence[str], said: Sequence[str], counts: Counts, totals: dict[str, float]
) -> Iterable[tuple[str, str, float]]:
    """How much each word that is said is expected to come from each that is given: (given, said, share)."""
    rows = [(counts.get(word, {}), totals.get(word, 0.0) + _PRIOR) for word in given]
    nothing, nothing_total = counts.get(NOTHING, {}), totals.get(NOTHING, 0.0) + _PRIOR
    nearness = _nearness(len(given), len(said))
    for number, word in enumerate(said):
        near = nearness[number]
        shares = [
            (row.get(word, 0.0) / total + _UNKNOWN) * leaning for (row, total), leaning in zip(rows, near, strict=True)
        ]
        rest = (nothing.get(word, 0.0) / nothing_total + _UNKNOWN) * _NOTHING_SHARE * sum(near)
        whole = sum(shares) + rest
        for other, share in zip(given, shares, strict=True):
            if share > 1e-3 * whole:
                yield other, word, share / whole
        yield NOTHING, word, rest / whole


def _nearness(given: int, said: int) -> list[list[float]]:
    return [
        [math.exp(-_DIAGONAL * abs(other / given - number / said)) for other in range(given)] for number in range(said)
    ]


def _shares(
    given: Sequence[str], said: Sequence[str], counts: Counts, totals: dict[str, float]
) -> list[dict[int, float]]:
    """For each word that is said, from which of the given ones it comes, by number."""
    rows = [(counts.get(word, {}), totals.get(word, 0.0) + _PRIOR) for word in given]
    nothing, nothing_total = counts.get(NOTHING, {}), totals.get(NOTHING, 0.0) + _PRIOR
    nearness = _nearness(len(given), len(said))
    found = []
    for number, word in enumerate(said):
        shares = {}
        for other, (row, total) in enumerate(rows):
            share = row.get(word, 0.0) / total + _likeness(given[other], word)
            if share > _UNKNOWN:
                shares[other] = share * nearness[number][other]
        whole = sum(shares.values()) + nothing.get(word, 0.0) / nothing_total * _NOTHING_SHARE + _FLOOR
        found.append({other: share / whole for other, share in shares.items()})
    return found


def _likeness(word: str, other: str) -> float:
    """What words say that are written alike in both languages: names, numbers, words of one origin."""
    if word == other:
        return _SAME if len(word) > 2 or word.isdecimal() else 0.0
    is_alike = len(word) >= _ALIKE_LETTERS and word[:_ALIKE_LETTERS] == other[:_ALIKE_LETTERS]
    return _ALIKE if is_alike else 0.0
