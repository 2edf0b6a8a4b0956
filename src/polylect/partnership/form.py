"""Arrangements as plain data, the way YAML and JSON hold it, and back.

    sides:
      - {id: library, name: The city library, kind: organization, invests: [venue], gains: [reach, mission]}
      - {id: group, name: The wiki group, kind: group, invests: [time, expertise], gains: [recruits]}
    overlap: compatible

`invests: nothing` and `gains: thanks` may stand without brackets. A cell that is missing or null is not filled in yet,
and so is one that could not be understood: rather than guessing, the judge then asks.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar

from polylect.issues import Issue, Place, Severity, declare
from polylect.partnership.arrangement import MOST_SIDES, Arrangement, Overlap, Side, SideKind
from polylect.partnership.values import GAINS, INVESTMENTS, STANDARD, Value, Values

NOTHING = "nothing"
MOST_CHARACTERS = 200
"""Of a name or an id; more is cut."""

NOT_AN_ARRANGEMENT = declare(
    "partnership-not-an-arrangement",
    Severity.ERROR,
    "“sides” and “overlap” are expected here, as in “overlap: shared”, not {found}.",
)
NO_SIDES = declare("partnership-no-sides", Severity.ERROR, "“sides” names nobody; 1 to {most} sides belong there.")
TOO_MANY_SIDES = declare(
    "partnership-too-many-sides",
    Severity.ERROR,
    "There are {count} sides here; those after the first {most} are left out.",
)
NOT_A_SIDE = declare(
    "partnership-not-a-side", Severity.ERROR, "A side is expected here, as in “name: The library”, not {found}."
)
SAME_ID = declare(
    "partnership-same-id",
    Severity.ERROR,
    "Two sides have the id “{id}”; the later one becomes “{new}”.",
)
UNKNOWN_FIELD = declare(
    "partnership-unknown-field", Severity.WARNING, "“{name}” means nothing here and is left out. Known are: {known}."
)
UNKNOWN_VALUE = declare(
    "partnership-unknown-value", Severity.ERROR, "“{name}” cannot be “{value}”. Known are: {known}."
)
NOTHING_AND_MORE = declare(
    "partnership-nothing-and-more",
    Severity.ERROR,
    "“{name}” says “nothing” beside other values, and counts as not filled in.",
)
TOO_LONG = declare(
    "partnership-too-long",
    Severity.WARNING,
    "“{name}” is longer than {most} characters, and was cut.",
)
TAKEN_VALUE = declare(
    "partnership-taken-value", Severity.ERROR, "The value “{value}” exists already, and this one is left out."
)

_SIDE_FIELDS = ("id", "name", "kind", "invests", "gains")
_FIELDS = ("sides", "overlap")
_VALUE_LISTS = ("invests", "gains")
_VALUE_FIELDS = ("name", "like")
_Choice = TypeVar("_Choice", SideKind, Overlap)
_ALSO_SPELLED = {"organisation": "organization"}


def parse(data: object, values: Values = STANDARD, place: Place | None = None) -> tuple[Arrangement, list[Issue]]:
    """Reads an arrangement from mappings, lists and texts. `place` is where the data stands in its file.

    Data that a YAML reader made with its line numbers has them added to the line of `place`.
    """
    reader = _Reader(place or Place())
    if not isinstance(data, Mapping):
        reader.tell(NOT_AN_ARRANGEMENT, found=_shown(data))
        return Arrangement(), reader.issues
    reader.unknown_fields(data, _FIELDS)
    sides = reader.sides(data, values)
    return Arrangement(sides, reader.choice(data, "overlap", Overlap)), reader.issues


def write(arrangement: Arrangement, values: Values = STANDARD) -> dict[str, Any]:
    """The arrangement as plain data; `parse` gives it back equal. Empty cells are left out."""
    written: dict[str, Any] = {"sides": [_written(side, values) for side in arrangement.sides]}
    if arrangement.overlap:
        written["overlap"] = arrangement.overlap.value
    return written


def parse_values(data: object, place: Place | None = None) -> tuple[Values, list[Issue]]:
    """Reads the values that an author adds: for each list, names by id, and what each is like where that matters.

    invests: {laptops: {name: laptops, like: goods}}
    gains: {members: new members}
    """
    reader = _Reader(place or Place())
    if data is None:
        return STANDARD, []
    if not isinstance(data, Mapping):
        reader.tell(UNKNOWN_VALUE, name="values", value=_shown(data), known=", ".join(_VALUE_LISTS))
        return STANDARD, reader.issues
    reader.unknown_fields(data, _VALUE_LISTS)
    own = [reader.own_values(data, name, known) for name, known in (("invests", INVESTMENTS), ("gains", GAINS))]
    return Values(*own), reader.issues


def write_values(values: Values) -> dict[str, Any]:
    """The author's values as plain data; `parse_values` gives them back equal."""
    lists = {"invests": values.own_investments, "gains": values.own_gains}
    return {name: {value.id: _written_value(value) for value in own} for name, own in lists.items() if own}


