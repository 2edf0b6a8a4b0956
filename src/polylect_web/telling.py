"""How a command says what it found: issues for eyes, file by file, or JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from polylect.issues import Issue, Severity

_MARKS = {
    Severity.ERROR: ("error", "bold red"),
    Severity.WARNING: ("warning", "yellow"),
    Severity.NOTE: ("note", "dim"),
}
_MOST_NAMED = 6
"""How many places are named of an issue that many have; with --json, all are."""
_MOST_OF_A_KIND = 20
"""How many warnings or notes of one kind are told of one file; with --json, all are. Errors always are."""


def print_issues(issues: Sequence[Issue], *, stderr: bool = False) -> None:
    """The issues file by file, in the order of their lines, the worst marked so that they can be found at a
    glance. What is said of several places is said once."""
    out = console(stderr=stderr)
    for heading, of_file in groupby(sorted(issues, key=_order), key=_heading):
        out.print(escape(heading), style="bold")
        told, left = _told_of(_alike(of_file))
        for same in told:
            word, style = _MARKS[same[0].severity]
            lines, blocks = _lines(same), _blocks(same)
            text = f"[{style}]{word}[/] {lines}{escape(same[0].sentence)}{escape(blocks)} [dim]{same[0].code}[/]"
            out.print(Padding(text, (0, 0, 0, 2)) if out.is_terminal else f"  {text}")
        for code, count in left.items():
            out.print(f"  and {count} more of the kind {code}, which --json lists")


def summary(issues: Sequence[Issue]) -> str:
    """How many issues of each severity there are, in words."""
    if not issues:
        return "Nothing is wrong."
    counts = {severity: sum(issue.severity is severity for issue in issues) for severity in Severity}
    return ", ".join(f"{n} {s.value}{'' if n == 1 else 's'}" for s, n in counts.items() if n) + "."


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))  # noqa: T201  this is what the program that asked reads


def console(*, stderr: bool = False) -> Console:
    """Lines are wrapped for eyes, and left whole for what reads from a pipe."""
    found = Console(stderr=stderr, highlight=False)
    found.soft_wrap = not found.is_terminal
    return found


def _order(issue: Issue) -> tuple[bool, str, int, str, str]:
    """What pages show comes after the files that it was read from."""
    place = issue.place
    return bool(place.block) and not place.file, place.file, place.line, place.block, issue.code


def _heading(issue: Issue) -> str:
    return issue.place.file or ("What pages show" if issue.place.block else "The whole")


def _told_of(alike: Sequence[list[Issue]]) -> tuple[list[list[Issue]], Counter[str]]:
    """Which of a file's issues are told, and how many are left of each kind."""
    told: list[list[Issue]] = []
    found, left = Counter[str](), Counter[str]()
    for same in alike:
        code = same[0].code
        found[code] += 1
        if found[code] > _MOST_OF_A_KIND and same[0].severity is not Severity.ERROR:
            left[code] += 1
        else:
            told.append(same)
    return told, left


def _alike(issues: Iterable[Issue]) -> list[list[Issue]]:
    """Issues that say the same of several places, together, where the first of them stands."""
    together: dict[str, list[Issue]] = {}
    for issue in issues:
        together.setdefault(f"{issue.code} {issue.sentence}", []).append(issue)
    return list(together.values())


def _lines(same: Sequence[Issue]) -> str:
    """Where they stand, before the sentence."""
    found = list(dict.fromkeys(str(issue.place.line) for issue in same if issue.place.line))
    return f"line{'s' if len(found) > 1 else ''} {_named(found)}: " if found else ""


def _blocks(same: Sequence[Issue]) -> str:
    """The blocks they are about, behind the sentence, where no line says it."""
    found = list(dict.fromkeys(issue.place.block for issue in same if issue.place.block and not issue.place.line))
    return f" ({_named(found)})" if found else ""


def _named(places: Sequence[str]) -> str:
    left = len(places) - _MOST_NAMED
    return ", ".join(places[:_MOST_NAMED]) + (f" and {left} more" if left > 0 else "")
