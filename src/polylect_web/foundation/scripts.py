"""Who runs the scripts of authors on this site: a sandbox for each process, started when a script is first needed."""

from django.conf import settings

from polylect.exercises import Runner
from polylect_sandbox.sandbox import Sandbox, why_not

_SANDBOX = Sandbox()


def runner() -> Runner | None:
    """What runs scripts; None where nothing may or can."""
    return _SANDBOX if settings.RUN_SCRIPTS and not why_not() else None


def why_none() -> str:
    """Why no scripts are run here, for operators; empty where they are."""
    return why_not() if settings.RUN_SCRIPTS else "POLYLECT_RUN_SCRIPTS is no"
