"""Changes of courses: storing a version so that nobody sees it, showing it, and taking it back.

Publishing has three steps, which `texts.actions.publish` takes in turn, because translations are aligned
between them:

1. `store` writes the version in short slices. It has no number and no run, so no page can find it.
2. `texts` aligns its messages.
3. `reveal` gives it its number and points the run at it: one transaction.

Whatever fails before the third step is undone by `discard`. What a process that died left behind is discarded
at the next publish of the course.
"""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from polylect.course import tree
from polylect.course.files import Folder
from polylect.issues import Issue
from polylect.keys import RunKey
from polylect_web.accounts.models import Person
from polylect_web.courses import storage
from polylect_web.courses.models import Asset, Content, Course, Placement, Run, Version, VersionAsset
from polylect_web.courses.rows import Row, rows_of
from polylect_web.foundation.database import write
from polylect_web.foundation.slices import delete_in_slices, in_slices

ISSUES_SCHEMA = 1
_LEFT_BEHIND = timedelta(minutes=2)
_OTHER_TYPE = "application/octet-stream"

Progress = Callable[[str, int, int], None]
"""Told how far long work is: what is being done ("files", "rows", "messages"), how many are done, of how
many."""


class Into(Enum):
    """Where a run goes whose course is known and whose name is not."""

    NEW_VERSION = "as-new-version"
    """It is the same course: translations are shared, and this is its newest version."""
    SEPARATE = "separate"
    """It is a course of its own that happens to have the same name."""


class NotPublished(Exception):
    """The course cannot be published like this. `str()` is a sentence for the person who tried; `issues` say more."""

    def __init__(self, sentence: str, issues: Iterable[Issue] = ()) -> None:
        super().__init__(sentence)
        self.issues = tuple(issues)


class Overtaken(NotPublished):
    """Somebody published another version of the run while an edit of the one before was made or stored."""

    def __init__(self, key: RunKey) -> None:
        super().__init__(f"Another version of {key} was published meanwhile. Look at that one first.")


@dataclass(frozen=True)
class Published:
    """What came of publishing: the run now shows this version."""

    run: Run
    version: Version
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class Draft:
    """A version that is stored, and that nobody sees. `rows` are its places in reading order."""

    version: Version
    course: tree.Course
    rows: tuple[Row, ...]
    new_files: tuple[storage.Kept, ...] = ()


def store(
    course: tree.Course,
    files: Folder | None,
    *,
    issues: Iterable[Issue] = (),
    by: Person | None = None,
    into: Into | None = None,
    edits: Version | None = None,
    progress: Progress = lambda *_: None,
) -> Draft:
    """Stores a version of the course, files and all, without showing it to anybody.

    `files` are what the course was read from; None where it has no assets. `edits`: the version that this is an edit
    of, made here: its files are kept, and what its author was told. Raises NotPublished where the run is new to a known
    course and `into` does not say what it is, and where somebody else is publishing the same course.
    """
    rows = rows_of(course)
    version = _new_version(course, into, _told(issues, edits), by)
    kept: list[storage.Kept] = []
    try:
        if edits is None:
            _store_assets(version, course.assets, files, kept, progress)
        else:
            _keep_assets(version, edits)
        _store_rows(version, rows, progress)
    except BaseException:
        discard(Draft(version, course, rows, tuple(kept)))
        raise
    return Draft(version, course, rows, tuple(kept))


def reveal(draft: Draft, *, edits: Version | None = None) -> Run:
    """Makes the draft the version that its run shows, in one transaction; the run is made if it is new.

    `edits`: the version that it was made of. Raises Overtaken where the run shows another one by now.
    """
    key, version = draft.course.key, draft.version
    with write():
        if edits is not None and not Run.objects.select_for_update().filter(key=str(key), version=edits):
            raise Overtaken(key)
        last = Version.objects.filter(course_id=version.course_id).aggregate(last=Max("number"))["last"] or 0
        version.number = last + 1
        version.published_at = version.touched_at = timezone.now()
        version.save(update_fields=["number", "published_at", "touched_at"])
        run, _ = Run.objects.update_or_create(
            key=str(key),
            defaults={
                "course_id": version.course_id,
                "version": version,
                "code": key.run,
                "title": draft.course.title[:500],
                "starts_at": moment(draft.course.start),
                "ends_at": moment(draft.course.end),
            },
        )
    return run


def discard(draft: Draft) -> None:
    """Takes a draft back, so that nothing of it is left: rows, files, and the course if it has no other
    version."""
    _discard_rows(draft.version)
    held = set(Asset.objects.filter(pk__in=[kept.sha256 for kept in draft.new_files]).values_list("pk", flat=True))
    for kept in draft.new_files:
        if kept.sha256 not in held:
            storage.drop(kept)


def home_of(key: RunKey, into: Into | None) -> Course | None:
    """The course that this run belongs to; None for one that is to be made. Raises NotPublished where `into` does not
    say which."""
    _discard_left_behind(key)
    return _home(key, into)


def touch(version: Version, *, now: bool = False) -> None:
    """Shows that this publish is alive, twice a minute at most. Whoever works on a draft for long calls it on the
    way."""
    if now or timezone.now() - version.touched_at > _LEFT_BEHIND / 4:
        with write():
            version.touched_at = timezone.now()
            version.save(update_fields=["touched_at"])


def moment(text: str) -> datetime | None:
    """The time that a tree writes as ISO 8601 in UTC; None for an empty text."""
    return parse_datetime(text) if text else None


def _told(issues: Iterable[Issue], edits: Version | None) -> list[dict[str, object]]:
    """What the author is told of a version, as it is stored; of one that was edited here, what they knew before."""
    return list(edits.issues) if edits is not None else [issue.as_data() for issue in issues]


