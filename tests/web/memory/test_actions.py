"""What the memory takes in, counts and forgets, and what that costs."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from polylect_web.foundation.database import write
from polylect_web.memory.actions import Pair, forget_course, rebuild, remember
from polylect_web.memory.models import Gram, Remembered, Source
from polylect_web.memory.queries import matches
from web.memory.memories import course, kept, pair

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[object, ...]]:
    """All that is remembered, but for when."""
    names = ("source__text", "source__language", "language", "text", "course", "is_secret", "used_count")
    return sorted(Remembered.objects.values_list(*names))


def test_a_pair_that_comes_again_is_one_row_used_twice() -> None:
    kept(pair("Save", "Enregistrer"))
    kept(pair("Save", "Enregistrer"), pair("Save", "Enregistrer"))
    assert [row.used_count for row in Remembered.objects.all()] == [3]
    assert Source.objects.count() == 1


def test_another_course_has_a_pair_of_its_own_and_shares_the_source() -> None:
    kept(pair("Save", "Enregistrer"), pair("Save", "Enregistrer", of=course("Other")))
    assert (Remembered.objects.count(), Source.objects.count()) == (2, 1)


def test_the_last_use_is_kept() -> None:
    kept(pair("Save", "Enregistrer"))
    before = Remembered.objects.get().last_used_at
    kept(pair("Save", "Enregistrer"))
    assert Remembered.objects.get().last_used_at > before


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_what_is_open_somewhere_in_its_course_is_no_secret(order: tuple[bool, bool]) -> None:
    for is_secret in order:
        kept(pair("Concrete", "Béton", is_secret=is_secret))
    assert not Remembered.objects.get().is_secret


@pytest.mark.parametrize(("source", "text"), [("", "x"), ("x", ""), (" \n\t", "x"), ("x", "\x00"), ("\ud800", "x")])
def test_nothing_to_read_is_not_remembered(source: str, text: str) -> None:
    kept(pair(source, text))
    assert not Source.objects.exists()


def test_remembering_nothing_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        remember([])


@pytest.mark.parametrize("count", [1, 20, 500])
@pytest.mark.parametrize("known", [0, 500])
def test_a_slice_costs_four_queries(count: int, known: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    kept(*(pair(f"Known text {number}", f"Texte connu {number}") for number in range(known)))
    given = [pair(f"A text with the number {number}", f"Un texte {number}") for number in range(count)]
    with write(), django_assert_num_queries(4):
        remember(given)
    with write(), django_assert_num_queries(2):
        remember(given)


def test_more_than_a_slice_is_remembered_as_well() -> None:
    kept(*(pair(f"A text with the number {number}", f"Un texte {number}") for number in range(1203)))
    assert Remembered.objects.count() == 1203


def test_forgetting_a_course_leaves_what_others_have() -> None:
    other = course("Other")
    kept(pair("Save", "Enregistrer"), pair("Cancel", "Annuler"), pair("Save", "Enregistrer", of=other))
    forget_course(course().pk)
    assert [(row.source.text, row.course_id) for row in Remembered.objects.select_related("source")] == [
        ("Save", other.pk)
    ]
    assert [source.text for source in Source.objects.all()] == ["Save"]
    assert set(Gram.objects.values_list("source_id", flat=True)) == {Source.objects.get().pk}


def test_a_course_that_is_deleted_takes_its_pairs_along() -> None:
    kept(pair("Save", "Enregistrer"))
    course().delete()
    assert not Remembered.objects.exists()
    assert not matches("en", "fr", "Save")


def test_making_the_index_anew_makes_the_same_index() -> None:
    kept(*(pair(f"A text with the number {number}", f"Un texte {number}") for number in range(40)))
    before = set(Gram.objects.values_list("key", "length", "source_id"))
    rebuild()
    assert set(Gram.objects.values_list("key", "length", "source_id")) == before


def test_making_the_index_anew_mends_what_was_folded_otherwise() -> None:
    kept(pair("Save your work", "Enregistrez votre travail"), pair("Gone", "Parti"))
    Source.objects.update(folded="otherwise", folded_hash="otherwise")
    Remembered.objects.update(folded="otherwise")
    Remembered.objects.filter(source__text="Gone").delete()
    rebuild()
    assert [source.folded for source in Source.objects.all()] == ["save your work"]
    assert [row.folded for row in Remembered.objects.all()] == ["enregistrez votre travail"]
    assert matches("en", "fr", "Save your works")[0].percent == 93


PAIRS = st.lists(
    st.builds(
        lambda source, text, secret: (source, text, secret),
        st.sampled_from(["Save", "save", "SAVE ", "<1>Save</1>", "保存", "Guardar todo"]),
        st.sampled_from(["Enregistrer", "Garder", "حفظ"]),
        st.booleans(),
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(PAIRS, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_remembering_changes_nothing(
    given: Sequence[tuple[str, str, bool]], dice: object, size: int
) -> None:
    def remembered(some: Sequence[tuple[str, str, bool]], at_once: int) -> list[tuple[object, ...]]:
        Source.objects.all().delete()
        Gram.objects.all().delete()
        for start in range(0, len(some), at_once):
            kept(*(pair(source, text, is_secret=secret) for source, text, secret in some[start : start + at_once]))
        return rows()

    shuffled = list(given)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert remembered(given, 100) == remembered(shuffled, size)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_remembered_is_found_again(source: str, text: str) -> None:
    given = Pair("en", "fr", source, text, course().pk)
    kept(given)
    found = matches("en", "fr", source)
    is_kept = Remembered.objects.exists()
    assert bool(found) == is_kept
    assert not found or found[0].percent == 100
    Source.objects.all().delete()
    Gram.objects.all().delete()
