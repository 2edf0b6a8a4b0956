"""What it costs to run an author's script in the sandbox, beside exec() of the same code in our own process.

    .venv/bin/python bench/sandbox.py [--runs 300] [--starts 5]

A sandboxed run and an exec() take turns, so that the ratio holds on a busy machine; CPU time counts both sides, the
zygote and its children too. Most of a run is the kernel making and ending a process. exec() locks nothing in; it shows
what the script itself costs.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from polylect_sandbox import python2_random
from polylect_sandbox.sandbox import Sandbox, why_not

SCRIPTS = {
    "two numbers": "a = random.randint(2, 9)\nb = random.randint(2, 9)\nz = a * b\n",
    "a shuffled table": """
import math
names = ['Amina', 'Bo', 'Chidi', 'Dana']
random.shuffle(names)
rows = [(name, random.randint(10, 99), round(random.uniform(0, 1), 3)) for name in names]
total = sum(row[1] for row in rows)
mean = math.sqrt(sum(row[2] ** 2 for row in rows) / len(rows))
text = ', '.join('%s: %d' % row[:2] for row in rows)
""",
    "a check function": """
def check(expect, answer):
    try:
        right = abs(float(answer) - float(expect)) < 0.01
    except ValueError:
        return {'ok': False, 'msg': 'A number, please.'}
    return {'ok': right, 'msg': '' if right else 'Try again.'}
result = check('3.5', '3.504')
""",
}


def main() -> None:
    arguments = _arguments()
    if reason := why_not():
        raise SystemExit(reason)
    print(f"first run, from nothing: {_first_run_ms(arguments.starts):.0f} ms (middle of {arguments.starts})")
    with Sandbox() as sandbox:
        sandbox.start()
        for name, code in SCRIPTS.items():
            _compare(sandbox, name, code, arguments.runs)
        print(f"{_cpu_ms(sandbox, arguments.runs):6.2f} ms of CPU a run")
        for threads in (1, 2):
            print(f"{_runs_a_second(sandbox, threads, arguments.runs):6.0f} runs a second, {threads} at once")
        print(f"{_pss_kb(sandbox.pids()[0]) / 1024:6.1f} MiB: the waiting zygote (PSS)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The sandbox beside exec().")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--starts", type=int, default=5)
    return parser.parse_args()


def _first_run_ms(starts: int) -> float:
    def once() -> None:
        with Sandbox() as sandbox:
            sandbox.run(SCRIPTS["two numbers"], 1)

    return statistics.median(_ms(once) for _ in range(starts))


def _compare(sandbox: Sandbox, name: str, code: str, runs: int) -> None:
    random.seed(1)
    own, bare = [], []
    for _ in range(runs):
        seed = random.randrange(1000)
        own.append(_ms(lambda seed=seed: sandbox.run(code, seed)))  # type: ignore[misc]
        bare.append(_ms(lambda seed=seed: _exec(code, seed)))  # type: ignore[misc]
    middle, slow, plain = statistics.median(own), statistics.quantiles(own, n=20)[-1], statistics.median(bare)
    print(f"{name:18} {middle:6.2f} ms, 19 of 20 below {slow:6.2f} ms; exec() {plain:5.3f} ms, {middle / plain:4.0f} x")


def _cpu_ms(sandbox: Sandbox, runs: int) -> float:
    begin = time.process_time() + _cpu_s(sandbox.pids()[0])
    for seed in range(runs):
        sandbox.run(SCRIPTS["two numbers"], seed)
    return (time.process_time() + _cpu_s(sandbox.pids()[0]) - begin) / runs * 1000


def _cpu_s(pid: int) -> float:
    """What a process and the children that it saw end have computed."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _exec(code: str, seed: int) -> None:
    exec(compile(code, "<script>", "exec"), {"random": python2_random.Random(seed)})


def _runs_a_second(sandbox: Sandbox, threads: int, runs: int) -> float:
    code = SCRIPTS["two numbers"]
    with ThreadPoolExecutor(threads) as pool:
        ms = _ms(lambda: list(pool.map(lambda seed: sandbox.run(code, seed), range(runs))))
    return runs / ms * 1000


def _ms(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
