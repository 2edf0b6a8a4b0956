"""What questions about arrangements share: the sides of a case, and what is right in its cells, read from XML.

    <side name="library" kind="organization" invests="venue promotion?" gains="mission reach">the city library</side>
    <goals overlap="compatible shared"/>

A cell names what belongs into it; what ends in `?` may be there as well, or may not. `nothing` is an answer. Of goals,
each that is named is right. A case that is `fixed` has no such freedom: it is what it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from lxml import etree

from polylect.exercises import markup, notes
from polylect.exercises.question import Option, Remark, Source, Wording
from polylect.issues import Severity, declare
from polylect.partnership import (
    MOST_SIDES,
    STANDARD,
    Arrangement,
    Cell,
    Kind,
    Overlap,
    Part,
    Side,
    SideKind,
    Value,
    Values,
    gain_label,
    investment_label,
    judge,
    kind_of,
    label,
    nothing_label,
)
from polylect.partnership.form import NOTHING
from polylect.partnership.values import GIFTS, MONEY, PRICE, WORK
from polylect.sentences import Item, Sentence
from polylect.sentences import declare as say

SIDE_COUNT = declare(
    "exercise-side-count",
    Severity.ERROR,
    "Question {question} has {found} sides, where {expected} are expected; it is not graded.",
)
SIDE_CODE = declare(
    "exercise-side-code",
    Severity.ERROR,
    "Question {question} has a side with the short name “{found}”; a word of letters and digits is expected that no"
    " other side has. It is not graded.",
)
SIDE_NAME = declare(
    "exercise-side-name",
    Severity.ERROR,
    "Question {question} has a side “{found}” without a name to be called by, such as “the city library”.",
)
BAD_CELL = declare(
    "exercise-bad-cell",
    Severity.ERROR,
    "Question {question} has “{found}” in “{cell}”; expected are: {expected}. It is not graded.",
)
EMPTY_CELL = declare(
    "exercise-empty-cell",
    Severity.ERROR,
    "Question {question} has nothing in “{cell}”; expected are: {expected}. It is not graded.",
)
WRONG_KIND = declare(
    "exercise-wrong-kind",
    Severity.ERROR,
    "Question {question} says that it is {expected}, but with the cells {cells} it is {found}. It is not graded.",
)
NO_EXPLANATION = declare(
    "exercise-no-explanation",
    Severity.ERROR,
    "Question {question} does not say to somebody who answers “{found}” why that is wrong; {expected} is expected.",
)
STRAY_EXPLANATION = declare(
    "exercise-stray-explanation",
    Severity.WARNING,
    "Question {question} explains “{found}”, which nobody can answer wrongly. Expected are: {expected}.",
)

ASK_INVESTS = declare(
    "exercise-ask-invests", Severity.ERROR, "Say what this side puts in. If it is nothing, tick “Nothing”."
)
ASK_GAINS = declare(
    "exercise-ask-gains", Severity.ERROR, "Say what this side gets out. It may be thanks only, or “Nothing”."
)
NOTHING_AND_MORE = declare(
    "exercise-ask-which", Severity.ERROR, "“Nothing” is ticked here, and so is something. Which of them is it?"
)

PUTS_IN = say("exercise-puts-in", "Puts in", context="arrangement, field", note="what a side invests; a legend")
GETS_OUT = say("exercise-gets-out", "Gets out", context="arrangement, field", note="what a side gains; a legend")
GOALS = say("exercise-goals", "How do their goals meet?", context="arrangement, field")
WHAT_IT_PUTS_IN = say(
    "exercise-cell-invests", "What is put in: {side}", context="arrangement, cell", note="“What is put in: the library”"
)
WHAT_IT_GETS_OUT = say(
    "exercise-cell-gains", "What is got out: {side}", context="arrangement, cell", note="“What is got out: the library”"
)
HOW_GOALS_MEET = say("exercise-cell-overlap", "How their goals meet", context="arrangement, cell")

OwnValues = tuple[tuple[Part, Value, str], ...]
PARTS = {Part.INVESTS: "invests", Part.GAINS: "gains"}
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Accepted:
    """What is right in a cell: all that is needed, and any of what may be there as well."""

    needed: frozenset[str]
    also: frozenset[str] = frozenset()

    def holds(self, given: frozenset[str]) -> bool:
        return self.needed <= given <= self.needed | self.also

    @property
    def codes(self) -> tuple[str, ...]:
        """What to tick, as a form sends it."""
        return tuple(sorted(self.needed)) or (NOTHING,)


@dataclass(frozen=True)
class Member:
    """Somebody in a case: the role of the name, what they are (None: it does not matter here), and what is right in
    their cells (None: nothing is asked). Somebody who is mentioned, and takes no part, is no side."""

    code: str
    role: str
    kind: SideKind | None
    invests: Accepted | None = None
    gains: Accepted | None = None
    is_side: bool = True

    def cell(self, part: Part) -> Accepted | None:
        return self.invests if part is Part.INVESTS else self.gains

    @property
    def note(self) -> Sentence | None:
        """What they are, as it stands beside their name."""
        return label(self.kind) if self.kind else None


@dataclass(frozen=True)
class Case:
    """Who is in a case, what belongs into its cells, and how goals may be said to meet."""

    members: tuple[Member, ...]
    overlap: tuple[Overlap, ...]
    own_values: OwnValues = ()
    """The author's own values: each with the list it belongs to, and the role of its name."""

    @property
    def sides(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.is_side)

    def member(self, code: str) -> Member:
        return next(member for member in self.members if member.code == code)

    @cached_property
    def values(self) -> Values:
        """The values of the lists and the author's, by the names that the author gave."""
        return self._values({})

    def values_in(self, wording: Wording) -> Values:
        """The same with the names as they are to be shown."""
        return self._values({role: wording.plain(role).text for _, _, role in self.own_values if role})

    @cached_property
    def arrangement(self) -> Arrangement:
        """The case with what is needed in each cell, and no more. Sides go by their codes."""
        return self.filled({}, None)

    def named(self, arrangement: Arrangement, wording: Wording) -> Arrangement:
        """An arrangement of these sides, with their names as they are to be shown."""
        roles = {member.code: member.role for member in self.members}
        for side in arrangement.sides:
            name = wording.plain(roles[side.id]).text if roles.get(side.id) else ""
            arrangement = arrangement.with_side(Side(side.id, name, side.kind, side.invests, side.gains))
        return arrangement

    def filled(self, cells: Mapping[tuple[str, Part], frozenset[str]], overlap: Overlap | None) -> Arrangement:
        """The case with these sets in cells in place of what is needed there."""

        def cell(member: Member, part: Part) -> frozenset[str] | None:
            accepted = member.cell(part)
            return cells.get((member.code, part), accepted.needed if accepted else None)

        sides = tuple(
            Side(member.code, "", member.kind, cell(member, Part.INVESTS), cell(member, Part.GAINS))
            for member in self.sides
        )
        return Arrangement(sides, overlap or (self.overlap[0] if self.overlap else None))

    def ways(self) -> Iterator[Arrangement]:
        """The case filled in in each way that is right, as far as the judge can tell them apart. There may be millions
        of millions."""
        places = [(member.code, part) for member in self.sides for part in PARTS if member.cell(part) is not None]
        choices = [self._unlike(self.member(code), part) for code, part in places]
        overlaps = self.overlap or (None,)
        for sets in product(*choices):  # not a product of this product, which would hold all of it
            for overlap in overlaps:
                yield self.filled(dict(zip(places, sets, strict=True)), overlap)

    def _unlike(self, member: Member, part: Part) -> list[frozenset[str]]:
        """Of the sets that are right in a cell, enough for all that the judge can tell apart."""
        accepted = member.cell(part) or Accepted(frozenset())
        sorts: dict[object, str] = {}
        for id in sorted(accepted.also):
            judged = self.values.investments_judged if part is Part.INVESTS else self.values.gains_judged
            alone = judged(frozenset({id}))
            tells = (MONEY, GIFTS, WORK) if part is Part.INVESTS else (PRICE, frozenset[str]())
            sorts.setdefault(tuple(alone <= things for things in tells), id)
        also = list(sorts.values())
        return [
            accepted.needed | frozenset(more) for count in range(len(also) + 1) for more in combinations(also, count)
        ]

    def _values(self, names: Mapping[str, str]) -> Values:
        if not self.own_values:
            return STANDARD
        lists: dict[Part, list[Value]] = {Part.INVESTS: [], Part.GAINS: []}
        for part, value, role in self.own_values:
            lists[part].append(Value(value.id, names.get(role, value.name), value.like))
        return Values(tuple(lists[Part.INVESTS]), tuple(lists[Part.GAINS]))

    def ids(self, part: Part) -> tuple[str, ...]:
        """The values that a cell may hold, in the order in which they are offered."""
        return self.values.investments if part is Part.INVESTS else self.values.gains

    def options(self, part: Part, offered: Iterable[str] = ()) -> tuple[Option, ...]:
        """What to tick in a cell, with “nothing” behind it."""
        roles = {value.id: role for of, value, role in self.own_values if of is part}
        named = investment_label if part is Part.INVESTS else gain_label
        ids = tuple(offered) or self.ids(part)
        options = [
            Option(id, roles[id]) if id in roles else Option(id, "", sentence=_sentence(named(id, STANDARD)))
            for id in ids
        ]
        return (*options, Option(NOTHING, "", sentence=nothing_label()))

    @property
    def key(self) -> object:
        """What is right, as data whose `repr` is the same for the same meaning."""
        cells = [
            (
                member.code,
                member.is_side,
                member.kind and member.kind.value,
                *(_written(member.cell(part)) for part in PARTS),
            )
            for member in self.members
        ]
        own = [(part.value, value.id, value.like) for part, value, _ in self.own_values]
        return cells, [overlap.value for overlap in self.overlap], own


