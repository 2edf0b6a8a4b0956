"""The write door: every change of the database goes through `write()`.

SQLite has one writer at a time. Writers that wait inside SQLite sleep and look again, longer each time, so the
unlucky ones wait for hundreds of milliseconds. In front of it they wait at a lock on a file: the kernel wakes them
the moment it is free, over threads and processes alike, and frees it when its holder dies. It hands the lock on in
about the order of arrival, not strictly. On PostgreSQL `write()` is a plain transaction.
"""

import fcntl
import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


class _Door(threading.local):
    """Of one thread: whether it is inside a write, and its handle on the queue's file, by path."""

    def __init__(self) -> None:
        self.is_inside = False
        self.handles: dict[str, int] = {}


_door = _Door()


@contextmanager
def write() -> Iterator[None]:
    """One transaction that may change the database; it is kept when the block ends, and undone when it raises.

    Inside it nothing may parse, grade, run an author's program or use the network: others are waiting. A write inside a
    write joins it: one transaction, kept or undone as a whole.
    """
    if _door.is_inside:
        with transaction.atomic(savepoint=False):
            yield
        return
    with _queue():
        _door.is_inside = True
        try:
            with transaction.atomic():
                yield
        finally:
            _door.is_inside = False


def is_writing() -> bool:
    """Whether this thread is inside a write: for what refuses to be done there."""
    return _door.is_inside


@contextmanager
def _queue() -> Iterator[None]:
    """This thread's turn to write."""
    path = _queue_path()
    if not path:
        yield
        return
    handle = _door.handles.get(path)
    if handle is None:
        handle = _door.handles[path] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with _no_collection():
            yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leaves Python's garbage for later: to look for it takes hundreds of milliseconds where a course is at hand, and
    others are waiting. In the queue there is one thread at a time, so no other turns it on meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _queue_path() -> str:
    """The file to queue at; empty where the database has a queue of its own, or lives in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return ""
    return f"{name}-queue"
