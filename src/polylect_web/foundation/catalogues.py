"""The interface's translations: `locale/<language>/LC_MESSAGES/django.po`, and the `.mo` that is made from it."""

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_changed() -> list[Path]:
    """Makes each catalogue whose source is newer, and gives those it made. What is marked fuzzy is left out."""
    return [_compile(source) for source in _sources() if _is_newer(source, source.with_suffix(".mo"))]


def _sources() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def _is_newer(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    made = source.with_suffix(".mo")
    beside = made.with_suffix(f".mo-{os.getpid()}")  # several processes may make it at once
    with beside.open("wb") as file:
        write_mo(file, catalogue)
    beside.replace(made)
    return made
