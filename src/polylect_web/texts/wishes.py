"""What translators ask of those who publish a course: that sentences of its captions be joined or parted.

Sentences are the same in all languages, so nobody changes them for one. Whoever translates asks (a remark with `asks`),
in whichever language; an author sees all of it in one place and does it, or leaves the sentences as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from polylect.captions import groups
from polylect.course import tree
from polylect.messages.message import escape
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Course, Version
from polylect_web.texts.models import Asks, Message, Place, Remark
from polylect_web.texts.regrouping import At
from polylect_web.texts.tracks import sentence_at
from polylect_web.texts.writing import Asked, open_remarks


@dataclass(frozen=True)
class Wish:
    """What was asked of a sentence. `remarks`: who asked, in which language, with what they said; the oldest first.
    `at`: the sentence in the version; None where that is another by now, or gone."""

    message: Message
    asked: Asked
    remarks: tuple[Remark, ...]
    at: At | None = None

    @property
    def key(self) -> str:
        """Names it in a form, by the first of its remarks."""
        return str(self.remarks[0].pk)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.language for one in self.remarks))


def count(course: Course) -> int:
    """How many wishes of a course wait for an answer. One query."""
    return _asking().filter(message__course=course).values("message", "asks", "source_text", "place").distinct().count()


def of_sentence(message_id: int, text: str) -> tuple[Wish, ...]:
    """What is asked of a sentence that says this now, in any language. One query."""
    return tuple(_gathered(_asking().filter(message_id=message_id, source_text=text)))


def of_version(version: Version) -> list[Wish]:
    """All that is asked of a course, in reading order; last what was asked of sentences that are others by now. Three
    queries once the outline is at hand."""
    found = list(_gathered(_asking().filter(message__course_id=version.course_id)))
    content_of = {
        block.code: block.content_hash for unit in courses.outline(version).units() for block in unit.all_blocks()
    }
    order = {code: at for at, code in enumerate(content_of)}
    places = Place.objects.filter(course_id=version.course_id, message__in=[one.message.pk for one in found])
    standing = {
        message: (block_code, role)
        for message, block_code, content_hash, role in places.values_list(
            "message_id", "block_code", "content_hash", "role"
        )
        if content_of.get(block_code) == content_hash
    }
    contents = courses.load_contents({content_of[code] for code, _role in standing.values()})
    own = courses.outline(version).course.language
    located: list[tuple[int, int, Wish]] = []
    for one in found:
        block_code, role = standing.get(one.message.pk, ("", ""))
        at = _at(contents.get(content_of.get(block_code, "")), block_code, role, own)
        if at is None or escape(groups.text(at.track.track, at.track.groups[at.number])) != one.asked.source_text:
            located.append((len(order), 0, one))
        else:
            located.append((order[block_code], at.number, replace(one, at=at)))
    return [one for _block, _number, one in sorted(located, key=lambda each: each[:2])]


def find(version: Version, key: str) -> Wish | None:
    """The wish that a form names; None where it waits no longer."""
    return next((one for one in of_version(version) if one.key == key), None)


def _asking() -> QuerySet[Remark]:
    return open_remarks().exclude(asks="")


def _gathered(asking: QuerySet[Remark]) -> Iterator[Wish]:
    """What was asked, each once, the oldest first."""
    found: dict[tuple[int, Asked], list[Remark]] = {}
    for remark in asking.select_related("message", "person").order_by("pk"):
        asked = Asked(Asks(remark.asks), remark.source_text, remark.place)
        found.setdefault((remark.message_id, asked), []).append(remark)
    for (_message, asked), remarks in found.items():
        yield Wish(remarks[0].message, asked, tuple(remarks))


def _at(item: object, block_code: str, role: str, language: str) -> At | None:
    found = sentence_at(item, role, language) if isinstance(item, tree.Video) else None
    return At(block_code, found[0], found[1] - 1) if found else None
