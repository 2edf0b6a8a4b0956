"""Measures the workbench on a course of thirteen hours beside one of a single lesson, in one run.

    .venv/bin/python bench/workbench.py

It starts a site of its own in a folder that goes afterwards. The pages of both courses are asked for in turns, and what
counts is the ratio: what a page of a lesson costs must not grow with the course around it. Processor time is the
server's; weight is what comes over the wire, without and with what a first visit fetches besides.
"""

import argparse
import json
import re
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from make_translated import LESSONS, LONG, PASSWORD, SHORT
from page_weight import fetched
from process_tree import cpu_ms
from running_site import RunningSite
from visitor import Visitor

BENCH = Path(__file__).parent
ROUNDS = 3
_LINE = re.compile(r'data-line="(?P<uuid>[0-9a-f-]{36})"')
_HIDDEN = re.compile(r'name="(?P<name>source|seen)" value="(?P<value>[^"]*)"')


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=4, help="for each page")
    seconds: float = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="polylect-bench-") as folder:
        site = RunningSite(Path(folder))
        try:
            site.start()
            _publishing(json.loads(site.script(BENCH / "make_translated.py").splitlines()[-1]))
            _weights(site)
            _costs(site, seconds)
        finally:
            site.stop()


def _publishing(took: dict[str, float]) -> None:
    print(f"The long course has {took.pop('texts'):,.0f} texts.")
    for what, seconds in took.items():
        print(f"  {what:<56} {seconds:6.1f} s")


def _weights(site: RunningSite) -> None:
    print(f"\n{'kB on the wire':<40} {'page':>8} {'first visit':>12} {'requests':>9}")
    visitor = site.visitor()
    for what, path in _pages(LONG).items():
        parts = fetched(visitor, path)
        print(f"  {what:<38} {parts[0].size_bytes / 1000:8.1f} {_kb(parts):12.1f} {len(parts):9}")


def _kb(parts: list) -> float:
    return sum(part.size_bytes for part in parts if not part.is_media) / 1000


def _costs(site: RunningSite, seconds: float) -> None:
    """Server ms of each page in the short course and in the long one, in turns."""
    visitor = site.visitor()
    visitor.sign_in("translator0", PASSWORD)
    operations: dict[tuple[str, str], Callable[[], object]] = {}
    for length, key in (("1 lesson", SHORT), (f"{LESSONS} lessons", LONG)):
        for what, path in _pages(key).items():
            operations[what, length] = lambda path=path: visitor.get(path)
        operations["save a text", length] = _saver(visitor, key)
        operations["look at a draft", length] = _checker(visitor, key)
        operations["a learner opens the lesson", length] = lambda key=key: visitor.get(f"/fr/courses/{key}/lesson-0/")
    found = dict.fromkeys(operations, float("inf"))
    for _ in range(ROUNDS):
        for key, operation in operations.items():
            found[key] = min(found[key], _measured(site, operation, seconds / ROUNDS))
    print(f"\n{'ms of processor time':<40} {'1 lesson':>9} {f'{LESSONS} lessons':>11} {'ratio':>7}")
    for what in dict.fromkeys(what for what, _ in operations):
        short, long = found[what, "1 lesson"], found[what, f"{LESSONS} lessons"]
        print(f"  {what:<38} {short:9.1f} {long:11.1f} {long / short:7.2f}")


def _pages(key: object) -> dict[str, str]:
    base = f"/en/translate/fr/{key}/"
    return {
        "lessons by languages": f"/en/translate/{key}/",
        "the course in a language": base,
        "a lesson's list": f"{base}lesson-0/",
        "its page of what is to be done": f"{base}lesson-0/?show=to-do",
    }


def _saver(visitor: Visitor, key: object) -> Callable[[], object]:
    """Saves the first text of the lesson again and again, each time with other words."""
    path, numbers = _line(visitor, key), count()

    def save() -> None:
        seen = dict(_HIDDEN.findall(visitor.get(path, X_Fragment="parts").text))
        text = f"Un texte que l’on change {next(numbers)}"
        checked = visitor.post(f"{path}check/", {"text": text}, X_Fragment="parts").text
        heeded = re.search(r'name="heeded" value="([^"]*)"', checked)
        form = {"text": text, "act": "save", "heeded": heeded[1] if heeded else "", **seen}
        answer = visitor.post(path, form, X_Fragment="parts").text
        if "Saved." not in answer:
            raise RuntimeError(answer[:500])

    return save


def _checker(visitor: Visitor, key: object) -> Callable[[], object]:
    path = _line(visitor, key)
    return lambda: visitor.post(f"{path}check/", {"text": "Leçon numéro zéro."}, X_Fragment="parts")


def _line(visitor: Visitor, key: object) -> str:
    base = f"/en/translate/fr/{key}/lesson-0/"
    found = _LINE.search(visitor.get(base).text)
    if found is None:
        raise RuntimeError(f"{base} lists no text")
    return f"{base}{found['uuid']}/"


def _measured(site: RunningSite, operation: Callable[[], object], seconds: float) -> float:
    """Server ms of one call."""
    operation()
    before, begin, calls = cpu_ms(site.pid), time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        operation()
        calls += 1
    return (cpu_ms(site.pid) - before) / calls


if __name__ == "__main__":
    main()
