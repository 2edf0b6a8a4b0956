"""No script gets out, or at the next one: the cases of `cases/sandbox/escapes.txt`."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from polylect.exercises.scripts import ScriptFailed
from polylect_sandbox import filters
from polylect_sandbox.sandbox import NotRun, Sandbox

CASES = Path(__file__).parents[1] / "cases" / "sandbox" / "escapes.txt"


def _cases() -> Iterator[object]:
    for part in re.split(r"^===== ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        _, script, outcome = re.split(r"^--- (?:script|outcome)\n", rest, flags=re.MULTILINE)
        yield pytest.param(script, outcome.strip(), id=title)


def _outcome(sandbox: Sandbox, script: str) -> str:
    try:
        return json.dumps(sandbox.run(script, 1, wanted=["got"]).get("got"))
    except NotRun as failure:
        return f"not run: {failure.sentence}"
    except ScriptFailed as failure:
        return f"failed: {failure.sentence}"


@pytest.mark.parametrize(("script", "outcome"), list(_cases()))
def test_a_script_reaches_nothing(script: str, outcome: str, sandbox: Sandbox) -> None:
    sandbox.start()
    zygotes = sandbox.pids()
    assert _outcome(sandbox, script) == outcome
    left = sandbox.run("import json\nx = random.randint(1, 100)\ny = len(json.dumps([math.pi]))", 1, wanted=["x", "y"])
    assert left == {"x": 14, "y": 19}
    assert sandbox.pids() == zygotes


PASSED_THROUGH = (335, 336) if os.uname().machine == "x86_64" else ()
"""uretprobe and uprobe: the kernel itself makes programs call them that root looks into, so no filter sees them; others
who call them get SIGILL or ENXIO."""

CALL = """
CDLL = next(c for c in object.__subclasses__() if c.__name__ == "CDLL")
libc, get_errno = CDLL(None, use_errno=True), CDLL.__init__.__globals__["get_errno"]
"""


def test_the_kernel_refuses_every_call_but_those_of_the_filter(sandbox: Sandbox) -> None:
    machine = filters.MACHINES[os.uname().machine]
    script = f"""{CALL}
got = []
for number in range(700):
    if number not in {machine.free + PASSED_THROUGH}:
        answer = libc.syscall(number, -1, 5, 5, 5, 5, 5)
        if answer != -1 or get_errno() != 1:
            got.append(number)
"""
    assert _outcome(sandbox, script) == "[]"


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is of x86-64 only")
def test_a_call_of_another_abi_ends_the_process(sandbox: Sandbox) -> None:
    assert (
        _outcome(sandbox, f"{CALL}\nlibc.syscall(0x40000000 + 1, 3, b'x', 1)") == "failed: it crashed Python (SIGSYS)"
    )
