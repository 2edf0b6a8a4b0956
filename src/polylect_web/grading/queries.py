"""What pages ask about answers and points: where a learner stands in a unit, and in the whole run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.db.models import FilteredRelation, Min, Q
from django.utils import timezone

from polylect.course import rules, tree
from polylect.course.rules import Moment, State
from polylect.exercises import Exercise, Feedback, Grade, Responses
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Placement, Run
from polylect_web.courses.outline import Block, Outline, Unit
from polylect_web.foundation.prepared import Prepared
from polylect_web.grading import draws
from polylect_web.grading.models import Enrolment, Score, Submission
from polylect_web.grading.progress import Progress, progress_of
from polylect_web.grading.records import EARNED, earned_from, grade_from, responses_from

_STATE_FIELDS = (
    "pk",
    "seed",
    "state__block_code",
    "state__seed",
    "state__attempts",
    "state__content_hash",
    "state__responses",
    "state__grade",
    "state__submitted_at",
    "state__saved",
    "state__score__points",
    "state__score__possible_points",
    *(f"state__{name}" for name in EARNED[1:]),
)
_states = Prepared(
    lambda person_id, run_id, codes: (
        Enrolment.objects.filter(person=person_id, run=run_id)
        .annotate(state=FilteredRelation("states", condition=Q(states__block_code__in=codes)))
        .values_list(*_STATE_FIELDS)
    )
)
_scores = Prepared(
    lambda person_id, run_id: Score.objects.filter(
        state__enrolment__person=person_id, state__enrolment__run=run_id
    ).values_list("state__block_code", "points", "possible_points")
)


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with one exercise; of one who has not answered yet, only the seed and the limits say
    something.

    `state` is what the rules ask for. `responses` and `grade` are the last submission's, unless the learner has started
    over since; `saved` what was kept after it without being submitted. `points` of `possible` are the score in the
    course. `changed_at`: the exercise is another one since then, so the answer is history and the score is kept.
    """

    state: State
    max_attempts: int | None = None
    responses: Responses | None = None
    grade: Grade | None = None
    saved: Responses | None = None
    points: float = 0
    possible: float = 0
    changed_at: datetime | None = None

    @property
    def seed(self) -> int:
        """What the learner's variant of the exercise follows from."""
        return self.state.seed

    @property
    def attempts(self) -> int:
        """How many submissions used a try."""
        return self.state.attempts

    @property
    def attempts_left(self) -> int | None:
        """How often the learner may still try; None: as often as they like."""
        return None if self.max_attempts is None else max(0, self.max_attempts - self.attempts)

    @property
    def is_answered(self) -> bool:
        return self.grade is not None


@dataclass(frozen=True)
class UnitStanding:
    """Where a learner stands in a unit: by block code, every exercise that is shown to them, answered or not.

    `drawn` says for each selection, by its code, which blocks it shows.
    """

    enrolment_id: int | None
    exercises: Mapping[str, Standing]
    drawn: Mapping[str, tuple[Block, ...]]


def enrolment_of(person: Person | None, run: Run) -> Enrolment | None:
    """The person's place in the run; None for somebody who has none, or is nobody yet."""
    return Enrolment.objects.filter(person=person, run=run).first() if person is not None else None


def unit_standing(person: Person | None, run: Run, unit: Unit) -> UnitStanding:
    """One query, and another two only if an exercise changed since it was answered. `unit` is as this learner may see
    it; `run` comes from `courses.queries.find_run`. `person` is None for somebody who is nobody yet: no query."""
    items = courses.load_contents(block.content_hash for block in unit.all_blocks())
    rows = _rows(person, run, [block.code for block in unit.all_blocks()])
    seed = rows[0]["seed"] if rows else draws.EVERYBODY
    drawn = {
        block.code: draws.drawn(block.children, cast(tree.Selection, items[block.content_hash]), seed)
        for block in unit.all_blocks()
        if block.kind == "selection"
    }
    shown = [block for block in _shown(unit.blocks, drawn) if block.kind == "exercise"]
    states = {row["state__block_code"]: row for row in rows}
    standings = {
        block.code: _standing(block, cast(tree.Exercise, items[block.content_hash]), seed, states.get(block.code))
        for block in shown
    }
    changes = _changes(
        run, [(block, states[block.code]["state__content_hash"]) for block in shown if block.code in states]
    )
    for code, changed_at in changes.items():
        standings[code] = _changed(standings[code], changed_at)
    return UnitStanding(rows[0]["pk"] if rows else None, standings, drawn)


def first_answer_at(person: Person | None, run: Run, block_codes: Iterable[str]) -> datetime | None:
    """When the learner first sent an answer to one of these exercises; None if they never did. One query, and none for
    somebody who is nobody yet."""
    if person is None:
        return None
    theirs = Submission.objects.filter(state__enrolment__person=person, state__enrolment__run=run)
    found = theirs.filter(state__block_code__in=list(block_codes)).aggregate(first=Min("created_at"))
    return cast(datetime | None, found["first"])


