"""What the workbench asks: terms of a text, never stale, and in few queries."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from polylect.keys import RunKey
from polylect_web.glossary import actions, queries
from polylect_web.glossary.models import TermChange
from web.builders import course, publish
from web.glossary.words import add, author, say

pytestmark = pytest.mark.django_db


def texts(run_course: int, language: str = "fr") -> dict[str, list[str]]:
    terms = queries.terms_for(run_course, "en", language)
    return {term.text: [form.text for form in term.forms_in(language)] for term in terms}


def test_terms_of_a_course_and_of_every_course_are_found() -> None:
    run, other = publish(), publish(course(key=RunKey("Test", "Roads", "2026")))
    say(add(run.course), "arc")
    say(add(None, "bridge"), "pont")
    add(other.course, "road")
    assert texts(run.course_id) == {"arch": ["arc"], "bridge": ["pont"]}


def test_the_term_of_a_course_goes_before_that_of_every_course() -> None:
    run = publish()
    say(add(None), "voûte")
    say(add(run.course), "arc")
    assert texts(run.course_id) == {"arch": ["arc"]}


def test_a_language_falls_back_on_what_it_is_a_kind_of() -> None:
    run = publish()
    say(add(run.course), "arc")
    assert texts(run.course_id, "fr-CA") == {"arch": ["arc"]}
    assert [term.text for term in queries.terms_for(run.course_id, "en-GB", "fr")] == ["arch"]
    assert queries.terms_for(run.course_id, "de", "fr") == ()


def test_hits_and_checks_follow_every_change() -> None:
    run = publish()
    asked = (run.course_id, "en", "fr")
    term = add(run.course)
    assert [hit.term.text for hit in queries.hits("Two arches.", *asked)] == ["arch"]
    assert queries.check("Two arches.", "Deux ponts.", *asked) == ()
    say(term, "arc", unwanted=("voûte",))
    (missing,) = queries.check("Two arches.", "Deux ponts.", *asked)
    (wrong,) = queries.check("Two arches.", "Deux voûtes.", *asked)
    assert (missing.code, wrong.code) == ("term-missing", "term-forbidden")
    actions.remove_term(term=term, by=None)
    assert queries.hits("Two arches.", *asked) == ()


def test_what_was_undone_is_not_remembered() -> None:
    run = publish()
    with transaction.atomic():
        add(run.course)
        transaction.set_rollback(True)
    assert texts(run.course_id) == {}
    add(run.course, "pier")
    assert texts(run.course_id) == {"pier": []}


def test_asking_costs_the_same_for_many_terms(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = publish()
    for number in range(30):
        say(add(run.course, f"word {number}"), f"mot {number}")
    with django_assert_num_queries(3):
        first = queries.terms_for(run.course_id, "en", "fr")
    with django_assert_num_queries(1):
        assert queries.terms_for(run.course_id, "en", "fr") is first


def test_every_change_is_kept_with_who_made_it() -> None:
    run, somebody = publish(), author()
    term = add(run.course)
    say(term, "arc", by=somebody)
    say(term, "voûte", by=somebody)
    rows = TermChange.objects.order_by("pk").values_list("language", "form", "field", "before", "after", "person")
    assert list(rows) == [
        ("", "", "text", "", "arch", None),
        ("fr", "arc", "standing", "", "preferred", somebody.pk),
        ("fr", "voûte", "standing", "", "preferred", somebody.pk),
        ("fr", "arc", "standing", "preferred", "", somebody.pk),
    ]
