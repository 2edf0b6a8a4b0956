"""Static files as they are sent: one stylesheet, one script, names that hold a hash of the content, and compressed
beforehand.

A stylesheet that starts with `@import url("part.css");` lines stays as it is in the source, and works so;
collecting puts the parts in their places, so that a page waits for one file. Modules that others import are put in
front of these likewise (`modules`). Before anything was collected, names stay as they are.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.management import call_command

from polylect_web.foundation import modules

_IMPORT = re.compile(r"""@import\s+url\(["']?(?P<part>[^"':)]+\.css)["']?\);[ \t]*\n?""")
_URL = re.compile(r"""url\((?P<quote>["']?)(?P<path>(?![/#"']|[a-z]+:)[^)"']+)(?P=quote)\)""")
_COMPRESSED = frozenset({".css", ".js", ".mjs", ".svg", ".json", ".txt", ".html", ".webmanifest"})
_LEAST_BYTES = 512


class StaticStorage(ManifestStaticFilesStorage):
    """Joins, hashes and compresses what `collectstatic` brings."""

    support_js_module_import_aggregation = True

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file: worked out once where the names of the collected files are known, as they are read
        once, too."""
        if name is None or not self.hashed_files:
            return str(super().url(name or "", force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name, force))
        return self._addresses[name]

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool] | tuple[str, None, RuntimeError]]:
        """Joins stylesheets and scripts before they are hashed, compresses the results after."""
        if dry_run:
            return
        joined = {name: text for name in paths if name.endswith(".css") and (text := self._joined_style(name))}
        joined |= self._joined_scripts([name for name in paths if name.endswith(".js")])
        for name, text in joined.items():
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
            paths[name] = (self, name)  # what is hashed is read from here, and not from where it was collected
        done = set()
        for outcome in super().post_process(paths, dry_run, **options):
            if outcome[2] is True:
                done.add(outcome[1])
            yield outcome
        for name in done:
            self._compress(name)

    def _joined_style(self, name: str) -> str:
        """A stylesheet with its parts in their places; empty where it has none."""
        text = self._read(name)
        joined = self._with_parts(name, text, ())
        return "" if joined == text else joined

    def _joined_scripts(self, names: list[str]) -> dict[str, str]:
        """The modules that import others and that no other imports, by name, each with all that it needs."""
        needed = {name: modules.imports(name, self._read(name), self._module) for name in names}
        inner = {module for held in needed.values() for module in held}
        return {
            name: modules.joined(name, self._read, self._module)
            for name, held in needed.items()
            if held and name not in inner
        }

    def _module(self, name: str, address: str) -> str:
        """The name of the module that another imports by this address."""
        path = _normal(PurePosixPath(name).parent / address)
        if not self.exists(path):
            raise ValueError(f"{name} imports {address}, which is not there")
        return path

    def _with_parts(self, name: str, text: str, within: tuple[str, ...]) -> str:
        """The stylesheet with each part in its import's place, its addresses written as seen from `name`."""
        folder = PurePosixPath(name).parent

        def part(found: re.Match[str]) -> str:
            path = _normal(folder / found["part"])
            if path in within or not self.exists(path):
                raise ValueError(f"{name} imports {found['part']}, which is not there or imports it in turn")
            inner = self._with_parts(path, self._read(path), (*within, name))
            prefix = PurePosixPath(found["part"]).parent
            return _URL.sub(lambda url: f'url("{_normal(prefix / url["path"])}")', inner)

        return _IMPORT.sub(part, text)

    def _compress(self, name: str) -> None:
        if PurePosixPath(name).suffix not in _COMPRESSED:
            return
        with self.open(name) as file:
            content = file.read()
        if len(content) < _LEAST_BYTES:
            return
        for suffix, packed in (
            (".br", brotli.compress(content, quality=11)),
            (".gz", gzip.compress(content, 9, mtime=0)),
        ):
            if self.exists(name + suffix):
                self.delete(name + suffix)
            self.save(name + suffix, ContentFile(packed))

    def _read(self, name: str) -> str:
        with self.open(name) as file:
            return str(file.read(), "utf-8")


def collect_changed() -> bool:
    """Collects the static files if any of them, or this module, is not what it was the last time; whether it did."""
    folder = Path(settings.STATIC_ROOT)
    stamp = folder / ".stamp"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text("ascii") == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now, "ascii")
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list(None):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()


def _normal(path: PurePosixPath) -> str:
    """The path without `.` and `..` where they can be taken away."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
