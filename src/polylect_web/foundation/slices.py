"""Many rows, in transactions so short that learners' writes find room between them."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TypeVar

from django.db.models import Model, QuerySet

from polylect_web.foundation.database import write

GOAL_S = 0.02
"""How long the changes of a slice should take. The rule is 0.05 s with the commit, which no smaller slice makes
cheaper."""

_FIRST_SLICE = 50
_LARGEST_SLICE = 5000
M = TypeVar("M", bound=Model)
T = TypeVar("T")


def in_slices(items: Sequence[T], change: Callable[[Sequence[T]], object]) -> None:
    """Calls `change` with slice after slice of `items`, each in a transaction of its own, sized by what the
    last one took."""
    at, size = 0, _FIRST_SLICE
    while at < len(items):
        with write():
            started = perf_counter()
            change(items[at : at + size])
            took_s = perf_counter() - started
        at += size
        size = max(1, min(_LARGEST_SLICE, int(size * min(2.0, GOAL_S / max(took_s, 1e-6)))))


def delete_in_slices(rows: QuerySet[M]) -> None:
    """Deletes these rows; what points at them must be gone, or be few."""
    model = rows.model
    in_slices(list(rows.values_list("pk", flat=True)), lambda some: model._default_manager.filter(pk__in=some).delete())
