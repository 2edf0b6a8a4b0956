"""Who reads which run in which language, and what of it they may see: what every view of a run begins with."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from polylect import languages
from polylect.keys import RunKey
from polylect.messages.pseudo import is_pseudo
from polylect_web.accounts.models import Person
from polylect_web.accounts.rights import Act, may
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.courses.outline import Block, Outline, Unit
from polylect_web.texts import queries as texts


@dataclass(frozen=True)
class Study:
    """A run as one reader may see it. `person` is None for visitors who are nobody yet."""

    run: Run
    key: RunKey
    language: str
    person: Person | None
    may_see_hidden: bool
    now: datetime

    @cached_property
    def whole(self) -> Outline:
        """The outline with all that is hidden."""
        return courses.outline(self.run.version)

    @cached_property
    def outline(self) -> Outline:
        """What this reader may see of it."""
        return self.whole if self.may_see_hidden else self.whole.visible_to_learners(self.now)

    @cached_property
    def own_language(self) -> str:
        """The language that the course was written in."""
        return self.whole.course.language

    @property
    def is_translated(self) -> bool:
        """Whether it is read in words that people translated, and could translate better."""
        return self.own_language not in languages.chain(self.language) and not is_pseudo(self.language)

    @cached_property
    def availability(self) -> tuple[texts.Availability, ...]:
        """How much of the course there is in each language, its own first."""
        return texts.available_languages(self.run.version)

    @property
    def languages(self) -> list[str]:
        """Every language that the course can be read in, its own first."""
        return [one.language for one in self.availability]

    def find_unit(self, code: str) -> Unit:
        """A unit that this reader may see. Raises Http404."""
        unit = self.outline.unit(code)
        if unit is None:
            raise Http404
        return unit

    def find_block(self, unit: Unit, code: str) -> Block:
        """A block of the unit, or of those that a selection in it draws from. Raises Http404."""
        for block in unit.all_blocks():
            if block.code == code:
                return block
        raise Http404

    def address(self, view: str, *parts: str) -> str:
        """The address of a view of this run in this language."""
        return _address(view, self.language, self.key, *parts)

    def workbench_address(self, unit_code: str) -> str:
        """Where a unit is translated into the language that is read."""
        return _address("translation_lesson", self.language, self.language, self.key, unit_code)


@lru_cache(maxsize=10_000)
def _address(view: str, *parts: object) -> str:
    return reverse(view, args=parts)


def open_run(request: HttpRequest, language: str, key: RunKey) -> Study:
    """The run as this reader may see it. Raises Http404 where there is none, or none for them."""
    run = courses.find_run(key.org, key.code, key.run)
    if run is None:
        raise Http404
    person = request.user if isinstance(request.user, Person) else None
    may_see_hidden = may(request.user, Act.SEE_HIDDEN, str(key.course))
    if not run.is_open and not may_see_hidden:
        raise Http404
    return Study(run, key, language, person, may_see_hidden, timezone.now())
