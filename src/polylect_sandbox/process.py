"""A zygote as seen from our side: started with nothing of ours, given runs, ended."""

import os
import select
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from polylect_sandbox import zygote

_START_S = 30.0
"""Importing numpy on a busy machine can take this long."""
_SEND_S = 5.0
_SLACK_S = 5.0
"""How long after its limit a run may still end by itself."""
_ENVELOPE_BYTES = 4096
_READ_BYTES = 64 * 1024

_PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from polylect_sandbox import zygote
zygote.main(int(sys.argv[2]), sys.argv[3])
"""
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",  # sets and dictionaries in the same order each time
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
}


class Died(Exception):
    """The zygote is gone, or does not answer."""


class TooMuch(Exception):
    """A child answered more than it may."""


class Overdue(Exception):
    """A child has not ended by itself in time."""


class Process:
    """A running zygote. Runs may be asked for from several threads at once."""

    def __init__(self, arguments: zygote.Arguments) -> None:
        """Starts it, and waits until it is ready. Raises Died, with what it said."""
        self.arguments = arguments
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        source = str(Path(__file__).parents[1])
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [
                    *(sys.executable, "-S", "-s", "-P", "-W", "ignore", "-c", _PROGRAM),
                    *(source, str(theirs.fileno()), arguments.written()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        said = b""
        with suppress(OSError):
            self._control.settimeout(_START_S)
            said = self._control.recv(4096)
        if said != zygote.READY:
            self.close()
            raise Died(said.decode(errors="replace") or "its process ended")
        self._control.settimeout(_SEND_S)

    @property
    def pid(self) -> int:
        return self._process.pid

    def run(self, request: bytes) -> tuple[int, bytes]:
        """How a child ended (as `waitpid` tells; -1: there was none), and all it answered. Raises Died, TooMuch and
        Overdue; the child is ended then."""
        opened: list[int] = []
        try:
            asked = os.memfd_create("request")
            opened.append(asked)
            with open(asked, "wb", closefd=False) as file:
                file.write(request)
            os.lseek(asked, 0, os.SEEK_SET)
            result, result_end = os.pipe()
            opened += (result, result_end)
            ended, ended_end = os.pipe()
            opened += (ended, ended_end)
            try:
                socket.send_fds(self._control, [b"r"], [asked, result_end, ended_end])
            except OSError as error:
                raise Died(str(error)) from None
            for descriptor in (asked, result_end, ended_end):
                opened.remove(descriptor)
                os.close(descriptor)
            return self._ended(result, ended)
        finally:
            for descriptor in opened:
                os.close(descriptor)

    def close(self) -> None:
        """Ends it, and with it what runs."""
        self._control.close()  # which ends it too, but for one that hangs
        with suppress(PermissionError):  # we were root when it started, and are no more
            self._process.kill()
        self._process.wait()

    def let_go(self) -> None:
        """Leaves it alone, in a process that was forked from the one that started it."""
        self._control.close()
        self._process.returncode = 0  # not our child: nothing to wait for

    def _ended(self, result: int, ended: int) -> tuple[int, bytes]:
        limits = self.arguments.limits
        most = limits.result_bytes + _ENVELOPE_BYTES
        until = time.monotonic() + limits.wall_s + _SLACK_S
        os.set_blocking(result, False)
        poll = select.poll()
        poll.register(result, select.POLLIN)
        poll.register(ended, select.POLLIN)
        answer = bytearray()
        while (left := until - time.monotonic()) > 0:
            shown = [descriptor for descriptor, _ in poll.poll(left * 1000)]
            if ended in shown:
                told = os.read(ended, zygote.ENDED.size)
                if len(told) < zygote.ENDED.size:
                    raise Died("its process ended")
                _read_all(result, answer, most)
                status: int = zygote.ENDED.unpack(told)[0]
                return status, bytes(answer)
            if result in shown and not _read_all(result, answer, most):
                poll.unregister(result)
        raise Overdue


def _read_all(result: int, answer: bytearray, most: int) -> bool:
    """Appends what is there to read; whether there may be more later. Raises TooMuch."""
    with suppress(BlockingIOError):
        while chunk := os.read(result, _READ_BYTES):
            answer += chunk
            if len(answer) > most:
                raise TooMuch
        return False
    return True
