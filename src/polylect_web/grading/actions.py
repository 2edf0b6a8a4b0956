"""Changes of people's work: taking part, answering, and joining a guest's work to an account."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import cast

from django.db import IntegrityError
from django.db.models import FilteredRelation, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polylect.course import tree
from polylect.exercises import Grade, Responses
from polylect.issues import Issue
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run, Version
from polylect_web.courses.outline import Block
from polylect_web.foundation.database import write
from polylect_web.foundation.prepared import Prepared, columns, instance
from polylect_web.grading import draws
from polylect_web.grading.models import Enrolment, ExerciseState, Score, Submission
from polylect_web.grading.queries import Standing, is_same_exercise
from polylect_web.grading.records import to_json
from polylect_web.texts import queries as texts

LONGEST_ANSWER_CHARS = 20_000


_seeds_of = Prepared(
    lambda person_id, run_id, code: (
        Enrolment.objects.filter(person=person_id, run=run_id)
        .annotate(state=FilteredRelation("states", condition=Q(states__block_code=code)))
        .values_list("pk", "seed", "state__seed")
    )
)


_STATE, _SCORE = columns(ExerciseState), columns(Score)
_state_to_change = Prepared(
    lambda enrolment_id, code: (
        ExerciseState.objects.select_for_update(of=("self",))
        .filter(enrolment=enrolment_id, block_code=code)
        .values_list(*_STATE, *(f"score__{name}" for name in _SCORE))
    )
)


class Refusal(Enum):
    """Why an answer was not taken. None of these uses an attempt."""

    UNREADABLE = "unreadable"
    NO_ATTEMPTS = "no-attempts"
    PAST_DUE = "past-due"
    ENDED = "ended"
    TOO_SOON = "too-soon"
    TOO_LONG = "too-long"
    CHANGED = "changed"
    UNGRADED = "ungraded"


@dataclass(frozen=True)
class Outcome:
    """What became of an answer: saved for good, with its grade, or refused with a sentence for the learner.

    `points` of `possible` are what this submission is worth in the course (its author may weigh exercises). `issues`
    say of each field that could not be read what to write, with the parameter `field`. `standing`: where the learner
    stands with the exercise now that it is saved.
    """

    responses: Responses | None = None
    grade: Grade | None = None
    points: float = 0
    possible: float = 0
    number: int = 0
    attempts_left: int | None = None
    refusal: Refusal | None = None
    sentence: str = ""
    issues: tuple[Issue, ...] = ()
    standing: Standing | None = None

    @property
    def is_saved(self) -> bool:
        return self.refusal is None


class NotHere(LookupError):
    """There is no such exercise, or this person may not see it."""


def enrol(person: Person, run: Run) -> Enrolment:
    """The person takes part in the run; once more changes nothing."""
    seed = draws.EVERYBODY if person.is_guest else secrets.randbelow(draws.SEEDS)
    with write():
        enrolment, _made = Enrolment.objects.get_or_create(person=person, run=run, defaults={"seed": seed})
    return enrolment


def submit(
    person: Person,
    run: Run,
    *,
    version_id: int,
    unit_code: str,
    block_code: str,
    raw: Mapping[str, list[str]],
    language: str,
    exercise: tree.Exercise | None = None,
    may_see_hidden: bool = False,
    now: datetime | None = None,
) -> Outcome:
    """Grades what a form sent, and keeps it: when this returns a saved outcome, a power cut does not lose it.

    `version_id` is the version of the page that was answered; `raw` the form's values by name; `language` the one the
    learner reads; `exercise` the exercise put together in it, from those who have it at hand. Raises NotHere for an
    exercise that this person cannot see. A person who does not take part yet does from now on.
    """
    moment = now or timezone.now()
    block = _exercise_block(run, unit_code, block_code, moment, may_see_hidden)
    refused = _closed(run, block, moment) or _changed(run, version_id, block) or _too_long(raw)
    if refused is not None:
        return refused
    enrolment_id, enrolment_seed, seed = _seeds(person, run, block)
    if not _is_drawn(run, unit_code, block, enrolment_seed) and not may_see_hidden:
        raise NotHere(block_code)
    typed = {name: [text.replace("\0", "") for text in given] for name, given in raw.items()}  # no database keeps NUL
    if exercise is None:
        exercise = cast(tree.Exercise, texts.read_blocks(run.version, [block], language)[block.code].item)
    answer = _graded(run, block, exercise, seed, typed, language)
    if isinstance(answer, Outcome):
        return answer
    keep = _Keeping(person, run, block, answer, language, moment, enrolment_id, enrolment_seed)
    try:
        return keep.once()
    except IntegrityError:  # the same person answered for the first time in another window, at this very moment
        return replace(keep, enrolment_id=_seeds(person, run, block)[0]).once()


def merge(guest: Person, person: Person) -> None:
    """Gives a guest's work to an account: attempts are added, the better score is kept. Call it inside a write."""
    theirs = {enrolment.run_id: enrolment for enrolment in Enrolment.objects.filter(person=person)}
    for enrolment in Enrolment.objects.filter(person=guest):
        own = theirs.get(enrolment.run_id)
        if own is None:
            enrolment.person = person
            enrolment.save(update_fields=["person"])
            continue
        states = {state.block_code: state for state in ExerciseState.objects.filter(enrolment=own)}
        for state in ExerciseState.objects.filter(enrolment=enrolment).select_related("score"):
            if state.block_code in states:
                _merge_states(state, states[state.block_code])
            else:
                state.enrolment = own
                state.save(update_fields=["enrolment"])
        enrolment.delete()


