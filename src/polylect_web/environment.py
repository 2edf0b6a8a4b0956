"""Reads settings from the environment; a bad value's sentence names the setting, the value and what is allowed."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_HOST = re.compile(r"\*|\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]")
_ADDRESS = re.compile(r"(?P<host>[^:\[\]\s]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})")
_MACHINE = re.compile(
    r"apertium|(?P<kind>libretranslate|mint)\+(?P<address>https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?(?:/[^\s?#@]*)?)"
)
_MACHINES_ALLOWED = "apertium, libretranslate+https://host/ or mint+https://host/, each once, with commas between"
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")
_SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a transaction that reads first and then writes must not fail half way
    "timeout": 20,  # seconds to wait for somebody who writes without our queue, such as the sqlite3 program
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",  # FULL: what was committed survives a power cut
}


class Environment:
    """The POLYLECT_ variables of an environment; `names` are those that were asked for."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.names: list[str] = []

    def text(self, name: str, *, default: str) -> str:
        """The value as it is written, without spaces around it; empty counts as unset."""
        self.names.append(name)
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        """Yes or no."""
        value = self.text(name, default=_TRUE[0] if default else _FALSE[0])
        if value.lower() not in _TRUE + _FALSE:
            raise bad_value(name, value, f"one of {', '.join(_TRUE)} or {', '.join(_FALSE)}")
        return value.lower() in _TRUE

    def number(self, name: str, *, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.text(name, default=str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise bad_value(name, value, f"a whole number from {least} to {most}")
        return int(value)

    def hosts(self, name: str, *, default: tuple[str, ...]) -> list[str]:
        """Names of hosts with commas between them, without port: `learn.example.org`, `.example.org` for all below."""
        value = self.text(name, default=",".join(default))
        hosts = [word.strip() for word in value.split(",") if word.strip()]
        if not all(_HOST.fullmatch(host) for host in hosts):
            raise bad_value(name, value, "names of hosts with commas between, such as learn.example.org,[::1]")
        return hosts

    def address(self, name: str, *, default: str) -> tuple[str, int]:
        """An address to listen on and its port: `127.0.0.1:8000`, `[::1]:8000`."""
        value = self.text(name, default=default)
        found = _ADDRESS.fullmatch(value)
        if found is None or not 1 <= int(found["port"]) <= 65535:
            raise bad_value(name, value, "an address and a port, such as 127.0.0.1:8000 or [::1]:8000")
        return found["host"].strip("[]"), int(found["port"])

    def folder(self, name: str, *, default: Path) -> Path:
        """A folder, made if it is not there."""
        value = Path(self.text(name, default=str(default))).expanduser().absolute()
        try:
            value.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise bad_value(name, str(value), f"a folder that can be made and written ({error.strerror})") from error
        return value

    def secret(self, name: str, *, kept_in: Path) -> str:
        """A secret of 32 characters or more; where none is given, one is made and kept for its owner alone."""
        value = self.text(name, default="")
        if value:
            if len(value) < 32:
                raise bad_value(name, "(not shown)", "a secret of 32 characters or more")
            return value
        if not kept_in.exists():
            _keep_secret(kept_in, secrets.token_urlsafe(48))
        return kept_in.read_text(encoding="ascii").strip()

    def machines(self, name: str) -> tuple[tuple[str, str], ...]:
        """Translating machines with commas between them: (kind, address), the address empty for Apertium."""
        found: dict[str, str] = {}
        for word in filter(None, (word.strip() for word in self.text(name, default="").split(","))):
            machine = _MACHINE.fullmatch(word)
            if machine is None or (kind := machine["kind"] or "apertium") in found:
                raise bad_value(name, word, _MACHINES_ALLOWED)
            found[kind] = (machine["address"] or "").rstrip("/")
        return tuple(found.items())

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """Django's settings for the database at `sqlite:///folder/file` or `postgres://user:password@host:port/name`."""
        value = self.text(name, default=f"sqlite:///{default}")
        parts = urlsplit(value)
        if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
            path = unquote(parts.path[1:])
            _keep_to_owner(Path(path))
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": path,
                "CONN_MAX_AGE": None,
                "OPTIONS": _SQLITE,
            }
        if parts.scheme in ("postgres", "postgresql") and len(parts.path) > 1:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path[1:]),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": parts.hostname or "",
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 600,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": dict(parse_qsl(parts.query)),
            }
        raise bad_value(
            name,
            f"{parts.scheme}://…",
            "sqlite:///a/file (four slashes for a path from the root) or postgres://user:password@host:port/name",
        )


def bad_value(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    """The error for a setting that cannot be used, said to the operator."""
    return ImproperlyConfigured(f"{name} is {value!r}; it must be {allowed}.")


def _keep_to_owner(database: Path) -> None:
    """Makes a database that is not there yet, empty and for its owner alone; SQLite's other files beside it follow."""
    if database.parent.is_dir() and database.name != ":memory:":
        database.touch(mode=0o600)


def _keep_secret(path: Path, secret: str) -> None:
    """Writes the secret for its owner alone, and so that two processes that start at once end up with the same one."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    beside.touch(mode=0o600)
    beside.write_text(secret, encoding="ascii")
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
