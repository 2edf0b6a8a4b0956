"""The machines that the operator connected, and what each of them can translate."""

import threading
import time
from functools import lru_cache

from django.conf import settings

from polylect_web.machine.apertium import Apertium
from polylect_web.machine.libretranslate import LibreTranslate
from polylect_web.machine.mint import MinT
from polylect_web.machine.provider import Pairs, Provider

_KEPT_SECONDS = 60 * 60
_known: dict[Provider, tuple[float, Pairs]] = {}
_lock = threading.Lock()


def machines() -> tuple[Provider, ...]:
    """In the order in which the operator named them."""
    return _made(settings.MACHINES, settings.MACHINE_KEY)


def known_pairs(machine: Provider) -> Pairs | None:
    """What it can translate, without asking anybody: None for one that is elsewhere and was not asked yet. Raises
    Unavailable."""
    with _lock:
        asked = _known.get(machine)
    if asked is not None and (not machine.is_here or time.monotonic() - asked[0] < _KEPT_SECONDS):
        return asked[1]
    return pairs(machine) if machine.is_here else None


def pairs(machine: Provider) -> Pairs:
    """What it can translate; it is asked where that was not known or an hour passed. Raises Unavailable."""
    with _lock:
        asked = _known.get(machine)
    if asked is not None and time.monotonic() - asked[0] < _KEPT_SECONDS:
        return asked[1]
    found = machine.pairs()
    with _lock:
        _known[machine] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Forgets what machines can do: for tests, whose servers use the same ports again."""
    with _lock:
        _known.clear()


@lru_cache(maxsize=4)
def _made(named: tuple[tuple[str, str], ...], key: str) -> tuple[Provider, ...]:
    made: list[Provider] = []
    for kind, address in named:
        if kind == "apertium":
            made.append(Apertium())
        else:
            made.append(LibreTranslate(address, key) if kind == "libretranslate" else MinT(address))
    return tuple(made)
