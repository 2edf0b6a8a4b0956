"""What differs between the world's scripts when text is joined and cut: spaces, and what must stay together."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import budoux

_SPACES = re.compile(r"[ \t\n\f\r]+")
_INNER_SPACES = re.compile(r"[ \t\f\r]+")
SPACELESS = (
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff"  # Myanmar
    "\u1780-\u17ff\u19e0-\u19ff"  # Khmer
    "\u2e80-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han, kana, bopomofo; Korean writes spaces
    "\ufe30-\ufe4f\uff00-\uff9f"  # their punctuation and wide forms
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
    "]"
)
"""A character of a script that is written without spaces between words, for a pattern."""

_SPACELESS = re.compile(SPACELESS)
_PLACE = re.compile(rf"(?<= )(?=[^ ])|(?<={SPACELESS})(?={SPACELESS})")
_UNBROKEN = re.compile(
    r"(?:(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,:/٫٬'’]\d+)*(?: ?[%‰°€$£¥])?"  # 1 000 000 · 1,5 · 3:30 · 50 %
    r"|(?:https?://|www\.)[^\s\u3000-\u303f\uff00-\uff0f]+"
    r"|</?[a-z]*[0-9]+/?>"  # a message's placeholder
    r"|\{[^{}]{1,60}\}"
)
_CLUSTER_JOINERS = frozenset("\u200c\u200d")
_SPACING_PARTS = frozenset("\u0e33\u0eb3")  # Thai and Lao "am", letters that combine with the one before
_PHRASE_PARSERS = {
    "ja": budoux.load_default_japanese_parser,
    "th": budoux.load_default_thai_parser,
    "zh": budoux.load_default_simplified_chinese_parser,
    "zh-Hant": budoux.load_default_traditional_chinese_parser,
}
_TRADITIONAL_CHINESE = frozenset({"hant", "tw", "hk", "mo"})


def one_line(text: str) -> str:
    """The text with white space as single spaces. A line break between scripts without spaces leaves none.

    No-break and ideographic spaces are letters here: they were written on purpose.
    """
    if "\n" not in text:
        return _SPACES.sub(" ", text).strip(" ")
    return join([_INNER_SPACES.sub(" ", line).strip(" ") for line in text.split("\n")])


def join(pieces: Sequence[str]) -> str:
    """Pieces of one sentence put together: with a space, unless one is there or both sides are written without."""
    joined = ""
    for piece in pieces:
        joined = f"{joined}{separator(joined, piece)}{piece}" if piece else joined
    return joined


def separator(left: str, right: str) -> str:
    """What `join` puts between two pieces."""
    if not left or not right or left[-1] == " " or right[0] == " ":
        return ""
    return "" if _SPACELESS.match(left[-1]) and _SPACELESS.match(right[0]) else " "


def is_spaceless(character: str) -> bool:
    """Whether a character belongs to a script that is written without spaces between words."""
    return _SPACELESS.match(character) is not None


def cuts_allowed(text: str) -> list[int]:
    """Where a text on one line may be cut, so that `join` gives it back: after spaces, and inside scripts without them.

    Never inside a grapheme cluster, a number, an address or a placeholder.
    """
    kept = {position for found in _UNBROKEN.finditer(text) for position in range(found.start() + 1, found.end())}
    places = (found.start() for found in _PLACE.finditer(text))
    return [place for place in places if place not in kept and _is_cluster_border(text, place)]


def cuts_offered(text: str, language: str, count: int) -> list[int]:
    """The best of `cuts_allowed`, `count` of them if there are any: between phrases, in languages without spaces."""
    allowed = cuts_allowed(text)
    for wanted in (phrase_borders(text, language), {place for place in allowed if text[place - 1] == " "}):
        offered = [place for place in allowed if place in wanted]
        if len(offered) >= count and offered:
            return offered
    return allowed


def phrase_borders(text: str, language: str) -> set[int]:
    """Where phrases end inside a text, in languages that write no spaces between words; else nothing."""
    parser = _phrase_parser(language)
    if parser is None:
        return set()
    borders, position = set(), 0
    for phrase in parser.parse(text):
        position += len(phrase)
        borders.add(position)
    return borders | {found.end() for found in re.finditer(r" |[、。，！？；：]", text)}


@lru_cache(maxsize=16)
def _phrase_parser(language: str) -> budoux.Parser | None:
    base, *subtags = language.lower().split("-")
    if base in ("zh", "yue"):
        base = "zh-Hant" if base == "yue" or _TRADITIONAL_CHINESE & set(subtags) else "zh"
    return _PHRASE_PARSERS[base]() if base in _PHRASE_PARSERS else None


def _is_cluster_border(text: str, position: int) -> bool:
    """Whether a new user-perceived character begins here. Unicode Standard Annex 29, as far as captions need it."""
    before, after = text[position - 1], text[position]
    if unicodedata.category(after)[0] == "M" or after in _SPACING_PARTS or after in _CLUSTER_JOINERS:
        return False
    if before in _CLUSTER_JOINERS or unicodedata.combining(before) == 9:  # a virama binds the next consonant
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    return not ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
