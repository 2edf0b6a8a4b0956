"""A sandbox for all tests of a process: what one script did must not matter to the next."""

from collections.abc import Iterator

import pytest

from polylect_sandbox.limits import Limits
from polylect_sandbox.sandbox import Sandbox, available

LIMITS = Limits(cpu_s=1, wall_s=3.0, memory_bytes=128 * 1024 * 1024, result_bytes=64 * 1024)
"""Smaller than those of the site, so that a test of each takes less time."""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Where scripts cannot be run, these tests fail: the machines that we test on can."""
    assert available()
    with Sandbox(LIMITS) as one:
        yield one
