"""What a process gives up before it runs a script. There is no way back from any of it.

Two fences stand on their own: the seccomp filter (`filters`), and limits of the kernel that leave no new open file, no
new process, no byte in a file. Whoever starts as root is nobody first.
"""

import ctypes
import os
import resource
import signal
from collections.abc import Callable

from polylect_sandbox import filters
from polylect_sandbox.limits import Limits

NOBODY = 65534

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

_STACK_BYTES = 8 * 1024 * 1024


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


class Jail:
    """Made once, in the zygote, so that a child has as little left to do as possible."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._memory_bytes = _address_space_bytes() + limits.memory_bytes
        self._prctl: Callable[..., int] = ctypes.CDLL(None, use_errno=True).prctl
        code = filters.packed(filters.program(filters.MACHINES[os.uname().machine]))
        self._program = ctypes.byref(_Program(len(code) // 8, code))

    def die_with_parent(self, parent: int) -> None:
        """The kernel ends this process with the one that forked it; it may be gone already."""
        self._control(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    def close(self) -> None:
        """Limits, clock, filter, in this order. Raises OSError where the kernel will not."""
        self.limit()
        signal.setitimer(signal.ITIMER_REAL, self._limits.wall_s)  # SIGALRM ends a process that does not handle it
        self.filter()

    def limit(self) -> None:
        """Sets the limits of the kernel."""
        for kind, most in (
            (resource.RLIMIT_NOFILE, 0),
            (resource.RLIMIT_NPROC, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_STACK, _STACK_BYTES),
            (resource.RLIMIT_AS, self._memory_bytes),
        ):
            resource.setrlimit(kind, (most, most))
        # SIGXCPU ends a process that does not handle it; a second later comes SIGKILL
        resource.setrlimit(resource.RLIMIT_CPU, (self._limits.cpu_s, self._limits.cpu_s + 1))

    def filter(self) -> None:
        """Lets only the system calls of `filters` through, for good."""
        self._control(_PR_SET_DUMPABLE, 0)
        self._control(_PR_SET_NO_NEW_PRIVS, 1)
        self._control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, self._program)

    def _control(self, option: int, *arguments: object) -> None:
        padded = [*arguments, 0, 0, 0, 0][:4]
        words = [ctypes.c_ulong(word) if isinstance(word, int) else word for word in padded]
        if self._prctl(ctypes.c_int(option), *words):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))


def drop_root() -> None:
    """Whoever is root becomes nobody, in no group. Raises OSError where it may not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _address_space_bytes() -> int:
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
