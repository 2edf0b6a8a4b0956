"""A site for measuring and for tests: a real server on a free port of this machine, with a folder and a database of its
own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from own_database import own_database
from visitor import Visitor

_START_SECONDS = 120
_STOP_SECONDS = 20
_PAUSE_SECONDS = 0.02


class RunningSite:
    """A site that can be started, stopped, killed and started again on the same folder and port."""

    def __init__(self, folder: Path, **settings: str) -> None:
        """`settings`: of POLYLECT_…, without that."""
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        self.database = own_database(folder)
        at = f"127.0.0.1:{self.port}"
        ours = {"DATA": str(folder), "DATABASE_URL": self.database, "ADDRESS": at, **settings}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("POLYLECT_", "DJANGO_"))}
        self._environment = kept | {f"POLYLECT_{name}": value for name, value in ours.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self._visitors: list[Visitor] = []

    @property
    def pid(self) -> int:
        """Of the process that all others of the site come from."""
        if self._process is None:
            raise RuntimeError("the site is not running")
        return self._process.pid

    def start(self, path: str = "/healthz") -> float:
        """Starts it, and gives the seconds until `path` was answered with 200."""
        begin = time.perf_counter()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [_polylect(), "up"],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while not self._answers(path):
            if self._process.poll() is not None or time.perf_counter() - begin > _START_SECONDS:
                raise RuntimeError(f"the site did not start:\n{self.log.read_text()}")
            time.sleep(_PAUSE_SECONDS)
        return time.perf_counter() - begin

    def stop(self) -> None:
        """Asks it to end, and waits until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends every process of it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def command(self, *words: str | Path) -> str:
        """What a `polylect` command, run on this site, prints."""
        return self._run(_polylect(), *words)

    def script(self, *words: str | Path) -> str:
        """What a Python script, run with the settings of this site, prints."""
        return self._run(sys.executable, *words)

    def visitor(self, *, accept_encoding: str = "gzip") -> Visitor:
        """Somebody new at this site, whose connection is closed when the site is stopped."""
        self._visitors.append(Visitor(self.address, accept_encoding=accept_encoding))
        return self._visitors[-1]

    def _answers(self, path: str) -> bool:
        visitor = Visitor(self.address)
        try:
            return visitor.get(path).status == 200
        except Exception:
            return False
        finally:
            visitor.close()

    def _end(self, how: signal.Signals) -> None:
        for visitor in self._visitors:
            visitor.close()
        self._visitors.clear()
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if how is signal.SIGKILL:
                os.killpg(self._process.pid, how)  # its session is its own: nobody else is in it
            else:
                self._process.send_signal(how)
        self._process.wait(_STOP_SECONDS)
        self._process = None

    def _run(self, *words: str | Path) -> str:
        done = subprocess.run(words, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def running_site(folder: Path, **settings: str) -> Iterator[RunningSite]:
    """A started site with the example course; it is stopped at the end. Its folder stays."""
    site = RunningSite(folder, **settings)
    site.start()
    try:
        yield site
    finally:
        site.stop()


def _polylect() -> str:
    return str(Path(sys.executable).with_name("polylect"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
