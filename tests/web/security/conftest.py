"""What tests of refusals begin with."""

import pytest

from polylect_web.learn import blocks


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    """Databases of tests give the same numbers out again, which the site never does."""
    blocks.forget()
