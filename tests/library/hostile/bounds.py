"""How long hostile input may take: in seconds of this process, which a busy machine does not lengthen much."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done here takes no more processor time than this; where it grew with a square, it would take minutes."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds
