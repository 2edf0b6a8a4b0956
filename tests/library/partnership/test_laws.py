"""What holds of every arrangement.

The cells that a judgement names are a proof. That is: let the sides be the same, and let every cell that is not named
be filled with anything; the same row decides. And no part of what is named (kinds, investments, gains, overlap) could
be left out: with other values there, and in the cells not named, another row can decide. One thing is named beyond
that: where a condition of a partnership fails (row 8), all that fails is named, though one failure would do.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.partnership.strategies import (
    GAIN_CLASSES,
    INVESTMENT_CLASSES,
    arrangements,
    every_pair,
    partnerships,
)
from polylect.partnership import (
    STANDARD,
    Arrangement,
    Cell,
    Change,
    Judgement,
    Overlap,
    Part,
    Row,
    Side,
    SideKind,
    apply,
    judge,
    kind_of,
    nearest,
    reasons,
    satisfies,
)

MANY = 100_000
GIFTS, WORK = {"money", "goods", "venue"}, {"time", "expertise"}


@cache
def _pairs() -> tuple[Judgement, ...]:
    return tuple(judge(arrangement) for arrangement in every_pair())


@cache
def _judged_pairs() -> frozenset[Arrangement]:
    return frozenset(judgement.arrangement for judgement in _pairs())


def test_there_are_6912_arrangements_of_two_sides() -> None:
    assert len(_judged_pairs()) == 6912


@given(arrangements(least=2, most=2))
def test_the_6912_stand_for_all_others_of_two_sides(arrangement: Arrangement) -> None:
    """Put the value of its sort in the place of each, and the same row decides."""
    sides = tuple(
        replace(side, id=id, name="", kind=_kind(side), invests=_investment(side), gains=_gain(side))
        for id, side in zip("ab", arrangement.sides, strict=True)
    )
    stands_for_it = replace(arrangement, sides=sides)
    assert stands_for_it in _judged_pairs()
    assert judge(stands_for_it).row is judge(arrangement).row


def _kind(side: Side) -> SideKind:
    return side.kind if side.kind is SideKind.PERSON else SideKind.GROUP


def _investment(side: Side) -> frozenset[str]:
    invests = side.invests or frozenset()
    if len(invests) < 2 and invests <= {"money"}:
        return invests
    return frozenset({"goods"} if invests <= GIFTS else {"time"} if invests <= WORK else {"promotion"})


def _gain(side: Side) -> frozenset[str]:
    counting = (side.gains or frozenset()) - {"thanks"}
    if not counting:
        return side.gains or frozenset()
    return counting if counting == {"fee"} else frozenset({"reach"})


@given(arrangements())
def test_what_is_filled_in_has_exactly_one_kind(arrangement: Arrangement) -> None:
    judgement = judge(arrangement)
    assert judgement.kind is not None
    assert judgement.empty == ()
    assert kind_of(arrangement) is judgement.kind
    assert satisfies(arrangement) == judgement.is_partnership


@given(arrangements(is_filled=False))
def test_what_is_not_judged_says_which_cells_are_empty(arrangement: Arrangement) -> None:
    judgement = judge(arrangement)
    assert (judgement.kind is None) == bool(judgement.empty) == (judgement.row is Row.EMPTY)
    assert all(_held(arrangement, cell) is None for cell in judgement.empty)


@given(arrangements(is_filled=False))
def test_a_partnership_is_what_fulfils_all_four_conditions(arrangement: Arrangement) -> None:
    judgement = judge(arrangement)
    assert len(judgement.conditions) == 4
    assert judgement.is_partnership == all(condition.is_fulfilled for condition in judgement.conditions)


@given(arrangements(is_filled=False), st.randoms(use_true_random=False))
def test_the_order_of_sides_does_not_matter(arrangement: Arrangement, dice: random.Random) -> None:
    other = replace(arrangement, sides=tuple(dice.sample(arrangement.sides, len(arrangement.sides))))
    assert _unordered(judge(arrangement)) == _unordered(judge(other))
    if len(arrangement.sides) > 1:
        assert {step.cell for step in nearest(arrangement).steps} == {step.cell for step in nearest(other).steps}


def _unordered(judgement: Judgement) -> tuple[object, ...]:
    conditions = [(condition.name, condition.state, set(condition.cells)) for condition in judgement.conditions]
    return judgement.row, set(judgement.cells), set(judgement.empty), conditions


@given(partnerships, st.data())
def test_no_addition_turns_a_partnership_into_something_else(partnership: Arrangement, data: st.DataObject) -> None:
    assert judge(partnership).is_partnership
    additions = data.draw(st.lists(st.sampled_from(list(_additions(partnership))), max_size=4))
    assert judge(apply(partnership, additions)).is_partnership


def _additions(arrangement: Arrangement) -> Iterator[Change]:
    for side in arrangement.sides:
        yield from (Change(Cell(Part.INVESTS, side.id), value) for value in STANDARD.investments)
        yield from (Change(Cell(Part.GAINS, side.id), value) for value in STANDARD.gains)
    yield from (Change(Cell(Part.OVERLAP), value.value) for value in Overlap if value is not Overlap.NONE)


@given(arrangements(is_filled=False))
def test_the_reasons_name_the_cells_that_decided_and_no_others(arrangement: Arrangement) -> None:
    judgement = judge(arrangement)
    named = [cell for reason in reasons(judgement) for cell in reason.cells]
    assert set(named) == set(judgement.cells)
    assert {cell.side for cell in named} <= {"", *(side.id for side in arrangement.sides)}


def test_the_named_cells_of_two_sides_decide_and_none_of_their_parts_could_be_left_out() -> None:
    proofs = {_cells_of(judgement) for judgement in _pairs()}
    rows = {cells: _rows_by(cells) for cells in proofs}
    without = {(cells, part): _rows_by(_without(cells, part)) for cells in proofs for part in Part}
    for judgement in _pairs():
        cells = _cells_of(judgement)
        assert rows[cells][_key(judgement.arrangement, cells)] == {judgement.row}
        fails = {cell.part for condition in judgement.failing for cell in condition.cells}
        all_that_fails = fails if judgement.row is Row.OTHERWISE else set()
        for part in {cell.part for cell in cells} - all_that_fails:
            rest = _without(cells, part)
            assert len(without[cells, part][_key(judgement.arrangement, rest)]) > 1, (judgement, part)


def _cells_of(judgement: Judgement) -> tuple[Cell, ...]:
    return tuple(cell for cell in judgement.cells if cell.part is not Part.SIDES)


def _without(cells: Iterable[Cell], part: Part) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if cell.part is not part)


def _rows_by(cells: tuple[Cell, ...]) -> dict[tuple[object, ...], set[Row]]:
    """For all that these cells of two sides can hold, the rows that decide then."""
    rows: dict[tuple[object, ...], set[Row]] = defaultdict(set)
    for judgement in _pairs():
        rows[_key(judgement.arrangement, cells)].add(judgement.row)
    return rows


def _key(arrangement: Arrangement, cells: Iterable[Cell]) -> tuple[object, ...]:
    return tuple(_held(arrangement, cell) for cell in cells)


def _held(arrangement: Arrangement, cell: Cell) -> object:
    if cell.part is Part.OVERLAP:
        return arrangement.overlap
    return getattr(arrangement.side(cell.side), cell.part.value)


@given(arrangements(is_filled=False), st.randoms(use_true_random=False))
def test_whatever_is_in_the_other_cells_the_same_row_decides(arrangement: Arrangement, dice: random.Random) -> None:
    judgement = judge(arrangement)
    for _ in range(10):
        assert judge(_refilled(judgement, dice)).row is judgement.row


def _refilled(judgement: Judgement, dice: random.Random) -> Arrangement:
    """The same sides, with anything in the cells that did not decide."""
    named, arrangement = set(judgement.cells), judgement.arrangement
    choices: dict[Part, tuple[object, ...]] = {
        Part.KIND: tuple(SideKind),
        Part.INVESTS: INVESTMENT_CLASSES,
        Part.GAINS: GAIN_CLASSES,
    }
    sides = []
    for side in arrangement.sides:
        cells = {part: values for part, values in choices.items() if Cell(part, side.id) not in named}
        sides.append(replace(side, **{part.value: dice.choice(values) for part, values in cells.items()}))
    is_named = Cell(Part.OVERLAP) in named
    return Arrangement(tuple(sides), arrangement.overlap if is_named else dice.choice(list(Overlap)))


@given(arrangements(is_filled=False, least=0))
def test_the_nearest_partnership_is_one_and_misses_each_of_its_changes(arrangement: Arrangement) -> None:
    found = nearest(arrangement)
    assert (found.size == 0) == judge(arrangement).is_partnership
    for way in found.ways(20):
        assert len(way) == found.size
        assert judge(apply(arrangement, way)).is_partnership
        for missed in way:
            if missed.cell.part is not Part.SIDES:
                rest = [change for change in way if change != missed]
                assert not judge(apply(arrangement, rest)).is_partnership


@settings(max_examples=40)
@given(arrangements(is_filled=False, most=2))
def test_no_smaller_change_makes_a_partnership_and_every_equally_small_one_is_found(arrangement: Arrangement) -> None:
    found = nearest(arrangement)
    universe = list(_some_changes(found.arrangement, found.joining or ("joins",)))
    for size in range(found.size):
        assert not any(_does(arrangement, changes) for changes in combinations(universe, size))
    same_size = {frozenset(way) for way in combinations(universe, found.size) if _does(arrangement, way)}
    options = ([option.change for option in step.options if option.change in universe] for step in found.steps)
    assert same_size == {frozenset(way) for way in product(*options)}


def _some_changes(arrangement: Arrangement, joining: tuple[str, ...]) -> Iterator[Change]:
    """Changes of every sort, those that help and those that do not: two values stand for all that do."""
    yield from (Change(Cell(Part.SIDES, id)) for id in joining)
    for side in arrangement.sides:
        yield from (Change(Cell(Part.INVESTS, side.id), value) for value in ("money", "time"))
        yield from (Change(Cell(Part.GAINS, side.id), value) for value in ("thanks", "fee", "reach"))
    yield from (Change(Cell(Part.OVERLAP), overlap.value) for overlap in Overlap)


def _does(arrangement: Arrangement, changes: tuple[Change, ...]) -> bool:
    present = {side.id for side in arrangement.sides} | {
        change.cell.side for change in changes if change.cell.part is Part.SIDES
    }
    is_possible = all(change.cell.side in present or not change.cell.side for change in changes)
    return is_possible and satisfies(apply(arrangement, changes))


@given(arrangements(is_filled=False))
def test_a_step_says_what_it_would_be_with_it_alone(arrangement: Arrangement) -> None:
    found = nearest(arrangement)
    for step in found.steps:
        if step.cell.side not in found.joining:
            for option in step.options:
                assert option.kind is judge(apply(arrangement, [option.change])).kind
        told = chain.from_iterable(step.by_kind.values())
        assert sorted(told) == sorted(option.change.value for option in step.options)


@pytest.mark.long
def test_the_laws_hold_of_a_hundred_thousand_random_arrangements() -> None:
    dice = random.Random("partnerships")
    seen = set()
    for _ in range(MANY):
        arrangement = _random(dice)
        judgement = judge(arrangement)
        seen.add((judgement.row, len(arrangement.sides)))
        assert judgement.kind is not None
        assert {cell for reason in reasons(judgement) for cell in reason.cells} == set(judgement.cells)
        assert judge(_refilled(judgement, dice)).row is judgement.row
        shuffled = replace(arrangement, sides=tuple(dice.sample(arrangement.sides, len(arrangement.sides))))
        assert _unordered(judge(shuffled)) == _unordered(judgement)
        way = next(iter(nearest(arrangement).ways(1)))
        partnership = apply(arrangement, way)
        assert satisfies(partnership)
        assert satisfies(apply(partnership, [dice.choice(list(_additions(partnership)))]))
        assert not way or not satisfies(apply(arrangement, way[:-1]))
    assert {row for row, _ in seen} == set(Row) - {Row.EMPTY}
    assert {sides for _, sides in seen} == {1, 2, 3, 4, 5}


def _random(dice: random.Random) -> Arrangement:
    def some(values: tuple[str, ...], classes: tuple[frozenset[str], ...]) -> frozenset[str]:
        return dice.choice(classes) if dice.random() < 0.5 else frozenset(dice.sample(values, dice.randint(0, 3)))

    sides = tuple(
        Side(
            f"s{number}",
            "",
            dice.choice(list(SideKind)),
            some(STANDARD.investments, INVESTMENT_CLASSES),
            some(STANDARD.gains, GAIN_CLASSES),
        )
        for number in range(dice.randint(1, 5))
    )
    return Arrangement(sides, dice.choice(list(Overlap)))
