"""What a translating machine is to the site: a name, the pairs of languages it has, and lines of HTML in and out.

One file per machine: `apertium`, `libretranslate`, `mint`. A new one needs this interface, a word in
`environment.machines`, a line in `connected`, and a section in the manual.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from polylect import languages
from polylect_web.foundation.network import READ_SECONDS

MOST_CHARACTERS = 4000
MOST_TEXTS = 25
"""What a machine is given at once, at most; services refuse more."""


class Unavailable(Exception):
    """The machine cannot be asked now. `sentence` tells a translator so, in the interface's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotTaken(Unavailable):
    """The machine is there, and does not take this: too much at once, or a language that it does not have."""


@dataclass(frozen=True)
class Codes:
    """A pair of languages as the machine itself calls them."""

    source: str
    target: str


Pairs = Mapping[tuple[str, str], Codes]
"""The machine's codes by the tags of source and target language, both canonical."""


class Provider(Protocol):
    """A translating machine. It can be compared, and be a key."""

    @property
    def name(self) -> str:
        """What translators call it."""

    @property
    def is_here(self) -> bool:
        """It runs on this machine: nothing leaves the site, and to know its pairs asks nobody."""

    def pairs(self) -> Pairs:
        """What it can translate. Raises Unavailable."""

    def translate(self, texts: Sequence[str], codes: Codes, *, seconds: float = READ_SECONDS) -> list[str]:
        """These lines of HTML (`messages.sheltering`) in the other language, as many and in the same order; empty where
        the machine had nothing to say. `seconds`: how long one of its answers may take. Raises Unavailable."""


def choose(pairs: Pairs, source_language: str, language: str) -> Codes | None:
    """The pair that serves best: Portuguese for Brazil is Portuguese, but no script stands for another."""
    for target in languages.chain(language):
        for source in languages.chain(source_language):
            if (source, target) in pairs and languages.script(target) == languages.script(language):
                return pairs[source, target]
    return None


def portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in order, in as few portions as a machine may be given at once; one that is longer goes alone."""
    start = characters = 0
    for index, text in enumerate(texts):
        if index > start and (index - start == MOST_TEXTS or characters + len(text) > MOST_CHARACTERS):
            yield texts[start:index]
            start, characters = index, 0
        characters += len(text)
    if texts:
        yield texts[start:]
