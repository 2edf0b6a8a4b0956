"""Changes of texts: publishing a course with its translations kept, and taking in targets.

`publish` is the one way in for a course. It stores a version that nobody sees (`courses.actions.store`), finds out
which message lives on as which (`carrying`), and then shows the version. What people do one text at a time is in
`writing`, what a course decides for a language in `showing.choose`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from polylect.course import tree
from polylect.course.files import Folder
from polylect.issues import Issue, Place
from polylect.messages.pseudo import is_pseudo
from polylect_web.accounts.models import Person
from polylect_web.courses import actions as course_actions
from polylect_web.courses.actions import Into, Progress, Published
from polylect_web.courses.cleaning import cleaning_issues
from polylect_web.courses.models import Course, Version
from polylect_web.texts.carrying import carry, settle
from polylect_web.texts.codes import with_codes
from polylect_web.texts.confirming import keep_valid
from polylect_web.texts.models import Message, Origin, Target
from polylect_web.texts.sentences import with_sentences
from polylect_web.texts.taking import MADE_UP_LANGUAGE, Given, save, sort_out

__all__ = ["Given", "Taken", "publish", "say_cosmetic", "take_targets"]

_QUERIED_AT_ONCE = 500


@dataclass(frozen=True)
class Taken:
    """What became of translations that were brought: how many are new, how many were here already, and what was wrong
    with those that were left out. `late`: how many of the new ones became suggestions, because another one was written
    meanwhile."""

    new: int
    known: int
    issues: tuple[Issue, ...] = ()
    late: int = 0


def publish(
    course: tree.Course,
    files: Folder | None = None,
    *,
    issues: Iterable[Issue] = (),
    by: Person | None = None,
    into: Into | None = None,
    is_cosmetic: bool = False,
    edits: Version | None = None,
    regroups: bool = False,
    progress: Progress = lambda *_: None,
) -> Published:
    """Publishes a course: learners of its run see it as soon as this returns, and translations are carried over.

    `issues` are what its reader said; with what cleaning leaves out they are kept with the version. Raises
    NotPublished as `courses.actions.store` does. If anything fails before the version is shown, nothing of it is
    left.

    `is_cosmetic`: whatever text changed says the same as before, so its translations stay valid; `say_cosmetic` says
    it of one text. `edits`: the version that the course is an edit of, as `courses.actions.store` takes it; raises
    Overtaken where the run shows another one by now. `regroups`: the sentences of its captions are as they are meant to
    be; else they are as people put them together in the version before (`sentences`).
    """
    told = (*issues, *cleaning_issues(course)) if edits is None else ()
    home = course_actions.home_of(course.key, into)
    course = with_codes(course, home)
    if not regroups:
        course = with_sentences(course, home)
    draft = course_actions.store(course, files, issues=told, by=by, into=into, edits=edits, progress=progress)
    try:
        carried = carry(draft, progress)
        run = course_actions.reveal(draft, edits=edits)
    except BaseException:
        course_actions.discard(draft)
        raise
    settle(draft.version, carried, is_cosmetic=is_cosmetic, by=by)
    return Published(run, draft.version, told)


def say_cosmetic(course: Course, message: UUID, *, by: Person | None = None) -> int:
    """Says of a message that it says the same as when it was translated: its outdated translations stay valid. How many
    these are; none where there is no such message, or where it was said before."""
    pk = Message.objects.filter(course=course, uuid=message).values_list("pk", flat=True).first()
    return 0 if pk is None else keep_valid(course.pk, {pk: None}, by)


def take_targets(
    course: Course,
    language: str,
    given: Iterable[Given],
    *,
    origin: Origin,
    by: Person | None = None,
    is_approved: bool = False,
    are_suggestions: bool = False,
    seen: Mapping[UUID, int | None] | None = None,
) -> Taken:
    """Takes in translations into `language` (a canonical tag). What is here already, as it is, adds no row.

    A new target becomes the one that is shown, unless it was made for an older source than the one shown now. One
    with an error in its placeholders is left out, with an issue whose place names its block; in a pseudo-language none
    is taken, with one issue. `is_approved`: whoever brings them has looked at them, so they count as reviewed.
    `are_suggestions`: they wait for somebody's word, and none of them is shown. `seen`: by message, the id of the
    target that was current when they were decided on (None: there was none); where another one is by now, it stays,
    and what is brought becomes a suggestion.
    """
    if is_pseudo(language):
        return Taken(0, 0, (MADE_UP_LANGUAGE.at(Place(), language=language),))
    brought = list({one.message: one for one in given}.values())
    known, fresh, issues = 0, list[Target](), list[Issue]()
    for start in range(0, len(brought), _QUERIED_AT_ONCE):
        sorted_out = sort_out(course, language, brought[start : start + _QUERIED_AT_ONCE])
        known += sorted_out.known
        fresh += sorted_out.fresh
        issues += sorted_out.issues
    for target in fresh:
        target.origin, target.person, target.is_suggestion = origin, by, are_suggestions
    late = save(course, language, fresh, is_approved=is_approved, seen=seen)
    return Taken(len(fresh), known, tuple(issues), late)
