"""Links inside a course, brought to one form: `/static/PATH` for a file, `/jump_to_id/CODE` for a unit or block.

Exports have, for a file, `/static/x`, `/asset-v1:ORG+COURSE+RUN+type@asset+block@x`, `/c4x/ORG/COURSE/asset/x`, either
of these after `/assets/courseware/v1/HASH/`, and whole addresses of the site the course ran on. For a unit they have
`/jump_to_id/x`, `/courses/RUN/jump_to/USAGE`, `/courses/RUN/courseware/a/b/` and the addresses of the newer learning
pages. Only the address itself is replaced: the HTML around it stays as it was.
"""

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

from polylect.issues import Severity, declare
from polylect.olx.assets import Assets
from polylect.olx.export import Export

MISSING_FILE = declare("olx-missing-file", Severity.WARNING, "“{name}” is linked here, but static/ has no such file.")
BAD_ADDRESS = declare(
    "olx-address",
    Severity.WARNING,
    "“{found}” is no address; expected /static/… for a file of the course, or https://… for another.",
)
MISSING_TARGET = declare(
    "olx-missing-target", Severity.WARNING, "This links to “{code}”, which the course does not have."
)

_PART = r"[\w.~-]{1,200}"
_PLUS = r"(?:\+|%2B|&\#43;)"
_HOST = r"(?:https?:)?//[\w.:-]{1,255}"
_FILE_LINK = re.compile(
    rf"""(?<![\w/.:%-])/static/
    | (?: (?P<host>{_HOST})/ | (?<![\w.:-])/ | (?<![\w/.:-]) )
      (?: assets/courseware/(?:v\d+/)?(?:[0-9a-f]{{8,64}}/)? )?
      (?: asset-v1:(?P<org>{_PART}){_PLUS}(?P<course>{_PART}){_PLUS}{_PART}
          (?:{_PLUS}|/)type@asset(?:{_PLUS}|/)block(?:@|/)
        | c4x/(?P<old_org>{_PART})/(?P<old_course>{_PART})/asset/ )
    """,
    re.VERBOSE,
)
_MARKS = ("/static/", "asset-v1:", "c4x/")
"""One of these is in every link to a file: most texts have none, and need not be searched."""
_NAME = re.compile(r"[\w.%/-]{1,500}")
_QUOTED_NAME = re.compile(r"""[^"'<>\n\\?#{}$]{1,300}""")
_ABSOLUTE = re.compile(r"https?://[^\s/]")
_USAGE = rf"block-v1:[^\"'\s<>@/]{{1,300}}@{_PART}(?:\+|%2B)block@"
_PAGE_LINK = re.compile(
    rf"""(?: {_HOST} | (?<![\w.:-]) ) (?:/learning)?/courses?/
    (?: course-v1:(?P<org>{_PART}){_PLUS}(?P<course>{_PART}){_PLUS}{_PART}
      | (?P<old_org>{_PART})/(?P<old_course>{_PART})/{_PART} ) /
    (?: jump_to_id/(?P<code>[\w.:~-]{{1,200}})
      | jump_to/(?:{_USAGE}|i4x://{_PART}/{_PART}/{_PART}/)(?P<usage>{_PART})
      | courseware/(?:{_PART}/)?(?P<courseware>{_PART})/?(?:\d{{1,4}}/?)?
      | (?:{_USAGE}{_PART}/)?{_USAGE}(?P<block>{_PART}) )
    """,
    re.VERBOSE,
)
_JUMP = re.compile(r"/jump_to_id/([\w.:~-]+)")


class Links:
    """Brings links to the internal form, and remembers what they lead to until the whole course is known."""

    def __init__(self, export: Export, assets: Assets, org: str, course: str) -> None:
        self._export = export
        self._assets = assets
        self._ours = (org, course)
        self._jumps: dict[tuple[str, str], int] = {}
        """The line of the first link to a code in a file."""
        self._missing: set[tuple[str, str]] = set()

    def internal(self, text: str, file: str, line: int = 1) -> str:
        """The text with every link of the course in the internal form. `line` is where the text begins in the file."""
        if "/course" in text:
            text = _PAGE_LINK.sub(self._page, text)
        if any(mark in text for mark in _MARKS):
            text = self._with_files(text, file, line)
        lines = _Lines(text, line)
        for match in _JUMP.finditer(text):
            self._jumps.setdefault((match[1], file), lines.at(match.start()))
        return text

    def address(self, text: str, file: str, line: int) -> str:
        """The path of an asset, or an absolute address with its scheme; empty, with an issue, if it is neither."""
        link = self.internal(f'"{text.strip()}"', file, line)[1:-1]
        if link.startswith("/static/"):
            asset = self._assets.find(link.removeprefix("/static/"))
            return asset.path if asset else ""
        if link.startswith("//"):
            link = f"https:{link}"
        if _ABSOLUTE.match(link):
            return link
        self._export.report(BAD_ADDRESS, file, line, found=link)
        return ""

    def file(self, name: str, file: str, line: int) -> str:
        """The path of the asset that is called so; empty, with an issue, where there is none."""
        asset = self._assets.find(name)
        if asset is None:
            self._report_missing(name, file, line)
        return asset.path if asset else ""

    def report_missing_targets(self, is_known: Callable[[str], bool]) -> None:
        """Reports the links to units and blocks that the course does not have; called once all are read."""
        for (code, file), line in self._jumps.items():
            if not is_known(code):
                self._export.report(MISSING_TARGET, file, line, code=code)

    def _page(self, match: re.Match[str]) -> str:
        if not self._is_ours(match):
            return match[0]
        code = match["code"] or match["usage"] or match["courseware"] or match["block"]
        return f"/jump_to_id/{code}"

    def _is_ours(self, match: re.Match[str]) -> bool:
        return (match["org"] or match["old_org"], match["course"] or match["old_course"]) == self._ours

    def _with_files(self, text: str, file: str, line: int) -> str:
        lines = _Lines(text, line)
        parts: list[str] = []
        done = 0
        for match in _FILE_LINK.finditer(text):
            if match.start() < done or (match["host"] and not self._is_ours(match)):
                continue
            name = self._name(text, match)
            asset = self._assets.find(html.unescape(name)) if name else None
            if asset is not None:
                parts += [text[done : match.start()], "/static/", asset.path]
                done = match.end() + len(name)
            elif name.strip("/"):
                self._report_missing(name, file, lines.at(match.start()))
        parts.append(text[done:])
        return "".join(parts)

    def _name(self, text: str, match: re.Match[str]) -> str:
        """The file's name behind the link's beginning. Between quotes it may hold spaces, if there is such a file."""
        start = match.end()
        before = text[match.start() - 1] if match.start() else ""
        quoted = _QUOTED_NAME.match(text, start) if before in ('"', "'") else None
        if quoted and self._assets.find(html.unescape(quoted[0])):
            return quoted[0]
        plain = _NAME.match(text, start)
        return plain[0] if plain else ""

    def _report_missing(self, name: str, file: str, line: int) -> None:
        """Once a file, for a page names its pictures many times over."""
        name = unquote(name)
        if (name, file) not in self._missing:
            self._missing.add((name, file))
            self._export.report(MISSING_FILE, file, line, name=name)


class _Lines:
    """The lines of places in a text, asked for from front to back: each line break is counted once."""

    def __init__(self, text: str, first: int) -> None:
        self._text = text
        self._line = first
        self._counted = 0

    def at(self, place: int) -> int:
        self._line += self._text.count("\n", self._counted, place)
        self._counted = place
        return self._line
