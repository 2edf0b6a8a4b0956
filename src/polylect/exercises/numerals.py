"""Numbers as a language writes them: decimal comma, grouping, digits of any script, the signs of print.

`in_ascii` turns `1 234,5` (French), `١٬٢٣٤٫٥` (Arabic) and `1,234.5` (English) into `1234.5`. Grouping and
decimal signs follow Unicode CLDR, by babel. A sign that cannot group, by its place, is a decimal sign, in
every language. `formula_in_ascii` does the same for the numbers in a formula, and reads `x²`, `√(2)` and `θ` as well.
"""

import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from polylect.languages import chain

_SIGNS = str.maketrans(
    {
        "−": "-", "–": "-", "﹣": "-", "－": "-", "＋": "+", "×": "*", "⋅": "*", "·": "*", "∙": "*", "÷": "/", "∕": "/",
        "٪": "%", "％": "%", "（": "(", "）": ")", "π": "pi", "’": "'", "，": ",", "．": ".",
        "\u061c": "", "\u200e": "", "\u200f": "",
    }
)  # fmt: skip
"""Signs of print as a computer writes them; marks of direction, which stand beside signs, are nothing."""
_ARABIC_DECIMAL, _ARABIC_GROUP = "٫", "٬"
_SPACES = "\u00a0\u2009\u202f"
"""Spaces that do not break, or are thin: only grouping puts them between digits."""
_NUMERAL = re.compile(r"(?<![A-Za-z0-9_])(?:\d+(?:[.,'٫٬\u00a0\u2009\u202f ]\d+)*[.,٫]?|[.,٫]\d+)", re.ASCII)
_RAISED = re.compile("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
"""In the order of Unicode, which has the final sigma before the other."""
_LETTERS = str.maketrans(
    {chr(ord("α") + at): name for at, name in enumerate(_GREEK)}
    | {chr(ord("Α") + at): name.capitalize() for at, name in enumerate(_GREEK)}
    | {
        "ϑ": "theta",
        "ϕ": "phi",
        "ϵ": "epsilon",
        "µ": "mu",
        "√": "sqrt",
        "′": "'",
        "″": "''",
        "∥": "||",
        "‖": "||",
    }
)


def in_ascii(text: str, language: str) -> str:
    """The expression with every number in it as a computer writes it. What is no number stays as it is."""
    text = "".join(_digit(character) for character in text.translate(_SIGNS))
    decimal, groups = _marks(language)
    return _NUMERAL.sub(lambda found: _plain(found[0], decimal, groups), text)


def formula_in_ascii(text: str, language: str) -> str:
    """The formula as a computer writes it: its numbers, raised digits, roots, and Greek letters by their names."""
    text = _RAISED.sub(lambda found: "^" + found[0].translate(_LOWERED), text)
    return in_ascii(text.translate(_LETTERS), language)


def example(language: str) -> str:
    """Three and a half, as the language writes it."""
    return f"3{_marks(language)[0]}5"


@lru_cache(maxsize=512)
def _marks(language: str) -> tuple[str, str]:
    """The decimal sign of a language, and the signs that group its digits, both for European digits."""
    for tag in chain(language):
        try:
            symbols = Locale.parse(tag, sep="-").number_symbols
        except (UnknownLocaleError, ValueError):
            continue
        latin = symbols.get("latn", {})
        group = str(latin.get("group", ","))
        return str(latin.get("decimal", ".")), _SPACES + " " if group in _SPACES else group.replace("’", "'")
    return ".", ","


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _plain(numeral: str, decimal: str, groups: str) -> str:
    """One run of digits and signs, with a dot for its decimal sign and without grouping; as it was if that
    cannot be."""
    numeral = numeral.replace(_ARABIC_DECIMAL, decimal if _ARABIC_DECIMAL in numeral else _ARABIC_DECIMAL)
    signs = [character for character in numeral if not character.isdigit()]
    if not signs:
        return numeral
    whole, last, fraction = numeral.rpartition(signs[-1])
    allowed = set(groups) | set(_SPACES) | {_ARABIC_GROUP}
    if _is_grouped(numeral, allowed):
        return re.sub(r"\D", "", numeral)
    if last in (decimal, ".", ",") and (whole.isdigit() or not whole or _is_grouped(whole, allowed - {last})):
        return f"{re.sub(chr(92) + 'D', '', whole)}.{fraction}"
    return numeral


def _is_grouped(numeral: str, groups: set[str]) -> bool:
    """Whether digits stand in groups of three behind the first (of two in South Asia), parted by one and the
    same sign."""
    signs = {character for character in numeral if not character.isdigit()}
    if len(signs) != 1 or not signs <= groups:
        return False
    first, *middle, last = numeral.split(signs.pop())
    return 0 < len(first) <= 3 and first[0] != "0" and len(last) == 3 and all(len(part) in (2, 3) for part in middle)
