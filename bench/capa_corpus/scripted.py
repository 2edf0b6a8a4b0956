"""Author scripts of the corpus, run in the sandbox where there is one."""

from polylect.exercises import Exercise, Runner, ScriptFailed


def runner() -> Runner | None:
    """The sandbox; None where it is not installed or cannot be had on this machine."""
    try:
        from polylect_sandbox.sandbox import Sandbox
    except ImportError:
        return None
    return Sandbox()


def prepare(exercise: Exercise, seed: int, sandbox: Runner | None) -> tuple[dict[str, str] | None, str]:
    """The variables of an exercise for a seed (None: there are none to be had), and why its script failed."""
    try:
        variables = exercise.prepare(seed, sandbox)
    except ScriptFailed as failure:
        return None, failure.sentence
    return None if variables is None else dict(variables), ""
