"""The progress page, in words."""

import pytest
from django.test import Client

from polylect.course import tree
from polylect_web.accounts.models import Person
from web.builders import course, exercise, publish, unit
from web.learn.parts import ANSWER, page, text_of

pytestmark = pytest.mark.django_db

PROGRESS = "/en/progress/Test+Bridges+2026/"
PASS_HALF = tree.Grading(cutoffs=(("Pass", 0.5),))


def publish_three() -> None:
    publish(course(unit(exercise(), exercise("b"), exercise("c"), exercise("d")), grading=PASS_HALF))


def figures(client: Client) -> list[str]:
    return [figure.text_content() for figure in page(client.get(PROGRESS)).cssselect(".figures dd")]


def test_before_the_first_answer_it_says_so(client: Client) -> None:
    publish_three()
    assert "not answered" in text_of(page(client.get(PROGRESS)), ".lead")
    assert figures(client) == ["0 points", "0 points", "2 of 4 points"]


def test_it_says_what_was_earned_possible_and_needed(client: Client, learner: Person) -> None:
    publish_three()
    client.post(ANSWER, {"q1": "c1"})
    client.post(ANSWER.replace("ask", "b"), {"q1": "c2"})
    assert figures(client) == ["1 point", "2 points", "2 of 4 points"]
    assert "1 point more" in text_of(page(client.get(PROGRESS)), ".lead")
    assert "2 of 4 answered" in text_of(page(client.get(PROGRESS)), "tbody")


def test_it_says_when_one_has_passed(client: Client, learner: Person) -> None:
    publish_three()
    for code in ("ask", "b"):
        client.post(ANSWER.replace("ask", code), {"q1": "c1"})
    assert "passed" in text_of(page(client.get(PROGRESS)), ".lead")


def test_it_is_ones_own(client: Client, learner: Person) -> None:
    publish_three()
    client.post(ANSWER, {"q1": "c1"})
    assert figures(Client())[0] == "0 points"


def test_a_guest_is_told_how_to_keep_it(client: Client) -> None:
    publish_three()
    client.post(ANSWER, {"q1": "c1"})
    assert "guest" in text_of(page(client.get(PROGRESS)), ".notice")


def test_points_do_not_depend_on_the_language(client: Client, learner: Person) -> None:
    publish_three()
    client.post(ANSWER.replace("/en/", "/fr/"), {"q1": "c1"})
    assert figures(client)[0] == "1 point"


def test_there_is_none_for_a_course_that_is_not_there(client: Client) -> None:
    assert client.get(PROGRESS).status_code == 404


def test_results_that_are_withheld_are_in_no_sum_and_it_says_so(client: Client, learner: Person) -> None:
    publish(course(unit(exercise(show_correctness="never"), exercise("b")), grading=PASS_HALF))
    client.post(ANSWER, {"q1": "c1"})
    assert figures(client)[:2] == ["0 points", "0 points"]
    assert text_of(page(client.get(PROGRESS)), ".lead") == "You are on your way."
    assert "1 of 2 answered; not every result is told" in text_of(page(client.get(PROGRESS)), "tbody")
