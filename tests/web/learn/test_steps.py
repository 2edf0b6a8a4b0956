"""Saving an answer, starting over, asking for the answer: which buttons there are, what comes back, who is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.grading.models import ExerciseState, Score, Submission
from web.builders import NUMBER_XML, course, exercise, publish, text, unit
from web.learn.parts import ANSWER, UNIT, page, text_of

pytestmark = pytest.mark.django_db

FRAGMENT = {"X-Fragment": "exercise"}
YESTERDAY, TOMORROW = ((datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ") for days in (-1, 1))


def asking(**policy: object) -> None:
    publish(course(unit(text(), exercise(**policy))))


def buttons(client: Client) -> list[str]:
    """What the buttons of the exercise ask for, in their order."""
    return [button.get("value") for button in page(client.get(UNIT)).cssselect("#ask button[name=act]")]


@pytest.mark.parametrize(
    ("policy", "before", "after"),
    [
        ({}, ["answer"], ["answer"]),
        ({"max_attempts": 2}, ["answer", "save"], ["answer", "save"]),
        ({"max_attempts": 1}, ["answer", "save"], ["reveal"]),
        ({"max_attempts": 0}, ["save", "reveal"], ["save", "reveal"]),
        ({"force_save_button": True}, ["answer", "save"], ["answer", "save"]),
        ({"show_reset_button": True}, ["answer"], ["answer", "over"]),
        ({"rerandomize": "onreset"}, ["answer"], ["answer", "over"]),
        ({"rerandomize": "always"}, ["answer", "save"], ["over"]),
        ({"show_answer": "attempted"}, ["answer"], ["answer", "reveal"]),
        ({"show_answer": "always", "show_correctness": "never"}, ["answer"], ["answer"]),
        ({"access": tree.Access(due=YESTERDAY)}, ["reveal"], ["reveal"]),
        ({"access": tree.Access(due=YESTERDAY), "grace_seconds": 172_800}, ["answer"], ["answer"]),
    ],
)
def test_a_button_is_there_when_it_would_work(
    client: Client, learner: Person, policy: dict[str, object], before: list[str], after: list[str]
) -> None:
    asking(**policy)
    assert buttons(client) == before
    client.post(ANSWER, {"q1": "c2"})
    assert buttons(client) == after


def test_the_course_that_has_ended_offers_nothing(client: Client, learner: Person) -> None:
    publish(course(unit(text(), exercise(force_save_button=True, show_answer="never")), end="2026-01-01T00:00:00Z"))
    assert buttons(client) == []
    assert "has ended" in text_of(page(client.get(UNIT)), "#ask .exercise-foot")


def test_what_is_saved_comes_back_and_is_said_not_to_count(client: Client, learner: Person) -> None:
    asking(max_attempts=2)
    saved = client.post(ANSWER, {"act": "save", "q1": "c2"})
    assert saved.headers["Location"] == f"{UNIT}?answered=ask#ask-result"
    shown = page(client.get(UNIT))
    assert text_of(shown, "#ask .result-heading") == "Saved, not sent"
    assert "does not count" in text_of(shown, "#ask .result")
    assert [one.get("value") for one in shown.cssselect("#ask [checked]")] == ["c2"]
    assert "2 tries" in text_of(shown, "#ask .exercise-foot")
    assert not Submission.objects.exists()


def test_a_script_gets_what_was_saved_alone(client: Client, learner: Person) -> None:
    asking(max_attempts=2)
    body = client.post(ANSWER, {"act": "save", "q1": "c2"}, headers=FRAGMENT).content.decode()
    assert "Saved, not sent" in body
    assert "<html" not in body


def test_a_survey_is_saved_and_speaks_of_no_sending(client: Client, learner: Person) -> None:
    asking(max_attempts=0)
    shown = page(client.post(ANSWER, {"act": "save", "q1": "c2"}, follow=True))
    assert text_of(shown, "#ask .result-heading") == "Saved"
    assert text_of(shown, "#ask button[value=save]") == "Save my answer"
    assert "send" not in text_of(shown, "#ask .result")


def test_what_cannot_be_read_is_saved_without_a_word_about_it(client: Client, learner: Person) -> None:
    asking(xml=NUMBER_XML, max_attempts=2)
    shown = page(client.post(ANSWER, {"act": "save", "q1": "forty-"}, follow=True))
    assert shown.cssselect("#ask [name=q1]")[0].get("value") == "forty-"
    assert not shown.cssselect("#ask .field-error")


def test_the_points_of_what_was_sent_before_are_said_beside_what_is_saved(client: Client, learner: Person) -> None:
    asking(max_attempts=3)
    client.post(ANSWER, {"q1": "c1"})
    shown = page(client.post(ANSWER, {"act": "save", "q1": "c2"}, follow=True))
    assert "What you sent before counts: 1 point." in text_of(shown, "#ask .result")
    assert not shown.cssselect("#ask .choice-right, #ask .choice-not-yet")


def test_nothing_is_not_saved(client: Client) -> None:
    asking(max_attempts=2)
    shown = client.post(ANSWER, {"act": "save"})
    assert shown.status_code == 422
    assert text_of(page(shown), "#ask .result-heading") == "Not saved"
    assert not Person.objects.exists()


def test_saving_makes_a_guest_and_says_how_to_keep_it(client: Client) -> None:
    asking(max_attempts=2)
    shown = page(client.post(ANSWER, {"act": "save", "q1": "c2"}, follow=True))
    assert Person.objects.get().is_guest
    assert "guest" in text_of(shown, "#ask .notice")


def test_starting_over_empties_the_exercise_and_says_what_it_costs(client: Client, learner: Person) -> None:
    asking(rerandomize="onreset", max_attempts=3)
    client.post(ANSWER, {"q1": "c1"})
    assert "gives no try back" in text_of(page(client.get(UNIT)), "#ask .exercise-foot")
    shown = page(client.post(ANSWER, {"act": "over"}, follow=True))
    assert text_of(shown, "#ask .result-heading") == "Started over"
    assert not shown.cssselect("#ask [checked]")
    assert "2 tries" in text_of(shown, "#ask .exercise-foot")
    assert Score.objects.get().points == 0
    assert not page(client.get(UNIT)).cssselect("#ask .result")


def test_a_script_gets_the_empty_exercise_alone(client: Client, learner: Person) -> None:
    asking(rerandomize="always")
    client.post(ANSWER, {"q1": "c2"})
    body = client.post(ANSWER, {"act": "over"}, headers=FRAGMENT).content.decode()
    assert "Started over" in body
    assert 'value="answer"' in body


def test_starting_over_twice_is_refused_in_a_sentence(client: Client, learner: Person) -> None:
    asking(rerandomize="onreset")
    client.post(ANSWER, {"q1": "c2"})
    client.post(ANSWER, {"act": "over"})
    again = client.post(ANSWER, {"act": "over"})
    assert again.status_code == 422
    assert text_of(page(again), "#ask .result-heading") == "Nothing was changed"
    assert "nothing to start over" in text_of(page(again), "#ask .result")


def test_who_is_nobody_yet_has_nothing_to_start_over_and_stays_nobody(client: Client) -> None:
    asking(rerandomize="onreset")
    refused = client.post(ANSWER, {"act": "over"})
    assert refused.status_code == 422
    assert "nothing to start over" in text_of(page(refused), "#ask .result")
    assert not Person.objects.exists()


def test_an_exercise_that_is_another_one_each_time_says_how_to_go_on(client: Client, learner: Person) -> None:
    asking(rerandomize="always")
    client.post(ANSWER, {"q1": "c2"})
    assert "start over to answer again" in text_of(page(client.get(UNIT)), "#ask .exercise-foot")
    refused = client.post(ANSWER, {"q1": "c1"})
    assert refused.status_code == 422
    assert "Start over before" in text_of(page(refused), "#ask .result")
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("act", ["answer", "save", "over"])
def test_a_window_that_shows_a_former_variant_is_told_so_and_changes_nothing(
    client: Client, learner: Person, act: str
) -> None:
    asking(rerandomize="onreset", max_attempts=3)
    client.post(ANSWER, {"q1": "c2"})
    (former,) = page(client.get(UNIT)).cssselect("#ask [name=variant]")
    client.post(ANSWER, {"act": "over", "variant": former.get("value")})
    refused = client.post(ANSWER, {"act": act, "q1": "c1", "variant": former.get("value")})
    assert refused.status_code == 422
    assert "was changed while you were answering" in text_of(page(refused), "#ask .result")
    assert Submission.objects.count() == 1
    (variant,) = page(refused).cssselect("#ask [name=variant]")
    assert variant.get("value") != former.get("value")
    assert client.post(ANSWER, {"q1": "c1", "variant": variant.get("value")}).status_code == 302


def test_who_asks_for_the_answer_too_early_is_told_so(client: Client, learner: Person) -> None:
    asking(show_answer="attempted")
    early = client.post(ANSWER, {"act": "reveal", "q1": "c2"})
    assert early.status_code == 422
    assert text_of(page(early), "#ask .result-heading") == "Not shown"
    assert not page(early).cssselect("#ask .solution")


@pytest.mark.parametrize(("act", "heading"), [("save", "Not saved"), ("over", "Nothing was changed")])
def test_what_was_due_can_neither_be_saved_nor_started_over(
    client: Client, learner: Person, act: str, heading: str
) -> None:
    asking(rerandomize="onreset", max_attempts=3)
    client.post(ANSWER, {"q1": "c2"})
    asking(rerandomize="onreset", max_attempts=3, access=tree.Access(due=YESTERDAY))
    refused = client.post(ANSWER, {"act": act, "q1": "c1"})
    assert refused.status_code == 422
    assert text_of(page(refused), "#ask .result-heading") == heading
    assert "due by" in text_of(page(refused), "#ask .result")
    assert not ExerciseState.objects.exclude(saved=None).exists()


@pytest.mark.parametrize("act", ["save", "over"])
def test_a_hidden_exercise_is_nobodys_business_but_the_staffs(
    client: Client, learner: Person, staff: Client, act: str
) -> None:
    asking(max_attempts=2, show_reset_button=True, access=tree.Access(staff_only=True))
    assert client.post(ANSWER, {"act": act, "q1": "c2"}).status_code == 404
    staff.post(ANSWER, {"q1": "c2"})
    assert staff.post(ANSWER, {"act": act, "q1": "c2"}, follow=True).status_code == 200


@pytest.mark.parametrize("act", ["save", "over", "reveal"])
def test_a_form_of_another_site_is_refused(act: str) -> None:
    asking(max_attempts=2)
    assert Client(enforce_csrf_checks=True).post(ANSWER, {"act": act, "q1": "c1"}).status_code == 403
    assert not ExerciseState.objects.exists()


def test_another_learner_sees_nothing_of_what_was_saved(client: Client, learner: Person) -> None:
    asking(max_attempts=2)
    client.post(ANSWER, {"act": "save", "q1": "c2"})
    assert not page(Client().get(UNIT)).cssselect("#ask [checked]")


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("last_score", "0 of 1 point."),
        ("first_score", "0 of 1 point."),
        ("highest_score", "0 of 1 point. Your best answer counts: 1 point."),
        ("average_score", "0 of 1 point. The average of your answers counts: 0.33 points."),
    ],
)
def test_the_page_says_what_counts(client: Client, learner: Person, method: str, said: str) -> None:
    asking(grading_method=method)
    for given in ("c2", "c1", "c2"):
        shown = page(client.post(ANSWER, {"q1": given}, follow=True))
    assert text_of(shown, "#ask .result p") == said


@pytest.mark.parametrize(
    ("method", "said"), [("last_score", True), ("average_score", True), ("first_score", True), ("highest_score", False)]
)
def test_the_page_says_beforehand_what_will_count(client: Client, method: str, said: bool) -> None:
    asking(grading_method=method)
    assert bool(page(client.get(UNIT)).cssselect("#ask .exercise-foot .quiet")) is said


def test_results_that_are_withheld_are_neither_on_the_page_nor_in_the_outline(client: Client, learner: Person) -> None:
    asking(show_correctness="never")
    body = client.post(ANSWER, {"q1": "c1"}, headers=FRAGMENT).content.decode()
    assert "Yes, with steel in it." not in body
    shown = page(client.get(UNIT))
    assert text_of(shown, "#ask .result-heading") == "Sent"
    assert "nobody is told" in text_of(shown, "#ask .result")
    assert "1 point" not in text_of(shown, "#ask")
    assert not shown.cssselect("#ask .choice-right, #ask .verdict")


def test_results_come_after_the_due_date(client: Client, learner: Person) -> None:
    asking(show_correctness="past_due", access=tree.Access(due=TOMORROW))
    shown = page(client.post(ANSWER, {"q1": "c1"}, follow=True))
    assert "after" in text_of(shown, "#ask .result")
    asking(show_correctness="past_due", access=tree.Access(due=YESTERDAY))
    assert text_of(page(client.get(UNIT)), "#ask .result-heading") == "Right"


@pytest.mark.parametrize("act", ["save", "over"])
@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_it_costs_twelve_queries_at_most(
    client: Client,
    learner: Person,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    act: str,
    headers: dict[str, str],
) -> None:
    asking(rerandomize="onreset", max_attempts=3)
    client.post(ANSWER, {"q1": "c1"})
    with django_assert_max_num_queries(12):
        assert client.post(ANSWER, {"act": act, "q1": "c2"}, headers=headers).status_code in (200, 302)
