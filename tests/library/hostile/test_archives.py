"""Tricks with archives beyond those of `course/test_files`: headers that speak for other headers, and overlaps."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from library.hostile.bounds import at_most
from polylect.course.files import LIMITS, Limits, Refused, open_folder


def refusal(path: Path, limits: Limits = LIMITS) -> str:
    with at_most(10), pytest.raises(Refused) as refused, open_folder(path, limits):
        pytest.fail("these files were opened")
    return refused.value.issue.code


def tar(path: Path, *members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, "w", format=form) as archive:
        for member, data in members:
            archive.addfile(member, io.BytesIO(data))
    return path


def member(name: str, data: bytes = b"x", **pax: str) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.pax_headers = pax
    return info, data


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_a_pax_header_gives_no_name_that_leads_outside(name: str, tmp_path: Path) -> None:
    assert refusal(tar(tmp_path / "x.tar", member("course.xml", path=name))) == "files-outside"


def test_a_long_name_of_gnu_leads_nowhere_either(tmp_path: Path) -> None:
    path = tar(tmp_path / "x.tar", member("../" + "x" * 200), form=tarfile.GNU_FORMAT)
    assert refusal(path) == "files-outside"


def test_a_pax_header_makes_no_link(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.pax_headers = tarfile.SYMTYPE, {"linkpath": "/etc/passwd"}
    assert refusal(tar(tmp_path / "x.tar", (info, b""))) == "files-link"


@pytest.mark.parametrize("size", ["99999999999999", "-1", "x"])
def test_a_pax_header_promises_no_bytes_that_are_not_there(size: str, tmp_path: Path) -> None:
    assert refusal(tar(tmp_path / "x.tar", member("course.xml", size=size))) == "files-corrupt"


def test_files_with_holes_are_refused(tmp_path: Path) -> None:
    new = member("x", b"1\n0\n1\n" + bytes(506), **{"GNU.sparse.major": "1", "GNU.sparse.minor": "0"})
    new[0].pax_headers |= {"GNU.sparse.realsize": "99999999999999", "GNU.sparse.name": "x"}
    assert refusal(tar(tmp_path / "new.tar", new)) in ("files-special", "files-corrupt")
    old = tarfile.TarInfo("x")
    old.type = tarfile.GNUTYPE_SPARSE
    assert refusal(tar(tmp_path / "old.tar", (old, b""), form=tarfile.GNU_FORMAT)) in ("files-special", "files-corrupt")


def test_a_zip_of_many_names_for_one_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("f000", bytes(2**20))
        first = archive.infolist()[0]
        for number in range(1, 200):
            again = zipfile.ZipInfo(f"f{number:03}")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, name, getattr(first, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    assert refusal(path, Limits(ratio_from_bytes=2**20)) in ("files-bomb", "files-corrupt")
