"""Where sentences end in captions that write no full stops, such as raw speech recognition.

Each cue's end is weighed by the words around it, the pause, how full the cue is and how long the sentence has gone on;
the most likely ends together are taken, so that one cue too long does not part two that belong together. The weights
are data (`data/ends.json`), learned from captions with full stops, taken away (`tools/train_caption_ends.py`). A
language that was not learned has the weights that all have in common.
"""

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from polylect.captions import scripts

Evidence = tuple[str, float]

SO_FAR_MAX = 8
"""Cues of one sentence beyond which it makes no difference how many there are."""

_RATHER = 0.8
"""What speaks for an end from the outset: the most likely ends alone would leave too many sentences together.
Where some ends are certain, that is not so."""

_UNKNOWN_PAUSE_MS = 500
"""The silence that ends a sentence in a language that was not learned."""

_CERTAIN = 20.0
_CASED_MIN = 0.1
_CERTAIN_MIN = 0.05
_LENGTH, _LENGTHS_MAX = 20, 12
_PAUSES_MS = (1, 100, 250, 500, 1000, 2000)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMA = re.compile(r"[,，、،:：-]\s*\Z")


def ends(
    texts: Sequence[str],
    pauses_ms: Sequence[int],
    language: str,
    *,
    certain: Collection[int] = (),
    weights: Mapping[str, float] | None = None,
) -> list[bool]:
    """For each text whether a sentence ends with it; `pauses_ms` is the silence after each. The last one's end is one.

    `certain` has the numbers of texts that end one anyway. Time and memory are linear in texts. `weights` are for those
    who learn them.
    """
    if not texts:
        return []
    base = language.lower().partition("-")[0]
    weights = weights if weights is not None else _weights()
    # best[n]: the least cost if the sentence at hand has n + 1 texts so far; steps: whether, and from which n, it began
    learned = _languages() if weights is _weights() else {base}
    best = [0.0] + [math.inf] * (SO_FAR_MAX - 1)
    steps: list[int] = []
    stays: list[list[int]] = []
    manners = manner(texts)
    before = [0, *accumulate(map(len, texts))]
    rather = _RATHER if len(certain) < _CERTAIN_MIN * len(texts) else 0.0
    for number in range(len(texts) - 1):
        found = evidence(texts, pauses_ms, number, base, manners)
        weight = rather + sum(weights.get(name, 0.0) * value for name, value in found)
        if number in certain or (base not in learned and pauses_ms[number] >= _UNKNOWN_PAUSE_MS):
            weight += _CERTAIN
        after = [
            weight + sum(weights.get(name, 0.0) for name in so_far(count, before[number + 1] - before[max(0, began)]))
            for count, began in enumerate(range(number, number - SO_FAR_MAX, -1), 1)
        ]
        ended = [cost + _cost(likely) for cost, likely in zip(best, after, strict=True)]
        gone_on = [cost + _cost(-likely) for cost, likely in zip(best, after, strict=True)]
        steps.append(min(range(SO_FAR_MAX), key=ended.__getitem__))
        last = SO_FAR_MAX - 1
        stays.append([*range(-1, last - 1), last - 1 if gone_on[last - 1] <= gone_on[last] else last])
        best = [ended[steps[-1]], *gone_on[: last - 1], min(gone_on[last - 1], gone_on[last])]
    count = min(range(SO_FAR_MAX), key=best.__getitem__)
    is_end = [True]
    for began, stay in zip(reversed(steps), reversed(stays), strict=True):
        is_end.append(count == 0)
        count = began if count == 0 else stay[count]
    return is_end[::-1]


def _cost(likely: float) -> float:
    """The negative logarithm of a logistic probability."""
    return math.log1p(math.exp(-likely)) if likely > -30 else -likely


@dataclass(frozen=True)
class Manner:
    """How a track is written throughout."""

    mean_length: float
    is_cased: bool
    """Whether some of its texts begin with a capital."""


def manner(texts: Sequence[str]) -> Manner:
    capitals = sum(text[:1].isupper() for text in texts)
    return Manner(max(1.0, sum(map(len, texts)) / max(1, len(texts))), capitals >= _CASED_MIN * len(texts))


def so_far(count: int, length: int) -> tuple[str, str]:
    """The evidence that a sentence has gone on for so many texts, and for so many characters."""
    return f"so far {min(count, SO_FAR_MAX)}", f"so far {min(length // _LENGTH, _LENGTHS_MAX)} lengths"


def evidence(
    texts: Sequence[str], pauses_ms: Sequence[int], number: int, base: str, manner: Manner
) -> Iterator[Evidence]:
    """What speaks for an end of a sentence after a text, whatever came before it."""
    text, following = texts[number], texts[number + 1]
    yield "always", 1.0
    for pause_ms in _PAUSES_MS:
        if pauses_ms[number] >= pause_ms:
            yield f"pause {pause_ms}", 1.0
    yield "full", min(len(text) / manner.mean_length, 3.0)
    yield "next is full", min(len(following) / manner.mean_length, 3.0)
    if len(text) < 0.6 * manner.mean_length:
        yield "short", 1.0
    if following[:1].isupper():
        yield "capital", 1.0
    elif manner.is_cased and following[:1].islower():
        yield "small", 1.0
    if _COMMA.search(text):
        yield "comma", 1.0
    last, first = _words(text[-60:])[-2:], _words(following[:60])[:2]
    yield f"last {base} {' '.join(last[-1:])}", 1.0
    yield f"last two {base} {' '.join(last)}", 1.0
    yield f"first {base} {' '.join(first[:1])}", 1.0
    yield f"first two {base} {' '.join(first)}", 1.0


def _words(text: str) -> list[str]:
    """Lower-case words; characters, in scripts without spaces."""
    found: list[str] = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        found += list(word) if scripts.is_spaceless(word[0]) else [word]
    return found


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(name.split(" ")[1] for name in _weights() if name.startswith("first "))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    loaded: dict[str, float] = json.loads(
        resources.files("polylect.captions").joinpath("data/ends.json").read_text("utf-8")
    )
    return loaded
