"""Reads an Open edX export."""

from polylect.course.files import Folder
from polylect.course.tree import Course, Library
from polylect.issues import Issue


def read(folder: Folder, *, libraries: tuple[Library, ...] = ()) -> tuple[Course | Library | None, tuple[Issue, ...]]:
    """The course or content library in these files, and everything about them that somebody should know.

    None where there is neither a `course.xml` nor a `library.xml` that can be read. `libraries` fill the selections that
    name them and came without blocks. Never raises because of what the files say.
    """
    raise NotImplementedError
