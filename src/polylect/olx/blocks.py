"""Blocks: which of our kinds an element becomes, and the elements that hold several blocks.

An element that holds blocks becomes a `Selection`: one that draws for each learner, or, with a count of -1, blocks that
belong together. So who may see them, and what else their element said, stays with them.
"""

from collections.abc import Callable
from dataclasses import replace

from polylect.course.tree import Block, Library, Selection
from polylect.issues import IssueKind, Severity, declare
from polylect.olx import exercise, foreign, text, video
from polylect.olx.context import Context
from polylect.olx.nodes import Node

CONDITION = declare(
    "olx-condition", Severity.WARNING, "“{title}” depends on what the learner did before; here everybody sees it."
)
EXPERIMENT = declare(
    "olx-experiment",
    Severity.WARNING,
    "“{title}” shows groups of learners different things; here one is drawn for each learner.",
)
NESTED = declare("olx-nested", Severity.NOTE, "A {tag} stands inside a unit; what it holds is shown in its place.")
NO_BLOCKS = declare(
    "olx-selection-empty",
    Severity.ERROR,
    "“{title}” draws from {library}, which is not in the export: nothing to draw.",
)
GROUPS = declare(
    "olx-groups-only", Severity.WARNING, "Only some groups of learners see this in Open edX; here everybody does."
)


def read(context: Context, node: Node) -> Block:
    """The block that this node is."""
    if node.attributes.get("group_access", "{}").strip() not in ("", "{}", "null"):
        context.report(GROUPS, node)
    if node.is_refused:
        return foreign.keep(context, node)
    return _READERS.get(node.tag, foreign.read)(context, node)


def read_all(context: Context, node: Node) -> tuple[Block, ...]:
    """The blocks inside this node."""
    return tuple(read(context, child) for child in context.nodes.children(node))


def _drawn(context: Context, node: Node) -> Selection:
    """Problems drawn from a library: `library_content`, and the newer `itembank`."""
    fields = context.nodes.fields(node)
    library = fields.text("source_library_id")
    count = -1 if fields.text("max_count").strip('"') == "-1" else fields.integer("max_count")
    selection = Selection(
        code=node.code,
        title=node.title,
        blocks=read_all(context, node),
        count=1 if count is None else count,
        library=library,
        access=fields.access(),
        kept=fields.kept(),
    )
    return selection if selection.blocks else _filled(context, node, selection)


def _filled(context: Context, node: Node, selection: Selection) -> Selection:
    """The selection with the blocks of its library, where that was given beside the export."""
    library = next((each for each in context.libraries if str(each.key) == selection.library), None)
    if library is None:
        context.report(NO_BLOCKS, node, title=node.title or node.code, library=selection.library or "a library")
        return selection
    return replace(selection, blocks=_copies(context, node, library))


def _copies(context: Context, node: Node, library: Library) -> tuple[Block, ...]:
    return tuple(replace(block, code=context.nodes.code(f"{node.code}-{block.code}", node)) for block in library.blocks)


def _one_of(kind: IssueKind | None) -> Callable[[Context, Node], Block]:
    return lambda context, node: _holding(context, node, 1, kind)


def _all_of(kind: IssueKind) -> Callable[[Context, Node], Block]:
    return lambda context, node: _holding(context, node, -1, kind)


def _holding(context: Context, node: Node, count: int, kind: IssueKind | None) -> Selection:
    if kind is not None:
        context.report(kind, node, tag=node.tag, title=node.title or node.code)
    fields = context.nodes.fields(node)
    access = fields.access()
    return Selection(node.code, node.title, read_all(context, node), count, "", access, fields.kept())


_READERS: dict[str, Callable[[Context, Node], Block]] = {
    "html": text.read,
    "video": video.read,
    "videoalpha": video.read,
    "problem": exercise.read,
    "library_content": _drawn,
    "legacy_library_content": _drawn,
    "itembank": _drawn,
    "randomize": _one_of(None),
    "split_test": _one_of(EXPERIMENT),
    "conditional": _all_of(CONDITION),
    **dict.fromkeys(("vertical", "wrapper", "sequential", "videosequence", "problemset", "chapter"), _all_of(NESTED)),
}
