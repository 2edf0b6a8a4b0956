"""Questions about arrangements as a page shows them: sides that come and go, their cells, and what the judge says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext

from polylect.exercises import Choice, Field, Finding, Group, Html, QuestionView, Words
from polylect.partnership import (
    MOST_SIDES,
    Condition,
    Judgement,
    Kind,
    State,
    condition_sentences,
    label,
    nearest_sentences,
    otherwise,
    reasons,
    step_sentences,
    verdict,
)
from polylect_web.foundation.saying import said, said_together
from polylect_web.learn.exercise_page import ExercisePage, ShownField

ADD, TAKE_AWAY = "add", "take-away"
"""What the buttons at sides ask for: `add q1`, `take-away q1.library`."""

DRAWN = frozenset(["arrangement", "repair", "sort", "contrast", "matrix"])
"""The kinds of questions that are drawn as cells to tick."""
_JUDGED = frozenset(["arrangement", "repair"])
"""Those of which the judge says what follows from the learner's cells."""

_ICONS = {State.FULFILLED: "check", State.FAILED: "open", State.OPEN: "part"}


@dataclass(frozen=True)
class ShownSide:
    """A side with its cells. One that is not there yet waits in a template until somebody adds it."""

    group: Group
    fields: tuple[ShownField, ...]
    is_there: bool
    takes_focus: bool


@dataclass(frozen=True)
class ShownArrangement:
    """A question whose fields are grouped by side."""

    question: QuestionView
    texts: tuple[Html, ...]
    who: ShownField | None
    """Who takes part, where learners say that; the sides are its choices."""
    sides: tuple[ShownSide, ...]
    """Those that are there, in the order in which they came."""
    others: tuple[ShownSide, ...]
    """Those that may be added."""
    fields: tuple[ShownField, ...]
    """What is asked of all together."""
    takes_focus: bool
    """The list of those who may be added does."""

    @property
    def cases(self) -> list[Group]:
        """Texts to look at side by side."""
        return [part for part in self.question.parts if isinstance(part, Group) and part.text]

    @property
    def tells_cells(self) -> bool:
        """Whether each cell is right or wrong by itself."""
        return self.question.drawn_as != "repair"

    @property
    def tells_remarks(self) -> bool:
        """Whether what is said of a cell stands at it, and not beside what the judge says."""
        return self.question.drawn_as not in _JUDGED

    @property
    def choices(self) -> list[tuple[Choice, bool]]:
        """Who may be added, and whether they are there already."""
        there = {side.group.code for side in self.sides}
        return [(choice, choice.code in there) for choice in self.who.field.choices] if self.who else []

    @property
    def is_full(self) -> bool:
        """Nobody else can be added."""
        return len(self.sides) >= MOST_SIDES or not self.others

    @property
    def most(self) -> int:
        return MOST_SIDES


@dataclass(frozen=True)
class ShownCondition:
    """One of the four conditions: whether it is fulfilled, by a class, a sign and a word, and why."""

    name: str
    state: str
    icon: str
    word: str
    why: str


@dataclass(frozen=True)
class ShownFinding:
    """What follows from somebody's cells: short first, then one by one. `said` is what they said themselves."""

    id: str
    is_own: bool
    title: Words | None
    verdict: str
    said: str
    agrees: bool
    remarks: tuple[Words, ...]
    reasons: str
    otherwise: str
    conditions: tuple[ShownCondition, ...]
    missing: str
    steps: tuple[str, ...]
    is_partnership: bool


