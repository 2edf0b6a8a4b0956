"""The levels of a course: `chapter`, `sequential` and `vertical` become sections, subsections and units.

Courses written by hand leave levels out or repeat them. What stands too high gets the levels that are missing; what
stands too low is taken out of the level that is too many. Either way it is shown, and there is an issue.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from polylect.course.tree import Access, Section, Subsection, Unit
from polylect.issues import Severity, declare
from polylect.olx import blocks
from polylect.olx.context import Context
from polylect.olx.nodes import Node, is_empty

MISPLACED = declare(
    "olx-misplaced",
    Severity.NOTE,
    "Found <{found}> here; expected <{expected}>. It is shown as if that was around it.",
)
EMPTY = declare("olx-empty", Severity.WARNING, "The {tag} “{title}” has nothing in it.")
NO_TITLE = declare(
    "olx-no-title", Severity.WARNING, "This {tag} has no display_name; it is called “{title}” after its url_name."
)
NO_CATEGORY = declare(
    "olx-no-category",
    Severity.WARNING,
    "“{title}” is graded as “{found}”, which the grading policy does not have; expected one of: {expected}.",
)

BESIDE_SECTIONS = frozenset({"wiki", "textbook", "pdf_textbook", "html_textbook", "license"})
"""What a `<course>` holds beside its chapters."""

_SECTIONS = frozenset({"chapter"})
_SUBSECTIONS = frozenset({"sequential", "videosequence", "problemset"})
_UNITS = frozenset({"vertical"})
_LEVELS = _SECTIONS | _SUBSECTIONS | _UNITS

Item = TypeVar("Item", Section, Subsection, Unit)


def sections(context: Context, course: Node) -> tuple[Section, ...]:
    """The sections of a course, with everything in them."""
    children = context.nodes.children(course, leave_out=BESIDE_SECTIONS)
    return tuple(section for child in children for section in _as_sections(context, child))


def unit(context: Context, node: Node) -> Unit:
    """The unit that a `vertical` is."""
    fields = context.nodes.fields(node)
    access = fields.access()
    _report_empty(context, node)
    return Unit(node.code, _title(context, node), blocks.read_all(context, node), access, fields.kept())


def units(context: Context, node: Node) -> Iterator[Unit]:
    """The units that a node of any level holds or is."""
    if node.tag in _UNITS:
        yield unit(context, node)
    elif node.tag in _LEVELS:
        access = context.nodes.fields(node).access()
        for child in context.nodes.children(node):
            yield from (_under(access, each) for each in units(context, child))
    else:
        block = blocks.read(context, node)
        code = context.nodes.code(f"{node.code}-unit", replace(node, tag="vertical"))
        yield Unit(code, _title(context, node), (block,))


def _as_sections(context: Context, node: Node) -> Iterator[Section]:
    if node.tag in _SECTIONS:
        yield _section(context, node)
        return
    context.report(MISPLACED, node, found=node.tag, expected="chapter")
    code = context.nodes.code(f"{node.code}-section", replace(node, tag="chapter"))
    yield Section(code, _title(context, node), tuple(_as_subsections(context, node)))


def _section(context: Context, node: Node) -> Section:
    fields = context.nodes.fields(node)
    access = fields.access()
    _report_empty(context, node)
    subsections: list[Subsection] = []
    for child in context.nodes.children(node):
        if child.tag not in _SUBSECTIONS:
            context.report(MISPLACED, child, found=child.tag, expected="sequential")
        subsections += _as_subsections(context, child)
    return Section(node.code, _title(context, node), tuple(subsections), access, fields.kept())


def _as_subsections(context: Context, node: Node) -> Iterator[Subsection]:
    if node.tag in _SUBSECTIONS:
        yield _subsection(context, node)
    elif node.tag in _SECTIONS:
        access = context.nodes.fields(node).access()
        for child in context.nodes.children(node):
            yield from (_under(access, each) for each in _as_subsections(context, child))
    else:
        code = context.nodes.code(f"{node.code}-subsection", replace(node, tag="sequential"))
        yield Subsection(code, _title(context, node), tuple(units(context, node)))


def _subsection(context: Context, node: Node) -> Subsection:
    fields = context.nodes.fields(node)
    access = fields.access()
    category = _category(context, node)
    if category:
        fields.drop("graded", "format")
    _report_empty(context, node)
    found: list[Unit] = []
    for child in context.nodes.children(node):
        if child.tag not in _UNITS:
            context.report(MISPLACED, child, found=child.tag, expected="vertical")
        found += units(context, child)
    return Subsection(node.code, _title(context, node), tuple(found), category, access, fields.kept())


def _category(context: Context, node: Node) -> str:
    """The code of the grading category that the subsection counts in."""
    fields = context.nodes.fields(node)
    name = fields.text("format")
    if not fields.boolean("graded") or not name:
        return ""
    code = context.categories.get(name, "")
    if not code:
        known = ", ".join(context.categories) or "none"
        context.report(NO_CATEGORY, node, title=node.title or node.code, found=name, expected=known)
    return code


def _title(context: Context, node: Node) -> str:
    """The node's title. Learners find their way by it, so a level without one is called by its name."""
    if node.title:
        return node.title
    title = node.url_name.replace("_", " ")
    if node.tag in _LEVELS:
        context.report(NO_TITLE, node, tag=node.tag, title=title)
    return title


def _report_empty(context: Context, node: Node) -> None:
    if is_empty(node.element):
        context.report(EMPTY, node, tag=node.tag, title=node.title or node.code)


def _under(access: Access, item: Item) -> Item:
    """What stood in a level that was taken out, with who may see that level."""
    own = item.access
    return replace(
        item,
        access=Access(
            staff_only=own.staff_only or access.staff_only,
            start=max(own.start, access.start),
            due=own.due or access.due,
            unlisted=own.unlisted or access.unlisted,
        ),
    )
