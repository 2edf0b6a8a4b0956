"""An arrangement: who takes part, what each puts in and gets out, and how their goals meet.

A cell holds what was said about one thing. `None` is a cell that nobody has filled in yet; that a side puts in nothing
is an answer, and is the empty set.
"""

from dataclasses import dataclass, replace
from enum import Enum

THANKS = "thanks"
"""The gain that does not count by itself."""
FEE = "fee"
"""The gain that is the price of what was sold."""
MOST_SIDES = 5


class SideKind(Enum):
    """What a side is."""

    ORGANIZATION = "organization"
    GROUP = "group"
    PERSON = "person"


class Overlap(Enum):
    """How the goals of the sides meet."""

    SHARED = "shared"
    COMPATIBLE = "compatible"
    NONE = "none"


@dataclass(frozen=True)
class Side:
    """Somebody who takes part. `invests` and `gains` hold ids of values (see `values`)."""

    id: str
    name: str = ""
    kind: SideKind | None = None
    invests: frozenset[str] | None = None
    gains: frozenset[str] | None = None


class Part(Enum):
    """What a cell is about."""

    SIDES = "sides"
    """Who takes part at all: the one cell of all sides together, or, of a change, the side that joins."""
    KIND = "kind"
    INVESTS = "invests"
    GAINS = "gains"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class Cell:
    """One cell: what it is about, and the id of its side, empty for the cells of all sides together."""

    part: Part
    side: str = ""


@dataclass(frozen=True)
class Arrangement:
    """One to five sides, and how their goals meet. The order of the sides is that in which they are told."""

    sides: tuple[Side, ...] = ()
    overlap: Overlap | None = None

    def __post_init__(self) -> None:
        if len(self.sides) > MOST_SIDES or len({side.id for side in self.sides}) < len(self.sides):
            raise ValueError(f"at most {MOST_SIDES} sides, each with an id of its own")

    def side(self, id: str) -> Side:
        """The side of this id; KeyError without one."""
        for side in self.sides:
            if side.id == id:
                return side
        raise KeyError(id)

    def with_side(self, changed: Side) -> "Arrangement":
        """This, with that side in the place of the one with its id, or joining if there is none."""
        if all(side.id != changed.id for side in self.sides):
            return replace(self, sides=(*self.sides, changed))
        return replace(self, sides=tuple(changed if side.id == changed.id else side for side in self.sides))
