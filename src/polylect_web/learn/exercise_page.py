"""An exercise as a page shows it: the library's view, with what the learner gave and what became of it laid over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polylect.exercises import Answers, Choice, Exercise, Field, FieldKind, Grade, Html, QuestionView, Result, Verdict, Words
from polylect.issues import Issue


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

    @property
    def is_group(self) -> bool:
        return self.field.kind in (FieldKind.RADIO, FieldKind.CHECKBOX)

    @property
    def is_select(self) -> bool:
        return self.field.kind is FieldKind.SELECT

    @property
    def text(self) -> str:
        """What stands in a text field."""
        return self.typed[0] if self.typed else ""

    @property
    def verdict(self) -> Verdict | None:
        return self.result.verdict if self.result else None

    @property
    def feedback(self) -> tuple[Words, ...]:
        """What is said of the field as a whole."""
        return tuple(part.words for part in self.result.feedback if not part.choice) if self.result else ()

    @property
    def described_by(self) -> str:
        """The ids of what explains this field to those who cannot see it."""
        ids = [f"{self.id}-description-{number}" for number, _ in enumerate(self.descriptions, start=1)]
        ids += [f"{self.id}-error"] if self.error else []
        ids += [f"{self.id}-verdict"] if self.result else []
        return " ".join(ids)

    @property
    def choices(self) -> list[ShownChoice]:
        """The choices in this learner's order."""
        return [self._choice(number, choice) for number, choice in enumerate(self.field.choices, start=1)]

    def _choice(self, number: int, choice: Choice) -> ShownChoice:
        is_chosen = choice.code in self.typed
        about = tuple(part.words for part in self.result.feedback if part.choice == choice.code) if self.result else ()
        # Of several checkboxes only the whole is judged: to mark single ones would give the answer away.
        tells = self.result is not None and is_chosen and self.field.kind is FieldKind.RADIO
        verdict = self.result.verdict if self.result and tells else None
        return ShownChoice(
            choice, f"{self.id}-{number}", is_chosen, verdict, about, choice.code in self.answer_choices
        )


@dataclass(frozen=True)
class Situation:
    """What an exercise is shown with. All of it is the learner's own."""

    seed: int = 0
    variables: Mapping[str, str] = field(default_factory=dict)
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
    exercise: Exercise
    situation: Situation
    attempts: int = 0
    max_attempts: int | None = None
    may_answer: bool = True
    may_see_answer: bool = False
    is_closed: bool = False
    """It is past its due date."""
    was_changed: bool = False
    """The exercise changed since it was answered; the score is kept."""
    focus: str = ""
    """What takes the focus in a page that comes back: "result", "hint" or "answer"; empty: nothing."""
    address: str = ""

    @cached_property
    def view(self) -> list[Html | QuestionView]:
        return list(self.exercise.present(self.situation.seed, self.situation.variables).parts)

    def shown(self, field: Field, question: QuestionView | None = None) -> ShownField:
        """A field of the view with the learner's part laid over it."""
        situation = self.situation
        answer = next((one for one in situation.answers.fields if one.field == field.code), None) if situation.answers else None
        return ShownField(
            field,
            id=f"{self.code}-{field.code}",
            label=field.label,
            descriptions=field.descriptions,
            typed=tuple(situation.typed.get(field.name, ())),
            result=situation.grade.of(field.code) if situation.grade else None,
            error=" ".join(_sentences(issue for issue in situation.unreadable if issue.params.get("field") == field.code)),
            answer=answer.texts if answer else (),
            answer_choices=answer.choices if answer else (),
        )

    @property
    def hints(self) -> tuple[Words, ...]:
        """The hints that were asked for so far."""
        return self.exercise.hints[: self.situation.hints_shown]

    @property
    def next_hint(self) -> int | None:
        """The number of the hint to ask for next; None when all are shown."""
        following = self.situation.hints_shown + 1
        return following if following <= len(self.exercise.hints) else None

    @property
    def solutions(self) -> tuple[Words, ...]:
        return self.situation.answers.solutions if self.situation.answers else ()

    @property
    def verdict(self) -> str:
        """What became of it, in one word for the template: unread, ungraded, right, partly, not-yet; empty: nothing yet."""
        grade = self.situation.grade
        if self.situation.unreadable:
            return "unread"
        if grade is None:
            return ""
        if grade.ungraded:
            return "ungraded"
        if grade.is_correct:
            return "right"
        return "partly" if grade.points > 0 else "not-yet"

    @property
    def attempts_left(self) -> int | None:
        """None: as many as one likes."""
        return None if self.max_attempts is None else max(0, self.max_attempts - self.attempts)

    @property
    def attempts_sentence(self) -> str:
        """How often one may still try, in words; empty where that is without end."""
        left = self.attempts_left
        if left is None:
            return ""
        if left == 0:
            return _("You have used all your tries.")
        return ngettext("You have %(count)d try left.", "You have %(count)d tries left.", left) % {"count": left}
