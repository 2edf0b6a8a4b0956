"""An exercise as a page shows it: the library's view, with what the learner gave and what became of it laid over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from polylect.course import tree
from polylect.exercises import (
    Answers,
    Choice,
    Field,
    FieldKind,
    Grade,
    Group,
    Html,
    QuestionView,
    Result,
    Verdict,
    Words,
)
from polylect.issues import Issue
from polylect_web.learn.blocks import Source
from polylect_web.learn.exercise_steps import Step, Steps
from polylect_web.learn.pictures import ShownPicture, shown_picture
from polylect_web.learn.sentences import sentence_of


@dataclass(frozen=True)
class ShownChoice:
    """A choice, and what is said about it."""

    choice: Choice
    id: str
    is_chosen: bool
    verdict: Verdict | None
    """Of a choice that was made; None: nothing is said of it."""
    feedback: tuple[Words, ...]
    is_answer: bool
    """The learner asked for the answer, and this is one."""
    inner: tuple["ShownField", ...] = ()
    """The fields inside its words."""

    @property
    def feedback_id(self) -> str:
        return f"{self.id}-feedback"

    @property
    def is_remarked(self) -> bool:
        """Whether anything stands below the choice."""
        return self.verdict is not None or bool(self.feedback) or self.is_answer


@dataclass(frozen=True)
class ShownField:
    """An input or a group of them, filled as the learner left it."""

    field: Field
    id: str
    label: Words | None
    descriptions: tuple[Words, ...]
    typed: tuple[str, ...] = ()
    result: Result | None = None
    error: str = ""
    """Why what was typed cannot be read, and what could be."""
    answer: tuple[Words, ...] = ()
    answer_choices: tuple[str, ...] = ()
    picture: ShownPicture | None = None
    inner: tuple["ShownField", ...] = ()
    """The fields inside its choices."""

    @property
    def is_group(self) -> bool:
        return self.field.kind in (FieldKind.RADIO, FieldKind.CHECKBOX)

    @property
    def is_single(self) -> bool:
        """Whether one choice, and no more, is to be made."""
        return self.field.kind is FieldKind.RADIO

    @property
    def is_select(self) -> bool:
        return self.field.kind is FieldKind.SELECT

    @property
    def is_long(self) -> bool:
        """Whether there is room for more than a line."""
        return self.field.kind is FieldKind.LONG_TEXT

    @property
    def text(self) -> str:
        """What stands in a text field."""
        return self.typed[0] if self.typed else ""

    @property
    def down(self) -> str:
        """What stands in the second field of a picture."""
        return self.typed[1] if len(self.typed) > 1 else ""

    @property
    def answer_texts(self) -> tuple[Words, ...]:
        """What "show answer" tells in words."""
        return self.picture.areas_in_words if self.picture else self.answer

    @property
    def verdict(self) -> Verdict | None:
        return self.result.verdict if self.result else None

    @property
    def says_verdict(self) -> bool:
        """Whether the verdict stands at the field; where a single choice was made, it stands at that choice."""
        stands_at_choice = self.is_single and self.typed and not self.feedback and not self.inner
        return self.result is not None and not stands_at_choice

    @property
    def feedback(self) -> tuple[Words, ...]:
        """What is said at the field: of the whole, and where no choices stand on the page, of the one that was made."""
        said = self.result.feedback if self.result else ()
        return tuple(part.words for part in said if not part.choice or not self.is_group)

    @property
    def is_blank(self) -> bool:
        """Nothing was given here."""
        return not any(text.strip() for text in self.typed)

    @property
    def described_by(self) -> str:
        """The ids of what explains this field to those who cannot see it."""
        ids = [f"{self.id}-description-{number}" for number, _ in enumerate(self.descriptions, start=1)]
        ids += [f"{self.id}-error"] if self.error else []
        ids += [f"{self.id}-verdict"] if self.says_verdict else []
        return " ".join(ids)

    @property
    def choices(self) -> list[ShownChoice]:
        """The choices in this learner's order."""
        return [self._choice(number, choice) for number, choice in enumerate(self.field.choices, start=1)]

    def _choice(self, number: int, choice: Choice) -> ShownChoice:
        is_chosen = choice.code in self.typed
        about = tuple(part.words for part in self.result.feedback if part.choice == choice.code) if self.result else ()
        # Of several checkboxes only the whole is judged: to mark single ones would give the answer away. So it is with
        # a choice and the numbers in it.
        tells = self.result is not None and is_chosen and self.field.kind is FieldKind.RADIO and not self.inner
        verdict = self.result.verdict if self.result and tells else None
        is_answer = choice.code in self.answer_choices
        codes = {inner.code for inner in choice.inner}
        inner = tuple(one for one in self.inner if one.field.code in codes)
        return ShownChoice(choice, f"{self.id}-{number}", is_chosen, verdict, about, is_answer, inner)


