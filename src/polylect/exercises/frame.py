"""The frame of an exercise: it shows itself, reads what it is given, grades, and lists its texts.

The XML is the exercise; everything else is read from it, once, and kept while in use. Texts of another
language lie beside it, never in it: what is right is read before any translation is looked at.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from polylect.exercises.chance import Dice
from polylect.exercises.grading import Answers, Examples, Finding, Grade, Response, Responses, Result
from polylect.exercises.parsing import OWN_GRADING, Parsed, parsed, prepared
from polylect.exercises.presenting import present
from polylect.exercises.question import NOT_RUN, Question, Situation, Ungradable, Wording, unanswerable
from polylect.exercises.scripts import Runner, as_text
from polylect.exercises.texts import Slot, Words, differing
from polylect.exercises.view import View
from polylect.issues import Issue, Place


@dataclass(frozen=True)
class Exercise:
    """An exercise. `xml` is all of it, as Open edX's problem XML.

    `codes` carries the codes of questions and choices over from an earlier version: pairs of the place's own
    code (`q2`, `q2.c3`) and the code that responses to it were stored with. `words` are texts put in another
    language, by role.
    """

    xml: str
    codes: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, Words], ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are graded, in order."""
        return self._parsed.questions

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The tags of the questions that are shown and not graded, because their kind is unknown."""
        return tuple(kept.tag for kept in self._parsed.kept if not kept.is_broken)

    @property
    def is_scripted(self) -> bool:
        """Whether a script of its author makes variables for each seed: `prepare` asks for them."""
        return bool(self._parsed.scripts)

    @property
    def may_be_blank(self) -> bool:
        """Whether to give nothing at all can earn points."""
        return any(question.may_be_blank for question in self._parsed.questions)

    @property
    def runs_python(self) -> bool:
        """Whether Python of its author has to run when it is graded."""
        return any(question.runs_python for question in self._parsed.questions)

    @property
    def possible(self) -> float:
        """The points that can be had."""
        return self._parsed.possible

    @property
    def hints(self) -> tuple[Words, ...]:
        """The hints that a learner may ask for, as HTML, in order."""
        return self.hints_with(None)

    def hints_with(self, variables: Mapping[str, str] | None) -> tuple[Words, ...]:
        """The hints with these variables in them."""
        wording = self._wording(self._parsed, variables)
        return tuple(wording.html(role) for role in self._parsed.hints)

    @property
    def fingerprint(self) -> str:
        """The same for exercises that grade alike:

        it depends on structure, keys and scripts, not on texts, nor on the order in which choices are offered.
        """
        parsed = self._parsed
        parts = [repr(parsed.scripts), repr(parsed.open_texts), *(kept.tag for kept in parsed.kept)]
        if not parsed.follows_open_edx:
            parts.append(OWN_GRADING)
        for question in parsed.questions:
            inputs = [(input.code, input.kind.value, input.possible) for input in question.inputs]
            options = [sorted(option.code for option in input.options) for input in question.inputs]
            parts.append(repr((question.tag, inputs, options, question.key)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def texts(self) -> tuple[Slot, ...]:
        """Every text that a learner may read, in reading order, as it stands now."""
        put = dict(self.words)
        return tuple(
            replace(slot, content=put[slot.role].text) if slot.role in put else slot for slot in self._parsed.slots
        )

    def with_texts(self, texts: Mapping[str, Words]) -> "Exercise":
        """The exercise with these texts in place of its own, by role. Roles it does not have are left out.

        An exercise with its own texts is itself. Grading does not change, whatever the texts.
        """
        return replace(self, words=differing(self._parsed.slots, {**dict(self.words), **texts}))

    def prepare(self, seed: int, runner: Runner | None = None) -> Mapping[str, str] | None:
        """The variables that the author's scripts make for this seed, those that a text or an attribute names: none
        where there are no scripts, and None where there is nobody to run them. Raises ScriptFailed."""
        scripts = self._parsed.scripts
        if not scripts:
            return {}
        if runner is None:
            return None
        left = runner.run("".join(scripts), seed)
        return {name: as_text(value) for name, value in left.items() if f"${name}" in self.xml}

    def present(self, seed: int = 1, variables: Mapping[str, str] | None = None) -> View:
        """What to show to the learner with this seed. The HTML in it is the author's, not cleaned.

        `variables` are what `prepare` gave. Where there are scripts and no variables, the questions have no fields.
        """
        parsed = self._with(variables)
        return present(parsed, self._wording(parsed, variables), Dice(seed))

    def read(
        self, raw: Mapping[str, list[str]], language: str = "en", variables: Mapping[str, str] | None = None
    ) -> tuple[Responses, list[Issue]]:
        """The responses in a form that was sent: by field name, the values. Other names are passed over.

        Numbers are read as `language` writes them; as a computer does, where it is empty. An issue is for the
        learner, with the parameter `field`: with any, there is nothing to grade, and no attempt is used.
        """
        responses: list[Response] = []
        issues: list[Issue] = []
        for question in self._with(variables).questions:
            found, wrong = question.read_all(raw, language)
            responses += found
            issues += wrong
        return Responses(tuple(responses)), issues

    def grade(
        self,
        responses: Responses,
        seed: int = 1,
        variables: Mapping[str, str] | None = None,
        accepted: Iterable[tuple[str, str]] = (),
        runner: Runner | None = None,
    ) -> Grade:
        """Judges the responses; the marks depend on these arguments and the XML alone, the feedback also on the texts.

        `accepted` are approved spellings of all languages: pairs of an answer slot's role and a text.
        """
        parsed = self._with(variables)
        if not parsed.is_prepared:
            return Grade(0, parsed.possible, ungraded=NOT_RUN.code)
        wording = self._wording(parsed, variables)
        situation = Situation(wording, seed, tuple(accepted), runner, [])
        results: list[Result] = []
        try:
            for question in parsed.questions:
                results += question.grade(responses, situation)
            results += [unanswerable(kept.frame.code, kept.possible) for kept in parsed.kept if kept.possible]
        except Ungradable as refusal:
            return Grade(0, parsed.possible, ungraded=refusal.kind.code, reason=refusal.reason)
        points = sum([result.points for result in results])
        return Grade(points, parsed.possible, tuple(results), remarks=tuple(situation.remarks))

    def text(self, role: str, variables: Mapping[str, str] | None = None) -> Words | None:
        """The text of a slot as HTML, as it stands now and with these variables in it; None where there is no such
        slot."""
        wording = self._wording(self._parsed, variables)
        return wording.html(role) if role in wording.own else None

    def findings(self, responses: Responses) -> tuple[Finding, ...]:
        """What the judge of partnerships says of the arrangements in these responses, with names as the texts stand
        now; mostly none."""
        wording = self._wording(self._parsed, None)
        return tuple(found for question in self.questions for found in question.findings(responses, wording))

    def answers(self, seed: int = 1, variables: Mapping[str, str] | None = None) -> Answers:
        """What "show answer" tells, and the explanations."""
        parsed = self._with(variables)
        wording = self._wording(parsed, variables)
        return Answers(
            tuple(answer for question in parsed.questions for answer in question.answers(wording)),
            tuple(wording.html(role) for role in _fitting(parsed, seed)),
        )

    def issues_with(self, variables: Mapping[str, str]) -> list[Issue]:
        """What is wrong with the attributes that these variables stand in, beside what `parse` told."""
        known = {(issue.code, issue.place) for issue in self._parsed.issues}
        return [issue for issue in self._with(variables).issues if (issue.code, issue.place) not in known]

    def examples(self) -> tuple[Examples, ...]:
        """Right, wrong and unreadable responses to every field, made by the questions themselves."""
        return tuple(example for question in self.questions for example in question.examples())

    @property
    def _parsed(self) -> Parsed:
        return parsed(self.xml, self.codes)

    def _with(self, variables: Mapping[str, str] | None) -> Parsed:
        """What was read, with these variables in its attributes."""
        unfilled = self._parsed
        if variables is None or not unfilled.scripts:
            return unfilled
        return prepared(self.xml, self.codes, tuple(sorted(variables.items())))

    def _wording(self, parsed: Parsed, variables: Mapping[str, str] | None) -> Wording:
        scripted = variables if variables and parsed.scripts else {}
        if not self.words and not scripted:
            return parsed.wording
        return Wording(parsed.wording.own, dict(self.words), scripted)


def _fitting(parsed: Parsed, seed: int) -> Iterable[str]:
    """The roles of the explanations that fit what this learner was shown."""
    if not parsed.alternatives or not parsed.is_prepared:
        return parsed.solutions
    dice = Dice(seed)
    names = {question.code: question.explained(question.draw(dice)) for question in parsed.questions}

    def fits(role: str) -> bool:
        code, name = parsed.alternatives.get(role, ("", ""))
        known = names.get(code)
        return known is None or name in known

    return filter(fits, parsed.solutions)


def graded_here(xml: str) -> str:
    """Problem XML that was written for us: where its author would call what Open edX does a mistake, it is graded
    better (docs/reference/grading.md has the rules)."""
    return xml.replace("<problem", f'<problem grading="{OWN_GRADING}"', 1)


def parse(xml: str, file: str = "", line: int = 0) -> tuple[Exercise, list[Issue]]:
    """Reads problem XML. Any text gives an exercise; what is wrong with it comes as issues.

    `file` is where it stands, `line` the number of lines before it there.
    """
    exercise = Exercise(xml)
    issues = exercise._parsed.issues
    return exercise, [
        Issue(issue.kind, Place(file, line + issue.place.line if issue.place.line else line), issue.params)
        for issue in issues
    ]
