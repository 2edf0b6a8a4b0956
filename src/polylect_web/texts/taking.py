"""Taking in targets: which are new, which are here already, which cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from polylect import messages
from polylect.issues import Issue, Severity, declare
from polylect.issues import Place as IssuePlace
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.foundation.slices import in_slices
from polylect_web.texts.choices import Choice, choices_of
from polylect_web.texts.models import Message, Review, Target, TranslationUnit, Verdict
from polylect_web.texts.revisions import get_ready, raise_counters
from polylect_web.texts.showing import put_current

UNKNOWN_MESSAGE = declare(
    "texts-unknown-message",
    Severity.WARNING,
    "No text of this course has the key “{key}”; its translation was left out.",
)

MADE_UP_LANGUAGE = declare(
    "texts-made-up-language",
    Severity.ERROR,
    "“{language}” is made up from the source, for authors to look at: nobody translates into it, and nothing was taken."
    " Say the language that the translations are in.",
)


@dataclass(frozen=True)
class Given:
    """A translation that somebody brings: the text, and the source text it was made for. `cuts` as in `Target`."""

    message: UUID
    text: str
    source_text: str
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True)
class SortedOut:
    """Translations by what is to be done with them: `fresh` ones are rows not saved yet, `known` a count."""

    fresh: tuple[Target, ...]
    known: int
    issues: tuple[Issue, ...]


def sort_out(course: Course, language: str, given: Sequence[Given]) -> SortedOut:
    """Compares with what is here. Three queries, whatever the number."""
    rows = {row.uuid: row for row in Message.objects.filter(course=course, uuid__in=[one.message for one in given])}
    here = {
        (target.message_id, target.text, target.source_text, tuple(target.cuts or ()))
        for target in Target.objects.filter(message__in=rows.values(), language=language)
    }
    fresh, known, issues = list[Target](), 0, list[Issue]()
    for one in given:
        message = rows.get(one.message)
        if message is None:
            issues.append(UNKNOWN_MESSAGE.at(IssuePlace(), key=one.message))
        elif (message.pk, one.text, one.source_text, one.cuts) in here:
            known += 1
        elif wrong := _errors(message, one):
            issues += wrong
        else:
            cuts = list(one.cuts) or None
            fresh.append(
                Target(message=message, language=language, text=one.text, cuts=cuts, source_text=one.source_text)
            )
    return SortedOut(tuple(fresh), known, tuple(issues))


def save(
    course: Course,
    language: str,
    fresh: Sequence[Target],
    *,
    is_approved: bool,
    seen: Mapping[UUID, int | None] | None = None,
) -> int:
    """Adds the targets in slices, shows those that are to be shown, and raises the counters in the same
    transactions. Suggestions are added and change nothing that anybody reads; `seen` as in `take_targets`, whose late
    ones are counted."""
    choice = choices_of(course.pk).get(language, Choice())
    get_ready(course.pk)
    late = 0

    def change(some: Sequence[Target]) -> None:
        nonlocal late
        for target in _late(language, some, seen):
            target.is_suggestion, late = True, late + 1
        Target.objects.bulk_create(some)
        if is_approved:
            Review.objects.bulk_create(
                approval(target, by=target.person) for target in some if not target.is_suggestion
            )
        current = _current(language, [target for target in some if not target.is_suggestion])
        put_current(current, course, language, choice, are_approved=is_approved)
        if current:
            raise_counters(course.pk, language, {target.message.block_code for target in current})

    in_slices(fresh, change)
    return late


def approval(target: Target, *, by: Person | None) -> Review:
    """The word of whoever brings or reads a target that it is right for the source it was made for."""
    return Review(target=target, source_text=target.source_text, verdict=Verdict.APPROVED, person=by)


def _errors(message: Message, one: Given) -> list[Issue]:
    """What keeps a translation from being taken. It is held to the source text that it was made for."""
    found = messages.check(one.source_text, one.text, kind=messages.Kind(message.kind))
    place = IssuePlace(block=message.block_code)
    return [Issue(issue.kind, place, issue.params) for issue in found if issue.severity is Severity.ERROR]


def _late(language: str, some: Sequence[Target], seen: Mapping[UUID, int | None] | None) -> list[Target]:
    """Those of the new targets whose message has another current target by now than the one that was seen."""
    if seen is None:
        return []
    units = TranslationUnit.objects.filter(message_id__in=[t.message_id for t in some], language=language)
    now = dict(units.values_list("message_id", "current_id"))
    return [target for target in some if now.get(target.message_id) != seen.get(target.message.uuid)]


def _current(language: str, fresh: Sequence[Target]) -> list[Target]:
    """Those of the new targets that become current: all but those made for an older source than the one shown now. No
    query where none was made for an older one."""
    older = [target.message_id for target in fresh if target.source_text != target.message.text]
    if not older:
        return list(fresh)
    units = TranslationUnit.objects.filter(message_id__in=older, language=language)
    now = dict(units.values_list("message_id", "current__source_text"))
    return [
        target
        for target in fresh
        if target.source_text == target.message.text or now.get(target.message_id) != target.message.text
    ]
