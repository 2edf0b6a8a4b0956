"""What chance decides for a learner: always the same for the same enrolment, on every machine."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import count

from polylect.course import rules, tree
from polylect_web.courses.outline import Block

EVERYBODY = 0
"""The seed of who has not enrolled, and of guests."""

FIXED = 1
"""The seed of an exercise that is the same for everybody."""

SEEDS = 2**31
"""Seeds of enrolments are from 0 to this, exclusive."""


def exercise_seed(enrolment_seed: int, code: str, exercise: tree.Exercise) -> int:
    """The seed of an exercise for this enrolment; its author says how many different ones there are."""
    seeds = rules.SEEDS.get(exercise.rerandomize)
    return FIXED if seeds is None else _number(enrolment_seed, code) % seeds


def another_seed(former: int, attempts: int, enrolment_seed: int, code: str, exercise: tree.Exercise) -> int:
    """The seed for starting over after so many attempts: another one than before, where there are others."""
    if rules.SEEDS.get(exercise.rerandomize) is None:
        return former
    seeds = (exercise_seed(enrolment_seed, f"{code}/{turn}", exercise) for turn in count(attempts))
    return next(seed for seed in seeds if seed != former)


def drawn(children: Sequence[Block], selection: tree.Selection, enrolment_seed: int) -> tuple[Block, ...]:
    """What a selection shows to this enrolment, in its author's order.

    Each block has a rank of its own, so a block that is added to the pool later pushes out at most one that was
    drawn.
    """
    if selection.count < 0 or selection.count >= len(children):
        return tuple(children)
    ranked = sorted(children, key=lambda block: _number(enrolment_seed, f"{selection.code}/{block.code}"))
    chosen = {block.code for block in ranked[: selection.count]}
    return tuple(block for block in children if block.code in chosen)


def _number(enrolment_seed: int, name: str) -> int:
    return int.from_bytes(sha256(f"{enrolment_seed}/{name}".encode()).digest()[:8])
