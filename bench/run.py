"""Measures what the site's budgets are about, and prints each goal beside what was measured.

    make bench                                        all of it, in about two minutes
    .venv/bin/python bench/run.py --seconds 3         quicker and less exact

It starts a site of its own, on a free port and in a folder that goes afterwards, with the example course, and with
two exports of Open edX where they lie beside the repository. Processor time is the server's, over all its processes,
as Linux counts it: other work on the machine disturbs that least, though a busy machine still makes it larger, so it
is also given as a multiple of the least that a page costs here (the health check: everything around a page, and one
query), measured in turns with the rest.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from argon2.low_level import Type, hash_secret
from page_weight import fetched
from process_tree import cpu_ms, usage
from running_site import RunningSite
from visitor import Visitor

BENCH = Path(__file__).parent
EXPORTS = [BENCH.parents[1] / "shared" / "courses" / f"{name}.tar.gz" for name in ("demo-course", "kitchen-sink")]

EXAMPLE = "courses/Polylect+PARTNERS+2026"
LESSON = f"/en/{EXAMPLE}/four-conditions/"
ANSWERS = "/en/courses/Polylect+MEASURE+1/answers/"
VIEWED = ("Polylect+PARTNERS+2026", "OpenedX+DemoX+DemoCourse", "Microsoft+KS101+course")

CLIENTS = (1, 8)
VIEWS = 1000
SIGN_INS = 6
STARTS = 3
PASSWORD = "learnerpass"
"""Of the learners that bench/make_learners.py makes: learner0, learner1 …"""
ROUNDS = 3
"""How often each operation is measured, in turns with the others; the best counts."""

Operation = Callable[[Visitor], None]


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    what: str
    goal: float | None
    found: float
    unit: str
    remark: str = ""

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{self.goal:g}"
        mark = "" if self.goal is None else "ok" if self.found <= self.goal else "OVER"
        return f"{self.what:<46} {goal:>6} {self.found:>8.1f} {self.unit:<4} {mark:<5} {self.remark}".rstrip()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=6, help="for each operation, and number of clients")
    seconds: float = parser.parse_args().seconds
    print(f"{'':<46} {'goal':>6} {'found':>8}")
    with tempfile.TemporaryDirectory(prefix="polylect-bench-") as folder:
        site = RunningSite(Path(folder))
        try:
            for part in (_starts, _weight, _memory):
                for line in part(site):
                    print(line, flush=True)
            for line in _operations(site, seconds):
                print(line, flush=True)
        finally:
            site.stop()


def _starts(site: RunningSite) -> Iterator[Line]:
    """The first start makes everything; then the courses and people for the rest are brought in."""
    yield Line("first start to a good lesson page", None, site.start(LESSON), "s", "makes database, example, files")
    for export in EXPORTS:
        if export.exists():
            site.command("import", export)
    site.script(BENCH / "make_learners.py")
    waited, worked = [], []
    for _ in range(STARTS):
        site.stop()
        waited.append(site.start(LESSON))
        worked.append(cpu_ms(site.pid) / 1000)
    yield Line("start to a good lesson page", None, min(waited), "s", f"{min(worked):.1f} s of processor time")
    now = usage(site.pid)
    yield Line("memory after it (PSS)", None, now.memory_bytes / 1e6, "MB", f"{now.processes} processes")


def _weight(site: RunningSite) -> Iterator[Line]:
    """The first view of the lesson with the video: what chromium fetches, but for the video and its captions."""
    for encoding in ("br, gzip", "gzip"):
        parts = fetched(site.visitor(), LESSON)
        sizes = {part.address: part.size_bytes for part in parts if not part.is_media}
        for address in sizes:
            sizes[address] = len(site.visitor(accept_encoding=encoding).get(address).body)
        yield Line(f"first lesson view ({encoding})", 60, sum(sizes.values()) / 1000, "kB", "without the poster")
    yield Line("its requests", 10, len(parts), "", "with the poster")
    yield Line("of these, drawing waits for", 1, sum(part.is_blocking for part in parts), "")


def _memory(site: RunningSite) -> Iterator[Line]:
    """Eight learners sign in at once, six times over, then look at every unit of three courses in four languages."""
    with _learners(site, 8) as learners:
        for _ in range(SIGN_INS):
            _at_once(learners, _sign_in)
        paths = [
            f"/{language}/courses/{course}/{unit}/"
            for course in VIEWED
            for unit in _units(learners[0], course)
            for language in ("en", "fr", "es", "ar")
        ]
        numbers = count()

        def view(learner: Visitor) -> None:
            while (number := next(numbers)) < VIEWS:
                learner.get(paths[number % len(paths)])

        _at_once(learners, view)
    now = usage(site.pid)
    remark = f"{len(paths)} pages of {len({path.split('/')[3] for path in paths})} courses"
    yield Line(f"memory after {VIEWS:,} views (PSS)", 200, now.memory_bytes / 1e6, "MB", remark)


def _units(learner: Visitor, course: str) -> list[str]:
    """The codes of a course's units, as its about page links them; none where the course is not here."""
    head = f'href="/en/courses/{course}/'
    if head not in learner.get("/en/courses/").text:
        return []
    page = learner.get(f"/en/courses/{course}/").text
    codes = [piece.partition('/"')[0] for piece in page.split(head)[1:]]
    return [code for code in dict.fromkeys(codes) if code and "/" not in code and '"' not in code]


