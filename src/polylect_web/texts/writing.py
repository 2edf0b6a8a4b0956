"""What people do in the workbench, one text at a time: write, suggest, say what they think of it, ask.

Each is one transaction and costs the same in a course of a hundred texts or of fifteen thousand.
"""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from polylect import messages
from polylect.captions.cutting import Border
from polylect.issues import Issue, Place, Severity
from polylect.messages.merging import TOO_LONG
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Course
from polylect_web.foundation.database import write
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import Asks, Message, Origin, Remark, Review, Target, TranslationUnit, Verdict
from polylect_web.texts.queries import taken_targets
from polylect_web.texts.revisions import get_ready, raise_counters
from polylect_web.texts.showing import put_current, remember, show_anew
from polylect_web.texts.taking import approval

LONGEST_TEXT = 50_000
"""Characters of a translation or a remark."""
MOST_OPEN = 200
"""How many suggestions and remarks of one guest may be open in a course; whoever signs in has no such limit."""


class Outcome(Enum):
    """What became of a text that somebody wrote."""

    SAVED = "saved"
    SUGGESTED = "suggested"
    SAME = "same"
    """It is the current one already."""
    CONFLICT = "conflict"
    """Somebody else saved another one since the writer looked; nothing was saved."""
    SOURCE_CHANGED = "source-changed"
    """The source was published anew since the writer looked; nothing was saved."""
    REFUSED = "refused"
    """It has an error, or too many of this guest's suggestions wait; nothing was saved."""
    GONE = "gone"
    """There is no such message."""


@dataclass(frozen=True)
class Draft:
    """What somebody wrote: the text, for which source text, and which target (its id; None: there was none) they saw as
    the current one. `cuts` and `borders` as in `Target`."""

    text: str
    source_text: str
    seen: int | None = None
    cuts: tuple[int, ...] = ()
    borders: tuple[Border, ...] = ()


@dataclass(frozen=True)
class Written:
    """What became of a draft. `target`: the new one, or in a conflict the one that stands; `issues`: what is wrong with
    it."""

    outcome: Outcome
    target: Target | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Asked:
    """That a sentence of captions be another, in all languages: as in `Remark`."""

    asks: Asks
    source_text: str
    place: int | None = None

    @property
    def fields(self) -> dict[str, object]:
        """Of the remark that asks for it."""
        return {"asks": self.asks, "source_text": self.source_text, "place": self.place}


def write_target(
    course: Course,
    language: str,
    message: UUID,
    draft: Draft,
    *,
    by: Person,
    choice: Choice,
    origin: Origin = Origin.HUMAN,
    is_approved: bool = False,
) -> Written:
    """Saves a translation as the current one, unless somebody else did meanwhile. `is_approved`: its writer, who may,
    says that it is right.

    Whether `by` may is asked before (`choices.rights_of`). At most 12 queries.
    """
    get_ready(course.pk)
    with write():
        row = _message(course, message)
        wrong = _refusal(row, draft)
        if row is None or wrong is not None:
            return wrong or Written(Outcome.GONE)
        current = _current(row, language)
        is_same = current is not None and _says(current, draft)
        if current is not None and is_same and not is_approved:
            return Written(Outcome.SAME, current)
        if current is not None and not is_same and current.pk != draft.seen:
            return Written(Outcome.CONFLICT, current)
        target = current if current is not None and is_same else _add(row, language, draft, by, origin)
        if is_approved:
            approval(target, by=by).save()
        put_current([target], course, language, choice, are_approved=is_approved)
        raise_counters(course.pk, language, {row.block_code})
    return Written(Outcome.SAVED, target)


def suggest(course: Course, language: str, message: UUID, draft: Draft, *, by: Person) -> Written:
    """Leaves a translation for others to decide on. What was suggested before by anybody, or is current, adds no
    row."""
    with write():
        row = _message(course, message)
        wrong = _refusal(row, draft)
        if row is None or wrong is not None:
            return wrong or Written(Outcome.GONE)
        known = open_suggestions().filter(message=row, language=language, text=draft.text).first()
        current = _current(row, language)
        if current is not None and _says(current, draft):
            return Written(Outcome.SAME, current)
        if known is not None:
            return Written(Outcome.SAME, known)
        if _is_full(course, by):
            return Written(Outcome.REFUSED)
        return Written(Outcome.SUGGESTED, _add(row, language, draft, by, Origin.HUMAN, is_suggestion=True))


def approve(course: Course, target_id: int, *, by: Person, choice: Choice) -> Target | None:
    """Says of a target that it is right for its message as it is now, and makes it current; None where the course has
    no such target."""
    return _say(course, target_id, Verdict.APPROVED, by, choice)


def accept(course: Course, target_id: int, *, by: Person, choice: Choice) -> Target | None:
    """Makes somebody's suggestion the current target; whether it is right is for a reviewer to say."""
    return _say(course, target_id, Verdict.ACCEPTED, by, choice)


def keep(course: Course, target_id: int, *, by: Person, choice: Choice) -> Target | None:
    """Says of the current target, outdated, that it holds for its message as it is now."""
    return _say(course, target_id, Verdict.STILL_VALID, by, choice)


def reject(course: Course, target_id: int, *, by: Person, choice: Choice) -> Target | None:
    """Says of a target that it is wrong. Where it was current, the one before it is again, or the text is missing."""
    return _say(course, target_id, Verdict.REJECTED, by, choice)


