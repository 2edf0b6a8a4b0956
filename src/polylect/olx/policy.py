"""What lies in `policies/`: attributes that override those in the files, the tabs, and how scores become a grade."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from polylect.course.tree import Category, Grading
from polylect.issues import Severity, declare
from polylect.olx.export import Export

UNUSED = declare("olx-policy-unused", Severity.NOTE, "The policy speaks of “{key}”, which the course does not have.")
NO_GRADING = declare(
    "olx-no-grading", Severity.NOTE, "There is no grading policy; expected {expected}. Scores count for nothing."
)
BAD_GRADING = declare("olx-grading", Severity.WARNING, "{name} is “{found}”; expected {expected}.")
SHARES = declare("olx-shares", Severity.WARNING, "The categories' weights make {found} together; expected 1.")
CATEGORY_TWICE = declare(
    "olx-category-twice", Severity.WARNING, "The category “{name}” is there twice; the first counts."
)

MAX_CATEGORIES = 100

_BOOKKEEPING = frozenset({"xml_attributes", "tabs"})


@dataclass(frozen=True)
class Policies:
    """Overriding attributes by `TAG/URL_NAME`, as text. `course` is the course's own entry, as the file has it."""

    file: str = ""
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    course: Mapping[str, Any] = field(default_factory=dict)


def read(export: Export, run: str) -> Policies:
    """The policy of this run, empty where there is none."""
    file = next((path for path in (f"policies/{run}/policy.json", f"policies/{run}.json") if path in export), "")
    if not file:
        return Policies()
    policy = export.json(file, dict, "an object with an entry for each block")
    attributes = {
        key: {name: _as_attribute(value) for name, value in entry.items() if name not in _BOOKKEEPING}
        for key, entry in policy.items()
        if isinstance(entry, dict)
    }
    course = policy.get(f"course/{run}")
    return Policies(file, attributes, course if isinstance(course, dict) else {})


def report_unused(export: Export, policies: Policies, used: Iterable[str]) -> None:
    """Reports the entries about blocks that nobody met."""
    unused = sorted(policies.attributes.keys() - set(used))
    lines = export.key_lines(policies.file) if unused else {}
    for key in unused:
        export.report(UNUSED, policies.file, lines.get(key, 0), key=key)


def grading(export: Export, run: str) -> Grading:
    """The grading policy of this run; an empty one, with an issue, where there is none."""
    files = (f"policies/{run}/grading_policy.json", "grading_policy.json")
    file = next((path for path in files if path in export), "")
    if not file:
        export.report(NO_GRADING, "", expected=export.place(files[0] if run else files[1]))
        return Grading()
    policy = export.json(file, dict, "an object with GRADER and GRADE_CUTOFFS")
    return Grading(_categories(export, file, policy.get("GRADER")), _cutoffs(export, file, policy.get("GRADE_CUTOFFS")))


def _as_attribute(value: object) -> str:
    """A value of the policy as the attribute it stands for."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _categories(export: Export, file: str, graders: object) -> tuple[Category, ...]:
    categories: dict[str, Category] = {}
    names: set[str] = set()
    entries = _of_kind(export, file, "GRADER", graders, list, "a list")
    if len(entries) > MAX_CATEGORIES:
        export.report(
            BAD_GRADING, file, name="GRADER", found=len(entries), expected=f"at most {MAX_CATEGORIES} entries"
        )
    for entry in entries[:MAX_CATEGORIES]:
        name = str(entry.get("type") or "").strip() if isinstance(entry, dict) else ""
        if not name:
            export.report(BAD_GRADING, file, name="GRADER", found=str(entry)[:60], expected="an entry with a type")
        elif name in names:
            export.report(CATEGORY_TWICE, file, name=name)
        else:
            names.add(name)
            code = _code(name, categories)
            categories[code] = _category(export, file, code, name, entry)
    total = round(sum(category.share for category in categories.values()), 6)
    if categories and total != 1:
        export.report(SHARES, file, found=f"{total:g}")
    return tuple(categories.values())


def _code(name: str, known: Mapping[str, Category]) -> str:
    """A code for a category, made of its name."""
    code = slug = re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "category"
    for number in count(2):
        if code not in known:
            break
        code = f"{slug}-{number}"
    return code


def _category(export: Export, file: str, code: str, name: str, entry: Mapping[str, Any]) -> Category:
    return Category(
        code=code,
        name=name,
        share=_number(export, file, f"{name}: weight", entry.get("weight"), 0, 1),
        short_name=str(entry.get("short_label") or ""),
        least_count=int(_number(export, file, f"{name}: min_count", entry.get("min_count", 1), 0, 1000)),
        dropped=int(_number(export, file, f"{name}: drop_count", entry.get("drop_count", 0), 0, 1000)),
    )


def _cutoffs(export: Export, file: str, cutoffs: object) -> tuple[tuple[str, float], ...]:
    found = _of_kind(export, file, "GRADE_CUTOFFS", cutoffs, dict, "an object").items()
    shares = [(str(name), _number(export, file, f"GRADE_CUTOFFS: {name}", share, 0, 1)) for name, share in found]
    return tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0])))


def _of_kind(export: Export, file: str, name: str, value: object, kind: type, expected: str) -> Any:
    """The value if it is of this kind; else an empty one, with an issue unless it is absent."""
    if isinstance(value, kind):
        return value
    if value is not None:
        export.report(BAD_GRADING, file, name=name, found=str(value)[:60], expected=expected)
    return kind()


def _number(export: Export, file: str, name: str, value: object, least: float, most: float) -> float:
    """The number, also where it was written as text; with an issue, the least where it is none."""
    try:
        number = float(value) if isinstance(value, int | float | str) else float("nan")
    except (ValueError, OverflowError):
        number = float("nan")
    if least <= number <= most:
        return number
    export.report(BAD_GRADING, file, name=name, found=str(value)[:60], expected=f"a number from {least:g} to {most:g}")
    return least
