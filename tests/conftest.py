"""What tests of every part share: the folder of real courses, captions and bundles beside the repository."""

from pathlib import Path

import pytest
from hypothesis import settings

# A property is about what holds, not about how fast: a busy machine must not fail it.
settings.register_profile("polylect", deadline=None)
settings.load_profile("polylect")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder beside the repository. A test that asks for it is marked `shared`, and skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"the real data is not at hand: {SHARED} does not exist")
    return SHARED
