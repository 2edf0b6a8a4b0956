"""Where to cut a translated sentence, so that its pieces go into the cues of the source.

Every place where a text may be cut is weighed for every border: how far it is from the share that the cues before it
have of the source, which words come before and after, which marks, and which words of the translation come from which
cue, as far as `associations` knows. Of each border the best places are weighed in pairs: what lies between two cuts
should be as long as what the source says there, and have its marks. Dynamic programmes take the best cuts together. The
weights are data (`data/cuts.json`), learned from cuts that people made (`tools/train_captions.py`).
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from polylect.captions import evidence, groups, scripts, shipped
from polylect.captions.associations import Associations
from polylect.captions.norms import Norms, shown
from polylect.captions.track import Group, Track

CHOOSE = -1
"""In `kept_cuts`: a cut that is ours to choose."""

_EMPTY_PIECE = 1_000_000
"""More than any cut can cost: pieces stay empty only where there are not enough places to cut."""

_AGAINST = {
    "place after loose word": 4.0,
    "place before particle": 3.0,
    "place between twins": 3.0,
    "place in compound": 3.0,
    "place no phrase": 0.7,
}
"""What a cut after an article, before a particle, inside a word or a phrase costs beyond what people's cuts say:
guidelines are stricter than habits."""

_PLACES = 24
"""Places that are weighed on each side of where a border's share is. Those farther away only count their distance."""

_FAR_AWAY = 1_000.0

PLACES_IN_PAIRS = 12
"""The best places of each border that are weighed in pairs."""

_TOO_FAST, _TOO_LONG = 6.0, 6.0
"""What it costs to be twice as fast as the norm, and to have twice the characters that a cue holds."""


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


def recue(
    target: str,
    pieces: Sequence[Piece],
    language: str,
    *,
    associations: Associations | None = None,
    norms: Norms | None = None,
    kept_cuts: Sequence[int] = (),
    weights: Mapping[str, float] | None = None,
) -> tuple[int, ...]:
    """One offset in `target` for each border between two pieces: where the next cue's part of the translation begins.

    `target` is in `language` and on one line (`scripts.one_line`). Offsets never fall; two equal ones, or one that is
    the length of the target, leave a cue empty. What lies between them, stripped of spaces at its end, gives the target
    again with `scripts.join`. No cut is inside a grapheme cluster, a number, an address or a placeholder.

    `associations` say which words of the two languages go together (`associations.seed`, or a course's own); without
    them only words count that are written or sound alike. With `norms`, cuts move where that makes cues that can be
    read in their time, and are no longer than a full cue; not at any price. `kept_cuts` has an offset for each border
    too, or `CHOOSE`. They are kept where all of them are in order, and each where a cut is allowed. `weights` (as
    `merged` gives them) are for those who learn them; everybody else has those that ship.
    """
    borders = len(pieces) - 1
    if borders < 1:
        return ()
    kept = _kept(target, kept_cuts, borders)
    if CHOOSE not in kept:
        return kept
    known = weights if weights is not None else _weights(language.lower().partition("-")[0])
    reader = evidence.Reader(target, [piece.text for piece in pieces], language, associations)
    places = sorted({*reader.allowed, *kept, len(target)} - {CHOOSE})
    costs = [_bound(row, places, keep) for row, keep in zip(_costs(reader, known, places), kept, strict=True)]
    part_costs = [partial(_part_cost, reader, known, cue, piece, norms) for cue, piece in enumerate(pieces)]
    return _cheapest_in_pairs(target, places, costs, part_costs, _cheapest(target, places, costs))


def _kept(target: str, kept_cuts: Sequence[int], borders: int) -> tuple[int, ...]:
    chosen = [cut for cut in kept_cuts if cut != CHOOSE]
    if len(kept_cuts) != borders or chosen != sorted(chosen):
        return (CHOOSE,) * borders
    allowed = {0, *scripts.cuts_allowed(target), len(target)}
    return tuple(cut if cut in allowed else CHOOSE for cut in kept_cuts)


def merged(weights: Mapping[str, float], base: str) -> dict[str, float]:
    """The weights of evidence in a language: what all have in common, and what is its own (`NAME @LANGUAGE`)."""
    found: dict[str, float] = {}
    for name, weight in weights.items():
        plain_name, _, own = name.partition(" @")
        if own in ("", base):
            found[plain_name] = found.get(plain_name, 0.0) + weight
    for name, cost in _AGAINST.items():
        found[name] = found.get(name, 0.0) - cost
    return found


