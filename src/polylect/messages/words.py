"""A text cut into what its readers take for words, in any script: to compare texts, and to show what changed.

Where a script writes no spaces, words are phrases as far as there is a model for the language (Chinese, Japanese,
Thai), else characters as readers see them.
"""

from collections import Counter

import regex

from polylect.captions import scripts
from polylect.messages.message import words_of

_TOKEN = regex.compile(
    r"(?<!\\)\\*</?[a-z]*[0-9]{1,5}/?>"  # a placeholder
    r"|\p{N}+(?:[.,:/٫٬'’]\p{N}+)*"
    r"|[\p{L}\p{M}_\u200c\u200d]+(?:['’][\p{L}\p{M}]+)*"
    r"|\s+"
    r"|\X",
    regex.DOTALL,
)
_WORD = regex.compile(
    r"[-−]?\p{N}+(?:[.,:/٫٬'’]\p{N}+)*"
    r"|(?P<spaceless>[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|[\p{L}\p{M}_]+"
)
_FIRST_SPACELESS = "\u0e00"


def tokens(text: str, language: str = "") -> tuple[str, ...]:
    """The text in pieces that put together are the text: words, numbers, placeholders, spaces, signs."""
    pieces: list[str] = []
    for found in _TOKEN.finditer(text):
        word = found[0]
        if len(word) < 2 or max(word) < _FIRST_SPACELESS:
            pieces.append(word)
            continue
        at = 0
        for cut in (*scripts.cuts_offered(word, language, 1), len(word)):
            pieces.append(word[at:cut])
            at = cut
    return tuple(pieces)


def vocabulary(text: str) -> Counter[str]:
    """The words of a text, without case and placeholders, and how often each is there; of a script without spaces,
    each two neighboring characters."""
    counted: Counter[str] = Counter()
    for found in _WORD.finditer(words_of(text).casefold()):
        word = found[0]
        if found["spaceless"] and len(word) > 2:
            counted.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            counted[word] += 1
    return counted


def count(text: str) -> int:
    """How many words a text has; of a script without spaces, two characters count as one. Placeholders do not count."""
    return sum(max(1, len(found[0]) // 2) if found["spaceless"] else 1 for found in _WORD.finditer(words_of(text)))
