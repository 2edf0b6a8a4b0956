"""What the server refuses before any view is asked, and who on the same machine may read what it keeps."""

import asyncio
import stat
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from starlette.types import Message

from polylect_web.environment import Environment
from polylect_web.media import Files
from polylect_web.serve import Pages


def test_a_sender_who_never_ends_is_not_waited_for(settings: Settings) -> None:
    settings.LONGEST_REQUEST_SECONDS = 0.05
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/en/sign-in/", "headers": [], "query_string": b""}
    asyncio.run(Pages(threads=1)(scope, receive, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize(
    "path",
    [
        "/static/staticfiles.json",
        "/static/./staticfiles.json",
        "/static/css/../staticfiles.json",
        "/static/.stamp",
        "/static/css/../.stamp",
        "/static/../secret-key",
        "/static//secret-key",
        "/static/a\0b",
        "/static/" + "../" * 1000 + "etc/passwd",
        "/media/../secret-key",
    ],
)
def test_only_what_is_meant_to_goes_out(path: str, tmp_path: Path) -> None:
    for name in ("static/css/site.css", "static/staticfiles.json", "static/.stamp", "secret-key"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert status_of(Files(tmp_path / "static", tmp_path / "assets"), "/static/css/site.css") == 200
    assert status_of(Files(tmp_path / "static", tmp_path / "assets"), path) == 404


def status_of(files: Files, path: str) -> int:
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()  # the browser sends nothing more, and does not go away
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(files({"type": "http", "method": "GET", "path": path, "headers": []}, receive, send))
    return int(sent[0]["status"])


def test_nobody_else_on_the_machine_reads_the_database_or_the_secret(tmp_path: Path) -> None:
    environment = Environment({})
    environment.database("POLYLECT_DATABASE_URL", default=tmp_path / "new.sqlite3")
    environment.secret("POLYLECT_SECRET_KEY", kept_in=tmp_path / "secret-key")
    for name in ("new.sqlite3", "secret-key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


def test_a_database_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    path.write_bytes(b"kept")
    path.chmod(0o640)
    Environment({}).database("POLYLECT_DATABASE_URL", default=path)
    assert path.read_bytes() == b"kept"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_without_settings_nothing_is_shown_to_developers(settings: Settings) -> None:
    assert Environment({}).flag("POLYLECT_DEBUG", default=False) is False
    assert settings.DEBUG is False