def is_better(one: Submission | Score, other: Submission | Score) -> bool:
    """Whether the first gives a larger share of its points: an exercise may have been worth another number of
    them."""

    def share(row: Submission | Score) -> float:
        return row.points / row.possible_points if row.possible_points else 0.0

    return share(one) > share(other)


@dataclass(frozen=True)
class _Answer:
    """An answer that was read and graded, before it is kept."""

    exercise: tree.Exercise
    seed: int
    responses: Responses
    accepted: tuple[tuple[str, str], ...]
    grade: Grade
    points: float
    possible: float


def _exercise_block(run: Run, unit_code: str, block_code: str, now: datetime, may_see_hidden: bool) -> Block:
    unit = courses.outline(run.version).unit(unit_code)
    block = next((b for b in unit.all_blocks() if b.code == block_code), None) if unit else None
    if block is None or block.kind != "exercise" or not block.opening.is_visible(now, may_see_hidden=may_see_hidden):
        raise NotHere(block_code)
    return block


def _closed(run: Run, block: Block, now: datetime) -> Outcome | None:
    if run.ends_at is not None and now > run.ends_at:
        return _refused(Refusal.ENDED, _("This course ended on %(date)s.") % {"date": date_format(run.ends_at)})
    if block.opening.is_past_due(now):
        due = date_format(cast(datetime, block.opening.due_at), "DATETIME_FORMAT")
        return _refused(Refusal.PAST_DUE, _("Answers were due by %(date)s (UTC).") % {"date": due})
    return None


def _changed(run: Run, version_id: int, block: Block) -> Outcome | None:
    """Refuses an answer to an exercise that is another one by now. A version of another course is no version of this
    one."""
    if version_id == run.version_id:
        return None
    former = Version.objects.filter(pk=version_id, course_id=run.course_id).exclude(number=None).first()
    unit = courses.outline(former).unit_of(block.code) if former else None
    before = next((b for b in unit.all_blocks() if b.code == block.code), None) if unit else None
    if before is not None and is_same_exercise(before.content_hash, block.content_hash):
        return None
    return _refused(
        Refusal.CHANGED,
        _("This exercise was changed while you were answering. Nothing was counted; please answer the new one."),
    )


def _too_long(raw: Mapping[str, list[str]]) -> Outcome | None:
    if all(len(text) <= LONGEST_ANSWER_CHARS for given in raw.values() for text in given):
        return None
    sentence = _("This answer is too long. Write %(limit)s characters at most.") % {"limit": LONGEST_ANSWER_CHARS}
    return _refused(Refusal.TOO_LONG, sentence)


def _is_drawn(run: Run, unit_code: str, block: Block, enrolment_seed: int) -> bool:
    """Whether the block is shown to this enrolment: of a selection, only some are."""
    unit = courses.outline(run.version).unit(unit_code)
    for pool in unit.all_blocks() if unit else ():
        if block in pool.children:
            selection = cast(tree.Selection, courses.load_content(pool.content_hash))
            return block in draws.drawn(pool.children, selection, enrolment_seed)
    return True


def _seeds(person: Person, run: Run, block: Block) -> tuple[int | None, int, int]:
    """The enrolment's number and seed, and the exercise's seed: the stored one where there is one. One query."""
    rows = _seeds_of(person.pk, run.pk, block.code)
    enrolment_id, enrolment_seed, seed = rows[0] if rows else (None, draws.EVERYBODY, None)
    if seed is None:
        exercise = cast(tree.Exercise, courses.load_content(block.content_hash))
        seed = draws.exercise_seed(enrolment_seed, block.code, exercise)
    return enrolment_id, enrolment_seed, seed


def _graded(
    run: Run, block: Block, exercise: tree.Exercise, seed: int, raw: Mapping[str, list[str]], language: str
) -> "_Answer | Outcome":
    """Reads and grades; feedback comes in the language of the exercise."""
    body = exercise.body
    responses, issues = body.read(raw, language)
    if issues:
        sentence = _("Not every answer could be read. No attempt was used.")
        return Outcome(responses, refusal=Refusal.UNREADABLE, sentence=sentence, issues=tuple(issues))
    accepted: tuple[tuple[str, str], ...] = ()
    if any(slot.kind == "answer" for slot in body.texts()):
        accepted = texts.accepted_spellings(run.course_id, block.code, block.content_hash)
    grade = body.grade(responses, seed, accepted=accepted)
    if grade.ungraded or not grade.results:
        return _refused(Refusal.UNGRADED, _("This exercise cannot be graded here. No attempt was used."))
    possible = grade.possible if exercise.weight is None else exercise.weight
    share = grade.points / grade.possible if grade.possible else 0.0
    return _Answer(exercise, seed, responses, accepted, grade, min(share * possible, possible), possible)