def in_language(grade: Grade, exercise: Exercise, variables: Mapping[str, str] | None = None) -> Grade:
    """The grade with its feedback in the language of this (translated) exercise, whichever it was given in."""

    def said(feedback: Iterable[Feedback]) -> tuple[Feedback, ...]:
        return tuple(replace(one, words=exercise.text(one.role, variables) or one.words) for one in feedback)

    results = tuple(replace(result, feedback=said(result.feedback)) for result in grade.results)
    return replace(grade, results=results, remarks=said(grade.remarks))


def is_same_exercise(one_hash: str, other_hash: str) -> bool:
    """Whether two contents grade alike, so that an answer to one is an answer to the other. No query for equal
    hashes."""
    if one_hash == other_hash:
        return True
    items = courses.load_contents([one_hash, other_hash])
    one, other = items.get(one_hash), items.get(other_hash)
    if not isinstance(one, tree.Exercise) or not isinstance(other, tree.Exercise):
        return False
    return one.body.fingerprint == other.body.fingerprint


def scores(person: Person | None, run: Run, now: datetime | None = None) -> dict[str, tuple[float, float]]:
    """The learner's scores by block code: points, and points possible when they were earned; no points where the author
    withholds the results now. One query."""
    if person is None:
        return {}
    withheld = withheld_now(run, now or timezone.now())
    return {code: (0 if code in withheld else points, of) for code, points, of in _scores(person.pk, run.pk)}


def withheld_now(run: Run, now: datetime) -> frozenset[str]:
    """The codes of the exercises whose results their author withholds from learners now. No query where none does."""
    blocks = courses.outline(run.version).withholding
    items = courses.load_contents(block.content_hash for block in blocks) if blocks else {}

    def is_withheld(block: Block) -> bool:
        exercise = cast(tree.Exercise, items[block.content_hash])
        if exercise.show_correctness == "never_but_include_grade":
            return False
        return not rules.is_correctness_available(exercise, Moment(now, block.opening.due_at))

    return frozenset(block.code for block in blocks if is_withheld(block))


def progress(person: Person | None, run: Run, outline: Outline, now: datetime | None = None) -> Progress:
    """What the person earned in the part of the course that `outline` shows (cut down to what they may see). Two
    queries."""
    enrolment = enrolment_of(person, run)
    seed = enrolment.seed if enrolment is not None else draws.EVERYBODY
    selections = [b for unit in outline.units() for b in unit.all_blocks() if b.kind == "selection"]
    items = courses.load_contents(block.content_hash for block in selections)
    drawn = {
        block.code: draws.drawn(block.children, cast(tree.Selection, items[block.content_hash]), seed)
        for block in selections
    }
    return progress_of(outline, scores(person, run, now), drawn, withheld_now(run, now or timezone.now()))


def _rows(person: Person | None, run: Run, codes: Iterable[str]) -> list[dict[str, Any]]:
    """The enrolment, once for each of these exercises that it has a state of, and at least once if there is an
    enrolment."""
    if person is None:
        return []
    rows = _states(person.pk, run.pk, list(codes))
    return [dict(zip(_STATE_FIELDS, row, strict=True)) for row in rows]


def _shown(blocks: Iterable[Block], drawn: Mapping[str, tuple[Block, ...]]) -> Iterator[Block]:
    """These blocks, and of each selection those that it draws."""
    for block in blocks:
        yield block
        yield from _shown(drawn.get(block.code, ()), drawn)


def _standing(block: Block, exercise: tree.Exercise, seed: int, row: Mapping[str, Any] | None) -> Standing:
    possible = exercise.body.possible
    if row is None:
        state = State(possible=possible, seed=draws.exercise_seed(seed, block.code, exercise))
        return Standing(state, exercise.max_attempts, possible=block.points or 0)
    responses, grade, saved = row["state__responses"], row["state__grade"], row["state__saved"]
    history = earned_from(*(row[f"state__{name}"] for name in EARNED), possible=possible)
    state = State(
        attempts=row["state__attempts"],
        is_done=grade is not None,
        earned=0 if grade is None else rules.counted(exercise.grading_method, history),
        possible=possible,
        history=history,
        seed=row["state__seed"],
        has_saved=saved is not None,
        submitted_at=row["state__submitted_at"],
    )
    points = row["state__score__points"]
    return Standing(
        state,
        exercise.max_attempts,
        None if responses is None else responses_from(responses),
        None if grade is None else grade_from(grade),
        None if saved is None else responses_from(saved),
        points or 0,
        block.points or 0 if points is None else row["state__score__possible_points"],
    )


def _changed(standing: Standing, changed_at: datetime) -> Standing:
    """The same where the exercise is another one by now: nothing was done of this one yet."""
    return replace(standing, state=replace(standing.state, is_done=False, earned=0), saved=None, changed_at=changed_at)


def _changes(run: Run, answered: Iterable[tuple[Block, str]]) -> dict[str, datetime]:
    """Which of these exercises are no longer what was answered (a content hash), and since when."""
    changed = {
        block.content_hash: block.code for block, before in answered if not is_same_exercise(block.content_hash, before)
    }
    if not changed:
        return {}
    since = (
        Placement.objects.filter(version__course_id=run.course_id, content_id__in=changed, unplaced="")
        .exclude(version__published_at=None)
        .values_list("content_id")
        .annotate(since=Min("version__published_at"))
    )
    return {changed[content_hash]: at for content_hash, at in since}
