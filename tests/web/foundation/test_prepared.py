"""Queries whose SQL is made once give what Django's own give, whatever the values."""

from datetime import UTC, datetime

import pytest
from django.db.models import Exists, OuterRef
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from polylect_web.accounts.models import Person, PersonRole
from polylect_web.foundation.prepared import Prepared, columns, instance

NAMES = ["ada", "ben", "ça va", "", "%s", "\ue0000\ue001", "1900000000"]


def people(names: object) -> object:
    return Person.objects.filter(name__in=names).order_by("pk").values_list("pk", "name", "is_active", "made_at")


STORABLE = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
"""What databases take: no NUL, and no half of a character."""


class SameAsDjango(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        Person.objects.bulk_create(Person(name=name) for name in NAMES)

    @given(st.lists(st.sampled_from(NAMES) | st.text(STORABLE, max_size=3), max_size=4))
    def test_lists_of_any_length_find_the_same_rows(self, names: list[str]) -> None:
        prepared = Prepared(people)
        for _ in range(2):
            assert prepared(names) == list(people(names))  # type: ignore[call-overload]


@pytest.mark.django_db
def test_values_of_any_kind_come_back_as_django_gives_them() -> None:
    made_at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    person = Person.objects.create(username="ada", made_at=made_at, is_active=False)
    names = columns(Person)
    (row,) = Prepared(lambda pk: Person.objects.filter(pk=pk).values_list(*names))(person.pk)
    found = instance(Person, names, row)
    assert found == person
    assert (found.uuid, found.made_at, found.is_active) == (person.uuid, made_at, False)


@pytest.mark.django_db
def test_a_column_that_was_left_out_is_asked_for_when_it_is_wanted(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = Person.objects.create(username="ada", name="Ada")
    names = columns(Person, without=["name"])
    (row,) = Prepared(lambda pk: Person.objects.filter(pk=pk).values_list(*names))(person.pk)
    found = instance(Person, names, row)
    with django_assert_num_queries(1):
        assert found.name == "Ada"


@pytest.mark.django_db
def test_a_value_may_be_used_twice_beside_constants_and_subqueries() -> None:
    person = Person.objects.create(username="ada", name="ada")
    PersonRole.objects.create(person=person, role="staff")
    roles = PersonRole.objects.filter(person=OuterRef("pk"), role="staff")
    same = Prepared(
        lambda name, pk: Person.objects.filter(username=name, name=name, pk=pk, is_active=True).values_list(
            "pk", Exists(roles)
        )
    )
    assert same("ada", person.pk) == [(person.pk, True)]
    assert same("ben", person.pk) == []
    assert same("ada", person.pk + 1) == []


@pytest.mark.django_db
def test_asking_costs_one_query_and_sees_what_has_changed(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    by_name = Prepared(lambda name: Person.objects.filter(username=name).values_list("name"))
    person = Person.objects.create(username="ada", name="Ada")
    with django_assert_num_queries(1):
        assert by_name("ada") == [("Ada",)]
    person.name = "Ada L."
    person.save()
    with django_assert_num_queries(1):
        assert by_name("ada") == [("Ada L.",)]
