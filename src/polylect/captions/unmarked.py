"""Where sentences end in captions that write no full stops, such as raw speech recognition.

Each cue's end is weighed by the words around it (`wording`), the pause, the pace, how full the cue is and how long the
sentence has gone on. All ways of parting a track are weighed together, so that one cue too long does not part two that
belong together; the ends that are likely enough in all of them are taken. The weights are data (`data/ends.json`),
learned from captions with full stops, taken away (`tools/train_caption_ends.py`). A language that was not learned has
the weights that all have in common.
"""

import json
import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from polylect.captions import shipped, wording

Evidence = tuple[str, float]
Weights = Mapping[str, Mapping[str, float]]
"""By language, of each kind of evidence."""

OTHERS = ""
"""What stands for the languages that have no weights of their own."""

CUES_MAX = 12
"""The most cues of one sentence that are weighed."""

_LIKELY, _LIKELY_BESIDE_CERTAIN = 0.35, 0.5
"""How likely an end must be to be taken. The more likely ones alone would leave too many sentences together, but where
some ends are certain."""

SIGNS = frozenset({"cased", "capital", "small", "comma"})
"""What is only said of a track that has capitals or commas. All else is as it is without them."""

_UNKNOWN_PAUSE_MS = 500
"""The silence that ends a sentence in a language that was not learned."""

_CERTAIN = 20.0
_CASED_MIN = 0.1
_CERTAIN_MIN = 0.05
_SHORT, _FULL_MAX = 0.6, 3.0
_LENGTH, _LENGTHS_MAX = 20, 12
_WORDS_MAX = 8
_PAUSES_MS = (1, 100, 250, 500, 1000, 2000)
_PAUSE_LONG_MS = 300
_PAUSES_BESIDE, _PAUSE_RANKS = 15, 4
_SLOW, _SLOW_AFTER = (0.8, 1.2, 1.5, 2.0), (0.8, 1.2, 1.5)
_SECONDS_MAX = 6
_WRITTEN = (-6.0, -4.5, -3.0, -2.0, -1.0, 0.0, 1.5)
_WRITTEN_MIN, _WRITTEN_MAX = -8.0, 4.0
_SUBJECTS = frozenset({"subj", "says"})
_FINITE = frozenset({"says", "be", "have", "do", "modal", "third", "past", "verb"})
_COMMA = re.compile(r"[,，、،:：-]\s*\Z")


def ends(
    texts: Sequence[str],
    pauses_ms: Sequence[int],
    language: str,
    *,
    durations_ms: Sequence[int] = (),
    certain: Collection[int] = (),
    weights: Weights | None = None,
) -> list[bool]:
    """For each text whether a sentence ends with it; `pauses_ms` is the silence after each. The last one's end is one.

    `durations_ms`: how long each is shown, if that is known: who comes to an end slows down. `certain` has the numbers
    of texts that end one anyway. Time and memory are linear in texts. `weights` are for those who learn them.
    """
    if not texts:
        return []
    base = language.lower().partition("-")[0]
    is_learned = weights is not None or base in _languages()
    by_language = _weights() if weights is None else weights
    own = by_language.get(base) or by_language[OTHERS]
    track = Spoken(texts, pauses_ms, durations_ms, base)
    scores = [0.0] * len(texts)
    for number in range(len(texts) - 1):
        scores[number] = sum([own.get(name, 0.0) * value for name, value in track.evidence(number)])
        if number in certain or (not is_learned and pauses_ms[number] >= _UNKNOWN_PAUSE_MS):
            scores[number] += _CERTAIN
    enough = _LIKELY if len(certain) < _CERTAIN_MIN * len(texts) else _LIKELY_BESIDE_CERTAIN
    return [*(sure >= enough for sure in likely(scores, texts, own)[:-1]), True]


def so_far(count: int, length: int) -> tuple[str, str]:
    """The evidence that a sentence has gone on for so many texts, and for so many characters."""
    return f"so far {count}", f"so far {min(length // _LENGTH, _LENGTHS_MAX)} lengths"


