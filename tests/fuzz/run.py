"""Lets atheris try a target for a while, from the seeds and from what earlier runs found interesting.

    .venv/bin/python tests/fuzz/run.py grade --minutes 10

It ends with an error on the first input that raises, takes longer than ten seconds, or needs more memory than it may;
that input is kept in build/fuzz/TARGET/found, and given as a file it is tried alone.
"""

import argparse
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 10
MOST_MEGABYTES = 1024
MOST_BYTES = 4096

with atheris.instrument_imports(include=["polylect"]):
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    from fuzz import targets
    from polylect.exercises.kinds import text

text.MOST_SECONDS = 0.02
"""A pattern that takes long is given up sooner than in earnest, so that more of them are tried."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("target", choices=targets.TARGETS)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("file", nargs="?", type=Path, help="an input that was found, to be tried alone")
    given = options.parse_args()
    if given.file is not None:
        targets.TARGETS[given.target](given.file.read_bytes())
        return
    corpus = _corpus(given.target)
    arguments = [
        sys.argv[0],
        f"-max_total_time={int(given.minutes * 60)}",
        f"-timeout={LONGEST_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-max_len={MOST_BYTES}",
        f"-dict={ROOT / 'tests' / 'fuzz' / 'words.txt'}",
        f"-artifact_prefix={corpus.parent / 'found'}/",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup(arguments, targets.TARGETS[given.target])
    atheris.Fuzz()


def _corpus(target: str) -> Path:
    """The folder of inputs to begin with; what is found on the way is added."""
    corpus = ROOT / "build" / "fuzz" / target / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus.parent / "found").mkdir(exist_ok=True)
    for number, seed in enumerate(targets.seeds(target)):
        (corpus / f"seed{number}").write_bytes(seed)
    return corpus


if __name__ == "__main__":
    main()
