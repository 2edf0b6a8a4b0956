"""How a word sounds, roughly, in any script whose letters Unicode names by their sound.

Names, and words that wander between languages, keep their consonants in order: browser, ブラウザ; document, документ.
Vowels are left out, and consonants that languages take for each other are one.
"""

import re
import unicodedata
from functools import lru_cache

_BY_NAME = re.compile(
    "CYRILLIC|KATAKANA|HANGUL SYLLABLE|(?:DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|TAMIL|TELUGU|KANNADA|MALAYALAM) LETTER"
)
"""Scripts whose letters have names of which every consonant is heard: CYRILLIC SMALL LETTER EM, KATAKANA LETTER MO."""

_BY_INITIAL = re.compile(r"(?:GREEK|ARABIC|HEBREW|ARMENIAN|GEORGIAN)\b.* LETTER ([A-Z])|THAI CHARACTER ([A-Z])")
"""Scripts whose letters have names of their own, of which the first sound is heard: HEBREW LETTER GIMEL."""

_LATIN = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]+)")
_SILENT = re.compile("SMALL LETTER TU$|HARD SIGN|SOFT SIGN|PROLONGED")
_DIGRAPHS = {"ph": "f", "ch": "s", "sh": "s", "zh": "s", "ts": "s", "th": "t"}
_CLASSES = str.maketrans("cqxzvwfpldgj", "kkksbbbbrtks", "aeiouyhn")
ALIKE = 3
"""First consonants that are compared."""

_SHORT, _LETTERS_MIN = 2, 4


def are_alike(word: str, other: str) -> bool:
    """Whether two lower-case words of different scripts begin with the same consonants, enough of them to tell."""
    if word[:1].isascii() == other[:1].isascii():
        return False
    one, two = consonants(word), consonants(other)
    if one[:ALIKE] == two[:ALIKE]:
        is_short = len(one) <= _SHORT and max(len(word), len(other)) < _LETTERS_MIN
        return len(one) >= _SHORT and not is_short
    return False


@lru_cache(maxsize=20_000)
def consonants(word: str) -> str:
    """The classes of a word's consonants, each once in a row; empty in scripts that write no sounds."""
    sounded = "".join(map(_sound, word))
    for pair, one in _DIGRAPHS.items():
        sounded = sounded.replace(pair, one)
    return re.sub(r"(.)\1+", r"\1", sounded.translate(_CLASSES))


@lru_cache(maxsize=2_000)
def _sound(character: str) -> str:
    name = unicodedata.name(character, "")
    if _SILENT.search(name):
        return ""
    if _BY_NAME.match(name):
        return name.rpartition(" ")[2].lower()
    found = _LATIN.match(name) or _BY_INITIAL.match(name)
    return (found[1] or found[2]).lower() if found and found.lastindex else ""