OVERLAPS = tuple(Option(overlap.value, "", sentence=label(overlap)) for overlap in Overlap)
KINDS = tuple(Option(kind.value, "", sentence=label(kind)) for kind in Kind)


def read_case(
    source: Source,
    element: etree._Element,
    role: str,
    *,
    fixed: bool = False,
    least: int = 1,
    parts: Iterable[Part] = PARTS,
    own: OwnValues | None = None,
) -> Case:
    """Takes the sides, others, goals and own values of a case out of an element. `role` is the beginning of the roles
    of names. `parts` are the cells that are needed, goals among them where both lists are. Refuses what has no
    meaning."""
    own_values = read_values(source, element) if own is None else own
    values = Case((), (), own_values).values
    elements = [*element.findall("side"), *element.findall("bystander")]
    sides = element.findall("side")
    if not least <= len(sides) <= MOST_SIDES:
        source.refuse(SIDE_COUNT, element, found=len(sides), expected=f"{least} to {MOST_SIDES}")
    wanted = tuple(parts)
    needs_cells = len(sides) > 1 or len(wanted) < len(PARTS)
    members: list[Member] = []
    for one in elements:
        taken = [member.code for member in members]
        members.append(_read_member(source, one, role, taken, values, wanted, fixed, needs_cells))
    goals = element.find("goals")
    overlap: tuple[Overlap, ...] = ()
    if goals is not None:
        overlap = read_overlap(source, goals, fixed=fixed)
        markup.drop(goals)
    elif needs_cells and len(wanted) == len(PARTS):
        source.refuse(EMPTY_CELL, element, cell="overlap", expected=_names(Overlap))
    return Case(tuple(members), overlap, own_values)


