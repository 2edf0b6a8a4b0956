"""The rows of a corpus: one JSON object a line, gzip."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def rows(path: Path) -> list[Row]:
    """All rows of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def form_of(row: Row) -> str:
    """What a file holds, by the fields of a row: `cases`, `block_rules` or `markdown_pairs`."""
    if "xml" in row and "submissions" in row:
        return "cases"
    if "given" in row or "steps" in row:
        return "block_rules"
    if "markdown" in row and "olx" in row:
        return "markdown_pairs"
    raise ValueError(f"no corpus that we know: {', '.join(sorted(row))}")


def kind_of(case: Row) -> str:
    """The kinds of question in a problem, as one word; `none` where there is none."""
    return "+".join(sorted({tag.removesuffix("response") for tag in case["response_types"]})) or "none"
