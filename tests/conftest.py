"""What tests of every part share: a browser, and the folder of real courses and captions beside the repository."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from polylect.exercises import Runner

# A property is about what holds, not about how fast: a busy machine must not fail it.
settings.register_profile("polylect", deadline=None)
settings.load_profile("polylect")

CHROMIUM = "/usr/bin/chromium"
_CHROMIUM_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
_DATABASE_FIXTURES = frozenset({"db", "transactional_db"})
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder beside the repository. A test that asks for it is marked `shared`, and skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"the real data is not at hand: {SHARED} does not exist")
    return SHARED


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """What runs authors' scripts, as a site does."""
    from polylect_sandbox.sandbox import Sandbox

    with closing(Sandbox()) as sandbox:
        yield sandbox


@pytest.hookimpl(tryfirst=True)  # before pytest looks at what `-m` asks for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last, in every process of the run: once its browser is driven, a thread seems to be within an
    event loop, where Django asks no database.

    They have files of their own, as the tests of a file stay together. Whatever uses pytest-django's database is marked
    `database`; tests that start a site of their own say so themselves.
    """
    items.sort(key=_is_journey)
    journeys = {item.path for item in items if _is_journey(item)}
    if mixed := journeys & {item.path for item in items if not _is_journey(item)}:
        raise pytest.UsageError(f"{min(mixed)} has journeys and other tests: journeys have files of their own")
    for item in items:
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")


def _is_journey(item: pytest.Item) -> bool:
    return item.get_closest_marker("journey") is not None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, for tests marked `journey`; a machine without it fails here and says so."""
    assert Path(CHROMIUM).exists(), f"the journeys need {CHROMIUM}: run make setup"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_CHROMIUM_ARGUMENTS.split())
        yield chromium
        chromium.close()
