"""Random arrangements, and every one of two sides that the table can tell apart."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from polylect.partnership import MOST_SIDES, STANDARD, Arrangement, Overlap, Side, SideKind

INVESTMENT_CLASSES = tuple(
    frozenset(ids) for ids in ((), ("money",), ("goods",), ("time",), ("promotion",), ("money", "time"))
)
"""One of each sort: nothing, money alone, another gift, work, anything else, a mixture."""
GAIN_CLASSES = tuple(frozenset(ids) for ids in ((), ("thanks",), ("fee",), ("reach",)))
"""Nothing, thanks, the price alone, anything that counts."""
KIND_CLASSES = (SideKind.PERSON, SideKind.GROUP)
"""A person, and anything else."""

ids = st.sampled_from(["a", "b", "library", "wiki group", "side-1", "side-2", "side-3", "ف"])
names = st.sampled_from(["", "the library", "Noor", "مكتبة", "{x} <b>"])
investments = st.sets(st.sampled_from(STANDARD.investments), max_size=3) | st.sampled_from(INVESTMENT_CLASSES)
gains = st.sets(st.sampled_from(STANDARD.gains), max_size=3) | st.sampled_from(GAIN_CLASSES)


def _sides(id: str, is_filled: bool) -> st.SearchStrategy[Side]:
    def cell(values: st.SearchStrategy) -> st.SearchStrategy:
        return values if is_filled else st.none() | values

    return st.builds(
        Side,
        st.just(id),
        names,
        cell(st.sampled_from(SideKind)),
        cell(investments.map(frozenset)),
        cell(gains.map(frozenset)),
    )


@st.composite
def arrangements(draw: st.DrawFn, *, is_filled: bool = True, least: int = 1, most: int = MOST_SIDES) -> Arrangement:
    """An arrangement of `least` to `most` sides; its cells may be empty unless it is filled in."""
    taken = draw(st.lists(ids, min_size=least, max_size=most, unique=True))
    overlaps = st.sampled_from(Overlap)
    overlap = draw(overlaps if is_filled else st.none() | overlaps)
    return Arrangement(tuple(draw(_sides(id, is_filled)) for id in taken), overlap)


partnerships = (
    arrangements(least=2)
    .filter(lambda one: one.overlap is not Overlap.NONE)
    .map(
        lambda one: Arrangement(
            tuple(
                Side(
                    side.id,
                    side.name,
                    side.kind,
                    side.invests or frozenset({"time"}),
                    (side.gains or frozenset()) | {"reach"},
                )
                for side in one.sides
            ),
            one.overlap,
        )
    )
)


def every_pair() -> Iterator[Arrangement]:
    """Every arrangement of two sides, of those that the table can tell apart.

    2 kinds, 6 sorts of what is put in and 4 of what is gained are 48 sides; 48 times 48 times 3 overlaps are 6,912.
    """
    sides = tuple(product(KIND_CLASSES, INVESTMENT_CLASSES, GAIN_CLASSES))
    for first, second, overlap in product(sides, sides, Overlap):
        yield Arrangement((Side("a", "", *first), Side("b", "", *second)), overlap)
