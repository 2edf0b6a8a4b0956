"""The nearest partnership: the fewest changes that would make an arrangement one.

A change adds a side, puts one value into a cell of what a side invests or gains, or says that the goals meet. They are
found by trying: what is missed when everything else has been done is needed, and the rest is not. That is enough, since
an addition never harms a partnership; the tests hold it to a search through everything that is smaller.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product

from polylect.partnership.arrangement import Arrangement, Cell, Overlap, Part, Side
from polylect.partnership.judging import Kind, kind_of, satisfies
from polylect.partnership.values import STANDARD, Values

_MEETING = (Overlap.COMPATIBLE.value, Overlap.SHARED.value)


@dataclass(frozen=True)
class Change:
    """One change: `value` goes into `cell`; for a side that joins, the cell names it, and the value is empty."""

    cell: Cell
    value: str = ""


@dataclass(frozen=True)
class Option:
    """A change that would do, and what the arrangement would be with this change alone, or None: not to be judged."""

    change: Change
    kind: Kind | None


@dataclass(frozen=True)
class Step:
    """One of the changes that are needed: a cell, and each value that would do there, in the order of the lists.

    Cells of a side that is yet to join are judged as if it had joined.
    """

    cell: Cell
    options: tuple[Option, ...]

    @cached_property
    def by_kind(self) -> dict[Kind | None, tuple[str, ...]]:
        """What it would be with this step alone, and the values that lead there."""
        kinds = dict.fromkeys(option.kind for option in self.options)
        return {kind: tuple(option.change.value for option in self.options if option.kind is kind) for kind in kinds}


@dataclass(frozen=True)
class Nearest:
    """What is missing. `arrangement` has the side that would have to join, if any, with empty cells.

    All smallest sets of changes are there: they take one option of every step. `kind` is what it is without them.
    """

    arrangement: Arrangement
    values: Values
    kind: Kind | None
    steps: tuple[Step, ...]

    @property
    def joining(self) -> tuple[str, ...]:
        """The ids of the sides that would have to join."""
        return tuple(step.cell.side for step in self.steps if step.cell.part is Part.SIDES)

    @property
    def size(self) -> int:
        """How many changes it takes; 0 of a partnership."""
        return len(self.steps)

    def ways(self, most: int = 100) -> tuple[tuple[Change, ...], ...]:
        """The smallest sets of changes one by one, those with the first values first, and no more than `most`."""
        choices = ([option.change for option in step.options] for step in self.steps)
        return tuple(islice(product(*choices), most))


def nearest(arrangement: Arrangement, values: Values = STANDARD) -> Nearest:
    """The smallest changes that make a partnership of it; cells that are empty count as changed when filled in."""
    joining = tuple(_joining(arrangement))
    larger = apply(arrangement, joining)
    steps = [_step(arrangement, [change], values) for change in joining]
    for cell in _missed(larger, values):
        before = apply(arrangement, (change for change in joining if change.cell.side == cell.side))
        steps.append(_step(before, [Change(cell, value) for value in _values_for(cell, values)], values))
    return Nearest(larger, values, kind_of(arrangement, values), tuple(steps))


def apply(arrangement: Arrangement, changes: Iterable[Change]) -> Arrangement:
    """The arrangement with these changes: a value joins those of its cell, and a side comes with empty cells."""
    for change in changes:
        part, side = change.cell.part, change.cell.side
        if part is Part.SIDES:
            arrangement = arrangement.with_side(Side(side))
        elif part is Part.OVERLAP:
            arrangement = replace(arrangement, overlap=Overlap(change.value))
        else:
            arrangement = arrangement.with_side(_with_value(arrangement.side(side), part, change.value))
    return arrangement


def new_side_id(arrangement: Arrangement) -> str:
    """An id that no side has yet: `side-2`, where it is the second."""
    taken = {side.id for side in arrangement.sides}
    return next(id for n in range(len(taken) + 1, len(taken) * 2 + 2) if (id := f"side-{n}") not in taken)


def _with_value(side: Side, part: Part, value: str) -> Side:
    if part is Part.INVESTS:
        return replace(side, invests=(side.invests or frozenset()) | {value})
    if part is Part.GAINS:
        return replace(side, gains=(side.gains or frozenset()) | {value})
    raise ValueError(f"no change puts a value into {part}")


def _joining(arrangement: Arrangement) -> Iterator[Change]:
    """The sides without whom there is nobody to partner with."""
    for _ in range(2 - len(arrangement.sides)):
        change = Change(Cell(Part.SIDES, new_side_id(arrangement)))
        arrangement = apply(arrangement, [change])
        yield change


def _missed(arrangement: Arrangement, values: Values) -> list[Cell]:
    """The cells that have to change, side by side, and last how the goals meet.

    Every change is made at first. One that is missed when it alone is taken back is part of every way to a
    partnership, since no other can stand in for it; and the missed ones together are enough.
    """
    cells = [Cell(part, side.id) for side in arrangement.sides for part in (Part.INVESTS, Part.GAINS)]
    cells.append(Cell(Part.OVERLAP))
    changes = {cell: Change(cell, _values_for(cell, values)[0]) for cell in cells}

    def is_missed(cell: Cell) -> bool:
        others = [change for other, change in changes.items() if other != cell]
        return not satisfies(apply(arrangement, others), values)

    return [cell for cell in cells if is_missed(cell)]


def _values_for(cell: Cell, values: Values) -> tuple[str, ...]:
    """What would do in a cell, in the order in which it is offered."""
    match cell.part:
        case Part.INVESTS:
            return values.investments
        case Part.GAINS:
            return values.counting_gains
        case Part.OVERLAP:
            return _MEETING
        case _:
            raise ValueError(f"no value goes into {cell}")


def _step(arrangement: Arrangement, changes: list[Change], values: Values) -> Step:
    options = (Option(change, kind_of(apply(arrangement, [change]), values)) for change in changes)
    return Step(changes[0].cell, tuple(options))
