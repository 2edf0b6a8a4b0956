"""The outgoing network: the only place from which the site asks another server for anything.

Whoever calls it has an address from the operator's settings, never from a page or a file, and does so because somebody
pressed a button. An answer is JSON, has a bound on its size and on the time it takes, and never leads elsewhere: a
redirection is an answer like any other. Proxies and passwords that the environment may name are not used.
"""

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 2 * 1024 * 1024
CONNECT_SECONDS = 2
READ_SECONDS = 8
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Polylect"}


class Trouble(Enum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    """Nobody is there, or the connection broke."""
    SLOW = "slow"
    """It took too long."""
    UNREADABLE = "unreadable"
    """What came is too large, or no JSON."""


class NoAnswer(Exception):
    """The server could not be asked. `str()` says what happened, for a log."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble


@dataclass(frozen=True)
class Answer:
    """What a server said: the status, and the body as JSON (None where an error came without any)."""

    status: int
    body: object


def ask(address: str, *, said: Mapping[str, object] | None = None, seconds: float = READ_SECONDS) -> Answer:
    """Gets JSON from an address, or posts `said` to it as JSON.

    `seconds`: how long the answer may take from first to last. Raises NoAnswer, and never anything else.
    """
    import httpx  # a site that asks nobody need not wait for it at start

    timeout = httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    method = "GET" if said is None else "POST"
    try:
        with (
            httpx.Client(verify=_trusted(), timeout=timeout, trust_env=False, follow_redirects=False) as client,
            client.stream(method, address, json=said, headers=_HEADERS) as response,
        ):
            return Answer(response.status_code, _body(response, time.monotonic() + seconds))
    except httpx.TimeoutException as error:
        raise NoAnswer(Trouble.SLOW, str(error) or type(error).__name__) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NoAnswer(Trouble.UNREACHABLE, str(error) or type(error).__name__) from error


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed: those that the machine's own programs believe."""
    return ssl.create_default_context()


def _body(response: "httpx.Response", deadline: float) -> object:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise NoAnswer(Trouble.UNREADABLE, "compressed, though that was not asked for")
    taken = bytearray()
    for piece in response.iter_raw():
        taken += piece
        if len(taken) > MOST_BYTES:
            raise NoAnswer(Trouble.UNREADABLE, f"more than {MOST_BYTES} bytes")
        if time.monotonic() > deadline:
            raise NoAnswer(Trouble.SLOW, "it did not come to an end")
    try:
        return json.loads(taken)
    except (ValueError, RecursionError) as error:
        if response.status_code >= 400:
            return None
        raise NoAnswer(Trouble.UNREADABLE, "no JSON") from error
