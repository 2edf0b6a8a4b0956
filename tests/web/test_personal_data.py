"""Everything that belongs to a person is known, declared in docs/reference/personal-data.md, and does as is said there.

Whoever adds a field that points at a person declares it there, and makes a row of it here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.db.models import CASCADE, RESTRICT, SET_NULL, ForeignKey, Model, QuerySet
from django.test import Client
from django.utils import timezone

from polylect.captions.track import Cue, Track
from polylect.messages.terms import Term
from polylect.partnership import Arrangement
from polylect_web.accounts import actions, export
from polylect_web.accounts.models import Person, PersonLanguage, Role
from polylect_web.courses import drafts
from polylect_web.courses.models import Run, Version
from polylect_web.glossary import actions as glossary
from polylect_web.grading import actions as grading
from polylect_web.practice import actions as practice
from polylect_web.texts.models import Remark, Review, Target, Verdict
from web.builders import message, person, publish, raw, translate

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[2] / "docs/reference/personal-data.md"
GOES, STAYS = "goes", "stays without the name"
_FATES = {CASCADE: GOES, RESTRICT: GOES, SET_NULL: STAYS}
"""RESTRICT: only together with what it points at, which is to go by another way."""
_LINE = re.compile(r"^\| `(?P<field>\w+\.\w+\.\w+)` \|[^|]*\| (?P<fate>[^|]+) \| (?P<tables>[^|]+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Relation:
    """A field that leads to a person, over others or not; `path` is how a query follows it there."""

    field: "ForeignKey[Model, Model]"
    path: str
    fate: str

    def __str__(self) -> str:
        return f"{self.field.model._meta.label}.{self.field.name}"

    def rows(self, of: int) -> QuerySet[Model]:
        return self.field.model._default_manager.filter(**{self.path: of})


def relations(model: type[Model] = Person, path: str = "") -> Iterator[Relation]:
    """Every field that points at this model, and at the rows that go with it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.field.model in apps.get_models()):
            continue
        field = relation.field
        to_person = f"{field.name}__{path}" if path else field.name
        yield Relation(field, to_person, _FATES.get(relation.on_delete, "undecided"))
        if relation.on_delete is CASCADE:
            yield from relations(field.model, to_person)


RELATIONS = {str(relation): relation for relation in relations()}
DECLARED = {line["field"]: line for line in _LINE.finditer(PAGE.read_text("utf-8"))}


def work_of(someone: Person, run: Run) -> None:
    """A row of everything that a person can have."""
    Client().force_login(someone)
    PersonLanguage.objects.create(person=someone, language="sw", position=0)
    actions.give_role(person=someone, role=Role.TRANSLATOR)
    Version.objects.filter(pk=run.version_id).update(published_by=someone)
    drafts.change(drafts.Of(someone, run, "film", "en"), Track(()), Track((Cue(0, 1, "x"),)), "insert", revision=0)
    where = {"version_id": run.version_id, "unit_code": "start", "block_code": "ask"}
    for answer in ("c2", "c1"):
        grading.submit(someone, run, **where, raw=raw(run, "ask", answer), language="en")
    grading.save(someone, run, **where, raw=raw(run, "ask", "c2"), language="en")
    source = "Bridges join people."
    target = Target.objects.create(
        message=message(run, source), language="sw", text=f"Madaraja, {someone}", source_text=source, person=someone
    )
    glossary.add_term(course=None, given=Term(f"bridge of {someone}", "en"), by=someone)
    friend = Person.objects.create(username=f"friend of {someone}")
    for owner, other in ((someone, friend), (friend, someone)):
        case = practice.keep(owner=owner, kept=practice.Kept("The library", Arrangement()))
        practice.share(case=case, person=other, may_edit=True)
    Review.objects.create(target=target, source_text=source, verdict=Verdict.APPROVED, person=someone)
    Remark.objects.create(
        message=message(run, source),
        language="sw",
        text=f"Which bridges, asks {someone}?",
        person=someone,
        settled_at=timezone.now(),
        settled_by=someone,
    )


def test_every_field_that_leads_to_a_person_is_declared() -> None:
    assert {name: relation.fate for name, relation in RELATIONS.items()} == {
        name: line["fate"] for name, line in DECLARED.items()
    }


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_erasing_does_with_it_what_is_declared(name: str) -> None:
    relation, run, someone = RELATIONS[name], publish(), person("someone")
    work_of(someone, run)
    before = [row.pk for row in relation.rows(someone.pk)]
    assert before, f"{work_of.__name__} makes no row of {name}"
    actions.erase(person=someone)
    left = relation.field.model._default_manager.filter(pk__in=before)
    if relation.fate == GOES:
        assert not left.exists()
    else:
        assert [getattr(row, relation.field.attname) for row in left] == [None] * len(before)


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_it_stands_in_the_download(name: str) -> None:
    run, someone = publish(), person("someone")
    work_of(someone, run)
    tables = export.export(someone)
    for table in re.findall(r"`(\w+)`", DECLARED[name]["tables"]):
        assert list(tables[table].rows()), f"{table} is empty"


def test_erasing_touches_nobody_else() -> None:
    run, someone, other = publish(), person("someone"), person("other")
    work_of(someone, run)
    work_of(other, run)
    before = {name: [row.pk for row in relation.rows(other.pk)] for name, relation in RELATIONS.items()}
    actions.erase(person=someone)
    assert before == {name: [row.pk for row in relation.rows(other.pk)] for name, relation in RELATIONS.items()}
    assert all(before.values())


def test_a_translation_stays_for_those_who_read_it() -> None:
    run, someone = publish(), person("someone")
    translate(run, "fr", {"Bridges join people.": "Les ponts relient les gens."})
    Target.objects.update(person=someone)
    actions.erase(person=someone)
    assert Target.objects.get().text == "Les ponts relient les gens."


def test_erasing_that_fails_erases_nothing() -> None:
    run, someone = publish(), person("someone")
    work_of(someone, run)

    def fail_at_the_end(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('DELETE FROM "accounts_person" '):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    before = {name: relation.rows(someone.pk).count() for name, relation in RELATIONS.items()}
    with connection.execute_wrapper(fail_at_the_end), pytest.raises(OperationalError):
        actions.erase(person=Person.objects.get(pk=someone.pk))
    assert before == {name: relation.rows(someone.pk).count() for name, relation in RELATIONS.items()}
