"""Exercises whose numbers and checks are an author's Python: what a learner sees, sends and reads."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from polylect_web.grading.models import Submission
from web.builders import course, exercise, publish, translate, unit
from web.learn.parts import ANSWER, UNIT, page, text_of

pytestmark = pytest.mark.django_db

SUM_XML = """<problem><script type="loncapa/python">
seats = 30
def check(expect, ans):
    if ans[0] == "all":
        raise ValueError("Write a number of seats.")
    if not ans[0].isdigit():
        return {"ok": False, "msg": "That is &lt;b onclick='x()'&gt;no&lt;/b&gt; number."}
    return {"ok": int(ans[0]) + int(ans[1]) == seats, "msg": "Count the seats again."}
</script>
<p>There are $seats seats.</p>
<customresponse cfn="check"><textline label="Members of $seats"/><textline label="Guests"/></customresponse>
<demandhint><hint>They are $seats together.</hint></demandhint>
<solution><p>Any two that make $seats.</p></solution></problem>"""


def published(xml: str = SUM_XML, **fields: object) -> None:
    publish(course(unit(exercise(xml=xml, max_attempts=3, **fields))))


def test_the_values_of_the_script_stand_in_the_exercise(client: Client) -> None:
    published()
    shown = page(client.get(UNIT))
    assert "There are 30 seats." in text_of(shown, "#ask")
    assert "Members of 30" in text_of(shown, "#ask")
    hint = page(client.post(ANSWER, {"act": "hint"}, follow=True))
    assert "They are 30 together." in text_of(hint, "#ask")


def test_the_check_judges_and_its_words_stand_with_the_result(client: Client) -> None:
    published()
    shown = page(client.post(ANSWER, {"q1.1": "10", "q1.2": "10"}, follow=True))
    assert text_of(shown, "#ask .result-heading") == "Not yet right"
    assert "Count the seats again." in text_of(shown, "#ask .result")
    shown = page(client.post(ANSWER, {"q1.1": "10", "q1.2": "20"}, follow=True))
    assert text_of(shown, "#ask .result-heading") == "Right"
    assert Submission.objects.count() == 2
    assert Submission.objects.latest("number").variables == {"seats": "30"}


def test_what_a_check_says_is_cleaned(client: Client) -> None:
    published()
    answered = client.post(ANSWER, {"q1.1": "x", "q1.2": "10"}, follow=True).content.decode()
    assert "<b>no</b> number." in answered
    assert "onclick" not in answered


def test_a_sentence_of_the_check_is_read_in_the_learners_language(client: Client) -> None:
    run = publish(course(unit(exercise(xml=SUM_XML))))
    translate(run, "fr", {"Count the seats again.": "Recomptez les places."}, is_approved=True)
    shown = page(client.post(ANSWER.replace("/en/", "/fr/"), {"q1.1": "1", "q1.2": "1"}, follow=True))
    assert "Recomptez les places." in text_of(shown, "#ask .result")


def test_what_a_check_raises_is_told_and_uses_no_try(client: Client) -> None:
    published()
    shown = page(client.post(ANSWER, {"q1.1": "all", "q1.2": "10"}))
    assert "Write a number of seats. No attempt was used." in text_of(shown, "#ask .result")
    assert not Submission.objects.exists()


def test_without_a_sandbox_the_exercise_is_there_to_be_read(client: Client, settings: Settings) -> None:
    published()
    settings.RUN_SCRIPTS = False
    shown = page(client.get(UNIT))
    assert "It does not run at the moment" not in text_of(shown, "#ask")
    assert "it does not run at the moment" in text_of(shown, "#ask")
    assert not shown.cssselect("#ask input[type=text], #ask .button-main")
    refused = client.post(ANSWER, {"q1.1": "10", "q1.2": "20"})
    assert refused.status_code == 422
    assert not Submission.objects.exists()


def test_a_unit_of_five_scripted_exercises_costs_no_more_queries_than_another(client: Client) -> None:
    publish(course(unit(*(exercise(f"e{at}", SUM_XML.replace("30", str(at + 40))) for at in range(5)))))
    client.get(UNIT)
    with CaptureQueriesContext(connection) as made:
        shown = client.get(UNIT)
    assert "There are 44 seats." in shown.content.decode()
    assert len(made) <= 2, [query["sql"] for query in made]  # as of any unit, for a visitor
