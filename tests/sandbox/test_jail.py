"""Each fence holds without the other, tried in a process of its own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SOURCE = str(Path(__file__).parents[2] / "src")
TRY = """
import os, socket, sys
sys.path.insert(0, sys.argv[1])
from polylect_sandbox import jail
from polylect_sandbox.limits import Limits
jail.drop_root()
walls = jail.Jail(Limits())
os.dup2(1, 3)
{close}
kept = []
for name, attempt in (
    ("open", lambda: os.open("/etc/passwd", os.O_RDONLY)),
    ("socket", socket.socket),
    ("fork", lambda: os.fork() or os._exit(0)),
    ("pipe", os.pipe),
    ("memory file", lambda: os.memfd_create("x")),
    ("kill", lambda: os.kill(os.getppid(), 0)),
    ("unlink", lambda: os.unlink("/nothing")),
):
    try:
        attempt()
        kept.append(name)
    except FileNotFoundError:
        kept.append(name)
    except OSError:
        pass
os.write(3, ",".join(kept).encode())
os._exit(0)
"""


def kept(close: str) -> set[str]:
    """What a process can still do after this."""
    program = TRY.replace("{close}", textwrap.dedent(close))
    done = subprocess.run([sys.executable, "-c", program, SOURCE], capture_output=True, timeout=30, check=True)
    return set(done.stdout.decode().split(",")) - {""}


def test_without_a_fence_all_is_possible() -> None:
    assert {"open", "socket", "fork", "pipe", "memory file", "unlink"} <= kept("")


def test_the_filter_alone_leaves_nothing() -> None:
    assert kept("walls.filter()") == set()


def test_the_limits_alone_leave_no_file_no_socket_and_no_process() -> None:
    assert kept("walls.limit()") <= {"kill", "unlink"}


def test_both_together_leave_nothing() -> None:
    assert kept("walls.close()") == set()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_root_becomes_nobody() -> None:
    program = f"""
import os, sys
sys.path.insert(0, {SOURCE!r})
from polylect_sandbox import jail
jail.drop_root()
print(os.getresuid(), os.getresgid(), os.getgroups())
try:
    os.setuid(0)
except PermissionError:
    print("for good")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)
    nobody = "(65534, 65534, 65534)"
    assert done.stdout == f"{nobody} {nobody} []\nfor good\n"


def test_a_child_whose_zygote_is_gone_ends() -> None:
    program = f"""
import os, sys, time
sys.path.insert(0, {SOURCE!r})
from polylect_sandbox import jail
from polylect_sandbox.limits import Limits
walls = jail.Jail(Limits())
if os.fork() == 0:
    walls.die_with_parent(1 if sys.argv[1] == "late" else os.getppid())
    time.sleep(30)
    os._exit(0)
time.sleep(0.5)
"""
    for when in ("late", "early"):
        # the output stays open as long as the child lives
        done = subprocess.run([sys.executable, "-c", program, when], capture_output=True, timeout=20, check=True)
        assert done.returncode == 0
