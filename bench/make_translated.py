"""Makes what the workbench is measured with: a course of one lesson, one of thirteen hours, and who works on them.

    POLYLECT_DATA=var .venv/bin/python bench/make_translated.py

Both courses have the same lesson `lesson-0`. The long one has 78 of them: 10,800 cues and more than 4,000 other texts,
half of them translated into French. Translators are translator0 and translator1. It prints how long publishing took,
and how long its transactions kept other writers waiting, as JSON. Do not run it on a site that others can reach.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polylect_web.settings")
django.setup(set_prefix=False)

from django.contrib.auth.hashers import make_password  # noqa: E402  Django has to be set up first

from polylect.captions import groups  # noqa: E402
from polylect.captions.track import Cue, Track  # noqa: E402
from polylect.course import tree  # noqa: E402
from polylect.exercises import Exercise  # noqa: E402
from polylect.keys import RunKey  # noqa: E402
from polylect_web.accounts.models import Person  # noqa: E402
from polylect_web.courses.models import Run  # noqa: E402
from polylect_web.foundation import database  # noqa: E402
from polylect_web.foundation.database import write  # noqa: E402
from polylect_web.texts import actions as texts  # noqa: E402
from polylect_web.texts.models import Message, Origin  # noqa: E402

PASSWORD = "learnerpass"
SHORT, LONG = RunKey("Polylect", "SHORT", "1"), RunKey("Polylect", "LONG", "1")
LESSONS = 78
CUES = 138
"""In each lesson: ten minutes, a cue every four seconds and a bit."""
PARAGRAPHS, QUESTIONS = 26, 4
_WORDS = (
    "the of and to in we you they bridge river side partner school library project week water stone people town market"
    " hall letter road winter morning work goal share meet build carry open find give take learn show ask answer"
)


def main() -> None:
    """Makes what is not there yet."""
    if Run.objects.filter(key=str(LONG)).exists():
        return
    password = make_password(PASSWORD)
    with write():
        Person.objects.bulk_create(Person(username=f"translator{number}", password=password) for number in range(2))
    took: dict[str, float] = {}
    writes = timed_writes()
    for key, lessons in ((SHORT, 1), (LONG, LESSONS)):
        begin = time.perf_counter()
        run = texts.publish(course(key, lessons)).run
        took[f"publish {lessons}"] = time.perf_counter() - begin
        begin = time.perf_counter()
        translate_half(run)
        took[f"take {lessons}"] = time.perf_counter() - begin
    begin = time.perf_counter()
    texts.publish(course(LONG, LESSONS, edited=20))
    took["publish again with a twentieth of the lessons edited"] = time.perf_counter() - begin
    if writes:
        writes.sort()
        took["a transaction, median"] = writes[len(writes) // 2]
        took["95 of 100 transactions"] = writes[len(writes) * 95 // 100]
        took["the longest transaction"] = writes[-1]
    took["texts"] = Message.objects.filter(course=run.course).count()
    print(json.dumps(took))


def timed_writes() -> list[float]:
    """A list that will have the seconds of each transaction that passed the write door, with its commit."""
    turns: list[float] = []
    queue = database._queue

    @contextmanager
    def timed() -> Iterator[None]:
        with queue():
            begin = time.perf_counter()
            try:
                yield
            finally:
                turns.append(time.perf_counter() - begin)

    database._queue = timed
    return turns


def course(key: RunKey, lessons: int, *, edited: int = 0) -> tree.Course:
    """`edited`: every lesson of so many has another first paragraph."""
    units = tuple(lesson(number, is_edited=bool(edited) and number % edited == 1) for number in range(lessons))
    sections = tuple(
        tree.Section(
            f"section-{start}",
            f"Part {start // 13 + 1}",
            (tree.Subsection(f"subsection-{start}", "Lessons", units[start : start + 13]),),
        )
        for start in range(0, lessons, 13)
    )
    return tree.Course(key, f"A course of {lessons} lessons", language="en", sections=sections)


def lesson(number: int, *, is_edited: bool = False) -> tree.Unit:
    """A video of ten minutes, a text, and questions; the same for the same number."""
    dice = random.Random(number)
    track = Track(tuple(_cues(dice)))
    video = tree.VideoTrack("en", track, groups=groups.group(track, "en"))
    paragraphs = [_sentence(dice, 24) for _ in range(PARAGRAPHS)]
    if is_edited:
        paragraphs[0] = "This paragraph is another one now. " + paragraphs[0]
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    blocks = (
        tree.Video(f"video-{number}", f"Film {number}", youtube_id="x", tracks=(video,)),
        tree.Text(f"text-{number}", f"To read {number}", html),
        *(tree.Exercise(f"ask-{number}-{at}", "A question", Exercise(_question(dice))) for at in range(QUESTIONS)),
    )
    return tree.Unit(f"lesson-{number}", f"Lesson {number}", blocks)


def translate_half(run: Run) -> None:
    """Gives every other text a translation."""
    rows = list(Message.objects.filter(course=run.course).order_by("pk"))[::2]
    given = [texts.Given(row.uuid, f"En français : {row.text}", row.text) for row in rows]
    texts.take_targets(run.course, "fr", given, origin=Origin.HUMAN)


def _cues(dice: random.Random) -> list[Cue]:
    words: list[str] = []
    while len(words) < CUES * 8:
        words += _sentence(dice, dice.randint(6, 24)).split()
    return [
        Cue(number * 4300, number * 4300 + 4200, " ".join(words[number * 8 : number * 8 + 8])) for number in range(CUES)
    ]


def _sentence(dice: random.Random, length: int) -> str:
    return " ".join(dice.choices(_WORDS.split(), k=length)).capitalize() + "."


def _question(dice: random.Random) -> str:
    choices = "".join(
        f'<choice correct="{"true" if not number else "false"}">{_sentence(dice, 6)}</choice>' for number in range(4)
    )
    return (
        f"<problem><multiplechoiceresponse><label>{_sentence(dice, 10)}</label>"
        f'<choicegroup type="MultipleChoice">{choices}</choicegroup></multiplechoiceresponse></problem>'
    )


if __name__ == "__main__":
    main()
