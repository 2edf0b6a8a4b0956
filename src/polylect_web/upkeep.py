"""What the site does by itself once an hour: it forgets what has been kept for long enough.

A thread of each serving process does it, so that no operator has to remember a timer. Starting waits for it as little
as pages do: the first time is some minutes after the start, each change is a short transaction, and processes do it
at different moments. If two meet, the second finds nothing left to do.
"""

import logging
import random
from threading import Event, Thread

from django.db import connection
from django.utils import timezone

from polylect_web.accounts import actions as accounts

EVERY_S = 60 * 60
_FIRST_AFTER_S = (60, 15 * 60)
_logger = logging.getLogger(__name__)


def start() -> None:
    """Begins, in a thread that ends with the process."""
    first_after_s = random.uniform(*_FIRST_AFTER_S)  # noqa: S311  to spread the load, not to keep a secret
    Thread(target=keep_tidy, args=(Event(), first_after_s), name="upkeep", daemon=True).start()


def keep_tidy(stop: Event, first_after_s: float, every_s: float = EVERY_S) -> None:
    """Tidies up time and again until `stop` is set. What goes wrong is logged, and tried again the next time."""
    wait_s = first_after_s
    while not stop.wait(wait_s):
        wait_s = every_s
        try:
            accounts.tidy(now=timezone.now())
        except Exception:
            _logger.exception("Tidying up went wrong")
        finally:
            connection.close()
