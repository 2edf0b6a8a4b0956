"""Which words of two languages go together, learned from sentences and their translations.

IBM's first alignment model (Brown and others, 1993) in both directions, with a leaning to the diagonal: words near the
beginning of a sentence are rather translated near its beginning. Where a person cut the translation, words lean to the
same cue besides. No dictionary, no grammar. `learned` goes through many translations several times; `add` and `remove`
count one in or out, so that a course's table follows its translators.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from polylect.captions import shipped, sounds, words

Counts = dict[str, dict[str, float]]

NOTHING = ""
"""What a word is associated with that the other language does not say."""

ROUNDS = 4
_WORDS_MAX = 120
"""Longer sentences teach little and cost much. Twice as many in translations: in scripts without spaces, pairs of
characters count besides."""

REACH = 200
"""Words before and after the diagonal that a word is compared with. That is more than people's sentences have, and the
work grows with the length of a text and no faster."""

_REACH_IN_ORDER = 24
"""The same where words are looked at in their order: people put few words farther away than that."""

_DIAGONAL = 3.0
_SAME_CUE = 2.0
_CUES_AWAY_MAX = 3
_PRIOR = 0.5
_UNKNOWN = 1e-4
_NOTHING_SHARE = 0.1
_SHARE_MIN = 1e-3
_SAME = 0.6
_ALIKE = 0.15
_ALIKE_LETTERS = 4
_FLOOR = 0.02
_STEP, _JUMP = 3.0, 0.02
"""How far words that follow each other come from one another, in words, and how likely it is to be any distance."""

_UNSEEN = 0.002
_FROM_NOTHING_SHARE = 0.2
_FROM_NOTHING = 3 * _FROM_NOTHING_SHARE
_TEXTS_SHARE = 0.3
"""What a sentence of software counts, beside one of captions."""

_NAME = re.compile(r"[\w-]+\.\w+", re.ASCII)


class Translated(NamedTuple):
    """A sentence and its translation, both on one line."""

    source: str | Sequence[str]
    """The sentence; where cuts are known, what each cue holds of it."""
    target: str
    cuts: Sequence[int] = ()
    """Where a person cut the translation: an offset for each border between two cues. Empty: nobody did."""


Pair = Translated | tuple[str, str]


class Share(NamedTuple):
    """How likely a word is to come from each word of the other language, by number."""

    anywhere: Mapping[int, float]
    """By what is known of the words alone."""
    here: Mapping[int, float]
    """In these sentences, among their words; the rest comes from nothing."""
    nothing: float
    """How likely it is to come from nothing, as `anywhere` counts."""


@dataclass(frozen=True)
class Links:
    """What two sentences say of each other's words."""

    forward: Sequence[Share]
    """For each word of the translation: which words of the source it comes from."""
    backward: Sequence[Share]
    """For each word of the source: which words of the translation it comes from."""

    def agreed(self) -> list[list[tuple[int, float]]]:
        """For each word of the translation the words of the source that both directions link it to, and how surely."""
        found: list[list[tuple[int, float]]] = []
        for number, share in enumerate(self.forward):
            both = (
                (other, math.sqrt(sure * self.backward[other].here.get(number, 0.0)))
                for other, sure in share.here.items()
            )
            found.append([(other, sure) for other, sure in both if sure > _FLOOR])
        return found


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

    def add(self, source: str | Sequence[str], target: str, cuts: Sequence[int] = ()) -> None:
        """Counts one more sentence and its translation in. What was counted before stays, so order matters a little."""
        self._count(Translated(source, target, cuts), 1.0)

    def remove(self, source: str | Sequence[str], target: str, cuts: Sequence[int] = ()) -> None:
        """Counts a translation out that was counted in, as one that has changed.

        Exact but for what the other translations have said of its words since. No count falls below nothing.
        """
        self._count(Translated(source, target, cuts), -1.0)

    def _count(self, translated: Translated, times: float) -> None:
        pair = _tokens(translated, self.language, self.source_language)
        if pair is None:
            return
        for counts, totals, (given, said) in (
            (self.forward, self.forward_totals, pair),
            (self.backward, self.backward_totals, pair[::-1]),
        ):
            leaning = _leaning(given, said)
            for word, other, share in list(_expected(_words(given), _words(said), leaning, counts, totals)):
                row = counts.setdefault(word, {})
                row[other] = max(0.0, row.get(other, 0.0) + times * share)
                totals[word] = max(0.0, totals.get(word, 0.0) + times * share)

    def copy(self) -> "Associations":
        """The same, to go on from by itself."""
        return self.plus(Associations(self.language, self.source_language))

    def plus(self, other: "Associations", times: float = 1.0) -> "Associations":
        """What both have counted, the other so many times."""
        return Associations(
            self.language,
            self.source_language,
            _added(self.forward, other.forward, times),
            _added(self.backward, other.backward, times),
            _summed(self.forward_totals, other.forward_totals, times),
            _summed(self.backward_totals, other.backward_totals, times),
        )

    def as_text(self, *, least: float = 0.5, share: float = 0.1, digits: int = 1) -> str:
        """What a file keeps: what both directions agree on, and what says something.

        The first line says how many words of the translation come from nothing, and how many of the source. Then a line
        for each source word: how often it is there, how often of these nothing says it in the translation, and after
        tabs each word that goes with it and how often. After an empty line, how often each of these words is there, and
        how often it comes from nothing. A pair counts the geometric mean of both directions, and is kept where that is
        `least` or more and a `share` of one of its words.
        """
        rows: dict[str, dict[str, float]] = {}
        for word, row in sorted(self.forward.items()):
            for other, count in sorted(row.items()):
                agreed = math.sqrt(count * self.backward.get(other, {}).get(word, 0.0))
                total = min(self.forward_totals[word], self.backward_totals.get(other, 0.0))
                if word and agreed >= least and agreed >= share * total:
                    rows.setdefault(word, {})[other] = agreed
        from_nothing, to_nothing = self.forward.get(NOTHING, {}), self.backward.get(NOTHING, {})
        line = partial(_line, digits)
        lines = [line((NOTHING, self.forward_totals.get(NOTHING, 0.0), self.backward_totals.get(NOTHING, 0.0)))]
        for word, row in rows.items():
            lines.append(line((word, self.forward_totals[word], to_nothing.get(word, 0.0)), *row.items()))
        said = sorted({other for row in rows.values() for other in row})
        heard = [line((other, self.backward_totals[other], from_nothing.get(other, 0.0))) for other in said]
        return "\n".join([*lines, "", *heard]) + "\n"

    @classmethod
    def from_text(cls, language: str, source_language: str, text: str) -> "Associations":
        """What `as_text` wrote, pairs the same in both directions."""
        made = cls(language, source_language)
        lines = text.splitlines()
        middle = lines.index("")
        _, made.forward_totals[NOTHING], made.backward_totals[NOTHING] = _word_and_two(lines[0])
        from_nothing, to_nothing = made.forward.setdefault(NOTHING, {}), made.backward.setdefault(NOTHING, {})
        for line in lines[1:middle]:
            head, *row = line.split("\t")
            word, made.forward_totals[word], to_nothing[word] = _word_and_two(head)
            for held in row:
                other, _, count = held.rpartition(" ")
                made.forward.setdefault(word, {})[other] = float(count)
                made.backward.setdefault(other, {})[word] = float(count)
        for line in lines[middle + 1 :]:
            word, made.backward_totals[word], from_nothing[word] = _word_and_two(line)
        return made

    def links(self, source: Sequence[str], target: Sequence[str]) -> Links:
        """Which words of a sentence and of its translation go together."""
        forward = _shares(source, target, self.forward, self.forward_totals)
        backward = _shares(target, source, self.backward, self.backward_totals)
        if not source or not target:
            return Links(forward, backward)
        return Links(_in_order(forward, len(source)), _in_order(backward, len(target)))


