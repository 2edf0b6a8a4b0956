"""The texts of an exercise: each has a place of its own, and any of them can be put in another language.

A *slot* is one place that holds a text. Its role stays the same while its place in the exercise stays.
`reveals` marks what gives an answer away. What is correct never stands in a slot that grading reads: a text
put into a slot changes what is shown, never what is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from polylect.sentences import Sentence

Form = Literal["html", "plain"]
"""How a text is written: a fragment of HTML, or characters as they are."""


@dataclass(frozen=True)
class Words:
    """A text, and its language where that is not the language around it (None: unmarked)."""

    text: str
    language: str | None = None
    sentence: Sentence | None = None
    """Where the library itself speaks: to be said in the language of the page. `text` is its English, as HTML. It is
    never stored."""


@dataclass(frozen=True)
class Slot:
    """One text that a learner may read, in its place.

    `kind` is one of `text`, `label`, `description`, `choice`, `hint` (asked for before grading), `feedback`
    (after it), `feedback-label`, `solution` and `answer` (an accepted spelling: another text here adds a
    spelling, and changes no other). An `html` slot may hold `<span data-place="q1"></span>`, where a question
    or a field sits inside the text.
    """

    role: str
    content: str
    form: Form
    kind: str
    reveals: bool = False
    note: str = ""
    """A word to translators, in English."""


def differing(slots: tuple[Slot, ...], texts: Mapping[str, Words]) -> tuple[tuple[str, Words], ...]:
    """Of these texts, those that an exercise with these slots has to keep:

    of a role it has, and not its own text.
    """
    return tuple(
        (slot.role, texts[slot.role])
        for slot in slots
        if slot.role in texts and texts[slot.role] != Words(slot.content)
    )
