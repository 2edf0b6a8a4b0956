"""What a process and all that it started have used: processor time, and memory with shared pages shared out.

Linux only: it reads /proc. A process that ends meanwhile no longer counts, so measure between two moments at which
the same processes live.
"""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_PARENT, _USER_TICKS, _SYSTEM_TICKS = 1, 11, 12
"""Fields of /proc/PID/stat, counted from the one behind the name (proc(5))."""


@dataclass(frozen=True)
class Usage:
    """What a tree of processes has used so far, and holds now."""

    cpu_ms: float
    memory_bytes: int
    """PSS: what is shared by n processes counts to the nth part for each."""
    processes: int


def usage(root_pid: int) -> Usage:
    """Of this process and its descendants."""
    pids = _tree(root_pid)
    return Usage(sum(map(_cpu_ms, pids)), sum(map(_memory_bytes, pids)), len(pids))


def cpu_ms(root_pid: int) -> float:
    """The processor time of this process and its descendants, without the cost of adding up their memory."""
    return sum(map(_cpu_ms, _tree(root_pid)))


def _tree(root_pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            stat = _stat(int(folder.name))
            if stat:
                children.setdefault(int(stat[_PARENT]), []).append(int(folder.name))
    found, waiting = [], [root_pid]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    """The fields behind the name, which may hold blanks and brackets; empty for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_ms(pid: int) -> float:
    stat = _stat(pid)
    return (int(stat[_USER_TICKS]) + int(stat[_SYSTEM_TICKS])) * 1000 / _TICKS_PER_SECOND if stat else 0.0


def _memory_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