@lru_cache(maxsize=16)
def seed(source_language: str, language: str) -> Associations | None:
    """What ships for two languages, None where that is nothing. To let it grow, `copy` it."""
    base, source_base = (named.lower().partition("-")[0] for named in (language, source_language))
    texts = of_texts(source_base, base)
    captions = _shipped(f"associations-{source_base}-{base}.txt")
    if captions is None:
        return texts
    known = Associations.from_text(base, source_base, captions)
    return known if texts is None else known.plus(texts)


def of_texts(source_language: str, language: str) -> Associations | None:
    """The part of what ships that was learned from texts of software, which are no captions and count for less."""
    text = _shipped(f"words-{source_language}-{language}.txt")
    if text is None:
        return None
    nothing = Associations(language, source_language)
    return nothing.plus(Associations.from_text(language, source_language, text), _TEXTS_SHARE)


def _shipped(name: str) -> str | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        return shipped.text(name)
    except FileNotFoundError:
        return None


def learned(
    pairs: Iterable[Pair],
    language: str,
    source_language: str,
    *,
    rounds: int = ROUNDS,
    upon: Associations | None = None,
) -> Associations:
    """The associations of many sentences and their translations, gone through several times.

    `upon` is what is known already. It helps to tell which words go together, and is not in what comes back.
    """
    made = Associations(language, source_language)
    found = (_tokens(Translated(*pair), language, source_language) for pair in pairs)
    texts = [pair for pair in found if pair]
    forward = [_Text(_words(source), _words(target), _leaning(source, target)) for source, target in texts]
    backward = [_Text(_words(target), _words(source), _leaning(target, source)) for source, target in texts]
    for _ in range(rounds):
        known = upon.plus(made) if upon else made
        made.forward, made.forward_totals = _round(forward, known.forward, known.forward_totals)
        made.backward, made.backward_totals = _round(backward, known.backward, known.backward_totals)
    return made


