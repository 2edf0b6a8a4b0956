"""Judgements in words, for no language yet: what it is, why, what else it is, and what is missing.

The reasons name the very cells that decided: those of all reasons together are `Judgement.cells`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from polylect.partnership import words
from polylect.partnership.arrangement import Arrangement, Cell, Overlap, Part, Side, SideKind
from polylect.partnership.judging import Condition, ConditionName, Judgement, Kind, Row, State
from polylect.partnership.nearest import Nearest, Step
from polylect.partnership.values import MONEY, PRICE, Value, Values
from polylect.sentences import All, AnyOf, Item, Sentence, SentenceKind

_EXAMPLES = 3
_OVERLAP = Cell(Part.OVERLAP)
_SIDES = Cell(Part.SIDES)


@dataclass(frozen=True)
class Reason:
    """A sentence, and the cells that it is about."""

    sentence: Sentence
    cells: tuple[Cell, ...]


def explained(judgement: Judgement) -> tuple[Sentence, ...]:
    """All of it: the verdict, the reasons, and a friendly word on what it is otherwise."""
    return (verdict(judgement), *(reason.sentence for reason in reasons(judgement)), *otherwise(judgement))


def english(sentences: Iterable[Sentence]) -> str:
    """Sentences in English, one after another."""
    return " ".join(sentence.english for sentence in sentences)


def verdict(judgement: Judgement) -> Sentence:
    """What it is, in one sentence."""
    return words.VERDICTS[judgement.row].of()


def reasons(judgement: Judgement) -> tuple[Reason, ...]:
    """Why: every cell that decided is named by one of them, and no other cell by any."""
    teller = _Teller(judgement.arrangement, judgement.values)
    told = list(_by_row(judgement, teller))
    named = {cell for reason in told for cell in reason.cells}
    left = tuple(cell for cell in judgement.cells if cell not in named)
    return (*told, *_why_nothing_else(judgement, left))


def otherwise(judgement: Judgement) -> tuple[Sentence, ...]:
    """A friendly word: what is not a partnership can be a good thing. None where nothing was judged."""
    if judgement.row is Row.ALONE:
        return (words.FRIENDLY_ALONE.of(),)
    return (words.OTHERWISE[judgement.kind].of(),) if judgement.kind else ()


def condition_sentences(judgement: Judgement, condition: Condition) -> tuple[Sentence, ...]:
    """Why a condition is fulfilled, or not, or not to be told yet."""
    teller = _Teller(judgement.arrangement, judgement.values)
    return tuple(reason.sentence for reason in teller.condition(condition))


def nearest_sentences(nearest: Nearest) -> tuple[Sentence, ...]:
    """How much is missing, and then each step; what a step alone would make of it is in `step_sentences`."""
    if not nearest.steps:
        return (words.NOTHING_MISSING.of(),)
    intro = words.ONE_MISSING if nearest.size == 1 else words.SEVERAL_MISSING
    return (intro.of(), *(step_sentences(nearest, step)[0] for step in nearest.steps))


def step_sentences(nearest: Nearest, step: Step) -> tuple[Sentence, ...]:
    """What would have to change; and, of one step among several, what it would be with this step alone."""
    return (_step_sentence(nearest, step), *_alone(nearest, step))


def label(choice: Kind | SideKind | Overlap | ConditionName) -> Sentence:
    """The name of a kind, of what a side is, of an overlap or of a condition, to stand by itself."""
    match choice:
        case Kind():
            return words.KIND_LABELS[choice].of()
        case SideKind():
            return words.SIDE_KIND_LABELS[choice].of()
        case Overlap():
            return words.OVERLAP_LABELS[choice].of()
        case ConditionName():
            return words.CONDITION_LABELS[choice].of()


def nothing_label() -> Sentence:
    """What stands beside the box for “nothing”, of investments and of gains."""
    return words.NOTHING_LABEL.of()


def investment_label(id: str, values: Values) -> Item:
    """The name of a thing to put in, to stand by itself: an author's as it is."""
    return _named(id, words.INVESTMENT_LABELS, values.own_investments)


def gain_label(id: str, values: Values) -> Item:
    """The name of a gain, to stand by itself: an author's as it is."""
    return _named(id, words.GAIN_LABELS, values.own_gains)


def side_name(arrangement: Arrangement, side: Side, joining: tuple[str, ...] = ()) -> Item:
    """What a side is called: its name, else its number, else that it is the new one."""
    if side.name:
        return side.name
    if joining == (side.id,):
        return words.NEW_SIDE.of()
    return words.UNNAMED.of(number=str(arrangement.sides.index(side) + 1))


