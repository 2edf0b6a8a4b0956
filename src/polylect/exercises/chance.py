"""What chance decides for one learner: the order of choices, and which of a pool are shown.

Open edX draws with Python 2's algorithms (the package random2), seeded by the learner's seed, one generator
for all questions of an exercise; so do we, that a course keeps the orders its learners know. The generator
itself, the Mersenne Twister, gives the same numbers for the same whole number in every Python; what is made
of the numbers is written out here.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Drawn:
    """A choice as far as chance is concerned."""

    code: str
    is_right: bool
    is_fixed: bool = False
    """It keeps its place at the head or the tail when the others are shuffled."""


class Dice:
    """One learner's chance in one exercise: draws must come in the order of the questions."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311 - a lesson's order, not a secret

    def shuffled(self, choices: Sequence[Drawn]) -> list[Drawn]:
        """Shuffles between the fixed choices at the head and those after; a fixed one in the middle joins the
        tail."""
        first = next((at for at, choice in enumerate(choices) if not choice.is_fixed), len(choices))
        middle = [choice for choice in choices[first:] if not choice.is_fixed]
        tail = [choice for choice in choices[first:] if choice.is_fixed]
        self._shuffle(middle)
        return [*choices[:first], *middle, *tail]

    def pooled(self, choices: Sequence[Drawn], size: int) -> list[Drawn]:
        """One of the right choices and wrong ones, `size` in all or as many as there are."""
        right = [choice for choice in choices if choice.is_right]
        wrong = [choice for choice in choices if not choice.is_right]
        picked = [right[self._below(len(right))]]
        self._shuffle(wrong)
        picked += wrong[: size - 1]
        self._shuffle(picked)
        return picked

    def _below(self, limit: int) -> int:
        return int(self._next() * limit)

    def _shuffle(self, items: list[T]) -> None:
        for last in range(len(items) - 1, 0, -1):
            other = self._below(last + 1)
            items[last], items[other] = items[other], items[last]


def points(seed: int, code: str, ranges: Iterable[tuple[float, float]], count: int) -> list[tuple[float, ...]]:
    """So many points, each with a number from every range, to try formulas at: the same for a learner's seed and a
    question, and others for others. Open edX draws them anew each time."""
    next_one = random.Random(f"{seed}/{code}").random  # noqa: S311 - where formulas are compared, not a secret
    limits = list(ranges)
    return [tuple(low + (high - low) * next_one() for low, high in limits) for _ in range(count)]
