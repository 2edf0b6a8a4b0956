"""Cases in text files: a line of `=====` and a title, then sections that begin with `--- NAME`."""

import re
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

FOLDER = Path(__file__).parents[2] / "cases" / "captions"

_VISIBLE = str.maketrans({"␀": "\0", "␍": "\r", "␉": "\t", "␌": "\f", "␠": " ", "⍽": "\u00a0", "␂": "\ufeff"})


class Case:
    """One case: its sections by name, empty where it has none."""

    def __init__(self, written: str) -> None:
        parts = re.split(r"^--- (\w+)\n", written, flags=re.MULTILINE)
        self.sections = dict(zip(parts[1::2], parts[2::2], strict=True))

    def file(self, name: str) -> str:
        """A section as a whole file, with the characters that one cannot see."""
        text = self.sections[name].translate(_VISIBLE)
        return text.removesuffix("\n").removesuffix("␄") if text.endswith("␄\n") else text

    def text(self, name: str) -> str:
        """A section as text without a line break at its end."""
        return self.sections[name].translate(_VISIBLE).removesuffix("\n")

    def lines(self, name: str) -> list[str]:
        return self.sections.get(name, "").splitlines()


def cases(file: str) -> list[ParameterSet]:
    """The cases of a file, for `pytest.mark.parametrize`, each named by its title."""
    _, *written = re.split(r"^===== ", (FOLDER / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    titled = (case.partition("\n") for case in written)
    return [pytest.param(Case(body.rstrip("\n") + "\n"), id=title) for title, _, body in titled]
