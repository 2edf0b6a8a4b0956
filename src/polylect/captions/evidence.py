"""What speaks for cutting a translation at a place, for a border between two cues of its source.

Evidence has names and numbers; `recue` weighs it, and the weights were learned from cuts that people made
(`tools/train_captions.py`). Names that begin with `place ` do not depend on the border.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from polylect.captions import scripts, words
from polylect.captions.associations import Associations

Evidence = tuple[str, float]

_CLOSERS = "\"”’»›')\\]）］」』】〉》"
_STRONG = re.compile(rf"[.!?;:…。！？；：｡।॥؟۔؛።][{_CLOSERS}\s]*\Z")
_WEAK = re.compile(rf"[,，、،፣–—-][{_CLOSERS}\s]*\Z")
_OPENER = re.compile(r"[(\[（「『“«《‘¿¡]")
_LAST_WORD = re.compile(r"([^\W_]+(?:['’][^\W_]*)*)\s*\Z")
_FIRST_WORD = re.compile(r"\W*([^\W_]+(?:['’](?=\W|\Z))?)")
_KINDS = (
    ("hiragana", "\u3041", "\u309f"),
    ("katakana", "\u30a0", "\u30ff"),
    ("han", "\u2e80", "\u9fff"),
)
_TAIL, _HEAD = 40, 16
_TOO_FAR = 3.0
_NEIGHBORS = 2
"""Words of the source next to a border that are looked for next to a cut."""


def mark(text: str) -> str:
    """How a text ends: `strong` (a full stop, a colon), `weak` (a comma) or `no` mark."""
    return "strong" if _STRONG.search(text) else "weak" if _WEAK.search(text) else "no"


class Reader:
    """What there is to say about one translation, one source and each place to cut."""

    def __init__(
        self, target: str, pieces: Sequence[str], language: str, associations: Associations | None = None
    ) -> None:
        self.target = target
        self.language = language
        self._base = language.lower().partition("-")[0]
        self._phrases = scripts.phrase_borders(target, language)
        self._solid = [0, *accumulate(not character.isspace() for character in target)]
        lengths = [max(1, sum(not character.isspace() for character in piece)) for piece in pieces]
        scale = self._solid[-1] / sum(lengths)
        self.wanted = [before * scale for before in accumulate(lengths[:-1])]
        self._unit = max(1.0, self._solid[-1] / len(pieces))
        self._source_marks = [mark(piece) for piece in pieces[:-1]]
        self._links(pieces, associations)

    def solid(self, place: int) -> int:
        """How many characters that are not white space stand before a place."""
        return self._solid[place]

    def of_place(self, place: int) -> Iterator[Evidence]:
        left, right = self.target[max(0, place - _TAIL) : place].rstrip(), self.target[place : place + _HEAD]
        marked = mark(left)
        yield f"place mark {marked}", 1.0
        if self.target[place - 1] == " ":
            yield from self._of_words(left, right, marked)
            if scripts.is_spaceless(left[-1:] or " ") or scripts.is_spaceless(right[:1] or " "):
                yield "place space", 1.0
        else:
            yield from self._of_characters(left, right, place)
        if _OPENER.match(right):
            yield "place opens", 1.0

    def at(self, border: int, place: int) -> Iterator[Evidence]:
        off = self._solid[place] - self.wanted[border]
        share = off / self._unit
        yield "off squared", min(share * share, _TOO_FAR * _TOO_FAR)
        yield "off", min(abs(share), _TOO_FAR)
        yield "off characters", min(abs(off) / 10, 4.0)
        yield "late", max(-1.0, min(share, 1.0))
        yield f"marks {self._source_marks[border]} {mark(self.target[max(0, place - 8) : place])}", 1.0
        yield from self._of_links(border, place)

    def _of_words(self, left: str, right: str, marked: str) -> Iterator[Evidence]:
        last, first = _LAST_WORD.search(left), _FIRST_WORD.match(right)
        if marked == "no" and last:
            word = last[1].lower().replace("’", "'")
            yield f"place after {self._base} {word}", 1.0
            yield f"place after letters {min(len(word), 6)}", 1.0
            if word in loose_words(self._base):
                yield "place after loose word", 1.0
        if marked == "no" and first:
            word = first[1].lower()
            yield f"place before {self._base} {word}", 1.0
            yield f"place before letters {min(len(word), 6)}", 1.0
            if word in loose_words(self._base):
                yield "place before loose word", 1.0

    def _of_characters(self, left: str, right: str, place: int) -> Iterator[Evidence]:
        if place in self._phrases:
            yield "place phrase", 1.0
        else:
            yield "place no phrase", 1.0
        yield f"place kinds {_kind(left[-1:])} {_kind(right[:1])}", 1.0
        yield f"place after {self._base} {left[-1:]}", 1.0
        yield f"place before {self._base} {right[:1]}", 1.0
        yield f"place after {self._base} {left[-2:]}", 1.0
        yield f"place before {self._base} {right[:2]}", 1.0
        if left[-1:] == right[:1]:
            yield "place between twins", 1.0
        if right[:1] in _never_first(self._base) or right[:2] in _never_first(self._base):
            yield "place before particle", 1.0

    def _links(self, pieces: Sequence[str], associations: Associations | None) -> None:
        """`_after[border][i]`: of the first i words of the translation, how many come from beyond the border."""
        source_language = associations.source_language if associations else "en"
        if len(pieces) < 2:
            return
        known = associations or Associations(self.language, source_language)
        source: list[str] = []
        cues: list[int] = []
        firsts: list[int] = []
        for number, piece in enumerate(pieces):
            held = sorted(words.found(piece, source_language))
            firsts.append(len(source))
            source += [word for _, word in held]
            cues += [number] * len(held)
        target = sorted(words.found(self.target, self.language))
        self._starts = [start for start, _ in target]
        links = known.links(source, [word for _, word in target]) if source and target else [[] for _ in target]
        borders = len(pieces) - 1
        self._beyond = []
        self._within = []
        self._next_words: list[dict[int, float]] = [{} for _ in range(borders)]
        self._last_words: list[dict[int, float]] = [{} for _ in range(borders)]
        for border in range(borders):
            beyond = [sum(share for other, share in row if cues[other] > border) for row in links]
            within = [sum(share for other, share in row if cues[other] <= border) for row in links]
            self._beyond.append([0.0, *accumulate(beyond)])
            self._within.append([0.0, *accumulate(within)])
            first = firsts[border + 1]
            for number, row in enumerate(links):
                for other, share in row:
                    if first <= other < first + _NEIGHBORS:
                        _raise(self._next_words[border], number, share)
                    elif first - _NEIGHBORS <= other < first:
                        _raise(self._last_words[border], number, share)

    def _of_links(self, border: int, place: int) -> Iterator[Evidence]:
        number = bisect_left(self._starts, place)
        beyond, within = self._beyond[border], self._within[border]
        wrong = beyond[number] + within[-1] - within[number]
        linked = beyond[-1] + within[-1]
        yield "wrong side", min(wrong, 12.0)
        yield "wrong side share", wrong / (linked + 1.0)
        following = bisect_right(self._starts, self._starts[number]) if number < len(self._starts) else number
        previous = bisect_left(self._starts, self._starts[number - 1]) if number else 0
        yield "next is beyond", beyond[following] - beyond[number]
        yield "next is within", within[following] - within[number]
        yield "last is beyond", beyond[number] - beyond[previous]
        yield "last is within", within[number] - within[previous]
        starts = max((self._next_words[border].get(n, 0.0) for n in range(number, following)), default=0.0)
        ends = max((self._last_words[border].get(n, 0.0) for n in range(previous, number)), default=0.0)
        yield "begins as the source", starts
        yield "ends as the source", ends


def _raise(highest: dict[int, float], number: int, value: float) -> None:
    highest[number] = max(highest.get(number, 0.0), value)


def _kind(character: str) -> str:
    for kind, first, last in _KINDS:
        if first <= character <= last:
            return kind
    return "digit" if character.isdecimal() else "letter" if character.isalpha() else "mark"


@lru_cache(maxsize=64)
def loose_words(base: str) -> frozenset[str]:
    """Words that belong to what follows them: articles, prepositions, conjunctions, and the like."""
    return frozenset(_loose().get(base, ()))


@lru_cache(maxsize=8)
def _never_first(base: str) -> frozenset[str]:
    return frozenset(_loose().get(f"{base} particles", ()))


@lru_cache(maxsize=1)
def _loose() -> dict[str, tuple[str, ...]]:
    lines = resources.files("polylect.captions").joinpath("data/loose-words.txt").read_text("utf-8").splitlines()
    parted = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {name: tuple(held.split()) for name, _, held in parted}
