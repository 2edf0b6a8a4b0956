"""Two languages that nobody speaks, for authors to see what cannot be translated and what breaks.

`en-XA` is the source with accents, about a third longer; `ar-XB` is written in Arabic letters, from right to left.
Both are put between ⟦ and ⟧: what stands outside of these on a page is translatable by nobody, and a text that lacks
one of them is cut off. The letters of `ar-XB` are real ones, one for each Latin letter, since Latin letters that are
turned by direction marks (as elsewhere) neither join nor break nor mirror as a right-to-left script does.

The tags are those that Unicode reserves for this (CLDR: pseudo-accents and pseudo-bidi). Placeholders, numbers,
formulas, variables and addresses stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from polylect.messages.message import OPTIONAL_KINDS, VARIABLE, Mark, Message, Target, join, split, words_of

LENGTHENED = "en-XA"
RIGHT_TO_LEFT = "ar-XB"
PSEUDO_LANGUAGES = (LENGTHENED, RIGHT_TO_LEFT)

OPENING, CLOSING = "⟦", "⟧"

_GROWTH = 0.35
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒğĥîĵķļṁñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĞĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_VOWELS = frozenset("aeiouyAEIOUY")
_PADDING = "~"
_ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابصدعفغهيجكلمنوثقرستحظضخطز", strict=True))
_ARABIC_LETTERS = "".join(_ARABIC.values())
_ARABIC_SIGNS = {"?": "؟", ",": "،", ";": "؛"}
_KEPT = re.compile(
    r"\\\(.{,1000}?\\\)|\\\[.{,1000}?\\\]|\$\$.{,1000}?\$\$"  # formulas that stand in plain texts
    rf"|{VARIABLE.pattern}"
    r"|https?://\S+|www\.\S+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|\d+(?:[.,:/٫٬]\d+)*",
    re.DOTALL,
)


def is_pseudo(language: str) -> bool:
    """Whether a language is one of these."""
    return language in PSEUDO_LANGUAGES


def translate(message: Message, language: str) -> Target | None:
    """A message in a pseudo-language. None in any other language, and for addresses, which are right in all."""
    if not is_pseudo(language) or message.kind in OPTIONAL_KINDS:
        return None
    if not words_of(message.text).strip():
        return Target(message.text, language, made_for=message.text)
    return Target(join(_bracketed(split(message.text), language)), language, made_for=message.text)


def words(text: str, language: str) -> str:
    """Plain words, such as a title, in a pseudo-language; nothing stays nothing."""
    return "".join(map(str, _bracketed((text,), language))) if text.strip() else text


def _bracketed(parts: Iterable[str | Mark], language: str) -> list[str | Mark]:
    writer = _Lengthening() if language == LENGTHENED else _Arabic()
    changed = [part if isinstance(part, Mark) else _changed(part, writer) for part in parts]
    return [OPENING, *changed, writer.ending(), CLOSING]


def _changed(text: str, writer: "_Lengthening | _Arabic") -> str:
    changed, after = [], 0
    for kept in _KEPT.finditer(text):
        changed += [writer.written(text[after : kept.start()]), kept[0]]
        after = kept.end()
    return "".join([*changed, writer.written(text[after:])])


class _Lengthening:
    """Accents on Latin letters, and vowels drawn out. What of the length is still owed then comes at the end."""

    def __init__(self) -> None:
        self._owed = 0.0

    def written(self, text: str) -> str:
        return "".join(map(self._letter, unicodedata.normalize("NFC", text)))

    def ending(self) -> str:
        return _PADDING * round(self._owed)

    def _letter(self, letter: str) -> str:
        self._owed += _GROWTH
        base = unicodedata.normalize("NFD", letter)[0]
        if not base.isascii():
            return letter
        if base not in _VOWELS or self._owed < 1:
            return base.translate(_ACCENTED)
        self._owed -= 1
        return base.translate(_ACCENTED) * 2


class _Arabic:
    """Each letter an Arabic one; those of right-to-left scripts stay, with their vowel signs."""

    def written(self, text: str) -> str:
        return "".join(self._letters(unicodedata.normalize("NFC", text)))

    def ending(self) -> str:
        return ""

    def _letters(self, text: str) -> Iterator[str]:
        is_own = False
        for character in text:
            if unicodedata.category(character).startswith("M"):
                yield character if is_own else ""
                continue
            is_own = unicodedata.bidirectional(character) in ("R", "AL")
            if is_own or not character.isalpha():
                yield _ARABIC_SIGNS.get(character, character)
            else:
                base = unicodedata.normalize("NFKD", character)[0].lower()[0]
                yield _ARABIC.get(base) or _ARABIC_LETTERS[ord(base) % len(_ARABIC_LETTERS)]
