"""How long it takes to align the messages of a course with those of its next version.

    .venv/bin/python bench/alignment.py [--messages 20000] [--rounds 3]

Processor time, the fastest round. A twentieth of the texts is edited, and one in two hundred each is added, taken away
and moved, spread over blocks as in a course with films; then once more in one single block, and with every text edited.
Each is measured at a quarter and a half of the size in turns with the whole, for how it grows: the ratio to n log n is
1 where it grows like that, and less where it grows slower.
"""

import argparse
import math
import random
import time
from collections.abc import Callable, Sequence

from polylect.messages.alignment import Standing, align

GOAL_S = 2.0
_GROWTH = 1.5
_WORDS = 6000


def main() -> None:
    arguments = _arguments()
    for name, block_size, share in (("blocks of 40", 40, 0.05), ("one block", 10**9, 0.05), ("all edited", 40, 1.0)):
        whole = arguments.messages
        sizes = (whole // 4, whole // 2, whole)
        cases = [_case(size, block_size, share) for size in sizes]
        seconds = _measured([_aligning(*case) for case in cases], arguments.rounds)
        growth = [_growth(sizes[-1], size, seconds[-1], took) for size, took in zip(sizes, seconds, strict=True)][:-1]
        known, found = cases[-1]
        matched = sum(at is not None for at in align(known, found))
        print(
            f"{name:13} {whole} messages {seconds[-1]:6.2f} s; {matched} of {len(found)} live on; growth to n log n "
            f"{growth[0]:.2f} from a quarter, {growth[1]:.2f} from a half"
        )
        assert seconds[-1] < GOAL_S or share == 1.0, f"{name}: more than {GOAL_S} s"
        assert max(growth) < _GROWTH, f"{name}: grows faster than n log n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Aligning the messages of two versions of a course.")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _case(size: int, block_size: int, share: float) -> tuple[list[Standing], list[Standing]]:
    """A course and its next version. Words are as rare as in a language: a few stand everywhere."""
    dice = random.Random(5)
    vocabulary = ["".join(dice.choices("abcdefghiklmnoprstuvw", k=dice.randint(2, 9))) for _ in range(_WORDS)]
    weights = [1 / (rank + 1) for rank in range(_WORDS)]

    def sentence() -> list[str]:
        return dice.choices(vocabulary, weights, k=dice.randint(3, 20))

    texts = [sentence() for _ in range(size)]
    edited: list[list[str]] = []
    for words in texts:
        if dice.random() < 0.005:
            edited.append(sentence())
        if dice.random() < 0.005:
            continue
        new = list(words)
        if dice.random() < share:
            new[dice.randrange(len(new))] = dice.choice(vocabulary)
        edited.append(new)
    for _ in range(size // 200):
        edited.insert(dice.randrange(size), edited.pop(dice.randrange(len(edited))))
    return _standing(texts, block_size), _standing(edited, block_size)


def _standing(texts: Sequence[Sequence[str]], block_size: int) -> list[Standing]:
    return [
        Standing(f"b{at // block_size}", f"captions.en.captions.{at % block_size + 1}", "caption", " ".join(words))
        for at, words in enumerate(texts)
    ]


def _aligning(known: list[Standing], found: list[Standing]) -> Callable[[], object]:
    return lambda: align(known, found)


def _measured(cases: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The fastest of the rounds, all in turns, so that a busy machine is busy for all."""
    fastest = [math.inf] * len(cases)
    for _ in range(rounds):
        for number, case in enumerate(cases):
            started = time.process_time()
            case()
            fastest[number] = min(fastest[number], time.process_time() - started)
    return fastest


def _growth(whole: int, part: int, whole_s: float, part_s: float) -> float:
    return (whole_s / part_s) / (whole * math.log(whole) / (part * math.log(part)))


if __name__ == "__main__":
    main()
