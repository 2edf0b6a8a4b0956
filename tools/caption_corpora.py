"""Learn which words go together from what software says in many languages: writes `words-en-*.txt`.

    .venv/bin/python tools/caption_corpora.py FOLDER              write src/polylect/captions/data
    .venv/bin/python tools/caption_corpora.py FOLDER --count      say how many sentences there are of each language

FOLDER holds two packages as they were fetched. Both are Apache-2.0, as each says in itself (`package/LICENSE`,
`usr/share/doc/android-framework-res/copyright`), and their people translated whole sentences:

- Lighthouse 12.8.2, which judges web pages, its texts in 38 languages: `npm pack lighthouse@12.8.2`
- the texts of Android 10.0.0 r36 in 75 languages: `apt-get download android-framework-res=1:10.0.0+r36-10`

Of these texts, only how often words were translated by each other is kept, and of that only what both directions
agree on. `tools/train_captions.py` learns from captions on top of it. The same packages give the same files.
"""

import argparse
import io
import json
import re
import struct
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from polylect.captions import associations, scripts

SOURCE = "en"
DATA = Path(__file__).parents[1] / "src" / "polylect" / "captions" / "data"
LIGHTHOUSE, ANDROID = "lighthouse-12.8.2.tgz", "android-framework-res_1%3a10.0.0+r36-10_all.deb"

WORDS_MIN, WORDS_MAX = 3, 40
"""Words of a source sentence: labels teach little, and whole paragraphs what stands where in them."""

PAIRS_MIN = 300
"""Languages with fewer sentences teach nothing that holds."""

SAME_MAX = 0.5
"""Share of the words of a translation that may be as in the source: with more, it was not translated."""

COUNT_MIN = 1.5
"""Pairs of words that are kept went together so often."""

LENGTHS = (0.15, 2.5)
"""How long a translation may be, as a share of its source. Some scripts say a word with a character."""

_OTHER_NAMES = {"no": "nb", "iw": "he", "in": "id", "tl": "fil"}
_REGIONS = {"zh": "CN"}
"""Of languages that Android has by region alone: the one that is learned from."""

_NOT_WORDS = re.compile(
    r"</?[a-zA-Z][^>]*>"  # markup
    r"|\]\(https?:[^)]*\)|https?://\S+"  # where a link leads
    r"|`[^`]*`"  # code
    r"|%(?:\d+\$)?[-#0-9.]*[a-zA-Z]|\{[^{}]*\}"  # what is put in
    r"|[\[\]`*]"
)

Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn which words go together from what software says.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", action="store_true")
    arguments = parser.parse_args()
    for name in (LIGHTHOUSE, ANDROID):
        if not (arguments.folder / name).is_file():
            parser.error(f"There is no {name} in {arguments.folder}. How to get it is said at the top of this script.")
    for language, pairs in sorted(_pairs(arguments.folder).items()):
        if arguments.count:
            print(f"{language}: {len(pairs)} sentences")
        elif len(pairs) >= PAIRS_MIN:
            made = associations.learned(pairs, language, SOURCE)
            path = DATA / f"words-{SOURCE}-{language}.txt"
            path.write_text(made.as_text(least=COUNT_MIN, digits=0), "utf-8")
            print(f"{path.name}: {len(pairs)} sentences, {path.stat().st_size} bytes")


def _pairs(folder: Path) -> dict[str, list[Pair]]:
    """Sentences and their translations by language, each once, in a fixed order."""
    found: dict[str, dict[Pair, None]] = defaultdict(dict)
    for by_language in (_lighthouse(folder / LIGHTHOUSE), _android(folder / ANDROID)):
        source = by_language[SOURCE]
        for language in by_language.keys() - {SOURCE}:
            for key, target in by_language[language].items():
                pair = _plain(source.get(key, "")), _plain(target)
                if _teaches(*pair):
                    found[language].setdefault(pair)
    return {language: list(pairs) for language, pairs in found.items()}


def _plain(text: str) -> str:
    return scripts.one_line(_NOT_WORDS.sub(" ", text))


def _teaches(source: str, target: str) -> bool:
    """Whether the one is a sentence and the other its translation, as far as can be seen from outside."""
    said = set(re.findall(r"\w{3,}", source.lower()))
    words = re.findall(r"\w{3,}", target.lower())
    is_same = sum(word in said for word in words) > SAME_MAX * len(words)
    is_sentence = WORDS_MIN <= len(source.split()) <= WORDS_MAX
    return is_sentence and not is_same and LENGTHS[0] <= len(target) / len(source) <= LENGTHS[1]


def _lighthouse(path: Path) -> dict[str, dict[str, str]]:
    """Its texts by key, by language: those of a region or for trying out are left."""
    found = {}
    with tarfile.open(path) as package:
        for member in package:
            named = re.fullmatch(r"package/shared/localization/locales/([a-z]{2,3}|en-US)\.json", member.name)
            if named and (file := package.extractfile(member)):
                texts = {key: text["message"] for key, text in json.load(file).items()}
                found[_language(named[1].partition("-")[0])] = texts
    return found