def shown_arrangement(page: ExercisePage, question: QuestionView) -> ShownArrangement:
    """A question about an arrangement, with what this learner filled in."""
    fields = {part.code: page.shown(part, question) for part in question.parts if isinstance(part, Field)}
    who = fields.pop(f"{question.code}.sides", None)
    groups = {part.code: part for part in question.parts if isinstance(part, Group) and part.fields}
    order = tuple(groups) if who is None else tuple(code for code in dict.fromkeys(who.typed) if code in groups)
    shown = {code: _side(page, question, group, code in order) for code, group in groups.items()}
    return ShownArrangement(
        question,
        tuple(part for part in question.parts if isinstance(part, Html)),
        who,
        tuple(shown[code] for code in order),
        tuple(side for side in shown.values() if not side.is_there),
        tuple(fields.values()),
        page.focus == f"{question.code}.{ADD}",
    )


def findings(page: ExercisePage) -> Iterator[ShownFinding]:
    """What the judge says of the arrangements in the answer on view; nothing while there is no grade to see."""
    if page.situation.grade is None:
        return
    raw = {name: list(values) for name, values in page.situation.typed.items()}
    responses, _unreadable = page.exercise.body.read(raw, "")
    for number, finding in enumerate(page.exercise.body.findings(responses), start=1):
        predicted = responses.of(f"{finding.question}.kind").text
        yield _finding(page, finding, number, next((kind for kind in Kind if kind.value == predicted), None))


def with_sides(typed: Mapping[str, tuple[str, ...]], act: str) -> tuple[dict[str, tuple[str, ...]], str] | None:
    """What was filled in, with a side more or less, and the place where to go on; None where the button asks for
    something else."""
    step, _, place = act.partition(" ")
    if step not in (ADD, TAKE_AWAY):
        return None
    question, _, code = place.partition(".")
    there = typed.get(f"{question}.sides", ())
    if step == TAKE_AWAY:
        left = {name: values for name, values in typed.items() if not name.startswith(f"{place}.")}
        return left | {f"{question}.sides": tuple(one for one in there if one != code)}, f"{question}.{ADD}"
    added = tuple(code for code in typed.get(f"{question}.{ADD}", ()) if code and code not in there)[:1]
    left = {name: values for name, values in typed.items() if name != f"{question}.{ADD}"}
    focus = f"{question}.{added[0]}" if added else f"{question}.{ADD}"
    return left | {f"{question}.sides": (*there, *added)[:MOST_SIDES]}, focus


def _side(page: ExercisePage, question: QuestionView, group: Group, is_there: bool) -> ShownSide:
    fields = tuple(page.shown(field, question) for field in group.fields)
    return ShownSide(group, fields, is_there, page.focus == f"{question.code}.{group.code}")


def _finding(page: ExercisePage, finding: Finding, number: int, predicted: Kind | None) -> ShownFinding:
    judgement, near = finding.judgement, finding.nearest
    grade = page.situation.grade
    results = [result for result in grade.results if result.field.split(".")[0] == finding.question] if grade else []
    return ShownFinding(
        id=f"{page.code}-{finding.question}-finding-{number}",
        is_own=finding.is_own,
        title=finding.title,
        verdict=said(verdict(judgement)),
        said=said(label(predicted)) if predicted else "",
        agrees=predicted is judgement.kind,
        remarks=tuple(one.words for result in results for one in result.feedback) if finding.is_own else (),
        reasons=said_together(reason.sentence for reason in reasons(judgement)),
        otherwise=said_together(otherwise(judgement)),
        conditions=tuple(_condition(judgement, condition) for condition in judgement.conditions),
        missing=said(nearest_sentences(near)[0]),
        steps=tuple(said_together(step_sentences(near, step)) for step in near.steps),
        is_partnership=judgement.is_partnership,
    )


def _condition(judgement: Judgement, condition: Condition) -> ShownCondition:
    word = {
        State.FULFILLED: pgettext("state of a condition", "fulfilled"),
        State.FAILED: pgettext("state of a condition", "missing"),
        State.OPEN: pgettext("state of a condition", "not known yet"),
    }[condition.state]
    why = said_together(condition_sentences(judgement, condition))
    return ShownCondition(said(label(condition.name)), condition.state.value, _ICONS[condition.state], word, why)
