"""The folder of assets: each file once, by the SHA-256 of its bytes.

    assets/AB/ABCD…          what learners may have
    assets-hidden/AB/ABCD…   what they may not: nothing serves this folder

A file is written beside its place, synced and renamed, so that a place holds a whole file or none. Several
machines may share the folder; the same bytes written twice at once end up the same.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

_CHUNK_BYTES = 2**20


@dataclass(frozen=True)
class Kept:
    """A file that is in the folder now. `is_new`: it was not there before."""

    sha256: str
    size_bytes: int
    hidden: bool
    is_new: bool


def folder(*, hidden: bool = False) -> Path:
    """Where assets lie."""
    return Path(settings.DATA) / ("assets-hidden" if hidden else "assets")


def place(sha256: str, *, hidden: bool = False) -> Path:
    """Where the file of this hash lies, if it is there."""
    return folder(hidden=hidden) / sha256[:2] / sha256


def keep(stream: BinaryIO, *, hidden: bool = False) -> Kept:
    """Puts what is left of `stream` (which can be read twice) into the folder, unless it is there."""
    start = stream.tell()
    sha256, size_bytes = _copy(stream, None)
    if place(sha256, hidden=hidden).exists():
        return Kept(sha256, size_bytes, hidden, is_new=False)
    stream.seek(start)
    beside = folder(hidden=hidden) / f"incoming-{uuid4().hex}"
    beside.parent.mkdir(parents=True, exist_ok=True)
    try:
        with beside.open("xb") as written:
            sha256, size_bytes = _copy(stream, written)
            written.flush()
            os.fsync(written.fileno())
        _move(beside, place(sha256, hidden=hidden))
    finally:
        beside.unlink(missing_ok=True)
    return Kept(sha256, size_bytes, hidden, is_new=True)


def drop(kept: Kept) -> None:
    """Takes a file out again, when what it was kept for did not come to be."""
    place(kept.sha256, hidden=kept.hidden).unlink(missing_ok=True)


def _copy(stream: BinaryIO, into: BinaryIO | None) -> tuple[str, int]:
    """Hash and size of the rest of `stream`, which is written to `into` on the way."""
    digest, size_bytes = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK_BYTES):
        digest.update(chunk)
        size_bytes += len(chunk)
        if into is not None:
            into.write(chunk)
    return digest.hexdigest(), size_bytes


def _move(beside: Path, target: Path) -> None:
    """Renames, and syncs the folder so that the name survives a power cut too."""
    target.parent.mkdir(exist_ok=True)
    beside.replace(target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
