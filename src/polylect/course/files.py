"""The files of a course as somebody gave them: a directory, a `.tar.gz`, a `.tar` or a `.zip`, told apart by content.

An archive is unpacked at once into a private temporary place, under numbers instead of its own names, so that no name
in it can lead anywhere; bytes are counted as they come out, whatever the archive's headers promise. An archive that
tries something is refused as a whole, before anything is read from it. A directory is read where it lies.
"""

import io
import lzma
import os
import re
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from gzip import BadGzipFile, GzipFile
from itertools import takewhile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from polylect.issues import Issue, IssueKind, Place, Severity, declare


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold. A directory is held to the number of files only."""

    files: int = 50_000
    """Entries, folders included."""
    total_bytes: int = 8 * 2**30
    file_bytes: int = 2 * 2**30
    path_chars: int = 500
    ratio: int = 200
    """Bytes out for one byte in, over the whole archive. XML packs about 10:1; deflate can do 1032:1."""
    ratio_from_bytes: int = 64 * 2**20
    """The ratio is not looked at before so much has come out: a small archive of zeros harms nobody."""


LIMITS = Limits()

_CHUNK_BYTES = 2**18
_LONGEST_TAR_HEADER_BYTES = 2**20
_LARGEST_ZIP_DIRECTORY_BYTES = 16 * 2**20
_TAR_BLOCK_BYTES = 512
_LEFT_BY_SYSTEMS = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db"})
_HISTORIES = frozenset({".git", ".hg", ".svn"})
_DRIVE = re.compile(r"[A-Za-z]:")
_UNREADABLE = (
    tarfile.TarError, zipfile.BadZipFile, BadGzipFile, zlib.error, lzma.LZMAError, EOFError, struct.error,
    ValueError, LookupError, OverflowError,  # from inside tarfile and zipfile, on headers that make no sense
    NotImplementedError,  # a way of packing that zipfile does not know
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

MISSING = declare("files-missing", Severity.ERROR, "There is no file or folder “{name}”.")
NOT_AN_ARCHIVE = declare(
    "files-not-an-archive",
    Severity.ERROR,
    "“{name}” is not a course archive; a .tar.gz, .tar or .zip file, or a folder, is.",
)
CORRUPT = declare(
    "files-corrupt", Severity.ERROR, "The archive is damaged or cut short ({reason}); export or download it again."
)
PASSWORD = declare(
    "files-password", Severity.ERROR, "“{name}” is locked with a password; make the archive without one."
)
OUTSIDE = declare(
    "files-outside",
    Severity.ERROR,
    "“{name}” would lie outside of the course; names inside are relative, with “/” between.",
)
LINK = declare("files-link", Severity.ERROR, "“{name}” is a link; a course holds the files themselves.")
SPECIAL = declare("files-special", Severity.ERROR, "“{name}” is neither a file nor a folder.")
SAME_NAME = declare(
    "files-same-name",
    Severity.ERROR,
    "“{name}” and “{other}” are one name on many systems; names differ in more than case.",
)
TOO_MANY = declare("files-too-many", Severity.ERROR, "There are more than {limit} files.")
TOO_LARGE = declare("files-too-large", Severity.ERROR, "“{name}” is larger than {limit} bytes.")
TOO_LARGE_IN_ALL = declare(
    "files-too-large-in-all", Severity.ERROR, "The files are larger than {limit} bytes together."
)
BOMB = declare(
    "files-bomb",
    Severity.ERROR,
    "The archive unpacks to more than {limit} times its size; course files do not pack so well.",
)
LONG_PATH = declare("files-long-path", Severity.ERROR, "The name “{name}…” is longer than {limit} characters.")


class Refused(Exception):
    """These files are not read at all. `issue` says why, in a sentence."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


class Folder:
    """Files by their paths: relative, `/` between, without the one folder that all of them may lie in."""

    def __init__(self, places: Mapping[str, Path]) -> None:
        root = _common_root(places)
        self._places = {path[len(root) :]: places[path] for path in sorted(places)}

    def __contains__(self, path: object) -> bool:
        return path in self._places

    def paths(self) -> tuple[str, ...]:
        """Every file's path, in order."""
        return tuple(self._places)

    def read(self, path: str) -> bytes:
        """The whole of a file. Raises KeyError for a path that `paths` does not give."""
        return self._places[path].read_bytes()

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading; the caller closes it. Raises KeyError as `read` does."""
        return self._places[path].open("rb")

    def size(self, path: str) -> int:
        """The file's size in bytes. Raises KeyError as `read` does."""
        return self._places[path].stat().st_size


