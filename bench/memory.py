"""How long it takes to find translations in a full memory, how surely they are found, and what remembering costs.

    .venv/bin/python bench/memory.py [--units 200000] [--queries 150]

It fills a database of its own, on SQLite or on the server that POLYLECT_DATABASE_URL names, with texts as `sentences`
makes them, in eight languages and five scripts. Each query is one text of an editor: the same as one that is there, one
with some words or letters changed, one unlike any, and one whose translation is among the few into another language.
Two times are told: by a clock on the wall, and of this process's processor. On SQLite all the work is done in this
process, so the second one holds on a busy machine, too, and is held to the goal; on PostgreSQL the first one is. Of
each query it is the fastest of three.

What is found is compared with what comparing with every single text finds: of those whose best match is 75 % alike or
more, how many got one as good.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from own_database import is_postgres, own_database
from sentences import Sentence, Writer

GOAL_MS = 50.0
GOAL_RECALL = 0.98
GOAL_GROWTH = 4.0
"""Of remembering: in a full memory each gram of a new text lies on a page of its own, in a small one some share one."""
SHARES = {"en": 0.5, "es": 0.1, "zh": 0.1, "ja": 0.08, "ar": 0.08, "hi": 0.06, "th": 0.05, "tr": 0.03}
COMMON, RARE = "fr", "sw"
_RARELY = 0.02
_REPEATED = 0.1
"""How many texts are another one with some words changed, as there are in courses."""
_SLICE = 500
_FIRST_ROWS = 1000
_TIMED_SLICE = 100
_TIMED_SLICES = 15
_ROUNDS = 3
_SURE = 75


@dataclass(frozen=True)
class Unit:
    """A text of the memory, and the language it has a translation into."""

    sentence: Sentence
    target: str


@dataclass(frozen=True)
class Taken:
    """Milliseconds of work."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} ms (processor {self.processor:.1f})"

    @property
    def counted(self) -> float:
        """What is held to a goal."""
        return self.wall if is_postgres(os.environ["POLYLECT_DATABASE_URL"]) else self.processor

    @staticmethod
    def fastest(some: Sequence["Taken"]) -> "Taken":
        return Taken.at(some, 0)

    @staticmethod
    def at(some: Sequence["Taken"], share: float) -> "Taken":
        """How long it takes at most, in this share of the cases."""
        place = int((len(some) - 1) * share)
        return Taken(sorted(one.wall for one in some)[place], sorted(one.processor for one in some)[place])


def main() -> int:
    arguments = _arguments()
    dice = random.Random(11)
    writers = {language: Writer(language, dice) for language in SHARES}
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        units = _units(writers, dice, arguments.units)
        few, many = _fill(units, writers, dice)
        print(f"remember {_TIMED_SLICE} new pairs among {_FIRST_ROWS:,}: {few}; among all: {many}", flush=True)
        slow = _times(units, writers, dice, arguments.queries)
        missed = _recall(units, writers, dice, arguments.queries)
        return int(slow or missed or many.counted / few.counted > GOAL_GROWTH)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Translation memory: exact, near and no matches among many units.")
    parser.add_argument("--units", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=150)
    return parser.parse_args()


