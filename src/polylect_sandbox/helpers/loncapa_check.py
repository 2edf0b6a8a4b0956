"""What courses that came from LON-CAPA use: `from loncapa import *`."""

import math
import random
from typing import Any

deg2rad = math.pi / 180.0
rad2deg = 180.0 / math.pi

_chance: random.Random = random.Random()  # noqa: S311 - a lesson's numbers


def draw_from(chance: random.Random) -> None:
    """The generator that `lc_random` draws from."""
    global _chance
    _chance = chance


def lc_random(lower: float, upper: float, stepsize: float) -> float:
    """One of lower, lower + stepsize … below upper, none of which need be whole."""
    count = int((upper - lower) / (1.0 * stepsize))
    return lower + _chance.choice(range(count)) * stepsize


def lc_choose(index: Any, *args: Any) -> Any:
    """The argument at this place, counted from 1; the first where there is none."""
    try:
        return args[int(index) - 1]
    except (IndexError, TypeError, ValueError):
        return args[0]
