"""Run by a test in a process of its own: publishes a course and dies on the way, looks, or publishes after a
while."""

import os
import signal
import sys
from datetime import timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "polylect_web.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  Django has to be set up first
from django.utils import timezone  # noqa: E402

from polylect_web.courses import queries  # noqa: E402
from polylect_web.courses.models import Run, Version  # noqa: E402
from polylect_web.texts import actions  # noqa: E402
from web.builders import course  # noqa: E402


def die(stage: str, done: int, total: int) -> None:
    if stage == "rows" and done == total:
        os.kill(os.getpid(), signal.SIGKILL)


call_command("migrate", verbosity=0)
if sys.argv[1] == "die":
    actions.publish(course(), progress=die)
if sys.argv[1] == "publish-later":
    Version.objects.update(touched_at=timezone.now() - timedelta(hours=1))
    actions.publish(course())
    print(Run.objects.count(), Version.objects.count())  # noqa: T201  what the test reads
else:
    print(queries.catalogue().count(), Run.objects.count())  # noqa: T201