def read_values(source: Source, element: etree._Element) -> OwnValues:
    """Takes the author's own values: `<value of="invests" name="laptops" like="goods">old laptops</value>`."""
    found: list[tuple[Part, Value, str]] = []
    parts = {name: part for part, name in PARTS.items()}
    for one in list(element.findall("value")):
        of, code, like = one.get("of", ""), one.get("name", ""), one.get("like", "")
        part = parts.get(of)
        if part is None:
            source.refuse(BAD_CELL, one, cell="of", found=of, expected=", ".join(parts))
        known = Case((), (), ()).ids(part)
        taken = (*known, NOTHING, *(value.id for where, value, _ in found if where is part))
        if not _CODE.fullmatch(code) or code in taken:
            source.refuse(BAD_CELL, one, cell="name", found=code, expected=f"a word, and none of {', '.join(taken)}")
        if like and like not in known:
            source.refuse(BAD_CELL, one, cell="like", found=like, expected=", ".join(known))
        text = markup.inner_text(one) or code
        role = source.text(f"{source.code}.value.{of}.{code}", one, text, "choice", form="plain", note=notes.VALUE.text)
        found.append((part, Value(code, text, like), role))
        markup.drop(one)
    return tuple(found)


def read_overlap(source: Source, element: etree._Element, *, fixed: bool = False) -> tuple[Overlap, ...]:
    """The goals that an element names."""
    known = {overlap.value: overlap for overlap in Overlap}
    names = source.get(element, "overlap").split()
    wrong = [name for name in names if name not in known] or (names[1:] if fixed else [])
    if not names:
        source.refuse(EMPTY_CELL, element, cell="overlap", expected=_names(Overlap))
    if wrong:
        source.refuse(BAD_CELL, element, cell="overlap", found=wrong[0], expected=", ".join(known))
    return tuple(dict.fromkeys(known[name] for name in names))


