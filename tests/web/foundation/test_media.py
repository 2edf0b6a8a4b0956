"""Files over real HTTP: the parts of a film, what is kept by browsers, and what never goes out."""

import gzip
import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest

FILM = bytes(range(256)) * 1024
HASH = hashlib.sha256(FILM).hexdigest()
HIDDEN = hashlib.sha256(b"hidden").hexdigest()
STYLE = b"p { margin: 0 }\n" * 100


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Site:
    """A site that runs by itself, with a film, a hidden file and a stylesheet."""

    port: int

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """The answer to one request, on a connection of its own."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=names)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("data")
    put(data / "assets" / HASH[:2] / HASH, FILM)
    put(data / "assets-hidden" / HIDDEN[:2] / HIDDEN, b"hidden")
    put(data / "static" / "css" / "site.0123456789ab.css", STYLE)
    put(data / "static" / "css" / "site.0123456789ab.css.br", brotli.compress(STYLE))
    put(data / "static" / "css" / "site.0123456789ab.css.gz", gzip.compress(STYLE))
    put(data / "static" / "staticfiles.json", b"{}")
    (data / "static" / "link.css").symlink_to(data / "secret-key")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "polylect_web.asgi:application",
        "--interface",
        "asginl",
        "--port",
        str(port),
    ]
    environment = {"PATH": os.environ["PATH"], "POLYLECT_DATA": str(data)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield Site(port)
        finally:
            process.terminate()


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def film(name: str = "lesson.webm") -> str:
    return f"/media/{HASH}/{name}"


def test_a_whole_film_says_that_parts_can_be_had(site: Site) -> None:
    answer = site.ask(film())
    assert (answer.status, answer.body) == (200, FILM)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Type"] == "video/webm"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["ETag"] == f'"{HASH}"'


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, len(FILM) - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=1000-1999", 1000, 1999),
        ("bytes=-100", len(FILM) - 100, len(FILM) - 1),
        (f"bytes={len(FILM) - 1}-", len(FILM) - 1, len(FILM) - 1),
        ("bytes=1000-99999999999", 1000, len(FILM) - 1),
        ("bytes=-99999999999", 0, len(FILM) - 1),
    ],
)
def test_a_part_is_sent_as_asked_for(site: Site, asked: str, first: int, last: int) -> None:
    answer = site.ask(film(), Range=asked)
    assert (answer.status, answer.body) == (206, FILM[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert answer.headers["Content-Length"] == str(last + 1 - first)


def test_a_part_behind_the_end_cannot_be_had(site: Site) -> None:
    answer = site.ask(film(), Range=f"bytes={len(FILM)}-")
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{len(FILM)}")


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes", "bytes=", "bytes=a-b", "bytes=1", "bytes=--1", "bytes=1-2-3"])
def test_a_range_that_is_none_is_ignored(site: Site, asked: str) -> None:
    answer = site.ask(film(), Range=asked)
    assert (answer.status, answer.body) == (200, FILM)


def test_many_tiny_ranges_do_not_cost_more_than_the_file(site: Site) -> None:
    answer = site.ask(film(), Range="bytes=" + ",".join(f"{at}-{at}" for at in range(0, 4000, 2)))
    assert (answer.status, len(answer.body)) == (200, len(FILM))


def test_a_part_of_something_that_has_changed_is_the_whole(site: Site) -> None:
    assert site.ask(film(), Range="bytes=0-9", If_Range=f'"{HASH}"').status == 206
    assert site.ask(film(), Range="bytes=0-9", If_Range='"another"').status == 200


@pytest.mark.parametrize(
    ("known", "status"), [(f'"{HASH}"', 304), (f'W/"{HASH}"', 304), (f'"x", "{HASH}"', 304), ("*", 304), ('"x"', 200)]
)
def test_what_the_browser_has_is_not_sent_again(site: Site, known: str, status: int) -> None:
    answer = site.ask(film(), If_None_Match=known)
    assert answer.status == status
    assert answer.headers["ETag"] == f'"{HASH}"'


def test_head_tells_the_size_and_sends_nothing(site: Site) -> None:
    answer = site.ask(film(), "HEAD")
    assert (answer.status, answer.headers["Content-Length"], answer.body) == (200, str(len(FILM)), b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_files_are_for_reading_only(site: Site, method: str) -> None:
    answer = site.ask(film(), method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("a.webm", "video/webm", "inline"),
        ("a.PNG", "image/png", "inline"),
        ("a.vtt", "text/vtt; charset=utf-8", "inline"),
        ("a.pdf", "application/pdf", "inline"),
        ("a.svg", "image/svg+xml", "attachment"),
        ("a.html", "text/html; charset=utf-8", "attachment"),
        ("a.js", "text/javascript; charset=utf-8", "attachment"),
        ("a.xml", "text/xml; charset=utf-8", "attachment"),
        ("a.xhtml", "application/octet-stream", "attachment"),
        ("a", "application/octet-stream", "attachment"),
        ("a.png.zip", "application/zip", "attachment"),
    ],
)
def test_what_could_run_is_saved_and_not_shown(site: Site, name: str, media_type: str, disposition: str) -> None:
    headers = site.ask(film(name), "HEAD").headers
    assert headers["Content-Type"] == media_type
    assert headers["Content-Disposition"].startswith(disposition)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "script-src" not in headers["Content-Security-Policy"]
    assert ("sandbox" in headers["Content-Security-Policy"]) == (name != "a.pdf")


def test_a_name_in_any_script_survives(site: Site) -> None:
    headers = site.ask(film("%D8%AF%D8%B1%D8%B3%22%20.mp4"), "HEAD").headers
    assert headers["Content-Disposition"] == "inline; filename*=utf-8''%D8%AF%D8%B1%D8%B3%22%20.mp4"


@pytest.mark.parametrize(
    "path",
    [
        f"/media/{HIDDEN}/python_lib.zip",
        f"/media/{HASH}",
        f"/media/{HASH}/",
        f"/media/{HASH[:-1]}/a.webm",
        f"/media/{HASH}/../../secret-key",
        f"/media/../assets-hidden/{HIDDEN[:2]}/{HIDDEN}",
        "/static/../secret-key",
        "/static/%2e%2e/secret-key",
        "/static/..%2fsecret-key",
        "/static//etc/passwd",
        "/static/css",
        "/static/",
        "/static/a%00b",
        "/static/link.css",
        "/static/staticfiles.json",
        "/static/" + "a" * 5000,
    ],
)
def test_nothing_else_goes_out(site: Site, path: str) -> None:
    assert site.ask(path).status == 404


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_stylesheet_goes_out_as_it_was_compressed_before(site: Site, accepted: str, encoding: str | None) -> None:
    answer = site.ask("/static/css/site.0123456789ab.css", Accept_Encoding=accepted)
    packed = {"br": brotli.compress(STYLE), "gzip": None, None: STYLE}[encoding]
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, encoding)
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]
    assert packed is None or answer.body == packed


def test_pages_are_made_beside_the_files(site: Site) -> None:
    assert site.ask("/", Accept_Language="fr").headers["Location"] == "/fr/"


def test_a_request_that_is_too_long_is_refused_with_a_sentence(site: Site) -> None:
    answer = site.ask("/en/sign-in/", "POST", body=b"x" * 3_000_000)
    assert (answer.status, answer.body) == (413, b"This is more than can be sent here at once.")


def test_senders_who_are_slow_hold_up_nobody(site: Site) -> None:
    slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(40)]
    for sender in slow:
        sender.sendall(b"POST /en/sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nusername=")
    try:
        assert site.ask("/", Accept_Language="fr").status == 302
    finally:
        for sender in slow:
            sender.close()


def test_readers_who_are_slow_hold_up_nobody(site: Site) -> None:
    slow = []
    for _ in range(60):
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(("127.0.0.1", site.port))
        reader.sendall(f"GET {film()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        slow.append(reader)
    try:
        assert site.ask("/", Accept_Language="fr").status == 302
        assert site.ask(film(), Range="bytes=0-9").status == 206
    finally:
        for reader in slow:
            reader.close()
