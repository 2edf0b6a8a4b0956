"""Who runs now and who waits: a number of places, given out in the order of asking.

`threading.Semaphore` gives a place to whoever comes by when it is free, so that who waits may wait for ever.
"""

import threading
from collections import deque


class Places:
    """Places for a number of runs at once."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    def take(self, longest_s: float) -> bool:
        """Waits for a place, at most so long; whether there was one."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(longest_s):
            return True
        with self._lock:
            if turn.is_set():  # at the last moment
                return True
            self._waiting.remove(turn)
            return False

    def give_back(self) -> None:
        """Leaves a place to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