def _set_up(folder: Path) -> None:
    """Django on an empty database with one course."""
    os.environ["POLYLECT_DATA"] = str(folder)
    os.environ["POLYLECT_DATABASE_URL"] = own_database(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "polylect_web.settings"
    django.setup(set_prefix=False)
    from django.core.management import call_command

    from polylect_web.courses.models import Course

    call_command("migrate", verbosity=0)
    Course.objects.create(pk=1, org="Polylect", code="MEASURE", source_language="en")


def _units(writers: dict[str, Writer], dice: random.Random, count: int) -> list[Unit]:
    """So many texts, no two alike to the letter."""
    units: dict[tuple[str, str], Unit] = {}
    last: dict[str, Sentence] = {}
    while len(units) < count:
        language = dice.choices(list(SHARES), list(SHARES.values()))[0]
        again = language in last and dice.random() < _REPEATED
        sentence = writers[language].edited(last[language]) if again else writers[language].sentence()
        last[language] = sentence
        units[language, sentence.text] = Unit(sentence, RARE if dice.random() < _RARELY else COMMON)
    return list(units.values())


def _fill(units: Sequence[Unit], writers: dict[str, Writer], dice: random.Random) -> tuple[Taken, Taken]:
    """Remembers them all. What a slice takes when there were few, and when there were all."""
    started = time.perf_counter()
    _remember_all(units[:_FIRST_ROWS])
    few = _slice(writers, dice)
    _remember_all(units[_FIRST_ROWS:])
    print(f"{len(units):,} units remembered in {time.perf_counter() - started:.0f} s", flush=True)
    return few, _slice(writers, dice)


def _remember_all(units: Sequence[Unit]) -> None:
    for start in range(0, len(units), _SLICE):
        _remember(units[start : start + _SLICE])


def _slice(writers: dict[str, Writer], dice: random.Random) -> Taken:
    """How long it takes to remember a slice of new texts, from the first query to what the disk has."""
    taken: list[Taken] = []
    for _ in range(_TIMED_SLICES):
        units = [Unit(writers["en"].sentence(), COMMON) for _ in range(_TIMED_SLICE)]
        taken.append(_taken(_remember, units))
    return Taken.fastest(taken)


def _remember(units: Sequence[Unit]) -> None:
    from polylect_web.foundation.database import write
    from polylect_web.memory.actions import Pair, remember

    pairs = [
        Pair(unit.sentence.language, unit.target, unit.sentence.text, f"→ {unit.sentence.text}", 1) for unit in units
    ]
    with write():
        remember(pairs)


def _times(units: Sequence[Unit], writers: dict[str, Writer], dice: random.Random, count: int) -> bool:
    """Prints how long queries take; whether that is too long."""
    some = dice.sample([unit for unit in units if unit.target == COMMON], count)
    few = dice.sample([unit for unit in units if unit.target == RARE], min(count, int(len(units) * _RARELY / 2)))
    cases = {
        "exact": [(unit.sentence, COMMON) for unit in some],
        "near": [(writers[unit.sentence.language].edited(unit.sentence), COMMON) for unit in some],
        "no match": [(writers[unit.sentence.language].unlike(unit.sentence), COMMON) for unit in some],
        "near, into a rare language": [(writers[u.sentence.language].edited(u.sentence), RARE) for u in few],
    }
    is_slow = False
    for name, asked in cases.items():
        taken = [Taken.fastest([_taken(_matches, *one) for _ in range(_ROUNDS)]) for one in asked]
        found = sum(bool(_matches(*one)) for one in asked)
        median, late = Taken.at(taken, 0.5), Taken.at(taken, 0.95)
        print(f"{name}: median {median}, 95 % within {late}; {found} of {len(asked)} found something", flush=True)
        is_slow |= late.counted > GOAL_MS
    words = [(unit.sentence.text[:12], COMMON) for unit in some[:30]]
    print(f"search for words: median {Taken.at([_taken(_search, *one) for one in words], 0.5)}", flush=True)
    return is_slow


def _recall(units: Sequence[Unit], writers: dict[str, Writer], dice: random.Random, count: int) -> bool:
    """Prints how many of the best matches were found; whether these are too few."""
    from polylect_web.memory.likeness import folded, likeness

    missed = False
    for target in (COMMON, RARE):
        texts: dict[str, dict[int, str]] = {language: {} for language in SHARES}
        there = [unit for unit in units if unit.target == target]
        for number, unit in enumerate(there):
            texts[unit.sentence.language][number] = folded(unit.sentence.text)
        sure = found = 0
        for unit in dice.sample(there, min(count, len(there))):
            sentence = writers[unit.sentence.language].edited(unit.sentence)
            percents = likeness(folded(sentence.text), texts[sentence.language], _SURE)
            best = min(max(percents.values(), default=0), 99)
            if best >= _SURE:
                sure += 1
                ours = _matches(sentence, target)
                found += bool(ours) and ours[0].percent >= best
        print(
            f"into {target}: of {sure} with a match of {_SURE} % or more, {found / max(sure, 1):.1%} got the best one",
            flush=True,
        )
        missed |= found / max(sure, 1) < GOAL_RECALL
    return missed


def _matches(sentence: Sentence, target: str) -> Sequence[Any]:
    from polylect_web.memory.queries import matches

    return matches(sentence.language, target, sentence.text)


def _search(words: str, target: str) -> object:
    from polylect_web.memory.queries import search

    return search(target, words)


def _taken(work: Callable[..., object], *arguments: object) -> Taken:
    wall, processor = time.perf_counter(), time.process_time()
    work(*arguments)
    return Taken((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000)


if __name__ == "__main__":
    sys.exit(main())
