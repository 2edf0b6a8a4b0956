"""Sentences for people, said in any language: a text with named parameters, declared once.

As issues are, the kinds of sentences are declared beside the code that says them::

    NOTHING_GIVEN = declare("partnership-nothing-given", "Nothing comes from {sides}.")
    sentence = NOTHING_GIVEN.of(sides=All(("the library", "the club")))
    sentence.english              # Nothing comes from the library and the club.
    sentence.said(translate, "fr")

A parameter is a name that is shown as it is, another sentence (the name of a thing, which is translated, too), several
of either, which are joined as the language joins them, or a number, which is written as the language writes it. The
library speaks English; whoever speaks another language hands in `translate`, which gives a kind's text in it.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from babel.lists import format_list
from babel.numbers import format_decimal

from polylect import languages

_ISOLATED = "\u2068{}\u2069"


@dataclass(frozen=True)
class SentenceKind:
    """A stable code, the English text with named parameters, and what helps to translate it.

    `context` tells apart texts that are the same in English only, as a catalogue's `msgctxt` does; `note` is for
    translators.
    """

    code: str
    text: str
    context: str = ""
    note: str = ""

    def of(self, **params: "Param") -> "Sentence":
        """The sentence, said of these."""
        return Sentence(self, MappingProxyType(params))


@dataclass(frozen=True)
class All:
    """Several, joined as in “the library, the club and the school”."""

    items: tuple["Item", ...]


@dataclass(frozen=True)
class AnyOf:
    """Several to choose from, joined as in “time, money or goods”."""

    items: tuple["Item", ...]


@dataclass(frozen=True)
class Number:
    """A number, with at most so many digits behind the decimal sign."""

    value: float
    digits: int = 0


@dataclass(frozen=True)
class Sentence:
    """What is said, in no language yet."""

    kind: SentenceKind
    params: Mapping[str, "Param"] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def english(self) -> str:
        """The sentence in English."""
        return self.said(lambda kind: kind.text, "en")

    def said(self, translate: "Translate", language: str) -> str:
        """The sentence in `language`, a BCP 47 tag: `translate` gives the text of a kind in it."""
        shown = {name: _shown(param, translate, language) for name, param in self.params.items()}
        return translate(self.kind).format_map(shown)


Item: TypeAlias = str | Sentence
Param: TypeAlias = Item | All | AnyOf | Number
Translate: TypeAlias = Callable[[SentenceKind], str]

_kinds: dict[str, SentenceKind] = {}


def declare(code: str, text: str, *, context: str = "", note: str = "") -> SentenceKind:
    """Declares a kind of sentence, once, at import. A code used twice for different ones is our mistake: ValueError."""
    kind = SentenceKind(code, text, context, note)
    if _kinds.setdefault(code, kind) != kind:
        raise ValueError(f"sentence code {code!r} is declared twice")
    return kind


def declared_kinds() -> tuple[SentenceKind, ...]:
    """Every kind declared by the modules imported so far, in the order in which they were declared."""
    return tuple(_kinds.values())


def _shown(param: Param, translate: Translate, language: str) -> str:
    if isinstance(param, str):
        return _name(param, language)
    if isinstance(param, Sentence):
        return param.said(translate, language)
    if isinstance(param, Number):
        return format_decimal(round(param.value, param.digits), "#,##0.###", languages.locale(language))
    items = [_shown(item, translate, language) for item in param.items]
    return format_list(items, "standard" if isinstance(param, All) else "or", languages.locale(language))


def _name(name: str, language: str) -> str:
    """A name, kept apart from the text around it where it runs in the other direction."""
    against = ("L",) if languages.direction(language) == "rtl" else ("R", "AL")
    runs_against = any(unicodedata.bidirectional(character) in against for character in name)
    return _ISOLATED.format(name) if runs_against else name
