"""Do pages answer while learners with slow connections watch a film?

    python bench/slow_readers.py [--readers 50] [--speed 20000] [--seconds 10]

Starts a site in a folder that goes again, puts a film of 20 MB into it, and asks for a page over and over: first alone,
then while `readers` connections take the film at `speed` bytes a second each. Prints how long the page took (at the
middle and at the 99th percentile), what the server used of a processor, and its memory.
"""

import argparse
import hashlib
import os
import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path

from process_tree import cpu_ms, usage
from running_site import RunningSite, running_site

FILM_BYTES = 20_000_000
PIECE_BYTES = 4096
PAGE = "/en/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--speed", type=int, default=20_000, help="bytes a second, each")
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="polylect-bench-") as folder:
        film = put_film(Path(folder))
        with running_site(Path(folder)) as site:
            ask(site)
            report("nobody else", site, options.seconds)
            stop = threading.Event()
            work = (site.port, film, options.speed, stop)
            readers = [threading.Thread(target=read_slowly, args=work) for _ in range(options.readers)]
            for reader in readers:
                reader.start()
            time.sleep(1)
            report(f"{options.readers} readers at {options.speed / 1000:g} kB/s", site, options.seconds)
            stop.set()
            for reader in readers:
                reader.join()


def put_film(data: Path) -> str:
    """Puts a film among the assets, and gives the path it is served at."""
    content = os.urandom(FILM_BYTES)
    name = hashlib.sha256(content).hexdigest()
    place = data / "assets" / name[:2] / name
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    return f"/media/{name}/film.webm"


def report(title: str, site: RunningSite, seconds: float) -> None:
    """Asks for the page for so long, and prints what it took."""
    took_ms, before_ms, start = [], cpu_ms(site.pid), time.monotonic()
    while time.monotonic() - start < seconds:
        took_ms.append(ask(site))
        time.sleep(0.02)
    share = (cpu_ms(site.pid) - before_ms) / 1000 / (time.monotonic() - start)
    percentiles = statistics.quantiles(took_ms, n=100)
    print(
        f"{title}: {len(took_ms)} pages, {percentiles[49]:.1f} ms, 99th percentile {percentiles[98]:.1f} ms; "
        f"{share:.0%} of a processor, {usage(site.pid).memory_bytes / 2**20:.0f} MB"
    )


def ask(site: RunningSite) -> float:
    """How long a page took, in milliseconds."""
    start = time.perf_counter()
    visitor = site.visitor()
    answer = visitor.get(PAGE)
    visitor.close()
    if answer.status != 200:
        raise SystemExit(f"the page answered {answer.status}")
    return (time.perf_counter() - start) * 1000


def read_slowly(port: int, path: str, speed: int, stop: threading.Event) -> None:
    """Takes the film at `speed` bytes a second, with little room for what is under way, as a slow line has."""
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE_BYTES)
        reader.connect(("127.0.0.1", port))
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        start, taken = time.monotonic(), 0
        while not stop.is_set():
            taken += len(reader.recv(PIECE_BYTES))
            time.sleep(max(0.0, start + taken / speed - time.monotonic()))


if __name__ == "__main__":
    main()