def _operations(site: RunningSite, seconds: float) -> Iterator[Line]:
    """The server's processor time for each operation, in turns."""
    remark = "20 to 25 ms where the goals were set"
    yield Line("this machine, now: one password hash", None, _hash_ms(), "ms", remark)
    operations: list[tuple[str, float | None, Operation]] = [
        ("the least a page costs (health check)", None, _health),
        ("open the lesson with the video", 4, _open),
        ("open a page of exercises", 4, _open_exercises),
        ("answer: graded, stored for good", 5, _submit),
        ("sign in", 35, _sign_in),
    ]
    for clients in CLIENTS:
        with _learners(site, clients) as learners:
            found: dict[str, list[float]] = {what: [] for what, _, _ in operations}
            rates: dict[str, list[float]] = {what: [] for what, _, _ in operations}
            for what, _, operation in operations * ROUNDS:
                cpu, rate = _measured(site, learners, operation, seconds / ROUNDS)
                found[what].append(cpu)
                rates[what].append(rate)
        least = min(found[operations[0][0]])
        for what, goal, _ in operations:
            cpu = min(found[what])  # other work on the machine can only add to it
            remark = f"{cpu / least:.1f} x the least, {max(rates[what]):.0f}/s"
            yield Line(f"{what}, {clients} at once", goal, cpu, "ms", remark)


def _hash_ms() -> float:
    """The processor time of what a sign-in hashes: how fast this machine is at the moment, without the site."""
    found = []
    for _ in range(10):
        before = time.process_time()
        hash_secret(b"password", b"salt and salt", 2, 19 * 1024, 1, 32, Type.ID)
        found.append((time.process_time() - before) * 1000)
    return min(found)


def _measured(site: RunningSite, learners: list[Visitor], operation: Operation, seconds: float) -> tuple[float, float]:
    """Processor time of the server for one operation, in ms, and operations in a second."""
    done = count()

    def work(learner: Visitor) -> None:
        while time.perf_counter() < until:
            operation(learner)
            next(done)

    until = time.perf_counter() + seconds / 5
    _at_once(learners, work)  # to warm up
    before, begin, first = cpu_ms(site.pid), time.perf_counter(), next(done) + 1
    until = begin + seconds
    _at_once(learners, work)
    number = next(done) - first
    return (cpu_ms(site.pid) - before) / number, number / (time.perf_counter() - begin)


def _health(visitor: Visitor) -> None:
    cookies, visitor.cookies = visitor.cookies, {}
    visitor.get("/healthz")
    visitor.cookies = cookies


def _open(visitor: Visitor) -> None:
    visitor.get(LESSON)


def _open_exercises(visitor: Visitor) -> None:
    visitor.get(f"/en/{EXAMPLE}/read-the-case/")


def _submit(visitor: Visitor) -> None:
    visitor.post(f"{ANSWERS}answer/choose/", {"act": "answer", "hints": "0", "q1": "c2"}, X_Fragment="exercise")


def _sign_in(visitor: Visitor) -> None:
    visitor.forget()
    visitor.sign_in(visitor.username, PASSWORD)


@contextmanager
def _learners(site: RunningSite, number: int) -> Iterator[list[Visitor]]:
    """So many different learners, signed in."""
    learners = [site.visitor() for _ in range(number)]
    for place, learner in enumerate(learners):
        learner.sign_in(f"learner{place}", PASSWORD)
    try:
        yield learners
    finally:
        for learner in learners:
            learner.close()


def _at_once(learners: list[Visitor], do: Operation) -> None:
    """Has all of them do it at the same time; raises the first error that any of them ran into."""
    with ThreadPoolExecutor(len(learners)) as pool:
        list(pool.map(do, learners))


if __name__ == "__main__":
    main()
