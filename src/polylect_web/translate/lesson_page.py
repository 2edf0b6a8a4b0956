"""The list of a lesson's texts in reading order: which are shown, which page of them, where one goes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import pgettext

from polylect_web.texts import working
from polylect_web.texts.queries import State
from polylect_web.texts.working import Lesson, Line
from polylect_web.translate.desk import Desk

ON_A_PAGE = 100


class Filter(Enum):
    """Which texts of a lesson are listed."""

    ALL = "all"
    TO_DO = "to-do"
    """Missing or outdated; addresses only where they are outdated."""
    TO_REVIEW = "to-review"
    """Translated and not approved, or with open suggestions or remarks."""

    @property
    def name_shown(self) -> str:
        return {
            Filter.ALL: pgettext("texts", "All"),
            Filter.TO_DO: pgettext("texts", "To translate"),
            Filter.TO_REVIEW: pgettext("texts", "To review"),
        }[self]

    def lists(self, line: Line) -> bool:
        if self is Filter.TO_DO:
            return is_to_do(line)
        if self is Filter.TO_REVIEW:
            return line.state is State.TRANSLATED or bool(line.suggestions or line.remarks)
        return True


@dataclass(frozen=True)
class Numbered:
    """A line with its number in the lesson, from 1."""

    number: int
    line: Line

    @property
    def is_to_do(self) -> bool:
        return is_to_do(self.line)


@dataclass(frozen=True)
class Listed:
    """The texts of a lesson for one reader: all of them in `numbered`, those of this page in `shown`."""

    lesson: Lesson
    filter: Filter
    numbered: tuple[Numbered, ...]
    kept: tuple[Numbered, ...]
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.kept) // ON_A_PAGE))

    @property
    def shown(self) -> tuple[Numbered, ...]:
        return self.kept[(self.page - 1) * ON_A_PAGE : self.page * ON_A_PAGE]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filters by their words, with their names and how many texts each lists."""
        counts = {one: sum(one.lists(each.line) for each in self.numbered) for one in Filter}
        return [(one.value, f"{one.name_shown} ({number_format(counts[one], force_grouping=True)})") for one in Filter]

    @property
    def query(self) -> str:
        """What the addresses of this list carry along."""
        return "" if self.filter is Filter.ALL else f"?show={self.filter.value}"

    @property
    def before_page(self) -> str:
        return self._page_query(self.page - 1)

    @property
    def after_page(self) -> str:
        return self._page_query(self.page + 1)

    def _page_query(self, page: int) -> str:
        return f"{self.query}&page={page}" if self.query else f"?page={page}"

    @property
    def newest(self) -> int:
        """The id of the newest current target: what comes later is news."""
        return max((one.line.current.pk for one in self.numbered if one.line.current), default=0)

    def find(self, uuid: UUID) -> Numbered | None:
        return next((one for one in self.numbered if one.line.uuid == uuid), None)

    def around(self, one: Numbered) -> tuple[Numbered | None, Numbered | None]:
        """The listed texts before and after this one, whether it is listed itself or not."""
        before = [other for other in self.kept if other.number < one.number]
        after = [other for other in self.kept if other.number > one.number]
        return (before[-1] if before else None), (after[0] if after else None)

    def neighbors(self, one: Numbered) -> tuple[Sequence[Numbered], Sequence[Numbered]]:
        """The two texts before and after it in the lesson, for what they say."""
        at = one.number - 1
        return self.numbered[max(0, at - 2) : at], self.numbered[at + 1 : at + 3]

    def following(self, one: Numbered) -> Numbered | None:
        """Where saving leads: the next text that is to be done, from the beginning again where the end is reached; or
        else the next one listed."""
        wanted = Filter.TO_REVIEW if self.filter is Filter.TO_REVIEW else Filter.TO_DO
        later = [other for other in self.numbered if other.number > one.number]
        earlier = [other for other in self.numbered if other.number < one.number]
        to_do = next((other for other in (*later, *earlier) if wanted.lists(other.line)), None)
        return to_do or (later[0] if later else None)


def is_to_do(line: Line) -> bool:
    """Whether somebody should translate it, or look at it again."""
    return line.state is State.OUTDATED or (line.state is State.MISSING and not line.optional)


def listed(desk: Desk, lesson: Lesson, asked: Filter, *, page: int = 1, holding: UUID | None = None) -> Listed:
    """The lesson's texts, as this reader may see them; the page that holds the text in hand, where one is given. Four
    queries."""
    lines = working.lines(desk.version, lesson, desk.target, may_see_answers=desk.rights.may_see_answers)
    numbered = tuple(Numbered(number, line) for number, line in enumerate(lines, start=1))
    kept = tuple(one for one in numbered if asked.lists(one.line) or one.line.uuid == holding)
    at = next((index for index, one in enumerate(kept) if one.line.uuid == holding), None)
    pages = max(1, -(-len(kept) // ON_A_PAGE))
    return Listed(lesson, asked, numbered, kept, at // ON_A_PAGE + 1 if at is not None else min(max(1, page), pages))
