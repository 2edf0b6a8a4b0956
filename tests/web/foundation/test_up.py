"""`polylect up` as an operator runs it: from an empty folder to a site, and down again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

POLYLECT = Path(sys.executable).with_name("polylect")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A folder with nothing in it, and a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("site") / "data"
    return {"PATH": os.environ["PATH"], "POLYLECT_DATA": str(data), "POLYLECT_ADDRESS": f"127.0.0.1:{port}"}


@pytest.fixture(scope="module")
def site(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The running site, after it answered for the first time."""
    with subprocess.Popen([POLYLECT, "up"], env=environment, stdout=subprocess.PIPE) as process:
        try:
            wait_for(environment, process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


def wait_for(environment: dict[str, str], process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None
        try:
            fetch(environment, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def fetch(environment: dict[str, str], path: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers (in small letters) of a page that is there."""
    request = urllib.request.Request(f"http://{environment['POLYLECT_ADDRESS']}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def test_an_empty_folder_becomes_a_site_with_a_course(
    environment: dict[str, str], site: subprocess.Popen[bytes]
) -> None:
    home, _ = fetch(environment, "/", **{"Accept-Language": "en"})
    assert b"/en/courses/Polylect+" in home


def test_a_page_waits_for_one_stylesheet_that_browsers_keep(
    environment: dict[str, str], site: subprocess.Popen[bytes]
) -> None:
    home = fetch(environment, "/en/")[0].decode()
    (link,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', home)
    style, headers = fetch(environment, link, **{"Accept-Encoding": "br"})
    assert headers["content-encoding"] == "br"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert b"@import" not in fetch(environment, link)[0]
    assert len(style) < len(fetch(environment, link)[0]) / 2


def test_a_second_site_at_the_same_address_says_what_is_wrong(
    environment: dict[str, str], site: subprocess.Popen[bytes]
) -> None:
    second = subprocess.run([POLYLECT, "up"], env=environment, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert second.stderr.strip() == (
        f"Something listens on {environment['POLYLECT_ADDRESS']} already; set POLYLECT_ADDRESS to another port."
    )


def test_it_stops_when_it_is_asked_to(environment: dict[str, str], site: subprocess.Popen[bytes]) -> None:
    site.send_signal(signal.SIGTERM)
    assert site.wait(timeout=15) in (0, -signal.SIGTERM)
    with pytest.raises(OSError, match=r"refused|reset"):
        fetch(environment, "/healthz")
