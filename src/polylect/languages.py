"""Languages by their BCP 47 tags: the canonical spelling, what to fall back on, the direction, the name of its own."""

import pickle
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import langcodes
from babel import Locale, UnknownLocaleError, localedata

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_RTL_SCRIPTS = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str | None:
    """The tag as we write it everywhere (`pt_br` gives `pt-BR`), or None if it is not a well-formed BCP 47 tag.

    Letter case follows RFC 5646, section 2.1.1, and a deprecated code becomes its replacement (`iw` gives `he`).
    Whether anybody knows the language does not matter: anyone may start any.
    """
    tag = tag.replace("_", "-")
    if not _TAG.fullmatch(tag) or not langcodes.tag_is_valid(tag):
        return None
    try:
        return langcodes.standardize_tag(tag)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def chain(tag: str) -> tuple[str, ...]:
    """The languages to look in for a text in `tag`, best first: `zh-Hant-TW` gives it, `zh-Hant`, `zh`."""
    parts = tag.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1) if len(parts[count - 1]) > 1)


@lru_cache(maxsize=1024)
def script(tag: str) -> str:
    """The script that the language is written in, as ISO 15924 has it (`Arab`); empty where nobody has recorded it."""
    try:
        return langcodes.get(tag).maximize().script or ""
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def direction(tag: str) -> str:
    """`rtl` or `ltr`, by the script that the language is written in."""
    return "rtl" if script(tag) in _RTL_SCRIPTS else "ltr"


@lru_cache(maxsize=1024)
def autonym(tag: str) -> str:
    """The language's name in the language itself (`français`), or the tag where nobody has recorded one."""
    for candidate in chain(tag):
        try:
            name = Locale.parse(candidate, sep="-").get_display_name()
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return name if candidate == tag else f"{name} ({tag})"
    return tag


def named(name: str, reader: str = "en") -> str | None:
    """The tag of the language that is called this in the reader's language, in English or in the language itself,
    whatever the letter case (`Swahili`, `kiswahili`); None if none is."""
    wanted = " ".join(name.split()).casefold()
    return _names(reader).get(wanted) or _names("en").get(wanted) or _autonyms().get(wanted)


@lru_cache(maxsize=128)
def locale(tag: str) -> Locale:
    """What CLDR knows of the language, or of the one it falls back on; of English where it knows nothing."""
    for candidate in chain(tag):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=8)
def _names(reader: str) -> Mapping[str, str]:
    """The tags of languages by their names in one of them."""
    tags = ((name, canonical(tag)) for tag, name in locale(reader).languages.items())
    return {name.casefold(): tag for name, tag in tags if tag}


@cache
def _autonyms() -> Mapping[str, str]:
    """The tags of languages by their own names.

    Babel would keep all that it knows of each language, 144 MB together; so its files are read and let go of. That
    takes a second, once.
    """
    found: dict[str, str] = {}
    for identifier in localedata.locale_identifiers():
        if "_" not in identifier and (tag := canonical(identifier)):
            file = Path(localedata.resolve_locale_filename(identifier))
            known = pickle.loads(file.read_bytes())  # noqa: S301 - a file of Babel, as Babel reads it
            if name := known.get("languages", {}).get(identifier):
                found[name.casefold()] = tag
    return found
