"""What pages ask about courses: runs, the outline of a version, contents, files.

A published version never changes, so what was read of it once stays in this process: `outline`,
`load_contents` and `asset_addresses` cost a query the first time only. Who may see what is decided by the
outline: `outline(version).visible_to_learners(now)`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from django.db.models import QuerySet

from polylect.course import stored, tree
from polylect.keys import CourseKey
from polylect_web.courses.models import Content, Course, Level, Placement, Run, Version, VersionAsset
from polylect_web.courses.outline import Block, Opening, Outline, Section, Subsection, Unit
from polylect_web.courses.rows import Item, assembled
from polylect_web.foundation.prepared import Prepared, columns, instance
from polylect_web.foundation.recent import Recent

ASSETS_URL = "/media/"
_LINK = re.compile(
    r"""(?P<before>\s(?P<attribute>src|href|poster|data|data-src)=(?P<quote>["']))"""
    r"""(?P<folder>/static/|/jump_to_id/)(?P<name>[^"'#?]+)"""
)
_MISSING = "data-missing"
"""The attribute that says what a picture or film would have loaded. Cleaning takes it away."""

_RUN, _COURSE, _VERSION = columns(Run), columns(Course), columns(Version, without=["issues"])
_run_by_key = Prepared(
    lambda key: Run.objects.filter(key=key).values_list(
        *_RUN, *(f"course__{name}" for name in _COURSE), *(f"version__{name}" for name in _VERSION)
    )
)

_contents: Recent[str, Item] = Recent(2000)
_outlines: Recent[int, Outline] = Recent(32)
_assets: Recent[int, Mapping[str, str]] = Recent(32)


def find_run(org: str, code: str, run: str) -> Run | None:
    """The run of this name with its course and version (1 query), or None."""
    for row in _run_by_key(f"{org}+{code}+{run}"):
        found = instance(Run, _RUN, row[: len(_RUN)])
        found.course = instance(Course, _COURSE, row[len(_RUN) : -len(_VERSION)])
        found.version = instance(Version, _VERSION, row[-len(_VERSION) :])
        return found
    return None


def is_course(key: CourseKey) -> bool:
    """Whether there is a course of this name."""
    return Course.objects.filter(org=key.org, code=key.code).exists()


def catalogue() -> QuerySet[Run]:
    """The runs that anybody may look at, by title, with course and version (1 query)."""
    return _runs().filter(is_open=True)


def outline(version: Version | int) -> Outline:
    """The tree of a version, hidden things and all. Two queries the first time, none later."""
    version_id = version if isinstance(version, int) else version.pk
    return _outlines.one(version_id, lambda: _read_outline(version_id))


def course_tree(version: Version) -> tree.Course:
    """The whole course as it was published, for exchanging and exporting it. Files go by the paths that links name.
    Three queries, and nothing of it is kept in this process."""
    rows = list(Placement.objects.filter(version=version).order_by("position"))
    contents = dict(Content.objects.filter(pk__in={row.content_id for row in rows}).values_list("hash", "data"))
    assets = VersionAsset.objects.filter(version=version).select_related("asset").order_by("path")
    files = tuple(tree.Asset(a.path, a.path, a.asset.size_bytes, a.hidden) for a in assets)
    items: dict[str, Item] = {content_hash: stored.load(bytes(data)) for content_hash, data in contents.items()}
    return assembled(rows, items, files)


def unit_instead_of(version: Version, unit_code: str) -> Unit | None:
    """Where to send somebody who asks for a unit that this version no longer has: the first unit of the
    subsection, or else of the section, where it stood last; or else the first of the course. None if no
    version ever had it."""
    former = (
        Placement.objects.filter(version__course_id=version.course_id, level=Level.UNIT, code=unit_code, unplaced="")
        .exclude(version__number=None)
        .order_by("-version__number")
        .first()
    )
    path = outline(former.version_id).path_to(unit_code) if former else None
    if path is None:
        return None
    section, subsection, _ = path
    now = outline(version)
    same_subsection = (unit for s in now.subsections() if s.code == subsection.code for unit in s.units)
    same_section = (unit for s in now.sections if s.code == section.code for sub in s.subsections for unit in sub.units)
    return next(same_subsection, None) or next(same_section, None) or next(now.units(), None)


def load_contents(hashes: Iterable[str]) -> dict[str, Item]:
    """The contents of these hashes, without what hangs below them; at most one query. Unknown ones are left
    out."""

    def read(missing: Collection[str]) -> dict[str, Item]:
        rows = Content.objects.filter(pk__in=missing).values_list("hash", "data")
        return {content_hash: stored.load(bytes(data)) for content_hash, data in rows}

    return _contents.many(hashes, read)


def load_content(content_hash: str) -> Item:
    """One content. Raises KeyError for a hash that nothing is stored under."""
    return load_contents([content_hash])[content_hash]


def asset_addresses(version: Version | int) -> Mapping[str, str]:
    """The address of every file that learners may have, by the path that links name. One query the first
    time."""
    version_id = version if isinstance(version, int) else version.pk
    return _assets.one(version_id, lambda: _read_assets(version_id))


def asset_url(version: Version | int, path: str) -> str | None:
    """The address of a file by the path that links name, `static/` before it or not; None if learners may not
    have it."""
    name = unquote(path).removeprefix("/").removeprefix("static/")
    return asset_addresses(version).get(name)


def rewrite_links(html: str, version: Version | int) -> str:
    """HTML with the course's own links made addresses: `/static/FILE` and `/jump_to_id/CODE`.

    A link to a place becomes relative to the page of a unit, so that it holds in every language and run. A
    link that leads nowhere is left as it is (an issue said so at publish); but what a browser would load by itself
    gets no address, so that it shows the words that stand for a picture, and asks for nothing.
    """

    def address(found: re.Match[str]) -> str:
        name = unquote(found["name"])
        if found["folder"] == "/static/":
            target = asset_addresses(version).get(name)
        else:
            target = _place_address(outline(version), name)
        if target is None and found["folder"] == "/static/" and found["attribute"] in ("src", "poster"):
            return f" {_MISSING}={found['quote']}{found['folder']}{found['name']}"
        return f"{found['before']}{target}" if target else found[0]

    return _LINK.sub(address, html) if "/static/" in html or "/jump_to_id/" in html else html


def forget() -> None:
    """Empties this process's caches: for tests, whose databases use the same numbers again."""
    for cache in (_contents, _outlines, _assets):
        cache.forget()


def _runs() -> QuerySet[Run]:
    """Runs with course and version, but not the version's issues: they are long, and pages of learners ask for
    none."""
    return Run.objects.select_related("course", "version").defer("version__issues")


def _place_address(of: Outline, code: str) -> str | None:
    """Where a section, subsection, unit or block is read, seen from the page of a unit."""
    unit = of.unit(code)
    if unit is not None:
        return f"../{quote(code)}/"
    unit = of.unit_of(code)
    if unit is not None:
        return f"../{quote(unit.code)}/#{quote(code)}"
    inside = (
        unit
        for section in of.sections
        for subsection in section.subsections
        for unit in subsection.units
        if code in (section.code, subsection.code)
    )
    first = next(inside, None)
    return f"../{quote(first.code)}/" if first else None


def _read_assets(version_id: int) -> Mapping[str, str]:
    rows = VersionAsset.objects.filter(version_id=version_id, hidden=False).values_list("path", "asset_id")
    return {path: f"{ASSETS_URL}{sha256}/{quote(PurePosixPath(path).name)}" for path, sha256 in rows}


def _read_outline(version_id: int) -> Outline:
    rows = list(Placement.objects.filter(version_id=version_id).order_by("position"))
    contents = load_contents(row.content_id for row in rows if row.level != Level.BLOCK)
    return _Reading(rows, contents).outline(version_id)


class _Reading:
    """The rows of a version by their parents, on the way to becoming an outline."""

    def __init__(self, rows: list[Placement], contents: Mapping[str, Item]) -> None:
        self._contents = contents
        self._below: dict[int | None, list[Placement]] = {}
        for row in rows:
            self._below.setdefault(row.parent_id, []).append(row)

    def outline(self, version_id: int) -> Outline:
        (root,) = (row for row in self._below[None] if row.level == Level.COURSE)
        course = self._contents[root.content_id]
        assert isinstance(course, tree.Course)  # noqa: S101  the level says what the content is
        top, everywhere = self._below.get(root.pk, []), Opening()
        return Outline(
            version_id,
            course,
            root.content_id,
            sections=tuple(self._section(row, everywhere) for row in top if row.level == Level.SECTION),
            unplaced=tuple(
                self._unit(row, everywhere) if row.level == Level.UNIT else self._block(row, everywhere)
                for row in top
                if row.unplaced
            ),
        )

    def _section(self, row: Placement, parent: Opening) -> Section:
        opening = _opening(row).below(parent)
        below = tuple(self._subsection(child, opening) for child in self._below.get(row.pk, []))
        return Section(row.code, self._contents[row.content_id].title, row.content_id, opening, below)

    def _subsection(self, row: Placement, parent: Opening) -> Subsection:
        opening, content = _opening(row).below(parent), self._contents[row.content_id]
        below = tuple(self._unit(child, opening) for child in self._below.get(row.pk, []))
        if not isinstance(content, tree.Subsection):
            return Subsection(row.code, content.title, row.content_id, "", opening, below)
        after, days = content.opens_after, content.opens_after_days
        return Subsection(row.code, content.title, row.content_id, content.category, opening, below, after, days)

    def _unit(self, row: Placement, parent: Opening) -> Unit:
        opening = _opening(row).below(parent)
        below = tuple(self._block(child, opening) for child in self._below.get(row.pk, []))
        return Unit(row.code, self._contents[row.content_id].title, row.content_id, opening, below)

    def _block(self, row: Placement, parent: Opening) -> Block:
        opening = _opening(row).below(parent)
        below = tuple(self._block(child, opening) for child in self._below.get(row.pk, []))
        return Block(
            row.code, row.kind, row.content_id, opening, row.points, row.has_links, below, row.withholds_results
        )


def _opening(row: Placement) -> Opening:
    """What the row itself says; something unplaced is for staff whatever its file says."""
    return Opening(row.staff_only or bool(row.unplaced), row.starts_at, row.due_at, row.unlisted)
