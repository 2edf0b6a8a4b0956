"""A real server with the example course, and a browser that notices what a reader would not.

Every page of a journey is watched: a message in the console, an error in a script or a request to anybody else fails
the test that opened it.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from own_database import own_database
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

POLYLECT = str(Path(sys.executable).with_name("polylect"))
_AXE = Axe().axe_script
_VIOLATIONS = """axe.run(document, {
    resultTypes: ["violations"],
    preload: { assets: ["cssom"] }, // a film need not be loaded to see that it does not start by itself
    rules: { "target-size": { enabled: true } },
}).then((found) => found.violations)"""
"""What axe complains of, alone: all that it is content with is ten times as much, and would be sent as well."""

_START_SECONDS = 60
_WAIT_MS = 10_000


@dataclass
class Watched:
    """A page, and what was noticed on it."""

    page: Page
    site: str
    scripts: bool
    noticed: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    """Words of console messages that belong to the test, such as the status of an answer that cannot be read."""

    def open(self, path: str) -> None:
        """Goes to a page of the site, and has axe read it."""
        self.page.goto(self.site + path)
        self.check()

    def check(self) -> None:
        """axe finds nothing on the page as it is now, and it is no wider than its window.

        Without scripts nothing can look inside a page; the same pages are read in the journeys that have them.
        """
        if not self.scripts:
            return
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_AXE)
        found = self.page.evaluate(_VIOLATIONS)
        complaints = [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in found]
        assert not complaints, f"{self.page.url}: {complaints}"
        assert not self.page.locator(":is(video, audio)[autoplay]").count()
        width = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{self.page.url} is {width} px too wide"

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(word in message.text for word in self.expected):
            self.noticed.append(f"{self.page.url}: {message.text}")

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.noticed.append(f"asked somebody else: {request.url}")


Visit = Callable[..., Watched]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of the site: a folder of its own, and an address that nobody uses."""
    return new_environment(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[str]:
    """The address of a site that was just started for the first time, and so has the example course."""
    with serving(environment) as address:
        yield address


def new_environment(folder: Path) -> dict[str, str]:
    """Settings for a site that keeps everything in this folder, at an address that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POLYLECT_", "DJANGO_"))}
    ours = {"DATA": str(folder), "DATABASE_URL": own_database(folder), "ADDRESS": f"127.0.0.1:{port}"}
    return kept | {f"POLYLECT_{name}": value for name, value in ours.items()} | {"NO_COLOR": "1"}


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """A site with these settings: its address. Nothing may go wrong in its log."""
    log = Path(environment["POLYLECT_DATA"]) / "log"
    with log.open("wb") as output, _running([POLYLECT, "up"], environment, output) as process:
        address = f"http://{environment['POLYLECT_ADDRESS']}"
        _wait_for(f"{address}/healthz", process, log)
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens a browser window of its own for a visitor: `visit(width=320, scripts=False, dark=True)`."""
    visits: list[Watched] = []
    with ExitStack() as windows:

        def start(width: int = 1280, *, scripts: bool = True, dark: bool = False, **options: Any) -> Watched:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                java_script_enabled=scripts,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                **options,
            )
            windows.callback(context.close)
            context.set_default_timeout(_WAIT_MS)
            watched = Watched(context.new_page(), site, scripts)
            watched.page.on("console", watched.on_console)
            watched.page.on("pageerror", lambda error: watched.noticed.append(f"{watched.page.url}: {error}"))
            watched.page.on("request", watched.on_request)
            visits.append(watched)
            return watched

        yield start
    for watched in visits:
        assert not watched.noticed, watched.noticed


@contextmanager
def _running(command: list[str], environment: dict[str, str], output: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the site did not answer within {_START_SECONDS} s:\n{log.read_text()}")
