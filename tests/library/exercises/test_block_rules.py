"""What stands around the grader, beside what Open edX's block decided: the measure is `bench/block_rules.py`."""

from pathlib import Path

import block_rules
import pytest


@pytest.mark.shared
def test_every_decision_is_the_one_that_open_edx_made(shared: Path) -> None:
    agreeing, total, differences = block_rules.agreement(block_rules.rows(shared / "capa" / "block_rules.jsonl.gz"))
    assert total > 2000
    assert (agreeing, differences) == (total, [])


def test_a_decision_that_differs_is_told() -> None:
    given = {"rerandomize": "always", "submitted": True, "attempts": 1, "max_attempts": None, "due": "none"}
    row = {"id": "x", "kind": "state-buttons", "given": given, "expected": {"submit_enabled": True}}
    assert block_rules.agreement([row]) == (0, 1, ["x: submit_enabled False, expected True"])


def test_a_sequence_agrees_when_every_step_does() -> None:
    xml = '<problem><stringresponse answer="a"><textline/></stringresponse></problem>'
    steps = [{"op": "submit", "post": [["input_1_2_1", "b"]]}, {"op": "reset"}, {"op": "reset"}]
    expected = [
        {"success": "incorrect", "attempts": 1, "published": [{"value": 0, "max_value": 1}]},
        {"success": True, "attempts": 1, "done": False, "correct_map": {}},
        {"success": False, "msg": "You must submit an answer first.", "published": []},
    ]
    given = {"name": "again", "xml": xml, "settings": {"rerandomize": "never"}, "steps": steps}
    row = {"id": "y", "kind": "flow", "given": given, "expected": {"steps": expected}}
    assert block_rules.agreement([row]) == (1, 1, [])
