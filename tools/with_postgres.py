"""Runs a command on a PostgreSQL server that is made for it and goes when it ends.

    python tools/with_postgres.py pytest -m "database and not long"

The command finds the server's address in POLYLECT_DATABASE_URL. The server listens on a socket in a folder of its own
and on no port; what it was told is lost when the machine goes down, so it is for tests and tries only. Texts are sorted
as people expect it, not by their bytes: what depends on the order that SQLite has shows here. Needs PostgreSQL 15 or
newer (Debian's package `postgresql`); where everything runs as root, the server runs as Debian's user `postgres`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "polylect"
DATABASE = "polylect"
_UNPRIVILEGED = "postgres"
_MISSING = (
    "PostgreSQL is not here. Install it, on Debian with:  sudo apt-get install -y --no-install-recommends postgresql"
)
_INITDB = (
    *("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"),
    *("--locale-provider=icu", "--icu-locale=en-US", "--no-sync", "--no-instructions"),
)
_SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def main() -> int:
    """The command's exit code; 2 where there is nothing to run it with."""
    command = sys.argv[1:]
    programs = _programs()
    if not command or programs is None:
        print(__doc__ if not command else _MISSING, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that the server goes, too
    try:
        with server(programs) as url:
            return subprocess.call(command, env=os.environ | {"POLYLECT_DATABASE_URL": url})
    except subprocess.CalledProcessError as error:
        print(f"PostgreSQL did not start: {error.cmd}\n{error.stdout}", file=sys.stderr)
        return 2


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The address of an empty database on a server of its own; whose user may make more of them, and nothing else.

    `programs` is the folder of PostgreSQL's programs. Raises CalledProcessError with what the server said, where it
    does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="polylect-postgres-"))
    user = _UNPRIVILEGED if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log"

    def run(program: str, *arguments: str | Path) -> None:
        command = [programs / program, *arguments]
        with log.open("ab") as output:  # a file: a server that inherited a pipe would hold it open
            done = subprocess.run(command, user=user, cwd=folder, stdout=output, stderr=output, check=False)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, program, log.read_text(errors="replace"))

    try:
        run("initdb", *_INITDB, "--pgdata", data)
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        run("pg_ctl", "start", "--wait", "--pgdata", data, "--options", f"-k {folder} {options}")
        try:
            connected = ("--host", folder, "--username", "postgres")
            run("createuser", *connected, "--createdb", USER)
            run("createdb", *connected, "--owner", USER, DATABASE)
            yield f"postgres://{USER}@/{DATABASE}?host={folder}"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Where PostgreSQL's programs are: Debian has those of the server outside of PATH. None where they are not."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -float(place.parent.name))
    return next((place for place in places if (place / "initdb").exists() and _may_run()), None)


def _may_run() -> bool:
    """Whether there is somebody to run the server as."""
    if os.geteuid():
        return True
    try:
        pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
