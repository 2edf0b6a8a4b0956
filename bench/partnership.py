"""How long it takes to judge an arrangement, explain it, and find the nearest partnership.

    .venv/bin/python bench/partnership.py [--rounds 5] [--seconds 0.3]

The hardest there are: every condition fails. CPU time is counted, in turns with a yardstick (a small arrangement, read
from JSON by the standard library), so that the multiples hold on a busy machine; the fastest round of each counts.
"""

import argparse
import json
import sys
from collections.abc import Callable

from timing import fastest

from polylect.partnership import (
    Arrangement,
    Overlap,
    Side,
    SideKind,
    english,
    explained,
    judge,
    nearest,
    step_sentences,
    write,
)

GOALS_MS = {2: 2.0, 5: 50.0}
YARDSTICK = "yardstick: json.loads"


def main() -> int:
    arguments = _arguments()
    seconds = fastest(_cases(), arguments.rounds, arguments.seconds)
    print(f"CPU, the fastest of {arguments.rounds} rounds")
    for name, taken in seconds.items():
        print(f"{name:42} {taken * 1000:8.3f} ms   {taken / seconds[YARDSTICK]:8.1f} x the yardstick")
    slow = [sides for sides, goal in GOALS_MS.items() if seconds[_name("judge and nearest", sides)] * 1000 > goal]
    for sides in slow:
        print(f"{sides} sides take longer than {GOALS_MS[sides]:g} ms")
    return int(bool(slow))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Arrangements: judged, explained, and mended.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3, help="least CPU time of a case in a round")
    return parser.parse_args()


def _cases() -> dict[str, Callable[[], object]]:
    written = json.dumps(write(_hardest(2)))
    cases: dict[str, Callable[[], object]] = {YARDSTICK: lambda: json.loads(written)}
    for sides in GOALS_MS:
        cases |= _cases_of(_hardest(sides), sides)
    return cases


def _cases_of(arrangement: Arrangement, sides: int) -> dict[str, Callable[[], object]]:
    def said() -> str:
        found = nearest(arrangement)
        steps = [english(step_sentences(found, step)) for step in found.steps]
        return english(explained(judge(arrangement))) + "".join(steps)

    return {
        _name("judge", sides): lambda: judge(arrangement),
        _name("judge and nearest", sides): lambda: (judge(arrangement), nearest(arrangement)),
        _name("judge and nearest, all of it in words", sides): said,
    }


def _name(what: str, sides: int) -> str:
    return f"{sides} sides: {what}"


def _hardest(sides: int) -> Arrangement:
    nothing: frozenset[str] = frozenset()
    return Arrangement(
        tuple(Side(f"side-{n}", f"the club {n}", SideKind.GROUP, nothing, nothing) for n in range(sides)), Overlap.NONE
    )


if __name__ == "__main__":
    sys.exit(main())
