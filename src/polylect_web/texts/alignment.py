"""Which message of a course lives on as which, when the course is published again.

By place first, then by text: a text that stays where it was is the same message; one that moved within its
block, or that there is only one of in the whole course, moved. What then stands at a place whose message is
gone, and reads much like it, is that message edited. Everything else is new. Nothing is ever given to two.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_ALIKE = 0.5
"""Least likeness (difflib's ratio, from 0 to 1) of two texts at one place for one to be the other, edited."""

_COMPARED_CHARS = 2000


@dataclass(frozen=True)
class Standing:
    """A text where it stands. Two kinds of text (a heading, a choice) are never one message."""

    block_code: str
    role: str
    kind: str
    text: str


def align(known: Sequence[Standing], found: Sequence[Standing]) -> list[int | None]:
    """For each text that was found, the number (in `known`) of the message that it is, or None for a new one.

    Put what the version before held first in `known`: of equals, the first is taken.
    """
    match = _Matching(known, found)
    match.by(lambda one: (one.block_code, one.role, one.kind, one.text))
    match.by(lambda one: (one.block_code, one.kind, one.text))
    match.by(lambda one: (one.kind, one.text), only_unique=True)
    match.by(lambda one: (one.block_code, one.role, one.kind), if_also=_reads_alike)
    return match.result


class _Matching:
    """Who is matched so far; each step takes from what the steps before left."""

    def __init__(self, known: Sequence[Standing], found: Sequence[Standing]) -> None:
        self.result: list[int | None] = [None] * len(found)
        self._known, self._found = known, found
        self._free = dict.fromkeys(range(len(known)))

    def by(
        self,
        key: Callable[[Standing], Hashable],
        *,
        only_unique: bool = False,
        if_also: Callable[[str, str], bool] = lambda *_: True,
    ) -> None:
        """Matches what has the same key, in order; `only_unique`: where there is one on each side."""
        open_known = _grouped(self._known, self._free, key)
        open_found = _grouped(self._found, (at for at, taken in enumerate(self.result) if taken is None), key)
        for value, places in open_found.items():
            candidates = open_known.get(value, [])
            if only_unique and (len(places) > 1 or len(candidates) > 1):
                continue
            for place, candidate in zip(places, candidates, strict=False):
                if if_also(self._known[candidate].text, self._found[place].text):
                    self.result[place] = candidate
                    del self._free[candidate]


def _grouped(
    standing: Sequence[Standing], numbers: Iterable[int], key: Callable[[Standing], Hashable]
) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        groups[key(standing[number])].append(number)
    return groups


def _reads_alike(before: str, after: str) -> bool:
    matcher = SequenceMatcher(None, before[:_COMPARED_CHARS], after[:_COMPARED_CHARS], autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
