"""Changes of people's work: taking part, answering an exercise, keeping an answer for later, and starting over.

What an exercise lets somebody do, and what becomes of the score, is decided by `polylect.course.rules`.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import cast

from django.db import IntegrityError
from django.db.models import FilteredRelation, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polylect.course import rules, tree
from polylect.course.rules import Moment, State
from polylect.exercises import Grade, Responses
from polylect.issues import Issue
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run, Version
from polylect_web.courses.outline import Block
from polylect_web.foundation import scripts
from polylect_web.foundation.database import write
from polylect_web.foundation.prepared import Prepared, columns, instance
from polylect_web.grading import draws, preparing
from polylect_web.grading.models import Enrolment, ExerciseState, Score, Submission
from polylect_web.grading.queries import Standing, is_same_exercise
from polylect_web.grading.records import earned_of, grade_from, keep_earned, responses_from, to_json
from polylect_web.texts import queries as texts

LONGEST_ANSWER_CHARS = 20_000
_LONGEST_REASON_CHARS = 500

Form = Mapping[str, list[str]]
"""What a form sent: by name, the values."""


_seeds_of = Prepared(
    lambda person_id, run_id, code: (
        Enrolment.objects.filter(person=person_id, run=run_id)
        .annotate(state=FilteredRelation("states", condition=Q(states__block_code=code)))
        .values_list("pk", "seed", "state__seed", "state__content_hash")
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
    """Why nothing was done. None of these uses an attempt."""

    UNREADABLE = "unreadable"
    NO_ATTEMPTS = "no-attempts"
    PAST_DUE = "past-due"
    ENDED = "ended"
    TOO_SOON = "too-soon"
    NEEDS_RESET = "needs-reset"
    NOT_SUBMITTED = "not-submitted"
    NOT_OFFERED = "not-offered"
    TOO_LONG = "too-long"
    CHANGED = "changed"
    UNGRADED = "ungraded"


@dataclass(frozen=True)
class Outcome:
    """What became of it: done for good, or refused with a sentence for the learner.

    Of an answer that was graded, `points` of `possible` are what this submission is worth in the course (its author may
    weigh exercises). `issues` say of each field that could not be read what to write, with the parameter `field`.
    `standing`: where the learner stands with the exercise now that it is saved.
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
    raw: Form,
    language: str,
    exercise: tree.Exercise | None = None,
    seed: int | None = None,
    may_see_hidden: bool = False,
    now: datetime | None = None,
) -> Outcome:
    """Grades what a form sent, and keeps it: when this returns a saved outcome, a power cut does not lose it.

    `version_id` is the version of the page that was answered, `seed` the variant that it showed; `raw` the form's
    values by name; `language` the one the learner reads; `exercise` the exercise put together in it, from those who
    have it at hand. Raises NotHere for an exercise that this person cannot see. A person who does not take part yet
    does from now on.
    """
    found = _found(person, run, version_id, unit_code, block_code, raw, seed, may_see_hidden, now)
    if isinstance(found, Outcome):
        return found
    if exercise is None:
        exercise = cast(tree.Exercise, texts.read_blocks(run.version, [found.block], language)[block_code].item)
    answer = _graded(run, found.block, exercise, found.seed, _without_nul(raw), language)
    if isinstance(answer, Outcome):
        return answer
    return _kept(found, lambda work: work.submit(answer, language))


def save(
    person: Person,
    run: Run,
    *,
    version_id: int,
    unit_code: str,
    block_code: str,
    raw: Form,
    language: str,
    seed: int | None = None,
    may_see_hidden: bool = False,
    now: datetime | None = None,
) -> Outcome:
    """Keeps what a form sent, as it was typed, without grading it. As for `submit` otherwise."""
    found = _found(person, run, version_id, unit_code, block_code, raw, seed, may_see_hidden, now)
    if isinstance(found, Outcome):
        return found
    responses, _unreadable = found.exercise.body.read(_without_nul(raw), language)
    return _kept(found, lambda work: work.save(responses))


def start_over(
    person: Person,
    run: Run,
    *,
    version_id: int,
    unit_code: str,
    block_code: str,
    seed: int | None = None,
    may_see_hidden: bool = False,
    now: datetime | None = None,
) -> Outcome:
    """Empties an exercise, so that it can be answered anew: the points go, the attempts that were used stay used, and
    where its author wants it, it is another variant. As for `submit` otherwise."""
    found = _found(person, run, version_id, unit_code, block_code, {}, seed, may_see_hidden, now)
    return found if isinstance(found, Outcome) else _kept(found, _Work.start_over)