def _added(counts: Counts, others: Counts, times: float) -> Counts:
    return {
        word: _summed(counts.get(word, {}), others.get(word, {}), times) for word in dict.fromkeys((*counts, *others))
    }


def _summed(counts: Mapping[str, float], others: Mapping[str, float], times: float) -> dict[str, float]:
    summed = dict(counts)
    for word, count in others.items():
        summed[word] = summed.get(word, 0.0) + times * count
    return summed


def _line(digits: int, *counted: tuple[str, *tuple[float, ...]]) -> str:
    """Words and their numbers, tabs between."""
    return "\t".join(" ".join([word, *(f"{round(number, digits):g}" for number in rest)]) for word, *rest in counted)


def _word_and_two(held: str) -> tuple[str, float, float]:
    word, one, two = held.rsplit(" ", 2)
    return word, float(one), float(two)


class _Token(NamedTuple):
    word: str
    cue: int | None
    """The cue that it is in; None: not known."""


class _Text(NamedTuple):
    given: Sequence[str]
    said: Sequence[str]
    leaning: Sequence[Sequence[float]]


def _words(tokens: Sequence[_Token]) -> list[str]:
    return [token.word for token in tokens]


def _tokens(
    translated: Translated, language: str, source_language: str
) -> tuple[Sequence[_Token], Sequence[_Token]] | None:
    """The words of both sides; None where there is too much or nothing to learn."""
    source, target, cuts = translated
    pieces = [source] if isinstance(source, str) else source
    is_cut = len(cuts) == len(pieces) - 1 > 0 and list(cuts) == sorted(cuts)
    given = [
        _Token(word, cue) for cue, piece in enumerate(pieces) for _, word in sorted(words.found(piece, source_language))
    ]
    said = [
        _Token(word, bisect_right(cuts, start) if is_cut else None)
        for start, word in sorted(words.found(target, language))
    ]
    is_taught = 0 < len(given) <= _WORDS_MAX and 0 < len(said) <= 2 * _WORDS_MAX
    return (given, said) if is_taught else None


def _leaning(given: Sequence[_Token], said: Sequence[_Token]) -> list[list[float]]:
    """How much each word that is said leans to each given one by where they stand."""
    rows = _nearness(len(given), len(said))
    for row, (_, cue) in zip(rows, said, strict=True):
        for number, (_, other) in enumerate(given):
            if cue is not None and other is not None:
                row[number] *= math.exp(-_SAME_CUE * min(_CUES_AWAY_MAX, abs(cue - other)))
    return rows


def _nearness(given: int, said: int) -> list[list[float]]:
    return [
        [math.exp(-_DIAGONAL * abs(other / given - number / said)) for other in range(given)] for number in range(said)
    ]


def _round(texts: Iterable[_Text], counts: Counts, totals: Mapping[str, float]) -> tuple[Counts, dict[str, float]]:
    new_counts: Counts = {}
    new_totals: dict[str, float] = {}
    for given, said, leaning in texts:
        for word, other, share in _expected(given, said, leaning, counts, totals):
            row = new_counts.setdefault(word, {})
            row[other] = row.get(other, 0.0) + share
            new_totals[word] = new_totals.get(word, 0.0) + share
    return new_counts, new_totals


