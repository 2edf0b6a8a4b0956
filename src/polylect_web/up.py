"""What `polylect up` does: makes everything ready, then serves."""

import os
import socket
import sys
from typing import NoReturn

import django
from django.conf import settings


def up() -> NoReturn:
    """Brings the database up to date, collects static files, loads the example course where there is no course, serves.

    The server takes this process's place, so that what made things ready takes up no memory while it runs.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polylect_web.settings")
    _refuse_taken_address()
    prepare()
    serve()


def prepare() -> None:
    """Everything that has to be so before the first page."""
    django.setup(set_prefix=False)
    from django.core.management import call_command

    from polylect_web import importing
    from polylect_web.foundation import catalogues, static
    from polylect_web.texts import showing

    catalogues.compile_changed()
    call_command("migrate", verbosity=0, interactive=False)
    static.collect_changed()
    if importing.import_example():
        print("The example course is loaded.")  # noqa: T201
    showing.remember_everything()


def serve() -> NoReturn:
    """Serves until it is stopped; no request is logged, only what goes wrong."""
    command = [
        *(sys.executable, "-m", "granian", "polylect_web.asgi:application"),
        *("--interface", "asginl", "--no-ws", "--log-level", "warning"),
        *("--host", settings.ADDRESS, "--port", str(settings.PORT), "--workers", str(settings.WORKERS)),
        *("--workers-kill-timeout", "10", "--respawn-failed-workers"),
    ]
    host = f"[{settings.ADDRESS}]" if ":" in settings.ADDRESS else settings.ADDRESS
    print(f"Polylect is at http://{host}:{settings.PORT}/ (Ctrl+C stops it)", flush=True)  # noqa: T201
    # The C library would give every thread a heap of its own, and the whole would take a fifth more memory.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.execv(sys.executable, command)  # noqa: S606 (no shell: that is the point)


def _refuse_taken_address() -> None:
    """Stops with a sentence where somebody listens already; the server would share the port and say nothing."""
    try:
        socket.create_connection((settings.ADDRESS, settings.PORT), timeout=1).close()
    except OSError:
        return
    sys.exit(f"Something listens on {settings.ADDRESS}:{settings.PORT} already; set POLYLECT_ADDRESS to another port.")
