"""The script that learns words from what software says: what it reads of two packages, made up here."""

import io
import json
import struct
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[3] / "tools"
ENGLISH = "This page has a title."


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    import caption_corpora

    return caption_corpora


def _tar(files: Mapping[str, bytes], mode: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return held.getvalue()


def _lighthouse(texts: Mapping[str, Mapping[str, str]]) -> bytes:
    return _tar(
        {
            f"package/shared/localization/locales/{language}.json": json.dumps(
                {key: {"message": text} for key, text in held.items()}
            ).encode()
            for language, held in texts.items()
        },
        "w:gz",
    )


def _chunk(kind: int, head: bytes, body: bytes) -> bytes:
    return struct.pack("<HHI", kind, 8 + len(head), 8 + len(head) + len(body)) + head + body


def _strings(texts: Sequence[str], *, is_utf8: bool) -> bytes:
    """A pool of strings, each shorter than 128 characters and bytes."""
    held, offsets = b"", []
    for text in texts:
        offsets.append(len(held))
        data = text.encode("utf-8" if is_utf8 else "utf-16-le")
        held += (bytes([len(text), len(data)]) if is_utf8 else struct.pack("<H", len(text))) + data + b"\0\0"
    head = struct.pack("<IIIII", len(texts), 0, 0x100 * is_utf8, 28 + 4 * len(texts), 0)
    return _chunk(1, head, struct.pack(f"<{len(texts)}I", *offsets) + held)


def _type(number: int, language: str, region: str = "", *, screen: int = 0) -> bytes:
    """Two resources in one language: a text by itself, and nothing; and a plural of one text."""
    simple = struct.pack("<HHI", 8, 0, 0) + struct.pack("<HBBI", 8, 0, 3, number)
    plural = struct.pack("<HHIII", 16, 1, 0, 0, 1) + struct.pack("<IHBBI", 7, 8, 0, 3, number)
    place = struct.pack("<II2s2sI", 20, 0, language.encode(), region.encode(), screen) + b"\0" * 4
    body = struct.pack("<III", 0, 0xFFFFFFFF, len(simple)) + simple + plural
    head = struct.pack("<BBHII", 1, 0, 0, 3, 8 + 12 + len(place) + 12) + place
    return _chunk(0x201, head, body)


def _android(texts: Mapping[tuple[str, str, int], str], *, is_utf8: bool = True) -> bytes:
    types = b"".join(_type(number, *key[:2], screen=key[2]) for number, key in enumerate(texts))
    pool = _strings(list(texts.values()), is_utf8=is_utf8)
    table = _chunk(2, struct.pack("<I", 1), pool + _chunk(0x200, b"\0" * 280, types))
    apk = io.BytesIO()
    with zipfile.ZipFile(apk, "w") as archive:
        archive.writestr("resources.arsc", table)
    data = _tar({"./usr/share/android-framework-res/framework-res.apk": apk.getvalue()}, "w:xz")
    members = [(b"debian-binary", b"2.0"), (b"data.tar.xz", data)]
    return b"!<arch>\n" + b"".join(
        name.ljust(48) + str(len(held)).encode().ljust(10) + b"`\n" + held + b"\n" * (len(held) % 2)
        for name, held in members
    )


def _fetched(
    tool: ModuleType, folder: Path, lighthouse: Mapping[str, Mapping[str, str]], android: bytes | None = None
) -> Path:
    (folder / tool.LIGHTHOUSE).write_bytes(_lighthouse({"en-US": {}} | dict(lighthouse)))
    (folder / tool.ANDROID).write_bytes(android or _android({("", "", 0): "nothing"}))
    return folder


@pytest.mark.parametrize("is_utf8", [True, False])
def test_sentences_are_read_of_both_packages(tool: ModuleType, tmp_path: Path, is_utf8: bool) -> None:
    android = _android(
        {
            ("", "", 0): ENGLISH,
            ("iw", "", 0): "לדף הזה יש כותרת.",
            ("zh", "CN", 0): "此网页有标题。",
            ("zh", "TW", 0): "此網頁有標題。",
            ("pt", "PT", 0): "Esta página tem título.",
            ("de", "", 7): "Diese Seite hat einen Titel.",
        },
        is_utf8=is_utf8,
    )
    texts = {
        "en-US": {"a": "The `<title>` is [missing](https://example.org/a)."},
        "no": {"a": "`<title>` mangler her."},
    }
    assert tool._pairs(_fetched(tool, tmp_path, texts, android)) == {
        "he": [(ENGLISH, "לדף הזה יש כותרת.")],
        "zh": [(ENGLISH, "此网页有标题。")],
        "nb": [("The is missing .", "mangler her.")],
    }


@pytest.mark.parametrize(
    "target",
    ["", "T", "This page has a title (neu).", "Seite " * 20],
    ids=["empty", "too short", "not translated", "too long"],
)
def test_what_is_no_translation_teaches_nothing(tool: ModuleType, tmp_path: Path, target: str) -> None:
    texts = {"en-US": {"a": ENGLISH, "b": "Title"}, "de": {"a": target, "b": "Titel"}}
    assert tool._pairs(_fetched(tool, tmp_path, texts)) == {}


def test_a_file_is_written_for_each_language_with_enough_sentences(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = range(tool.PAIRS_MIN)
    texts = {
        "en-US": {str(number): f"The title of page {number}" for number in numbers},
        "de": {str(number): f"Der Titel der Seite {number}" for number in numbers},
        "fr": {"1": "Le titre de la page 1"},
    }
    written = tmp_path / "written"
    written.mkdir()
    monkeypatch.setattr(tool, "DATA", written)
    monkeypatch.setattr(sys, "argv", ["caption_corpora", str(_fetched(tool, tmp_path, texts))])
    tool.main()
    assert [path.name for path in written.iterdir()] == ["words-en-de.txt"]
    assert "title" in (written / "words-en-de.txt").read_text("utf-8")


def test_a_package_that_was_not_fetched_is_named(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["caption_corpora", str(tmp_path)])
    with pytest.raises(SystemExit):
        tool.main()
    assert f"There is no {tool.LIGHTHOUSE} in {tmp_path}" in capsys.readouterr().err
