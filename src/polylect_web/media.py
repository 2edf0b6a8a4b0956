"""Files go out beside Django: `/static/…` and the assets of courses, `/media/<sha256>/<name>`.

Starlette's file response does the sending: it answers Range and If-Range, reads a file piece by piece, and a slow
reader holds neither a thread nor a copy. Which file, and under which headers, is decided here. What an author
uploaded never runs as part of the site: it is sent with a sandboxing policy, and what is not a picture, a film, a
sound or a caption, as an attachment.
"""

import os
import re
import stat
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

_KEPT = "public, max-age=31536000, immutable"
_CHECKED = "no-cache"
_ASSET = re.compile(r"/media/(?P<hash>[0-9a-f]{64})/(?P<name>[^/\0]{1,255})")
_HASHED_NAME = re.compile(r"\.[0-9a-f]{12}\.")
_RANGE = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*")
_NOT_SENT = frozenset({"staticfiles.json", ".stamp"})
_ALWAYS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
_OF_304 = frozenset({"Cache-Control", "ETag", "Vary", *_ALWAYS})
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

_TYPES = MimeTypes(filenames=())  # the machine's own list of types is left alone: it differs from machine to machine
for _type, _suffix in (
    ("application/x-subrip", ".srt"),
    ("audio/mp4", ".m4a"),
    ("audio/ogg", ".oga"),
    ("audio/ogg", ".opus"),
    ("font/woff2", ".woff2"),
    ("image/avif", ".avif"),
    ("image/webp", ".webp"),
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("text/vtt", ".vtt"),
    ("video/mp4", ".m4v"),
):
    _TYPES.add_type(_type, _suffix)
_SHOWN = re.compile(r"(?:image/(?!svg)|audio/|video/|font/|text/(?:plain|vtt|csv);).*|application/(?:pdf|x-subrip)")
_SANDBOX = "default-src 'none'; sandbox"
# Browsers' own viewers show no PDF in a sandbox; they run what is in it apart from the site.
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class File:
    """A file to be sent, how many bytes it has, and the headers it goes with."""

    path: Path
    size_bytes: int
    headers: dict[str, str]


@dataclass(frozen=True)
class Files:
    """An ASGI application that sends files: those collected in `static`, and assets, in `assets` by their hash."""

    static: Path
    assets: Path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await PlainTextResponse("Only GET and HEAD.", 405, {"Allow": "GET, HEAD"})(scope, receive, send)
            return
        headers = Headers(scope=scope)
        file = await run_sync(self._find, scope["path"], headers.get("accept-encoding", ""))
        await _response(file, headers)(_without_odd_range(scope, headers), receive, send)

    def _find(self, path: str, accepted: str) -> File | None:
        asset = _ASSET.fullmatch(path)
        if asset:
            return _asset(self.assets / asset["hash"][:2] / asset["hash"], asset["hash"], asset["name"])
        name = path.removeprefix("/static/")
        return _static(self.static, name, accepted) if name != path else None


def _asset(path: Path, content_hash: str, name: str) -> File | None:
    """An asset under the name a course has for it. Its hash is its ETag: what was loaded once stays good."""
    status = _status(path)
    if status is None:
        return None
    media_type = _media_type(name)
    is_shown = _SHOWN.fullmatch(media_type) is not None
    disposition = "inline" if is_shown else "attachment"
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f"{disposition}; filename*=utf-8''{quote(name, safe='')}",
        "Content-Security-Policy": _PDF_POLICY if media_type == "application/pdf" else _SANDBOX,
        "Cache-Control": _KEPT,
        "ETag": f'"{content_hash}"',
    }
    return File(path, status.st_size, headers)


def _static(folder: Path, name: str, accepted: str) -> File | None:
    """A collected file, compressed if the browser takes that; a name with a hash in it stays good for ever."""
    path = Path(os.path.normpath(folder / name))
    if not path.is_relative_to(folder) or path.relative_to(folder).as_posix() in _NOT_SENT:
        return None
    headers = {
        "Content-Type": _media_type(name),
        "Cache-Control": _KEPT if _HASHED_NAME.search(name) else _CHECKED,
        "Vary": "Accept-Encoding",
    }
    for encoding, suffix in _ENCODINGS:
        packed = path.with_name(path.name + suffix)
        status = _status(packed) if encoding in accepted else None
        if status:
            return File(packed, status.st_size, headers | _etag(status) | {"Content-Encoding": encoding})
    status = _status(path)
    return File(path, status.st_size, headers | _etag(status)) if status else None


def _status(path: Path) -> os.stat_result | None:
    """The status of a regular file, which is no link; None for anything else."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _etag(status: os.stat_result) -> dict[str, str]:
    return {"ETag": f'"{status.st_mtime_ns:x}-{status.st_size:x}"'}


def _media_type(name: str) -> str:
    media_type = _TYPES.guess_type(f"x{Path(name).suffix.lower()}")[0] or "application/octet-stream"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _response(file: File | None, asked: Headers) -> Response:
    """The answer to these headers: nothing new, or the file, of which FileResponse sends the part asked for."""
    if file is None:
        return PlainTextResponse("Not found.", 404, _ALWAYS)
    headers = file.headers | _ALWAYS
    if _matches(asked.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers={name: value for name, value in headers.items() if name in _OF_304})
    return FileResponse(file.path, headers=headers, media_type=headers["Content-Type"])


def _matches(asked: str, etag: str) -> bool:
    """Whether If-None-Match names this ETag (RFC 9110, section 13.1.2, by weak comparison)."""
    return asked.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in asked.split(","))


def _without_odd_range(scope: Scope, headers: Headers) -> Scope:
    """The request without a Range that is not one of bytes: RFC 9110, section 14.2, has it ignored, not refused."""
    if "range" not in headers or _RANGE.fullmatch(headers["range"]):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"range"]}
