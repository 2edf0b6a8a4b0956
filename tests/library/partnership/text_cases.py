"""Cases in text files: a line of `=====` and a title, then sections that begin with `--- NAME`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "cases" / "partnership"


def cases(*files: str) -> Iterator[ParameterSet]:
    """Each case as its sections by name, with its title."""
    for file in files:
        _, *written = re.split(r"^===== ", (FOLDER / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
        for case in written:
            title, _, body = case.partition("\n")
            parts = re.split(r"^--- (\w+)\n", body, flags=re.MULTILINE)
            sections = {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}
            yield pytest.param(sections, id=title)


def data(sections: Mapping[str, str], name: str) -> Any:
    """A section that is YAML."""
    return YAML(typ="safe").load(sections.get(name, ""))