def _expected(
    given: Sequence[str],
    said: Sequence[str],
    leaning: Sequence[Sequence[float]],
    counts: Counts,
    totals: Mapping[str, float],
) -> Iterable[tuple[str, str, float]]:
    """How much each word that is said is expected to come from each that is given: (given, said, share)."""
    rows = [(counts.get(word, {}), totals.get(word, 0.0) + _PRIOR) for word in given]
    nothing, nothing_total = counts.get(NOTHING, {}), totals.get(NOTHING, 0.0) + _PRIOR
    for word, leans in zip(said, leaning, strict=True):
        shares = [
            (row.get(word, 0.0) / total + _UNKNOWN) * lean for (row, total), lean in zip(rows, leans, strict=True)
        ]
        rest = (nothing.get(word, 0.0) / nothing_total + _UNKNOWN) * _NOTHING_SHARE * sum(leans)
        whole = sum(shares) + rest
        for other, share in zip(given, shares, strict=True):
            if share > _SHARE_MIN * whole:
                yield other, word, share / whole
        yield NOTHING, word, rest / whole


def _shares(given: Sequence[str], said: Sequence[str], counts: Counts, totals: Mapping[str, float]) -> list[Share]:
    """For each word that is said, from which of the given ones it comes, by number."""
    rows = [(counts.get(word, {}), totals.get(word, 0.0) + _PRIOR) for word in given]
    nothing, nothing_total = counts.get(NOTHING, {}), totals.get(NOTHING, 0.0) + _PRIOR
    alike: dict[str, list[int]] = {}
    for other, word in enumerate(given):
        for key in _keys(word):
            alike.setdefault(key, []).append(other)
    found = []
    for number, word in enumerate(said):
        within = _within_reach(number, len(given), len(said))
        like = {
            other
            for numbers in (alike.get(key, []) for key in _keys(word))
            for other in numbers[bisect_left(numbers, within.start) : bisect_left(numbers, within.stop)]
        }
        anywhere = {}
        for other in within:
            row, total = rows[other]
            share = row.get(word, 0.0) / total
            if other in like:
                share += _likeness(given[other], word)
            if share > _UNKNOWN:
                anywhere[other] = share
        near = {
            other: share * math.exp(-_DIAGONAL * abs(other / len(given) - number / len(said)))
            for other, share in anywhere.items()
        }
        none = nothing.get(word, 0.0) / nothing_total
        whole = sum(near.values()) + none * _NOTHING_SHARE + _FLOOR
        found.append(Share(anywhere, {other: share / whole for other, share in near.items()}, none))
    return found


def _within_reach(number: int, given: int, said: int) -> range:
    """The given words that a word is compared with: those around the same share of the sentence."""
    middle = number * given // said
    return range(max(0, middle - REACH), min(given, middle + REACH + 1))


