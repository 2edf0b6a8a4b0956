"""How far our plain-text form is read as Open edX's own converter reads it.

    python bench/markdown_pairs.py ../shared/capa/markdown_olx.jsonl.gz [--show 20]

Reads a corpus of pairs (one JSON object a line, gzip): simple-editor markdown and the problem XML that was made of it.
A pair agrees when our XML is the same after folding white space; where the converter's is not well-formed, when ours
refuses the markdown and says where. Then the XML is written as plain text, and has to read back the same. The last
two lines are `written N of M` and `agree N of M`.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from polylect import exercises
from polylect.exercises import plaintext

Row = Mapping[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The pairs of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def agreement(pairs: Iterable[Row]) -> tuple[int, int, list[str]]:
    """How many pairs agree, how many there are, and a sentence for each that differs."""
    total, differences = 0, []
    for pair in pairs:
        total += 1
        difference = _difference(pair)
        if difference:
            differences.append(f"{pair['name']}: {difference}")
    return total - len(differences), total, differences


def written_back(pairs: Iterable[Row]) -> tuple[int, int, list[str]]:
    """How many problems are written as plain text that stands for the same, how many there are, and what differs."""
    total, differences = 0, []
    for pair in pairs:
        if pair["olx_wellformed"]:
            total += 1
            text, issues = plaintext.write(exercises.parse(pair["olx"])[0])
            if text is None:
                differences.append(f"{pair['name']}: {issues[0]}")
            elif plaintext.folded(plaintext.read(text, like_open_edx=True)[0]) != plaintext.folded(pair["olx"]):
                differences.append(f"{pair['name']}: reads back otherwise")
    return total - len(differences), total, differences


def _difference(pair: Row) -> str:
    xml, issues = plaintext.read(pair["markdown"], like_open_edx=True)
    if not pair["olx_wellformed"]:
        return "" if not xml and issues and all(issue.place.line for issue in issues) else "not refused"
    if not xml:
        return f"refused: {issues[0]}"
    ours, theirs = plaintext.folded(xml), plaintext.folded(pair["olx"])
    return "" if ours == theirs else f"ours is {ours}, theirs {theirs}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--show", type=int, default=20, metavar="N", help="how many differences to tell")
    given = parser.parse_args()
    pairs = list(rows(given.corpus))
    for word, measured in (("written", written_back(pairs)), ("agree", agreement(pairs))):
        same, total, differences = measured
        for difference in differences[: given.show]:
            print(difference)
        print(f"{word} {same} of {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
