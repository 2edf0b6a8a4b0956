"""A text as it is compared: in one letter case, without marks that people leave out, and with the way back.

Accents of Latin, Greek and Cyrillic letters go (“donación”, “donaciones”), and so do the vowel signs of Arabic and
Hebrew, joiners, soft hyphens and the Arabic stroke; the forms of alef are one. Vowel signs of other scripts are
letters. A placeholder of a message becomes one sign.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

PLACEHOLDER = "\ufffc"

_PLACEHOLDER = regex.compile(r"</?[a-z]*[0-9]{1,5}/?>")
_DROPPED = regex.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640\u00ad\u200b-\u200f\u2060\ufeff]"
)
_ARABIC = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك"}


@dataclass(frozen=True)
class Folded:
    """A folded text. `places`: for each of its characters where that began in `source`, and the end of `source`."""

    source: str
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The same piece in the source, with the marks that were left out of it; None where that begins or ends within
        a character."""
        first, stop = self.places[start], self.places[end]
        is_whole = start < end and stop > self.places[end - 1] and (not start or first > self.places[start - 1])
        return (first, stop) if is_whole else None


def folded(source: str) -> Folded:
    """The text of a message, folded."""
    letters: list[str] = []
    places: list[int] = []
    after = 0
    for found in (*_PLACEHOLDER.finditer(source), None):
        stop = found.start() if found else len(source)
        for at in range(after, stop):
            for letter in _letter(source[at]):
                letters.append(letter)
                places.append(at)
        if found:
            letters.append(PLACEHOLDER)
            places.append(stop)
            after = found.end()
    return Folded(source, "".join(letters), (*places, len(source)))


def folded_words(text: str) -> str:
    """Words of a glossary, folded: they have no placeholders."""
    return "".join(_letter(character) for character in text.strip())


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """One character, folded: none, one or several."""
    if "\uac00" <= character <= "\ud7a3":  # a Korean syllable is one letter here
        return character
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFD", character).casefold())
    kept = _DROPPED.sub("", parts)
    return "".join(_ARABIC.get(part, part) for part in kept)
