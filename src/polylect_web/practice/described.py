"""A case as it was described in the form, and the form as it shows a case.

The form says which sides there are by their numbers (`side`, once for each), and of each side `name-N`, `kind-N`,
`invests-N`, `gains-N`; and `overlap`. A number stays with its side while others are added and removed, so that no
field changes its name. Nothing is trusted: what is no value of the lists counts as not filled in.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from polylect.partnership import (
    MOST_SIDES,
    STANDARD,
    Arrangement,
    Cell,
    Overlap,
    Part,
    Side,
    SideKind,
    gain_label,
    investment_label,
    label,
    nothing_label,
    parse,
)
from polylect_web.foundation.saying import said

NOTHING = "nothing"
LONGEST_NAME = 100
_NUMBER = re.compile(r"[1-9][0-9]?")
_LISTS = {Part.INVESTS: "invests", Part.GAINS: "gains"}


@dataclass(frozen=True)
class Described:
    """What was filled in. `clashes`: cells that say “nothing” and something at once, and so are not filled in."""

    arrangement: Arrangement
    clashes: frozenset[Cell] = frozenset()


@dataclass(frozen=True)
class Choice:
    """A box to tick, or a button to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class CellField:
    """The boxes of one cell. `issue` says what is to be put right; `is_empty`: the judge waits for it."""

    name: str
    choices: tuple[Choice, ...]
    is_empty: bool
    issue: str


@dataclass(frozen=True)
class SideFields:
    """The fields of one side. `key` is the number in their names, `number` the place on the page."""

    key: str
    number: int
    name: str
    kinds: tuple[Choice, ...]
    is_kind_missing: bool
    invests: CellField
    gains: CellField


@dataclass(frozen=True)
class CaseFields:
    """The whole form. `blank` is a side that nobody has filled in, for scripts to copy."""

    sides: tuple[SideFields, ...]
    overlap: CellField
    blank: SideFields
    can_add: bool
    can_remove: bool


def empty() -> Arrangement:
    """What the form begins with: two sides of whom nothing was said."""
    return Arrangement((Side("side-1"), Side("side-2")))


def from_form(form: QueryDict) -> Described:
    """Reads what was posted."""
    keys = [key for key in dict.fromkeys(form.getlist("side")) if _NUMBER.fullmatch(key)][:MOST_SIDES]
    arrangement, _issues = parse({"sides": [_side(form, key) for key in keys], "overlap": form.get("overlap", "")})
    return Described(arrangement, frozenset(_clashes(form, keys)))


def is_blank(arrangement: Arrangement) -> bool:
    """Whether nothing at all was said."""
    sides = (replace(side, id="") for side in arrangement.sides)
    return arrangement.overlap is None and all(side == Side("") for side in sides)


def with_one_more(arrangement: Arrangement) -> Arrangement:
    """With a new side, where there is room for one."""
    if len(arrangement.sides) >= MOST_SIDES:
        return arrangement
    taken = {side.id for side in arrangement.sides}
    free = next(id for number in range(1, 100) if (id := f"side-{number}") not in taken)
    return arrangement.with_side(Side(free))


def without(arrangement: Arrangement, key: str) -> Arrangement:
    """Without the side of this number; one side always stays."""
    left = tuple(side for side in arrangement.sides if side.id != f"side-{key}")
    return replace(arrangement, sides=left or arrangement.sides)


def numbered(arrangement: Arrangement) -> Arrangement:
    """With the ids that the form gives: an arrangement from a file has those of its author."""
    sides = (replace(side, id=f"side-{number}") for number, side in enumerate(arrangement.sides, 1))
    return replace(arrangement, sides=tuple(sides))


def plain(text: str, most: int = LONGEST_NAME) -> str:
    """A text in one line, without signs that no page and no database can hold."""
    shown = ("" if unicodedata.category(sign) in ("Cc", "Cs") and not sign.isspace() else sign for sign in text)
    return " ".join("".join(shown).split())[:most].strip()


def fields(described: Described, missing: Iterable[Cell] = ()) -> CaseFields:
    """The form for this case. `missing` are the cells that the judge asks for."""
    arrangement = described.arrangement
    asked = frozenset(missing)
    sides = tuple(_fields_of(side, number, described, asked) for number, side in enumerate(arrangement.sides, 1))
    overlap = tuple(Choice(one.value, said(label(one)), one is arrangement.overlap) for one in Overlap)
    return CaseFields(
        sides,
        CellField("overlap", overlap, Cell(Part.OVERLAP) in asked, ""),
        _fields_of(Side("side-0"), 0, Described(Arrangement()), frozenset()),
        can_add=len(sides) < MOST_SIDES,
        can_remove=len(sides) > 1,
    )


def _side(form: QueryDict, key: str) -> dict[str, object]:
    return {
        "id": f"side-{key}",
        "name": plain(form.get(f"name-{key}", "")),
        "kind": form.get(f"kind-{key}", ""),
        "invests": form.getlist(f"invests-{key}"),
        "gains": form.getlist(f"gains-{key}"),
    }


def _clashes(form: QueryDict, keys: Iterable[str]) -> Iterator[Cell]:
    for key in keys:
        for part, name in _LISTS.items():
            given = set(form.getlist(f"{name}-{key}"))
            if NOTHING in given and len(given) > 1:
                yield Cell(part, f"side-{key}")


def _fields_of(side: Side, number: int, described: Described, asked: frozenset[Cell]) -> SideFields:
    key = side.id.removeprefix("side-")
    return SideFields(
        key,
        number,
        side.name,
        tuple(Choice(kind.value, said(label(kind)), kind is side.kind) for kind in SideKind),
        Cell(Part.KIND, side.id) in asked,
        _cell(Part.INVESTS, side, described, asked),
        _cell(Part.GAINS, side, described, asked),
    )


def _cell(part: Part, side: Side, described: Described, asked: frozenset[Cell]) -> CellField:
    cell, name = Cell(part, side.id), _LISTS[part]
    chosen = side.invests if part is Part.INVESTS else side.gains
    known, named = (STANDARD.investments, investment_label) if part is Part.INVESTS else (STANDARD.gains, gain_label)
    choices = [Choice(id, said(named(id, STANDARD)), id in (chosen or ())) for id in known]
    choices.append(Choice(NOTHING, said(nothing_label()), chosen is not None and not chosen))
    clash = _("“Nothing” stands beside other things here. Take one or the other.") if cell in described.clashes else ""
    return CellField(f"{name}-{side.id.removeprefix('side-')}", tuple(choices), cell in asked, clash)
