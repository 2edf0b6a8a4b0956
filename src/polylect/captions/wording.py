"""What the words around a place say of whether a sentence ends there.

Words count as they are and, in languages whose words were sorted into classes (`data/word-classes.txt`), as one of
their class: "the pronoun after a noun" says something of words that were never seen. How likely an end is by what
people write is data too (`data/written-ends.json`), learned from a book; captions alone hold too few words for that.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from polylect.captions import scripts, shipped

NEAR = 3
"""Words on each side of a place that say whether a sentence ends there."""

_BEYOND = ("^", "$")
"""What stands for the words before the first one and after the last."""

_ENDING_MIN = 5
_NOUN, _NUMBER = "noun", "number"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words(text: str) -> list[str]:
    """Lower-case words; characters, in scripts without spaces."""
    found: list[str] = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        found += list(word) if scripts.is_spaceless(word[0]) else [word]
    return found


def around(base: str, last: Sequence[str], first: Sequence[str]) -> list[str]:
    """The names of what is said by the words before a place and after it; of each, the nearest three count."""
    after, before = _BEYOND
    last = [after] * (2 - len(last)) + list(last[-NEAR:])
    first = list(first[:NEAR]) + [before] * (2 - len(first))
    names = [
        f"{base} l {last[-1]}",
        f"{base} ll {last[-2]} {last[-1]}",
        f"{base} r {first[0]}",
        f"{base} rr {first[0]} {first[1]}",
        f"{base} lr {last[-1]} {first[0]}",
    ]
    if _classes(base):
        names += _of_classes(base, last, first)
    return names


def is_of_words(name: str) -> bool:
    """Whether a name is one of `around`, which no other evidence is: the others begin with a word of their own."""
    return len(parts := name.split(" ")) > 2 and parts[1].lower().strip("lr") == ""


def class_of(word: str, base: str) -> str:
    """What kind of word it is: by itself, else by its longest ending that says so."""
    classes = _classes(base)
    known = classes.get(word)
    if known is None and len(word) >= _ENDING_MIN:
        endings = (classes.get(f"-{word[-length:]}") for length in range(_longest_ending(base), 0, -1))
        known = next((kind for kind in endings if kind), None)
    return known or (_NUMBER if word[:1].isdigit() else _NOUN)


def likely_written(names: Sequence[str]) -> float:
    """How likely a sentence ends at a place in what people write, as a logarithm of odds, by the names of `around`.

    0 for a language of which no text was learned.
    """
    written = _written()
    return sum(written.get(name, 0.0) for name in names)


def _of_classes(base: str, last: Sequence[str], first: Sequence[str]) -> list[str]:
    """As names: the classes of neighboring words, and words together with classes."""
    one, two = last[-1], first[0]
    before, after = [class_of(word, base) for word in last], [class_of(word, base) for word in first]
    return [
        f"{base} L {before[-1]}",
        f"{base} LL {before[-2]} {before[-1]}",
        f"{base} LLL {' '.join(before)}",
        f"{base} R {after[0]}",
        f"{base} RR {after[0]} {after[1]}",
        f"{base} RRR {' '.join(after)}",
        f"{base} LR {before[-1]} {after[0]}",
        f"{base} LLR {before[-2]} {before[-1]} {after[0]}",
        f"{base} LRR {before[-1]} {after[0]} {after[1]}",
        f"{base} lR {one} {after[0]}",
        f"{base} Lr {before[-1]} {two}",
        f"{base} rR {two} {after[1]}",
        f"{base} Ll {before[-2]} {one}",
    ]


def is_written(base: str) -> bool:
    """Whether what people write in the language was learned."""
    return base in _written_languages()


def is_sorted(base: str) -> bool:
    """Whether the words of the language were sorted into classes."""
    return bool(_classes(base))


@lru_cache(maxsize=64)
def _classes(base: str) -> Mapping[str, str]:
    """By word, or by ending with a hyphen before it, its class. Empty for a language whose words nobody sorted."""
    found: dict[str, str] = {}
    for line in shipped.text("word-classes.txt").splitlines():
        name, _, listed = line.partition(":")
        language, _, kind = name.partition(" ")
        if language == base:
            found |= dict.fromkeys(listed.split(), kind)
    return found


@lru_cache(maxsize=64)
def _longest_ending(base: str) -> int:
    return max((len(word) - 1 for word in _classes(base) if word.startswith("-")), default=0)


@lru_cache(maxsize=1)
def _written_languages() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in _written() if is_of_words(name))


@lru_cache(maxsize=1)
def _written() -> Mapping[str, float]:
    loaded: dict[str, float] = json.loads(shipped.text("written-ends.json"))
    return loaded