@dataclass(frozen=True)
class _Answer:
    """An answer that was read and graded, before it is kept. The points are those of the course."""

    responses: Responses
    variables: Mapping[str, str]
    accepted: tuple[tuple[str, str], ...]
    grade: Grade
    points: float
    possible: float


def _found(
    person: Person,
    run: Run,
    version_id: int,
    unit_code: str,
    block_code: str,
    raw: Form,
    shown_seed: int | None,
    may_see_hidden: bool,
    now: datetime | None,
) -> "_Work | Outcome":
    """The exercise and where the person stands with it, unless all of it is refused whoever asks. Raises NotHere."""
    moment = now or timezone.now()
    block = _exercise_block(run, unit_code, block_code, moment, may_see_hidden)
    exercise = cast(tree.Exercise, courses.load_content(block.content_hash))
    at = Moment(moment, block.opening.due_at, may_see_hidden)
    refused = _closed(run, exercise, at) or _changed(run, version_id, block) or _too_long(raw)
    if refused is not None:
        return refused
    rows = _seeds_of(person.pk, run.pk, block.code)
    enrolment_id, enrolment_seed, seed, answered = rows[0] if rows else (None, draws.EVERYBODY, None, None)
    if not _is_drawn(run, unit_code, block, enrolment_seed) and not may_see_hidden:
        raise NotHere(block_code)
    if seed is None:
        seed = draws.exercise_seed(enrolment_seed, block.code, exercise)
    if shown_seed not in (None, seed):  # started over, or signed in, in another window since
        return _refused(Refusal.CHANGED, _changed_sentence())
    is_other = answered is not None and not is_same_exercise(answered, block.content_hash)
    return _Work(person, run, block, exercise, at, enrolment_id, enrolment_seed, seed, answered if is_other else "")


def _kept(work: "_Work", change: Callable[["_Work"], Outcome]) -> Outcome:
    """Makes the change in one transaction."""
    try:
        with write():
            return change(work)
    except IntegrityError:  # the same person answered for the first time in another window, at this very moment
        rows = _seeds_of(work.person.pk, work.run.pk, work.block.code)
        with write():
            return change(replace(work, enrolment_id=rows[0][0] if rows else None))


def _exercise_block(run: Run, unit_code: str, block_code: str, now: datetime, may_see_hidden: bool) -> Block:
    unit = courses.outline(run.version).unit(unit_code)
    block = next((b for b in unit.all_blocks() if b.code == block_code), None) if unit else None
    if block is None or block.kind != "exercise" or not block.opening.is_visible(now, may_see_hidden=may_see_hidden):
        raise NotHere(block_code)
    return block


def _closed(run: Run, exercise: tree.Exercise, at: Moment) -> Outcome | None:
    if run.ends_at is not None and at.now > run.ends_at:
        return _refused(Refusal.ENDED, _("This course ended on %(date)s.") % {"date": date_format(run.ends_at)})
    return _refused_by(rules.Refusal.PAST_DUE, exercise, at) if rules.is_past_due(exercise, at) else None


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
    return _refused(Refusal.CHANGED, _changed_sentence())


def _changed_sentence() -> str:
    return _("This exercise was changed while you were answering. Nothing was counted; please answer the new one.")


def _too_long(raw: Mapping[str, list[str]]) -> Outcome | None:
    if all(len(text) <= LONGEST_ANSWER_CHARS for given in raw.values() for text in given):
        return None
    sentence = _("This answer is too long. Write %(limit)s characters at most.") % {"limit": LONGEST_ANSWER_CHARS}
    return _refused(Refusal.TOO_LONG, sentence)


def _without_nul(raw: Form) -> dict[str, list[str]]:
    """The form without the character that no database keeps."""
    return {name: [text.replace("\0", "") for text in given] for name, given in raw.items()}


def _is_drawn(run: Run, unit_code: str, block: Block, enrolment_seed: int) -> bool:
    """Whether the block is shown to this enrolment: of a selection, only some are."""
    unit = courses.outline(run.version).unit(unit_code)
    for pool in unit.all_blocks() if unit else ():
        if block in pool.children:
            selection = cast(tree.Selection, courses.load_content(pool.content_hash))
            return block in draws.drawn(pool.children, selection, enrolment_seed)
    return True