@contextmanager
def open_folder(path: str | Path, limits: Limits = LIMITS) -> Iterator[Folder]:
    """The files at `path`, which is a directory or an archive. They are there until the `with` block ends.

    Raises Refused where there is nothing to read, or where reading it might do harm.
    """
    path = Path(path)
    if path.is_dir():
        yield Folder(_walk(path, limits))
        return
    if not path.is_file():
        raise Refused(MISSING.at(Place(path.name), name=path.name))
    with TemporaryDirectory(prefix="polylect-") as private:
        yield Folder(_unpack(path, Path(private), limits))


def _common_root(paths: Mapping[str, Path]) -> str:
    """The folders that every path lies in, with a slash at the end, or nothing."""
    parents = [PurePosixPath(path).parts[:-1] for path in paths]
    if not parents:
        return ""
    first, last = min(parents), max(parents)  # what these share, all share
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(f"{part}/" for part, _ in shared)


def _walk(root: Path, limits: Limits) -> dict[str, Path]:
    """The files of a directory. Links to files inside it are followed; histories of version control are left out."""

    def refuse(kind: IssueKind, path: Path, **params: object) -> Refused:
        name = path.relative_to(root).as_posix()
        return Refused(kind.at(Place(name), name=name, **params))

    places: dict[str, Path] = {}
    inside = root.resolve()
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _HISTORIES | _LEFT_BY_SYSTEMS)
        for name in names:
            if (Path(folder) / name).is_symlink():
                raise refuse(LINK, Path(folder) / name)
        for name in files:
            place = Path(folder) / name
            if _is_left_by_system(name):
                continue
            if place.is_symlink() and not place.resolve().is_relative_to(inside):
                raise refuse(OUTSIDE, place)
            if not place.is_file():
                raise refuse(SPECIAL, place)
            places[_readable(place.relative_to(root).as_posix())] = place
            if len(places) > limits.files:
                raise refuse(TOO_MANY, root, limit=limits.files)
    return places


@dataclass(frozen=True)
class _Entry:
    """A file in an archive, before it is unpacked. `refusal` says what else than a file or folder it is."""

    name: str
    is_folder: bool
    refusal: IssueKind | None
    open: Callable[[], BinaryIO]


def _unpack(archive: Path, private: Path, limits: Limits) -> dict[str, Path]:
    """Writes the archive's files into `private`, numbered, and says which path each one has."""
    checks = _Checks(archive, limits)
    places: dict[str, Path] = {}
    try:
        for number, entry in enumerate(_entries(archive, checks)):
            checks.count_entry(number + 1)
            path = checks.path(entry)
            if path and not entry.is_folder:
                places[path] = private / str(number)
                with entry.open() as source, places[path].open("wb") as copy:
                    while chunk := source.read(_CHUNK_BYTES):
                        checks.count_bytes(entry.name, copy.tell() + len(chunk), len(chunk))
                        copy.write(chunk)
    except _UNREADABLE as error:
        raise checks.refused(CORRUPT, reason=str(error) or type(error).__name__) from error
    return {path: place for path, place in places.items() if not any(map(_is_left_by_system, path.split("/")))}


class _Checks:
    """What one archive has used up of its limits, and which names it has."""

    def __init__(self, archive: Path, limits: Limits) -> None:
        self.archive = archive
        self.limits = limits
        self.packed_bytes = archive.stat().st_size
        self.total_bytes = 0
        self.unpacked_bytes = 0
        self.names: dict[str, str] = {}

    def refused(self, kind: IssueKind, **params: object) -> Refused:
        return Refused(kind.at(Place(self.archive.name), **{"name": self.archive.name, **params}))

    def count_entry(self, count: int) -> None:
        if count > self.limits.files:
            raise self.refused(TOO_MANY, limit=self.limits.files)

    def count_bytes(self, name: str, file_bytes: int, more_bytes: int) -> None:
        """Counts what came out of the archive as part of a file; called before it is written."""
        self.total_bytes += more_bytes
        if file_bytes > self.limits.file_bytes:
            raise self.refused(TOO_LARGE, name=name, limit=self.limits.file_bytes)
        if self.total_bytes > self.limits.total_bytes:
            raise self.refused(TOO_LARGE_IN_ALL, limit=self.limits.total_bytes)
        self.count_unpacked(more_bytes)

    def count_unpacked(self, more_bytes: int) -> None:
        """Counts what came out of the archive, whatever it is."""
        self.unpacked_bytes += more_bytes
        if self.unpacked_bytes > max(self.limits.ratio_from_bytes, self.packed_bytes * self.limits.ratio):
            raise self.refused(BOMB, limit=self.limits.ratio)

    def path(self, entry: _Entry) -> str:
        """The entry's path in the course, `./` and doubled slashes taken out; empty for the root itself."""
        name = _readable(entry.name)
        if len(name) > self.limits.path_chars:
            raise self.refused(LONG_PATH, name=name[:40], limit=self.limits.path_chars)
        if entry.refusal:
            raise self.refused(entry.refusal, name=name)
        parts = [part for part in name.split("/") if part not in ("", ".")]
        leads_out = name.startswith("/") or ".." in parts or "\\" in name or _DRIVE.match(name)
        if leads_out or _CONTROL.search(name):
            raise self.refused(OUTSIDE, name=_CONTROL.sub("?", name))
        path = "/".join(parts)
        if path and not entry.is_folder:
            self._refuse_same_name(path)
        return path

    def _refuse_same_name(self, path: str) -> None:
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in self.names:
            raise self.refused(SAME_NAME, name=path, other=self.names[folded])
        self.names[folded] = path


