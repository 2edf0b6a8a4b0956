"""An exercise as a page shows it: the library's view, with what the learner gave and what became of it laid over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from babel import Locale
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from polylect.course import tree
from polylect.exercises import Answers, Choice, Field, FieldKind, Grade, Html, QuestionView, Result, Verdict, Words
from polylect.issues import Issue
from polylect_web.learn.blocks import Source
from polylect_web.learn.sentences import sentence_of

_FORMS_SEEN_BY = 101  # Arabic, with the most forms of a noun, comes to its last one at 100


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
    def is_single(self) -> bool:
        """Whether one choice, and no more, is to be made."""
        return self.field.kind is FieldKind.RADIO

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
    def says_verdict(self) -> bool:
        """Whether the verdict stands at the field; where a single choice was made, it stands at that choice."""
        return self.result is not None and not (self.is_single and self.typed and not self.feedback)

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
        # Of several checkboxes only the whole is judged: to mark single ones would give the answer away.
        tells = self.result is not None and is_chosen and self.field.kind is FieldKind.RADIO
        verdict = self.result.verdict if self.result and tells else None
        is_answer = choice.code in self.answer_choices
        return ShownChoice(choice, f"{self.id}-{number}", is_chosen, verdict, about, is_answer)


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
    source: Source
    exercise: tree.Exercise
    situation: Situation
    version_id: int
    """The version that is shown; sent along, so that an answer to another version is noticed."""
    attempts_left: int | None = None
    """None: as many as one likes."""
    best_points: float = 0
    """The score so far: what the best submission earned."""
    may_answer: bool = True
    may_see_answer: bool = False
    is_closed: bool = False
    """It is past its due date."""
    changed_at: datetime | None = None
    """Since when the exercise is another one than what was answered."""
    refusal: str = ""
    """Why the answer that was just sent was not taken."""
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
        return bool(self.exercise.body.questions)

    def shown(self, field: Field, question: QuestionView | None = None) -> ShownField:
        """A field of the view with the learner's part laid over it."""
        situation, code = self.situation, field.code
        answers = situation.answers.fields if situation.answers else ()
        answer = next((one for one in answers if one.field == code), None)
        errors = (sentence_of(issue) for issue in situation.unreadable if issue.params.get("field") == code)
        return ShownField(
            field,
            id=f"{self.code}-{code}",
            label=field.label,
            descriptions=field.descriptions,
            typed=tuple(situation.typed.get(field.name, ())),
            result=situation.grade.of(code) if situation.grade else None,
            error=" ".join(errors),
            answer=answer.texts if answer else (),
            answer_choices=answer.choices if answer else (),
        )

    @property
    def hints(self) -> tuple[Words, ...]:
        """The hints that were asked for so far."""
        return self.exercise.body.hints[: self.situation.hints_shown]

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
        """What became of it, for the template: refused, unread, right, partly, not-yet; empty: nothing yet."""
        grade = self.situation.grade
        if self.situation.unreadable:
            return "unread"
        if self.refusal:
            return "refused"
        if grade is None:
            return ""
        if grade.is_correct:
            return "right"
        return "partly" if grade.points > 0 else "not-yet"

    @property
    def points_sentence(self) -> str:
        """What the answer on view earned, and where a better one was given before, that this one counts."""
        grade = self.situation.grade
        if grade is None or not grade.possible:
            return ""
        possible = grade.possible if self.exercise.weight is None else self.exercise.weight
        earned = grade.points / grade.possible * possible
        sentence = points_of(earned, possible)
        if self.best_points > earned + 1e-9:
            sentence += " " + _("Your best answer counts: %(points)s.") % {"points": points(self.best_points)}
        return sentence

    @property
    def attempts_sentence(self) -> str:
        """How often one may still try, in words; empty where that is without end."""
        left = self.attempts_left
        if left is None:
            return ""
        if left == 0:
            return _("You have used all your tries.")
        return ngettext("You have %(count)d try left.", "You have %(count)d tries left.", left) % {"count": left}


def points(number: float) -> str:
    """A number of points in words, as the interface writes numbers: "1 point", "2.5 points"."""
    return ngettext("%(number)s point", "%(number)s points", _like(number)) % {"number": written(number)}


def points_of(earned: float, possible: float) -> str:
    """Points earned of those that could be had, as a sentence."""
    sentence = ngettext("%(earned)s of %(possible)s point.", "%(earned)s of %(possible)s points.", _like(possible))
    return sentence % {"earned": written(earned), "possible": written(possible)}


def written(number: float) -> str:
    """A number as the interface writes it, with two decimals at most and none that say nothing."""
    rounded = round(number, 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded, use_l10n=True)


def _like(number: float) -> int:
    """A whole number that the noun takes the same form for: gettext knows no others, and 2.5 is not said as 2 is."""
    rounded = round(number, 2)
    if rounded == int(rounded):
        return int(rounded)
    form = Locale.parse(get_language() or "en", sep="-").plural_form
    return next((whole for whole in range(_FORMS_SEEN_BY) if form(whole) == form(rounded)), int(rounded))