def _android(path: Path) -> dict[str, dict[str, str]]:
    """Its texts by key, by language: those for a region are left where they are for all, too."""
    with tarfile.open(fileobj=io.BytesIO(_held(path.read_bytes(), "data.tar.xz"))) as package:
        file = package.extractfile("./usr/share/android-framework-res/framework-res.apk")
        assert file
        with zipfile.ZipFile(io.BytesIO(file.read())) as apk:
            return _resources(apk.read("resources.arsc"))


def _held(package: bytes, name: str) -> bytes:
    """A file of a Debian package, which is an `ar` archive: headers of 60 bytes, and what they name, even."""
    place = len(b"!<arch>\n")
    while place < len(package):
        header, size = package[place : place + 60], int(package[place + 48 : place + 58])
        if header[:16].decode().strip() == name:
            return package[place + 60 : place + 60 + size]
        place += 60 + size + size % 2
    raise SystemExit(f"There is no {name} in the package.")


_STRINGS, _PACKAGE, _TYPE = 0x0001, 0x0200, 0x0201
_TEXT = 3
_IS_UTF8, _IS_COMPLEX = 0x100, 0x1
_NONE = 0xFFFFFFFF


class _Chunk(NamedTuple):
    """A part of a compiled resource table: it begins with its kind, and how long its head and all of it are."""

    kind: int
    start: int
    body: int
    end: int


def _chunks(table: bytes, start: int, end: int) -> Iterator[_Chunk]:
    while start < end:
        kind, head, size = struct.unpack_from("<HHI", table, start)
        yield _Chunk(kind, start, start + head, start + size)
        start += size


def _resources(table: bytes) -> dict[str, dict[str, str]]:
    """The texts of a compiled resource table (`ResTable` of Android's `ResourceTypes.h`) by language."""
    whole = next(_chunks(table, 0, len(table)))
    strings: list[str] = []
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for chunk in _chunks(table, whole.body, whole.end):
        if chunk.kind == _STRINGS:
            strings = _strings(table, chunk)
        elif chunk.kind == _PACKAGE:
            for part in _chunks(table, chunk.body, chunk.end):
                language = _configured(table, part) if part.kind == _TYPE else None
                if language:
                    found[language] |= {key: strings[number] for key, number in _entries(table, part)}
    return found


def _strings(table: bytes, chunk: _Chunk) -> list[str]:
    count, _, flags, first = struct.unpack_from("<IIII", table, chunk.start + 8)
    offsets = struct.unpack_from(f"<{count}I", table, chunk.body)
    read = _utf8 if flags & _IS_UTF8 else _utf16
    return [read(table, chunk.start + first + offset) for offset in offsets]


def _utf8(table: bytes, place: int) -> str:
    """Before the text: its length in characters, then in bytes, each of one byte or, over 127, of two."""
    length = 0
    for _ in range(2):
        length, place = table[place], place + 1
        if length & 0x80:
            length, place = (length & 0x7F) << 8 | table[place], place + 1
    return table[place : place + length].decode("utf-8", "replace")


def _utf16(table: bytes, place: int) -> str:
    length, place = int.from_bytes(table[place : place + 2], "little"), place + 2
    if length & 0x8000:
        length, place = (length & 0x7FFF) << 16 | int.from_bytes(table[place : place + 2], "little"), place + 2
    return table[place : place + 2 * length].decode("utf-16-le", "replace")


def _configured(table: bytes, part: _Chunk) -> str | None:
    """The language that resources are for; None: they are for something else besides, as a screen or a region."""
    size = int.from_bytes(table[part.start + 20 : part.start + 24], "little")
    configuration = table[part.start + 24 : part.start + 20 + size]
    network, language, region, rest = (
        configuration[:4],
        configuration[4:6].rstrip(b"\0"),
        configuration[6:8].rstrip(b"\0"),
        configuration[8:],
    )
    if any(network) or any(rest) or not language.isascii() or not region.isascii():
        return None
    named = language.decode() or SOURCE
    return _language(named) if region.decode() == _REGIONS.get(named, "") else None


def _language(name: str) -> str:
    return _OTHER_NAMES.get(name, name)


def _entries(table: bytes, part: _Chunk) -> Iterator[tuple[str, int]]:
    """Which text each resource is, plurals and lists by part: (key, number of the text)."""
    kind, count, first = table[part.start + 8], *struct.unpack_from("<II", table, part.start + 12)
    for number, offset in enumerate(struct.unpack_from(f"<{count}I", table, part.body)):
        if offset == _NONE:
            continue
        entry = part.start + first + offset
        head, flags = struct.unpack_from("<HH", table, entry)
        if not flags & _IS_COMPLEX:
            _, _, held, value = struct.unpack_from("<HBBI", table, entry + head)
            values = [(0, held, value)]
        else:
            (parts,) = struct.unpack_from("<I", table, entry + 12)
            values = [
                (name, held, value)
                for name, _, _, held, value in struct.iter_unpack(
                    "<IHBBI", table[entry + head : entry + head + 12 * parts]
                )
            ]
        for name, held, value in values:
            if held == _TEXT:
                yield f"{kind} {number} {name}", value


if __name__ == "__main__":
    main()