def _graded(
    run: Run, block: Block, exercise: tree.Exercise, seed: int, raw: Form, language: str
) -> "_Answer | Outcome":
    """Reads and grades; feedback comes in the language of the exercise."""
    body = exercise.body
    variables = preparing.variables_of(block.content_hash, body, seed)
    if variables is None:
        return _refused(Refusal.UNGRADED, _("This exercise cannot be answered at the moment. No attempt was used."))
    responses, issues = body.read(raw, language, variables)
    if issues:
        sentence = _("Not every answer could be read. No attempt was used.")
        return Outcome(responses, refusal=Refusal.UNREADABLE, sentence=sentence, issues=tuple(issues))
    accepted: tuple[tuple[str, str], ...] = ()
    if any(slot.kind == "answer" for slot in body.texts()):
        accepted = texts.accepted_spellings(run.course_id, block.code, block.content_hash)
    grade = body.grade(responses, seed, variables, accepted, scripts.runner() if body.runs_python else None)
    if grade.reason:
        sentence = _("The check of this exercise came to no verdict: %(reason)s No attempt was used.")
        return _refused(Refusal.UNGRADED, sentence % {"reason": _as_sentence(grade.reason)})
    if grade.ungraded or not grade.results:
        return _refused(Refusal.UNGRADED, _("This exercise cannot be graded here. No attempt was used."))
    points, possible = rules.weighed(exercise.weight, grade.points, grade.possible) or (0, 0)
    return _Answer(responses, variables, accepted, grade, points, possible)


def _as_sentence(reason: str) -> str:
    """What an author's check said, so that a sentence may follow."""
    reason = reason.strip()[:_LONGEST_REASON_CHARS]
    return reason if reason.endswith((".", "!", "?", "…", "؟", "。")) else f"{reason}."


@dataclass(frozen=True)
class _Work:
    """Somebody at an exercise. `exercise` is it in its own language; `other` the hash of the one that was answered
    before, if that is another one. The steps are taken inside a write."""

    person: Person
    run: Run
    block: Block
    exercise: tree.Exercise
    at: Moment
    enrolment_id: int | None
    enrolment_seed: int
    seed: int
    other: str

    def submit(self, answer: _Answer, language: str) -> Outcome:
        """Limits are checked; the submission, the state and the score are written."""
        state, score = self._state()
        if state.seed != self.seed:  # started over in another window while this answer was graded
            return _refused(Refusal.CHANGED, _changed_sentence())
        grade = answer.grade
        earned = min(max(grade.points, 0), grade.possible)
        after = rules.submit(self.exercise, self._standing(state, grade.possible), self.at, earned, grade.possible)
        if isinstance(after, rules.Refusal):
            return _refused_by(after, self.exercise, self.at, state)
        state.content_hash, state.variables = self.block.content_hash, dict(answer.variables)
        state.responses, state.grade = to_json(answer.responses), to_json(grade)
        state.submitted_at, state.saved, state.saved_at = self.at.now, None, None
        keep_earned(state, after.history, of_points=after.possible)
        self._write(state)
        submission = self._write_submission(state, answer, language)
        score = self._write_score(state, score, submission, after)
        return Outcome(
            answer.responses,
            grade,
            answer.points,
            answer.possible,
            state.attempts,
            rules.attempts_left(self.exercise, after),
            standing=self._outcome(after, state, score, answer.responses, grade),
        )

    def save(self, responses: Responses) -> Outcome:
        """What was typed is put into the state, beside what was submitted."""
        state, score = self._state()
        after = rules.save(self.exercise, self._standing(state), self.at)
        if isinstance(after, rules.Refusal):
            return _refused_by(after, self.exercise, self.at, state)
        if state.content_hash != self.block.content_hash and state.content_hash == self.other:
            state.responses, state.grade = None, None  # of an exercise that is no more
        state.content_hash = self.block.content_hash
        state.saved, state.saved_at = to_json(responses), self.at.now
        self._write(state)
        return Outcome(responses, number=state.attempts, standing=self._outcome(after, state, score))

    def start_over(self) -> Outcome:
        """The state is emptied, and the score set to nothing."""
        state, score = self._state()
        before = self._standing(state)
        seed = draws.another_seed(state.seed, state.attempts, self.enrolment_seed, self.block.code, self.exercise)
        after = rules.reset(self.exercise, before, self.at, seed)
        if isinstance(after, rules.Refusal):
            return _refused_by(after, self.exercise, self.at, state)
        if not rules.is_reset_shown(self.exercise, before, self.at):
            return _refused(Refusal.NOT_OFFERED, _("This exercise is not meant to be started over."))
        state.seed, state.variables, state.content_hash = after.seed, {}, self.block.content_hash
        state.responses = state.grade = state.saved = state.saved_at = None
        self._write(state)
        if score is not None:
            score.points, score.submission = 0, None
            score.save()
        return Outcome(number=state.attempts, standing=self._outcome(after, state, score))

    def _state(self) -> tuple[ExerciseState, Score | None]:
        """The state as it is now that nobody else writes, with its score; a new one where there is none."""
        rows = _state_to_change(self.enrolment_id, self.block.code) if self.enrolment_id is not None else []
        for row in rows:
            state = instance(ExerciseState, _STATE, row[: len(_STATE)])
            score = row[len(_STATE) :]
            return state, instance(Score, _SCORE, score) if score[0] is not None else None
        return ExerciseState(block_code=self.block.code, seed=self.seed), None

    def _standing(self, state: ExerciseState, possible: float | None = None) -> State:
        """Where they stand, for the rules. An answer to an exercise that is another one by now is none to this."""
        is_done = state.grade is not None and (not self.other or state.content_hash != self.other)
        possible = self.exercise.body.possible if possible is None else possible
        history = earned_of(state, of_points=possible)
        return State(
            attempts=state.attempts,
            is_done=is_done,
            earned=rules.counted(self.exercise.grading_method, history) if is_done else 0,
            possible=possible,
            history=history,
            seed=state.seed,
            has_saved=state.saved is not None,
            submitted_at=state.submitted_at,
        )

    def _write(self, state: ExerciseState) -> None:
        if state.enrolment_id is None:
            state.enrolment_id = self.enrolment_id or self._enrolment()
        state.save()

    def _enrolment(self) -> int:
        return Enrolment.objects.create(person=self.person, run=self.run, seed=self.enrolment_seed).pk

    def _write_submission(self, state: ExerciseState, answer: _Answer, language: str) -> Submission:
        return Submission.objects.create(
            state=state,
            number=state.attempts,
            version_id=self.run.version_id,
            content_hash=self.block.content_hash,
            language=language,
            seed=state.seed,
            variables=state.variables,
            accepted=[list(pair) for pair in answer.accepted],
            responses=state.responses,
            grade=state.grade,
            points=answer.points,
            possible_points=answer.possible,
            created_at=self.at.now,
        )

    def _write_score(self, state: ExerciseState, score: Score | None, submission: Submission, after: State) -> Score:
        """The points that count by now, and the submission that gives them, if one does: of equals, the first."""
        points, possible = rules.weighed(self.exercise.weight, after.earned, after.possible) or (0, 0)
        if score is None:
            score = Score(state=state, submission=submission)
        elif (score.points, score.possible_points) == (points, possible) and score.submission_id is not None:
            return score
        if self.exercise.grading_method == "average_score":
            score.submission = None
        elif abs(after.earned - after.history.last) <= rules.NEAR:
            score.submission = submission
        score.points, score.possible_points = points, possible
        score.save()
        return score

    def _outcome(
        self,
        after: State,
        state: ExerciseState,
        score: Score | None,
        responses: Responses | None = None,
        grade: Grade | None = None,
    ) -> Standing:
        possible = rules.weighed(self.exercise.weight, 0, self.exercise.body.possible)
        return Standing(
            after,
            self.exercise.max_attempts,
            responses or (responses_from(state.responses) if state.responses else None),
            grade or (grade_from(state.grade) if state.grade else None),
            responses_from(state.saved) if state.saved else None,
            score.points if score else 0,
            score.possible_points if score else (possible or (0, 0))[1],
        )


