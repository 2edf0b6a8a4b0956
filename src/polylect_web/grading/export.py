"""What a person takes along of their work: courses, every submission with its answers, what was saved, and the scores.

Answers and questions are in the words of the course's own language, for a choice is stored by its code.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from polylect.course import tree
from polylect.exercises import Response
from polylect.exercises.grading import Result
from polylect_web.accounts.export import Table
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.grading.models import Enrolment, ExerciseState, Submission
from polylect_web.grading.records import grade_from, responses_from

_WHICH = ("state__enrolment__run__key", "state__block_code", "number")
_SAVED = ("enrolment__run__key", "block_code", "saved_at", "content_hash", "saved")
_AT_ONCE = 200
"""Rows in memory: each holds a whole exercise's responses and feedback."""


def tables(person: Person) -> dict[str, Table]:
    """The person's work, by the name of the table."""
    submissions = Submission.objects.filter(state__enrolment__person=person).order_by("pk")
    states = ExerciseState.objects.filter(enrolment__person=person).order_by("pk")
    return {
        "enrolments": Table(
            _("The courses you take part in, and since when."),
            ("course", "title", "since"),
            lambda: (
                Enrolment.objects.filter(person=person)
                .order_by("pk")
                .values_list("run__key", "run__title", "created_at")
            ),
        ),
        "submissions": Table(
            _("Every time you sent an exercise, and what it was worth."),
            ("course", "exercise", "number", "sent_at", "language", "points", "possible_points"),
            lambda: submissions.values_list(*_WHICH, "created_at", "language", "points", "possible_points").iterator(),
        ),
        "answers": Table(
            _("What you answered each time, question by question, and what became of it."),
            (
                *("course", "exercise", "number", "title", "field", "question", "answer"),
                *("verdict", "points", "possible_points", "feedback"),
            ),
            lambda: _answers(submissions.values_list(*_WHICH, "content_hash", "responses", "grade").iterator(_AT_ONCE)),
        ),
        "scores": Table(
            _("Where you stand with each exercise, and the points that count."),
            ("course", "exercise", "attempts", "last_sent_at", "points", "possible_points"),
            lambda: states.exclude(submitted_at=None).values_list(
                *("enrolment__run__key", "block_code", "attempts", "submitted_at"),
                *("score__points", "score__possible_points"),
            ),
        ),
        "saved": Table(
            _("What you saved in exercises and have not sent, question by question."),
            ("course", "exercise", "saved_at", "title", "field", "question", "answer"),
            lambda: _saved(states.exclude(saved=None).values_list(*_SAVED).iterator(_AT_ONCE)),
        ),
    }


@dataclass(frozen=True)
class _Field:
    """What a field asks, and what its choices say, by code."""

    question: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    def answer(self, response: Response) -> str:
        """What was given: the words of what was chosen, or else what was typed."""
        if self.choices:
            return "; ".join(self.choices.get(code, code) for code in response.read)
        return "; ".join(response.typed)


def _answers(submissions: Iterable[tuple[Any, ...]]) -> Iterator[tuple[object, ...]]:
    """A row for each field of each submission."""
    asked = cache(_asked)
    for course, block, number, content_hash, responses, graded in submissions:
        title, fields = asked(content_hash)
        grade = grade_from(graded)
        for response in responses_from(responses):
            of = fields.get(response.field, _Field())
            result = grade.of(response.field)
            judged = _judged(result) if result is not None else ("", None, None, "")
            yield course, block, number, title, response.field, of.question, of.answer(response), *judged


def _saved(states: Iterable[tuple[Any, ...]]) -> Iterator[tuple[object, ...]]:
    """A row for each field of what was saved."""
    asked = cache(_asked)
    for course, block, saved_at, content_hash, responses in states:
        title, fields = asked(content_hash)
        for response in responses_from(responses):
            of = fields.get(response.field, _Field())
            yield course, block, saved_at, title, response.field, of.question, of.answer(response)


def _asked(content_hash: str) -> tuple[str, dict[str, _Field]]:
    """The title of the exercise with this content, and its fields by code; nothing of what is not there any more."""
    item = courses.load_contents([content_hash]).get(content_hash)
    if not isinstance(item, tree.Exercise):
        return "", {}
    texts = {slot.role: _plain(slot.content) if slot.form == "html" else slot.content for slot in item.body.texts()}
    return item.title, {
        one.code: _Field(
            texts.get(one.label) or texts.get(question.frame.label, ""),
            {option.code: texts.get(option.role, option.code) for option in one.options},
        )
        for question in item.body.questions
        for one in question.inputs
    }


def _judged(result: Result) -> tuple[str, float, float, str]:
    feedback = " ".join(_plain(one.words.text) for one in result.feedback)
    return result.verdict.value, result.points, result.possible, feedback


def _plain(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())
