"""Who may do what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from polylect_web.accounts import actions
from polylect_web.accounts.models import Person, Role
from polylect_web.accounts.rights import Act, may

pytestmark = pytest.mark.django_db

COURSE, OTHER = "Test+Bridges", "Test+Tunnels"


def somebody_who_is(role: Role, course_key: str = "", language: str = "") -> Person:
    person = Person.objects.create(username=f"{role}-{course_key}-{language}")
    actions.give_role(person=person, role=role, course_key=course_key, language=language)
    return person


@pytest.mark.parametrize("act", list(Act))
def test_learners_guests_and_strangers_may_do_nothing_special(
    act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    learner, guest = Person.objects.create(username="learner"), Person.objects.create()
    actions.give_role(person=guest, role=Role.OPERATOR)
    assert not may(learner, act, COURSE, "fr")
    with django_assert_num_queries(0):
        assert not may(guest, act, COURSE, "fr")
        assert not may(AnonymousUser(), act, COURSE, "fr")
        assert not may(None, act, COURSE, "fr")


def test_a_role_in_a_course_counts_there_alone() -> None:
    staff = somebody_who_is(Role.STAFF, COURSE)
    assert may(staff, Act.SEE_WORK, COURSE)
    assert not may(staff, Act.SEE_WORK, OTHER)
    assert not may(staff, Act.SEE_WORK)
    assert not may(staff, Act.PUBLISH, COURSE)


def test_a_role_for_a_language_counts_for_it_alone() -> None:
    translator = somebody_who_is(Role.TRANSLATOR, COURSE, "fr")
    assert may(translator, Act.TRANSLATE, COURSE, "fr")
    assert not may(translator, Act.TRANSLATE, COURSE, "es")
    assert not may(translator, Act.REVIEW, COURSE, "fr")
    assert not may(translator, Act.SEE_HIDDEN, COURSE)


@pytest.mark.parametrize("act", list(Act))
def test_an_operator_may_do_everything_until_the_account_is_closed(act: Act) -> None:
    operator = somebody_who_is(Role.OPERATOR)
    assert may(operator, act, COURSE, "fr")
    operator.is_active = False
    assert not may(operator, act, COURSE, "fr")


def test_a_role_is_given_once() -> None:
    author = somebody_who_is(Role.AUTHOR, COURSE)
    actions.give_role(person=author, role=Role.AUTHOR, course_key=COURSE)
    assert author.roles.count() == 1


def test_asking_often_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    author = Person.objects.get(pk=somebody_who_is(Role.AUTHOR, COURSE).pk)
    with django_assert_num_queries(1):
        assert all(may(author, act, COURSE) for act in (Act.PUBLISH, Act.SEE_HIDDEN, Act.SEE_WORK))
