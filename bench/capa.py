"""How far our exercises agree with what Open edX's own engine was seen to do, and how fast they are.

    python bench/capa.py ../shared/capa/cases.jsonl.gz [--kinds choice,string] [--show 20] [--told 20] [--no-speed]

The corpus (gzip, one JSON object a line) holds graded problems, rules of the block around them, or pairs of the plain
form and problem XML; its fields say which. Graded problems give the agreement of each kind, its speed as multiples of
lxml reading the same text, what differs by family, and what agrees that does not count. The last line is
`agree N of M`; of graded problems it counts submissions.
"""

import argparse
import importlib
from pathlib import Path

from capa_corpus import marks, scripted, speed
from capa_corpus.corpus import Row, form_of, kind_of, rows


def graded_problems(cases: list[Row], options: argparse.Namespace) -> tuple[int, int]:
    """Grades them, and prints the report."""
    sandbox = scripted.runner()
    if sandbox is None and any(case["needs_script"] for case in cases):
        print("no sandbox here: authors' scripts are not run, and those submissions are not graded")
    report = marks.measure(cases, sandbox, options.language)
    print_agreement(report)
    if not options.no_speed:
        print("\nspeed, as multiples of lxml.etree.fromstring")
        for line in speed.measure(cases, sandbox):
            print(" ", line)
    print_differences(report, options)
    return report.agreeing, report.submissions


def print_agreement(report: marks.Report) -> None:
    print("agreement in verdict, points, score and maximum, by submission")
    for kind in sorted({kind for kind, _ in report.by_kind}):
        same, other = report.by_kind[kind, True], report.by_kind[kind, False]
        print(f"  {kind:44} {same:6} of {same + other:6}  {same / (same + other):8.2%}")
    print("\nalso the same, not counted below")
    for what, same in report.told.items():
        print(f"  {what:52} {same[True]:6} of {same.total():6}")


def print_differences(report: marks.Report, options: argparse.Namespace) -> None:
    print(f"\ndifferences, by family: {report.differences.total()}")
    for (_, family, difference), count in report.differences.most_common():
        print(f"  {count:5} {family}: {difference}")
    for sample in [*report.samples[: options.show], *report.untold[: options.told]]:
        print("   ", sample)


def other_rows(form: str, found: list[Row]) -> tuple[int, int]:
    """Rules of the block, or the plain form: each has its own module beside this one."""
    agreeing, total, differences = importlib.import_module(form).agreement(found)
    for difference in differences:
        print(f"  {difference}")
    return agreeing, total


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("corpus", type=Path)
    options.add_argument("--kinds", default="", help="only problems of these kinds, such as choice,string")
    options.add_argument("--show", type=int, default=0, help="how many differing submissions to show")
    options.add_argument("--told", type=int, default=0, help="how many differences to show that do not count")
    options.add_argument("--language", default="", help="read numbers as this language writes them (else ASCII only)")
    options.add_argument("--no-speed", action="store_true", help="leave the time out")
    given = options.parse_args()
    found = rows(given.corpus)
    form = form_of(found[0]) if found else "cases"
    if form == "cases":
        kinds = set(filter(None, given.kinds.split(",")))
        agreeing, total = graded_problems(
            [case for case in found if not kinds or set(kind_of(case).split("+")) <= kinds], given
        )
    else:
        agreeing, total = other_rows(form, found)
    print(f"agree {agreeing} of {total}")


if __name__ == "__main__":
    main()
