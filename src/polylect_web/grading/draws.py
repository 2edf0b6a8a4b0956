"""What chance decides for a learner: always the same for the same enrolment, on every machine."""

from collections.abc import Sequence
from hashlib import sha256

from polylect.course import tree
from polylect_web.courses.outline import Block

EVERYBODY = 0
"""The seed of who has not enrolled, and of guests."""

FIXED = 1
"""The seed of an exercise that is the same for everybody."""

SEEDS = 2**31
"""Seeds are from 0 to this, exclusive."""


def exercise_seed(enrolment_seed: int, code: str, exercise: tree.Exercise) -> int:
    """The seed of an exercise for this enrolment; its author says whether it differs between learners."""
    return FIXED if exercise.rerandomize in ("", "never") else _number(enrolment_seed, code) % SEEDS


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
