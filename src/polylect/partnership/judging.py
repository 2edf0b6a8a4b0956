"""The judge: what kind of arrangement it is, by which row of the table, and because of which cells.

The rows are tried in order, and the first that holds decides (docs/explanation/partnership.md gives the table and its
reasons). `Judgement.cells` are a proof: with the same sides, whatever the other cells are filled with, the same row
decides; and if one part of them is left out, that is so no longer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum

from polylect.partnership.arrangement import Arrangement, Cell, Overlap, Part, Side, SideKind
from polylect.partnership.values import GIFTS, MONEY, PRICE, STANDARD, WORK, Values


class Kind(Enum):
    """What an arrangement can be."""

    PARTNERSHIP = "partnership"
    SERVICE = "service"
    VOLUNTEERING = "volunteering"
    DONATION = "donation"
    SUPPORT = "support"
    NOT_YET = "not-yet"


class Row(IntEnum):
    """The rows of the table, in the order in which they are tried."""

    EMPTY = 1
    ALONE = 2
    PARTNERSHIP = 3
    SERVICE = 4
    VOLUNTEERING = 5
    DONATION = 6
    SUPPORT = 7
    OTHERWISE = 8


KIND_OF_ROW = {
    Row.EMPTY: None,
    Row.ALONE: Kind.NOT_YET,
    Row.PARTNERSHIP: Kind.PARTNERSHIP,
    Row.SERVICE: Kind.SERVICE,
    Row.VOLUNTEERING: Kind.VOLUNTEERING,
    Row.DONATION: Kind.DONATION,
    Row.SUPPORT: Kind.SUPPORT,
    Row.OTHERWISE: Kind.NOT_YET,
}


class State(Enum):
    """Whether a condition is fulfilled."""

    FULFILLED = "fulfilled"
    FAILED = "failed"
    OPEN = "open"
    """An empty cell keeps us from telling."""


class ConditionName(Enum):
    """What a partnership takes."""

    SIDES = "sides"
    INVESTMENT = "investment"
    OVERLAP = "overlap"
    BENEFIT = "benefit"


@dataclass(frozen=True)
class Condition:
    """One of the four conditions, and the cells that decide it: those that fail, else the empty, else all."""

    name: ConditionName
    state: State
    cells: tuple[Cell, ...]

    @property
    def is_fulfilled(self) -> bool:
        return self.state is State.FULFILLED


@dataclass(frozen=True)
class Judgement:
    """What an arrangement is. `kind` is None where needed cells are empty: not judged; `empty` says which."""

    arrangement: Arrangement
    values: Values
    row: Row
    cells: tuple[Cell, ...]
    conditions: tuple[Condition, ...]
    empty: tuple[Cell, ...] = ()

    @property
    def kind(self) -> Kind | None:
        return KIND_OF_ROW[self.row]

    @property
    def is_partnership(self) -> bool:
        return self.row is Row.PARTNERSHIP

    @property
    def failing(self) -> tuple[Condition, ...]:
        """The conditions that fail."""
        return tuple(condition for condition in self.conditions if condition.state is State.FAILED)


def judge(arrangement: Arrangement, values: Values = STANDARD) -> Judgement:
    """Judges an arrangement; one with needed cells empty is told which, and not judged."""
    table = _Table(arrangement, values)
    empty = tuple(table.empty_cells())
    row = Row.EMPTY if empty else table.row()
    cells = _in_order(arrangement, table.deciding_cells(row, empty))
    return Judgement(arrangement, values, row, cells, tuple(table.conditions()), empty)


def kind_of(arrangement: Arrangement, values: Values = STANDARD) -> Kind | None:
    """The kind alone, or None where a needed cell is empty; quicker than a whole judgement."""
    table = _Table(arrangement, values)
    return None if any(table.empty_cells()) else KIND_OF_ROW[table.row()]


def satisfies(arrangement: Arrangement, values: Values = STANDARD) -> bool:
    """Whether the row of the partnership decides; quicker than a whole judgement."""
    return (
        len(arrangement.sides) >= 2
        and arrangement.overlap in _MEETING
        and all(
            side.invests and side.gains is not None and values.gains_judged(side.gains) for side in arrangement.sides
        )
    )


_MEETING = (Overlap.SHARED, Overlap.COMPATIBLE)
_OVERLAP = Cell(Part.OVERLAP)
_SIDES = Cell(Part.SIDES)


@dataclass(frozen=True)
class _Line:
    """A side as it is judged: None is an empty cell; of gains, those that count."""

    side: Side
    invests: frozenset[str] | None
    gains: frozenset[str] | None

    @property
    def is_giver(self) -> bool:
        """Puts something in and gains nothing."""
        return bool(self.invests) and self.gains == frozenset()

    def gives_only(self, things: frozenset[str]) -> bool:
        return bool(self.invests) and self.invests is not None and self.invests <= things

    def cell(self, part: Part) -> Cell:
        return Cell(part, self.side.id)


class _Table:
    """The table, laid beside one arrangement."""

    def __init__(self, arrangement: Arrangement, values: Values) -> None:
        self.overlap = arrangement.overlap
        self.lines = [
            _Line(
                side,
                None if side.invests is None else values.investments_judged(side.invests),
                None if side.gains is None else values.gains_judged(side.gains),
            )
            for side in arrangement.sides
        ]
        self.givers = [line for line in self.lines if line.is_giver]

    # Row 1

    def empty_cells(self) -> Iterator[Cell]:
        """The needed cells that are empty. Somebody alone needs none; what a side is, is needed where it decides."""
        if len(self.lines) < 2:
            return
        for line in self.lines:
            if line.side.kind is None and line.is_giver and line.gives_only(WORK):
                yield line.cell(Part.KIND)
            if line.invests is None:
                yield line.cell(Part.INVESTS)
            if line.gains is None:
                yield line.cell(Part.GAINS)
        if self.overlap is None:
            yield _OVERLAP

    # Rows 2 to 8

    def row(self) -> Row:
        """The first row from the second on that holds. Needed cells are filled in."""
        if len(self.lines) < 2:
            return Row.ALONE
        if self.overlap in _MEETING and all(line.invests and line.gains for line in self.lines):
            return Row.PARTNERSHIP
        if self.overlap is Overlap.NONE and any(self.sales()):
            return Row.SERVICE
        if not self.givers:
            return Row.OTHERWISE
        if all(line.side.kind is SideKind.PERSON and line.gives_only(WORK) for line in self.givers):
            return Row.VOLUNTEERING
        if all(line.gives_only(GIFTS) for line in self.givers):
            return Row.DONATION
        return Row.SUPPORT

    def sales(self) -> Iterator[tuple[_Line, _Line]]:
        """Who pays and who is paid, of two sides, whether or not their goals meet."""
        for payer, seller in self._pairs():
            if payer.invests == MONEY and seller.gains == PRICE:
                yield payer, seller

    def _pairs(self) -> Iterator[tuple[_Line, _Line]]:
        if len(self.lines) == 2:
            yield self.lines[0], self.lines[1]
            yield self.lines[1], self.lines[0]

    # What decided

    def deciding_cells(self, row: Row, empty: tuple[Cell, ...]) -> set[Cell]:
        """The cells that prove the row."""
        match row:
            case Row.EMPTY:
                asked = {cell.side for cell in empty if cell.part is Part.KIND}
                return {*empty, *self._cells((Part.INVESTS, Part.GAINS), asked)}
            case Row.ALONE:
                return {_SIDES}
            case Row.PARTNERSHIP:
                return {_OVERLAP, *self._cells((Part.INVESTS, Part.GAINS))}
            case Row.SERVICE:
                sold = ((payer.cell(Part.INVESTS), seller.cell(Part.GAINS)) for payer, seller in self.sales())
                return {_SIDES, _OVERLAP, *(cell for pair in sold for cell in pair)}
            case Row.VOLUNTEERING:
                given = self._given()
                return given | {line.cell(Part.KIND) for line in self.givers} | self._others_give_nothing_away()
            case Row.DONATION:
                return self._no_sale(self._given() | self._others_give_nothing_away())
            case Row.SUPPORT:
                return self._given() | self._no_persons()
            case Row.OTHERWISE:
                failing = {cell for condition in self.conditions() if _fails(condition) for cell in condition.cells}
                return self._no_sale(failing | self._others_give_nothing_away())

    def _cells(self, parts: Iterable[Part], sides: Iterable[str] | None = None) -> set[Cell]:
        ids = [line.side.id for line in self.lines] if sides is None else sides
        return {Cell(part, id) for id in ids for part in parts}

    def _given(self) -> set[Cell]:
        return self._cells((Part.INVESTS, Part.GAINS), [line.side.id for line in self.givers])

    def _others_give_nothing_away(self) -> set[Cell]:
        """Why no other side gives for nothing: it puts in nothing, else it gains something."""
        others = (line for line in self.lines if not line.is_giver)
        return {line.cell(Part.GAINS if line.invests else Part.INVESTS) for line in others}

    def _no_persons(self) -> set[Cell]:
        """Who gives time and expertise like a volunteer, and is none, where that is what decides."""
        if not all(line.gives_only(WORK) for line in self.givers):
            return set()
        return {line.cell(Part.KIND) for line in self.givers if line.side.kind is not SideKind.PERSON}

    def _no_sale(self, cells: set[Cell]) -> set[Cell]:
        """These cells, and others where these alone would let it be a service bought."""
        cells = set(cells)
        for payer, seller in self._pairs():
            against = {
                _OVERLAP: self.overlap is not Overlap.NONE,
                seller.cell(Part.GAINS): seller.gains != PRICE,
                payer.cell(Part.INVESTS): payer.invests != MONEY,
            }
            reasons = [cell for cell, is_against in against.items() if is_against]
            if not cells.intersection(reasons):
                cells.add(reasons[0])
        return cells

    # The four conditions

    def conditions(self) -> Iterator[Condition]:
        is_enough = len(self.lines) >= 2
        yield Condition(ConditionName.SIDES, State.FULFILLED if is_enough else State.FAILED, (_SIDES,))
        yield self._of_each_side(ConditionName.INVESTMENT, Part.INVESTS)
        yield Condition(ConditionName.OVERLAP, self._overlap_state(), (_OVERLAP,))
        yield self._of_each_side(ConditionName.BENEFIT, Part.GAINS)

    def _of_each_side(self, name: ConditionName, part: Part) -> Condition:
        held = {line.cell(part): line.invests if part is Part.INVESTS else line.gains for line in self.lines}
        failing = tuple(cell for cell, values in held.items() if values is not None and not values)
        if failing:
            return Condition(name, State.FAILED, failing)
        empty = tuple(cell for cell, values in held.items() if values is None)
        if empty or not held:
            return Condition(name, State.OPEN, empty)
        return Condition(name, State.FULFILLED, tuple(held))

    def _overlap_state(self) -> State:
        if self.overlap is None:
            return State.OPEN
        return State.FULFILLED if self.overlap in _MEETING else State.FAILED


def _fails(condition: Condition) -> bool:
    return condition.state is State.FAILED


_PARTS = {part: position for position, part in enumerate(Part)}


def _in_order(arrangement: Arrangement, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """First who takes part, then side by side, last how the goals meet."""
    places = {side.id: position for position, side in enumerate(arrangement.sides)}
    return tuple(
        sorted(cells, key=lambda cell: (cell.part is Part.OVERLAP, places.get(cell.side, -1), _PARTS[cell.part]))
    )
