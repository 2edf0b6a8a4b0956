"""What authors are told when their course is published: which parts of their HTML no page will show.

The course keeps every text as it was written, for it is exported again; what pages show is cleaned when it is drawn.
"""

from collections.abc import Iterator

from polylect.course import tree, walk
from polylect.issues import Issue, Place
from polylect_web.foundation.clean import clean


def cleaning_issues(course: tree.Course) -> list[Issue]:
    """One issue for each kind of thing and block (or page) that is left out."""
    return [issue for code, html in _author_html(course) for issue in clean(html, Place(block=code))[1]]


def _author_html(course: tree.Course) -> Iterator[tuple[str, str]]:
    for page in course.pages:
        yield page.code, page.html
    for block in walk.blocks(course):
        if isinstance(block, tree.Text):
            yield block.code, block.html
        elif isinstance(block, tree.Exercise):
            yield block.code, "\n".join(slot.content for slot in block.body.texts() if slot.form == "html")
