"""What authors' scripts leave for a learner's seed: worked out once, and kept for every process.

The variables of an exercise follow from its content, the seed and the engine that runs scripts, and from nothing else;
so they are a row, and nobody asks the sandbox for what is there. A script that fails is tried again after a while: the
machine may have been busy.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polylect.exercises import Exercise, Runner, ScriptFailed
from polylect_web.foundation import scripts
from polylect_web.foundation.database import write
from polylect_web.foundation.prepared import Prepared
from polylect_web.grading.models import PreparedExercise

Variables = Mapping[str, str]
Key = tuple[str, int]
"""The hash of a content, and a seed."""

AGAIN_AFTER_S = 60.0
"""How long a script that failed is left alone."""
_MOST_KEPT = 4096
_LONGEST_KEPT_CHARS = 4000
"""Of one exercise's variables: longer ones are read from their row each time, so that a process stays small."""

_rows = Prepared(
    lambda engine, hashes, seeds: PreparedExercise.objects.filter(
        engine=engine, content_hash__in=hashes, seed__in=seeds
    ).values_list("content_hash", "seed", "variables")
)
_kept: dict[Key, Variables] = {}
_failed: dict[Key, float] = {}
"""Until when, by the clock that only goes on."""


@dataclass(frozen=True)
class Wanted:
    """An exercise, the hash of its content, and the seed of whoever is at it."""

    content_hash: str
    body: Exercise
    seed: int

    @property
    def key(self) -> Key:
        return self.content_hash, self.seed


def variables(wanted: Iterable[Wanted]) -> dict[Key, Variables | None]:
    """The variables of these exercises: none for one without scripts, and None where they cannot be had now.

    No query where no exercise has a script, or this process keeps them all; else one, and for the first who ever looks
    at one with this seed a run of its script and a short write.
    """
    scripted = {one.key: one for one in wanted if one.body.is_scripted}
    runner = scripts.runner() if scripted else None
    if runner is None:
        return dict.fromkeys(scripted)  # all of them None
    found = {key: _kept[key] for key in scripted if key in _kept}
    missing = [one for key, one in scripted.items() if key not in found]
    if missing:
        found |= _loaded(missing, runner)
        found |= _run([one for one in missing if one.key not in found], runner)
        if len(_kept) + len(found) > _MOST_KEPT:
            forget()
        _kept.update({key: left for key, left in found.items() if _length(left) <= _LONGEST_KEPT_CHARS})
    return {key: found.get(key) for key in scripted}


def variables_of(content_hash: str, body: Exercise, seed: int) -> Variables | None:
    """The variables of one exercise; empty where it has no scripts."""
    one = Wanted(content_hash, body, seed)
    return variables([one])[one.key] if body.is_scripted else {}


def forget() -> None:
    """Knows nothing more, as a process that has just started."""
    _kept.clear()
    _failed.clear()


def _length(variables: Variables) -> int:
    return sum(len(text) for text in variables.values())


def _loaded(wanted: list[Wanted], runner: Runner) -> dict[Key, Variables]:
    """Those that somebody worked out before. One query."""
    keys = {one.key for one in wanted}
    hashes, seeds = ({key[at] for key in keys} for at in (0, 1))
    rows = _rows(runner.engine, sorted(hashes), sorted(seeds))
    return {(content_hash, seed): left for content_hash, seed, left in rows if (content_hash, seed) in keys}


def _run(wanted: list[Wanted], runner: Runner) -> dict[Key, Variables]:
    """Runs scripts, outside of any transaction, and writes down what they left."""
    now = time.monotonic()
    made: dict[Key, Variables] = {}
    for one in wanted:
        if _failed.get(one.key, 0) > now:
            continue
        try:
            made[one.key] = one.body.prepare(one.seed, runner) or {}
        except ScriptFailed:
            _failed[one.key] = now + AGAIN_AFTER_S
    if made:
        rows = [
            PreparedExercise(content_hash=content_hash, seed=seed, engine=runner.engine, variables=dict(left))
            for (content_hash, seed), left in made.items()
        ]
        with write():
            PreparedExercise.objects.bulk_create(rows, ignore_conflicts=True)  # another process may have been first
    return made
