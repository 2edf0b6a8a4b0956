"""The filter as a program: what it lets through, on each machine, whatever machine this is."""

import os
import re
import struct
from pathlib import Path

import pytest

from polylect_sandbox import filters

ALLOWED = 0x7FFF0000
EPERM = 0x00050001
KILLED = 0x80000000

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the kernel's interpreter would return for this call."""
    found = filters.MACHINES[machine]
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, architecture or found.architecture, 0, *padded)
    at, accumulator = 0, 0
    code = filters.program(found)
    while True:
        operation, if_true, if_false, operand = code[at]
        at += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif operation == 0x54:
            accumulator &= operand
        elif operation == 0x15:
            at += if_true if accumulator == operand else if_false
        elif operation == 0x35:
            at += if_true if accumulator >= operand else if_false
        else:
            assert operation == 0x06
            return operand


@pytest.mark.parametrize("machine", filters.MACHINES)
def test_nearly_all_calls_are_refused(machine: str) -> None:
    allowed = [number for number in range(1024) if verdict(machine, number) != EPERM]
    known = filters.MACHINES[machine]
    # with all arguments 0: writing is not to the pipe, memory is not executable, and 0 is FUTEX_WAIT
    assert allowed == sorted([*known.free, known.mmap, known.mprotect, known.futex])


@pytest.mark.parametrize("machine", filters.MACHINES)
def test_the_arguments_count(machine: str) -> None:
    known = filters.MACHINES[machine]
    descriptors = range(-1, 70)
    assert [d for d in descriptors if verdict(machine, known.write, d % 2**64) == ALLOWED] == [filters.RESULT_FD]
    for call in (known.mmap, known.mprotect):
        allowed = [prot for prot in range(16) if verdict(machine, call, 0, 4096, prot) == ALLOWED]
        assert allowed == [0, 1, 2, 3, 8, 9, 10, 11]
    private, realtime = 128, 256
    allowed = [command for command in range(512) if verdict(machine, known.futex, 0, command) == ALLOWED]
    assert allowed == sorted(
        command + flags for command in (0, 1, 9, 10) for flags in (0, private, realtime, private + realtime)
    )


@pytest.mark.parametrize("machine", filters.MACHINES)
def test_another_abi_ends_the_process(machine: str) -> None:
    write = filters.MACHINES[machine].write
    for architecture in (0x40000003, 0x40000028, 1):
        assert verdict(machine, write, filters.RESULT_FD, architecture=architecture) == KILLED
    for number in (0x40000000, 0x40000000 + write, 0xFFFFFFFF):
        assert verdict(machine, number, filters.RESULT_FD) == KILLED


@pytest.mark.parametrize("machine", filters.MACHINES)
def test_the_numbers_are_those_of_the_kernel_s_header(machine: str) -> None:
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not installed")
    named = re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)", header.read_text("ascii"))
    numbers = {name: int(number) for name, number in named}
    source = Path(filters.__file__).read_text("utf-8").partition(f'"{machine}": Machine(')[2].partition("),\n    ")[0]
    commented = re.findall(r"^ +(\d+),  # (\w+)$", source.partition("),")[0], flags=re.MULTILINE)
    assert len(commented) == len(filters.MACHINES[machine].free)
    assert all(numbers[name] == int(number) for number, name in commented)
    known = filters.MACHINES[machine]
    calls = ("write", "mmap", "mprotect", "futex")
    assert [numbers[name] for name in calls] == [getattr(known, name) for name in calls]


def test_a_program_is_packed_as_the_kernel_reads_it() -> None:
    code = filters.program(filters.MACHINES["x86_64"])
    assert len(filters.packed(code)) == 8 * len(code)
    assert filters.packed([(0x15, 1, 2, 0xC000003E)]) == bytes.fromhex("1500 01 02 3e0000c0")
    ends = [
        at + 1 + step for at, (operation, *steps, _) in enumerate(code) if operation in (0x15, 0x35) for step in steps
    ]
    assert max(ends) < len(code)
    assert os.uname().machine in filters.MACHINES