class _Reader:
    """Reads fields, and collects what is wrong with them."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.issues: list[Issue] = []

    def tell(self, kind: Any, data: object = None, name: object = None, /, **params: object) -> None:
        self.issues.append(kind.at(self._place_of(data, name), **params))

    def _place_of(self, data: object, name: object) -> Place:
        lines = getattr(data, "lc", None)
        try:
            offset = int(lines.line if name is None else lines.key(name)[0]) if lines is not None else 0
        except (KeyError, TypeError):
            offset = 0
        return Place(self.place.file, self.place.line + offset if self.place.line else 0, self.place.block)

    def unknown_fields(self, data: Mapping[Any, Any], known: Iterable[str]) -> None:
        for name in data:
            if name not in known:
                self.tell(UNKNOWN_FIELD, data, name, name=_shown(name), known=", ".join(known))

    def sides(self, data: Mapping[Any, Any], values: Values) -> tuple[Side, ...]:
        given = data.get("sides")
        if not isinstance(given, list | tuple) or not given:
            self.tell(NO_SIDES, data, "sides" if "sides" in data else None, most=MOST_SIDES)
            return ()
        if len(given) > MOST_SIDES:
            self.tell(TOO_MANY_SIDES, data, "sides", count=len(given), most=MOST_SIDES)
        read: list[Side] = []
        ids = self._ids(given[:MOST_SIDES])
        for id, side in zip(ids, given[:MOST_SIDES], strict=True):
            read.append(self.side(side, id, values))
        return tuple(read)

    def _ids(self, given: Iterable[object]) -> list[str]:
        """The id of each side: its own where it has one that is free, else one by its number."""
        wanted = [self.text(side, "id") if isinstance(side, Mapping) else "" for side in given]
        ids: list[str] = []
        for number, (id, side) in enumerate(zip(wanted, given, strict=True), 1):
            free = _free_id(number, {*wanted, *ids})
            if id and id in ids:
                self.tell(SAME_ID, side, "id", id=id, new=free)
            ids.append(id if id and id not in ids else free)
        return ids

    def side(self, data: object, id: str, values: Values) -> Side:
        if not isinstance(data, Mapping):
            self.tell(NOT_A_SIDE, found=_shown(data))
            return Side(id)
        self.unknown_fields(data, _SIDE_FIELDS)
        return Side(
            id,
            self.text(data, "name"),
            self.choice(data, "kind", SideKind),
            self.cell(data, "invests", values.investments),
            self.cell(data, "gains", values.gains),
        )

    def text(self, data: Mapping[Any, Any], name: str) -> str:
        value = data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.tell(UNKNOWN_VALUE, data, name, name=name, value=_shown(value), known="a text")
            return ""
        text = " ".join(str(value).split())
        if len(text) > MOST_CHARACTERS:
            self.tell(TOO_LONG, data, name, name=name, most=MOST_CHARACTERS)
        return text[:MOST_CHARACTERS].strip()

    def choice(self, data: Mapping[Any, Any], name: str, choices: type[_Choice]) -> _Choice | None:
        value = data.get(name)
        if value is None or value == "":
            return None
        spelled = _ALSO_SPELLED.get(value, value) if isinstance(value, str) else None
        for choice in choices:
            if choice.value == spelled:
                return choice
        known = ", ".join(choice.value for choice in choices)
        self.tell(UNKNOWN_VALUE, data, name, name=name, value=_shown(value), known=known)
        return None

    def cell(self, data: Mapping[Any, Any], name: str, known: tuple[str, ...]) -> frozenset[str] | None:
        given = data.get(name)
        listed = given if isinstance(given, list | tuple) else [] if given is None or given == "" else [given]
        understood = {value for value in listed if isinstance(value, str) and (value == NOTHING or value in known)}
        for value in listed:
            if not isinstance(value, str) or value not in understood:
                known_here = ", ".join((*known, NOTHING))
                self.tell(UNKNOWN_VALUE, data, name, name=name, value=_shown(value), known=known_here)
        if NOTHING in understood and len(understood) > 1:
            self.tell(NOTHING_AND_MORE, data, name, name=name)
            return None
        return frozenset(understood - {NOTHING}) if understood else None

    def own_values(self, data: Mapping[Any, Any], name: str, known: tuple[str, ...]) -> tuple[Value, ...]:
        given = data.get(name)
        if given is None:
            return ()
        if not isinstance(given, Mapping):
            self.tell(UNKNOWN_VALUE, data, name, name=name, value=_shown(given), known="id: name")
            return ()
        own: list[Value] = []
        for key, described in given.items():
            id = " ".join(str(key).split())[:MOST_CHARACTERS].strip()
            if id in (*known, "", NOTHING, *(value.id for value in own)):
                self.tell(TAKEN_VALUE, given, key, value=id)
            else:
                own.append(self._own_value(id, described, given, known))
        return tuple(own)

    def _own_value(self, id: str, described: object, given: Mapping[Any, Any], known: tuple[str, ...]) -> Value:
        if not isinstance(described, Mapping):
            return Value(id, self.text({id: described}, id) or id)
        self.unknown_fields(described, _VALUE_FIELDS)
        like = self.text(described, "like")
        if like and like not in known:
            self.tell(UNKNOWN_VALUE, described, "like", name="like", value=like, known=", ".join(known))
            like = ""
        return Value(id, self.text(described, "name") or id, like)


def _written(side: Side, values: Values) -> dict[str, Any]:
    cells = {
        "id": side.id,
        "name": side.name,
        "kind": side.kind.value if side.kind else None,
        "invests": _written_cell(side.invests, values.investments),
        "gains": _written_cell(side.gains, values.gains),
    }
    return {name: value for name, value in cells.items() if value}


def _written_cell(cell: frozenset[str] | None, order: tuple[str, ...]) -> str | list[str] | None:
    if cell is None:
        return None
    return [*(id for id in order if id in cell), *sorted(cell.difference(order))] or NOTHING


def _written_value(value: Value) -> str | dict[str, str]:
    return {"name": value.name, "like": value.like} if value.like else value.name


def _free_id(number: int, taken: set[str]) -> str:
    while (id := f"side-{number}") in taken:
        number += 1
    return id


def _shown(value: object) -> str:
    """What stands there, in short."""
    match value:
        case None:
            return "nothing"
        case Enum() | Mapping() | list() | tuple():
            return f"“{type(value).__name__}”" if isinstance(value, Enum) else _shape(value)
        case _:
            text = str(value)
            return text if len(text) <= 80 else f"{text[:79]}…"


def _shape(value: object) -> str:
    return "a mapping" if isinstance(value, Mapping) else "a list"
