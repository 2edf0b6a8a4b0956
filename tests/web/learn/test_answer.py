"""Answering an exercise: what comes back, with and without a script, and who is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.foundation.templatetags import kept
from polylect_web.grading.models import Submission
from web.builders import CHOICE_XML, NUMBER_XML, course, exercise, publish, text, translate, unit
from web.learn.parts import ANSWER, UNIT, page, text_of

pytestmark = pytest.mark.django_db

FRAGMENT = {"X-Fragment": "exercise"}
HINTED_XML = NUMBER_XML.replace(
    "</problem>", "<demandhint><hint>Count the arches.</hint><hint>Mind the river.</hint></demandhint></problem>"
)
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_wrong_choice_says_why_and_keeps_what_was_chosen(client: Client) -> None:
    publish()
    shown = page(client.post(ANSWER, {"q1": "c2"}, follow=True))
    assert text_of(shown, "#ask .result-heading") == "Not yet right"
    assert "It would not last." in text_of(shown, "#ask .choice-not-yet .choice-feedback")
    (chosen,) = shown.cssselect("#ask [checked]")
    assert chosen.get("aria-describedby") == "ask-q1-2-feedback"


def test_the_right_choice_is_told_so_in_a_word(client: Client) -> None:
    publish()
    shown = page(client.post(ANSWER, {"q1": "c1"}, follow=True))
    assert text_of(shown, "#ask .choice-right .verdict") == "Right"
    assert "1 of 1 point." in text_of(shown, "#ask .result")


def test_without_a_script_the_page_comes_back_with_the_result_in_focus(client: Client) -> None:
    publish()
    answered = client.post(ANSWER, {"q1": "c1"})
    assert answered.headers["Location"] == f"{UNIT}?answered=ask#ask-result"
    (heading,) = page(client.get(answered.headers["Location"])).cssselect("#ask-result")
    assert heading.get("tabindex") == "-1"


def test_a_script_gets_the_exercise_alone(client: Client) -> None:
    publish()
    answered = client.post(ANSWER, {"q1": "c2"}, headers=FRAGMENT)
    assert answered.headers["X-Fragment"] == "exercise"
    body = answered.content.decode()
    assert "<html" not in body
    assert "It would not last." in body


def test_a_script_is_told_in_words_that_an_answer_cannot_be_read(client: Client) -> None:
    publish(course(unit(exercise(xml=NUMBER_XML))))
    answered = client.post(ANSWER, {"q1": "many"}, headers=FRAGMENT)
    assert answered.status_code == 200  # the script shows it; a browser would complain of anything else in its console
    assert "Write a number" in answered.content.decode()


def test_an_unreadable_answer_says_what_would_be_right_and_costs_nothing(client: Client) -> None:
    publish(course(unit(exercise(xml=NUMBER_XML, max_attempts=2))))
    answered = client.post(ANSWER, {"q1": "many"})
    shown = page(answered)
    assert answered.status_code == 422
    assert "Write a number" in text_of(shown, "#ask .field-error")
    (field,) = shown.cssselect("#ask [name=q1]")
    assert (field.get("value"), field.get("aria-invalid")) == ("many", "true")
    assert "2 tries" in shown.text_content()
    assert not Submission.objects.exists()
    assert not Person.objects.exists()


def test_an_empty_answer_is_not_an_answer(client: Client) -> None:
    publish(course(unit(exercise(max_attempts=1))))
    answered = client.post(ANSWER, {})
    assert "nothing to check" in text_of(page(answered), "#ask .result")
    assert not Submission.objects.exists()


def test_nothing_is_an_answer_where_it_can_be_right(client: Client) -> None:
    nothing = CHOICE_XML.replace('"true"', '"false"').replace("<problem>", '<problem grading="polylect">')
    none_of_them = nothing.replace("multiplechoiceresponse", "choiceresponse").replace("choicegroup", "checkboxgroup")
    publish(course(unit(exercise(xml=none_of_them))))
    shown = page(client.post(ANSWER, {}, follow=True))
    assert text_of(shown, "#ask .result-heading") == "Right"


def test_the_first_answer_makes_a_guest_and_says_how_to_keep_it(client: Client) -> None:
    publish()
    shown = page(client.post(ANSWER, {"q1": "c1"}, follow=True))
    assert Person.objects.get().is_guest
    assert "guest" in text_of(shown, "#ask .notice")
    assert shown.cssselect("#ask .notice a")[0].get("href") == f"/en/sign-up/?next={UNIT.replace('+', '%2B')}"


def test_attempts_left_are_said_and_run_out(client: Client, learner: Person) -> None:
    publish(course(unit(exercise(max_attempts=2))))
    assert "1 try left" in text_of(page(client.post(ANSWER, {"q1": "c2"}, follow=True)), "#ask .result")
    shown = page(client.post(ANSWER, {"q1": "c2"}, follow=True))
    assert "used all" in shown.text_content()
    assert not shown.cssselect("#ask button[value=answer]")
    refused = client.post(ANSWER, {"q1": "c1"})
    assert refused.status_code == 422
    assert Submission.objects.count() == 2


def test_what_one_learner_wrote_at_length_is_not_kept_for_others(client: Client) -> None:
    publish(course(unit(exercise(xml=HINTED_XML))))
    kept.forget()
    for given in ("17", "1" * 5000):
        shown = page(client.post(ANSWER, {"act": "hint", "hints": "0", "q1": given}))
        assert shown.cssselect("#ask [name=q1]")[0].get("value") == given
    fields = [str(html) for html in kept._kept._values.values() if 'name="q1"' in html]
    assert [("17" in html, "11111" in html) for html in fields] == [(True, False)]


def test_hints_come_one_by_one_and_make_nobody(client: Client) -> None:
    publish(course(unit(exercise(xml=HINTED_XML))))
    assert "Count the arches." not in client.get(UNIT).content.decode()
    first = page(client.post(ANSWER, {"act": "hint", "hints": "0", "q1": "17"}))
    assert [hint.text_content().split("\n")[0].strip() for hint in first.cssselect("#ask .hint")] == [
        "Hint 1Count the arches."
    ]
    assert first.cssselect("#ask [name=q1]")[0].get("value") == "17"
    second = page(client.post(ANSWER, {"act": "hint", "hints": "1"}))
    assert len(second.cssselect("#ask .hint")) == 2
    assert not second.cssselect("#ask button[value=hint]")
    assert not Person.objects.exists()


def test_the_answer_is_shown_when_its_author_allows_it(client: Client, learner: Person) -> None:
    publish(course(unit(exercise(show_answer="attempted"))))
    assert not page(client.get(UNIT)).cssselect("#ask button[value=reveal]")
    early = page(client.post(ANSWER, {"act": "reveal"}))
    assert not early.cssselect("#ask .solution")
    client.post(ANSWER, {"q1": "c2"})
    shown = page(client.post(ANSWER, {"act": "reveal", "q1": "c2"}))
    (answer,) = shown.cssselect("#ask .choice-right input")
    assert answer.get("value") == "c1"


def test_never_means_never(client: Client, learner: Person) -> None:
    publish(course(unit(exercise(show_answer="never"))))
    client.post(ANSWER, {"q1": "c1"})
    assert not page(client.post(ANSWER, {"act": "reveal"})).cssselect("#ask .solution")


def test_feedback_speaks_the_language_that_is_read_now(client: Client, learner: Person) -> None:
    run = publish()
    translate(run, "fr", {"It would not last.": "Cela ne durerait pas."})
    client.post(ANSWER, {"q1": "c2"})
    assert "Cela ne durerait pas." in client.get(UNIT.replace("/en/", "/fr/")).content.decode()


def test_what_was_due_takes_no_answer(client: Client) -> None:
    publish(course(unit(exercise(), access=tree.Access(due=YESTERDAY))))
    assert not page(client.get(UNIT)).cssselect("#ask button[value=answer]")
    assert client.post(ANSWER, {"q1": "c1"}).status_code == 422
    assert not Submission.objects.exists()


DROPDOWN_XML = """<problem><optionresponse><label>What is it?</label><optioninput>
<option correct="True">a bridge</option>
<option correct="False">a tunnel<optionhint>A tunnel goes below.</optionhint></option>
</optioninput></optionresponse></problem>"""


def test_what_is_said_of_a_choice_in_a_list_stands_beside_the_list(client: Client) -> None:
    publish(course(unit(exercise(xml=DROPDOWN_XML))))
    shown = page(client.post(ANSWER, {"q1": "c2"}, follow=True))
    assert "A tunnel goes below." in text_of(shown, "#ask .field-verdict")


def test_a_changed_exercise_keeps_the_score_and_says_so(client: Client, learner: Person) -> None:
    publish()
    client.post(ANSWER, {"q1": "c1"})
    publish(course(unit(text(), exercise(xml=CHOICE_XML.replace('"true"', '"x"').replace('"false"', '"true"')))))
    assert "your score is kept" in text_of(page(client.get(UNIT)), "#ask .notice")


def test_a_hidden_exercise_cannot_be_answered(client: Client, learner: Person, staff: Client) -> None:
    publish(course(unit(text(), exercise(access=tree.Access(staff_only=True)))))
    assert client.post(ANSWER, {"q1": "c1"}).status_code == 404
    assert client.post(ANSWER, {"act": "hint"}).status_code == 404
    assert staff.post(ANSWER, {"q1": "c1"}, follow=True).status_code == 200


def test_only_exercises_are_answered(client: Client) -> None:
    publish(course(unit(text("ask"))))
    assert client.post(ANSWER, {"q1": "c1"}).status_code == 404


def test_a_get_is_refused(client: Client) -> None:
    publish()
    assert client.get(ANSWER).status_code == 405


def test_a_form_of_another_site_is_refused() -> None:
    publish()
    refused = Client(enforce_csrf_checks=True).post(ANSWER, {"q1": "c1"})
    assert refused.status_code == 403
    assert not Submission.objects.exists()


def test_the_other_forms_of_a_page_stay_good_when_the_first_answer_makes_a_guest() -> None:
    publish(course(unit(exercise(), exercise("more"))))
    browser = Client(enforce_csrf_checks=True)
    token = page(browser.get(UNIT)).cssselect("#more [name=csrfmiddlewaretoken]")[0].get("value")
    for code in ("ask", "more"):
        sent = browser.post(ANSWER.replace("ask", code), {"q1": "c1", "csrfmiddlewaretoken": token})
        assert sent.status_code == 302
    assert Person.objects.count() == 1


def test_what_a_learner_typed_comes_back_as_text(client: Client) -> None:
    publish(course(unit(exercise(xml=NUMBER_XML))))
    body = client.post(ANSWER, {"q1": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in body


def test_it_costs_twelve_queries_at_most(
    client: Client, learner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish()
    client.post(ANSWER, {"q1": "c2"})
    with django_assert_max_num_queries(12):
        client.post(ANSWER, {"q1": "c1"})