def read_cell(
    source: Source, element: etree._Element, part: Part, values: Values, *, fixed: bool = False
) -> Accepted | None:
    """What an element says of one cell; None where it says nothing of it."""
    name = PARTS[part]
    if name not in element.attrib:
        return None
    known = values.investments if part is Part.INVESTS else values.gains
    words = source.get(element, name).split()
    needed = {word for word in words if not word.endswith("?") and word != NOTHING}
    also = {word[:-1] for word in words if word.endswith("?")}
    wrong = [word for word in words if word.removesuffix("?") not in (*known, NOTHING)]
    if fixed:
        wrong += [f"{word}?" for word in sorted(also)]
    if NOTHING in words and needed:
        wrong.append(f"{NOTHING} {sorted(needed)[0]}")
    if wrong or not words:
        expected = ", ".join((*known, NOTHING))
        source.refuse(BAD_CELL, element, cell=name, found=wrong[0] if wrong else "", expected=expected)
    return Accepted(frozenset(needed), frozenset(also - needed - {NOTHING}))


def contradictions(source: Source, case: Case, kind: Kind) -> Iterator[Arrangement]:
    """The case in ways that are right, and that are not of this kind; of as many as are tried in an exercise."""
    return (tried for tried in source.tries(case.ways()) if kind_of(tried, case.values) is not kind)


def cell_code(cell: Cell) -> str:
    """The code of a cell: `library.invests`, `overlap`."""
    return f"{cell.side}.{cell.part.value}" if cell.side else cell.part.value


def cells_of(members: Iterable[Member]) -> tuple[Cell, ...]:
    """All cells of some sides, side by side, and last how their goals meet."""
    return (*(Cell(part, member.code) for member in members for part in PARTS), Cell(Part.OVERLAP))


def read_given(part_values: tuple[str, ...]) -> tuple[frozenset[str] | None, bool]:
    """What was ticked in a cell; None where nothing was, or “nothing” beside something, which is then said."""
    ticked = frozenset(part_values)
    if NOTHING in ticked:
        return (frozenset(), False) if len(ticked) == 1 else (None, True)
    return (ticked or None), False


