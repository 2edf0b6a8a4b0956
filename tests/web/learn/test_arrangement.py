"""Exercises about arrangements on a page: sides come and go without scripts, and any language says what follows."""

import re
from pathlib import Path

import pytest
from django.test import Client

from polylect_web.accounts.models import Person
from polylect_web.grading.models import Submission
from web.builders import course, exercise, publish, translate, unit
from web.learn.parts import ANSWER, UNIT, page, text_of

pytestmark = pytest.mark.django_db

MANUAL = Path(__file__).parents[3] / "docs" / "exercises"
FOUND = {
    "q1.sides": ["library", "group"],
    "q1.library.invests": ["venue"],
    "q1.library.gains": ["nothing"],
    "q1.group.invests": ["time"],
    "q1.group.gains": ["recruits"],
    "q1.overlap": ["shared"],
    "q1.kind": ["partnership"],
}


def xml(kind: str = "arrangement") -> str:
    """The first example of a page of the manual."""
    found = re.search(r"^```xml\n(.*?)^```", (MANUAL / f"{kind}.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_a_side_is_added_and_what_was_filled_in_stays(client: Client) -> None:
    publish(course(unit(exercise(xml=xml()))))
    sent = {"q1.sides": ["library"], "q1.library.invests": ["venue"], "q1.add": ["", "group"], "act": "add q1"}
    shown = page(client.post(ANSWER, sent))
    assert [side.get("data-side") for side in shown.cssselect("[data-sides] > [data-side]")] == ["library", "group"]
    (ticked,) = shown.cssselect("[data-sides] [checked]")
    assert ticked.get("value") == "venue"
    assert shown.cssselect("[data-side=group][data-takes-focus]")
    assert not Submission.objects.exists()
    assert not Person.objects.exists()


def test_a_side_is_taken_away_with_its_cells(client: Client) -> None:
    publish(course(unit(exercise(xml=xml()))))
    shown = page(client.post(ANSWER, FOUND | {"act": "take-away q1.library"}))
    assert [side.get("data-side") for side in shown.cssselect("[data-sides] > [data-side]")] == ["group"]
    assert {box.get("value") for box in shown.cssselect("[data-sides] [checked]")} == {"time", "recruits"}
    assert shown.cssselect("select[data-takes-focus]")


@pytest.mark.parametrize("act", ["add q1", "add ", "add q7", "take-away q1.nobody", "take-away ", "take-away q1"])
def test_a_button_for_nobody_changes_nothing(act: str, client: Client) -> None:
    publish(course(unit(exercise(xml=xml()))))
    answered = client.post(ANSWER, {"q1.sides": ["library"], "act": act})
    assert answered.status_code == 200
    assert not Submission.objects.exists()


def test_what_is_missing_is_named_and_costs_no_try(client: Client) -> None:
    publish(course(unit(exercise(xml=xml(), max_attempts=2))))
    answered = client.post(ANSWER, {name: values for name, values in FOUND.items() if name != "q1.group.gains"})
    shown = page(answered)
    assert answered.status_code == 422
    (link,) = shown.cssselect(".unread a")
    assert text_of(link, "bdi") == "the wiki group"
    assert shown.get_element_by_id(link.get("href", "#")[1:]).cssselect(".field-error")
    assert not Submission.objects.exists()


def test_what_follows_from_the_cells_is_said_in_the_reader_s_language(client: Client) -> None:
    run = publish(course(unit(exercise(xml=xml()))))
    translate(run, "fr", {"the city library": "la bibliothèque"})
    english = page(client.post(ANSWER, FOUND, follow=True))
    assert "This is a donation" in text_of(english, ".finding-verdict")
    assert "Partnership" in text_of(english, ".finding-said")
    assert text_of(english, ".condition-failed p + p") == "There is nothing in it for the city library."
    french = page(client.get(UNIT.replace("/en/", "/fr/")))
    assert "la bibliothèque" in text_of(french, ".condition-failed p + p")
    assert Submission.objects.get().points == pytest.approx(10 * (5 / 12 + 0.3))


@pytest.mark.parametrize("kind", ["repair", "sort", "contrast", "matrix", "missing-condition"])
def test_every_kind_is_drawn_and_asks_for_what_was_left_out(kind: str, client: Client) -> None:
    publish(course(unit(exercise(xml=xml(kind)))))
    shown = page(client.get(UNIT))
    (form,) = shown.cssselect("#ask form")
    assert form.cssselect("fieldset input")
    names = {field.get("name") for field in form.cssselect("fieldset input")}
    answered = client.post(ANSWER, {name: ["nothing of the kind"] for name in names if name})
    assert answered.status_code in (302, 422)