def ease(reader: evidence.Reader, place: int) -> float:
    """How good it is to cut at a place, whatever stands on both sides of the source: the more, the better."""
    weights = _weights(reader.language.lower().partition("-")[0])
    return sum(weights.get(name, 0.0) * value for name, value in reader.of_place(place))


def _costs(reader: evidence.Reader, weights: Mapping[str, float], places: Sequence[int]) -> list[list[float]]:
    """What a cut costs, for each border, at each place."""
    solid = [reader.solid(place) for place in places]
    of_place: dict[int, float] = {}
    costs = []
    for border, wanted in enumerate(reader.wanted):
        middle = bisect_left(solid, wanted)
        row = [_FAR_AWAY + abs(before - wanted) for before in solid]
        for number in range(max(0, middle - _PLACES), min(len(places), middle + _PLACES)):
            place = places[number]
            if 0 < place < len(reader.target):
                if place not in of_place:
                    of_place[place] = sum(weights.get(name, 0.0) * value for name, value in reader.of_place(place))
                pairs = reader.at(border, place)
                row[number] = -of_place[place] - sum(weights.get(name, 0.0) * value for name, value in pairs)
        costs.append(row)
    return costs


def _cheapest(target: str, places: Sequence[int], place_costs: Sequence[Sequence[float]]) -> tuple[int, ...]:
    """The cuts that cost least, all together. Dynamic programming over borders and places.

    `costs[p]` is the least cost of all cuts so far if the latest is at place p; `steps` says where the one before it
    is. Of equally good cuts the earliest are taken.
    """
    costs = list(place_costs[0])
    steps: list[list[int]] = []
    for row in place_costs[1:]:
        best, step, new_costs, new_steps = float("inf"), 0, [], []
        for number, own in enumerate(row):
            empty = costs[number] + _EMPTY_PIECE
            cost, origin = (best, step) if best <= empty else (empty, number)
            new_costs.append(cost + own)
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


def _cheapest_in_pairs(
    target: str,
    places: Sequence[int],
    place_costs: Sequence[Sequence[float]],
    part_costs: Sequence[Callable[[int, int], float]],
    best: Sequence[int],
) -> tuple[int, ...]:
    """The same, where what lies between two cuts costs something too: of each border only the best places are tried.

    `best` is tried as well, so that no more cues are empty than need be. `paths`: by place of the latest cut, what all
    cuts so far cost, and which they are.
    """
    paths: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for cost_of, row, sure in zip(part_costs, place_costs, best, strict=False):
        cheapest = sorted(range(len(places)), key=row.__getitem__)[:PLACES_IN_PAIRS]
        tried = {places[number]: row[number] for number in cheapest} | {sure: row[places.index(sure)]}
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place, own in tried.items():
            ways = [(so_far + cost_of(start, place), cuts) for start, (so_far, cuts) in paths.items() if start <= place]
            if ways:
                so_far, cuts = min(ways)
                found[place] = (so_far + own, (*cuts, place))
        paths = found
    return min((so_far + part_costs[-1](start, len(target)), cuts) for start, (so_far, cuts) in paths.items())[1]


def _part_cost(
    reader: evidence.Reader,
    weights: Mapping[str, float],
    cue: int,
    piece: Piece,
    norms: Norms | None,
    start: int,
    end: int,
) -> float:
    """What it costs to have in a cue what lies between two places."""
    if start == end:
        return _EMPTY_PIECE
    cost = -sum(weights.get(name, 0.0) * value for name, value in reader.of_part(cue, start, end))
    return cost if norms is None else cost + _excess(norms, reader.target[start:end], piece)


def _excess(norms: Norms, text: str, piece: Piece) -> float:
    """What a cue costs that is too fast or too long."""
    length = shown(text.rstrip())
    speed = length * 1000 / max(1, piece.end_ms - piece.start_ms)
    return _TOO_FAST * max(0.0, speed / norms.speed - 1) + _TOO_LONG * max(0.0, length / norms.characters - 1)


def _bound(costs: Sequence[float], places: Sequence[int], keep: int) -> list[float]:
    """The same costs, except that a kept cut may be nowhere else."""
    if keep == CHOOSE:
        return list(costs)
    return [cost if place == keep else float("inf") for cost, place in zip(costs, places, strict=True)]


@lru_cache(maxsize=32)
def _weights(base: str) -> Mapping[str, float]:
    return merged(_all_weights(), base)


@lru_cache(maxsize=1)
def _all_weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(shipped.text("cuts.json"))
    return loaded
