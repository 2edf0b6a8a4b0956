"""What changed between two texts, word by word: between the source a translation was made for and the source now."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from polylect.messages.words import tokens

_MOST_COMPARED = 4_000_000
"""Pairs of tokens. Where more would have to be compared, all between the first change and the last is one change."""


class Fate(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Span:
    """A piece of text that shares a fate."""

    fate: Fate
    text: str


def changes(before: str, after: str, language: str = "") -> tuple[Span, ...]:
    """Both texts in one row of spans: what was removed stands before what was added in its place.

    What is kept and removed is `before`, what is kept and added is `after`. Changed words with nothing but a space
    between them are one change. `language` is the texts', and helps where its script writes no spaces.
    """
    spans: list[Span] = []
    removed = added = ""
    for fate, text in _pieces(tokens(before, language), tokens(after, language)):
        if fate is Fate.KEPT and not (text.isspace() and (removed or added)):
            _close(spans, removed, added)
            _add(spans, Fate.KEPT, text)
            removed = added = ""
        else:
            removed += text if fate is not Fate.ADDED else ""
            added += text if fate is not Fate.REMOVED else ""
    _close(spans, removed, added)
    return tuple(spans)


def _pieces(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[Fate, str]]:
    """What became of the words, from the first to the last."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    most = shorter - start
    end = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    yield Fate.KEPT, "".join(before[:start])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) * len(new) > _MOST_COMPARED:
        yield Fate.REMOVED, "".join(old)
        yield Fate.ADDED, "".join(new)
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                yield Fate.KEPT, "".join(old[i1:i2])
            else:
                yield Fate.REMOVED, "".join(old[i1:i2])
                yield Fate.ADDED, "".join(new[j1:j2])
    yield Fate.KEPT, "".join(before[len(before) - end :])


def _close(spans: list[Span], removed: str, added: str) -> None:
    """Writes a change down; the space that both sides end with is kept."""
    bare = removed.rstrip()
    space = removed[len(bare) :]
    is_shared = bool(space) and added.endswith(space)
    if is_shared:
        removed, added = bare, added[: -len(space)]
    _add(spans, Fate.REMOVED, removed)
    _add(spans, Fate.ADDED, added)
    _add(spans, Fate.KEPT, space if is_shared else "")


def _add(spans: list[Span], fate: Fate, text: str) -> None:
    if text and spans and spans[-1].fate is fate:
        spans[-1] = Span(fate, spans[-1].text + text)
    elif text:
        spans.append(Span(fate, text))
