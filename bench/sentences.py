"""Sentences of no meaning in many scripts, as long and as much alike as those of courses.

Words come from the names of countries, languages and currencies that Unicode's CLDR has (through Babel), and from
chaining their letters anew, so that letters stand beside each other as they do in the language. How often a word comes
up falls with its rank, as in every language; short words are the common ones.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import regex
from babel import Locale

_WORDS = 20_000
"""How often letters are chained; some words come up twice."""
_WITHOUT_SPACES = {"zh": 2, "ja": 2, "th": 4}
"""Languages written without spaces, and how many characters a word of theirs has here."""
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_LONGEST_WORD = 14


@dataclass(frozen=True)
class Sentence:
    """A sentence and the words that it is made of."""

    language: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        joined = ("" if self.language in _WITHOUT_SPACES else " ").join(self.words)
        return f"{joined[:1].upper()}{joined[1:]}{'.' if len(self.words) > 3 else ''}"


class Writer:
    """Writes sentences of a language. The same dice give the same ones."""

    def __init__(self, language: str, dice: random.Random) -> None:
        self._language, self._dice = language, dice
        self._words = _vocabulary(language, dice)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        """Sums, as `random.choices` takes them, of the frequencies that Mandelbrot found (a little flatter than Zipf's
        at the top)."""

    def sentence(self) -> Sentence:
        """A label of up to three words, a sentence, or now and then a paragraph."""
        dice, kind = self._dice, self._dice.random()
        shortest, longest = (1, 3) if kind < 0.25 else (4, 18) if kind < 0.9 else (19, 60)
        return Sentence(self._language, tuple(self._some(dice.randint(shortest, longest))))

    def edited(self, sentence: Sentence) -> Sentence:
        """The sentence with a twentieth to a quarter of its words replaced, left out, added or spelled otherwise."""
        dice, words = self._dice, list(sentence.words)
        for _ in range(max(1, round(len(words) * dice.choice((0.05, 0.1, 0.15, 0.25))))):
            at, how = dice.randrange(len(words)), dice.random()
            if how < 0.5:
                words[at] = self._some(1)[0]
            elif how < 0.65 and len(words) > 1:
                del words[at]
            elif how < 0.8:
                words[at:at] = self._some(1)
            else:
                letter = dice.randrange(len(words[at]))
                words[at] = words[at][:letter] + dice.choice(self._some(1)[0]) + words[at][letter + 1 :]
        return Sentence(self._language, tuple(words))

    def unlike(self, sentence: Sentence) -> Sentence:
        """A sentence of as many words, none of them of those that come up often."""
        return Sentence(self._language, tuple(self._dice.choices(self._words[1000:], k=len(sentence.words))))

    def _some(self, count: int) -> list[str]:
        return self._dice.choices(self._words, cum_weights=self._weights, k=count)


def _vocabulary(language: str, dice: random.Random) -> list[str]:
    """Words, the most common first."""
    known = list(dict.fromkeys(_pieces(language)))
    follows: dict[str, list[str]] = {}
    for word in known:
        letters = f"  {word} "
        for at in range(2, len(letters)):
            follows.setdefault(letters[at - 2 : at], []).append(letters[at])
    words = dict.fromkeys(known)
    for _ in range(_WORDS):
        words[_chained(follows, dice)] = None
    return sorted((word for word in words if word), key=lambda word: len(word) + dice.random() * 6)


def _pieces(language: str) -> Iterator[str]:
    length = _WITHOUT_SPACES.get(language)
    for name in _names(language):
        for word in _WORD.findall(name.lower()):
            if length is None or len(word) <= length + 2:
                yield word
            else:
                yield from (word[at : at + length] for at in range(0, len(word), length))


def _names(language: str) -> Iterator[str]:
    locale = Locale.parse(language)
    for table in (locale.territories, locale.languages, locale.currencies, locale.scripts):
        yield from (name for _code, name in sorted(table.items()))


def _chained(follows: dict[str, list[str]], dice: random.Random) -> str:
    """A word of letters each of which follows the two before it somewhere."""
    word = ""
    while len(word) < _LONGEST_WORD:
        letter = dice.choice(follows[f"  {word}"[-2:]])
        if letter == " ":
            break
        word += letter
    return word
