"""Where to cut a translated sentence, so that its pieces go into the cues of the source.

Each piece gets the share of the translation that its cue has of the source, counted in characters, as near as good
places to cut allow. (How long a cue is shown says less about where people cut than how much it holds.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from polylect.captions import groups, scripts
from polylect.captions.track import Group, Track

CHOOSE = -1
"""In `kept_cuts`: a cut that is ours to choose."""

_EMPTY_PIECE = 1_000_000
"""More than any cut can be off its place: pieces stay empty only where there are not enough places to cut."""


@dataclass(frozen=True)
class Piece:
    """What one cue holds of the source sentence, and when it is shown."""

    text: str
    start_ms: int
    end_ms: int


def pieces(track: Track, group: Group) -> tuple[Piece, ...]:
    """What each cue holds of a sentence, in order: one for each span of its group."""
    cues = [track.cues[span.cue] for span in group.spans]
    return tuple(
        Piece(groups.piece_text(track, span), cue.start_ms, cue.end_ms)
        for span, cue in zip(group.spans, cues, strict=True)
    )


def recue(target: str, pieces: Sequence[Piece], language: str, *, kept_cuts: Sequence[int] = ()) -> tuple[int, ...]:
    """One offset in `target` for each border between two pieces: where the next cue's part of the translation begins.

    `target` is in `language` and on one line (`scripts.one_line`). Offsets never fall; two equal ones, or one that is
    the length of the target, leave a cue empty. What lies between them, stripped of spaces at its end, gives the target
    again with `scripts.join`. No cut is inside a grapheme cluster, a number, an address or a placeholder.

    `kept_cuts` has an offset for each border too, or `CHOOSE`. They are kept where all of them are in order, and each
    where a cut is allowed.
    """
    borders = len(pieces) - 1
    if borders < 1:
        return ()
    kept = _kept(target, kept_cuts, borders)
    if CHOOSE not in kept:
        return kept
    places = sorted({*scripts.cuts_offered(target, language, borders), *kept, len(target)} - {CHOOSE})
    return _nearest(target, _wanted(target, pieces), places, kept)


def _kept(target: str, kept_cuts: Sequence[int], borders: int) -> tuple[int, ...]:
    chosen = [cut for cut in kept_cuts if cut != CHOOSE]
    if len(kept_cuts) != borders or chosen != sorted(chosen):
        return (CHOOSE,) * borders
    allowed = {0, *scripts.cuts_allowed(target), len(target)}
    return tuple(cut if cut in allowed else CHOOSE for cut in kept_cuts)


def _solid(text: str) -> int:
    """The number of characters that are not white space."""
    return len("".join(text.split()))


def _wanted(target: str, pieces: Sequence[Piece]) -> list[float]:
    """How many characters should stand before each border."""
    lengths = [_solid(piece.text) for piece in pieces]
    scale = _solid(target) / max(1, sum(lengths))
    return [before * scale for before in accumulate(lengths[:-1])]


def _nearest(target: str, wanted: Sequence[float], places: Sequence[int], kept: Sequence[int]) -> tuple[int, ...]:
    """The cuts that are least off what is wanted, all together. Dynamic programming over borders and places.

    `costs[p]` is the least cost of all cuts so far if the latest is at place p; `steps` says where the one before it
    is. Of equally good cuts the earliest are taken.
    """
    solid = list(accumulate(_solid(target[start:end]) for start, end in pairwise((0, *places))))
    costs = [_off(solid[number], wanted[0], place, kept[0]) for number, place in enumerate(places)]
    steps: list[list[int]] = []
    for want, keep in zip(wanted[1:], kept[1:], strict=True):
        best, step, new_costs, new_steps = float("inf"), 0, [], []
        for number, place in enumerate(places):
            empty = costs[number] + _EMPTY_PIECE
            cost, origin = (best, step) if best <= empty else (empty, number)
            new_costs.append(cost + _off(solid[number], want, place, keep))
            new_steps.append(origin)
            if costs[number] < best:
                best, step = costs[number], number
        costs = new_costs
        steps.append(new_steps)
    last = min(range(len(places)), key=lambda number: costs[number] + _EMPTY_PIECE * (places[number] == len(target)))
    path = [last]
    for new_steps in reversed(steps):
        path.append(new_steps[path[-1]])
    return tuple(places[number] for number in reversed(path))


def _off(solid: int, want: float, place: int, keep: int) -> float:
    """What a cut costs: by how many characters it misses. A kept cut may be nowhere else."""
    return abs(solid - want) if keep in (CHOOSE, place) else float("inf")
