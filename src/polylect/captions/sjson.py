"""Reads and writes."""

from polylect.captions.track import Track
from polylect.issues import Issue


def parse(data: str | bytes, file: str = "") -> tuple[Track, tuple[Issue, ...]]:
    """The track, and what its author would want to mend."""
    raise NotImplementedError


def write(track: Track) -> str:
    """The file's text: as it was read, for what was read."""
    raise NotImplementedError
