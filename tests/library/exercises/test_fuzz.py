"""The fuzzer's targets take their seeds, and some bytes beside them; `make fuzz` tries them for longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz import targets
from polylect.exercises.kinds import text


@pytest.fixture(autouse=True)
def _as_patient_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_SECONDS", 0.1)


@pytest.mark.parametrize("target", targets.TARGETS)
def test_a_target_takes_its_seeds(target: str) -> None:
    seeds = list(targets.seeds(target))
    assert len(seeds) >= 3
    for seed in seeds:
        targets.TARGETS[target](seed)


@pytest.mark.parametrize("target", targets.TARGETS)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_a_target_takes_any_bytes(target: str, data: bytes) -> None:
    targets.TARGETS[target](data)