def _in_order(shares: Sequence[Share], given: int) -> list[Share]:
    """The same, where words that follow each other rather come from words that do.

    A hidden Markov model (Vogel and others, 1996): its states are the given words around the same share of the
    sentence, and words that come from nothing stay where the one before them was. Forward and backward, in time that
    grows with how many are said.
    """
    step = given / len(shares)
    length = min(given, 2 * _REACH_IN_ORDER + 1)
    starts = [
        min(max(0, number * given // len(shares) - _REACH_IN_ORDER), given - length) for number in range(len(shares))
    ]
    moves = [*(following - start for start, following in pairwise(starts)), 0]
    leaving = [near + _JUMP * given for near in _spread([1.0] * given, -step)]
    weights = [leaving[start : start + length] for start in starts]
    said = [
        _likely(share, number / len(shares), given, range(start, start + length))
        for number, (share, start) in enumerate(zip(shares, starts, strict=True))
    ]
    unsaid = [_FROM_NOTHING * (share.nothing * _NOTHING_SHARE + _FLOOR) for share in shares]
    heard, left = _onward(said, unsaid, weights, moves, step, given)
    found: list[Share] = []
    after = [1.0] * length
    for number in reversed(range(len(shares))):
        here = [share * rest for share, rest in zip(heard[number], after, strict=True)]
        whole = sum(here) + sum(share * rest for share, rest in zip(left[number], after, strict=True))
        known, start = shares[number].anywhere, starts[number]
        in_reach = ((other, here[other - start]) for other in known if start <= other < start + length)
        sure = {other: share / whole for other, share in in_reach if share > _SHARE_MIN * whole}
        found.append(Share(known, sure, shares[number].nothing))
        if number:
            coming = [likely * rest for likely, rest in zip(said[number], after, strict=True)]
            anywhere = _JUMP * sum(coming)
            moved = moves[number - 1]
            after = [
                (1 - _FROM_NOTHING_SHARE) * (near + anywhere) / weight + unsaid[number] * rest
                for near, weight, rest in zip(
                    _spread(coming, moved - step), weights[number - 1], ([0.0] * moved + after)[:length], strict=True
                )
            ]
            mean = sum(after) / length
            after = [rest / mean for rest in after]
    return found[::-1]


def _onward(
    said: Sequence[Sequence[float]],
    unsaid: Sequence[float],
    weights: Sequence[Sequence[float]],
    moves: Sequence[int],
    step: float,
    given: int,
) -> tuple[list[list[float]], list[list[float]]]:
    """For each word how likely it comes from each state, and how likely from nothing while that was the last state, by
    all words so far. `moves`: by how many given words the states of the next one are farther on."""
    length = len(said[0])
    before = [math.exp(-_DIAGONAL * other / given) / given for other in range(length)]
    stayed = [1.0 / given] * length
    heard, left = [], []
    for likely, none, weight, moved in zip(said, unsaid, weights, moves, strict=True):
        from_word = [(1 - _FROM_NOTHING_SHARE) * reach * sure for reach, sure in zip(before, likely, strict=True)]
        from_nothing = [none * place for place in stayed]
        whole = sum(from_word) + sum(from_nothing)
        heard.append([share / whole for share in from_word])
        left.append([share / whole for share in from_nothing])
        stayed = [one + other for one, other in zip(heard[-1], left[-1], strict=True)]
        leaving = [place / size for place, size in zip(stayed, weight, strict=True)]
        anywhere = _JUMP * sum(leaving)
        before = [near + anywhere for near in _spread(leaving, step - moved)]
        stayed = (stayed + [0.0] * moved)[moved : moved + length]
    return heard, left


def _likely(share: Share, part: float, given: int, states: range) -> list[float]:
    """How likely a word that stands after this part of its sentence is what each of the given words in reach says."""
    nearness = [math.exp(-abs(other / given - part)) for other in states]
    likely = [_UNSEEN * near for near in nearness]
    for other, sure in share.anywhere.items():
        if other in states:
            likely[other - states.start] = (sure + _UNSEEN) * nearness[other - states.start]
    return likely


def _spread(values: Sequence[float], shift: float) -> list[float]:
    """At each place the sum of all values, each the smaller the farther the place is from `shift` behind its own.

    What falls off exponentially on both sides needs two passes, and no look at pairs of places.
    """
    count, whole = len(values), math.ceil(shift)
    onward = _fading(values, math.exp((shift - whole) / _STEP), max(0, -whole))
    back = _fading(values[::-1], math.exp((whole - 1 - shift) / _STEP), max(0, whole - 1))[::-1]
    onward = ([0.0] * whole + onward)[:count] if whole > 0 else onward[-whole:]
    back = back[:count] if whole > 0 else back[1 - whole :] + [0.0] * min(count, 1 - whole)
    return [one + other for one, other in zip(onward, back, strict=True)]


def _fading(values: Iterable[float], first: float, more: int) -> list[float]:
    """At each place what is left there of the values so far, and at so many `more` places after the last."""
    fall = math.exp(-1 / _STEP)
    held = 0.0
    found = []
    for value in values:
        held = held * fall + first * value
        found.append(held)
    for _ in range(more):
        held *= fall
        found.append(held)
    return found


@lru_cache(maxsize=20_000)
def _keys(word: str) -> tuple[str, ...]:
    """What words that are written or sound alike have in common, one or the other."""
    sounded = sounds.consonants(word)[: sounds.ALIKE]
    return (word[:_ALIKE_LETTERS], f" {sounded}") if len(sounded) > 1 else (word[:_ALIKE_LETTERS],)


def _likeness(word: str, other: str) -> float:
    """What words say that are written or sound alike in both languages: names, numbers, words of one origin."""
    if word == other:
        return _SAME if len(word) > 2 or word.isdecimal() else 0.0
    if len(word) >= _ALIKE_LETTERS and word[:_ALIKE_LETTERS] == other[:_ALIKE_LETTERS]:
        return _ALIKE
    return _ALIKE if sounds.are_alike(word, other) else 0.0
