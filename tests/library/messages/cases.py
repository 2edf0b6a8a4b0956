"""Cases in text files: a line of `=====` and a title, then parts, each after a line of `---` and its name."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "cases" / "messages"


@dataclass(frozen=True)
class Case:
    title: str
    parts: dict[str, str]

    def __str__(self) -> str:
        return self.title

    def lines(self, part: str) -> list[list[str]]:
        """The lines of a part, each taken apart at ` | `."""
        return [line.split(" | ") for line in self.parts.get(part, "").splitlines()]


def cases(file: str) -> list[Case]:
    _, *texts = re.split(r"^===== (?=.)", (FOLDER / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_case(text) for text in texts]


def _case(text: str) -> Case:
    title, *parts = re.split(r"^--- (?=.)", text, flags=re.MULTILINE)
    named = (part.split("\n", 1) for part in parts)
    return Case(title.strip(), {name.strip(): content.removesuffix("\n").rstrip("\n") for name, content in named})
