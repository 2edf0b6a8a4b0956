"""A course taken apart into the rows of a version: each node alone, with its place in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from polylect.course import stored, tree
from polylect.messages import COURSE_CODE
from polylect_web.courses.models import Level

Node = tree.Course | tree.Section | tree.Subsection | tree.Unit | tree.Block

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
    """One node of the tree. `parent` is its parent's position; `node` is without what hangs below it, as its
    content is stored."""

    position: int
    parent: int | None
    depth: int
    level: Level
    kind: str
    code: str
    node: Node
    data: bytes
    content_hash: str
    access: tree.Access
    points: float | None = None
    has_links: bool = False
    unplaced: str = ""


def rows_of(course: tree.Course) -> tuple[Row, ...]:
    """The rows of a course, in reading order: its root first, then sections, pages, and what no page points
    at."""
    rows: list[Row] = []
    _add(rows, course, None, 0, "")
    return tuple(rows)


def points_of(block: tree.Exercise) -> float:
    """What an exercise gives at most: its author's weight, or else the sum of its questions' points."""
    if block.weight is not None:
        return block.weight
    return block.body.possible


def _add(rows: list[Row], node: Node, parent: int | None, depth: int, unplaced: str) -> None:
    position = len(rows)
    bare = _bare(node)
    data = stored.dump(bare)
    rows.append(
        Row(
            position,
            parent,
            depth,
            _level(node),
            _KINDS.get(type(node), ""),
            COURSE_CODE if isinstance(node, tree.Course) else node.code,
            bare,
            data,
            sha256(data).hexdigest(),
            tree.Access() if isinstance(node, tree.Course) else node.access,
            points_of(node) if isinstance(node, tree.Exercise) else None,
            any(link in data for link in _LINKS),
            unplaced,
        )
    )
    for child, reason in _below(node):
        _add(rows, child, position, depth + 1, reason or unplaced)


def _below(node: Node) -> Iterator[tuple[Node, str]]:
    """What hangs below a node, each with why it stands nowhere (empty: it does not)."""
    children: tuple[Node, ...] = ()
    if isinstance(node, tree.Course):
        children = node.sections
    elif isinstance(node, tree.Section):
        children = node.subsections
    elif isinstance(node, tree.Subsection):
        children = node.units
    elif isinstance(node, tree.Unit | tree.Selection):
        children = node.blocks
    yield from ((child, "") for child in children)
    if isinstance(node, tree.Course):
        yield from ((aside.item, aside.reason) for aside in node.unplaced)


def _bare(node: Node) -> Node:
    """The node without what hangs below it."""
    if isinstance(node, tree.Course):
        return replace(node, sections=(), assets=(), unplaced=())
    if isinstance(node, tree.Section):
        return replace(node, subsections=())
    if isinstance(node, tree.Subsection):
        return replace(node, units=())
    if isinstance(node, tree.Unit | tree.Selection):
        return replace(node, blocks=())
    return node


def _level(node: Node) -> Level:
    if isinstance(node, tree.Course):
        return Level.COURSE
    if isinstance(node, tree.Section):
        return Level.SECTION
    if isinstance(node, tree.Subsection):
        return Level.SUBSECTION
    if isinstance(node, tree.Unit):
        return Level.UNIT
    return Level.BLOCK
