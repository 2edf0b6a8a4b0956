"""What a learner may do with an exercise now: the buttons that would work, and what to know about them, in words."""

from dataclasses import dataclass
from enum import Enum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polylect.course import rules, tree
from polylect.course.rules import Moment, State
from polylect.exercises import Grade
from polylect_web.learn.points import points, points_of


class Step(Enum):
    """What a learner does with an exercise, by the name of its button."""

    SUBMIT = "answer"
    SAVE = "save"
    START_OVER = "over"
    HINT = "hint"
    REVEAL = "reveal"


@dataclass(frozen=True)
class Steps:
    """What may be done now with an exercise, by the rules of its course. `points`: the score so far, in points of the
    course; `has_ended`: the whole course is over."""

    exercise: tree.Exercise
    state: State
    at: Moment
    points: float = 0
    has_ended: bool = False

    @property
    def is_told(self) -> bool:
        """Whether learners are told how right they were."""
        return rules.is_correctness_available(self.exercise, self.at)

    @property
    def is_survey(self) -> bool:
        """Whether answers are only ever saved here."""
        return self.exercise.max_attempts == 0

    @property
    def may_answer(self) -> bool:
        return not self.has_ended and rules.is_submit_enabled(self.exercise, self.state, self.at)

    @property
    def may_save(self) -> bool:
        """Whether to offer it, and whether it would be done."""
        is_shown = rules.is_save_shown(self.exercise, self.state, self.at)
        return is_shown and not self.has_ended and rules.why_not_save(self.exercise, self.state, self.at) is None

    @property
    def may_start_over(self) -> bool:
        """Whether to offer it, and whether it would be done."""
        is_shown = rules.is_reset_shown(self.exercise, self.state, self.at)
        return is_shown and not self.has_ended and rules.why_not_reset(self.exercise, self.state, self.at) is None

    @property
    def may_see_answer(self) -> bool:
        return rules.is_answer_available(self.exercise, self.state, self.at)

    @property
    def attempts_left(self) -> int | None:
        """None: as many as one likes."""
        return rules.attempts_left(self.exercise, self.state)

    @property
    def untold_sentence(self) -> str:
        """What to say where a verdict would stand, of an answer that was sent."""
        closes = rules.closes_at(self.exercise, self.at.due)
        if self.exercise.show_correctness == "past_due" and closes is not None:
            when = date_format(closes, "DATETIME_FORMAT")
            return _("You will read here how right it was after %(date)s (UTC).") % {"date": when}
        return _("In this exercise, nobody is told how right an answer is.")

    @property
    def saved_sentence(self) -> str:
        """What to say of an answer that was saved."""
        sentences = [_("Your answer is kept here.")]
        if not self.is_survey:
            sentences.append(_("It does not count before you send it."))
        if self.state.is_done and self.is_told and self.exercise.weight != 0:
            sentences.append(_("What you sent before counts: %(points)s.") % {"points": points(self.points)})
        return " ".join(sentences)

    @property
    def anew_sentence(self) -> str:
        """What to say of an exercise that was started over."""
        if self.exercise.weight == 0:
            return _("The exercise is empty again.")
        return _("The exercise is empty again, and gives you no points until you send an answer.")

    def points_sentence(self, grade: Grade | None) -> str:
        """What the answer on view earned, and where something else counts by the author's method, that it does."""
        weighed = rules.weighed(self.exercise.weight, grade.points, grade.possible) if grade else None
        if weighed is None:
            return ""
        sentence = points_of(*weighed)
        if abs(self.points - weighed[0]) > rules.NEAR:
            sentence += " " + self._counting % {"points": points(self.points)}
        return sentence

    @property
    def _counting(self) -> str:
        """What counts, where it is not the answer on view."""
        counting = {
            "first_score": _("Your first answer counts: %(points)s."),
            "average_score": _("The average of your answers counts: %(points)s."),
        }
        return counting.get(self.exercise.grading_method, _("Your best answer counts: %(points)s."))

    @property
    def method_sentence(self) -> str:
        """Which of several answers counts, where it is not the best one."""
        if self.exercise.max_attempts in (0, 1) or self.exercise.weight == 0:
            return ""
        sentences = {
            "last_score": _("Your last answer counts."),
            "first_score": _("Your first answer counts."),
            "average_score": _("The average of your answers counts."),
        }
        return sentences.get(self.exercise.grading_method, "")

    def foot_sentences(self, *, is_graded: bool) -> list[str]:
        """What to know before pressing one of the buttons, and why some are missing; attempts that are left are said
        here unless a grade is on view, which says it."""
        if not self.may_answer:
            told = [self._why_closed or _("Each time, this exercise is another one: start over to answer again.")]
        else:
            told = [] if is_graded else [self.attempts_sentence]
            told.append(self.method_sentence)
        if self.may_start_over and self.exercise.weight != 0:
            told.append(self._price_of_starting_over)
        return [sentence for sentence in told if sentence]

    @property
    def _why_closed(self) -> str:
        """Why it takes no answer any more; empty while it does."""
        if self.has_ended:
            return _("This course has ended, and its exercises take no more answers.")
        if rules.is_past_due(self.exercise, self.at):
            return _("This exercise was due, and takes no more answers.")
        if self.is_survey:
            return _("Nothing is graded here: save what you think, and change it as often as you like.")
        return self.attempts_sentence if self.attempts_left == 0 else ""

    @property
    def _price_of_starting_over(self) -> str:
        if self.attempts_left is None:
            return _("Starting over takes the points of this exercise until you send an answer again.")
        return _(
            "Starting over takes the points of this exercise until you send an answer again, and gives no try back."
        )

    @property
    def attempts_sentence(self) -> str:
        """How often one may still try, in words; empty where that is without end."""
        left = self.attempts_left
        if left is None:
            return ""
        if left == 0:
            return _("You have used all your tries.")
        return ngettext("You have %(count)d try left.", "You have %(count)d tries left.", left) % {"count": left}
