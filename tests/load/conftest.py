"""A real server with learners, and with a course that can be answered without end."""

from collections.abc import Iterator
from pathlib import Path

import make_learners
import pytest
from running_site import RunningSite, running_site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RunningSite]:
    """A site as `polylect up` starts it."""
    with running_site(tmp_path) as site:
        site.script(Path(make_learners.__file__))
        yield site
