"""Drafts of captions: a video's track as somebody edits it, kept from page to page, with what can be undone.

A draft begins with the first change and ends when it is published or thrown away. Whoever changes it says which
revision they saw, so that two windows of one person overwrite nothing.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from polylect.captions import forms
from polylect.captions.changing import Change, applied, between
from polylect.captions.track import Track
from polylect.course import stored
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run, TrackChange, TrackDraft
from polylect_web.foundation.database import write

MOST_CHANGES = 100
"""How many changes of a draft can be undone; older ones are forgotten."""


@dataclass(frozen=True)
class Of:
    """Whose draft it is, and of what."""

    person: Person
    run: Run
    block_code: str
    language: str

    @property
    def fields(self) -> Mapping[str, object]:
        return {
            "person": self.person,
            "run": self.run,
            "block_code": self.block_code,
            "language": self.language,
        }


@dataclass(frozen=True)
class Drafted:
    """A draft as it is now. `version_id`: what it began with; `revision`: for what is changed in it next.

    `undoes` and `redoes` say which act can be taken back and which can be done again; empty: none.
    """

    pk: int
    version_id: int
    revision: int
    done: int
    track: Track
    undoes: str
    redoes: str


def find(of: Of) -> Drafted | None:
    """The draft, if there is one (2 queries)."""
    row = TrackDraft.objects.filter(**of.fields).first()
    if row is None:
        return None
    acts = dict(row.changes.filter(number__in=(row.done, row.done + 1)).values_list("number", "act"))
    return Drafted(
        row.pk,
        row.version_id,
        row.revision,
        row.done,
        _unpack(row.data),
        acts.get(row.done, ""),
        acts.get(row.done + 1, ""),
    )


def drafted(person: Person, run: Run) -> set[tuple[str, str]]:
    """Block and language of every draft that somebody has in a run."""
    return set(TrackDraft.objects.filter(person=person, run=run).values_list("block_code", "language"))


def change(of: Of, before: Track, after: Track, act: str, *, revision: int) -> bool:
    """Keeps a change: what was undone before it is forgotten. False where the draft is another by now than the one of
    `revision` (0: there was none); nothing is kept then."""
    made = between(before, after)
    if made.is_none:
        return True
    data, packed = _pack(after), _pack((made.first, made.before, made.after))
    with write():
        row = _row(of, revision) if revision else _begun(of, data)
        if row is None:
            return False
        row.data = data
        row.done += 1
        _save(row)
        row.changes.filter(number__gte=row.done).delete()
        row.changes.filter(number__lte=row.done - MOST_CHANGES).delete()
        TrackChange.objects.create(draft=row, number=row.done, act=act, data=packed)
    return True


def undo(of: Of, *, revision: int) -> bool:
    """Takes the last change back. False where there is none, or the draft is another by now."""
    return _step(of, revision, back=True)


def redo(of: Of, *, revision: int) -> bool:
    """Does again what was undone last. False where there is nothing, or the draft is another by now."""
    return _step(of, revision, back=False)


def throw_away(of: Of) -> None:
    """Forgets the draft and its changes."""
    with write():
        TrackDraft.objects.filter(**of.fields).delete()


def move_to_version(of: Of, *, revision: int) -> bool:
    """Says that the draft is one of the version that its run shows now. False where it is another by now."""
    with write():
        row = _row(of, revision)
        if row is None:
            return False
        row.version = of.run.version
        _save(row)
    return True


def as_webvtt(draft: TrackDraft) -> str:
    """What is in a draft, as a file says it."""
    return forms.write(forms.fitted(_unpack(draft.data), forms.Form.WEBVTT)[0], forms.Form.WEBVTT)


def _step(of: Of, revision: int, *, back: bool) -> bool:
    drafted = find(of)
    if drafted is None or drafted.revision != revision:
        return False
    number = drafted.done if back else drafted.done + 1
    known = TrackChange.objects.filter(draft_id=drafted.pk, number=number).first()
    if known is None:
        return False
    made = Change(*stored.load(zlib.decompress(known.data)))
    data = _pack(applied(drafted.track, made.undone if back else made))
    with write():
        row = _row(of, revision)
        if row is None:
            return False
        row.data, row.done = data, number - 1 if back else number
        _save(row)
    return True


def _row(of: Of, revision: int) -> TrackDraft | None:
    """The draft, if it is of this revision still; held until the transaction ends."""
    return TrackDraft.objects.select_for_update().filter(**of.fields, revision=revision).first()


def _begun(of: Of, data: bytes) -> TrackDraft | None:
    """A new draft; None where there is one already."""
    row, is_new = TrackDraft.objects.get_or_create(**of.fields, defaults={"version": of.run.version, "data": data})
    return row if is_new else None


def _save(row: TrackDraft) -> None:
    row.revision += 1
    row.touched_at = timezone.now()
    row.save()


def _pack(value: object) -> bytes:
    return zlib.compress(stored.dump(value), 6)


def _unpack(data: bytes | memoryview) -> Track:
    track = stored.load(zlib.decompress(data))
    assert isinstance(track, Track)  # noqa: S101  only tracks are kept
    return track
