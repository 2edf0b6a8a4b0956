"""Runs authors' scripts: what the site and the benches use.

    with Sandbox() as sandbox:
        sandbox.run("x = random.randint(1, 6)", seed=3)   # {"seed": 3, "anonymous_student_id": "student", "x": 2}

The first run starts a zygote; later ones fork from it. A script that says `numpy` or `scipy` gets a zygote of its own
kind, which has imported it, where it is installed.
"""

import importlib.metadata
import importlib.util
import json
import os
import re
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from polylect.exercises.scripts import Json, ScriptFailed
from polylect_sandbox import filters, names, process, zygote
from polylect_sandbox.limits import Limits
from polylect_sandbox.places import Places

EDITION = 1
"""To be raised when the same script may leave other values than before."""

_WORD = re.compile(rf"\b(?:{'|'.join(names.NUMERIC)})\b")


class NotRun(ScriptFailed):
    """The script was not run, or not to its end, for no fault of its own: another time it may be, so this is not to be
    kept."""


def why_not() -> str:
    """Why nothing can be run here; empty where it can. In English, for operators."""
    if sys.platform != "linux":
        return "scripts run only on Linux: elsewhere there is no seccomp to lock them in"
    if os.uname().machine not in filters.MACHINES or sys.maxsize < 2**32:
        return f"scripts run only on {' and '.join(filters.MACHINES)}, not on {os.uname().machine}"
    if not _has_seccomp():
        return "this kernel has no seccomp to lock scripts in"
    return "" if _has_pidfd() else "scripts need Linux 5.3 or later (pidfd_open)"


def available() -> bool:
    """Whether scripts can be run here; `why_not` says why not. A zygote tries the jail out before it takes a script."""
    return not why_not()


