"""The real caption files, from the exports that are not part of the repository."""

import tarfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def srt_files(shared: Path) -> dict[str, bytes]:
    """The SRT files of the real courses, by their names."""
    with tarfile.open(shared / "courses" / "demo-course.tar.gz") as archive:
        members = [member for member in archive.getmembers() if member.name.endswith(".srt")]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]
