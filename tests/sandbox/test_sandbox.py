"""The life of a sandbox: it starts by itself, survives its zygote, waits its turn, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from polylect.exercises.scripts import Runner, ScriptFailed
from polylect_sandbox import process, sandbox
from polylect_sandbox.limits import Limits
from polylect_sandbox.sandbox import NotRun, Sandbox

SOURCE = str(Path(__file__).parents[2] / "src")
X = "x = random.randint(1, 100)"


def is_alive(pid: int) -> bool:
    """Whether a process runs: one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    """Waits until something holds; whether it does."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def children(pid: int) -> list[int]:
    """The processes that this one forked."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def test_it_is_a_runner_and_starts_by_itself() -> None:
    with Sandbox() as own:
        runner: Runner = own
        assert own.pids() == ()
        assert runner.run(X, 1)["x"] == 14
        (zygote,) = own.pids()
        assert is_alive(zygote)
    assert own.pids() == ()
    assert not is_alive(zygote)


def test_after_closing_it_starts_anew() -> None:
    with Sandbox() as own:
        own.start()
        own.close()
        own.close()
        assert own.run(X, 1)["x"] == 14


def test_a_zygote_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_SITE", "rosebud")
    with socket.create_server(("127.0.0.1", 0)) as server, open(__file__, encoding="utf-8") as file, Sandbox() as own:
        os.set_inheritable(server.fileno(), True)
        os.set_inheritable(file.fileno(), True)
        own.start()
        (zygote,) = own.pids()
        if os.geteuid() != 0:
            pytest.skip("only root may look into a process that is locked")
        environment = Path(f"/proc/{zygote}/environ").read_bytes()
        assert b"rosebud" not in environment
        assert b"PYTHONHASHSEED=0" in environment
        opened = [os.readlink(entry) for entry in Path(f"/proc/{zygote}/fd").iterdir()]
        assert sorted(name.partition(":")[0] for name in opened) == ["/dev/null"] * 3 + ["socket"]
        status = Path(f"/proc/{zygote}/status").read_text("ascii")
        assert "Uid:\t65534\t65534\t65534\t65534\n" in status
        assert "CapEff:\t0000000000000000\n" in status
        assert "Threads:\t1\n" in status


def test_a_site_with_many_open_files_can_start_one() -> None:
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(400)]
    try:
        with Sandbox() as own:
            assert own.run(X, 1)["x"] == 14
    finally:
        for descriptor in opened:
            os.close(descriptor)


def test_a_zygote_that_died_is_replaced() -> None:
    with Sandbox() as own:
        own.start()
        (first,) = own.pids()
        os.kill(first, signal.SIGKILL)
        assert until(lambda: not is_alive(first))
        assert own.run(X, 1)["x"] == 14
        assert own.pids() != (first,)


def test_a_zygote_that_dies_under_a_run_takes_the_child_along_and_the_run_begins_again() -> None:
    with Sandbox() as own, ThreadPoolExecutor(1) as pool:
        own.start()
        (first,) = own.pids()
        run = pool.submit(own.run, f"import time\ntime.sleep(1)\n{X}", 1)
        assert until(lambda: len(children(first)) == 1)
        (child,) = children(first)
        os.kill(first, signal.SIGKILL)
        assert run.result()["x"] == 14
        assert until(lambda: not is_alive(child))


def test_a_zygote_that_does_not_answer_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_SLACK_S", 0.5)
    with Sandbox(Limits(wall_s=0.5)) as own:
        own.start()
        (first,) = own.pids()
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(NotRun, match="did not answer in time"):
            own.run(X, 1)
        assert until(lambda: not is_alive(first))
        assert own.run(X, 1)["x"] == 14


def test_a_child_that_nobody_waits_for_is_ended() -> None:
    with Sandbox(Limits(result_bytes=1024)) as own:
        own.start()
        with pytest.raises(ScriptFailed, match="it answers more than it may"):
            own.run("os.write(3, b'x' * 60000)\nimport time\ntime.sleep(60)", 1)
        (zygote,) = own.pids()
        assert until(lambda: children(zygote) == [], 2)


def test_a_zygote_ends_with_the_process_that_started_it() -> None:
    program = f"""
import sys, os
sys.path.insert(0, {SOURCE!r})
from polylect_sandbox.sandbox import Sandbox
own = Sandbox()
own.start()
print(own.pids()[0], flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    zygote = int(done.stdout)
    assert until(lambda: not is_alive(zygote))


def test_a_zygote_ends_though_a_forked_process_keeps_its_socket() -> None:
    program = f"""
import sys, os, time
sys.path.insert(0, {SOURCE!r})
from polylect_sandbox import process
from polylect_sandbox.sandbox import Sandbox
own = Sandbox()
own.start()
kept = os.dup(next(iter(own._zygotes.values()))._control.fileno())
child = os.fork()
if child == 0:
    time.sleep(30)
