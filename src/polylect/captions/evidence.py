"""What speaks for cutting a translation at a place, for a border between two cues of its source.

Evidence has names and numbers; `recue` weighs it, and the weights were learned from cuts that people made
(`tools/train_captions.py`). Names that begin with `place ` do not depend on the border; those that begin with `part `
speak of what lies between two cuts, for the cue that it goes into.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from polylect.captions import scripts, shipped, words
from polylect.captions.associations import Associations, Share

Evidence = tuple[str, float]

_CLOSERS = "\"”’»›')\\]）］」』】〉》"
_STRONG = re.compile(rf"[.!?;:…。！？；：｡।॥؟۔؛።][{_CLOSERS}\s]*\Z")
_WEAK = re.compile(rf"[,，、،፣–—-][{_CLOSERS}\s]*\Z")
_STRONG_INSIDE = re.compile(rf"[.!?;:…](?=[{_CLOSERS}]*(?:\s|\Z))|[。！？；：｡।॥؟۔؛።]")
_WEAK_INSIDE = re.compile(r"[,，、،፣](?!\d)")
_OPENER = re.compile(r"[(\[（「『“«《‘¿¡]")
_LAST_WORD = re.compile(r"([^\W_]+(?:['’][^\W_]*)*)\s*\Z")
_FIRST_WORD = re.compile(r"\W*([^\W_]+(?:['’](?=\W|\Z))?)")
_KINDS = (
    ("hiragana", "\u3041", "\u309f"),
    ("katakana", "\u30a0", "\u30ff"),
    ("han", "\u2e80", "\u9fff"),
)
_OPENING, _CLOSING = "([（「『“«《【", ")]）」』”»》】"
_BEFORE_CAPITAL = '"“‘«([-–¿¡ '
_ALWAYS_CAPITAL = frozenset({"I"})
_TAIL, _HEAD = 40, 16
_TOO_FAR = 3.0
_TOO_MANY = 4.0
_MARKS_MAX = 2
_WORD_SIZE = 3
"""Characters that count as a word, in scripts without spaces, where the length of a part is told in words."""

_FEW = 2.0
"""Characters that are added to both lengths before they are compared: short ones say little."""

_CHARACTERS = 3
"""Characters on each side of a place that count as a word, in scripts without spaces."""

_NEIGHBORS = 2
"""Words of the source next to a border that are looked for next to a cut."""

_DOUBT = 0.02
"""How likely any word is to be the translation of any other, whatever associations say."""

_NOTHING_SHARE = 0.3
_LEAN_MAX = 3.0
"""One word alone decides no more than that."""


def mark(text: str) -> str:
    """How a text ends: `strong` (a full stop, a colon), `weak` (a comma) or `no` mark."""
    return "strong" if _STRONG.search(text) else "weak" if _WEAK.search(text) else "no"


@dataclass(frozen=True)
class _Border:
    """Where one cue of the source ends and the next begins."""

    mark: str
    """Of the cue that ends."""
    is_loose: bool
    """Whether its last word leans on the next: then the source was cut by length, not by sense."""
    has_capital: bool
    """Whether the next cue begins with a capital, as a sentence without a mark before it does."""
    has_opener: bool
    """Whether the next cue begins with a word that opens a clause."""
    last: str
    """The words around, as associations know them; empty: there is none."""
    first: str


@dataclass(frozen=True)
class _Part:
    """What one cue holds of the source."""

    length: float
    """In characters of the translation, if it had its share of them."""
    share: float
    """Of the words of the source."""
    strong_marks: int
    """Inside; one at the end does not count."""
    weak_marks: int


@dataclass(frozen=True)
class _Place:
    """What stands around a place of the translation."""

    left: str
    right: str
    mark: str
    last: Sequence[str]
    """The word before; in scripts without spaces the character before, and the two before."""
    first: Sequence[str]


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
        self._depths = [0, *accumulate((character in _OPENING) - (character in _CLOSING) for character in target)]
        self._is_cased = target.upper() != target and not scripts.is_spaceless(target[:1])
        self._places: dict[int, _Place] = {}
        if len(pieces) > 1:
            known = associations or Associations(self.language, "en")
            source = [sorted(words.found(piece, known.source_language)) for piece in pieces]
            self._borders = _borders(pieces, source, known.source_language.lower().partition("-")[0])
            self._parts = _parts(pieces, [length * scale for length in lengths], [len(held) for held in source])
            self._measure()
            self._link([[word for _, word in held] for held in source], known)

    def solid(self, place: int) -> int:
        """How many characters that are not white space stand before a place."""
        return self._solid[place]

    def of_place(self, place: int) -> Iterator[Evidence]:
        around = self._around(place)
        yield f"place mark {around.mark}", 1.0
        if self.target[place - 1] == " ":
            yield from self._of_words(around)
            if scripts.is_spaceless(around.left[-1:] or " ") or scripts.is_spaceless(around.right[:1] or " "):
                yield "place space", 1.0
        else:
            yield from self._of_characters(around, place)
        if _OPENER.match(around.right):
            yield "place opens", 1.0
        if self._depths[place] > 0:
            yield "place in brackets", 1.0

    def at(self, border: int, place: int) -> Iterator[Evidence]:
        source = self._borders[border]
        off = self._solid[place] - self.wanted[border]
        share = off / self._unit
        squared, distance = min(share * share, _TOO_FAR * _TOO_FAR), min(abs(share), _TOO_FAR)
        yield "off squared", squared
        yield "off", distance
        yield "off characters", min(abs(off) / 10, 4.0)
        yield "late", max(-1.0, min(share, 1.0))
        kind = "loose" if source.is_loose else "tight"
        yield f"off squared {kind}", squared
        yield f"off {kind}", distance
        if source.mark != "no":
            yield "off marked", distance
        around = self._around(place)
        yield f"marks {source.mark} {around.mark}", 1.0
        if self._is_cased:
            has_capital = around.right.lstrip(_BEFORE_CAPITAL)[:1].isupper()
            yield f"capitals {source.has_capital} {has_capital} {around.mark != 'no'}", 1.0
        if around.first and openers(self._base):
            yield f"openers {source.has_opener} {around.first[0] in openers(self._base)}", 1.0
        if source.is_loose and around.last and around.last[0] in loose_words(self._base):
            yield "both loose", 1.0
        yield from self._of_pairs(source, around)
        yield from self._of_links(border, place)

    def of_part(self, cue: int, start: int, end: int) -> Iterator[Evidence]:
        """What lies between two cuts beside what the source says in that cue: its length, its words, its marks."""
        source = self._parts[cue]
        length = self._solid[end] - self._solid[start]
        ratio = abs(math.log((length + _FEW) / (source.length + _FEW)))
        off = (length - source.length) / self._unit
        yield "part length", ratio
        yield "part length squared", min(ratio * ratio, _TOO_MANY)
        yield "part off squared", min(off * off, _TOO_MANY)
        steps = bisect_left(self._good_places, end) - bisect_right(self._good_places, start) + 1
        yield "part steps", abs(math.log((steps + 1) / (source.share * (len(self._good_places) + 1) + 1)))
        size = self._sizes[end] - self._sizes[start]
        if size <= _WORD_SIZE:
            yield "part of one word", 1.0
        if size <= 2 * _WORD_SIZE:
            yield "part of two words", 1.0
        for kind, marks, others in (
            ("strong", self._strong_marks, source.strong_marks),
            ("weak", self._weak_marks, source.weak_marks),
        ):
            more = bisect_left(marks, end - 1) - bisect_right(marks, start) - others
            if more:
                yield f"part {kind} marks {'more' if more > 0 else 'fewer'}", float(min(abs(more), _MARKS_MAX))

    def _measure(self) -> None:
        """Where the translation may be cut and would rather be, where its marks are, and how many thirds of words it
        has."""
        self.allowed = scripts.cuts_allowed(self.target)
        good = (place for place in self.allowed if place in self._phrases)
        self._good_places = list(good) if self._phrases else self.allowed
        self._strong_marks = [found.end() for found in _STRONG_INSIDE.finditer(self.target)]
        self._weak_marks = [found.end() for found in _WEAK_INSIDE.finditer(self.target)]
        sizes = [0]
        for before, character in pairwise(f" {self.target}"):
            is_first = not character.isspace() and (before.isspace() or scripts.is_spaceless(before))
            own = 1 if scripts.is_spaceless(character) else _WORD_SIZE if is_first else 0
            sizes.append(sizes[-1] + own)
        self._sizes = sizes

    def _around(self, place: int) -> _Place:
        if place not in self._places:
            left, right = self.target[max(0, place - _TAIL) : place].rstrip(), self.target[place : place + _HEAD]
            self._places[place] = _Place(left, right, mark(left), _last_words(left), _first_words(right))
        return self._places[place]

    def _of_words(self, around: _Place) -> Iterator[Evidence]:
        if around.mark != "no":
            return
        last, first = around.last[:1], around.first[:1]
        for side, found in (("after", last), ("before", first)):
            for word in found:
                yield f"place word {side} {self._base} {word}", 1.0
                yield f"place {side} letters {min(len(word), 6)}", 1.0
                if word in loose_words(self._base):
                    yield f"place {side} loose word", 1.0
        if last and first and around.left[-1:].isalnum() and f"{last[0]}_{first[0]}" in _compounds(self._base):
            yield "place in compound", 1.0

    def _of_characters(self, around: _Place, place: int) -> Iterator[Evidence]:
        left, right = around.left, around.right
        if place in self._phrases:
            yield "place phrase", 1.0
        else:
            yield "place no phrase", 1.0
        yield f"place kinds {_kind(left[-1:])} {_kind(right[:1])}", 1.0
        for count in range(1, _CHARACTERS + 1):
            yield f"place word after {self._base} {left[-count:]}", 1.0
            yield f"place word before {self._base} {right[:count]}", 1.0
        if left[-1:] == right[:1]:
            yield "place between twins", 1.0
        if right[:1] in _never_first(self._base) or right[:2] in _never_first(self._base):
            yield "place before particle", 1.0

    def _of_pairs(self, source: _Border, around: _Place) -> Iterator[Evidence]:
        """The words of both languages at the border and at the place."""
        for kind, said, held in (
            ("first", source.first, around.first),
            ("next", source.first, around.last),
            ("last", source.last, around.last),
        ):
            if said:
                for word in held:
                    yield f"pair {kind} {self._base} {said} {word}", 1.0

    def _link(self, source: Sequence[Sequence[str]], known: Associations) -> None:
        """Which words of the translation come from which cue.

        By border, and by how many words of the translation stand before a place: `_beyond` says how many of these come
        from beyond the border, `_within` how many do not; `_said` and `_meant` are logarithms of how likely the words
        before and after are, given what is said on the same side of the border, forward and backward.
        """
        target = sorted(words.found(self.target, self.language))
        self._starts = [start for start, _ in target]
        cues = [cue for cue, held in enumerate(source) for _ in held]
        links = known.links([word for held in source for word in held], [word for _, word in target])
        agreed = links.agreed()
        count = len(source) - 1
        self._beyond, self._within, self._said, self._meant = [], [], [], []
        self._next_words: list[dict[int, float]] = [{} for _ in range(count)]
        self._last_words: list[dict[int, float]] = [{} for _ in range(count)]
        for border in range(count):
            beyond = [sum(share for other, share in row if cues[other] > border) for row in agreed]
            within = [sum(share for other, share in row if cues[other] <= border) for row in agreed]
            self._beyond.append([0.0, *accumulate(beyond)])
            self._within.append([0.0, *accumulate(within)])
            middle = bisect_right(cues, border)
            self._said.append([0.0, *accumulate(_lean(share, middle) for share in links.forward)])
            self._meant.append(_meant(links.backward, middle, len(target)))
            for number, row in enumerate(agreed):
                for other, share in row:
                    if middle <= other < middle + _NEIGHBORS:
                        _raise(self._next_words[border], number, share)
                    elif middle - _NEIGHBORS <= other < middle:
                        _raise(self._last_words[border], number, share)

    def _of_links(self, border: int, place: int) -> Iterator[Evidence]:
        number = bisect_left(self._starts, place)
        beyond, within = self._beyond[border], self._within[border]
        wrong = beyond[number] + within[-1] - within[number]
        linked = beyond[-1] + within[-1]
        yield "wrong side", min(wrong, 12.0)
        yield "wrong side share", wrong / (linked + 1.0)
        yield "likely forward", self._said[border][number] / 2
        yield "likely backward", self._meant[border][number] / 2
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


def _borders(pieces: Sequence[str], source: Sequence[Sequence[tuple[int, str]]], base: str) -> list[_Border]:
    found = []
    for (piece, following), (before, after) in zip(pairwise(pieces), pairwise(source), strict=True):
        last, first = _LAST_WORD.search(piece), _FIRST_WORD.match(following)
        word = first[1] if first else ""
        found.append(
            _Border(
                mark(piece),
                last is not None and last[1].lower() in loose_words(base),
                word[:1].isupper() and word not in _ALWAYS_CAPITAL,
                word.lower() in openers(base),
                before[-1][1] if before else "",
                after[0][1] if after else "",
            )
        )
    return found


def _parts(pieces: Sequence[str], lengths: Sequence[float], counts: Sequence[int]) -> list[_Part]:
    whole = max(1, sum(counts))
    return [
        _Part(
            length,
            count / whole,
            sum(found.end() < len(piece) - 1 for found in _STRONG_INSIDE.finditer(piece)),
            sum(found.end() < len(piece) - 1 for found in _WEAK_INSIDE.finditer(piece)),
        )
        for piece, length, count in zip(pieces, lengths, counts, strict=True)
    ]


def _lean(share: Share, middle: int) -> float:
    """By how much a word of the translation rather comes from before the border than from after it, a logarithm."""
    before = sum(sure for other, sure in share.anywhere.items() if other < middle)
    after = sum(sure for other, sure in share.anywhere.items() if other >= middle)
    doubt = _DOUBT + _NOTHING_SHARE * share.nothing
    return max(-_LEAN_MAX, min(_LEAN_MAX, math.log((before + doubt) / (after + doubt))))


def _meant(backward: Sequence[Share], middle: int, count: int) -> list[float]:
    """How likely the words of the source are translated on their sides, by number of words before: a logarithm."""
    steps = [0.0] * (count + 2)
    for number, share in enumerate(backward):
        if not share.anywhere:
            continue
        whole = sum(share.anywhere.values())
        doubt = 2 * _DOUBT + _NOTHING_SHARE * share.nothing
        before, since = 0.0, 0
        for other, sure in (*sorted(share.anywhere.items()), (count, 0.0)):
            own = before if number < middle else whole - before
            likely = math.log((own + doubt) / (whole + doubt))
            steps[since] += likely
            steps[other + 1] -= likely
            before, since = before + sure, other + 1
    return list(accumulate(steps))[: count + 1]


def _last_words(left: str) -> list[str]:
    if scripts.is_spaceless(left[-1:] or " "):
        return [left[-1:], left[-2:]]
    found = _LAST_WORD.search(left)
    return [found[1].lower().replace("’", "'")] if found else []


def _first_words(right: str) -> list[str]:
    if scripts.is_spaceless(right[:1] or " "):
        return [right[:1], right[:2]]
    found = _FIRST_WORD.match(right)
    return [found[1].lower()] if found else []


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


@lru_cache(maxsize=64)
def openers(base: str) -> frozenset[str]:
    """Words that open a clause: conjunctions, relative pronouns, and the like."""
    return frozenset(_loose().get(f"{base} openers", ()))


@lru_cache(maxsize=8)
def _compounds(base: str) -> frozenset[str]:
    """Words that are written with a space inside, `_` here."""
    return frozenset(_loose().get(f"{base} compounds", ()))


@lru_cache(maxsize=8)
def _never_first(base: str) -> frozenset[str]:
    return frozenset(_loose().get(f"{base} particles", ()))


@lru_cache(maxsize=1)
def _loose() -> dict[str, tuple[str, ...]]:
    lines = shipped.text("loose-words.txt").splitlines()
    parted = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {name: tuple(held.split()) for name, _, held in parted}
