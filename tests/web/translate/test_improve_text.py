"""What learners send from a lesson: who may, what is refused, and where it arrives."""

import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.models import Run
from polylect_web.texts import guests, working, writing
from polylect_web.texts.models import Remark, Target
from polylect_web.texts.working import Line
from web.builders import CHOICE_XML, course, exercise, message, publish, text, translate, unit
from web.learn.parts import video
from web.translate.builders import RUN, SOURCE, signed_in, uuid_of

pytestmark = pytest.mark.django_db

FRENCH = "Les ponts relient les gens."
BETTER = "Les ponts rapprochent les gens."
TEXTS = f"/fr/translate/improve/{RUN}/start/"


def translated() -> Run:
    run = publish()
    translate(run, "fr", {SOURCE: FRENCH})
    return run


def send(client: Client, run: Run, text: str = BETTER, source: str = SOURCE, *, of: str = SOURCE, **fields: str):  # type: ignore[no-untyped-def]
    return client.post(f"{TEXTS}{uuid_of(run, of)}/", {"text": text, "source": source} | fields)


def sentences(answer) -> str:  # type: ignore[no-untyped-def]
    return " ".join(answer.json()["sentences"])


def listed(client: Client, address: str = TEXTS) -> dict[str, dict[str, object]]:
    """The texts that a reader may improve, by their source."""
    found = re.search(r'<script id="improvable-texts" type="application/json">(.*?)</script>', html(client, address))
    assert found is not None
    return {one["source"]: one for one in json.loads(found[1])["texts"]}


