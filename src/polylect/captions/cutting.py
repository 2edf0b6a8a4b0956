"""The cuts that a translator moves, and what becomes of them while the text is written on.

Cuts are offsets in a translation on one line, one for each border between two cues, as in `recue`: where the next
cue's part begins, or `recue.CHOOSE` where nobody moved it.
"""

from bisect import bisect_left
from collections.abc import Sequence

from polylect.captions import recue, scripts

_NEAR = 6
"""Characters on each side of a cut by which it is found again in a text that was changed before and after it."""

Border = tuple[int, int]
"""Where two cues part: in the source's sentence on one line, and in its translation."""


def source_places(pieces: Sequence[str]) -> tuple[int, ...]:
    """Where each piece of a sentence but the first begins, in the sentence as `scripts.join` makes it."""
    joined, places = "", []
    for piece in pieces:
        joined += scripts.separator(joined, piece) if piece else ""
        places.append(len(joined))
        joined += piece
    return tuple(places[1:])


def borders(pieces: Sequence[str], cuts: Sequence[int]) -> tuple[Border, ...]:
    """The cuts with where the source is cut, so that it can be told later whether it still is."""
    return tuple(zip(source_places(pieces), cuts, strict=True))


def kept(cuts: Sequence[int], known: Sequence[Border], pieces: Sequence[str]) -> tuple[int, ...]:
    """What to keep for `recue`: cuts that somebody moved, and in the other places the borders as they were when the
    translation was saved, wherever the source is still cut where it was then. Empty: nothing.

    Where cues were split or merged since, so that there are more or fewer borders, those that are still there keep
    their cuts, moved ones too.
    """
    count = max(len(pieces) - 1, 0)
    places = source_places(pieces)
    moved = tuple(cuts) if len(cuts) == count else (recue.CHOOSE,) * count
    if tuple(place for place, _ in known) == places:
        filled = tuple(cut if cut != recue.CHOOSE else saved for cut, (_, saved) in zip(moved, known, strict=True))
        moved = filled if _is_ordered(filled) else moved
    elif len(known) != count:
        saved = dict(known)
        filled = tuple(saved.get(place, recue.CHOOSE) for place in places)
        moved = filled if _is_ordered(filled) else moved
    return moved if any(cut != recue.CHOOSE for cut in moved) else ()


def followed(before: str, after: str, cuts: Sequence[int]) -> tuple[int, ...]:
    """The same cuts when a text was edited: those in what stayed go with it, those in what was rewritten are
    `recue.CHOOSE`, and so are those where a text may not be cut."""
    if before == after:
        return tuple(cuts)
    start, end = _unchanged(before, after)
    moved: list[int] = []
    allowed = {0, *scripts.cuts_allowed(after), len(after)}
    for cut in cuts:
        if start < cut < len(before) - end:
            cut = _found_again(before, cut, after, max([start, *moved]), len(after) - end)
        elif cut > start:
            cut += len(after) - len(before)
        moved.append(cut if cut in allowed else recue.CHOOSE)
    return tuple(moved)


def earlier(text: str, cuts: Sequence[int], number: int, language: str) -> int:
    """Where cut `number` (from 0) goes when it is moved a word or a phrase back; where it is, if there is no room."""
    places = _places(text, cuts, number, language)
    at = bisect_left(places, cuts[number])
    return places[at - 1] if at else cuts[number]


def later(text: str, cuts: Sequence[int], number: int, language: str) -> int:
    """Where cut `number` goes when it is moved a word or a phrase on; where it is, if there is no room."""
    return next((place for place in _places(text, cuts, number, language) if place > cuts[number]), cuts[number])


def nearest(text: str, cuts: Sequence[int], number: int, place: int) -> int:
    """The place for cut `number` that is nearest to `place`, between the cuts beside it; where it is, if there is
    none."""
    low, high = _room(text, cuts, number)
    found = [one for one in scripts.cuts_allowed(text) if low < one < high]
    return min(found, key=lambda one: abs(one - place), default=cuts[number])


def _unchanged(before: str, after: str) -> tuple[int, int]:
    """How many characters two texts have in common at their beginning, and of the rest at their end."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    return start, next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)


def _found_again(before: str, cut: int, after: str, low: int, high: int) -> int:
    """Where a cut is between two places of the text that follows, by what stands on both sides of it; `recue.CHOOSE`
    where that stands there no longer, or more than once."""
    left, right = before[max(cut - _NEAR, 0) : cut], before[cut : cut + _NEAR]
    region = after[max(low - len(left), 0) : high + len(right)]
    if region.count(left + right) != 1:
        return recue.CHOOSE
    place = max(low - len(left), 0) + region.index(left + right) + len(left)
    return place if low <= place <= high else recue.CHOOSE


def _places(text: str, cuts: Sequence[int], number: int, language: str) -> list[int]:
    """Where a cut can be moved by words or phrases, so that neither part beside it becomes empty."""
    low, high = _room(text, cuts, number)
    return [place for place in scripts.cuts_offered(text, language, len(cuts)) if low < place < high]


def _room(text: str, cuts: Sequence[int], number: int) -> tuple[int, int]:
    return cuts[number - 1] if number else 0, cuts[number + 1] if number + 1 < len(cuts) else len(text)


def _is_ordered(cuts: Sequence[int]) -> bool:
    chosen = [cut for cut in cuts if cut != recue.CHOOSE]
    return chosen == sorted(chosen)
