"""Saying that translations hold though their source changed: dated rows about one target and one source text."""

from collections.abc import Iterable, Mapping, Sequence

from polylect_web.accounts.models import Person
from polylect_web.foundation.slices import in_slices
from polylect_web.texts.models import Review, TranslationUnit, Verdict
from polylect_web.texts.queries import State, state_of
from polylect_web.texts.revisions import get_ready, raise_counters


def keep_valid(course_id: int, before: Mapping[int, str | None], by: Person | None) -> int:
    """Says of the translations of these messages that they are still valid for the source now, where they are outdated
    and held for what the message said before (None: whatever they were made for). How many these are.

    Two queries for the reading, slices for the writing.
    """
    units = TranslationUnit.objects.filter(message_id__in=before).select_related("message", "current")
    said = _said(units.values_list("current", flat=True)) if before else {}
    valid = [
        unit
        for unit in units.order_by("pk")
        if _is_outdated(unit, unit.message.text, said)
        and ((former := before[unit.message_id]) is None or not _is_outdated(unit, former, said))
    ]

    def change(some: Sequence[TranslationUnit]) -> None:
        Review.objects.bulk_create(
            Review(target=unit.current, source_text=unit.message.text, verdict=Verdict.STILL_VALID, person=by)
            for unit in some
        )
        for language in sorted({unit.language for unit in some}):
            raise_counters(course_id, language, {u.message.block_code for u in some if u.language == language})

    if valid:
        get_ready(course_id)
    in_slices(valid, change)
    return len(valid)


def _said(targets: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """What was said of these targets, in the order it was said."""
    said: dict[int, list[tuple[str, str]]] = {}
    rows = Review.objects.filter(target__in=targets).order_by("pk")
    for target, verdict, source_text in rows.values_list("target_id", "verdict", "source_text"):
        said.setdefault(target, []).append((verdict, source_text))
    return said


def _is_outdated(unit: TranslationUnit, text: str, said: Mapping[int, list[tuple[str, str]]]) -> bool:
    return state_of(text, unit.current.source_text, said.get(unit.current_id, ())) is State.OUTDATED
