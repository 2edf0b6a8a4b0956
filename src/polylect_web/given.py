"""What somebody gave us, told apart by its content and read by the library. Nothing here knows Django or the
database.

A folder or an archive is a course in text files if it has a `course.yaml`, else an Open edX export. A single text
file is a message bundle (JSON, or a wiki page as it is displayed) or a PO file.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from polylect import markdown, olx
from polylect.course.files import Folder, Refused, open_folder
from polylect.course.tree import Course, Library
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages import Target, bundle, po, wikilearn
from polylect.messages import glossary as glossaries
from polylect.messages.glossary import NAME, Table

NOT_TEXT = declare(
    "given-not-text", Severity.ERROR, "“{name}” is neither an archive nor a text in UTF-8, so it cannot be read."
)
NOT_ARCHIVE = declare(
    "given-not-archive",
    Severity.ERROR,
    "“{name}” is a text and no archive, whatever its name says. Export or download it again.",
)
EMPTY = declare("given-empty", Severity.ERROR, "“{name}” is empty. Export or download it again.")
OF_NO_FORM = declare(
    "given-no-form",
    Severity.ERROR,
    "“{name}” is no course (a folder or an archive), no message bundle (JSON) and no PO file. Captions and other files"
    " come in with their course.",
)
TOO_LARGE = declare("given-too-large", Severity.ERROR, "“{name}” has {size} bytes; a text file has {limit} at most.")

COURSE_FILE = "course.yaml"
LARGEST_TEXT_BYTES = 64 * 2**20
_TRANSLATIONS = re.compile(r"translations/[^/]+\.po")
_NAMES_OF_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip")
_ARCHIVES = (b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"BZh", b"\xfd7zXZ")
_TAR_MAGIC = slice(257, 262)


class Form(Enum):
    """What something is."""

    OLX = "Open edX export"
    MARKDOWN = "course in text files"
    BUNDLE = "message bundle"
    PO = "PO file"


@dataclass(frozen=True)
class Given:
    """What was read. `course` is None for a library, for translations, and where nothing could be read.

    `text` is a bundle or PO file as written. `files` can be read until the `with` block of `read` ends.
    """

    form: Form | None
    name: str
    course: Course | None = None
    library: Library | None = None
    files: Folder | None = None
    text: str = ""
    issues: tuple[Issue, ...] = ()


@contextmanager
def read(path: Path, *, libraries: tuple[Library, ...] = ()) -> Iterator[Given]:
    """Reads whatever lies at `path`. What cannot be read at all is an issue too; nothing is raised for its content.

    `libraries` are the content libraries that an Open edX export draws from.
    """
    name = path.resolve().name
    if path.is_file() and not _is_archive(path):
        yield _read_text(path, name)
        return
    try:
        with open_folder(path) as folder:
            yield _read_folder(folder, name, libraries)
    except Refused as refusal:
        yield Given(None, name, issues=(refusal.issue,))


def translations(read: Given) -> tuple[list[tuple[po.Key, Target]], list[Issue]]:
    """The translations that lie beside a course as `translations/LANGUAGE.po`, and what is wrong with them."""
    targets: list[tuple[po.Key, Target]] = []
    issues: list[Issue] = []
    if read.course is None or read.files is None:
        return targets, issues
    for path in filter(_TRANSLATIONS.fullmatch, read.files.paths()):
        try:
            text = read.files.read(path).decode("utf-8-sig")
        except UnicodeDecodeError:
            issues.append(NOT_TEXT.at(Place(path), name=path))
            continue
        found, wrong = po.read(text, read.course, path)
        targets += found.items()
        issues += wrong
    return targets, issues


def glossary(read: Given) -> tuple[Table | None, list[Issue]]:
    """The glossary that lies beside a course in text files (None: there is none), and what is wrong with it."""
    if read.form is not Form.MARKDOWN or read.course is None or read.files is None or NAME not in read.files:
        return None, []
    return glossaries.read(read.files.read(NAME), read.course.language, NAME)


def _read_folder(folder: Folder, name: str, libraries: tuple[Library, ...]) -> Given:
    if COURSE_FILE in folder:
        course, issues = markdown.read(folder)
        return Given(Form.MARKDOWN, name, course, files=folder, issues=tuple(issues))
    found, issues = olx.read(folder, libraries=libraries)
    if isinstance(found, Library):
        return Given(Form.OLX, name, library=found, files=folder, issues=tuple(issues))
    return Given(Form.OLX, name, found, files=folder, issues=tuple(issues))


def _read_text(path: Path, name: str) -> Given:
    size = path.stat().st_size
    if size > LARGEST_TEXT_BYTES:
        return Given(None, name, issues=(TOO_LARGE.at(Place(name), name=name, size=size, limit=LARGEST_TEXT_BYTES),))
    if not size and path.suffix != ".po":
        return Given(None, name, issues=(EMPTY.at(Place(name), name=name),))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Given(None, name, issues=(NOT_TEXT.at(Place(name), name=name),))
    if name.lower().endswith(_NAMES_OF_ARCHIVES):
        return Given(None, name, issues=(NOT_ARCHIVE.at(Place(name), name=name),))
    if path.suffix == ".po" or _is_po(text):
        return Given(Form.PO, name, text=text)
    course, issues = wikilearn.course_from_bundle(text, name)
    if course is None and wikilearn.displayed(text) is None:
        if path.suffix.lower() != ".json" and not text.lstrip().startswith(("{", "[")):
            return Given(None, name, issues=(OF_NO_FORM.at(Place(name), name=name),))
        issues = [*bundle.read(text, name)[1]] or issues
    return Given(Form.BUNDLE, name, course, text=text, issues=tuple(issues))


def _is_po(text: str) -> bool:
    """Whether an entry of a PO file begins somewhere; in JSON no line can begin like that."""
    return any(line.startswith(("msgid ", "msgctxt ")) for line in text.splitlines())


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(512)
    return start.startswith(_ARCHIVES) or start[_TAR_MAGIC] == b"ustar"
