"""What one run may take. Both sides of the pipe read this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of a run; going over one ends it."""

    cpu_s: int = 2
    """Seconds of computing. The kernel counts whole ones."""
    wall_s: float = 6.0
    """Seconds from the start of the run, asleep or waiting for a processor."""
    memory_bytes: int = 256 * 1024 * 1024
    """Address space beyond that of the zygote."""
    result_bytes: int = 1024 * 1024
    """The values, as JSON in UTF-8."""
    request_bytes: int = 1024 * 1024
    """The script and the names given to it, as JSON in UTF-8."""