def likely(scores: Sequence[float], texts: Sequence[str], weights: Mapping[str, float]) -> list[float]:
    """How likely a sentence ends with each text, over all ways of parting them all (forwards, then backwards)."""
    lengths = [0, *accumulate(map(len, texts))]
    of_counts = [weights.get(f"so far {count}", 0.0) for count in range(CUES_MAX + 1)]
    of_lengths = [weights.get(f"so far {number} lengths", 0.0) for number in range(_LENGTHS_MAX + 1)]
    held = [  # by last text: what speaks for a sentence of one text, of two, and so on
        [
            score + of_counts[count] + of_lengths[min((lengths[last + 1] - lengths[begun]) // _LENGTH, _LENGTHS_MAX)]
            for count, begun in enumerate(range(last, max(-1, last - CUES_MAX), -1), 1)
        ]
        for last, score in enumerate(scores)
    ]
    before = [0.0]
    for last, row in enumerate(held):
        before.append(_sum([weight + before[last - back] for back, weight in enumerate(row)]))
    after = [0.0] * len(before)
    for begun in range(len(texts) - 1, -1, -1):
        ahead = range(min(CUES_MAX, len(texts) - begun))
        after[begun] = _sum([held[begun + more][more] + after[begun + more + 1] for more in ahead])
    return [math.exp(min(0.0, left + right - after[0])) for left, right in zip(before[1:], after[1:], strict=True)]


def _sum(logarithms: Sequence[float]) -> float:
    """The logarithm of a sum of what is given as logarithms."""
    most = max(logarithms)
    return most + math.log(sum([math.exp(one - most) for one in logarithms]))


class Spoken:
    """A track as evidence of where its sentences end."""

    def __init__(self, texts: Sequence[str], pauses_ms: Sequence[int], durations_ms: Sequence[int], base: str) -> None:
        self._texts, self._pauses_ms, self._durations_ms, self._base = texts, pauses_ms, durations_ms, base
        self._words = [wording.words(text) for text in texts]
        self._mean_length = max(1.0, sum(map(len, texts)) / max(1, len(texts)))
        self._is_cased = sum(text[:1].isupper() for text in texts) >= _CASED_MIN * len(texts)
        silent = sum(pause_ms > 0 for pause_ms in pauses_ms[:-1])
        self._silent = f"silent {5 * silent // max(1, len(pauses_ms) - 1)}"

    def evidence(self, number: int) -> Iterator[Evidence]:
        """What speaks for an end of a sentence after a text, wherever that sentence began."""
        yield "always", 1.0
        yield from self._of_pause(number)
        yield from self._of_lengths(number)
        if self._durations_ms:
            yield from self._of_pace(number)
        yield from self._of_signs(number)
        yield from self._of_words(number)

    def _of_pause(self, number: int) -> Iterator[Evidence]:
        pause_ms = self._pauses_ms[number]
        for least_ms in _PAUSES_MS:
            if pause_ms >= least_ms:
                yield f"pause {least_ms}", 1.0
        yield self._silent, 1.0
        yield f"{self._silent} {pause_ms > 0}", 1.0
        yield f"{self._silent} {pause_ms >= _PAUSE_LONG_MS} long", 1.0
        beside = self._pauses_ms[max(0, number - _PAUSES_BESIDE) : number + _PAUSES_BESIDE + 1]
        yield f"longer than {sum([pause_ms > other_ms for other_ms in beside]) // _PAUSE_RANKS}", 1.0

    def _of_lengths(self, number: int) -> Iterator[Evidence]:
        length, following = len(self._texts[number]), len(self._texts[number + 1])
        yield "full", min(length / self._mean_length, _FULL_MAX)
        yield "next is full", min(following / self._mean_length, _FULL_MAX)
        if length < _SHORT * self._mean_length:
            yield "short", 1.0
        yield f"words {min(len(self._words[number]), _WORDS_MAX)}", 1.0
        yield f"next words {min(len(self._words[number + 1]), _WORDS_MAX)}", 1.0

    def _of_pace(self, number: int) -> Iterator[Evidence]:
        for name, slow, at in (("slow", _SLOW, number), ("next is slow", _SLOW_AFTER, number + 1)):
            for least in slow[: bisect_right(slow, self._paces[at] / self._usual_pace)]:
                yield f"{name} {least}", 1.0
        yield f"seconds {max(0, min(self._durations_ms[number] // 1000, _SECONDS_MAX))}", 1.0

    def _of_signs(self, number: int) -> Iterator[Evidence]:
        """What is never in raw speech recognition: `SIGNS`."""
        following = self._texts[number + 1]
        if self._is_cased:
            yield "cased", 1.0
        if following[:1].isupper():
            yield "capital", 1.0
        elif self._is_cased and following[:1].islower():
            yield "small", 1.0
        if _COMMA.search(self._texts[number]):
            yield "comma", 1.0

    def _of_words(self, number: int) -> Iterator[Evidence]:
        words, following = self._words[number], self._words[number + 1]
        last, first = words[-wording.NEAR :], following[: wording.NEAR]
        if number and len(last) < wording.NEAR:
            last = [*self._words[number - 1], *last][-wording.NEAR :]
        if number + 2 < len(self._words) and len(first) < wording.NEAR:
            first = [*first, *self._words[number + 2]][: wording.NEAR]
        names = wording.around(self._base, last, first)
        for name in names:
            yield name, 1.0
        if wording.is_written(self._base):
            odds = wording.likely_written(names)
            yield "written", max(_WRITTEN_MIN, min(odds, _WRITTEN_MAX)) / 2
            for least in _WRITTEN[: bisect_right(_WRITTEN, odds)]:
                yield f"written {least}", 1.0
        if kinds := self._kinds[number]:
            ahead = self._kinds[number + 1]
            yield f"finite {not _FINITE.isdisjoint(kinds)} {not _FINITE.isdisjoint(ahead)}", 1.0
            yield f"clauses {_clause(kinds)} {_clause(ahead)}", 1.0
            if ahead:
                yield f"begins {ahead[0]} {_clause(ahead[1:])}", 1.0

    @cached_property
    def _paces(self) -> list[float]:
        """Milliseconds a character."""
        return [ms / max(1, len(text)) for ms, text in zip(self._durations_ms, self._texts, strict=True)]

    @cached_property
    def _usual_pace(self) -> float:
        return max(1.0, sorted(self._paces)[len(self._paces) // 2])

    @cached_property
    def _kinds(self) -> list[list[str]]:
        """By text, the classes of its words; none in a language whose words nobody sorted."""
        if not wording.is_sorted(self._base):
            return [[]] * len(self._texts)
        return [[wording.class_of(word, self._base) for word in words] for words in self._words]


def _clause(kinds: Sequence[str]) -> str:
    """How a text begins to be a clause: with a subject, with a verb at its head, or later; or not at all."""
    for number, kind in enumerate(kinds):
        if kind in _SUBJECTS:
            return "subject"
        if kind in _FINITE:
            return "verb" if number else "head"
    return "none"


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    weights = _weights()
    return (frozenset(weights) - {OTHERS}) | {
        name.split(" ")[0] for name in weights[OTHERS] if wording.is_of_words(name)
    }


@lru_cache(maxsize=1)
def _weights() -> Weights:
    loaded: Weights = json.loads(shipped.text("ends.json"))
    return loaded