@dataclass(frozen=True)
class _Keeping:
    """An answer on its way into the database."""

    person: Person
    run: Run
    block: Block
    answer: _Answer
    language: str
    now: datetime
    enrolment_id: int | None
    enrolment_seed: int

    def once(self) -> Outcome:
        """One transaction: limits are checked, the submission, the state and the score are written."""
        with write():
            state = self._state()
            refused = self._refused(state)
            if refused is not None:
                return refused
            score = state.score if state is not None else None
            number = (state.attempts if state is not None else 0) + 1
            state = self._write_state(state, number)
            score = self._write_score(score, self._write_submission(state, number))
        return self._outcome(state, score)

    def _outcome(self, state: ExerciseState, score: Score) -> Outcome:
        answer = self.answer
        standing = Standing(
            seed=state.seed,
            attempts=state.attempts,
            max_attempts=answer.exercise.max_attempts,
            variables=state.variables,
            responses=answer.responses,
            grade=answer.grade,
            points=score.points,
            possible=score.possible_points,
            submitted_at=state.submitted_at,
        )
        left = _left(answer.exercise, state.attempts)
        return Outcome(
            answer.responses, answer.grade, answer.points, answer.possible, state.attempts, left, standing=standing
        )

    def _state(self) -> ExerciseState | None:
        """The state as it is now that nobody else writes, with its score."""
        rows = _state_to_change(self.enrolment_id, self.block.code) if self.enrolment_id is not None else []
        for row in rows:
            state = instance(ExerciseState, _STATE, row[: len(_STATE)])
            state.score = instance(Score, _SCORE, row[len(_STATE) :])
            return state
        return None

    def _refused(self, state: ExerciseState | None) -> Outcome | None:
        if state is None:
            return None
        exercise = self.answer.exercise
        if exercise.max_attempts is not None and state.attempts >= exercise.max_attempts > 0:
            return _refused(Refusal.NO_ATTEMPTS, _("You have used all attempts at this exercise."))
        wait = timedelta(seconds=exercise.wait_seconds) - (self.now - state.submitted_at)
        if exercise.wait_seconds and wait > timedelta():
            seconds = max(1, round(wait.total_seconds()))
            return _refused(
                Refusal.TOO_SOON,
                ngettext(
                    "You can answer again in %(count)s second.", "You can answer again in %(count)s seconds.", seconds
                )
                % {"count": seconds},
            )
        return None

    def _write_state(self, state: ExerciseState | None, attempts: int) -> ExerciseState:
        if state is None:
            state = ExerciseState(enrolment_id=self._enrolment(), block_code=self.block.code, seed=self.answer.seed)
        state.attempts = attempts
        state.content_hash = self.block.content_hash
        state.responses = to_json(self.answer.responses)
        state.grade = to_json(self.answer.grade)
        state.submitted_at = self.now
        state.save()
        return state

    def _enrolment(self) -> int:
        if self.enrolment_id is not None:
            return self.enrolment_id
        return Enrolment.objects.create(person=self.person, run=self.run, seed=self.enrolment_seed).pk

    def _write_submission(self, state: ExerciseState, number: int) -> Submission:
        return Submission.objects.create(
            state=state,
            number=number,
            version_id=self.run.version_id,
            content_hash=self.block.content_hash,
            language=self.language,
            seed=self.answer.seed,
            accepted=[list(pair) for pair in self.answer.accepted],
            responses=state.responses,
            grade=state.grade,
            points=self.answer.points,
            possible_points=self.answer.possible,
            created_at=self.now,
        )

    def _write_score(self, score: Score | None, submission: Submission) -> Score:
        """The best submission counts; of equals, the first."""
        if score is None:
            score = Score(state=submission.state)
        elif not is_better(submission, score):
            return score
        score.submission = submission
        score.points, score.possible_points = submission.points, submission.possible_points
        score.save()
        return score


def _merge_states(guests: ExerciseState, own: ExerciseState) -> None:
    """Moves the guest's submissions behind the person's own; what was given last is what is shown."""
    for submission in guests.submissions.order_by("-number"):
        submission.state = own
        submission.number += own.attempts
        submission.save(update_fields=["state", "number"])
    if guests.submitted_at > own.submitted_at:
        for name in ("seed", "variables", "content_hash", "responses", "grade", "submitted_at"):
            setattr(own, name, getattr(guests, name))
    own.attempts += guests.attempts
    own.save()
    better, mine = guests.score, own.score
    guests.score.delete()
    if is_better(better, mine):
        mine.submission_id, mine.points, mine.possible_points = (
            better.submission_id,
            better.points,
            better.possible_points,
        )
        mine.save()
    guests.delete()


def _left(exercise: tree.Exercise, used: int) -> int | None:
    return None if not exercise.max_attempts else max(0, exercise.max_attempts - used)


def _refused(refusal: Refusal, sentence: str) -> Outcome:
    return Outcome(refusal=refusal, sentence=sentence)
