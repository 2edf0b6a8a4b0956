"""Every unit of the real exports opens in a browser: nothing in its console, nobody else asked, nothing too wide."""

import re
import subprocess
from pathlib import Path

import pytest

from .conftest import POLYLECT, Visit

pytestmark = [pytest.mark.journey, pytest.mark.shared]


@pytest.mark.parametrize(
    ("export", "run", "units"),
    [("demo-course", "OpenedX+DemoX+DemoCourse", 58), ("kitchen-sink", "Microsoft+KS101+course", 16)],
)
def test_every_unit_opens(
    visit: Visit, shared: Path, environment: dict[str, str], export: str, run: str, units: int
) -> None:
    (archive,) = (shared / "courses").glob(f"{export}.*")
    subprocess.run([POLYLECT, "import", str(archive)], env=environment, check=True, capture_output=True)
    reader = visit(320)
    page = reader.page
    page.goto(f"{reader.site}/en/courses/{run}/")
    addresses = sorted(set(re.findall(r'href="(/en/courses/[^"/]+/[^"/]+/)"', page.content())))
    assert len(addresses) == units
    for address in addresses:
        answer = page.goto(reader.site + address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
