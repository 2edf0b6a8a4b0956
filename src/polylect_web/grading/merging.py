"""Joining a guest's work to an account: nothing that either of the two did is lost, and merging never costs points."""

from datetime import datetime

from polylect_web.accounts.models import Person
from polylect_web.grading.models import Enrolment, ExerciseState, Score
from polylect_web.grading.records import earned_of, keep_earned

_GIVEN = ("seed", "variables", "content_hash", "responses", "grade", "submitted_at")


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


def _merge_states(guests: ExerciseState, own: ExerciseState) -> None:
    """Moves the guest's submissions behind the person's own; what was given last is what is shown."""
    for submission in guests.submissions.order_by("-number"):
        submission.state = own
        submission.number += own.attempts
        submission.save(update_fields=["state", "number"])
    if _is_later(guests.submitted_at, own.submitted_at):
        for name in _GIVEN:
            setattr(own, name, getattr(guests, name))
    if _is_later(guests.saved_at, own.saved_at):
        own.saved, own.saved_at = guests.saved, guests.saved_at
    possible = own.of_points or guests.of_points
    together = earned_of(own, of_points=possible).and_these(earned_of(guests, of_points=possible))
    keep_earned(own, together, of_points=possible)
    own.save()
    _merge_scores(guests, own)
    guests.delete()


def _merge_scores(guests: ExerciseState, own: ExerciseState) -> None:
    theirs, mine = Score.objects.filter(state=guests).first(), Score.objects.filter(state=own).first()
    if theirs is None:
        return
    theirs.delete()
    if mine is None:
        mine = Score(state=own)
    elif _share(theirs) <= _share(mine):
        return
    mine.submission_id, mine.points, mine.possible_points = (
        theirs.submission_id,
        theirs.points,
        theirs.possible_points,
    )
    mine.save()


def _share(score: Score) -> float:
    """Of its points: an exercise may have been worth another number of them."""
    return score.points / score.possible_points if score.possible_points else 0.0


def _is_later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and (other is None or one > other)
