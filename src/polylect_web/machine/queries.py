"""What others ask of machines: whether one is connected, and what it suggests.

Suggesting asks a program or another server, so it happens only when somebody pressed a button that says so, and never
inside a write. Nothing is stored: what becomes of a suggestion is up to `texts`.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext

from polylect.messages import Kind
from polylect.messages.message import OPTIONAL_KINDS
from polylect.messages.sheltering import Sheltered, restore, shelter
from polylect_web.foundation.database import is_writing
from polylect_web.foundation.network import READ_SECONDS
from polylect_web.foundation.recent import Recent
from polylect_web.machine import connected
from polylect_web.machine.provider import Codes, NotTaken, Provider, Unavailable, choose

__all__ = [
    "Asked",
    "NotTaken",
    "Suggestion",
    "Unavailable",
    "forget",
    "is_connected",
    "machine_names",
    "suggest",
    "suggest_many",
]

_MOST_AT_ONCE = 2
_WAIT_SECONDS = 2
_at_once = threading.BoundedSemaphore(_MOST_AT_ONCE)
_answers: Recent[tuple[Provider, Codes, str], str] = Recent(1000)
"""An answer counts as the same for ever as long as this process lives: asking again would only cost."""


@dataclass(frozen=True)
class Suggestion:
    """A target that a machine suggests, without errors in its placeholders, and the machine's name."""

    text: str
    by: str


@dataclass(frozen=True)
class Asked:
    """A message's text, in the notation of messages; `terms` are not translated in it."""

    text: str
    kind: Kind = Kind.TEXT
    terms: tuple[str, ...] = ()


def is_connected(source_language: str, language: str) -> bool:
    """Whether a suggestion can be asked for. Asks nobody over the network: a service that was not asked yet may well
    have these languages."""
    for machine in connected.machines():
        try:
            pairs = connected.known_pairs(machine)
        except Unavailable:
            continue
        if pairs is None or choose(pairs, source_language, language):
            return True
    return False


def machine_names() -> tuple[str, ...]:
    """What the connected machines are called."""
    return tuple(machine.name for machine in connected.machines())


def suggest(
    source_language: str, language: str, text: str, *, kind: Kind = Kind.TEXT, terms: Sequence[str] = ()
) -> Suggestion | None:
    """What the first machine that can makes of a message's text. None where it makes nothing of it that could be taken,
    or has not these languages. `terms` are not translated. Raises Unavailable."""
    return suggest_many(source_language, language, [Asked(text, kind, tuple(terms))])[0]


def suggest_many(
    source_language: str,
    language: str,
    asked: Sequence[Asked],
    *,
    seconds: float = READ_SECONDS,
) -> list[Suggestion | None]:
    """The same for several, in order. `seconds`: how long a machine may take for each of its answers. Inside a write it
    is our mistake: RuntimeError."""
    if is_writing():
        raise RuntimeError("a machine was to be asked inside a write")
    sheltered = [shelter(one.text, terms=one.terms) for one in asked]
    found: list[Suggestion | None] = [None] * len(asked)
    refused: Unavailable | None = None
    for machine in connected.machines():
        left = [
            index
            for index, suggestion in enumerate(found)
            if suggestion is None and _is_for_machines(asked[index], sheltered[index])
        ]
        try:
            codes = choose(connected.pairs(machine), source_language, language) if left else None
            answers = _answered(machine, codes, [sheltered[index].html for index in left], seconds) if codes else []
        except Unavailable as error:
            refused = error
            continue
        for index, answer in zip(left, answers, strict=False):
            text = restore(sheltered[index], answer, kind=asked[index].kind)
            found[index] = None if text is None else Suggestion(text, machine.name)
    if refused is not None and not any(found):
        raise refused
    return found


def forget() -> None:
    """Empties this process's caches: for tests."""
    connected.forget()
    _answers.forget()


def _is_for_machines(asked: Asked, sheltered: Sheltered) -> bool:
    return sheltered.has_words and asked.kind not in OPTIONAL_KINDS


def _answered(machine: Provider, codes: Codes, texts: Sequence[str], seconds: float) -> list[str]:
    """What the machine says to these texts; it is asked only for those that it was not asked for before."""
    keys = [(machine, codes, text) for text in texts]

    def ask(fresh: Sequence[tuple[Provider, Codes, str]]) -> dict[tuple[Provider, Codes, str], str]:
        with _in_turn(machine):
            answers = machine.translate([text for _, _, text in fresh], codes, seconds=seconds)
        return dict(zip(fresh, answers, strict=True))

    known = _answers.many(keys, lambda fresh: ask(list(fresh)))
    return [known[key] for key in keys]


@contextmanager
def _in_turn(machine: Provider) -> Iterator[None]:
    """Few at once, so that slow machines leave threads free for learners. Raises Unavailable."""
    if not _at_once.acquire(timeout=_WAIT_SECONDS):
        raise Unavailable(
            gettext("Others are waiting for %(name)s just now. Try again in a moment.") % {"name": machine.name}
        )
    try:
        yield
    finally:
        _at_once.release()