print(own.pids()[0], child, flush=True)
os.kill(os.getpid(), 9)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        zygote, child = map(int, running.stdout.readline().split())
        try:
            assert until(lambda: not is_alive(zygote), 15)
            assert is_alive(child)
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_forked_process_gets_a_zygote_of_its_own() -> None:
    with Sandbox() as own:
        own.start()
        (ours,) = own.pids()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                before = own.pids()
                value = own.run(X, 1)["x"]
                theirs = own.pids()
                own.close()
                os.write(writing, json.dumps([list(before), value, list(theirs)]).encode())
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        before, value, theirs = json.loads(os.read(reading, 1000))
        os.close(reading)
        os.close(writing)
        assert (before, value) == ([], 14)
        assert theirs != [ours]
        assert own.pids() == (ours,)
        assert own.run(X, 1)["x"] == 14


def test_several_threads_may_ask_at_once(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda seed: sandbox.run("x = seed", seed)["x"], range(100)))
    assert values == list(range(100))


def test_no_more_run_at_once_than_allowed_and_others_wait_for_a_while_only() -> None:
    with Sandbox(most_children=1, longest_wait_s=0.2) as own, ThreadPoolExecutor(1) as pool:
        own.start()
        slow = pool.submit(own.run, "import time\ntime.sleep(1.5)\nx = 1", 1)
        assert until(lambda: len(children(own.pids()[0])) == 1)
        with pytest.raises(NotRun, match="the machine is busy"):
            own.run(X, 1)
        assert slow.result()["x"] == 1
        assert own.run(X, 1)["x"] == 14


def test_a_limit_of_one_run_frees_its_place() -> None:
    with Sandbox(Limits(wall_s=0.3), most_children=1, longest_wait_s=5) as own:
        for _ in range(3):
            with pytest.raises(ScriptFailed, match=r"it takes more than 0\.3 seconds"):
                own.run("import time\ntime.sleep(9)", 1)
        assert own.run(X, 1)["x"] == 14


def test_runs_leave_no_open_file_behind(sandbox: Sandbox) -> None:
    sandbox.run(X, 1)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        sandbox.run(X, 1)
        with pytest.raises(ScriptFailed):
            sandbox.run("1/0", 1)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
    assert children(sandbox.pids()[0]) == []


def test_a_sandbox_that_is_forgotten_ends_its_zygote() -> None:
    own = Sandbox()
    own.start()
    (zygote,) = own.pids()
    del own
    assert until(lambda: not is_alive(zygote))


def test_where_it_cannot_lock_in_it_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox.sys, "platform", "darwin")
    assert not sandbox.available()
    with Sandbox() as own, pytest.raises(NotRun, match="only on Linux"):
        own.run(X, 1)
    monkeypatch.undo()
    monkeypatch.setattr(sandbox.filters, "MACHINES", {"vax": None})
    assert sandbox.why_not().startswith("scripts run only on vax, not on ")
    monkeypatch.undo()
    assert sandbox.available()


def test_a_zygote_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PROGRAM", "raise SystemExit")
    with Sandbox() as own, pytest.raises(NotRun, match="does not start: its process ended"):
        own.run(X, 1)


def test_a_jail_that_does_not_hold_is_noticed_before_any_script(monkeypatch: pytest.MonkeyPatch) -> None:
    open_jail = """
import sys
sys.path.insert(0, sys.argv[1])
from polylect_sandbox import jail, zygote
jail.Jail.filter = lambda self: None
zygote.main(int(sys.argv[2]), sys.argv[3])
"""
    monkeypatch.setattr(process, "_PROGRAM", open_jail)
    with Sandbox() as own, pytest.raises(NotRun, match="the jail does not hold on this machine"):
        own.run(X, 1)


def test_a_child_that_cannot_lock_itself_in_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = """
import sys
sys.path.insert(0, sys.argv[1])
from polylect_sandbox import jail, zygote
def close(self):
    raise OSError
jail.Jail.close = close
zygote.main(int(sys.argv[2]), sys.argv[3])
"""
    monkeypatch.setattr(process, "_PROGRAM", broken)
    with Sandbox() as own, pytest.raises(NotRun, match="could not be locked in"):
        own.run(X, 1)


def test_zygotes_may_die_at_any_time(sandbox: Sandbox) -> None:
    sandbox.close()  # those of other tests: one that nobody needs again is not replaced
    sandbox.start()
    stop = threading.Event()
    zygotes = set(sandbox.pids())

    def disturb() -> None:
        while not stop.wait(0.2):
            for pid in sandbox.pids():
                os.kill(pid, signal.SIGKILL)

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        values = []
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            try:
                values.append(sandbox.run("x = seed", len(values))["x"] == len(values))
            except NotRun:  # two in one run: told so, and another time it runs
                values.append(True)
    finally:
        stop.set()
        disturbing.join()
    assert all(values)
    assert sandbox.run(X, 1)["x"] == 14
    assert not zygotes & set(sandbox.pids())
