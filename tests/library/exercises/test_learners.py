"""Who knows the definition gets all of it right, whoever answers at random stays far below, and the language of the
texts never matters."""

import re
from pathlib import Path
from random import Random

import pytest

from library.exercises.learners import at_random, knowing, share
from polylect import exercises
from polylect.exercises import Exercise, Words

PAGES = Path(__file__).parents[3] / "docs" / "exercises"
KINDS = ("arrangement", "repair", "missing-condition", "sort", "contrast", "matrix")
EXAMPLES = [
    pytest.param(exercises.parse(xml)[0], id=f"{page} {number}")
    for page in KINDS
    for number, xml in enumerate(
        re.findall(r"^```xml\n(.*?)^```", (PAGES / f"{page}.md").read_text("utf-8"), re.DOTALL | re.MULTILINE), start=1
    )
]
LEARNERS = 300
MOST_AT_RANDOM = 0.55
"""Of any single exercise: of two kinds to sort into, chance gets half."""


@pytest.mark.parametrize("exercise", EXAMPLES)
def test_who_knows_the_definition_gets_all_of_it_right(exercise: Exercise) -> None:
    assert share(exercise, knowing(exercise)) == 1


@pytest.mark.parametrize("exercise", EXAMPLES)
def test_chance_does_not_get_far(exercise: Exercise) -> None:
    shares = [share(exercise, at_random(exercise, Random(seed))) for seed in range(LEARNERS)]
    told = [one for one in shares if one is not None]
    assert len(told) == LEARNERS
    assert sum(told) / LEARNERS < MOST_AT_RANDOM


def test_chance_gets_less_than_a_third_of_all_of_them() -> None:
    chosen = [param.values[0] for param in EXAMPLES]
    shares = [share(one, at_random(one, Random(seed))) or 0 for one in chosen for seed in range(LEARNERS)]  # type: ignore[arg-type]
    assert sum(shares) / len(shares) < 1 / 3


@pytest.mark.parametrize("exercise", EXAMPLES)
@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_the_language_does_not_matter(exercise: Exercise, language: str) -> None:
    translated = exercise.with_texts({slot.role: Words(f"({language})", language) for slot in exercise.texts()})
    for seed in range(20):
        form = at_random(exercise, Random(seed))
        assert share(translated, form, language) == share(exercise, form)
    assert share(translated, knowing(translated), language) == 1