def html(client: Client, address: str = TEXTS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def line_of(run: Run, language: str = "fr") -> Line:
    lesson = next(one for one in working.lessons(run.version) if one.code == "start")
    lines = working.lines(run.version, lesson, language, may_see_answers=False)
    return next(line for line in lines if line.text == SOURCE)


def test_a_suggestion_arrives_in_the_workbench() -> None:
    run = translated()
    answer = send(signed_in("learner"), run)
    assert (answer.status_code, sentences(answer)) == (
        200,
        "Merci. Les personnes qui traduisent ce cours le verront.",
    )
    line = line_of(run)
    assert line.suggestions == 1
    assert line.current is not None
    assert line.current.text == FRENCH
    page = signed_in("reviewer", Role.REVIEWER).get(f"/fr/translate/fr/{RUN}/start/{line.uuid}/")
    assert BETTER in page.content.decode()


def test_a_visitor_becomes_a_guest_by_what_they_send(client: Client) -> None:
    run = translated()
    html(client)
    assert not Person.objects.exists()
    assert send(client, run).status_code == 200
    assert Target.objects.get(text=BETTER).person == Person.objects.get()
    assert Person.objects.get().is_guest
    send(client, run, "Les ponts lient les gens.")
    assert Person.objects.count() == 1


def test_a_remark_may_come_alone_or_along(client: Client) -> None:
    run = translated()
    assert send(client, run, FRENCH, remark="This sounds old.").status_code == 200
    assert not Target.objects.filter(is_suggestion=True).exists()
    assert send(client, run, remark="Said so here.").status_code == 200
    assert Target.objects.filter(is_suggestion=True).count() == 1
    assert list(Remark.objects.values_list("text", flat=True)) == ["This sounds old.", "Said so here."]


@pytest.mark.parametrize("words", [FRENCH, "", "  \r\n "])
def test_nothing_new_is_refused_and_makes_nobody(client: Client, words: str) -> None:
    answer = send(client, translated(), words)
    assert answer.status_code == 422
    assert sentences(answer) == "Modifiez le texte, ou dites ce qui ne va pas."
    assert not Person.objects.exists()


def test_an_error_is_said_and_makes_nobody(client: Client) -> None:
    answer = send(client, translated(), "Les <1>ponts</1>.")
    assert answer.status_code == 422
    assert "<1>" in sentences(answer)
    assert not Person.objects.exists()


def test_what_the_author_changed_meanwhile_is_not_taken(client: Client) -> None:
    answer = send(client, translated(), source="Bridges join cities.")
    assert (answer.status_code, "entre-temps" in sentences(answer)) == (422, True)
    assert not Person.objects.exists()


@pytest.mark.parametrize("fields", [{"text": "x" * 60_000}, {"text": FRENCH, "remark": "x" * 60_000}])
def test_too_much_is_refused(client: Client, fields: dict[str, str]) -> None:
    assert send(client, translated(), **fields).status_code == 422
    assert not Person.objects.exists()


def test_what_waits_already_makes_no_second_row_and_nobody(client: Client) -> None:
    run = translated()
    send(signed_in("learner"), run)
    assert send(client, run).status_code == 200
    assert Target.objects.filter(text=BETTER).count() == 1
    assert Person.objects.count() == 1


def test_a_guest_may_leave_so_many_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_OPEN", 2)
    run = translated()
    assert [send(client, run, f"Ponts {number}.").status_code for number in range(3)] == [200, 200, 429]
    assert send(client, run, FRENCH, remark="And this?").status_code == 429


def test_all_guests_together_may_leave_so_many(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guests, "MOST_FROM_GUESTS", 1)
    run = translated()
    assert send(client, run).status_code == 200
    answer = send(Client(), run, "Des ponts.")
    assert (answer.status_code, "Connectez-vous" in sentences(answer)) == (422, True)
    assert Person.objects.count() == 1
    assert send(signed_in("learner"), run, "Des ponts.").status_code == 200


def test_it_goes_to_the_language_that_is_shown(client: Client) -> None:
    run = publish()
    translate(run, "pt", {SOURCE: "As pontes unem as pessoas."})
    address = TEXTS.replace("/fr/", "/pt-BR/")
    assert listed(client, address)[SOURCE]["target"] == "pt"
    client.post(f"{address}{uuid_of(run)}/", {"text": "Pontes unem pessoas.", "source": SOURCE})
    client.post(f"{address}{uuid_of(run, 'Concrete')}/", {"text": "Concreto", "source": "Concrete"})
    languages = Target.objects.filter(is_suggestion=True).order_by("pk").values_list("language", flat=True)
    assert list(languages) == ["pt", "pt-BR"]


def test_texts_are_listed_as_they_are_shown(client: Client) -> None:
    run = publish(course(unit(text(html="<p>Bridges <b>join</b> people <img src='x.png' alt='A bridge'>.</p>"))))
    source = next(one for one in run.course.messages.values_list("text", flat=True) if one.startswith("Bridges <"))
    found = listed(client)
    assert (found[source]["shown"], found[source]["language"]) == (source, "en")
    assert found[source]["pieces"] == ["Bridges join people ", "."]
    assert found["Beginnings"]["block"] == ""
    assert found["A bridge"]["kind"] == "alt"


def test_what_gives_answers_away_is_listed_for_nobody() -> None:
    run = translated()
    for browser in (Client(), signed_in("learner"), signed_in("translator", Role.TRANSLATOR)):
        assert "Yes, with steel in it." not in listed(browser)
        assert "Concrete" in listed(browser)
    secret = uuid_of(run, "Yes, with steel in it.")
    assert Client().post(f"{TEXTS}{secret}/", {"text": "Oui.", "source": "Yes, with steel in it."}).status_code == 404


def test_in_an_exercise_a_text_that_changed_is_listed_as_the_source(client: Client) -> None:
    run = publish(course(unit(exercise())))
    question = "Which material is used for most bridges?"
    translate(run, "fr", {question: "Quel matériau ?"})
    edited = question.replace("is used", "is not used")
    publish(course(unit(exercise(xml=CHOICE_XML.replace(question, edited)))))
    assert listed(client)[edited]["shown"] == edited


def test_captions_are_listed_sentence_by_sentence(client: Client) -> None:
    publish(course(unit(video())))
    assert listed(client)["One has a room; the other has readers."]["kind"] == "caption"


@pytest.mark.parametrize("language", ["en", "en-GB", "ar-XB"])
def test_the_source_and_what_is_made_up_of_it_cannot_be_improved(client: Client, language: str) -> None:
    run = translated()
    address = TEXTS.replace("/fr/", f"/{language}/")
    assert client.get(address).status_code == 404
    assert client.post(f"{address}{uuid_of(run)}/", {"text": "x", "source": SOURCE}).status_code == 404


def test_what_a_reader_may_not_see_cannot_be_improved(client: Client) -> None:
    hidden = unit(text("secret", "<p>Hidden.</p>"), code="hidden", access=tree.Access(staff_only=True))
    run = publish(course(unit(text()), hidden))
    aside = TEXTS.replace("/start/", "/hidden/")
    assert client.get(aside).status_code == 404
    uuid = uuid_of(run, "Hidden.")
    for address in (aside, TEXTS):
        assert client.post(f"{address}{uuid}/", {"text": "Caché.", "source": "Hidden."}).status_code == 404


@pytest.mark.parametrize("address", [f"/fr/translate/improve/{RUN}/nowhere/", "/fr/translate/improve/A+B+C/start/"])
def test_there_is_nothing_to_improve_where_nothing_is(client: Client, address: str) -> None:
    publish()
    assert client.get(address).status_code == 404


def test_texts_are_read_and_suggestions_are_posted(client: Client) -> None:
    run = translated()
    assert client.post(TEXTS).status_code == 405
    assert client.get(f"{TEXTS}{uuid_of(run)}/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, run).status_code == 403


def test_what_learners_write_is_never_markup(client: Client) -> None:
    run = publish(course(unit(text(html="<p>A &lt;/script&gt; in a text.</p>"))))
    source = next(one for one in run.course.messages.values_list("text", flat=True) if "script" in one)
    assert html(client).count("</script>") == 1
    assert listed(client)[source]["shown"] == source
    client.post(f"{TEXTS}{message(run, source).uuid}/", {"text": "<script>alert(1)</script>", "source": source})
    page = client.get(f"/fr/translate/fr/{RUN}/start/{message(run, source).uuid}/").content.decode()
    assert "<script>alert" not in page


def test_a_long_lesson_costs_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish(course(unit(*(text(f"t{number}", f"<p>Text {number}.</p>") for number in range(40)))))
    with django_assert_max_num_queries(8):
        assert len(listed(client)) >= 40
