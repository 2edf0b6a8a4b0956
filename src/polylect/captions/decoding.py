"""From a caption file's bytes to its text."""

import codecs

from polylect.issues import Issue, Place, Severity, declare

GUESSED = declare(
    "captions-encoding",
    Severity.WARNING,
    "The file is not in UTF-8 and was read as Windows-1252. Look at its accented letters, and save it as UTF-8.",
)
NOT_UTF_8 = declare(
    "vtt-encoding", Severity.ERROR, "The file is not in UTF-8: “{found}” cannot be read. Save it as UTF-8."
)


def webvtt(data: bytes, file: str) -> tuple[str, list[Issue]]:
    """UTF-8, as the standard says: what is not becomes U+FFFD. A byte order mark is kept."""
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start : error.end].hex(" ")
        return data.decode("utf-8", "replace"), [NOT_UTF_8.at(Place(file, line), found=found)]


def loose(data: bytes, file: str) -> tuple[str, list[Issue]]:
    """UTF-16 if its byte order mark is there, else UTF-8, else Windows-1252 with an issue."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data.decode("cp1252", "replace"), [GUESSED.at(Place(file, line))]
