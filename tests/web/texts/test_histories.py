"""Whatever authors and translators do, in whatever order, no translation is ever lost: each is shown, outdated, or in
memory."""

import random

import pytest

from web.texts.histories import Course, Target, Texts, lives


@pytest.mark.parametrize("seed", range(200))
def test_a_history_loses_no_translation(seed: int) -> None:
    lives(seed)


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(10))
def test_ten_thousand_histories_lose_no_translation(thousand: int) -> None:
    for seed in range(thousand * 1000, thousand * 1000 + 1000):
        lives(seed + 1000)


@pytest.mark.parametrize("seed", range(100))
def test_a_version_published_again_has_its_translations_back(seed: int) -> None:
    dice = random.Random(seed)
    texts, course = Texts(dice), Course()
    first = texts.standing()
    course.publish(first)
    for number, at in enumerate(course.standing):
        course.translate(at, f"T{number}")
    for _ in range(4):
        texts.edit()
        course.publish(texts.standing())
    course.publish(first)
    shown = [course.messages[at].shown for at in course.standing]
    assert shown == [Target(f"T{number}", one.text) for number, one in enumerate(first)]
