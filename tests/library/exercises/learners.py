"""Learners to try exercises with: one who answers at random, and one who reads a story as its author does and knows the
definition of a partnership.

    form = at_random(exercise, Random(7))         # what a form would send
    form = knowing(exercise)
    points = share(exercise, form)                # 0 to 1; None: it could not be read, and cost nothing
"""

from random import Random

from polylect.exercises import Exercise, FieldKind
from polylect.exercises.kinds.arrangement import ArrangementAnalysis
from polylect.exercises.kinds.repair import Repair
from polylect.exercises.question import Input, Question
from polylect.partnership import judge, nearest

Form = dict[str, list[str]]

_TRIES = 200
"""How often somebody who answers at random goes back to what was left open before they give up."""


def at_random(exercise: Exercise, random: Random) -> Form:
    """Somebody who reads nothing: each question is answered by chance, until all of it can be sent."""
    form: Form = {}
    for question in exercise.questions:
        form |= _by_chance(exercise, question, random)
    return form


def knowing(exercise: Exercise) -> Form:
    """Somebody who reads each story as its author does, and then reasons: the kind of an arrangement is what the judge
    says of the cells, and a repair is what the judge finds missing. Nothing of that comes from the key."""
    key = {answer.field: list(answer.choices) for answer in exercise.answers().fields}
    form: Form = {}
    for question in exercise.questions:
        form |= {input.code: key.get(input.code, []) for input in question.inputs}
        if isinstance(question, ArrangementAnalysis):
            given = question.given(exercise.read(form)[0])
            kind = judge(given, question.case.values).kind
            form[f"{question.code}.kind"] = [kind.value] if kind else []
        elif isinstance(question, Repair):
            form |= _repaired(question)
    return {name: values for name, values in form.items() if values}


def share(exercise: Exercise, form: Form, language: str = "en") -> float | None:
    """The part of the points that a form earns; None: it cannot be read."""
    responses, issues = exercise.read(form, language)
    if issues:
        return None
    grade = exercise.grade(responses)
    return grade.points / grade.possible


def _by_chance(exercise: Exercise, question: Question, random: Random) -> Form:
    for _ in range(_TRIES):
        form = (
            _one_change(question, random)
            if isinstance(question, Repair)
            else {input.code: _picked(input, random) for input in question.inputs}
        )
        _, issues = question.read_all(form, "en")
        if not issues:
            return form
    return {}


def _picked(input: Input, random: Random) -> list[str]:
    codes = [option.code for option in input.options]
    if input.kind is FieldKind.CHECKBOX:
        return random.sample(codes, min(len(codes), random.choice([1, 1, 2, 2, 3])))
    return [random.choice(codes)] if codes else []


def _one_change(question: Repair, random: Random) -> Form:
    form = {input.code: list(input.initial) for input in question.inputs}
    changed = random.choice(question.inputs)
    return form | {changed.code: _picked(changed, random)}


def _repaired(question: Repair) -> Form:
    """The cells as they are, but for the one that is missing."""
    form = {input.code: list(input.initial) for input in question.inputs}
    change = nearest(question.case.arrangement, question.case.values).steps[0].options[0].change
    place = f"{change.cell.side}.{change.cell.part.value}" if change.cell.side else change.cell.part.value
    return form | {f"{question.code}.{place}": [change.value]}