class Sandbox:
    """A `polylect.exercises.scripts.Runner`. May be used from several threads; a process that was forked gets zygotes
    of its own."""

    def __init__(self, limits: Limits | None = None, *, most_children: int = 2, longest_wait_s: float = 15.0) -> None:
        """`most_children` run at once; others wait for a place, at most `longest_wait_s`."""
        self.limits = limits or Limits()
        self._most_children = most_children
        self._longest_wait_s = longest_wait_s
        self._zygotes: dict[str, process.Process] = {}
        self._begin()
        weakref.finalize(self, _close_all, self._zygotes)
        os.register_at_fork(after_in_child=partial(_begin_anew, weakref.ref(self)))

    @property
    def engine(self) -> str:
        """What makes the values: values that were kept under another name may be others."""
        return _engine()

    def run(
        self,
        code: str,
        seed: int,
        given: Mapping[str, Json] | None = None,
        wanted: Collection[str] | None = None,
    ) -> Mapping[str, Json]:
        """Runs Python with these names given, and gives the wanted global names it left; without `wanted`, all whose
        values can be written as JSON (numbers may be nan or infinite). Raises ScriptFailed; NotRun where the script is
        not to blame."""
        asked = {"code": code, "seed": seed, "given": given or {}, "wanted": None if wanted is None else list(wanted)}
        request = json.dumps(asked).encode()
        if len(request) > self.limits.request_bytes:
            raise ScriptFailed(f"it is longer than {self.limits.request_bytes // 1024} KiB", is_limit=True)
        if not self._places.take(self._longest_wait_s):
            raise NotRun("the machine is busy with other scripts")
        try:
            status, answer = self._tried(request, _kind(code))
        finally:
            self._places.give_back()
        return self._understood(status, answer)

    def start(self) -> None:
        """Starts the zygote for ordinary scripts, so that the first run need not wait for it. Raises NotRun."""
        self._zygote("")

    def pids(self) -> tuple[int, ...]:
        """The zygotes that run, for who measures or watches them."""
        return tuple(one.pid for one in list(self._zygotes.values()))

    def close(self) -> None:
        """Ends the zygotes, and what runs in them. A later run starts new ones."""
        with self._starting:
            _close_all(self._zygotes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(self) -> None:
        """As it is when nothing runs. What is there belongs to the process that this one was forked from."""
        self._places = Places(self._most_children)
        self._starting = threading.Lock()
        while self._zygotes:
            self._zygotes.popitem()[1].let_go()

    def _tried(self, request: bytes, kind: str) -> tuple[int, bytes]:
        """Runs it; once more with a new zygote, if the first one died."""
        for _ in range(2):
            current = self._zygote(kind)
            try:
                return current.run(request)
            except process.Died:
                self._drop(kind, current)
            except process.TooMuch:
                raise ScriptFailed("it answers more than it may", is_limit=True) from None
            except process.Overdue:
                self._drop(kind, current)
                raise NotRun("the sandbox did not answer in time") from None
        raise NotRun("the sandbox ended twice while the script ran")

    def _zygote(self, kind: str) -> process.Process:
        with self._starting:
            if kind not in self._zygotes:
                if reason := why_not():
                    raise NotRun(reason)
                try:
                    self._zygotes[kind] = process.Process(_arguments(self.limits, kind))
                except (process.Died, OSError) as error:
                    raise NotRun(f"the sandbox does not start: {error}") from None
            return self._zygotes[kind]

    def _drop(self, kind: str, old: process.Process) -> None:
        with self._starting:
            if self._zygotes.get(kind) is old:
                del self._zygotes[kind]
            old.close()

    def _understood(self, status: int, answer: bytes) -> Mapping[str, Json]:
        if status == -1:
            raise NotRun("the machine has no room for another process")
        if os.WIFSIGNALED(status):
            raise self._of_signal(os.WTERMSIG(status))
        if os.waitstatus_to_exitcode(status) != 0:
            raise ScriptFailed("it ended Python before its own end")
        told = _told(answer)
        if "failed" in told:
            raise ScriptFailed(str(told["failed"]), is_limit=told.get("limit") is True)
        values = told.get("values")
        if not isinstance(values, dict):
            raise ScriptFailed(_UNREADABLE)
        return values

    def _of_signal(self, number: int) -> ScriptFailed:
        if number == zygote.NOT_JAILED:
            return NotRun("a script could not be locked in")
        if number == signal.SIGALRM:
            return ScriptFailed(f"it takes more than {self.limits.wall_s:g} seconds", is_limit=True)
        if number in (signal.SIGXCPU, signal.SIGKILL):
            return ScriptFailed(f"it computes for more than {self.limits.cpu_s} seconds", is_limit=True)
        return ScriptFailed(f"it crashed Python ({signal.Signals(number).name})")


_UNREADABLE = "it left no answer that can be read"


def _told(answer: bytes) -> dict[str, Any]:
    """What a child wrote. It may be anything: a script can write there itself."""
    try:
        told = json.loads(answer)
        json.dumps(told, ensure_ascii=False).encode()  # no half characters, which a database would not take
    except (ValueError, RecursionError):
        raise ScriptFailed(_UNREADABLE) from None
    if not isinstance(told, dict):
        raise ScriptFailed(_UNREADABLE)
    return told


def _kind(code: str) -> str:
    """The word that decides which zygote a script needs; empty for an ordinary one."""
    said = set(_WORD.findall(code))
    return next((word for word in names.NUMERIC if word in said and _folder(word)), "")


def _arguments(limits: Limits, kind: str) -> zygote.Arguments:
    arithmetic = importlib.util.find_spec("polylect.exercises.arithmetic")
    file = str(arithmetic.origin) if arithmetic else ""
    return zygote.Arguments(limits, (kind,), (_folder(kind),), file) if kind else zygote.Arguments(limits, (), (), file)


@cache
def _folder(word: str) -> str:
    """The folder a package is installed in; empty where it is not."""
    found = importlib.util.find_spec(word)
    return str(Path(found.origin).parents[1]) if found and found.origin else ""


@cache
def _engine() -> str:
    parts = [f"cpython-{sys.version_info.major}.{sys.version_info.minor}/{EDITION}"]
    parts += [f"{word}-{importlib.metadata.version(word)}" for word in names.NUMERIC if _folder(word)]
    return "+".join(parts)


@cache
def _has_seccomp() -> bool:
    return b"\nSeccomp:" in Path("/proc/self/status").read_bytes()


@cache
def _has_pidfd() -> bool:
    opener: Callable[[int], int] | None = getattr(os, "pidfd_open", None)
    try:
        if opener is not None:
            os.close(opener(os.getpid()))
            return True
    except OSError:
        pass
    return False


def _begin_anew(one: weakref.ref[Sandbox]) -> None:
    """In a process just forked."""
    sandbox = one()
    if sandbox is not None:
        sandbox._begin()


def _close_all(zygotes: dict[str, process.Process]) -> None:
    while zygotes:
        zygotes.popitem()[1].close()
