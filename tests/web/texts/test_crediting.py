"""Who is named below a lesson, and who is not."""

import pytest
from pytest_django import DjangoAssertNumQueries

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import queries as texts
from polylect_web.texts import writing
from polylect_web.texts.choices import Choice
from polylect_web.texts.crediting import translators
from polylect_web.texts.writing import Draft
from web.builders import message, person, publish

pytestmark = pytest.mark.django_db

SOURCE = "Bridges join people."
TITLE = "About bridges"


def write(run: Run, writer: Person, source: str = SOURCE, language: str = "fr") -> None:
    draft = Draft(f"{writer.pk}.", source)
    writing.write_target(run.course, language, message(run, source).uuid, draft, by=writer, choice=Choice())


def named(run: Run, language: str = "fr") -> tuple[str, ...]:
    unit = courses.outline(run.version).unit("start")
    assert unit is not None
    return translators(run.version, unit, language, texts.unit_keys(run.version, unit, language).changes)


def set_profile(somebody: Person, name: str, *, is_credited: bool) -> None:
    accounts.set_profile(person=somebody, name=name, email="", languages=[], is_credited=is_credited)


def test_who_wrote_most_of_what_is_shown_comes_first() -> None:
    run = publish()
    write(run, person("short"), TITLE)
    write(run, person("long"))
    assert named(run) == ("long", "short")
    assert named(run, "es") == ()


def test_a_region_is_credited_with_what_it_falls_back_on() -> None:
    run = publish()
    write(run, person("writer"), language="pt")
    assert named(run, "pt-BR") == ("writer",)


def test_whose_text_is_not_shown_any_more_is_not_named() -> None:
    run, first = publish(), person("first")
    write(run, first)
    assert named(run) == ("first",)
    current = message(run, SOURCE).units.get().current_id
    draft = Draft("Autre chose.", SOURCE, seen=current)
    writing.write_target(run.course, "fr", message(run, SOURCE).uuid, draft, by=person("next"), choice=Choice())
    assert named(run) == ("next",)


def test_guests_are_not_named_and_are_when_they_sign_in() -> None:
    run, guest, amina = publish(), person(None), person("amina")
    write(run, guest)
    assert named(run) == ()
    accounts.merge(guest=guest, into=amina)
    assert named(run) == ("amina",)


def test_people_choose_how_they_are_named_and_whether() -> None:
    run, amina = publish(), person("amina")
    write(run, amina)
    assert named(run) == ("amina",)
    set_profile(amina, "Amina Diallo", is_credited=True)
    assert named(run) == ("Amina Diallo",)
    set_profile(amina, "Amina Diallo", is_credited=False)
    assert named(run) == ()


def test_who_is_erased_is_not_named_any_more() -> None:
    run, amina = publish(), person("amina")
    write(run, amina)
    assert named(run) == ("amina",)
    accounts.erase(person=amina)
    assert named(run) == ()


def test_an_address_is_told_nobody() -> None:
    run = publish()
    write(run, Person.objects.create(email="amina@example.org"))
    assert named(run) == ()


def test_names_cost_no_query_while_nothing_changed(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = publish()
    write(run, person("writer"))
    named(run)
    with django_assert_num_queries(1):  # the counters
        named(run)
