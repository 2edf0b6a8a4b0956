"""The example course, read once: its tree, its messages, and their translations."""

from functools import cache
from pathlib import Path

from polylect import markdown
from polylect.course.files import open_folder
from polylect.course.tree import Course
from polylect.messages import Message, Target, find_all, po

FOLDER = Path(__file__).parents[2] / "examples" / "partnership-building"
LANGUAGES = ("ar", "es", "fr")


@cache
def the_course() -> Course:
    with open_folder(FOLDER) as folder:
        course, issues = markdown.read(folder)
    assert [str(issue) for issue in issues] == []
    assert course is not None
    return course


@cache
def the_messages() -> dict[po.Key, Message]:
    return {(code, message.role): message for code, message in find_all(the_course())}


@cache
def the_targets(language: str) -> dict[po.Key, Target]:
    file = FOLDER / "translations" / f"{language}.po"
    targets, issues = po.read(file.read_text(encoding="utf-8"), the_course(), f"translations/{file.name}")
    assert [str(issue) for issue in issues] == []
    return targets
