"""What a reviewer saw, as it goes to the page and comes back; and the order in which texts wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from polylect.keys import RunKey
from polylect_web.texts import reviewing, writing
from polylect_web.texts.models import Message
from polylect_web.texts.reviewing import Reason, Seen
from web.builders import course, person, publish, text, translate, unit

numbers = st.integers(0, 2**31)


@given(numbers, numbers, st.text())
def test_what_was_seen_comes_back_as_it_was(target: int, current: int, source: str) -> None:
    seen = Seen(target, current, reviewing.mark_of(source))
    assert Seen.parse(str(seen)) == seen


@given(st.text() | st.from_regex(r"[0-9²]{0,25}-[0-9]{0,25}-.{0,14}"))
def test_anything_else_is_nothing_or_what_it_says(written: str) -> None:
    seen = Seen.parse(written)
    assert seen is None or Seen.parse(str(seen)) == seen


@pytest.mark.django_db
def test_a_suggestion_for_a_text_that_is_right_waits_where_it_stands() -> None:
    run = publish(course(unit(*(text(f"t{at}", f"<p>Text {at}.</p>") for at in range(3)))))
    translate(run, "fr", {f"Text {at}.": f"Texte {at}." for at in range(3)}, is_approved=True)
    translate(run, "fr", {"Text 2.": "Texte deux."})
    second = Message.objects.get(text="Text 1.")
    writing.suggest(run.course, "fr", second.uuid, writing.Draft("Texte un.", "Text 1."), by=person("amina"))
    found = reviewing.waiting([run.version], "fr")
    waits = [(Message.objects.get(pk=one.message_id).text, one.reasons) for one in found]
    assert waits == [("Text 1.", {Reason.SUGGESTED}), ("Text 2.", {Reason.TRANSLATED})]


@pytest.mark.django_db
def test_what_waits_in_two_courses_costs_what_it_costs_in_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    versions = [publish().version, publish(course(unit(text()), key=RunKey("Test", "Towers", "1"))).version]
    reviewing.waiting(versions, "ar")  # the outlines are at hand from here on
    with django_assert_num_queries(4):
        assert reviewing.waiting(versions, "fr") == []
    with django_assert_num_queries(3):
        reviewing.waiting(versions, "fr")
