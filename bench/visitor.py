"""Somebody at a site under test: one connection that stays, cookies, forms. The standard library only."""

import gzip
import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode, urlsplit

Form = dict[str, str | list[str]]

_HIDDEN_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(?P<token>[^"]+)"')
_TIMEOUT_S = 60


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case; `body` is as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body to read. Ask for no encoding but gzip if you want this."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Unexpected(Exception):
    """A page answered with another status than it should have."""


class Visitor:
    """One browser's worth of state: a connection, made again when the server closed it, and cookies."""

    def __init__(self, address: str, *, accept_encoding: str = "gzip") -> None:
        self._host = urlsplit(address).netloc
        self._accept_encoding = accept_encoding
        self._connection = HTTPConnection(self._host, timeout=_TIMEOUT_S)
        self.cookies: dict[str, str] = {}
        self.username = ""
        """Who signed in last, if anybody did."""

    def get(self, path: str, *, expect: int = 200, **headers: str) -> Answer:
        """Asks for a page. Raises Unexpected for another status."""
        return self._expected(expect, "GET", path, self._send("GET", path, None, headers))

    def post(self, path: str, form: Form, *, expect: int = 200, **headers: str) -> Answer:
        """Sends a form, with the token against forgery that the site gave in a cookie. It is sent once: when the
        connection breaks, nobody knows whether it arrived. Raises OSError or HTTPException then."""
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        if "csrf" in self.cookies:
            headers["X-CSRFToken"] = self.cookies["csrf"]
        body = urlencode(form, doseq=True).encode()
        return self._expected(expect, "POST", path, self._send("POST", path, body, headers))

    def sign_in(self, username: str, password: str) -> None:
        """Signs in, as the form on the page does."""
        self.username = username
        self.get("/en/sign-in/")
        self.post("/en/sign-in/", {"username": username, "password": password}, expect=302)

    def forget(self) -> None:
        """Loses all cookies: somebody new."""
        self.cookies.clear()

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = {"Accept-Encoding": self._accept_encoding, **{name.replace("_", "-"): v for name, v in headers.items()}}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            self._connection.close()
            raise
        self._keep_cookies(response)
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, content)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]

    @staticmethod
    def _expected(expected: int, method: str, path: str, answer: Answer) -> Answer:
        if answer.status != expected:
            raise Unexpected(f"{method} {path} answered {answer.status}, not {expected}: {answer.body[:200]!r}")
        return answer
