"""The numbers of a text, by what they may mean in its language: 1,000 in English is 1 000 in French, ١٬٠٠٠ in Arabic.

Digits of any script count; decimal signs, grouping signs and the words for a million and the like are those of CLDR.
A value is kept as its digits without zeros around them and a power of ten, so that numbers of any length compare
exactly and in time linear in their length.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from polylect import languages

_SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?"  # 1 000 000,5
    r"|\d+(?:[.,٫٬'’]\d+)*"
)
_SEPARATOR = re.compile(r"\D")
_ARABIC_DECIMALS = frozenset(",٫")
_EITHER_WAY = frozenset({"ar", "es"})
"""Languages that are written with a point in some countries, with a comma in others."""
_LATIN_DIGITS = "latn"
_LONGEST_SHOWN = 18
_LONGEST_MAGNITUDE = 24

Value = tuple[str, int]
"""Digits without zeros around them, and the power of ten that they are to be multiplied with. Nought is `("", 0)`."""


@dataclass(frozen=True)
class Number:
    """A number where it stands in a text. `values`: what it may mean, none where it is no number as the language
    writes them (a version such as 1.2.3). `digits`: all its digits, as 0 to 9."""

    written: str
    start: int
    digits: str
    values: frozenset[Value]

    @property
    def whole(self) -> int | None:
        """The number where it is written in digits alone, and short; else None."""
        return int(self.digits) if len(self.written) == len(self.digits) <= _LONGEST_SHOWN else None


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text in `language`, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = _in_ascii(_SEPARATOR.sub("", match[0]))
        values = {value for decimal in _decimals(language, match[0]) if (value := _value(match[0], decimal))}
        power = _magnitude_after(text, match.end(), language)
        larger = {(significant, exponent + power) for significant, exponent in values} if power else set()
        found.append(Number(match[0], match.start(), digits, frozenset(values | larger)))
    return tuple(found)


def written_in(value: Value, language: str, like: str) -> str | None:
    """A value as `language` writes it, with digits of the script of those in `like`. None for one too long to show."""
    significant, exponent = value
    if len(significant) + abs(exponent) > _LONGEST_SHOWN:
        return None
    number = Decimal(f"{significant or '0'}E{exponent}")
    is_latin = any(character in "0123456789" for character in like)
    locale = languages.locale(language)
    system = _LATIN_DIGITS if is_latin else "arab" if "٠" <= like[:1] <= "٩" else "default"
    known = system == "default" or system in locale.number_symbols
    shown = format_decimal(
        number, locale=locale, decimal_quantization=False, numbering_system=system if known else "default"
    )
    return shown if is_latin else _with_digits_like(shown, like)


def _in_ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.digit(digit)) for digit in digits)


def _with_digits_like(shown: str, like: str) -> str:
    zero = next(ord(c) - unicodedata.digit(c) for c in like if c.isdecimal())
    return "".join(chr(zero + int(c)) if c in "0123456789" else c for c in shown)


def _decimals(language: str, written: str) -> frozenset[str]:
    """The signs that may stand before a fraction."""
    if any("\u0660" <= character <= "\u0669" or "\u06f0" <= character <= "\u06f9" for character in written):
        return _ARABIC_DECIMALS
    if language.split("-")[0] in _EITHER_WAY and "-" not in language:
        return frozenset(".,")
    return frozenset({_decimal_sign(language)})


def _value(written: str, decimal: str) -> Value | None:
    separators = _SEPARATOR.findall(written)
    groups = _SEPARATOR.split(written)
    fraction = ""
    if separators.count(decimal) == 1 and separators[-1] == decimal:
        fraction = _in_ascii(groups.pop())
        separators.pop()
    if decimal in separators or not _are_groups(groups):
        return None
    digits = _in_ascii("".join(groups)) + fraction
    significant = digits.strip("0")
    if not significant:
        return "", 0
    return significant, len(digits) - len(digits.rstrip("0")) - len(fraction)


def _are_groups(groups: list[str]) -> bool:
    """Whether digits are grouped by thousands, or as in India: 12,34,567."""
    first, *others = groups
    if not others:
        return True
    *inner, last = others
    return len(first) <= 3 and len(last) == 3 and (all(len(g) == 3 for g in inner) or all(len(g) == 2 for g in inner))


def _magnitude_after(text: str, at: int, language: str) -> int:
    """The power of ten that the word behind a number says: 6 for “million”; 0 where there is none."""
    following = text[at : at + _LONGEST_MAGNITUDE].lstrip(_SPACES + "-\u2011")
    for word, power in _magnitudes(language).items():
        if following.startswith(word):
            behind = following[len(word) : len(word) + 1]
            if not behind.isalpha() or len(word) > 3 or word >= "\u2e80":
                return power
    return 0


@lru_cache(maxsize=64)
def _magnitudes(language: str) -> Mapping[str, int]:
    """Words for powers of ten, the longest first."""
    powers: dict[str, int] = {}
    for length in ("long", "short"):
        for patterns in languages.locale(language).compact_decimal_formats.get(length, {}).values():
            for least, pattern in patterns.items():
                word = pattern.pattern.strip("0").strip(_SPACES + "'.0\u200f")
                if word and word[0].isalpha():
                    powers.setdefault(word, len(least) - pattern.pattern.count("0"))
    return dict(sorted(powers.items(), key=lambda entry: -len(entry[0])))


@lru_cache(maxsize=64)
def _decimal_sign(language: str) -> str:
    locale = languages.locale(language)
    symbols = locale.number_symbols.get(_LATIN_DIGITS) or locale.number_symbols[locale.default_numbering_system]
    return str(symbols.get("decimal", "."))