class _Teller:
    """Says things about the sides of one arrangement."""

    def __init__(self, arrangement: Arrangement, values: Values, joining: tuple[str, ...] = ()) -> None:
        self._arrangement = arrangement
        self._values = values
        self._joining = joining

    def name(self, id: str) -> Item:
        return side_name(self._arrangement, self._arrangement.side(id), self._joining)

    def names(self, cells: Iterable[Cell]) -> All:
        ids = dict.fromkeys(cell.side for cell in cells)
        return All(tuple(self.name(id) for id in ids))

    def investments(self, ids: Iterable[str]) -> tuple[Item, ...]:
        ordered = _ordered(ids, self._values.investments)
        return tuple(_named(id, words.INVESTMENTS, self._values.own_investments) for id in ordered)

    def gains(self, ids: Iterable[str]) -> tuple[Item, ...]:
        ordered = _ordered(ids, self._values.gains)
        return tuple(_named(id, words.GAINS, self._values.own_gains) for id in ordered)

    def balance(self, side: Side) -> Reason:
        """What goes in and what comes out; thanks are not worth a word beside what counts."""
        counting = [id for id in side.gains or () if self._values.gains_judged(frozenset({id}))]
        invested, gained = All(self.investments(side.invests or ())), All(self.gains(counting))
        said = words.BALANCE.of(side=self.name(side.id), invested=invested, gained=gained)
        return Reason(said, (Cell(Part.INVESTS, side.id), Cell(Part.GAINS, side.id)))

    def given(self, side: Side, with_kind: bool) -> Reason:
        kind = words.GIVEN_FOR_THANKS if side.gains else words.GIVEN
        said = kind.of(things=All(self.investments(side.invests or ())), side=self.name(side.id))
        parts = (Part.KIND, Part.INVESTS, Part.GAINS) if with_kind else (Part.INVESTS, Part.GAINS)
        return Reason(said, tuple(Cell(part, side.id) for part in parts))

    def overlap(self) -> Reason:
        kind = {
            Overlap.SHARED: words.GOALS_SHARED,
            Overlap.COMPATIBLE: words.GOALS_COMPATIBLE,
            Overlap.NONE: words.GOALS_NONE,
            None: words.ASK_OVERLAP,
        }[self._arrangement.overlap]
        return Reason(kind.of(), (_OVERLAP,))

    def condition(self, condition: Condition) -> Iterator[Reason]:
        cells = condition.cells
        match condition.name, condition.state:
            case ConditionName.SIDES, _:
                yield self.who(cells)
            case ConditionName.OVERLAP, _:
                yield self.overlap()
            case ConditionName.INVESTMENT, State.FULFILLED:
                yield self.of(words.ALL_INVEST, cells)
            case ConditionName.INVESTMENT, State.FAILED:
                yield self.of(words.NONE_FROM, cells)
            case ConditionName.BENEFIT, State.FULFILLED:
                yield self.of(words.ALL_GAIN, cells)
            case ConditionName.BENEFIT, State.FAILED:
                thanked = tuple(cell for cell in cells if self._arrangement.side(cell.side).gains)
                yield from self.some(words.NONE_FOR, tuple(cell for cell in cells if cell not in thanked))
                yield from self.some(words.THANKS_FOR, thanked)
            case ConditionName.INVESTMENT, _:
                yield from self.some(words.ASK_INVESTS, cells)
            case _:
                yield from self.some(words.ASK_GAINS, cells)

    def who(self, cells: tuple[Cell, ...]) -> Reason:
        sides = self._arrangement.sides
        if not sides:
            return Reason(words.NOBODY.of(), cells)
        if len(sides) == 1:
            return Reason(words.ONLY_ONE.of(side=self.name(sides[0].id)), cells)
        return Reason(words.SIDES_ARE.of(sides=All(tuple(self.name(side.id) for side in sides))), cells)

    def of(self, kind: SentenceKind, cells: tuple[Cell, ...]) -> Reason:
        return Reason(kind.of(sides=self.names(cells)), cells)

    def some(self, kind: SentenceKind, cells: tuple[Cell, ...]) -> Iterator[Reason]:
        if cells:
            yield self.of(kind, cells)


def _by_row(judgement: Judgement, teller: _Teller) -> Iterator[Reason]:
    cells, arrangement = judgement.cells, judgement.arrangement
    match judgement.row:
        case Row.EMPTY:
            yield from _questions(judgement, teller)
        case Row.ALONE:
            yield teller.who(cells)
        case Row.PARTNERSHIP:
            yield from (teller.balance(side) for side in arrangement.sides)
            yield teller.overlap()
        case Row.SERVICE:
            yield from _sales(judgement, teller)
            yield teller.overlap()
        case Row.VOLUNTEERING | Row.DONATION | Row.SUPPORT:
            with_kind = judgement.row is Row.VOLUNTEERING
            yield from (teller.given(side, with_kind) for side in _givers(judgement))
            if judgement.row is Row.SUPPORT:
                yield from teller.some(words.NOT_IN_PERSON, tuple(cell for cell in cells if cell.part is Part.KIND))
        case Row.OTHERWISE:
            for condition in judgement.failing:
                yield from teller.condition(condition)


