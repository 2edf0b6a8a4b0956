"""What a page may load: by default only what comes from this site, and no script or style in the page itself.

A view whose visitor pressed a button that says so may allow one more origin in a frame: `allow_frame(response,
origin)`.

And who may keep a page: every page has its visitor's name in it, or could have, so no cache between may.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

YOUTUBE = "https://www.youtube-nocookie.com"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics", "display-capture")
)
_CACHING = "private, no-cache"
"""For pages that say nothing else: the browser may keep them, and asks again before it shows them."""


def allow_frame(response: HttpResponse, origin: str) -> None:
    """Lets this one page show a frame of `origin` (`YOUTUBE`), because its visitor asked for it."""
    response.allowed_frames = (*getattr(response, "allowed_frames", ()), origin)  # type: ignore[attr-defined]


class PolicyMiddleware:
    """Sends the Content-Security-Policy and the Permissions-Policy with every page, and says who may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        frames = " ".join(getattr(response, "allowed_frames", ())) or "'none'"
        response.headers.setdefault("Content-Security-Policy", f"{_POLICY}; frame-src {frames}")
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cache-Control", _CACHING)
        return response
