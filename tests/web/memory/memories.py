"""Small memories for tests."""

from polylect_web.courses.models import Course
from polylect_web.foundation.database import write
from polylect_web.memory.actions import Pair, remember


def course(code: str = "Bridges", source_language: str = "en") -> Course:
    """The course of this code, made at the first time."""
    return Course.objects.get_or_create(org="Test", code=code, defaults={"source_language": source_language})[0]


def pair(
    source: str,
    text: str,
    *,
    source_language: str = "en",
    language: str = "fr",
    of: Course | None = None,
    is_secret: bool = False,
) -> Pair:
    """A text and its translation; met in the course Bridges, unless another is given."""
    return Pair(source_language, language, source, text, (of or course()).pk, is_secret)


def kept(*pairs: Pair) -> None:
    """Has the memory keep them."""
    with write():
        remember(pairs)
