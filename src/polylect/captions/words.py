"""The words of a text as associations count them: lower-case, without endings, in any script.

Scripts without spaces have no words to find without a dictionary: each character counts there, and each pair of them;
katakana is a word as it stands.
"""

from itertools import pairwise

import regex

from polylect.captions import scripts

STEM = 6
"""Letters that a word is known by: endings differ too much to count them apart."""

_WORD = regex.compile(
    r"[\u30a1-\u30fa\u30fc]{2,}"  # katakana, in which Japanese writes the words of others
    rf"|{scripts.SPACELESS}\p{{M}}*|(?:(?!{scripts.SPACELESS})[\p{{L}}\p{{N}}][\p{{M}}'’]*)+"
)
_WRITTEN_IN_SYLLABLES = frozenset({"vi"})


def found(text: str, language: str) -> list[tuple[int, str]]:
    """Where each word begins, and what it is known by. Pairs of characters (in Vietnamese, of syllables) follow."""
    singles = [(match.start(), match.end(), _known_by(match[0])) for match in _WORD.finditer(text)]
    in_syllables = language.partition("-")[0] in _WRITTEN_IN_SYLLABLES
    words = [(start, word) for start, _, word in singles if word]
    for (start, end, word), (following, _, next_word) in pairwise(singles):
        if in_syllables and following == end + 1:
            words.append((start, f"{word} {next_word}"))
        elif following == end and scripts.is_spaceless(text[start]) and scripts.is_spaceless(text[following]):
            words.append((start, word + next_word))
    return words


def _known_by(word: str) -> str:
    return word.lower().strip("'’")[:STEM]
