"""Folders and archives: read alike, and refused, with a sentence, where they try something."""

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polylect.course import files
from polylect.course.files import Limits, Refused, open_folder

FILES = {"course.xml": b"<course/>", "html/a.html": b"<p>a</p>", "static/a b.png": bytes(range(256))}


def tar(path: Path, contents: dict[str, bytes], mode: str = "w:gz", *more: tarfile.TarInfo) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for member in more:
            archive.addfile(member)
    return path


def zipped(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return path


def folder(path: Path, contents: dict[str, bytes]) -> Path:
    for name, data in contents.items():
        place = path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return path


def contents_of(path: Path, limits: Limits = files.LIMITS) -> dict[str, bytes]:
    with open_folder(path, limits) as found:
        contents = {name: found.read(name) for name in found.paths()}
        for name, data in contents.items():
            assert found.size(name) == len(data)
            assert name in found
            with found.open(name) as file:
                assert file.read() == data
        return contents


def refusal(path: Path, limits: Limits = files.LIMITS) -> str:
    """The code of the issue that this is refused with. Nothing may have been written beside it."""
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(Refused) as refused, open_folder(path, limits):
        pytest.fail("these files were opened")
    assert sorted(path.parent.rglob("*")) == before
    assert refused.value.issue.sentence.endswith(".")
    return refused.value.issue.code


@pytest.fixture(autouse=True)
def private(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The temporary place; whatever happens, it is empty again afterwards."""
    place = tmp_path_factory.mktemp("private")
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield place
    assert list(place.iterdir()) == []


MAKE: dict[str, Callable[[Path, dict[str, bytes]], Path]] = {
    "tar.gz": tar,
    "tar": lambda path, contents: tar(path, contents, "w"),
    "zip": zipped,
    "folder": folder,
}


@pytest.mark.parametrize("root", ["", "./", "any name/", "./a/b/"])
@pytest.mark.parametrize("form", MAKE)
def test_every_form_gives_the_same_files_whatever_its_root(form: str, root: str, tmp_path: Path) -> None:
    path = MAKE[form](tmp_path / "x", {f"{root}{name}": data for name, data in FILES.items()})
    assert contents_of(path) == FILES


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    junk = {"c/.DS_Store": b"x", "__MACOSX/c/._course.xml": b"x", "c/._course.xml": b"x", "c/Thumbs.db": b"x"}
    assert (
        contents_of(zipped(tmp_path / "x.zip", {**{f"c/{name}": data for name, data in FILES.items()}, **junk}))
        == FILES
    )
    assert contents_of(folder(tmp_path / "f", {**FILES, **junk, ".git/config": b"x"})) == FILES


def test_names_that_are_not_utf8_can_be_read_and_stored(tmp_path: Path) -> None:
    name = os.fsencode(str(tmp_path)) + b"/caf\xe9.png"
    with open(name, "wb") as file:
        file.write(b"x")
    assert contents_of(tmp_path) == {"café.png": b"x"}
    path = tar(tmp_path / "x.tar", {"caf\udce9.png": b"x"}, "w")
    assert contents_of(path) == {"café.png": b"x"}


def link(kind: bytes, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo("link")
    member.type = kind
    member.linkname = target
    return member


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/x", "a\\..\\x", "C:/x", "a/..", "line\nbreak", "\x1b[2J"],
)
def test_a_name_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    assert refusal(tar(tmp_path / "x.tar.gz", {"course.xml": b"", name: b"x"})) == "files-outside"
    assert refusal(zipped(tmp_path / "x.zip", {"course.xml": b"", name: b"x"})) == "files-outside"


def test_a_name_that_hides_behind_a_nul_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"course.xmlQ../x": b"x"})
    path.write_bytes(path.read_bytes().replace(b"course.xmlQ", b"course.xml\0"))
    assert refusal(path) == "files-outside"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (tarfile.SYMTYPE, "files-link"),
        (tarfile.LNKTYPE, "files-link"),
        (tarfile.CHRTYPE, "files-special"),
        (tarfile.BLKTYPE, "files-special"),
        (tarfile.FIFOTYPE, "files-special"),
        (b"Z", "files-special"),
    ],
)
def test_links_and_devices_in_a_tar_are_refused(kind: bytes, code: str, tmp_path: Path) -> None:
    assert refusal(tar(tmp_path / "x.tar", FILES, "w", link(kind, "course.xml"))) == code


@pytest.mark.parametrize(("kind", "code"), [(stat.S_IFLNK, "files-link"), (stat.S_IFCHR, "files-special")])
def test_links_and_devices_in_a_zip_are_refused(kind: int, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo("link")
        member.external_attr = (kind | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    assert refusal(path) == code


def test_links_in_a_folder_are_followed_only_inside_it(tmp_path: Path) -> None:
    course = folder(tmp_path / "course", FILES)
    (course / "again.xml").symlink_to("course.xml")
    assert contents_of(course)["again.xml"] == FILES["course.xml"]
    (tmp_path / "secret").write_bytes(b"x")
    (course / "out.xml").symlink_to(tmp_path / "secret")
    assert refusal(course) == "files-outside"
    (course / "out.xml").unlink()
    (course / "round").symlink_to(course, target_is_directory=True)
    assert refusal(course) == "files-link"


def test_a_pipe_in_a_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path) == "files-special"


@pytest.mark.parametrize("names", [("A.png", "a.png"), ("é.png", "e\u0301.png"), ("a/x", "A/X")])
def test_names_that_are_one_on_other_systems_are_refused(names: tuple[str, str], tmp_path: Path) -> None:
    assert refusal(tar(tmp_path / "x.tar.gz", dict.fromkeys(names, b"x"))) == "files-same-name"


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    member = tarfile.TarInfo("./course.xml")
    assert refusal(tar(tmp_path / "x.tar", FILES, "w", member)) == "files-same-name"


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = {f"f{number}": b"" for number in range(11)}
    for path in (tar(tmp_path / "x.tar.gz", many), zipped(tmp_path / "x.zip", many), folder(tmp_path / "f", many)):
        assert refusal(path, Limits(files=10)) == "files-too-many"
        assert len(contents_of(path, Limits(files=11))) == 11


def test_a_zip_directory_too_large_to_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "x.zip", {f"f{number}": b"" for number in range(100)})
    monkeypatch.setattr(files, "_LARGEST_ZIP_DIRECTORY_BYTES", 1000)
    assert refusal(path) == "files-too-many"


def test_the_record_of_large_zips_is_looked_at_too(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", FILES)
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 2**40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    path.write_bytes(data[:end] + record + locator + data[end:])
    assert refusal(path) == "files-too-many"


def test_files_that_are_too_large_are_refused(tmp_path: Path) -> None:
    path = tar(tmp_path / "x.tar.gz", {"a": bytes(600), "b": bytes(600)})
    assert refusal(path, Limits(file_bytes=500)) == "files-too-large"
    assert refusal(path, Limits(total_bytes=1000)) == "files-too-large-in-all"
    assert refusal(path, Limits(path_chars=0)) == "files-long-path"
    assert len(contents_of(path, Limits(file_bytes=600, total_bytes=1200, path_chars=1))) == 2


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path: Path) -> None:
    limits = Limits(ratio_from_bytes=2**20)
    bomb = {"course.xml": bytes(8 * 2**20)}
    assert refusal(tar(tmp_path / "x.tar.gz", bomb), limits) == "files-bomb"
    assert refusal(zipped(tmp_path / "x.zip", bomb), limits) == "files-bomb"


def test_a_zip_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": bytes(5000)})
    size = struct.pack("<I", 5000)
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<I", 10)))
    assert refusal(path) == "files-corrupt"


def test_a_header_that_promises_gigabytes_is_not_believed(tmp_path: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type = tarfile.XHDTYPE
    header.size = 2**32
    path = tmp_path / "x.tar.gz"
    path.write_bytes(gzip.compress(header.tobuf(tarfile.USTAR_FORMAT) + bytes(2**20)))
    assert refusal(path) == "files-long-path"


def test_bytes_behind_the_end_of_a_tar_count_too(tmp_path: Path) -> None:
    plain = tar(tmp_path / "x.tar", FILES, "w").read_bytes()
    path = tmp_path / "x.tar.gz"
    path.write_bytes(gzip.compress(plain + bytes(8 * 2**20)))
    assert refusal(path, Limits(ratio_from_bytes=2**20)) == "files-bomb"


def test_a_passworded_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"course.xml": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "files-password"


def test_a_zip_packed_in_an_unknown_way_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"course.xml": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 10] = data[8] = 97
    path.write_bytes(data)
    assert refusal(path) == "files-corrupt"


def test_a_zip_whose_files_lie_before_its_beginning_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", FILES)
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x05\x06") + 16
    data[place : place + 4] = struct.pack("<I", struct.unpack("<I", data[place : place + 4])[0] + 1000)
    path.write_bytes(data)
    assert refusal(path) == "files-corrupt"


def test_a_tar_with_a_file_of_negative_size_is_refused(tmp_path: Path) -> None:
    header = bytearray(tarfile.TarInfo("x").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 11 + b"\x00"  # base 256: -256
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    path = tmp_path / "x.tar"
    path.write_bytes(bytes(header) + bytes(2048))
    assert refusal(path) in ("files-corrupt", "files-not-an-archive")  # as the release of tarfile has it


@pytest.mark.parametrize("form", ["tar.gz", "tar", "zip"])
def test_an_archive_that_is_cut_short_anywhere_is_refused(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{form}"
    whole = MAKE[form](path, FILES).read_bytes()
    end = len(whole.rstrip(b"\0")) + 512 if form == "tar" else len(whole)  # a tar goes on with zeros to a full record
    for length in range(0, end - 1, 7):
        path.write_bytes(whole[:length])
        assert refusal(path) in ("files-corrupt", "files-not-an-archive"), length


NO_TAR = gzip.compress(b"no tar", mtime=0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<course/>",
        bytes(100),
        b"PK",
        b"\x1f\x8b",
        gzip.compress(b"no tar", mtime=0),
        b"Rar!\x1a\x07\x00" + bytes(600),
    ],
)
def test_what_is_no_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.tar.gz"
    path.write_bytes(data)
    assert refusal(path) in ("files-not-an-archive", "files-corrupt")


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.tar.gz") == "files-missing"


@pytest.mark.parametrize("form", ["tar.gz", "tar", "zip"])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_archive_is_read_or_refused_and_nothing_else(form: str, data: st.DataObject, tmp_path: Path) -> None:
    damaged = bytearray(MAKE[form](tmp_path / f"whole.{form}", FILES).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged.{form}"
    path.write_bytes(damaged)
    try:
        contents = contents_of(path)
    except Refused:
        return
    assert all(not name.startswith("/") and ".." not in name.split("/") for name in contents)
