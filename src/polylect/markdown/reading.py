"""What the reading of one course folder carries along."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from polylect.course.files import Folder
from polylect.issues import Issue, Place, Severity, declare
from polylect.markdown import prose

BAD_LANGUAGE = declare(
    "markdown-bad-language",
    Severity.ERROR,
    "“{value}” is not a language tag. Tags look like “en” or “pt-BR”.",
)
MISSING_FILE = declare("markdown-missing-file", Severity.ERROR, "“{name}” is named here, but there is no such file.")
TWICE = declare("markdown-code-twice", Severity.ERROR, "The code “{code}” is used twice; it becomes “{instead}” here.")
NOT_UTF8 = declare("markdown-not-utf8", Severity.ERROR, "This file is not UTF-8 text (byte {position} is not).")


@dataclass
class Reading:
    """What the reading of one folder carries along: the files, what is wrong, and the codes that are taken."""

    folder: Folder
    issues: list[Issue] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    unit_codes: dict[str, str] = field(default_factory=dict)
    """The code of each unit by its file, for links from one unit to another."""

    def has(self, path: str) -> bool:
        return path in self._paths

    def __post_init__(self) -> None:
        self._paths = frozenset(self.folder.paths())

    def text(self, path: str) -> str:
        """A file's text with LF line ends; bytes that are no UTF-8 become an issue and a replacement character."""
        data = self.folder.read(path)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.issues.append(NOT_UTF8.at(Place(path, line), position=error.start))
            text = data.decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def claim(self, code: str, place: Place) -> str:
        """Takes a code for a part of the course; one that is taken already gets a number, and an issue."""
        instead, number = code, 2
        while instead in self.codes:
            instead, number = f"{code}-{number}", number + 1
        if instead != code:
            self.issues.append(TWICE.at(place, code=code, instead=instead))
        self.codes.add(instead)
        return instead

    def find_file(self, name: str, file: str) -> str | None:
        """The path that `name` means in `file`: as seen from the file, or from the course. None: no such file."""
        for path in (prose.local_path(name, file), prose.local_path(name, "")):
            if path is not None and self.has(path):
                return path
        return None

    def link(self, address: str, place: Place) -> str:
        """An address as it stands in a block's HTML: `/static/PATH` for media, `/jump_to_id/CODE` for units."""
        if prose.local_path(address, place.file) is None:
            return address
        parts = urlsplit(address)
        path = self.find_file(unquote(parts.path), place.file)
        if path is None:
            self.issues.append(MISSING_FILE.at(place, name=parts.path))
            return address
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if path in self.unit_codes:
            return f"/jump_to_id/{self.unit_codes[path]}{fragment}"
        return f"/static/{path}{fragment}"
