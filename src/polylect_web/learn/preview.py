"""A block as learners will see it, with a text that somebody is still writing: for the workbench.

The draft is set between two marks, which become a `<mark>` around it where it stands in the text, and vanish where it
stands in an attribute.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from polylect import languages
from polylect.course.rules import Moment, State
from polylect.exercises import Exercise, Field, FieldKind, QuestionView
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Block
from polylect_web.grading.preparing import variables_of
from polylect_web.learn import blocks
from polylect_web.learn.blocks import DrawnExercise, DrawnText
from polylect_web.learn.exercise_page import ExercisePage, Situation
from polylect_web.learn.exercise_steps import Steps
from polylect_web.learn.unit_page import ShownText

_BEGIN, _END = "\ue010", "\ue011"  # private-use characters, which cleaning lets through
_TAG = re.compile("<[^>]*>")
_SEED = 1
_MOST_HINTS = 100
_CHOICE = re.compile(r"question\.(?P<question>[^.]+)\.choice\.(?P<choice>[^.]+)")


@dataclass(frozen=True)
class Preview:
    """HTML, and whether the draft can be seen in it: a hint that is about one answer is not always."""

    html: SafeString
    is_in_view: bool


def preview(run: Run, block: Block, language: str, role: str, text: str, *, may_see_answers: bool) -> Preview | None:
    """The block in this language with a draft as the text of a role; None for kinds that are not drawn here.

    `may_see_answers`: with what is only shown after the answer. Two queries.
    """
    marked = f"{_BEGIN}{text}{_END}" if text.strip() else ""
    drawn = blocks.draw_draft(run.version, block, language, role, marked)
    context: dict[str, object] = {
        "reading_language": language,
        "interface_language": language,
        "interface_direction": languages.direction(language),
        "is_alone": True,
    }
    if isinstance(drawn, DrawnText):
        html = render_to_string(
            "learn/_text.html", context | {"block": ShownText(block.code, drawn.html, drawn.source)}
        )
    elif isinstance(drawn, DrawnExercise):
        page = _exercise(run, block, drawn, role, may_see_answers=may_see_answers)
        html = render_to_string("learn/_exercise.html", context | {"page": page})
    else:
        return None
    shown = _with_mark(html)
    return Preview(mark_safe(shown), "<mark" in shown)


def _exercise(run: Run, block: Block, drawn: DrawnExercise, role: str, *, may_see_answers: bool) -> ExercisePage:
    """The exercise as after an answer that brings the text of this role into view, as far as one does."""
    body = drawn.exercise.body
    variables = variables_of(block.content_hash, body, _SEED)
    typed = _typed(body, role) if may_see_answers and variables is not None else {}
    grade = None
    if typed and variables is not None:
        responses, issues = body.read({name: list(given) for name, given in typed.items()}, "", variables)
        grade = None if issues else body.grade(responses, _SEED, variables)
    return ExercisePage(
        code=f"preview-{block.code}",
        title=drawn.title,
        source=drawn.source,
        exercise=drawn.exercise,
        situation=Situation(
            seed=_SEED,
            variables=variables,
            typed=typed,
            grade=grade,
            answers=body.answers(_SEED, variables) if may_see_answers and not typed and variables is not None else None,
            hints_shown=_MOST_HINTS if role.startswith("hint.") else 0,
        ),
        version_id=run.version_id,
        steps=Steps(drawn.exercise, State(), Moment(timezone.now())),
    )


def _typed(body: Exercise, role: str) -> dict[str, tuple[str, ...]]:
    """The answer that brings the feedback of a choice into view: that choice, alone."""
    found = _CHOICE.match(role)
    if found is None or not role.removeprefix(found[0]):
        return {}
    questions = (part for part in body.present(_SEED).parts if isinstance(part, QuestionView))
    for field in (part for question in questions for part in question.parts if isinstance(part, Field)):
        codes = {choice.code for choice in field.choices}
        if found["choice"] in codes and field.kind in (FieldKind.RADIO, FieldKind.CHECKBOX, FieldKind.SELECT):
            return {field.name: (found["choice"],)}
    return {}


def _with_mark(html: str) -> str:
    """The marks of the draft as an element, and gone from within tags."""
    bare = _TAG.sub(lambda tag: tag[0].replace(_BEGIN, "").replace(_END, ""), html)
    if bare.count(_BEGIN) == bare.count(_END):
        return bare.replace(_BEGIN, '<mark class="here">').replace(_END, "</mark>")
    return bare.replace(_BEGIN, "").replace(_END, "")
