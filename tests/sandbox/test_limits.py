"""A script that takes too much is ended, told so, and leaves the next one alone."""

import time

import pytest

from polylect.exercises.scripts import ScriptFailed
from polylect_sandbox.sandbox import Sandbox

TIME = ("it computes for more than 1 seconds", "it takes more than 3 seconds")
"""The second only where the machine is too busy to compute for one second in three."""
MEMORY = "it uses more than 128 MiB of memory"
VALUES = "it leaves more than 64 KiB of values"


def ended(sandbox: Sandbox, code: str) -> str:
    """Why the script was ended, by a limit."""
    with pytest.raises(ScriptFailed) as failure:
        sandbox.run(code, 1)
    assert failure.value.is_limit, failure.value.sentence
    assert sandbox.run("x = 1", 1, wanted=["x"]) == {"x": 1}
    return failure.value.sentence


@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
        "x = 7 ** 7 ** 8",
        "x = sum(range(10 ** 10))",
        "class C:\n  def __del__(self):\n    while True: pass\nC()",
        "class D(dict):\n  def items(self):\n    while True: pass\nx = D(a=1)",
        "x = 'a' * (10 ** 6)\nwhile True: x.replace('b', 'c')",
    ],
)
def test_computing_without_end(code: str, sandbox: Sandbox) -> None:
    assert ended(sandbox, code) in TIME


def test_sleeping_without_end(sandbox: Sandbox) -> None:
    begin = time.monotonic()
    assert ended(sandbox, "import time\ntime.sleep(60)") == "it takes more than 3 seconds"
    assert time.monotonic() - begin < sandbox.limits.wall_s + 2


def test_waiting_for_a_lock_without_end(sandbox: Sandbox) -> None:
    code = "import _thread\nlock = _thread.allocate_lock()\nlock.acquire()\nlock.acquire()"
    assert ended(sandbox, code) == "it takes more than 3 seconds"


@pytest.mark.parametrize(
    "code",
    [
        "x = 'a' * 10 ** 10",
        "x = []\nwhile True: x.append('a' * 1000)",
        "x = {}\nwhile True: x[len(x)] = x",
        "x = bytearray(2 ** 28)",
        "x = [0] * 10 ** 9",
        "x = 1 << 2 ** 33",
    ],
)
def test_memory_without_end(code: str, sandbox: Sandbox) -> None:
    assert ended(sandbox, code) == MEMORY


def test_values_without_end(sandbox: Sandbox) -> None:
    assert ended(sandbox, "x = 'a' * 70000") == VALUES
    assert ended(sandbox, "for n in range(20000): globals()['n%d' % n] = n") == VALUES
    assert len(str(sandbox.run("x = 'a' * 60000", 1)["x"])) == 60000


def test_an_answer_without_end_is_not_read_to_its_end(sandbox: Sandbox) -> None:
    begin = time.monotonic()
    assert ended(sandbox, "while True: os.write(3, b'x' * 65536)") == "it answers more than it may"
    assert time.monotonic() - begin < sandbox.limits.wall_s


def test_a_script_that_is_too_long_is_not_begun(sandbox: Sandbox) -> None:
    with pytest.raises(ScriptFailed, match="it is longer than 1024 KiB") as failure:
        sandbox.run("#" * sandbox.limits.request_bytes, 1)
    assert failure.value.is_limit


def test_recursion_is_an_ordinary_failure(sandbox: Sandbox) -> None:
    with pytest.raises(ScriptFailed, match="line 1: RecursionError"):
        sandbox.run("def f(): return f()\nf()", 1)
    with pytest.raises(ScriptFailed, match="too many nested parentheses"):
        sandbox.run("(" * 5000, 1)


@pytest.mark.parametrize("code", ["x = []\nfor _ in range(10 ** 6): x = [x]\nrepr(x)", "def f(): return f()\nf()"])
def test_recursion_beyond_python_s_own_limit_is_contained(code: str, sandbox: Sandbox) -> None:
    with pytest.raises(ScriptFailed, match=r"it crashed Python \(SIGSEGV\)|MiB of memory|seconds"):
        sandbox.run(f"import sys\nsys.setrecursionlimit(10 ** 9)\n{code}", 1)
    assert sandbox.run("x = 1", 1, wanted=["x"]) == {"x": 1}
