"""A unit as a page shows it to one reader: drawn blocks, with what belongs to the reader laid over them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polylect import languages
from polylect.course import rules
from polylect.course.rules import Moment
from polylect.exercises import Responses, Words
from polylect.issues import Issue
from polylect.messages import COURSE_CODE
from polylect_web.courses import queries as courses
from polylect_web.courses.outline import Block, Unit
from polylect_web.grading import preparing
from polylect_web.grading import queries as grading
from polylect_web.grading.preparing import Wanted
from polylect_web.grading.queries import Standing, UnitStanding
from polylect_web.learn import blocks
from polylect_web.learn.blocks import Drawn, DrawnExercise, DrawnText, DrawnVideo, Source
from polylect_web.learn.exercise_page import ExercisePage, Situation
from polylect_web.learn.exercise_steps import Step, Steps
from polylect_web.learn.outline_page import outline_entries
from polylect_web.learn.study import Study
from polylect_web.learn.video_page import show_video
from polylect_web.learn.waiting import Waiting, waiting_for
from polylect_web.texts import queries as texts
from polylect_web.texts.crediting import translators

_MOST_NAMED = 12
_PLAYER_MODULES = ("js/player.js", "js/transcript.js", "js/transcript-search.js")


@dataclass(frozen=True)
class ShownText:
    """A text."""

    template: ClassVar[str] = "learn/_text.html"

    code: str
    html: SafeString
    source: Source


@dataclass(frozen=True)
class ShownExercise:
    """An exercise."""

    template: ClassVar[str] = "learn/_exercise_block.html"

    code: str
    page: ExercisePage


@dataclass(frozen=True)
class ShownForeign:
    """A kind that cannot be shown, named to the learner."""

    template: ClassVar[str] = "learn/_foreign.html"

    code: str
    title: Words


@dataclass(frozen=True)
class ShownSelection:
    """What a selection drew for this reader."""

    template: ClassVar[str] = "learn/_selection.html"

    code: str
    blocks: tuple[Any, ...]


@dataclass(frozen=True)
class Asked:
    """What the reader asked of this page beyond the page itself.

    `second`: a language beside the transcripts; `by_sentence`: they stand as sentences, not as cues; `play`: the code
    of a video to fetch from another site; `exercise`: the code of the one exercise that was just acted on, and the rest
    is about it.
    """

    second: str = ""
    by_sentence: bool = False
    play: str = ""
    exercise: str = ""
    typed: Mapping[str, tuple[str, ...]] | None = None
    unreadable: tuple[Issue, ...] = ()
    hints: int = 0
    wants_answer: bool = False
    refusal: str = ""
    step: Step = Step.SUBMIT
    focus: str = ""


@dataclass(frozen=True)
class Translated:
    """Who translated what is read, and where it can be made better: in the workbench, or on the page with a script."""

    by: tuple[str, ...]
    workbench_address: str
    texts_address: str

    @property
    def named(self) -> tuple[str, ...]:
        return self.by[:_MOST_NAMED]

    @property
    def others(self) -> int:
        """How many more there are than are named."""
        return len(self.by) - len(self.named)


@dataclass(frozen=True)
class Neighbor:
    """The unit before or after."""

    title: Words
    address: str


@dataclass(frozen=True)
class UnitPage:
    """A unit on its way to its template."""

    study: Study
    unit: Unit
    keys: texts.UnitKeys
    standing: UnitStanding
    asked: Asked = Asked()
    drawn: Mapping[str, Drawn] = field(default_factory=dict)
    waiting: Waiting | None = None
    """Where the reader has to wait, nothing of the unit is shown but its title."""

    def context(self) -> dict[str, Any]:
        """What the template asks for."""
        study, unit, titles = self.study, self.unit, self.keys.titles
        path = study.outline.path_to(unit.code)
        units = [one.code for one in study.outline.listed_units()]
        before, after = study.outline.neighbors(unit.code)
        return {
            "title": titles.get(unit.code) or self._own_title(),
            "course_title": titles[COURSE_CODE],
            "section_title": titles[path[0].code] if path else None,
            "subsection_title": titles[path[1].code] if path else None,
            "outline": outline_entries(study, titles, grading.scores(study.person, study.run, study.now), unit.code),
            "unplaced_address": "" if path else study.address("unplaced"),
            "position": units.index(unit.code) + 1 if unit.code in units else None,
            "total": len(units),
            "is_hidden": not unit.opening.is_visible(study.now),
            "blocks": [] if self.waiting else list(self._shown(unit.blocks)),
            "waiting": self._shown_waiting(self.waiting) if self.waiting else None,
            "previous": self._neighbor(before),
            "next": self._neighbor(after),
            "about_address": study.address("about"),
            "progress_address": study.address("progress"),
            "translated": self._translated() if path and not self.waiting else None,
            "page_languages": [one.language for one in self.availability],
            "page_address": self.address,
            "modules": [] if self.waiting else self._modules(),
        }

    def _translated(self) -> "Translated | None":
        study, unit = self.study, self.unit
        if not study.is_translated:
            return None
        whole = study.whole.unit(unit.code) or unit
        return Translated(
            translators(study.run.version, whole, study.language, self.keys.changes),
            study.workbench_address(unit.code),
            study.address("improvable_texts", unit.code),
        )

    def _shown_waiting(self, waiting: Waiting) -> dict[str, Any]:
        units = waiting.after.units
        return {
            "days": waiting.days,
            "opens_at": waiting.opens_at,
            "title": self.keys.titles[waiting.after.code],
            "address": self.study.address("unit", units[0].code) if units else "",
        }

    @cached_property
    def availability(self) -> tuple[texts.Availability, ...]:
        """How much of the course there is in each language. No query while nothing changed."""
        return texts.available_languages(self.study.run.version, self.keys.changes)

    @cached_property
    def variables(self) -> Mapping[str, Mapping[str, str] | None]:
        """What authors' scripts left for this reader, by the code of the exercise; None: it cannot be had now."""
        wanted = {
            block.code: Wanted(block.content_hash, drawn.exercise.body, self.standing.exercises[block.code].seed)
            for block in self.unit.all_blocks()
            if block.code in self.standing.exercises and isinstance(drawn := self.drawn[block.code], DrawnExercise)
        }
        found = preparing.variables(wanted.values())
        return {code: found[one.key] if one.body.is_scripted else {} for code, one in wanted.items()}

    @property
    def address(self) -> str:
        """Where the unit is read; where a link from this page leads back to."""
        return self.study.address("unit", self.unit.code)

    def exercise(self, block: Block) -> ExercisePage:
        """One exercise of the unit, for this reader. The block must be one that is shown to them."""
        drawn, standing = self.drawn[block.code], self.standing.exercises[block.code]
        if not isinstance(drawn, DrawnExercise):
            raise TypeError(f"{block.code} is not an exercise")
        asked = self.asked if self.asked.exercise == block.code else Asked()
        return exercise_page(self, block, drawn, standing, asked)

    def _own_title(self) -> Words:
        """In the course's own language. A block that stands in no unit gives its title to its page."""
        unit = self.unit
        is_block = not unit.content_hash and len(unit.blocks) == 1
        title = courses.load_content(unit.blocks[0].content_hash).title if is_block else unit.title
        own = self.study.own_language
        return Words(title or unit.code, None if own in languages.chain(self.study.language) else own)

    def _shown(self, of: Iterable[Block]) -> Iterator[object]:
        for block in of:
            drawn = self.drawn[block.code]
            if isinstance(drawn, DrawnText):
                if drawn.html.strip():  # of a text that was all script, nothing is left
                    yield ShownText(block.code, drawn.html, drawn.source)
            elif isinstance(drawn, DrawnExercise):
                yield ShownExercise(block.code, self.exercise(block))
            elif isinstance(drawn, DrawnVideo):
                yield self._video(block, drawn)
            elif block.kind == "selection":
                yield ShownSelection(block.code, tuple(self._shown(self.standing.drawn.get(block.code, ()))))
            else:
                yield ShownForeign(block.code, drawn.title)

    def _video(self, block: Block, drawn: DrawnVideo) -> object:
        transcript, second = blocks.words_to_read(
            self.study.run.version, drawn, self.asked.second, by_sentence=self.asked.by_sentence
        )
        return show_video(
            self.study,
            self.unit.code,
            drawn,
            self.availability,
            transcript=transcript,
            second_language=second,
            by_sentence=self.asked.by_sentence,
            is_playing=self.asked.play == block.code,
        )

    def _neighbor(self, unit: Unit | None) -> Neighbor | None:
        if unit is None:
            return None
        return Neighbor(self.keys.titles[unit.code], self.study.address("unit", unit.code))

    def _modules(self) -> list[str]:
        kinds = {type(drawn) for drawn in self.drawn.values()}
        return [
            *(_PLAYER_MODULES if DrawnVideo in kinds else ()),
            *(("js/exercise.js",) if DrawnExercise in kinds else ()),
            *(("js/improve.js",) if self.study.is_translated else ()),
        ]


