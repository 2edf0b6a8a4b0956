"""Which target learners see: kept in step with what was written, what was said of it, and what the course decided.

Learners' pages read `TranslationUnit.shown` alone, so that no choice costs them a query.
"""

from collections.abc import Callable, Iterable, Sequence

from django.utils import timezone

from polylect.messages import COURSE_CODE
from polylect_web.courses.models import Course, Run
from polylect_web.courses.queries import outline
from polylect_web.foundation.database import write
from polylect_web.foundation.prepared import Prepared
from polylect_web.foundation.slices import in_slices
from polylect_web.memory import actions as memory
from polylect_web.memory.actions import Pair
from polylect_web.memory.queries import is_empty
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import (
    HOLDING,
    LanguageChoice,
    Message,
    Origin,
    Review,
    Shown,
    Target,
    TranslationUnit,
    Verdict,
    Who,
)
from polylect_web.texts.revisions import get_ready, raise_counters

_open_versions = Prepared(
    lambda course_id: (
        Run.objects.filter(course_id=course_id, is_open=True)
        .order_by("version_id")
        .values_list("version_id")
        .distinct()
    )
)


def put_current(
    targets: Sequence[Target], course: Course, language: str, choice: Choice, *, are_approved: bool = False
) -> None:
    """Makes each of these the current target of its message, shows it where the course shows such, and lets the memory
    have what people wrote. Inside a write; at most two queries, and those of `remember`."""
    shown = [one for one in targets if choice.shows(one.origin, is_approved=are_approved)]
    hidden = [one for one in targets if not choice.shows(one.origin, is_approved=are_approved)]
    for some, fields in ((shown, ["current", "shown"]), (hidden, ["current"])):
        rows = [
            TranslationUnit(
                message_id=one.message_id, language=language, current=one, shown=one if some is shown else None
            )
            for one in some
        ]
        if rows:
            TranslationUnit.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["message", "language"], update_fields=fields
            )
    remember(targets, course, are_approved=are_approved)


def remember(targets: Sequence[Target], course: Course, *, are_approved: bool = False) -> None:
    """Lets the memory have these targets, whose messages are at hand. What a machine made is left out until somebody
    says that it is right. What gives an answer away, and what learners do not see or not yet, is a secret there. Inside
    a write."""
    is_open = _seen_by_learners(course)
    memory.remember(
        [
            Pair(
                course.source_language,
                one.language,
                one.source_text,
                one.text,
                course.pk,
                is_secret=one.message.reveals or not is_open(one.message),
            )
            for one in targets
            if (are_approved or one.origin != Origin.MACHINE) and not one.message.optional
        ]
    )


def _seen_by_learners(course: Course) -> Callable[[Message], bool]:
    """Tells whether learners may see a text now, in any run of the course. One query."""
    now = timezone.now()
    shown = [outline(pk).visible_to_learners(now) for (pk,) in _open_versions(course.pk)]

    def is_seen(message: Message) -> bool:
        code = message.block_code
        if code == COURSE_CODE:
            return bool(shown) and not message.role.startswith("page.")
        return any(one.unit_of(code) or code in one.unit_codes or code in one.part_codes for one in shown)

    return is_seen


def remember_everything() -> None:
    """Lets an empty memory have every current translation of this site, in slices: for sites that are older than their
    memory."""
    if not is_empty():
        return
    units = TranslationUnit.objects.order_by("pk").select_related("current", "message__course")

    def change(some: Sequence[int]) -> None:
        by_course: dict[Course, list[Target]] = {}
        for unit in units.filter(pk__in=some):
            unit.current.message = unit.message
            by_course.setdefault(unit.message.course, []).append(unit.current)
        for course, targets in by_course.items():
            remember(targets, course)

    in_slices(list(units.values_list("pk", flat=True)), change)


def show_anew(units: Iterable[TranslationUnit], choice: Choice) -> list[TranslationUnit]:
    """Puts right what these units show, after what was said of their targets or what the course chose; those that
    changed, not saved. One query. The units have their `current` at hand."""
    units = list(units)
    approved = newest_approved([unit.message_id for unit in units], {unit.language for unit in units})
    changed: list[TranslationUnit] = []
    for unit in units:
        best = approved.get((unit.message_id, unit.language))
        is_approved = best is not None and best == unit.current_id
        shown = unit.current_id if choice.shows(unit.current.origin, is_approved=is_approved) else best
        if shown != unit.shown_id:
            unit.shown_id = shown
            changed.append(unit)
    return changed


def newest_approved(message_ids: Sequence[int], languages: Iterable[str]) -> dict[tuple[int, str], int]:
    """By message and language: the newest target of which it was said last that it is right. One query."""
    rows = (
        Review.objects.filter(target__message_id__in=message_ids, target__language__in=sorted(languages))
        .exclude(verdict__in=HOLDING)
        .order_by("pk")
        .values_list("target__message_id", "target__language", "target_id", "verdict")
    )
    last = {(message_id, language, target): verdict for message_id, language, target, verdict in rows}
    found: dict[tuple[int, str], int] = {}
    for (message_id, language, target), verdict in last.items():
        if verdict == Verdict.APPROVED:
            found[message_id, language] = max(target, found.get((message_id, language), 0))
    return found


def choose(course: Course, language: str, *, who: Who | None, shown: Shown, shows_machine: bool) -> int:
    """Decides for a language of a course (`who` None: as the rule says); how many texts look different to learners
    now. In slices."""
    choice = Choice(who or Who.OPEN, shown, shows_machine, who is not None)
    with write():
        LanguageChoice.objects.update_or_create(
            course=course,
            language=language,
            defaults={"who": who or "", "shown": shown, "shows_machine": shows_machine},
        )
    get_ready(course.pk)
    units = TranslationUnit.objects.filter(message__course=course, language=language).order_by("pk")
    pks = list(units.values_list("pk", flat=True))
    changed = 0

    def change(some: Sequence[int]) -> None:
        nonlocal changed
        different = show_anew(units.filter(pk__in=some).select_related("current"), choice)
        TranslationUnit.objects.bulk_update(different, ["shown"])
        codes = Message.objects.filter(pk__in=[unit.message_id for unit in different])
        if different:
            raise_counters(course.pk, language, set(codes.values_list("block_code", flat=True)))
        changed += len(different)

    in_slices(pks, change)
    return changed
