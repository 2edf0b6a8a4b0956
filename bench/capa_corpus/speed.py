"""How long it takes to read, show and grade, as multiples of lxml reading the same text, in turns with it.

The time is this process's, so other work on the machine disturbs it little; where a script runs in another process, it
is the clock's. Each figure is the median over rounds and problems.
"""

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from lxml import etree

from polylect import exercises
from polylect.exercises import Runner
from polylect.exercises.parsing import read

from . import scripted
from .corpus import Row, kind_of
from .names import Names

ROUNDS = 9
PROBLEMS = 8
"""Of each kind, evenly picked from the corpus."""
STEPS = ("lxml", "parse", "present", "read", "grade")
LEAST_NS = 1_000_000
"""A step is repeated until it takes so long."""

Clock = Callable[[], int]


@dataclass(frozen=True)
class Speed:
    """Of one kind: microseconds that lxml needs, and multiples of it by step."""

    kind: str
    problems: int
    lxml_us: float
    multiples: Mapping[str, float]

    def __str__(self) -> str:
        steps = "  ".join(
            f"{step} {self.multiples[step] * self.lxml_us:7.1f} µs = {self.multiples[step]:6.1f}" for step in STEPS[1:]
        )
        return f"{self.kind:32} lxml {self.lxml_us:5.1f} µs   {steps}"


def measure(cases: Iterable[Row], sandbox: Runner | None = None) -> list[Speed]:
    """The speed of each kind that stands alone in a problem."""
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for case in cases:
        if case["response_types"] and not case["construct_error"] and case["submissions"]:
            by_kind[kind_of(case)].append(case)
    return [found for kind, of in sorted(by_kind.items()) if (found := _of_kind(kind, of, sandbox)) is not None]


def _of_kind(kind: str, cases: list[Row], sandbox: Runner | None) -> Speed | None:
    steps = [made for case in cases[:: max(1, len(cases) // PROBLEMS)] if (made := _steps(case, sandbox))]
    if not steps:
        return None
    base, multiples = [], defaultdict(list)
    for _ in range(ROUNDS):
        for clock, work in steps:
            taken = {step: _nanoseconds(clock, work[step]) for step in STEPS}
            base.append(taken["lxml"] / 1000)
            for step in STEPS:
                multiples[step].append(taken[step] / taken["lxml"])
    return Speed(kind, len(steps), median(base), {step: median(found) for step, found in multiples.items()})


def _steps(case: Row, sandbox: Runner | None) -> tuple[Clock, dict[str, Callable[[], object]]] | None:
    """What is measured with one problem, or None where we do not grade it."""
    xml, seed = case["xml"], case["seed"]
    exercise, _ = exercises.parse(xml)
    variables, _ = scripted.prepare(exercise, seed, sandbox)
    if not exercise.questions or (exercise.is_scripted and variables is None):
        return None
    answered = next((one for one in case["submissions"] if any(one["answers"].values())), case["submissions"][0])
    form = Names(exercise, case, variables).form(answered["answers"])
    responses, _ = exercise.read(form, "", variables)
    encoded = xml.strip().encode()
    used = tuple(sorted(variables.items())) if exercise.is_scripted and variables else None
    work = {
        "lxml": lambda: etree.fromstring(encoded),
        "parse": lambda: read(xml, (), used),
        "present": lambda: exercise.present(seed, variables),
        "read": lambda: exercise.read(form, "", variables),
        "grade": lambda: exercise.grade(responses, seed, variables, runner=sandbox),
    }
    return (time.perf_counter_ns if exercise.is_scripted else time.thread_time_ns), work


def _nanoseconds(clock: Clock, work: Callable[[], object]) -> float:
    """Of one turn, repeated until the clock can tell."""
    gc.disable()
    try:
        times, taken = 1, 0
        while True:
            began = clock()
            for _ in range(times):
                work()
            taken = clock() - began
            if taken >= LEAST_NS:
                return taken / times
            times *= 2 if taken > LEAST_NS // 16 else 8
    finally:
        gc.enable()
