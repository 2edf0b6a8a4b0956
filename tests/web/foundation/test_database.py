"""The write door, on a database in a file, as threads and processes use it."""

import gc
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from polylect_web.foundation.database import write

PROCESS = """
import sys
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1],
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20}}})
django.setup()
from django.db import connection
from polylect_web.foundation.database import write
for _ in range(int(sys.argv[2])):
    with write(), connection.cursor() as cursor:
        cursor.execute("SELECT count FROM tally")
        count = cursor.fetchone()[0]
        cursor.execute("UPDATE tally SET count = %s", [count + 1])
"""


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A database in a file of its own, in place of the tests' one in memory, with a number to count in."""
    path = tmp_path / "site.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE tally (count integer)")
        made.execute("INSERT INTO tally VALUES (0)")
    usual = connections.settings["default"]
    connections.settings["default"] = {**usual, "NAME": str(path)}
    held = connections["default"]
    del connections["default"]
    with django_db_blocker.unblock():
        try:
            yield path
        finally:
            connection.close()
            connections.settings["default"] = usual
            connections["default"] = held


def count_once() -> None:
    """Reads the number and writes the next, with a pause in which somebody else could have read it, too."""
    with write(), connection.cursor() as cursor:
        cursor.execute("SELECT count FROM tally")
        count = cursor.fetchone()[0]
        time.sleep(0.001)
        cursor.execute("UPDATE tally SET count = %s", [count + 1])


def fail_after_counting() -> None:
    with write():
        count_once()
        raise RuntimeError


def counted(file: Path) -> int:
    with sqlite3.connect(file) as reader:
        number: int = reader.execute("SELECT count FROM tally").fetchone()[0]
        return number


def in_threads(work: list[threading.Thread]) -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()


def test_threads_and_processes_together_lose_no_write(file: Path) -> None:
    def count_often() -> None:
        for _ in range(25):
            count_once()
        connection.close()

    processes = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(file), "25"], stderr=subprocess.PIPE) for _ in range(2)
    ]
    in_threads([threading.Thread(target=count_often) for _ in range(4)])
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert errors == [b"", b""]
    assert counted(file) == 4 * 25 + 2 * 25


def test_a_write_that_raises_leaves_nothing_behind_and_lets_the_next_one_in(file: Path) -> None:
    with pytest.raises(RuntimeError):
        fail_after_counting()
    count_once()
    assert counted(file) == 1


def test_a_write_inside_a_write_is_kept_or_undone_with_it(file: Path) -> None:
    with pytest.raises(RuntimeError):
        fail_after_counting()
    assert counted(file) == 0
    with write():
        count_once()
        count_once()
    assert counted(file) == 2


def test_an_inner_write_that_fails_cannot_be_kept_by_swallowing_the_error(file: Path) -> None:
    with write(), connection.cursor() as cursor:
        cursor.execute("UPDATE tally SET count = 99")
        with pytest.raises(RuntimeError), write():
            raise RuntimeError
    assert counted(file) == 0


def test_nobody_waits_for_the_garbage_of_whoever_writes(file: Path) -> None:
    assert gc.isenabled()
    with write():
        assert not gc.isenabled()
        with write():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(RuntimeError):
        fail_after_counting()
    assert gc.isenabled()


def test_the_next_writer_gets_in_when_the_one_before_is_killed(file: Path) -> None:
    waits_inside = PROCESS.replace("count = cursor", "print('in', flush=True); sys.stdin.read(); count = cursor")
    command = [sys.executable, "-c", waits_inside, str(file), "1"]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"in\n"
    holder.kill()
    holder.communicate()
    count_once()
    assert counted(file) == 1


def test_what_was_written_is_synced_to_the_disk_before_it_is_acknowledged(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
