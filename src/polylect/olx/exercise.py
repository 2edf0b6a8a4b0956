"""Exercises: OLX's `problem`. What is asked is read by `polylect.exercises`; here stands the course's policy for it."""

from dataclasses import replace

from lxml import etree

from polylect import exercises
from polylect.course import rules
from polylect.course.tree import Exercise, Foreign
from polylect.issues import Severity, declare
from polylect.olx import foreign
from polylect.olx.context import Context
from polylect.olx.fields import Fields
from polylect.olx.nodes import Node

UNKNOWN_CHOICE = declare(
    "olx-unknown-choice", Severity.WARNING, "{name} is “{found}”; expected one of {expected}. It becomes “{used}”."
)

OLD_RERANDOMIZE = {"true": "always", "false": "per_student", "": "always"}
"""What older courses say, and what it means now."""
_OLD_WORDS = {"rerandomize": OLD_RERANDOMIZE, "showanswer": {"": "never"}}
"""The same for each setting. Nothing between the quotes says something: to Open edX, it is not the same as no word."""


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

    def choice(name: str, known: tuple[str, ...], usual: str) -> str:
        return _choice(context, node, name, fields.raw(name), known, usual)

    return Exercise(
        code=node.code,
        title=node.title,
        body=body,
        weight=fields.number("weight"),
        max_attempts=_max_attempts(fields),
        show_answer=choice("showanswer", rules.SHOW_ANSWER, "finished"),
        rerandomize=choice("rerandomize", rules.RERANDOMIZE, "never"),
        wait_seconds=fields.integer("submission_wait_seconds") or 0,
        show_reset_button=fields.boolean("show_reset_button"),
        attempts_before_answer=fields.integer("attempts_before_showanswer_button") or 0,
        force_save_button=fields.boolean("force_save_button"),
        grading_method=choice("grading_method", rules.GRADING_METHODS, "last_score"),
        show_correctness=choice("show_correctness", rules.SHOW_CORRECTNESS, "always"),
        grace_seconds=fields.duration_seconds("graceperiod"),
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


def _choice(context: Context, node: Node, name: str, raw: str | None, known: tuple[str, ...], usual: str) -> str:
    """The author's choice in one of the known words; `usual` where none was made, or none that is known."""
    if raw is None or raw.strip() == "null":
        return usual
    found = raw.strip().strip('"').lower()
    found = _OLD_WORDS.get(name, {"": usual}).get(found, found)
    if found in known:
        return found
    context.report(UNKNOWN_CHOICE, node, name=name, found=found, expected=", ".join(known), used=usual)
    return usual
