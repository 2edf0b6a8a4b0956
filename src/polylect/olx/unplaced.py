"""What the files hold and no page shows: drafts, and blocks that nothing points at. Staff can look at them."""

from collections.abc import Iterator

from polylect.course.tree import Block, Unit, Unplaced
from polylect.issues import Severity, declare
from polylect.olx import blocks, outline
from polylect.olx.context import Context

DRAFT = declare("olx-draft", Severity.NOTE, "“{title}” has a draft beside what is published. It is kept for staff.")
ORPHAN = declare(
    "olx-orphan",
    Severity.WARNING,
    "Nothing in the outline leads to the {tag} “{title}”. It is kept for staff to look at.",
)
ORPHANS = declare(
    "olx-orphans",
    Severity.NOTE,
    "Blocks in this folder that nothing leads to: {count}. Staff can look at them.",
)
UNREAD = declare(
    "olx-unread", Severity.NOTE, "Files that nothing in Polylect takes, so that they were not read: {count}."
)

_DRAFTS = "drafts/"
_LEVELS = ("chapter", "sequential", "vertical")
_NOT_BLOCKS = frozenset(
    {"about", "assets", "course", "drafts", "info", "policies", "roots", "static", "tabs", "textbooks", "wiki"}
)


def drafts(context: Context) -> Iterator[Unplaced]:
    """The drafts: units first, with what is in them, then blocks of their own."""
    for _, item in _found_in(context, _DRAFTS):
        yield Unplaced(item, "draft")


def orphans(context: Context) -> Iterator[Unplaced]:
    """The units, and then the blocks, that nothing has pointed at."""
    counts: dict[str, int] = {}
    for folder, item in _found_in(context, ""):
        if not isinstance(item, Unit):
            counts[folder] = counts.get(folder, 0) + 1
        yield Unplaced(item, "orphan")
    for folder, count in counts.items():
        context.export.report(ORPHANS, folder, count=count)


def report_unread(context: Context) -> None:
    """Says which files nobody has read: one issue for each folder at the top."""
    counts: dict[str, int] = {}
    for path in context.export.files:
        if path not in context.export.used:
            top, slash, _ = path.partition("/")
            counts[top + slash] = counts.get(top + slash, 0) + 1
    for top, count in counts.items():
        context.export.report(UNREAD, top, count=count)


def _found_in(context: Context, base: str) -> Iterator[tuple[str, Unit | Block]]:
    """The units and blocks below this folder that nobody has read, each with its own folder.

    Higher levels come first: they hold the others.
    """
    export = context.export
    paths = [path for path in export.below(base) if path.endswith(".xml")]
    for path in sorted(paths, key=lambda path: _rank(path.removeprefix(base))):
        tag, slash, rest = path.removeprefix(base).partition("/")
        if (
            slash
            and tag not in _NOT_BLOCKS
            and path not in export.used
            and not _is_published_as_is(context, path, base)
        ):
            name = rest.removesuffix(".xml").replace("/", ":")
            for item in _read(context, path, tag, name, base):
                yield base + tag + slash, item


def _rank(path: str) -> tuple[int, str]:
    tag = path.partition("/")[0]
    return (_LEVELS.index(tag) if tag in _LEVELS else len(_LEVELS), path)


def _is_published_as_is(context: Context, path: str, base: str) -> bool:
    """Whether this orphan is what a draft, which is kept already, has under the same name."""
    export = context.export
    pairs = [(file, f"{_DRAFTS}{file}") for file in (path, path.removesuffix(".xml") + ".html") if file in export]
    if base or not all(draft in export and export.data(file) == export.data(draft) for file, draft in pairs):
        return False
    return all(draft in export.used for _, draft in pairs)


def _read(context: Context, path: str, tag: str, name: str, base: str) -> Iterator[Unit | Block]:
    source = context.export.xml(path)
    if source is None:
        return
    is_published = base and name in context.nodes.codes_by_name
    node = context.nodes.root(path, source, name, base)
    if base and is_published:
        context.report(DRAFT, node, title=node.title or name)
    elif tag in _LEVELS and path not in context.nodes.draft_pointers:
        context.report(ORPHAN, node, tag=tag, title=node.title or name)
    if node.tag in _LEVELS:
        yield from outline.units(context, node)
    else:
        yield blocks.read(context, node)
