"""The glossary as the operator takes it out and brings it in by command: words in, sentences out."""

from pathlib import Path

from polylect.messages import glossary
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Course
from polylect_web.exchanging import find_run
from polylect_web.glossary import queries
from polylect_web.glossary.actions import Taken
from polylect_web.glossary.taking import bring

USUAL_SOURCE = "en"
"""The language of a term that belongs to every course, where a table does not say it."""


def export(name: str) -> str:
    """The terms of a course as a table (ORG+CODE, or a run of it; empty: of every course). Raises NotPublished."""
    course = _course(name)
    return glossary.write(queries.all_terms(course), _source_of(course))


def take_in(name: str, file: Path, *, is_replacing: bool) -> tuple[Taken, tuple[int, ...]]:
    """Takes in a table, all of it or nothing: what became of it, and the lines that say something else than what is
    here, which stayed. Raises NotPublished, with an issue for each line to be put right."""
    course = _course(name)
    try:
        with file.open("rb") as opened:
            content = opened.read(glossary.MOST_BYTES + 1)
    except OSError as error:
        raise NotPublished(f"“{file}” cannot be read: {error.strerror}.") from error
    brought = bring(content, course=course, language=_source_of(course), by=None, is_replacing=is_replacing)
    if brought.taken is None:
        raise NotPublished("Nothing was taken in. Put these lines right first.", brought.issues)
    return brought.taken, brought.kept


def _course(name: str) -> Course | None:
    return find_run(name).course if name else None


def _source_of(course: Course | None) -> str:
    return course.source_language if course else USUAL_SOURCE