def take_explanations(
    source: Source, name: str, wanted: Mapping[str, str], element: etree._Element | None = None, role: str = ""
) -> tuple[tuple[str, Remark], ...]:
    """Takes the `<explain NAME="…">` of an element, and proves that each wrong answer has one. `wanted` says of each
    wrong answer's code what is answered, in words for authors."""
    owner = source.element if element is None else element
    remarks: dict[str, Remark] = {}
    elements = list(owner.findall("explain"))
    for one in elements:
        code = source.get(one, name)
        known = code in wanted and code not in remarks
        if not known:
            source.warn(STRAY_EXPLANATION, one, found=code, expected=", ".join(wanted))
        place = f"{role or source.code}.explain.{code}" if known else ""
        note = notes.written(notes.WHEN_ANSWERED, answer=wanted[code]) if known else ""
        remark = source.remark(place, one, note) if known else None
        if known and remark is not None:
            remarks[code] = remark
        else:
            markup.drop(one)
    for code in wanted:
        if code not in remarks:
            source.warn(
                NO_EXPLANATION, elements[0] if elements else owner, found=code, expected=f"explain {name}=“{code}”"
            )
    return tuple(remarks.items())


def take_note(source: Source) -> Remark | None:
    """Takes what the author says of the story once an answer was sent."""
    return source.remark(f"{source.code}.note", source.element.find("note"), notes.ONCE_SENT.text)


def described(arrangement: Arrangement, values: Values) -> str:
    """The cells of an arrangement in short, for authors."""
    cells = [
        f"{side.id}.{name}: {' '.join(sorted(held)) or NOTHING}"
        for side in arrangement.sides
        for name, held in (("invests", side.invests), ("gains", side.gains))
        if held is not None
    ]
    return "; ".join([*cells, f"overlap: {arrangement.overlap.value}"] if arrangement.overlap else cells)


def kind_code(arrangement: Arrangement, values: Values) -> str:
    """What an arrangement is, for authors."""
    kind = judge(arrangement, values).kind
    return kind.value if kind else "not to be judged"


def _read_member(
    source: Source,
    element: etree._Element,
    role: str,
    taken: list[str],
    values: Values,
    parts: tuple[Part, ...],
    fixed: bool,
    needs_cells: bool,
) -> Member:
    code = element.get("name", "")
    if not _CODE.fullmatch(code) or code in taken:
        source.refuse(SIDE_CODE, element, found=code)
    kinds = {kind.value: kind for kind in SideKind}
    kind = source.get(element, "kind")
    if kind not in kinds and (kind or len(parts) == len(PARTS)):
        source.refuse(BAD_CELL, element, cell="kind", found=kind, expected=", ".join(kinds))
    is_side = element.tag == "side"
    cells = {part: read_cell(source, element, part, values, fixed=fixed) if is_side else None for part in PARTS}
    for part in parts:
        if is_side and needs_cells and cells[part] is None:
            known = values.investments if part is Part.INVESTS else values.gains
            source.refuse(EMPTY_CELL, element, cell=PARTS[part], expected=", ".join((*known, NOTHING)))
    name = source.text(
        f"{role}.side.{code}", element, markup.inner_text(element), "label", form="plain", note=notes.SIDE_NAME.text
    )
    if not name:
        source.warn(SIDE_NAME, element, found=code)
    markup.drop(element)
    return Member(code, name, kinds.get(kind), cells[Part.INVESTS], cells[Part.GAINS], is_side)


def _sentence(item: Item) -> Sentence | None:
    return item if isinstance(item, Sentence) else None


def _names(choices: type[Overlap]) -> str:
    return ", ".join(choice.value for choice in choices)


def _written(accepted: Accepted | None) -> object:
    return None if accepted is None else (sorted(accepted.needed), sorted(accepted.also))
