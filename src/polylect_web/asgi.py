"""The site as one ASGI application: files go out beside Django, everything else is a page."""

import os

import django
from starlette.types import Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polylect_web.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 (what follows needs Django set up)

from polylect_web import upkeep  # noqa: E402
from polylect_web.media import Files  # noqa: E402
from polylect_web.serve import Pages  # noqa: E402

_files = Files(static=settings.STATIC_ROOT, assets=settings.ASSETS)
_pages = Pages(threads=settings.THREADS)
upkeep.start()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers a request."""
    if scope["type"] != "http":
        raise ValueError(f"only HTTP is spoken here, not {scope['type']}")
    handler = _files if scope["path"].startswith(("/static/", "/media/")) else _pages
    await handler(scope, receive, send)
