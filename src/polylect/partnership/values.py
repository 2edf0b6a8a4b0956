"""What can be put in, and what can be gained: the lists that everybody has, and what an author adds for a course."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from polylect.partnership.arrangement import FEE, THANKS

INVESTMENTS = ("money", "goods", "venue", "time", "expertise", "reputation", "promotion", "access", "content")
GAINS = ("reach", "content", "recruits", "skills", "mission", "recognition", "revenue", FEE, THANKS)

MONEY = frozenset({"money"})
PRICE = frozenset({FEE})
GIFTS = frozenset({"money", "goods", "venue"})
"""Whoever gives only these for nothing makes a donation."""
WORK = frozenset({"time", "expertise"})
"""A person who gives only these for nothing is a volunteer."""


@dataclass(frozen=True)
class Value:
    """A value that an author adds. `name` is shown as it is; `like` is the value of the list that it is judged as.

    One that is like none of them counts as something, and makes neither a donation nor a volunteer.
    """

    id: str
    name: str
    like: str = ""


@dataclass(frozen=True)
class Values:
    """The values of a course: ours, and behind them those of its author."""

    own_investments: tuple[Value, ...] = ()
    own_gains: tuple[Value, ...] = ()

    @cached_property
    def investments(self) -> tuple[str, ...]:
        """The ids of all that can be put in, in the order in which it is offered."""
        return (*INVESTMENTS, *(value.id for value in self.own_investments))

    @cached_property
    def gains(self) -> tuple[str, ...]:
        """The ids of all that can be gained, thanks among them, in the order in which it is offered."""
        return (*GAINS, *(value.id for value in self.own_gains))

    @cached_property
    def counting_gains(self) -> tuple[str, ...]:
        """The gains that are more than thanks."""
        return tuple(id for id in self.gains if self._gain_likes.get(id, id) != THANKS)

    def investments_judged(self, ids: frozenset[str]) -> frozenset[str]:
        """What is put in, each as what it is like."""
        likes = self._investment_likes
        return frozenset(likes.get(id, id) for id in ids) if likes else ids

    def gains_judged(self, ids: frozenset[str]) -> frozenset[str]:
        """What counts of what is gained, each as what it is like."""
        likes = self._gain_likes
        return (frozenset(likes.get(id, id) for id in ids) if likes else ids) - {THANKS}

    @cached_property
    def _investment_likes(self) -> dict[str, str]:
        return _likes(self.own_investments)

    @cached_property
    def _gain_likes(self) -> dict[str, str]:
        return _likes(self.own_gains)


STANDARD = Values()
"""The values that everybody has, and no others."""


def _likes(values: Iterable[Value]) -> dict[str, str]:
    return {value.id: value.like for value in values if value.like}
