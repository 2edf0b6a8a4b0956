"""Text: a word or a phrase (`stringresponse` with a `textline`).

Both sides are compared without space around them; letter case counts unless `type` has the word `ci`. With
`regexp` in `type` the answers are patterns, in Python's syntax. A translation may add accepted spellings, as plain
text; they stand beside the key and never change it. Where Open edX is not followed, a pattern has to fit the whole
text, spaces count once, and the ways to write one letter are the same.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import ClassVar

import regex

from polylect.exercises import markup, notes
from polylect.exercises.grading import Answer, Examples, Response, Responses, Result, Verdict
from polylect.exercises.kinds.multiple_choice import waits_for_script
from polylect.exercises.kinds.number import NO_INPUT, NO_KEY
from polylect.exercises.question import Input, Question, Remark, Situation, Source, Ungradable, Wording, result
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare

NO_ANSWER = declare("exercise-no-answer", Severity.ERROR, "Question {question} has no answer; it is not graded.")
BLANK_ANSWER = declare(
    "exercise-blank-answer", Severity.WARNING, "Question {question} has a blank answer, so nobody can answer it."
)
BAD_PATTERN = declare(
    "exercise-bad-pattern",
    Severity.ERROR,
    "Question {question} has the pattern “{found}”, which cannot be read: {reason}.",
)
SLOW_PATTERN = declare(
    "exercise-slow-pattern",
    Severity.ERROR,
    "This answer takes too long to check, so it was not graded. No attempt was used.",
)

SEVERAL = declare("exercise-several-texts", Severity.ERROR, "Write one answer, not several.")

MOST_SECONDS = 0.5
"""How long one pattern may take on one answer."""
_OR = re.compile("_or_", re.IGNORECASE)


@dataclass(frozen=True)
class Spelling:
    """An accepted answer: the text that counts, the role of its slot, and what its author says to it."""

    text: str
    role: str
    remark: Remark | None = None


@dataclass(frozen=True)
class Tip:
    """Feedback on an answer that is not right: the text or the pattern that it shows for."""

    text: str
    is_pattern: bool
    remark: Remark


@dataclass(frozen=True)
class HintPart:
    """Feedback in the older spelling, on any of these texts (patterns, where the question's answers are)."""

    texts: tuple[str, ...]
    remark: Remark


@dataclass(frozen=True)
class Text(Question):
    """A question for a text."""

    tag: ClassVar[str] = "stringresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("textline",)

    spellings: tuple[Spelling, ...]
    ignores_case: bool
    is_pattern: bool
    tips: tuple[Tip, ...] = ()
    parts: tuple[HintPart, ...] = ()
    follows_open_edx: bool = True
    is_judged: bool = True
    """False: its pattern cannot be read. Nothing is wrong, as in Open edX, and anything else is not judged."""

    @classmethod
    def parse(cls, source: Source) -> "Text":
        if not source.input_elements:
            source.refuse(NO_INPUT)
        words = source.attribute("type").lower().split()
        is_pattern = "regexp" in words
        spellings, has_or = _spellings(source, is_pattern)
        is_pattern = is_pattern and not has_or
        is_judged = True
        if is_pattern and not waits_for_script(source, source.element.iter(), "answer"):
            is_judged = _is_readable(source, _joined(spellings, source.follows_open_edx))
        tips, parts = _tips(source), _parts(source)
        element = source.input_elements[0]
        common = source.common(element, source.code)
        source.put_input(element, Input(source.code, FieldKind.TEXT, **common))
        follows = source.follows_open_edx
        return cls(source.finish(), spellings, "ci" in words, is_pattern, tips, parts, follows, is_judged)

    @property
    def key(self) -> object:
        return [spelling.text for spelling in self.spellings], self.ignores_case, self.is_pattern

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        response = Response(input.code, typed, typed)
        return response, SEVERAL.at(Place(), field=input.code) if len(typed) > 1 else None

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        input = self.frame.inputs[0]
        given = responses.of(input.code).text
        if given and not self.is_judged:
            raise Ungradable(NO_KEY)
        given = given.strip()
        if not given:
            return (result(input, Verdict.INCORRECT),)
        verdict = Verdict.CORRECT if self._accepts(given, situation) else Verdict.INCORRECT
        remark = self._remark(given, situation) if self._has_remarks else None
        feedback = () if remark is None else (situation.wording.feedback(remark),)
        return (result(input, verdict, feedback),)

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return (Answer(self.code, texts=tuple(wording.plain(spelling.role) for spelling in self.spellings)),)

    def examples(self) -> tuple[Examples, ...]:
        if not self.is_judged:
            return ()
        right = next((one for spelling in self.spellings for one in self._tries(spelling.text)), "")
        wrong = next((one for one in ("—", "0", "x") if not self._accepts(one, _NOTHING_ELSE)), "")
        return (Examples(self.code, (right,), (wrong,) if wrong else None),)

    def _tries(self, text: str) -> Iterator[str]:
        """Texts that a spelling may accept: itself, or for a pattern what is left without its signs."""
        for candidate in (text, re.sub(r"\\.|[^\w\s]", "", text), "1", "a"):
            if candidate.strip() and self._accepts(candidate.strip(), _NOTHING_ELSE):
                yield candidate

    def _accepts(self, given: str, situation: Situation) -> bool:
        if not self.is_pattern and self._compared(given) in self._known:
            return True
        if situation.accepted and self._is_added(given, situation, self.spellings):
            return True
        return self.is_pattern and self._is_found(self._pattern, given)

    def _remark(self, given: str, situation: Situation) -> Remark | None:
        """The author's words on this answer: the first that fits, on right answers before the others.

        An answer without words of its own ends the search, as in Open edX. There a space around the answer
        hides them; not here.
        """
        for spelling in self.spellings:
            if self._fits(spelling.text, given):
                return spelling.remark
            if situation.accepted and self._is_added(given, situation, (spelling,)):
                return spelling.remark
        for tip in self.tips:
            if self._is_found(self._whole(tip.text), given) if tip.is_pattern else self._is_same(given, tip.text):
                return tip.remark
        fitting = [part.remark for part in self.parts for text in part.texts if self._fits(text, given)]
        return fitting[-1] if fitting else None

    @cached_property
    def _has_remarks(self) -> bool:
        return bool(self.tips or self.parts) or any(spelling.remark for spelling in self.spellings)

    @cached_property
    def _pattern(self) -> str:
        return _joined(self.spellings, self.follows_open_edx)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The accepted texts, as they are compared."""
        return frozenset(self._compared(spelling.text) for spelling in self.spellings)

    def _is_added(self, given: str, situation: Situation, spellings: tuple[Spelling, ...]) -> bool:
        """Whether translations add this spelling to one of these."""
        return any(self._is_same(given, text) for one in spellings for text in situation.spellings(one.role))

    def _fits(self, text: str, given: str) -> bool:
        return self._is_found(self._whole(text), given) if self.is_pattern else self._is_same(given, text)

    def _whole(self, pattern: str) -> str:
        return f"^{pattern}$" if self.follows_open_edx else f"^(?:{pattern})$"

    def _is_same(self, given: str, text: str) -> bool:
        return self._compared(given) == self._compared(text)

    def _compared(self, text: str) -> str:
        """What two texts must have in common."""
        if self.follows_open_edx:
            return text.strip().lower() if self.ignores_case else text.strip()
        text = unicodedata.normalize("NFC", markup.folded(text))
        return unicodedata.normalize("NFC", text.casefold()) if self.ignores_case else text

    def _is_found(self, pattern: str, given: str) -> bool:
        try:
            return _compiled(pattern, self.ignores_case).search(given, timeout=MOST_SECONDS) is not None
        except regex.error:
            return False
        except TimeoutError:
            raise Ungradable(SLOW_PATTERN) from None


_NOTHING_ELSE = Situation(Wording({}, {}))


@lru_cache(maxsize=512)
def _compiled(pattern: str, ignores_case: bool) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE if ignores_case else 0)


def _joined(spellings: tuple[Spelling, ...], follows_open_edx: bool) -> str:
    """One pattern of several. As Open edX joins them, the first holds the start of the text, the last its end; of none,
    it fits no text that is not blank."""
    either = "|".join(spelling.text for spelling in spellings)
    return f"^{either}$" if follows_open_edx else f"^(?:{either})$"


def _is_readable(source: Source, pattern: str) -> bool:
    """Tells of what Python's own module would refuse: authors know it, and it is stricter than the one with time
    limits."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
        _compiled(pattern, ignores_case=False)
    except (re.error, regex.error, RecursionError, OverflowError) as error:
        if not source.follows_open_edx:
            source.refuse(BAD_PATTERN, found=pattern, reason=error)
        source.warn(BAD_PATTERN, found=pattern, reason=error)
        return False
    return True


def _spellings(source: Source, is_pattern: bool) -> tuple[tuple[Spelling, ...], bool]:
    """The accepted answers, and whether they came as `a_or_b`, which switches patterns and additional answers
    off."""
    if not source.element.get("answer"):
        source.refuse(NO_ANSWER)
    written = source.element.get("answer", "").strip()
    remark = source.remark(f"{source.code}.feedback", source.element.find("correcthint"), notes.WHEN_RIGHT.text)
    has_or = source.follows_open_edx and _OR.search(written) is not None
    texts = [part.strip() for part in written.split("_or_")] if has_or else [written]
    found = [(source.element, text, remark) for text in texts if text]
    for number, element in enumerate(source.element.findall("additional_answer"), start=2):
        also = (element.get("answer") or markup.run_html(element.text or "", [])).strip()
        hint = element.find("correcthint")
        role = f"{source.code}.answer.{number}.feedback"
        if also and not has_or:
            found.append((element, also, source.remark(role, hint, notes.WHEN_GIVEN.text)))
        markup.drop(element)
    if not found:
        source.warn(BLANK_ANSWER)
    note = (notes.PATTERN if is_pattern and not has_or else notes.SPELLING).text
    return tuple(
        Spelling(
            source.fill(text).strip(),
            source.text(
                f"{source.code}.answer.{number}", element, text, "answer", form="plain", reveals=True, note=note
            ),
            said,
        )
        for number, (element, text, said) in enumerate(found, start=1)
    ), has_or


def _tips(source: Source) -> tuple[Tip, ...]:
    """Feedback on texts, then on patterns: the order in which they are tried."""
    tips = []
    for tag in ("stringequalhint", "regexphint"):
        for number, element in enumerate(source.element.findall(tag), start=1):
            text = source.get(element, "answer").strip()
            name = "equal" if tag == "stringequalhint" else "pattern"
            note = notes.written(notes.WHEN_IT_IS, answer=text)
            remark = source.remark(f"{source.code}.{name}.{number}.feedback", element, note)
            if remark is not None and text:
                tips.append(Tip(text, tag == "regexphint", remark))
    return tuple(tips)


def _parts(source: Source) -> tuple[HintPart, ...]:
    """The older spelling of feedback: `stringhint` conditions with names, and a `hintpart` on each."""
    parts: list[HintPart] = []
    for group in source.element.findall("hintgroup"):
        texts = {hint.get("name", ""): source.get(hint, "answer").strip() for hint in group.findall("stringhint")}
        for number, element in enumerate(group.findall("hintpart"), start=len(parts) + 1):
            name = element.get("on", "")
            note = notes.written(notes.WHEN_IT_IS, answer=texts.get(name, ""))
            remark = source.remark(f"{source.code}.part.{number}.feedback", element, note)
            if remark is not None and texts.get(name):
                parts.append(HintPart((texts[name],), remark))
        markup.drop(group)
    return tuple(parts)
