"""Pages over ASGI, made by Django in a few threads that stay.

Django's own ASGI handler makes a thread for each request, and with it a new connection to the database. Here a
request is read as a whole first, so that a slow sender holds no thread; then one of a few threads makes the page;
then it is sent while that thread does something else. A page that streams takes a thread for one piece at a time.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core import signals
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

_TOO_LONG = "This is more than can be sent here at once."
_TOO_SLOW = "This took too long to arrive. Send it again."


@dataclass(frozen=True)
class _Made:
    """A page that a thread has made: what to send, and the response itself where it has more to come."""

    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes
    stream: StreamingHttpResponse | None = None


class Pages(ASGIHandler):
    """An ASGI application: Django, with `threads` threads for all requests together."""

    def __init__(self, threads: int) -> None:
        super(ASGIHandler, self).__init__()  # past the parent, which would load the middleware for asynchronous use
        self.load_middleware(is_async=False)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        try:
            async with asyncio.timeout(settings.LONGEST_REQUEST_SECONDS):
                body = await _read(scope, receive, settings.LONGEST_REQUEST_BYTES)
        except ClientDisconnect:
            return
        except TimeoutError:
            await PlainTextResponse(_TOO_SLOW, 408, {"Connection": "close"})(scope, receive, send)
            return
        if body is None:
            await PlainTextResponse(_TOO_LONG, 413)(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self._pool, self._make, scope, body)
        await send({"type": "http.response.start", "status": made.status, "headers": made.headers})
        if made.stream is not None:
            await self._send_stream(made.stream, send)
        await send({"type": "http.response.body", "body": made.content})

    async def _send_stream(self, response: StreamingHttpResponse, send: Send) -> None:
        loop = asyncio.get_running_loop()
        pieces = iter(response)
        try:
            while piece := await loop.run_in_executor(self._pool, next, pieces, b""):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            await loop.run_in_executor(self._pool, response.close)

    def _make(self, scope: Scope, body: BytesIO) -> _Made:
        """Makes a page, in a thread of the pool."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response = self.get_response(request) if request is not None else refusal
        if isinstance(response, StreamingHttpResponse):
            return _Made(response.status_code, _headers(response), b"", response)
        if not isinstance(response, HttpResponse):
            raise TypeError(f"{response!r} cannot be sent")
        made = _Made(response.status_code, _headers(response), response.content)
        response.close()
        return made


async def _read(scope: Scope, receive: Receive, most_bytes: int) -> BytesIO | None:
    """The whole body, or None if there is more of it than may be. Raises ClientDisconnect when the sender goes away."""
    body = BytesIO()
    async for piece in Request(scope, receive).stream():
        if body.tell() + len(piece) > most_bytes:
            return None
        body.write(piece)
    body.seek(0)
    return body


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    lines = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    return lines + [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
