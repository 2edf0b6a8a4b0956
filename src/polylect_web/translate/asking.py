"""Asking a machine for a suggestion: only when a translator presses the button that says so."""

from dataclasses import dataclass

from polylect.messages.message import OPTIONAL_KINDS
from polylect_web.glossary import queries as glossary
from polylect_web.machine import queries as machine
from polylect_web.machine.queries import Unavailable
from polylect_web.texts.working import Line
from polylect_web.translate.desk import Desk


@dataclass(frozen=True)
class Answer:
    """What a machine said: a text by the machine of this name, or else a sentence that says why there is none."""

    text: str = ""
    by: str = ""
    sentence: str = ""


def machines(desk: Desk, line: Line) -> str:
    """The names of the machines that may be asked about this text; empty: none may, or this person may not write. Asks
    nobody."""
    if not desk.rights.may_suggest or line.kind in OPTIONAL_KINDS:
        return ""
    return ", ".join(machine.machine_names()) if machine.is_connected(desk.own_language, desk.target) else ""


def ask(desk: Desk, line: Line) -> Answer:
    """Asks them. What the glossary says is not translated is not shown to them."""
    hits = glossary.hits(line.text, desk.course.pk, desk.own_language, desk.target)
    kept = tuple(line.text[hit.start : hit.end] for hit in hits if hit.term.is_untranslatable)
    try:
        found = machine.suggest(desk.own_language, desk.target, line.text, kind=line.kind, terms=kept)
    except Unavailable as error:
        return Answer(sentence=str(error.sentence))
    return Answer(found.text, found.by) if found is not None else Answer()
