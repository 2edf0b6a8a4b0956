"""Progress: what a learner earned, what could be had so far, and what it takes to pass.

Points are added up where they say most: over all exercises that count. The grade follows the course's policy, as Open
edX describes it ("Grading policy", in its guide for course authors): within a category the shares of its subsections
are averaged, the lowest `dropped` ones left out, those that are missing up to `least_count` counting as nothing; the
categories are added up by their shares of the whole. A course without categories is graded by its points.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from polylect.course import tree
from polylect_web.courses.outline import Block, Outline, Subsection

Scores = Mapping[str, tuple[float, float]]
"""By block code: points, and points possible when they were earned."""


@dataclass(frozen=True)
class Tally:
    """Points earned; possible so far (in the exercises answered); possible in all."""

    earned: float = 0
    possible_so_far: float = 0
    possible: float = 0

    @property
    def share(self) -> float:
        """Of all that is possible, from 0 to 1."""
        return self.earned / self.possible if self.possible else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.earned + other.earned,
            self.possible_so_far + other.possible_so_far,
            self.possible + other.possible,
        )


@dataclass(frozen=True)
class SubsectionProgress:
    """A subsection with exercises. `category` is the code of its grading category; empty: practice, which does not
    count."""

    code: str
    category: str
    tally: Tally
    answered: int
    exercises: int
    untold: int = 0
    """How many of those answered count as not answered in the tally, for their results are not told now."""


@dataclass(frozen=True)
class CategoryProgress:
    """A grading category: `share` of the whole grade, and how much of that (0 to 1) was earned."""

    code: str
    share: float
    earned_share: float
    tally: Tally


@dataclass(frozen=True)
class Progress:
    """Everything the progress page says. `grade` and `pass_share` are from 0 to 1.

    `needed_points`: what is missing to pass, where points decide (no categories, or a single one that drops nothing);
    None where the policy weighs categories, so that no number of points would be true.
    """

    total: Tally
    grade: float
    pass_share: float
    grade_name: str
    needed_points: float | None
    categories: tuple[CategoryProgress, ...]
    subsections: tuple[SubsectionProgress, ...]

    @property
    def is_passed(self) -> bool:
        return self.grade_name != ""

    @property
    def is_told_in_full(self) -> bool:
        """Whether the sums hold everything that was answered."""
        return not any(one.untold for one in self.subsections)


def progress_of(
    outline: Outline,
    scores: Scores,
    drawn: Mapping[str, Iterable[Block]],
    withheld: Collection[str] = (),
) -> Progress:
    """The progress of somebody with these scores. `drawn`: what each selection shows to them; `withheld`: the codes of
    the exercises whose results they are not told: what they earned there is in no sum."""
    grading = outline.course.grading
    every = (_subsection(subsection, scores, drawn, withheld) for subsection in outline.subsections())
    subsections = [one for one in every if one.exercises]
    categories = tuple(_category(category, subsections) for category in grading.categories)
    counting = [s for s in subsections if s.category or not categories]
    total = sum((s.tally for s in counting), Tally())
    grade = sum(c.share * c.earned_share for c in categories) if categories else total.share
    pass_share = min((least for _, least in grading.cutoffs), default=0.0)
    reached = [(least, name) for name, least in grading.cutoffs if _reaches(grade, least)]
    return Progress(
        total,
        grade,
        pass_share,
        max(reached)[1] if reached else "",
        _needed(grading.categories, subsections, total, pass_share),
        categories,
        tuple(subsections),
    )


def _subsection(
    subsection: Subsection, scores: Scores, drawn: Mapping[str, Iterable[Block]], withheld: Collection[str]
) -> SubsectionProgress:
    blocks = [block for unit in subsection.units for block in _exercises(unit.blocks, drawn)]
    tallies = [_tally(block, {} if block.code in withheld else scores) for block in blocks]
    answered = sum(block.code in scores for block in blocks)
    total = sum(tallies, Tally())
    untold = sum(block.code in scores and block.code in withheld for block in blocks)
    return SubsectionProgress(subsection.code, subsection.category, total, answered, len(blocks), untold)


def _exercises(blocks: Iterable[Block], drawn: Mapping[str, Iterable[Block]]) -> Iterable[Block]:
    """The exercises that give points."""
    for block in blocks:
        if block.kind == "exercise" and block.points:
            yield block
        yield from _exercises(drawn.get(block.code, block.children), drawn)


def _tally(block: Block, scores: Scores) -> Tally:
    """A score keeps the points that were possible when it was earned, whatever a later version says."""
    if block.code not in scores:
        return Tally(possible=block.points or 0)
    points, possible = scores[block.code]
    return Tally(points, possible, possible)


def _category(category: tree.Category, subsections: Sequence[SubsectionProgress]) -> CategoryProgress:
    mine = [s.tally for s in subsections if s.category == category.code]
    shares = sorted((tally.share for tally in mine), reverse=True)
    shares += [0.0] * (category.least_count - len(shares))
    counting = shares[: max(1, len(shares) - category.dropped)]
    earned_share = sum(counting) / len(counting) if counting else 0.0
    return CategoryProgress(category.code, category.share, earned_share, sum(mine, Tally()))


def _needed(
    categories: Sequence[tree.Category], subsections: Sequence[SubsectionProgress], total: Tally, pass_share: float
) -> float | None:
    """The points that are missing to pass, if a number of points can say it."""
    if categories:
        (only, *others) = categories
        counted = [s for s in subsections if s.category == only.code]
        if others or only.dropped or len(counted) != 1 or only.least_count > 1 or only.share != 1:
            return None
    return max(0.0, total.possible * pass_share - total.earned)


def _reaches(grade: float, least: float) -> bool:
    """Sums of thirds must not miss a limit by the last bit."""
    return grade > least or abs(grade - least) < 1e-9
