"""Exercises: OLX's `problem`. What is asked is read by `polylect.exercises`; here stands the course's policy for it."""

from dataclasses import replace

from lxml import etree

from polylect import exercises
from polylect.course.tree import Exercise, Foreign
from polylect.issues import Severity, declare
from polylect.olx import foreign
from polylect.olx.context import Context
from polylect.olx.fields import Fields
from polylect.olx.nodes import Node

UNKNOWN_CHOICE = declare(
    "olx-unknown-choice", Severity.WARNING, "{name} is “{found}”; expected one of {expected}. It becomes “{used}”."
)

_SHOW_ANSWER = (
    "always", "answered", "attempted", "attempted_no_past_due", "closed", "correct_or_past_due", "finished", "never",
    "past_due", "after_attempts", "after_all_attempts", "after_all_attempts_or_correct",
)  # fmt: skip
_RERANDOMIZE = ("always", "onreset", "never", "per_student")
_OLD_RERANDOMIZE = {"true": "always", "false": "per_student", "": "never"}


def read(context: Context, node: Node) -> Exercise | Foreign:
    """The exercise and its policy. Broken XML is never graded: it is kept as it is."""
    if node.source is not None and node.source.is_broken:
        return foreign.read(context, node)
    fields = context.nodes.fields(node)
    fields.drop("markdown")  # Studio's editor text; it stays in the body's XML
    xml, line = _xml(node)
    xml = context.links.internal(xml, node.file, line + 1)
    body, issues = exercises.parse(xml, context.export.place(node.file), line)
    context.export.issues += [replace(issue, place=replace(issue.place, block=node.code)) for issue in issues]
    rerandomize = fields.text("rerandomize").strip('"').lower()
    return Exercise(
        code=node.code,
        title=node.title,
        body=body,
        weight=fields.number("weight"),
        max_attempts=_max_attempts(fields),
        show_answer=_choice(context, node, "showanswer", fields.text("showanswer"), _SHOW_ANSWER, "finished"),
        rerandomize=_choice(
            context, node, "rerandomize", _OLD_RERANDOMIZE.get(rerandomize, rerandomize), _RERANDOMIZE, "never"
        ),
        wait_seconds=fields.integer("submission_wait_seconds") or 0,
        show_reset_button=fields.boolean("show_reset_button"),
        access=fields.access(),
        kept=fields.kept(),
    )


def _xml(node: Node) -> tuple[str, int]:
    """The exercise's XML, and how many lines of its file come before it."""
    if node.source is not None:
        return node.source.text, 0
    return etree.tostring(node.element, encoding="unicode", with_tail=False), max(0, node.line - 1)


def _max_attempts(fields: Fields) -> int | None:
    found, old = fields.integer("max_attempts"), fields.integer("attempts")
    return old if found is None else found


def _choice(context: Context, node: Node, name: str, found: str, known: tuple[str, ...], default: str) -> str:
    found = found.strip('"').lower()
    if found in known:
        return found
    if found not in ("", "null"):
        context.report(UNKNOWN_CHOICE, node, name=name, found=found, expected=", ".join(known), used=default)
    return default
