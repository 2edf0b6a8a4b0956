"""Which system calls a script's process may make: a seccomp filter, as data.

A filter is a classic BPF program over `struct seccomp_data` (linux/seccomp.h): number, architecture, and six arguments.
What is not listed fails with EPERM, so an author reads "Operation not permitted" at the line that asked. A call of
another architecture's ABI ends the process, for there the numbers mean something else.

Left are: memory that is not executable, the clock, sleep, random bytes, the end, and writing to the pipe of the result.
There is no reading, for nothing is open to read from, and no closing, signal or process call at all.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

RESULT_FD = 3
"""The one open file of a script's process: the pipe that its result goes into."""

_KILL_PROCESS = 0x80000000
_FAIL_WITH_EPERM = 0x00050000 | 1
_ALLOW = 0x7FFF0000

_LOAD_WORD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_AND = 0x54  # BPF_ALU | BPF_AND | BPF_K
_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_IF_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_NUMBER_AT = 0
_ARCHITECTURE_AT = 4
_ARGUMENTS_AT = 16  # the lower half comes first: both machines are little-endian

_PROT_EXEC = 4
_FUTEX_COMMAND = 0x7F  # without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME
_FUTEX_COMMANDS = (0, 1, 9, 10)  # WAIT, WAKE, WAIT_BITSET, WAKE_BITSET

Instruction = tuple[int, int, int, int]
"""code, jump if true, jump if false, operand"""


@dataclass(frozen=True)
class Machine:
    """A processor's system call numbers (asm/unistd.h), and its AUDIT_ARCH (linux/audit.h)."""

    architecture: int
    free: tuple[int, ...]
    """Allowed whatever the arguments."""
    write: int
    mmap: int
    mprotect: int
    futex: int
    numbers_end: int = 0x40000000
    """From here on x86-64 has the numbers of x32, another ABI."""


MACHINES = {
    "x86_64": Machine(
        architecture=0xC000003E,
        free=(
            11,  # munmap
            12,  # brk
            24,  # sched_yield
            25,  # mremap
            28,  # madvise
            35,  # nanosleep
            60,  # exit
            96,  # gettimeofday
            201,  # time
            219,  # restart_syscall
            228,  # clock_gettime
            229,  # clock_getres
            230,  # clock_nanosleep
            231,  # exit_group
            318,  # getrandom
        ),
        write=1,
        mmap=9,
        mprotect=10,
        futex=202,
    ),
    "aarch64": Machine(
        architecture=0xC00000B7,
        free=(
            93,  # exit
            94,  # exit_group
            101,  # nanosleep
            113,  # clock_gettime
            114,  # clock_getres
            115,  # clock_nanosleep
            124,  # sched_yield
            128,  # restart_syscall
            169,  # gettimeofday
            214,  # brk
            215,  # munmap
            216,  # mremap
            233,  # madvise
            278,  # getrandom
        ),
        write=64,
        mmap=222,
        mprotect=226,
        futex=98,
    ),
}


def program(machine: Machine) -> list[Instruction]:
    """The filter for this machine."""
    return [
        (_LOAD_WORD, 0, 0, _ARCHITECTURE_AT),
        (_IF_EQUAL, 1, 0, machine.architecture),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, 0, 1, machine.numbers_end),
        (_RETURN, 0, 0, _KILL_PROCESS),
        *(step for number in machine.free for step in _allow(number)),
        *_allow_where(machine.write, argument=0, mask=0xFFFFFFFF, values=(RESULT_FD,)),
        *_allow_where(machine.mmap, argument=2, mask=_PROT_EXEC, values=(0,)),
        *_allow_where(machine.mprotect, argument=2, mask=_PROT_EXEC, values=(0,)),
        *_allow_where(machine.futex, argument=1, mask=_FUTEX_COMMAND, values=_FUTEX_COMMANDS),
        (_RETURN, 0, 0, _FAIL_WITH_EPERM),
    ]


def packed(instructions: Sequence[Instruction]) -> bytes:
    """As an array of `struct sock_filter`."""
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def _allow(number: int) -> list[Instruction]:
    return [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]


def _allow_where(number: int, argument: int, mask: int, values: tuple[int, ...]) -> list[Instruction]:
    """Allows a call where an argument's lower half, masked, is one of the values. The kernel takes these four arguments
    as 32 bits, so the upper half is of no consequence."""
    tests = [(_IF_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
    inner: list[Instruction] = [
        (_LOAD_WORD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        (_AND, 0, 0, mask),
        *tests,
        (_RETURN, 0, 0, _FAIL_WITH_EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return [(_IF_EQUAL, 0, len(inner), number), *inner]
