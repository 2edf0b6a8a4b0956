"""What it costs to find the terms of a glossary in a sentence, and to check a translation against it.

    python bench/glossary.py [TERMS]

Processor time in milliseconds, in the best of several rounds. The terms are those of the example course, and made-up
ones up to that number (500).
"""

import sys
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path

from timing import fastest

from polylect.messages import glossary, terms
from polylect.messages.terms import Form, Term

EXAMPLE = Path(__file__).resolve().parents[1] / "examples/partnership-building/glossary.csv"
SOURCE = (
    "Each side puts something in, each side gets something out, and their goals overlap: that is a"
    " <1>partnership</1> of volunteers, and neither a donation nor one-sided support."
)
TARGET = (
    "Chaque partie apporte quelque chose, chaque partie en retire quelque chose, et leurs objectifs se recoupent :"
    " c’est un <1>partenariat</1> de bénévoles, et non un don ni un soutien à sens unique."
)
WORDS = ("partner", "goal", "skill", "letter", "museum", "river", "school", "garden", "house", "bridge", "stone")
ROUNDS = 10


def main(count: int) -> None:
    table, _ = glossary.read(EXAMPLE.read_bytes(), "en")
    assert table is not None
    made_up = (Term(" ".join(words), "en", forms=(Form("mot", language="fr"),)) for words in product(WORDS, repeat=3))
    many = (*table.terms, *islice(made_up, count - len(table.terms)))
    cases: dict[str, Callable[[], object]] = {
        "find": lambda: terms.find(SOURCE, many, "en"),
        "check": lambda: terms.check(SOURCE, TARGET, many, "en", "fr"),
        "find, after a change of the glossary": lambda: terms.find(SOURCE, (*many,), "en"),
    }
    print(f"{len(many)} terms, {len(terms.find(SOURCE, many, 'en'))} of them in the sentence")
    for name, seconds in fastest(cases, ROUNDS, 0.1).items():
        print(f"{name:40}{seconds * 1000:8.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
