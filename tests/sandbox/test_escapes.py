"""No script gets out, or at the next one: the cases of `cases/sandbox/escapes.txt`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from polylect.exercises.scripts import ScriptFailed
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
