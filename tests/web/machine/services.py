"""Translation services on this machine, for tests: real servers that speak as LibreTranslate and MinT do.

They translate by writing words backwards, and leave tags alone. `Trouble` is what else a network does.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Trouble(Enum):
    """What a service does instead of answering."""

    NONE = "none"
    SLOW = "slow"
    DRIP = "drip"
    CUT_OFF = "cut-off"
    HUGE = "huge"
    NO_JSON = "no-json"
    COMPRESSED = "compressed"
    ELSEWHERE = "elsewhere"
    BUSY = "busy"
    BROKEN = "broken"
    BROKEN_PAGE = "broken-page"
    ODD = "odd"
    DEEP = "deep"


@dataclass
class Service:
    """One that listens. `asked`: what it was asked for, in order, (path, JSON)."""

    address: str = ""
    key: str = ""
    most_at_once: int = 100
    longest: int = 100_000
    trouble: Trouble = Trouble.NONE
    languages: Any = None
    asked: list[tuple[str, Any]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


@contextmanager
def libretranslate(**fields: Any) -> Iterator[Service]:
    """A LibreTranslate with English, Spanish and traditional Chinese."""
    known = [
        {"code": "en", "name": "English", "targets": ["en", "es", "zt"]},
        {"code": "es", "name": "Spanish", "targets": ["en", "es"]},
        {"code": "zt", "name": "Chinese (traditional)", "targets": ["en"]},
    ]
    with _listening(Service(**{"languages": known} | fields), _libretranslate) as service:
        yield service


@contextmanager
def mint(**fields: Any) -> Iterator[Service]:
    """A MinT that has Spanish, Norwegian and Igbo for English."""
    known = {"en": {"es": ["nllb200-600M"], "no": ["nllb200-600M"], "ig": ["nllb200-600M", "madlad400-3b-ct2"]}}
    with _listening(Service(**{"languages": known} | fields), _mint) as service:
        yield service


def backwards(html: str) -> str:
    """The words of some HTML written backwards."""
    pieces = re.split(r"(<[^>]*>|&\w+;)", html)
    return "".join(
        piece if index % 2 else re.sub(r"\w+", lambda word: word[0][::-1], piece) for index, piece in enumerate(pieces)
    )


def _libretranslate(service: Service, path: str, said: Any) -> tuple[int, Any]:
    if path == "/languages":
        return 200, service.languages
    if path != "/translate":
        return 404, {"error": "Not Found"}
    if service.key and "api_key" not in said:
        return 400, {"error": "Please contact the server operator to get an API key"}
    if service.key and said["api_key"] != service.key:
        return 403, {"error": "Invalid API key"}
    texts = said["q"] if isinstance(said["q"], list) else [said["q"]]
    if len(texts) > service.most_at_once:
        size = f"request ({len(texts)}) exceeds text limit ({service.most_at_once})"
        return 400, {"error": f"Invalid request: {size}"}
    if (size := sum(map(len, texts))) > service.longest:
        return 400, {"error": f"Invalid request: request ({size}) exceeds text limit ({service.longest})"}
    known = {one["code"] for one in service.languages}
    for name in ("source", "target"):
        if said[name] not in known:
            return 400, {"error": f"{said[name]} is not supported"}
    found = [backwards(text) for text in texts]
    return 200, {"translatedText": found if isinstance(said["q"], list) else found[0]}


def _mint(service: Service, path: str, said: Any) -> tuple[int, Any]:
    if path == "/api/languages":
        return 200, service.languages
    if path != "/api/translate":
        return 404, {"detail": "Not Found"}
    if said["target_language"] not in service.languages.get(said["source_language"], {}):
        return 422, {"detail": "Language pair is not supported"}
    if len(said["content"]) > service.longest:
        return 413, {"detail": f"Request size exceeds maximum character limit {service.longest}"}
    return 200, {
        "translation": backwards(said["content"]),
        "translationtime": 0.01,
        "sourcelanguage": said["source_language"],
        "targetlanguage": said["target_language"],
        "model": "nllb200-600M",
    }


@contextmanager
def _listening(service: Service, answer: Any) -> Iterator[Service]:
    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, said: Any) -> None:
            service.asked.append((self.path, said))
            if service.trouble is Trouble.NONE:
                status, body = answer(service, self.path, said)
                self._send(status, json.dumps(body).encode())
            else:
                self._trouble(service.trouble)

        def _trouble(self, trouble: Trouble) -> None:
            if trouble is Trouble.SLOW:
                service.stopped.wait(20)
            elif trouble is Trouble.CUT_OFF:
                self._send(200, b'{"translated', length=1000)
            elif trouble is Trouble.DRIP:
                self._send(200, b"", length=1000)
                while not service.stopped.wait(0.05):
                    self.wfile.write(b" ")
            elif trouble is Trouble.HUGE:
                self._send(200, b"", length=10**9)
                while not service.stopped.is_set():
                    self.wfile.write(b" " * 65536)
            elif trouble is Trouble.NO_JSON:
                self._send(200, b"<html>Welcome</html>")
            elif trouble is Trouble.DEEP:
                self._send(200, b"[" * 100000)
            elif trouble is Trouble.COMPRESSED:
                self._send(200, b"[]", headers={"Content-Encoding": "gzip"})
            elif trouble is Trouble.ELSEWHERE:
                self._send(302, b"", headers={"Location": "http://elsewhere.invalid/"})
            elif trouble is Trouble.BUSY:
                self._send(429, b'{"error": "Slowdown: 80 per 1 minute"}')
            elif trouble is Trouble.BROKEN:
                self._send(500, b'{"error": "Cannot translate text: out of memory"}')
            elif trouble is Trouble.BROKEN_PAGE:
                self._send(502, b"<html>Bad Gateway</html>")
            elif trouble is Trouble.ODD:
                self._send(200, b'{"translatedText": [7], "translation": null}')

        def _send(self, status: int, body: bytes, *, length: int = -1, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with suppress(OSError):  # whoever asked had enough
                super().handle()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield service
    finally:
        service.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
