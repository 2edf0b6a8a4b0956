"""Every script of the marked problems leaves what it left in Open edX."""

import gzip
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from polylect.exercises.scripts import Json, ScriptFailed
from polylect_sandbox.sandbox import Sandbox

pytestmark = pytest.mark.shared

HAS_NUMPY = importlib.util.find_spec("numpy") is not None


@dataclass(frozen=True)
class Problem:
    """A problem with scripts, and the variables that Open edX kept of them; None where it refused them."""

    id: str
    seed: int
    code: str
    variables: dict[str, Json] | None


def _problems(shared: Path) -> Iterator[Problem]:
    with gzip.open(shared / "capa" / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if not case["needs_script"]:
                continue
            scripts = etree.fromstring(case["xml"]).iter("script")
            code = "".join(script.text or "" for script in scripts if "javascript" not in script.get("type", ""))
            refused = "executing script code" in (case["construct_error"] or "")
            yield Problem(case["id"], case["seed"], code, None if refused else case.get("script_vars") or {})


def test_scripts_leave_what_they_left_in_open_edx(shared: Path, sandbox: Sandbox) -> None:
    differing = {}
    count = 0
    for problem in _problems(shared):
        if not HAS_NUMPY and "numpy." in problem.code:
            continue
        count += 1
        try:
            left: object = sandbox.run(problem.code, problem.seed)
        except ScriptFailed as failure:
            left = None if problem.variables is None else failure.sentence
        expected = problem.variables and {"seed": problem.seed, "anonymous_student_id": "student", **problem.variables}
        if expected and left != expected:
            differing[problem.id] = (left, expected)
        if problem.variables is None and left is not None:
            differing[problem.id] = (left, None)
        if problem.variables == {} and not isinstance(left, dict):
            differing[problem.id] = (left, {})
    assert differing == {}
    assert count > 150
