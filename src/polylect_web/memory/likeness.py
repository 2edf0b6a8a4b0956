"""How alike two texts are, and the grams by which alike ones are found: pure functions, for any language and script.

Texts are compared as `folded`: in one letter case and one spelling, with spaces alike and each placeholder one
character, whatever its number. How alike they are is the share of characters that need no edit (Levenshtein).

Of each text a few grams are kept: pieces of four characters, or of two where a character says as much as a syllable or
a word does. Which ones is up to a hash (the smallest are kept), so two texts that share many grams keep many of the
same ones, wherever in the text these stand, and nothing has to be known of the language. (Andrei Broder, "On the
resemblance and containment of documents", 1997, has why.)
"""

import unicodedata
from hashlib import blake2b
from zlib import crc32

import regex
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from polylect.messages.message import Form, Mark, split, without_controls

__all__ = ["LONGEST_COMPARED", "exact_hash", "folded", "grams", "lengths", "likeness", "storable"]

LONGEST_COMPARED = 2000
"""Characters, folded. A longer text is found only by one that is the same: comparing takes the square of the length."""

_KEPT = 12
_GRAM = 4
_SHORT_GRAM = 2
_SYLLABLES = regex.compile(
    r"[\u1100-\u11ff\u2e80-\u312f\u3130-\u318f\u31a0-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
"""Characters of Chinese, Japanese, Korean and Yi."""
_PLACEHOLDERS = {Form.OPEN: "\ue000", Form.CLOSE: "\ue001", Form.ALONE: "\ue002"}


def storable(text: str) -> str:
    """The text without characters that databases do not take; no text of a course has any."""
    return without_controls(text)


def folded(text: str) -> str:
    """The text as it is compared. Empty where there is nothing to read."""
    parts = (_PLACEHOLDERS[part.form] if isinstance(part, Mark) else part for part in split(storable(text)))
    spelled = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    return " ".join(unicodedata.normalize("NFKC", spelled).split())


def exact_hash(text: str) -> str:
    """32 characters that stand for just this text."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def grams(language: str, text: str) -> tuple[int, ...]:
    """The hashes of the grams that are kept of a folded text: some whole numbers of 32 bits with a sign, in order.

    Variants of a language (`pt`, `pt-BR`) share them, two languages do not. None for a text too long to compare.
    """
    if not text or len(text) > LONGEST_COMPARED:
        return ()
    first_subtag = language.partition("-")[0].encode()
    found = (first_subtag + piece.encode() for piece in _pieces(f" {text} "))
    return tuple(sorted(map(_hashed, found))[:_KEPT])


def lengths(text: str, least_percent: int) -> tuple[int, int]:
    """How short and how long a text may be to be as much like this one."""
    share = max(least_percent, 1) / 100
    return int(len(text) * share), int(len(text) / share) + 1


def likeness(text: str, others: dict[int, str], least_percent: int) -> dict[int, int]:
    """How alike each of the others is, in percent rounded down, where that is enough. All are folded; 100 are the same
    to the letter."""
    found = process.extract(
        text,
        others,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=min(max(least_percent, 0), 100) / 100,
        limit=None,
    )
    return {number: int(share * 100 + 1e-6) for _other, share, number in found}


def _pieces(text: str) -> set[str]:
    if not _SYLLABLES.search(text):
        return {text[at : at + _GRAM] for at in range(len(text) - 1)}
    short = [bool(_SYLLABLES.match(character)) for character in text]
    return {text[at : at + (_SHORT_GRAM if short[at] or short[at + 1] else _GRAM)] for at in range(len(text) - 1)}


def _hashed(gram: bytes) -> int:
    """CRC-32, multiplied so that grams that are neighbors by their sums are none by their hashes."""
    return (crc32(gram) * 0x9E3779B1 & 0xFFFFFFFF) - 0x80000000
