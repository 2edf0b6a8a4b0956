"""A course taken apart into the rows of a version, each node alone with its place in reading order, and put together
again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from polylect.course import stored, tree
from polylect.messages import COURSE_CODE
from polylect_web.courses.models import Level, Placement

Item = tree.Course | tree.Section | tree.Subsection | tree.Unit | tree.Block
"""One node of the tree. What a content holds is a node without what hangs below it."""

_KINDS: dict[type, str] = {
    tree.Text: "text",
    tree.Video: "video",
    tree.Exercise: "exercise",
    tree.Selection: "selection",
    tree.Foreign: "foreign",
}
_LINKS = (b"/static/", b"/jump_to_id/")


@dataclass(frozen=True)
class Row:
    """One node of the tree. `parent` is its parent's position; `item` is without what hangs below it, as its
    content is stored."""

    position: int
    parent: int | None
    depth: int
    level: Level
    kind: str
    code: str
    item: Item
    data: bytes
    content_hash: str
    access: tree.Access
    points: float | None = None
    has_links: bool = False
    unplaced: str = ""
    withholds_results: bool = False


def rows_of(course: tree.Course) -> tuple[Row, ...]:
    """The rows of a course, in reading order: its root first, then sections, pages, and what no page points
    at."""
    rows: list[Row] = []
    _add(rows, course, None, 0, "")
    return tuple(rows)


def assembled(rows: Sequence[Placement], items: Mapping[str, Item], assets: tuple[tree.Asset, ...]) -> tree.Course:
    """The course that was taken apart into these rows (in their order); `items` are their contents by hash."""
    below: dict[int | None, list[Placement]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def whole(row: Placement) -> Any:
        item = items[row.content_id]
        children = tuple(whole(child) for child in below.get(row.pk, []))
        return _with_children(item, children) if children else item

    (root,) = below[None]
    top = below.get(root.pk, [])
    course = items[root.content_id]
    assert isinstance(course, tree.Course)  # noqa: S101  the root is one
    return replace(
        course,
        sections=tuple(whole(row) for row in top if not row.unplaced),
        unplaced=tuple(tree.Unplaced(whole(row), row.unplaced) for row in top if row.unplaced),
        assets=assets,
    )


def points_of(block: tree.Exercise) -> float:
    """What an exercise gives at most: its author's weight, or else the sum of its questions' points."""
    if block.weight is not None:
        return block.weight
    return block.body.possible


def _add(rows: list[Row], item: Item, parent: int | None, depth: int, unplaced: str) -> None:
    position = len(rows)
    bare = _bare(item)
    data = stored.dump(bare)
    rows.append(
        Row(
            position,
            parent,
            depth,
            _level(item),
            _KINDS.get(type(item), ""),
            COURSE_CODE if isinstance(item, tree.Course) else item.code,
            bare,
            data,
            sha256(data).hexdigest(),
            tree.Access() if isinstance(item, tree.Course) else item.access,
            points_of(item) if isinstance(item, tree.Exercise) else None,
            any(link in data for link in _LINKS),
            unplaced,
            isinstance(item, tree.Exercise) and item.show_correctness != "always",
        )
    )
    for child, reason in _below(item):
        _add(rows, child, position, depth + 1, reason or unplaced)


def _below(item: Item) -> Iterator[tuple[Item, str]]:
    """What hangs below a node, each with why it stands nowhere (empty: it does not)."""
    children: tuple[Item, ...] = ()
    if isinstance(item, tree.Course):
        children = item.sections
    elif isinstance(item, tree.Section):
        children = item.subsections
    elif isinstance(item, tree.Subsection):
        children = item.units
    elif isinstance(item, tree.Unit | tree.Selection):
        children = item.blocks
    yield from ((child, "") for child in children)
    if isinstance(item, tree.Course):
        yield from ((aside.item, aside.reason) for aside in item.unplaced)


def _bare(item: Item) -> Item:
    """The node without what hangs below it."""
    if isinstance(item, tree.Course):
        return replace(item, sections=(), assets=(), unplaced=())
    if isinstance(item, tree.Section):
        return replace(item, subsections=())
    if isinstance(item, tree.Subsection):
        return replace(item, units=())
    if isinstance(item, tree.Unit | tree.Selection):
        return replace(item, blocks=())
    return item


def _with_children(item: Item, children: tuple[Any, ...]) -> Item:
    if isinstance(item, tree.Section):
        return replace(item, subsections=children)
    if isinstance(item, tree.Subsection):
        return replace(item, units=children)
    if isinstance(item, tree.Unit | tree.Selection):
        return replace(item, blocks=children)
    raise TypeError(f"nothing hangs below a {type(item).__name__}")


def _level(item: Item) -> Level:
    if isinstance(item, tree.Course):
        return Level.COURSE
    if isinstance(item, tree.Section):
        return Level.SECTION
    if isinstance(item, tree.Subsection):
        return Level.SUBSECTION
    if isinstance(item, tree.Unit):
        return Level.UNIT
    return Level.BLOCK