def open_unit(study: Study, unit: Unit, asked: Asked = Asked()) -> UnitPage:
    """The unit, drawn in the reader's language."""
    keys = texts.unit_keys(study.run.version, unit, study.language)
    standing = grading.unit_standing(study.person, study.run, unit)
    drawn = blocks.draw_unit(study.run.version, keys, study.language)
    return UnitPage(study, unit, keys, standing, asked, drawn.blocks, waiting_for(study, unit))


def exercise_page(page: UnitPage, block: Block, drawn: DrawnExercise, standing: Standing, asked: Asked) -> ExercisePage:
    """An exercise with what the learner gave last, or is typing now."""
    exercise, study = drawn.exercise, page.study
    at = Moment(study.now, block.opening.due_at, study.may_see_hidden)
    may_see = rules.is_answer_available(exercise, standing.state, at)
    is_told = rules.is_correctness_available(exercise, at)
    variables = page.variables[block.code]
    grade = grading.in_language(standing.grade, exercise.body, variables) if standing.grade and is_told else None
    given = _typed(standing.saved or standing.responses)
    is_as_given = asked.typed is None or all(asked.typed.get(name, ()) == typed for name, typed in given.items())
    refusal = asked.refusal or (_("The answer is not shown now.") if asked.wants_answer and not may_see else "")
    is_old = bool(asked.unreadable or refusal or standing.changed_at or standing.saved)
    situation = Situation(
        seed=standing.seed,
        variables=variables,
        typed=given if asked.typed is None else asked.typed,
        grade=grade if is_as_given and not is_old else None,
        unreadable=asked.unreadable,
        answers=exercise.body.answers(standing.seed, variables) if asked.wants_answer and may_see else None,
        hints_shown=asked.hints,
    )
    return ExercisePage(
        code=block.code,
        title=drawn.title,
        source=drawn.source,
        exercise=exercise,
        situation=situation,
        version_id=study.run.version_id,
        steps=Steps(exercise, standing.state, at, standing.points, _has_ended(study)),
        is_saved=standing.saved is not None and is_as_given,
        changed_at=standing.changed_at,
        refusal=refusal,
        asked=asked.step,
        focus=asked.focus,
        address=study.address("answer", page.unit.code, block.code),
        unit_address=page.address,
        is_guest=bool(standing.attempts or standing.saved) and study.person is not None and study.person.is_guest,
    )


def _has_ended(study: Study) -> bool:
    return study.run.ends_at is not None and study.now > study.run.ends_at


def _typed(responses: Responses | None) -> Mapping[str, tuple[str, ...]]:
    return {response.field: response.typed for response in responses} if responses else {}
