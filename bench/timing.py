"""How long pieces of work take beside each other, in one run."""

import time
from collections.abc import Callable


def fastest(cases: dict[str, Callable[[], object]], rounds: int, seconds: float) -> dict[str, float]:
    """CPU seconds of one call of each case, in its fastest round."""
    found = dict.fromkeys(cases, float("inf"))
    for _ in range(rounds):
        for name, case in cases.items():
            calls, start = 0, time.process_time()
            while (taken := time.process_time() - start) < seconds:
                case()
                calls += 1
            found[name] = min(found[name], taken / calls)
    return found
