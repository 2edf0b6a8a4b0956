"""Slices: short transactions, whatever the work costs."""

from collections.abc import Sequence
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from polylect_web.foundation.slices import GOAL_S, in_slices


@pytest.mark.django_db
def test_slices_shrink_when_the_work_is_slow() -> None:
    sizes: list[int] = []

    def slow(items: Sequence[int]) -> None:
        sizes.append(len(items))
        sleep(0.002 * len(items))

    in_slices(range(120), slow)
    assert sum(sizes) == 120
    assert max(sizes[1:]) * 0.002 <= GOAL_S


class Slices(TestCase):
    @given(st.lists(st.integers(), max_size=300))
    def test_every_item_comes_once_and_in_order(self, items: list[int]) -> None:
        seen: list[int] = []
        in_slices(items, seen.extend)
        assert seen == items
