"""What the judge says of a case, as a page shows it: the verdict, the four conditions, and what is missing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import get_language, pgettext

from polylect.partnership import (
    STANDARD,
    Arrangement,
    Cell,
    Change,
    Condition,
    Judgement,
    Kind,
    Nearest,
    Part,
    State,
    Step,
    apply,
    condition_sentences,
    gain_label,
    investment_label,
    judge,
    label,
    nearest,
    nearest_sentences,
    otherwise,
    reasons,
    side_name,
    step_sentences,
    verdict,
    words,
)
from polylect.sentences import Item
from polylect_web.foundation.saying import said

_ICONS = {State.FULFILLED: "check", State.FAILED: "open", State.OPEN: "part"}
_PARTS = {Part.INVESTS: "invests", Part.GAINS: "gains"}


@dataclass(frozen=True)
class CellShown:
    """A cell that decides: whose it is, what it holds, and where in the form it stands."""

    side: str
    holds: str
    anchor: str


@dataclass(frozen=True)
class ConditionShown:
    """One of the four conditions: whether it is fulfilled, by a class, a sign and a word."""

    name: str
    state: str
    icon: str
    word: str
    sentences: tuple[str, ...]
    cells: tuple[CellShown, ...]


@dataclass(frozen=True)
class OptionShown:
    """A value that would do."""

    value: str
    label: str


@dataclass(frozen=True)
class StepShown:
    """A change that is needed, what it alone would make of the case, and each value that would do. A step that can be
    taken in one way only has no options to choose from."""

    field: str
    sentence: str
    alone: str
    options: tuple[OptionShown, ...]


@dataclass(frozen=True)
class Answer:
    """All of it. `name` is that of the kind, or `open` where nothing was judged."""

    name: str
    icon: str
    kind: str
    verdict: str
    reasons: tuple[str, ...]
    otherwise: tuple[str, ...]
    conditions: tuple[ConditionShown, ...]
    missing: str
    steps: tuple[StepShown, ...]
    empty: tuple[Cell, ...]

    @property
    def is_judged(self) -> bool:
        return self.name != "open"


def answer(arrangement: Arrangement) -> Answer:
    """Judges a case."""
    judgement = judge(arrangement)
    kind = judgement.kind
    near = nearest(arrangement) if kind else None
    return Answer(
        kind.value if kind else "open",
        {None: "part", Kind.PARTNERSHIP: "check"}.get(kind, "open"),
        said(label(kind)) if kind else pgettext("verdict of the judge", "Not judged yet"),
        said(verdict(judgement)),
        tuple(said(reason.sentence) for reason in reasons(judgement)),
        tuple(said(sentence) for sentence in otherwise(judgement)),
        tuple(_condition(judgement, condition) for condition in judgement.conditions),
        said(nearest_sentences(near)[0]) if near else "",
        tuple(_step(near, number, step) for number, step in enumerate(near.steps)) if near else (),
        judgement.empty,
    )


def kind_name(arrangement: Arrangement) -> str:
    """What it is, in a word or two, for a list; empty where nothing was said."""
    if not arrangement.sides:
        return ""
    kind = judge(arrangement).kind
    return said(label(kind)) if kind else pgettext("verdict of the judge", "Not judged yet")


def repaired(arrangement: Arrangement, chosen: Callable[[str], object]) -> Arrangement:
    """With the changes that were chosen: `chosen` gives the value of a step's field. Steps with one way are taken in
    any case, and what is none of the ways is left out."""
    return apply(arrangement, _changes(nearest(arrangement), chosen))


def holding(arrangement: Arrangement, cell: Cell) -> str:
    """What a cell says, as it stands within a sentence."""
    side = arrangement.side(cell.side)
    held, order, known = (
        (side.invests, STANDARD.investments, words.INVESTMENTS)
        if cell.part is Part.INVESTS
        else (side.gains, STANDARD.gains, words.GAINS)
    )
    if held is None:
        return pgettext("cell of a case", "not filled in")
    if not held:
        return pgettext("cell of a case", "nothing")
    return together(known[id].of() for id in order if id in held)


def together(items: Iterable[Item]) -> str:
    """Several, as the interface's language lists them."""
    return format_list([said(item) for item in items], "standard", (get_language() or "en").replace("-", "_"))


def name_of(arrangement: Arrangement, id: str) -> str:
    """What a side is called: its name, else its number."""
    return said(side_name(arrangement, arrangement.side(id)))


def _condition(judgement: Judgement, condition: Condition) -> ConditionShown:
    word = {
        State.FULFILLED: pgettext("state of a condition", "fulfilled"),
        State.FAILED: pgettext("state of a condition", "missing"),
        State.OPEN: pgettext("state of a condition", "not known yet"),
    }[condition.state]
    return ConditionShown(
        said(label(condition.name)),
        condition.state.value,
        _ICONS[condition.state],
        word,
        tuple(said(sentence) for sentence in condition_sentences(judgement, condition)),
        tuple(_cells(judgement.arrangement, condition)),
    )


def _cells(arrangement: Arrangement, condition: Condition) -> Iterator[CellShown]:
    for cell in condition.cells:
        if cell.part in _PARTS:
            anchor = f"{_PARTS[cell.part]}-{cell.side.removeprefix('side-')}"
            yield CellShown(name_of(arrangement, cell.side), holding(arrangement, cell), anchor)


def _step(near: Nearest, number: int, step: Step) -> StepShown:
    sentence, *alone = (said(one) for one in step_sentences(near, step))
    options = step.options if len(step.options) > 1 else ()
    return StepShown(
        f"change-{number}",
        sentence,
        " ".join(alone),
        tuple(OptionShown(option.change.value, _named(option.change)) for option in options),
    )


def _named(change: Change) -> str:
    match change.cell.part:
        case Part.INVESTS:
            return said(investment_label(change.value, STANDARD))
        case Part.GAINS:
            return said(gain_label(change.value, STANDARD))
        case _:
            return said(label(next(one for one in words.OVERLAP_LABELS if one.value == change.value)))


def _changes(near: Nearest, chosen: Callable[[str], object]) -> Iterator[Change]:
    for number, step in enumerate(near.steps):
        for option in step.options:
            if len(step.options) == 1 or option.change.value == chosen(f"change-{number}"):
                yield option.change
                break