def _refused_by(
    refusal: rules.Refusal, exercise: tree.Exercise, at: Moment, state: ExerciseState | None = None
) -> Outcome:
    """What the rules refused, in a sentence."""
    if refusal is rules.Refusal.PAST_DUE:
        due = date_format(cast(datetime, rules.closes_at(exercise, at.due)), "DATETIME_FORMAT")
        return _refused(Refusal.PAST_DUE, _("Answers were due by %(date)s (UTC).") % {"date": due})
    if refusal is rules.Refusal.TOO_SOON and state is not None:
        wait = rules.wait(exercise, State(submitted_at=state.submitted_at), at.now)
        seconds = max(1, round(wait.total_seconds()))
        sentence = ngettext(
            "You can answer again in %(count)s second.", "You can answer again in %(count)s seconds.", seconds
        )
        return _refused(Refusal.TOO_SOON, sentence % {"count": seconds})
    return _refused(Refusal(refusal.value), _sentences()[refusal])


def _sentences() -> Mapping[rules.Refusal, str]:
    return {
        rules.Refusal.NO_ATTEMPTS: _("You have used all attempts at this exercise."),
        rules.Refusal.NEEDS_RESET: _("Start over before you answer again: each time, the exercise is another one."),
        rules.Refusal.NOT_SUBMITTED: _("There is nothing to start over: you have not sent an answer yet."),
    }


def _refused(refusal: Refusal, sentence: str) -> Outcome:
    return Outcome(refusal=refusal, sentence=sentence)