@dataclass(frozen=True)
class Situation:
    """What an exercise is shown with. All of it is the learner's own."""

    seed: int = 0
    variables: Mapping[str, str] | None = field(default_factory=dict)
    """What the author's script left; None: it cannot be had now, and there is nothing to answer."""
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What stands in each field, as it was typed."""
    grade: Grade | None = None
    unreadable: tuple[Issue, ...] = ()
    """Set when what was sent could not be read: nothing was graded."""
    answers: Answers | None = None
    """Set when the learner asked for the answer, and may have it."""
    hints_shown: int = 0


@dataclass(frozen=True)
class ExercisePage:
    """Everything the template of an exercise asks for."""

    code: str
    title: Words
    source: Source
    exercise: tree.Exercise
    situation: Situation
    version_id: int
    """The version that is shown; sent along, so that an answer to another version is noticed."""
    steps: Steps
    """What the learner may do with it now."""
    is_saved: bool = False
    """What stands in the fields was saved, and not submitted."""
    changed_at: datetime | None = None
    """Since when the exercise is another one than what was answered."""
    refusal: str = ""
    """Why what was just asked for was not done."""
    asked: Step = Step.SUBMIT
    """What was just asked for."""
    focus: str = ""
    """What takes the focus in a page that comes back: "result", "hint" or "answer"; empty: nothing."""
    address: str = ""
    """Where the form is sent."""
    unit_address: str = ""
    is_guest: bool = False
    """Somebody without an account has work here."""

    @cached_property
    def view(self) -> list[Html | QuestionView]:
        """The parts to draw, in order."""
        return list(self.exercise.body.present(self.situation.seed, self.situation.variables).parts)

    @property
    def is_graded(self) -> bool:
        """Whether there is anything to answer."""
        return bool(self.exercise.body.questions) and not self.is_waiting

    @property
    def is_waiting(self) -> bool:
        """Whether its author's script has to run first, and cannot now."""
        return self.situation.variables is None

    @property
    def remarks(self) -> tuple[Words, ...]:
        """What was said about the answer as a whole."""
        grade = self.situation.grade
        return tuple(one.words for one in grade.remarks) if grade else ()

    def shown(self, field: Field, question: QuestionView | None = None) -> ShownField:
        """A field of the view with the learner's part laid over it."""
        situation, code = self.situation, field.code
        answers = situation.answers.fields if situation.answers else ()
        answer = next((one for one in answers if one.field == code), None)
        errors = (sentence_of(issue) for issue in situation.unreadable if issue.params.get("field") == code)
        typed = tuple(situation.typed.get(field.name, ())) if situation.typed else field.initial
        return ShownField(
            field,
            id=f"{self.code}-{code}",
            label=field.label,
            descriptions=field.descriptions,
            typed=typed,
            result=situation.grade.of(code) if situation.grade else None,
            error=" ".join(errors),
            answer=answer.texts if answer else (),
            answer_choices=answer.choices if answer else (),
            picture=shown_picture(field.picture, typed, answer.areas if answer else ()) if field.picture else None,
            inner=tuple(self.shown(inner) for choice in field.choices for inner in choice.inner),
        )

    @property
    def unread(self) -> list[tuple[str, Words | None, str]]:
        """Where something is missing or cannot be read: the id of the field, the group that it is of (such as a side),
        and the sentence."""
        groups = {
            field.code: part.label
            for question in self.view
            if isinstance(question, QuestionView)
            for part in question.parts
            if isinstance(part, Group)
            for field in part.fields
        }
        issues = [(issue.params.get("field", ""), issue) for issue in self.situation.unreadable]
        return [(f"{self.code}-{code}", groups.get(code), sentence_of(issue)) for code, issue in issues]

    @property
    def is_incomplete(self) -> bool:
        """Whether all that keeps the answer from being graded is that something was left empty."""
        return all(issue.code.startswith("exercise-ask-") for issue in self.situation.unreadable)

    @property
    def hints(self) -> tuple[Words, ...]:
        """The hints that were asked for so far."""
        return self.exercise.body.hints_with(self.situation.variables)[: self.situation.hints_shown]

    @property
    def next_hint(self) -> int | None:
        """The number of the hint to ask for next; None when all are shown."""
        following = self.situation.hints_shown + 1
        return following if following <= len(self.exercise.body.hints) else None

    @property
    def solutions(self) -> tuple[Words, ...]:
        """The authors' explanations, where the answer is shown."""
        return self.situation.answers.solutions if self.situation.answers else ()

    @property
    def verdict(self) -> str:
        """What became of it, for the template: refused, unread, saved, right, partly, not-yet, sent (and nobody is told
        how right it is), anew (it was started over just now); empty: nothing yet."""
        grade = self.situation.grade
        if self.situation.unreadable:
            return "unread"
        if self.refusal:
            return "refused"
        if self.is_saved:
            return "saved"
        if grade is None:
            return self._without_grade
        if grade.is_correct:
            return "right"
        return "partly" if grade.points > 0 else "not-yet"

    @property
    def _without_grade(self) -> str:
        state = self.steps.state
        if state.is_done and not self.steps.is_told:
            return "sent"
        return "anew" if self.focus == "result" and state.attempts and not state.is_done else ""

    @property
    def refused_heading(self) -> str:
        """What was not done."""
        headings = {
            Step.SAVE: _("Not saved"),
            Step.START_OVER: _("Nothing was changed"),
            Step.REVEAL: _("Not shown"),
        }
        return headings.get(self.asked, _("Not sent"))

    @property
    def points_sentence(self) -> str:
        """What the answer on view earned, and what counts instead of it."""
        return self.steps.points_sentence(self.situation.grade)

    @property
    def foot_sentences(self) -> list[str]:
        """What to know before pressing one of the buttons."""
        return self.steps.foot_sentences(is_graded=self.situation.grade is not None)