def _new_version(course: tree.Course, into: Into | None, told: list[dict[str, object]], by: Person | None) -> Version:
    """The empty version that is about to be filled; of a course made for it, where it has none yet."""
    _discard_left_behind(course.key)
    with write():
        home = _home(course.key, into)
        if home is None:
            home = Course.objects.create(org=course.key.org, code=course.key.code, source_language=course.language)
        elif home.versions.filter(number=None).exists():
            raise NotPublished(f"{home} is being published by somebody else. Try again in a few minutes.")
        return Version.objects.create(course=home, issues=told, schema=ISSUES_SCHEMA, published_by=by)


def _home(key: RunKey, into: Into | None) -> Course | None:
    """The course that this run belongs to; None for one that is to be made."""
    run = Run.objects.select_related("course").filter(key=str(key)).first()
    if run is not None:
        return run.course
    known = Course.objects.filter(org=key.org, code=key.code).order_by("-versions__published_at").first()
    if known is None or into is Into.SEPARATE:
        return None
    if into is Into.NEW_VERSION:
        return known
    others = ", ".join(known.runs.values_list("key", flat=True))
    raise NotPublished(
        f"{key.course} is here already ({others}), and {key} is new. Say --as-new-version if it is the same course, "
        "so that its translations serve both runs, or --separate if it is a course of its own."
    )


def _store_assets(
    version: Version,
    assets: tuple[tree.Asset, ...],
    files: Folder | None,
    kept: list[storage.Kept],
    progress: Progress,
) -> None:
    """Keeps every file, and says by which path the version's links name it. `kept` grows by what was not
    there before."""
    rows: list[VersionAsset] = []
    known: dict[str, Asset] = {}
    for done, asset in enumerate(assets if files is not None else ()):
        progress("files", done, len(assets))
        assert files is not None  # noqa: S101  the loop runs only then
        with files.open(asset.file) as stream:
            one = storage.keep(stream, hidden=asset.hidden)
        if one.is_new:
            kept.append(one)
        media_type = mimetypes.guess_type(asset.path)[0] or _OTHER_TYPE
        known.setdefault(one.sha256, Asset(sha256=one.sha256, size_bytes=one.size_bytes, media_type=media_type))
        rows.append(VersionAsset(version=version, path=asset.path, asset_id=one.sha256, hidden=asset.hidden))
        touch(version)
    by_hash = [(row, known[row.asset_id]) for row in rows]

    def save(some: Iterable[tuple[VersionAsset, Asset]]) -> None:
        pairs = list(some)
        Asset.objects.bulk_create({asset.pk: asset for _, asset in pairs}.values(), ignore_conflicts=True)
        VersionAsset.objects.bulk_create([row for row, _ in pairs])

    in_slices(by_hash, save)


def _keep_assets(version: Version, before: Version) -> None:
    """Names the files of the version before in this one, as they are: none is read."""
    rows = VersionAsset.objects.filter(version=before).values_list("path", "asset_id", "hidden")
    kept = [VersionAsset(version=version, path=path, asset_id=sha256, hidden=hidden) for path, sha256, hidden in rows]
    in_slices(kept, VersionAsset.objects.bulk_create)


def _store_rows(version: Version, rows: tuple[Row, ...], progress: Progress) -> None:
    """Writes the places and what they hold, from the top down, for a row needs its parent's number."""
    saved: dict[int, Placement] = {}
    for depth in range(max((row.depth for row in rows), default=0) + 1):

        def save(some: Iterable[Row]) -> None:
            here = list(some)
            contents = {row.content_hash: Content(hash=row.content_hash, data=row.data) for row in here}
            Content.objects.bulk_create(contents.values(), ignore_conflicts=True)
            placements = [_placement(version, row, saved) for row in here]
            Placement.objects.bulk_create(placements)
            saved.update({placement.position: placement for placement in placements})
            progress("rows", len(saved), len(rows))

        in_slices([row for row in rows if row.depth == depth], save)
        touch(version, now=True)


def _placement(version: Version, row: Row, saved: Mapping[int, Placement]) -> Placement:
    return Placement(
        version=version,
        parent=None if row.parent is None else saved[row.parent],
        position=row.position,
        level=row.level,
        code=row.code,
        content_id=row.content_hash,
        kind=row.kind,
        staff_only=row.access.staff_only,
        unlisted=row.access.unlisted,
        starts_at=moment(row.access.start),
        due_at=moment(row.access.due),
        points=row.points,
        has_links=row.has_links,
        unplaced=row.unplaced,
        withholds_results=row.withholds_results,
    )


def _discard_left_behind(key: RunKey) -> None:
    """Takes back what a process that died left of this course."""
    old = Version.objects.filter(number=None, touched_at__lt=timezone.now() - _LEFT_BEHIND)
    for version in old.filter(course__org=key.org, course__code=key.code):
        _discard_rows(version)


def _discard_rows(version: Version) -> None:
    """Deletes a version that was never published, and what only it held."""
    placements = Placement.objects.filter(version=version)
    contents = list(placements.values_list("content_id", flat=True).distinct())
    assets = list(VersionAsset.objects.filter(version=version).values_list("asset_id", flat=True).distinct())
    delete_in_slices(placements.order_by("-position"))
    delete_in_slices(VersionAsset.objects.filter(version=version))
    in_slices(contents, lambda some: Content.objects.filter(pk__in=some, placements=None).delete())
    in_slices(assets, lambda some: Asset.objects.filter(pk__in=some, places=None).delete())
    with write():
        course = version.course
        version.delete()
        if not course.versions.exists():
            course.delete()
