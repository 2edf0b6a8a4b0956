"""The process that every run is forked from: `python -S … zygote.main(socket, arguments)`.

It imports what scripts may use, stops being root, tries out on itself that the jail holds, and says so. From then on
each message on its socket is a run, with three open files: the request to read, the pipe for the answer, and the pipe
for how the child ended, which the child never holds. It reads nothing that a script wrote. It ends when its socket
does, or when whoever started it is gone.
"""

import array
import gc
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass

from polylect_sandbox import filters, jail, names, script
from polylect_sandbox.helpers import calc
from polylect_sandbox.limits import Limits

READY = b"ready"
ENDED = struct.Struct("=i")
"""How a child ended, as `waitpid` tells; -1: it could not be started."""

NOT_JAILED = signal.SIGUSR1
"""What a child dies of that could not lock itself in. A script cannot send a signal, so it cannot feign this."""

_ORPHAN_CHECK_MS = 5000
_MOST_FILES = 256
"""Descriptors of the zygote, so that a child has few to close. Each run holds two."""


@dataclass(frozen=True)
class Arguments:
    """What the zygote is told when it starts."""

    limits: Limits
    words: tuple[str, ...] = ()
    """Of `names.NUMERIC`: what to import beyond the standard library."""
    paths: tuple[str, ...] = ()
    """The folders where that is found."""
    arithmetic: str = ""
    """The file with the sums for `calc`."""

    def written(self) -> str:
        """As text for a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Arguments":
        """The same again."""
        fields = json.loads(text)
        limits = Limits(**fields["limits"])
        return cls(limits, tuple(fields["words"]), tuple(fields["paths"]), fields["arithmetic"])


def main(descriptor: int, text: str) -> None:
    """Prepares, says that it is ready or why not, and serves until nobody is left."""
    control = socket.socket(fileno=os.dup(descriptor))  # to a low number, below the limit to come
    os.close(descriptor)
    parent = os.getppid()
    try:
        arguments = Arguments.read(text)
        walls = _prepare(arguments)
    except Exception as error:
        control.send(f"{type(error).__name__}: {error}".encode())
        sys.exit(1)
    control.send(READY)
    _Zygote(control, parent, walls, arguments.limits).serve()


def _prepare(arguments: Arguments) -> jail.Jail:
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGPIPE else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("500")  # short of memory, the kernel should end this before the site
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_FILES, _MOST_FILES))
    names.load(arguments.words, arguments.paths)
    calc.read_sums(arguments.arithmetic)
    names.forget()
    jail.drop_root()
    walls = jail.Jail(arguments.limits)
    _try_out(walls)
    gc.disable()
    gc.collect()
    gc.freeze()  # a child's collector must not touch, and so copy, what was here before
    return walls


def _try_out(walls: jail.Jail) -> None:
    """Raises OSError unless a jailed child is refused what it must not have."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            walls.filter()
            os._exit(0 if all(_is_refused(attempt) for attempt in _ATTEMPTS) else 1)
        os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise OSError("the jail does not hold on this machine")


_ATTEMPTS: tuple[Callable[[], object], ...] = (
    lambda: os.open("/", os.O_RDONLY),
    socket.socket,
    lambda: os.kill(os.getpid(), 0),
    os.fork,
)


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    return False


class _Zygote:
    """Forks a child for each message, and tells how each ended."""

    def __init__(self, control: socket.socket, parent: int, walls: jail.Jail, limits: Limits) -> None:
        self._control = control
        self._parent = parent
        self._pid = os.getpid()
        self._walls = walls
        self._limits = limits
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._children: dict[int, tuple[int, int]] = {}
        """By the descriptor that shows a child's end: the child, and the pipe to tell it."""
        self._waiting: dict[int, int] = {}
        """By the pipe that tells a child's end: the descriptor that shows it."""

    def serve(self) -> None:
        """Until the socket ends."""
        while True:
            shown = [descriptor for descriptor, _ in self._poll.poll(_ORPHAN_CHECK_MS)]
            for descriptor in shown:
                if descriptor in self._children:
                    self._tell(descriptor)
                elif descriptor in self._waiting:  # nobody waits any more
                    with suppress(OSError):
                        signal.pidfd_send_signal(self._waiting[descriptor], signal.SIGKILL)
                    self._poll.unregister(descriptor)
            if self._control.fileno() in shown:  # last, for new descriptors take the numbers of closed ones
                self._take()
            if os.getppid() != self._parent:
                os._exit(0)  # its children die with it

    def _take(self) -> None:
        size = array.array("i").itemsize
        message, extra, _, _ = self._control.recvmsg(1, socket.CMSG_SPACE(3 * size), socket.MSG_CMSG_CLOEXEC)
        if not message:
            os._exit(0)
        descriptors = array.array("i")
        for _, _, data in extra:
            descriptors.frombytes(data)
        request, result, ended = descriptors
        try:
            child = os.fork()
            if not child:
                self._run(request, result)
            shown = os.pidfd_open(child)
            self._children[shown] = child, ended
            self._waiting[ended] = shown
            self._poll.register(shown, select.POLLIN)
            self._poll.register(ended, 0)  # that is: only whether the other end was closed
        except OSError:
            os.write(ended, ENDED.pack(-1))
            os.close(ended)
        os.close(request)
        os.close(result)

    def _tell(self, shown: int) -> None:
        child, ended = self._children.pop(shown)
        del self._waiting[ended]
        _, status = os.waitpid(child, 0)
        with suppress(OSError, KeyError):
            self._poll.unregister(ended)
        self._poll.unregister(shown)
        with suppress(OSError):
            os.write(ended, ENDED.pack(status))
        os.close(ended)
        os.close(shown)

    def _run(self, request: int, result: int) -> None:
        """The child: never returns."""
        try:
            self._walls.die_with_parent(self._pid)
            with open(request, "rb", closefd=False) as file:
                asked = json.loads(file.read())
            os.dup2(result, filters.RESULT_FD)
            os.closerange(0, filters.RESULT_FD)
            os.closerange(filters.RESULT_FD + 1, _MOST_FILES)
            gc.enable()
            self._walls.close()
        except BaseException:
            signal.raise_signal(NOT_JAILED)
            os._exit(1)
        with suppress(BaseException):
            answer = memoryview(script.answer(asked, self._limits))
            while answer:
                answer = answer[os.write(filters.RESULT_FD, answer) :]
            os._exit(0)
        os._exit(1)
