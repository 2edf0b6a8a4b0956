"""Points in words, as each language of the interface counts."""

import pytest
from django.utils import translation

from polylect_web.learn.points import points, points_of


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 points", "0.5 points", "1 point", "1.5 points", "2 points", "2.5 points"]),
        ("fr", ["0 point", "0,5 point", "1 point", "1,5 point", "2 points", "2,5 points"]),
        ("es", ["0 puntos", "0,5 puntos", "1 punto", "1,5 puntos", "2 puntos", "2,5 puntos"]),
        ("ar", ["0 نقطة", "0,5 نقطة", "نقطة واحدة", "1,5 نقطة", "نقطتان", "2,5 نقطة"]),
    ],
)
def test_whole_points_and_parts_of_them_take_the_right_form(language: str, said: list[str]) -> None:
    with translation.override(language):
        assert [points(number) for number in (0, 0.5, 1, 1.5, 2, 2.5)] == said


def test_the_points_that_are_possible_bend_with_the_sentence_around_them() -> None:
    with translation.override("ar"):
        assert [points_of(1, possible) for possible in (1, 2, 3, 11, 100)] == [
            "1 من نقطة واحدة.",
            "1 من نقطتين.",
            "1 من 3 نقاط.",
            "1 من 11 نقطة.",
            "1 من 100 نقطة.",
        ]
