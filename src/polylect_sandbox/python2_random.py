"""Chance as Python 2 had it: what Open edX gives to scripts as `random` (there the package random2).

The generator is the same in every Python, but Python 3 makes other whole numbers, choices and orders out of it. A
course keeps the numbers its learners know only if these are made as they were.
"""

import math
import random
from collections.abc import Callable, Collection, MutableSequence
from typing import Any, TypeVar

T = TypeVar("T")

_MOST_FOR_ONE_FLOAT = 1 << 53
"""Above this a float has too few digits to hold every whole number."""


class Random(random.Random):
    """A generator with Python 2's way of drawing. What is not here, Python 3 draws alike, or Python 2 had not."""

    def seed(self, a: Any = None, version: int = 1) -> None:
        """Starts over. What is not a whole number counts by its hash; without a seed, by the machine's own chance."""
        super().seed(a if a is None or isinstance(a, int) else hash(a))

    def randrange(self, start: Any, stop: Any = None, step: Any = 1) -> int:
        """A number from `range(start, stop, step)`; whole floats will do. Raises ValueError where there is none."""
        first, last, stride = _whole(start, "arg 1"), _whole(0 if stop is None else stop, "stop"), _whole(step, "step")
        if stop is None:
            first, last, stride = 0, first, 1
        if stride == 0:
            raise ValueError("zero step for randrange()")
        count = -((first - last) // stride)
        if count <= 0:
            raise ValueError(f"empty range for randrange() ({first},{last}, {stride})")
        return first + stride * self._below(count)

    def randint(self, a: Any, b: Any) -> int:
        """A whole number from a to b, both included."""
        return self.randrange(a, b + 1)

    def choice(self, seq: Any) -> Any:
        """One of a sequence. Raises IndexError where it is empty."""
        return seq[int(self.random() * len(seq))]

    def shuffle(self, x: MutableSequence[Any], random: Callable[[], float] | None = None) -> None:
        """Puts a list into another order, with another source of floats if one is given."""
        draw = random or self.random
        for last in range(len(x) - 1, 0, -1):
            other = int(draw() * (last + 1))
            x[last], x[other] = x[other], x[last]

    def sample(self, population: Any, k: int) -> list[Any]:  # type: ignore[override]
        """k members, in the order they were drawn. Raises ValueError where there are fewer."""
        count = len(population)
        if not 0 <= k <= count:
            raise ValueError("sample larger than population")
        set_size = 21 + (4 ** math.ceil(math.log(k * 3, 4)) if k > 5 else 0)
        if count <= set_size or hasattr(population, "keys"):
            return self._from_pool(population, k)
        if not hasattr(population, "__getitem__"):  # a set, which Python 2 noticed after its first draw
            self._distinct(count, min(k, 1))
            population = tuple(population)
        return [population[at] for at in self._distinct(count, k)]

    def triangular(self, low: float = 0.0, high: float = 1.0, mode: float | None = None) -> float:
        """Between low and high, most often near the mode."""
        drawn = self.random()
        turn = 0.5 if mode is None else (mode - low) / (high - low)
        if drawn > turn:
            drawn, turn, low, high = 1.0 - drawn, 1.0 - turn, high, low
        return float(low + (high - low) * (drawn * turn) ** 0.5)

    def gammavariate(self, alpha: float, beta: float) -> float:
        """Python 3 draws the exponential case from the other end."""
        if alpha != 1.0 or beta <= 0.0:
            return super().gammavariate(alpha, beta)
        drawn = self.random()
        while drawn <= 1e-7:
            drawn = self.random()
        return -math.log(drawn) * beta

    def paretovariate(self, alpha: float) -> float:
        """The same but for the last digit."""
        return float(1.0 / (1.0 - self.random()) ** (1.0 / alpha))

    def vonmisesvariate(self, mu: float, kappa: float) -> float:
        """An angle about mu."""
        if kappa <= 1e-6:
            return 2 * math.pi * self.random()
        a = 1.0 + math.sqrt(1.0 + 4.0 * kappa * kappa)
        b = (a - math.sqrt(2.0 * a)) / (2.0 * kappa)
        r = (1.0 + b * b) / (2.0 * b)
        while True:
            z = math.cos(math.pi * self.random())
            f = (1.0 + r * z) / (r + z)
            c = kappa * (r - f)
            drawn = self.random()
            if drawn < c * (2.0 - c) or drawn <= c * math.exp(1.0 - c):
                break
        away = math.acos(f)
        return mu % (2 * math.pi) + (away if self.random() > 0.5 else -away)

    def _below(self, count: int) -> int:
        if count < _MOST_FOR_ONE_FLOAT:
            return int(self.random() * count)
        bits = int(1.00001 + math.log(count - 1, 2.0))
        drawn = self.getrandbits(bits)
        while drawn >= count:
            drawn = self.getrandbits(bits)
        return drawn

    def _from_pool(self, population: Collection[T], k: int) -> list[T]:
        pool = list(population)
        drawn = []
        for left in range(len(pool), len(pool) - k, -1):
            at = int(self.random() * left)
            drawn.append(pool[at])
            pool[at] = pool[left - 1]
        return drawn

    def _distinct(self, count: int, k: int) -> list[int]:
        drawn: dict[int, None] = {}
        while len(drawn) < k:
            drawn[int(self.random() * count)] = None
        return list(drawn)


def _whole(value: Any, name: str) -> int:
    whole = int(value)
    if whole != value:
        raise ValueError(f"non-integer {name} for randrange()")
    return whole
