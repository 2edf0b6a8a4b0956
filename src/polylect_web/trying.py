"""The scripts of a course, tried once before any learner needs them, so that their author reads what fails."""

from collections.abc import Iterator

from polylect.course import tree, walk
from polylect.exercises import Runner, ScriptFailed
from polylect.issues import Issue, Place, Severity, declare
from polylect_sandbox.sandbox import NotRun

FAILED = declare(
    "script-failed",
    Severity.ERROR,
    "The script of this exercise stops: {reason}. Learners see the exercise and cannot answer it.",
)
NOT_TRIED = declare(
    "script-not-tried",
    Severity.WARNING,
    "Scripts of exercises are not run here ({reason}), so those exercises cannot be answered.",
)
FIRST_SEED = 1
"""The seed of exercises that are the same for everybody."""


def try_scripts(course: tree.Course | tree.Library, runner: Runner | None, why_none: str = "") -> Iterator[Issue]:
    """What goes wrong when each script runs for the first time, and in the keys that it fills in."""
    scripted = [block for block in walk.blocks(course) if isinstance(block, tree.Exercise) and block.body.is_scripted]
    if scripted and runner is None:
        yield NOT_TRIED.at(Place(), reason=why_none)
        return
    for exercise in scripted:
        place = Place(block=exercise.code)
        try:
            variables = exercise.body.prepare(FIRST_SEED, runner)
        except NotRun as reason:
            yield NOT_TRIED.at(place, reason=reason.sentence)
            return
        except ScriptFailed as failure:
            yield FAILED.at(place, reason=failure.sentence)
        else:
            yield from (Issue(issue.kind, place, issue.params) for issue in exercise.body.issues_with(variables or {}))