def _questions(judgement: Judgement, teller: _Teller) -> Iterator[Reason]:
    asked = {part: tuple(cell for cell in judgement.empty if cell.part is part) for part in Part}
    yield from teller.some(words.ASK_INVESTS, asked[Part.INVESTS])
    yield from teller.some(words.ASK_GAINS, asked[Part.GAINS])
    if asked[Part.OVERLAP]:
        yield teller.overlap()
    ids = {cell.side for cell in asked[Part.KIND]}
    yield from teller.some(words.ASK_KIND, tuple(cell for cell in judgement.cells if cell.side in ids))


def _sales(judgement: Judgement, teller: _Teller) -> Iterator[Reason]:
    first, second = judgement.arrangement.sides
    for payer, seller in ((first, second), (second, first)):
        if _pays(judgement, payer) and _is_paid(judgement, seller):
            said = words.PRICE_PAID.of(payer=teller.name(payer.id), seller=teller.name(seller.id))
            yield Reason(said, (_SIDES, Cell(Part.INVESTS, payer.id), Cell(Part.GAINS, seller.id)))


def _pays(judgement: Judgement, side: Side) -> bool:
    return judgement.values.investments_judged(side.invests or frozenset()) == MONEY


def _is_paid(judgement: Judgement, side: Side) -> bool:
    return judgement.values.gains_judged(side.gains or frozenset()) == PRICE


def _givers(judgement: Judgement) -> Iterator[Side]:
    for side in judgement.arrangement.sides:
        if side.invests and side.gains is not None and not judgement.values.gains_judged(side.gains):
            yield side


def _why_nothing_else(judgement: Judgement, left: tuple[Cell, ...]) -> Iterator[Reason]:
    """Why no other row holds: the cells that decided, too, and have not been named yet."""
    if not left:
        return
    if judgement.row is Row.OTHERWISE and left != (_OVERLAP,):
        yield Reason((words.NO_GIFT_GOALS_MEET if _OVERLAP in left else words.NO_GIFT).of(), left)
        return
    if of_sides := tuple(cell for cell in left if cell != _OVERLAP):
        yield Reason(words.NOBODY_ELSE_GIVES.of(), of_sides)
    if _OVERLAP in left:
        yield Reason(words.NO_PURCHASE.of(), (_OVERLAP,))


def _step_sentence(nearest: Nearest, step: Step) -> Sentence:
    teller = _Teller(nearest.arrangement, nearest.values, nearest.joining)
    ids = [option.change.value for option in step.options][:_EXAMPLES]
    match step.cell.part:
        case Part.SIDES:
            return words.WOULD_JOIN.of()
        case Part.OVERLAP:
            return words.WOULD_MEET.of()
        case Part.INVESTS:
            return words.WOULD_INVEST.of(side=teller.name(step.cell.side), values=AnyOf(teller.investments(ids)))
        case _:
            is_thanked = bool(nearest.arrangement.side(step.cell.side).gains)
            kind = words.WOULD_GAIN_MORE if is_thanked else words.WOULD_GAIN
            return kind.of(side=teller.name(step.cell.side), values=AnyOf(teller.gains(ids)))


def _alone(nearest: Nearest, step: Step) -> Iterator[Sentence]:
    """What it would be with one of several steps; nothing is said of one that cannot be judged alone."""
    if nearest.size == 1 or nearest.kind is None:
        return
    teller = _Teller(nearest.arrangement, nearest.values, nearest.joining)
    if set(step.by_kind) == {nearest.kind}:
        yield words.STILL.of()
        return
    for kind, ids in step.by_kind.items():
        if kind is None or kind is nearest.kind:
            continue
        if len(step.by_kind) == 1 or step.cell.part is Part.OVERLAP:
            yield _with_this(kind)
        else:
            named = teller.investments if step.cell.part is Part.INVESTS else teller.gains
            yield _with_these(AnyOf(named(ids[:_EXAMPLES])), kind)


def _with_this(kind: Kind) -> Sentence:
    if kind is Kind.NOT_YET:
        return words.WITH_THIS_NOT_YET.of()
    return words.WITH_THIS.of(kind=words.KINDS[kind].of())


def _with_these(values: AnyOf, kind: Kind) -> Sentence:
    if kind is Kind.NOT_YET:
        return words.WITH_THESE_NOT_YET.of(values=values)
    return words.WITH_THESE.of(values=values, kind=words.KINDS[kind].of())


def _named(id: str, known: dict[str, SentenceKind], own: tuple[Value, ...]) -> Item:
    if id in known:
        return known[id].of()
    return next((value.name for value in own if value.id == id), id)


def _ordered(ids: Iterable[str], order: tuple[str, ...]) -> list[str]:
    places = {id: place for place, id in enumerate(order)}
    return sorted(ids, key=lambda id: (places.get(id, len(places)), id))
