"""What the kinds of questions tell translators about a text: what it is, or when it shows.

Notes are kept with messages and travel in files, in English. A page for translators says them in their own language:
`read` finds the sentence that a note was written by::

    read(written(WHEN_ANSWERED, answer="Donation"))    # WHEN_ANSWERED.of(answer="Donation")
    read("Our mascot. She is a bird.")                 # None: an author's own
"""

import re
from collections.abc import Iterator

from polylect.sentences import Sentence, SentenceKind, declare

_FOR = "a note for translators, about a text of an exercise"
_kinds: list[tuple[SentenceKind, re.Pattern[str]]] = []


def _kind(code: str, text: str) -> SentenceKind:
    kind = declare(f"note-{code}", text, note=_FOR)
    _kinds.append((kind, re.compile("".join(_pattern(text)), re.DOTALL)))
    return kind


def _pattern(text: str) -> Iterator[str]:
    """A regular expression for what the text becomes with names in it."""
    for number, part in enumerate(re.split(r"\{(\w+)\}", text)):
        yield f"(?P<{part}>.*)" if number % 2 else re.escape(part)


FOR_HELP = _kind("for-help", "Shown when a learner asks for help.")
ONCE_SENT = _kind("once-sent", "Shown once an answer was sent.")
WHEN_RIGHT = _kind("when-right", "Shown when the answer is right.")
WHEN_GIVEN = _kind("when-given", "Shown when this answer is given.")
WHEN_ANSWERED = _kind("when-answered", "Shown when somebody answers “{answer}”.")
WHEN_IT_IS = _kind("when-it-is", "Shown when the answer is “{answer}”.")
WHEN_EQUAL = _kind("when-equal", "Shown when the answer equals “{answer}”.")
WHEN_CHOICE_PICKED = _kind("when-choice-picked", "Shown when this choice is picked.")
WHEN_ONE_PICKED = _kind("when-one-picked", "Shown when one choice is picked.")
WHEN_OPTION_PICKED = _kind("when-option-picked", "Shown when this option is picked.")
WHEN_TAG_PICKED = _kind("when-tag-picked", "Shown when this tag is picked.")
WHEN_SELECTED = _kind("when-selected", "Shown when this choice is selected.")
WHEN_UNSELECTED = _kind("when-unselected", "Shown when this choice is unselected.")
WHEN_EXACTLY = _kind("when-exactly", "Shown when exactly these choices are picked: {choices}.")
WHEN_SORTED = _kind("when-sorted", "Shown when the case was put where it belongs.")
BEFORE_FEEDBACK = _kind("before-feedback", "Stands before the feedback.")
SPELLING = _kind(
    "spelling", "An accepted answer. A translation adds a spelling that counts for every learner; it replaces nothing."
)
PATTERN = _kind(
    "pattern", "A pattern that accepts answers. A translation is one more answer, as plain text; it replaces nothing."
)
SAID_BY_CHECK = _kind(
    "said-by-check", "Said by the check of this exercise. Where it is no sentence for learners, leave it as it is."
)
PICTURE = _kind("picture", "The picture that learners point into.")
CASE_TO_SORT = _kind("case-to-sort", "A case to sort.")
CASE_TITLE = _kind("case-title", "The title of a case.")
ASSUMPTION = _kind("assumption", "An assumption.")
VALUE = _kind("value", "A value.")
SIDE_NAME = _kind("side-name", "The name of a side.")


def written(kind: SentenceKind, **names: str) -> str:
    """The note as it is kept with a message."""
    return kind.text.format_map(names)


def read(note: str) -> Sentence | None:
    """The sentence of a note; None for one that an author wrote."""
    for kind, pattern in _kinds:
        found = pattern.fullmatch(note)
        if found is not None:
            return kind.of(**found.groupdict())
    return None