def remark(
    course: Course, language: str, message: UUID, text: str, *, by: Person, asked: Asked | None = None
) -> Remark | None:
    """Asks or says something about a message's translation; None where there is no such message, the text is empty (and
    nothing else asked) or too long, the sentence is another than the one asked about, or too many of this guest's are
    open. The same person asks for the same once: what is open already is given back."""
    text = text.strip()
    with write():
        row = _message(course, message)
        if row is None or not (text or asked) or len(text) > LONGEST_TEXT:
            return None
        given = asked.fields if asked else {}
        if asked is not None:
            known = open_remarks().filter(message=row, language=language, person=by, text=text, **given).first()
            if known is not None or asked.source_text != row.text:
                return known
        if _is_full(course, by):
            return None
        return Remark.objects.create(message=row, language=language, text=text, person=by, **given)


def settle_remark(course: Course, remark_id: int, *, by: Person) -> Remark | None:
    """Closes a remark, once; None where the course has no such remark."""
    with write():
        row = Remark.objects.filter(message__course=course, pk=remark_id).select_related("message").first()
        if row is not None and row.settled_at is None:
            row.settled_at, row.settled_by = timezone.now(), by
            row.save(update_fields=["settled_at", "settled_by"])
        return row


def settle_asked(message: Message, asked: Asked, *, by: Person) -> int:
    """Closes what was asked of a sentence, whoever asked and in whichever language: how many remarks that were."""
    with write():
        return open_remarks().filter(message=message, **asked.fields).update(settled_at=timezone.now(), settled_by=by)


def open_suggestions() -> QuerySet[Target]:
    """Suggestions of which nobody has said anything yet."""
    return Target.objects.filter(is_suggestion=True, reviews=None)


def open_remarks() -> QuerySet[Remark]:
    """Remarks that nobody settled."""
    return Remark.objects.filter(settled_at=None)


def _message(course: Course, message: UUID) -> Message | None:
    """The message, held until the transaction ends: on PostgreSQL two people may be inside a write at once, and the
    second must see what the first saved."""
    return Message.objects.select_for_update().filter(course=course, uuid=message).first()


def _current(row: Message, language: str) -> Target | None:
    unit = TranslationUnit.objects.filter(message=row, language=language).select_related("current__person").first()
    return unit.current if unit is not None else None


def _refusal(row: Message | None, draft: Draft) -> Written | None:
    """Why a draft cannot be taken, whoever wrote it."""
    if row is None:
        return Written(Outcome.GONE)
    if draft.source_text != row.text:
        return Written(Outcome.SOURCE_CHANGED)
    if len(draft.text) > LONGEST_TEXT:
        too_long = TOO_LONG.at(Place(), count=len(draft.text), limit=LONGEST_TEXT)
        return Written(Outcome.REFUSED, issues=(too_long,))
    found = messages.check(row.text, draft.text, kind=messages.Kind(row.kind))
    errors = tuple(issue for issue in found if issue.severity is Severity.ERROR)
    return Written(Outcome.REFUSED, issues=errors) if errors else None


def _says(target: Target, draft: Draft) -> bool:
    return (target.text, target.source_text, tuple(target.cuts or ())) == (draft.text, draft.source_text, draft.cuts)


def _add(
    row: Message, language: str, draft: Draft, by: Person, origin: Origin, *, is_suggestion: bool = False
) -> Target:
    return Target.objects.create(
        message=row,
        language=language,
        text=draft.text,
        cuts=list(draft.cuts) or None,
        borders=list(draft.borders) or None,
        source_text=draft.source_text,
        person=by,
        origin=origin,
        is_suggestion=is_suggestion,
    )


def _is_full(course: Course, by: Person) -> bool:
    if not by.is_guest:
        return False
    suggested = open_suggestions().filter(person=by, message__course=course).count()
    asked = open_remarks().filter(person=by, message__course=course).count()
    return suggested + asked >= MOST_OPEN


def _say(course: Course, target_id: int, verdict: Verdict, by: Person, choice: Choice) -> Target | None:
    get_ready(course.pk)
    with write():
        target = Target.objects.filter(pk=target_id, message__course=course).first()
        if target is None:
            return None
        target.message = Message.objects.select_for_update().get(pk=target.message_id)
        Review.objects.create(target=target, source_text=target.message.text, verdict=verdict, person=by)
        unit = TranslationUnit.objects.filter(message=target.message, language=target.language).first()
        current = _after(verdict, target, unit)
        if current is None:
            if unit is not None:
                unit.delete()
        else:
            unit = unit or TranslationUnit(message=target.message, language=target.language)
            unit.current = current
            show_anew([unit], choice)
            unit.save()
            if current.pk == target.pk and verdict is not Verdict.STILL_VALID:
                remember([target], course, are_approved=True)
        raise_counters(course.pk, target.language, {target.message.block_code})
    return target


def _after(verdict: Verdict, target: Target, unit: TranslationUnit | None) -> Target | None:
    """Which target is current after this was said of one."""
    if verdict in (Verdict.APPROVED, Verdict.ACCEPTED):
        return target
    if unit is None or unit.current_id != target.pk or verdict is Verdict.STILL_VALID:
        return unit.current if unit is not None else None
    return taken_targets().filter(message=target.message, language=target.language).order_by("-pk").first()
