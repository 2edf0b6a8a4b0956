"""The page about OLX explains every issue, and states the limits that hold."""

import re
from pathlib import Path

from polylect import olx  # noqa: F401  importing it declares its issues
from polylect.course.files import LIMITS
from polylect.issues import declared_kinds
from polylect.olx import export, nodes

PAGE = (Path(__file__).parents[3] / "docs" / "formats" / "olx.md").read_text("utf-8")


def test_the_page_explains_every_issue_with_its_severity() -> None:
    explained = re.findall(r"^\| `([\w-]+)` \| (\w+) \|", PAGE, re.MULTILINE)
    declared = [
        (kind.code, kind.severity.value) for kind in declared_kinds() if kind.code.startswith(("olx-", "files-"))
    ]
    assert sorted(explained) == sorted(declared)


def test_the_page_states_the_limits() -> None:
    gibibytes, mebibytes = 2**30, 2**20
    assert (
        f"| archives | {LIMITS.files:,} entries, {LIMITS.total_bytes // gibibytes} GiB in all, "
        f"{LIMITS.file_bytes // gibibytes} GiB a file, {LIMITS.ratio} bytes out for one in, "
        f"names of {LIMITS.path_chars} characters |"
    ) in PAGE
    assert f"| one text, XML or JSON file | {export.MAX_TEXT_BYTES // mebibytes} MiB |" in PAGE
    assert f"as often as they are named | {export.MAX_READ_BYTES // mebibytes} MiB |" in PAGE
    assert f"| elements of a course · levels | {nodes.MAX_NODES:,} · {nodes.MAX_DEPTH} |" in PAGE
