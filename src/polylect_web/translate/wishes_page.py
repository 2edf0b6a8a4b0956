"""What translators ask of authors, in words: in the workbench at its sentence, and all of a course in a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from polylect.captions import groups, regrouping, scripts
from polylect.keys import RunKey
from polylect.messages.message import words_of
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.foundation.numbers import whole_number
from polylect_web.texts import wishes, working
from polylect_web.texts.models import Asks, Remark
from polylect_web.texts.wishes import Wish
from polylect_web.texts.working import Lesson, Line
from polylect_web.texts.writing import Asked
from polylect_web.translate import stage
from polylect_web.translate.desk import Desk

_AROUND = 24
"""Characters that are shown on each side of a place to part a sentence at."""


class NotAsked(Exception):
    """What was asked for cannot be; says why."""


@dataclass(frozen=True)
class Entry:
    """A wish in the list. `parts`: what stands there now if two are to be one, what would stand there if one is to be
    two; `lesson`: where to look at it, None where the version has it in none."""

    wish: Wish
    parts: tuple[str, ...]
    lesson: Lesson | None

    @property
    def is_joining(self) -> bool:
        return self.wish.asked.asks is Asks.JOIN


@dataclass(frozen=True)
class Wishes:
    """All that is asked of a course."""

    key: RunKey
    title: str
    own_language: str
    entries: tuple[Entry, ...]


def posted(desk: Desk, line: Line, data: Mapping[str, str]) -> Asked | None:
    """What a form asks for; None where it asks for nothing of this kind. Raises NotAsked."""
    asks = data.get("asks", "")
    if asks not in Asks.values:
        return None
    sentence = stage.sentence(desk, line)
    if sentence is None or data.get("source", "") != line.text:
        raise NotAsked(_("The captions changed meanwhile. Nothing was done; look at the sentence again."))
    if asks == Asks.JOIN:
        if sentence.number >= len(sentence.track.groups):
            raise NotAsked(_("This is the last sentence: there is none to join it with."))
        return Asked(Asks.JOIN, line.text)
    place = whole_number(data.get("place", ""), 6)
    if place not in regrouping.places(sentence.track.track, sentence.group):
        raise NotAsked(_("Choose where to part the sentence first."))
    return Asked(Asks.PART, line.text, place)


def of_run(run: Run, key: RunKey) -> Wishes:
    """All that is asked of a course. Three queries once the outline is at hand."""
    course = courses.outline(run.version).course
    lesson_of = {code: lesson for lesson in working.lessons(run.version) for code, _hash in lesson.places}
    entries = (
        Entry(one, _parts(one), lesson_of.get(one.at.block_code) if one.at else None)
        for one in wishes.of_version(run.version)
    )
    return Wishes(key, course.title, course.language, tuple(entries))


def said(remark: Remark) -> str:
    """What a remark asks for; empty where it asks for nothing of this kind."""
    if remark.asks == Asks.JOIN:
        return _("Asks for this sentence and the next to be made one.")
    if remark.asks == Asks.PART:
        around = around_place(scripts.one_line(words_of(remark.source_text)), remark.place or 0)
        return _("Asks for this sentence to be parted here: {words}").replace("{words}", f"\u2068{around}\u2069")
    return ""


def around_place(text: str, place: int) -> str:
    """The words around a place in a text, with a bar where it is."""
    before, after = text[:place].rstrip(), text[place:].lstrip()
    start, end = before[-_AROUND:], after[:_AROUND]
    return f"{'…' if start != before else ''}{start} | {end}{'…' if end != after else ''}"


def _parts(wish: Wish) -> tuple[str, ...]:
    text = scripts.one_line(words_of(wish.asked.source_text))
    if wish.asked.asks is Asks.PART:
        place = wish.asked.place or 0
        return text[:place].strip(), text[place:].strip()
    if wish.at is None or wish.at.number + 1 >= len(wish.at.track.groups):
        return (text,)
    return text, groups.text(wish.at.track.track, wish.at.track.groups[wish.at.number + 1])
