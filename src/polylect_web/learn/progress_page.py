"""What the progress page says, in words."""

from dataclasses import dataclass
from typing import Any, cast

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from polylect.course import tree
from polylect.exercises import Words
from polylect.messages import COURSE_CODE
from polylect_web.courses import queries as courses
from polylect_web.courses.outline import Block
from polylect_web.grading import draws
from polylect_web.grading import queries as grading
from polylect_web.grading.progress import Progress, SubsectionProgress, progress_of
from polylect_web.learn.about_page import start_of
from polylect_web.learn.points import points, points_of, written
from polylect_web.learn.study import Study
from polylect_web.texts import queries as texts


@dataclass(frozen=True)
class Figure:
    """A number that matters, with its name."""

    name: str
    value: str


@dataclass(frozen=True)
class Row:
    """A subsection with exercises."""

    title: Words
    address: str
    state: str
    earned: str
    possible: str


def context(study: Study) -> dict[str, Any]:
    """What the template asks for."""
    titles = texts.titles(study.run.version, study.language)
    scores = grading.scores(study.person, study.run, study.now)
    withheld = grading.withheld_now(study.run, study.now)
    progress = progress_of(study.outline, scores, _drawn(study), withheld)
    start = start_of(study, scores)
    addresses = {
        subsection.code: study.address("unit", subsection.units[0].code)
        for subsection in study.outline.subsections()
        if subsection.units
    }
    return {
        "title": titles[COURSE_CODE],
        "standing": standing_sentence(progress),
        "figures": figures(progress),
        "rows": [
            _row(one, titles[one.code], addresses[one.code], bool(progress.categories)) for one in progress.subsections
        ],
        "is_guest": study.person is not None and study.person.is_guest and bool(scores),
        "start": start,
        "about_address": study.address("about"),
        "page_languages": study.languages,
    }


def standing_sentence(progress: Progress) -> str:
    """Where the learner stands, in a sentence."""
    if not progress.total.possible:
        return _("Nothing in this course is counted: read, watch and try as you like.")
    if progress.is_passed:
        return _("You have passed. Well done!")
    if not progress.total.possible_so_far and progress.is_told_in_full:
        return _("You have not answered an exercise that counts yet.")
    if progress.needed_points is not None and progress.pass_share and progress.is_told_in_full:
        return _("You are on your way: %(points)s more, and you pass.") % {"points": points(progress.needed_points)}
    return _("You are on your way.")


def figures(progress: Progress) -> list[Figure]:
    """Earned, possible so far, needed to pass."""
    total = progress.total
    shown = [
        Figure(_("Earned"), points(total.earned)),
        Figure(_("Possible so far"), points(total.possible_so_far)),
    ]
    if progress.pass_share:
        needed = total.possible * progress.pass_share
        is_exact = progress.needed_points is not None
        value = points_of(needed, total.possible).rstrip(".") if is_exact else _percent(progress.pass_share)
        shown.append(Figure(_("Needed to pass"), value))
    return shown


def _drawn(study: Study) -> dict[str, tuple[Block, ...]]:
    """What each selection of the course shows to this learner."""
    selections = [block for unit in study.outline.units() for block in unit.all_blocks() if block.kind == "selection"]
    if not selections:
        return {}
    enrolment = grading.enrolment_of(study.person, study.run)
    seed = enrolment.seed if enrolment else draws.EVERYBODY
    items = courses.load_contents(block.content_hash for block in selections)
    return {
        block.code: draws.drawn(block.children, cast(tree.Selection, items[block.content_hash]), seed)
        for block in selections
    }


def _row(one: SubsectionProgress, title: Words, address: str, has_categories: bool) -> Row:
    if not one.answered:
        state = _("not begun")
    elif one.answered < one.exercises:
        state = _("%(answered)s of %(all)s answered") % {"answered": one.answered, "all": one.exercises}
    else:
        state = _("all answered")
    if one.untold:
        state = _("%(state)s; not every result is told") % {"state": state}
    if not one.category and has_categories:
        state = _("%(state)s (practice, not counted)") % {"state": state}
    return Row(title, address, state, written(one.tally.earned), written(one.tally.possible))


def _percent(share: float) -> str:
    return _("%(percent)s %% of the grade") % {"percent": number_format(round(share * 100), use_l10n=True)}
