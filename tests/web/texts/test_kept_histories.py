"""Random histories of a course as the site keeps them: after each publish, every translation is in the database and on
its page. The same histories as in `test_histories`, shorter, with the tables in place of their model."""

import random
import re

import pytest

from polylect.course import tree
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import actions, queries
from polylect_web.texts.models import Message, Origin, Place, Target, TranslationUnit
from web import builders
from web.texts.histories import Texts

pytestmark = pytest.mark.django_db

STEPS = 3
Rows = dict[int, tuple[str, int | None, str | None]]
"""By message: its text, its current target, and the source text that this was made for."""


def course(texts: Texts) -> tree.Course:
    """Each block with its texts as paragraphs; beside them, a unit that never changes."""
    blocks = [
        builders.text(code, html="".join(f"<p>{text}</p>" for _kind, text in of)) for code, of in texts.blocks.items()
    ]
    return builders.course(builders.unit(*blocks), builders.unit(code="end", title="Endings"))


def publish(texts: Texts, *, is_cosmetic: bool = False) -> Run:
    run = actions.publish(course(texts), is_cosmetic=is_cosmetic).run
    return Run.objects.select_related("course", "version").get(pk=run.pk)


def translate(run: Run, dice: random.Random, brought: list[str]) -> None:
    """Somebody translates some of the paragraphs that stand there now."""
    standing = [message for code in blocks(run) for message in paragraphs(run, code)]
    for message in dice.sample(standing, k=min(3, len(standing))):
        brought.append(f"T{len(brought)}")
        given = actions.Given(message.uuid, brought[-1], message.text)
        actions.take_targets(run.course, "fr", [given], origin=Origin.HUMAN)


def blocks(run: Run) -> dict[str, str]:
    """The hash of each block's content, by its code."""
    unit = courses.outline(run.version).unit("start")
    return {block.code: block.content_hash for block in unit.all_blocks()} if unit else {}


def paragraphs(run: Run, code: str) -> list[Message]:
    places = Place.objects.filter(course=run.course, block_code=code, content_hash=blocks(run)[code])
    messages = [place.message for place in places.exclude(role="title").select_related("message")]
    return sorted(messages, key=lambda message: message.position)


def rows() -> Rows:
    units = dict(TranslationUnit.objects.values_list("message", "current"))
    sources = dict(Target.objects.values_list("pk", "source_text"))
    texts = Message.objects.values_list("pk", "text")
    return {pk: (text, units.get(pk), sources.get(units.get(pk, 0))) for pk, text in texts}


def check(run: Run, before: Rows, brought: list[str]) -> None:
    now = rows()
    assert sorted(Target.objects.values_list("text", flat=True)) == sorted(brought)
    for pk, (text, target, source) in before.items():
        assert target is None or now[pk][1] is not None
        if now[pk][0] == text == source:
            assert now[pk][1] == target
    shown = dict(Target.objects.values_list("pk", "text"))
    unit = courses.outline(run.version).unit("start")
    assert unit is not None
    for code, read in queries.read_blocks(run.version, unit.all_blocks(), "fr").items():
        assert isinstance(read.item, tree.Text)
        there = [shown[at] for at in (now[message.pk][1] for message in paragraphs(run, code)) if at is not None]
        assert re.findall(r"\bT\d+\b", read.item.html) == there


@pytest.mark.parametrize("seed", range(200))
def test_a_history_loses_no_translation_in_the_database_and_on_its_pages(seed: int) -> None:
    dice = random.Random(seed)
    texts, brought = Texts(dice), list[str]()
    run, versions = publish(texts), [texts.copy()]
    for _ in range(STEPS):
        translate(run, dice, brought)
        for _ in range(dice.randint(0, 3)):
            texts.edit()
        if dice.random() < 0.2:
            texts.blocks = dice.choice(versions)
        versions.append(texts.copy())
        before = rows()
        run = publish(texts, is_cosmetic=dice.random() < 0.2)
        check(run, before, brought)