def _entries(archive: Path, checks: _Checks) -> Iterator[_Entry]:
    """What the archive holds, by the kind that its first bytes tell."""
    with archive.open("rb") as file:
        start = file.read(_TAR_BLOCK_BYTES)
        file.seek(0)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            yield from _zip_entries(file, checks)
        elif start.startswith(b"\x1f\x8b"):
            with GzipFile(fileobj=file) as unpacked:
                yield from _tar_entries(cast(BinaryIO, unpacked), checks)
        else:
            yield from _tar_entries(file, checks)


class _HeaderLimit(io.RawIOBase):
    """A stream for `tarfile`, which reads a header of any promised size at once: ours may not be long."""

    def __init__(self, inner: BinaryIO, checks: _Checks) -> None:
        self.inner = inner
        self.checks = checks
        self.last = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LONGEST_TAR_HEADER_BYTES:
            raise self.checks.refused(LONG_PATH, name=self.checks.archive.name, limit=self.checks.limits.path_chars)
        self.last = self.inner.read(size)
        return self.last

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.inner.seek(offset, whence)

    def tell(self) -> int:
        return self.inner.tell()


def _tar_entries(stream: BinaryIO, checks: _Checks) -> Iterator[_Entry]:
    limited = _HeaderLimit(stream, checks)
    try:
        tar = tarfile.open(fileobj=cast(BinaryIO, limited), mode="r:")  # noqa: SIM115  its stream is closed by the caller
    except tarfile.ReadError as error:
        raise checks.refused(NOT_AN_ARCHIVE) from error
    for member in tar:
        if member.size < 0:  # would send tarfile round and round
            raise checks.refused(CORRUPT, reason="a file of negative size")
        yield _Entry(member.name, member.isdir(), _tar_refusal(member), partial(_open_in_tar, tar, member))
    # tarfile takes a stream that ends between two files for a whole archive; a whole one ends with zeros.
    if limited.last != bytes(_TAR_BLOCK_BYTES):
        raise checks.refused(CORRUPT, reason="it has no end mark")
    while rest := stream.read(_CHUNK_BYTES):  # to the end, for gzip's own checksum stands there
        checks.count_unpacked(len(rest))


def _tar_refusal(member: tarfile.TarInfo) -> IssueKind | None:
    if member.issym() or member.islnk():
        return LINK
    return None if member.isdir() or (member.isreg() and not member.issparse()) else SPECIAL


def _open_in_tar(tar: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    return cast(BinaryIO, tar.extractfile(member))


def _zip_entries(file: BinaryIO, checks: _Checks) -> Iterator[_Entry]:
    if _zip_directory_bytes(file) > _LARGEST_ZIP_DIRECTORY_BYTES:
        raise checks.refused(TOO_MANY, limit=checks.limits.files)
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if member.flag_bits & 1:
                raise checks.refused(PASSWORD)
            if member.header_offset < 0:  # zipfile would seek there
                raise checks.refused(CORRUPT, reason="a file that begins before the archive does")
            yield _Entry(
                member.orig_filename, member.is_dir(), _zip_refusal(member), partial(_open_in_zip, archive, member)
            )


def _zip_directory_bytes(file: BinaryIO) -> int:
    """The size of a zip file's directory, which `zipfile` reads whole before anything can be counted.

    It stands in the end record, and again in the record for large archives before it (APPNOTE 4.3.14 to 4.3.16).
    """
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 2**16 - 100))
    tail = file.read()
    file.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return 0  # zipfile finds none either, and says so
    if end >= 76 and tail[end - 20 : end].startswith(b"PK\x06\x07"):
        large = end - 76
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _zip_refusal(member: zipfile.ZipInfo) -> IssueKind | None:
    kind = stat.S_IFMT(member.external_attr >> 16)  # Unix's file type; 0 where another system made the archive
    if kind == stat.S_IFLNK:
        return LINK
    return None if kind in (0, stat.S_IFREG, stat.S_IFDIR) else SPECIAL


def _open_in_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, archive.open(member))


def _readable(name: str) -> str:
    """The name, where its bytes are no UTF-8 each byte read as Latin-1, so that it can be stored and shown."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("latin-1")
    return name


def _is_left_by_system(name: str) -> bool:
    """Whether it is something that a file manager left there (`._x` holds what macOS knows about `x`)."""
    return name in _LEFT_BY_SYSTEMS or name.startswith("._")
