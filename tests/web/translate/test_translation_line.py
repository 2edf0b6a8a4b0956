"""The text in hand: what is saved, suggested, approved and refused, and what its page says."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts.models import Role
from polylect_web.texts.models import Message, Review, Shown, Target, TranslationUnit, Verdict
from polylect_web.texts.showing import choose
from web.builders import course, exercise, message, person, publish, text, translate, unit
from web.translate.builders import LESSON, SOURCE, form, line, signed_in, uuid_of

pytestmark = pytest.mark.django_db


def current() -> str:
    return TranslationUnit.objects.get(message__text=SOURCE, language="fr").current.text


def test_saving_goes_on_to_the_next_text_that_is_to_be_done() -> None:
    run = publish()
    answer = signed_in("amina").post(line(run), form("Les ponts relient les gens."))
    following = "A question"
    assert (answer.status_code, answer.headers["Location"]) == (302, line(run, following))
    assert current() == "Les ponts relient les gens."


def test_a_script_gets_the_next_text_and_the_line_that_changed_at_once() -> None:
    run = publish()
    answer = signed_in("amina").post(line(run), form("Les ponts relient."), headers={"X-Fragment": "parts"})
    html = answer.content.decode()
    assert answer.headers["X-Fragment"] == "parts"
    assert f'id="line-{uuid_of(run)}"' in html
    assert "A question" in html
    assert "Saved." in html
    assert "To review (1)" in html
    assert "<html" not in html


def test_without_scripts_the_page_comes_back_to_the_text_in_hand() -> None:
    run = publish()
    assert f'action="{line(run)}#hand" data-write' in signed_in("amina").get(line(run)).content.decode()


@pytest.mark.parametrize("visitor", ["nobody", "a guest"])
def test_only_who_is_signed_in_writes(visitor: str) -> None:
    run, client = publish(), Client()
    if visitor == "a guest":
        client.force_login(person(None))
    client.post(line(run), form("Les ponts."))
    assert not TranslationUnit.objects.exists()


def test_a_visitor_is_led_to_signing_in_and_back() -> None:
    run = publish()
    answer = Client().post(line(run), form("Les ponts."))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/en/sign-in/?next=%2Fen%2Ftranslate%2Ffr%2F")


def test_anybody_may_look(client: Client) -> None:
    run = publish()
    page = client.get(line(run))
    assert page.status_code == 200
    assert "sign in" in page.content.decode()


def test_beside_a_team_others_suggest() -> None:
    run = publish()
    signed_in("named", Role.TRANSLATOR)
    signed_in("amina").post(line(run), form("Les ponts."))
    assert not TranslationUnit.objects.exists()
    assert Target.objects.get().is_suggestion
    signed_in("named").post(
        line(run), form(f"accept:{Target.objects.get().pk}", act=f"accept:{Target.objects.get().pk}")
    )
    assert current() == "Les ponts."


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (Shown.TRANSLATED, "Accepted: learners see it now."),
        (Shown.APPROVED, "Accepted. Learners see it once it is approved."),
    ],
)
def test_who_accepts_reads_whether_learners_see_it(shown: Shown, said: str) -> None:
    run = publish()
    choose(run.course, "fr", who=None, shown=shown, shows_machine=False)
    signed_in("named", Role.TRANSLATOR)
    signed_in("amina").post(line(run), form("Les ponts."))
    act = f"accept:{Target.objects.get().pk}"
    answer = signed_in("named").post(line(run), form("Les ponts.", act=act), headers={"X-Fragment": "parts"})
    assert said in answer.content.decode()


def test_what_was_approved_is_changed_by_reviewers_alone() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: "Les ponts relient les gens."}, is_approved=True)
    seen = str(Target.objects.get().pk)
    signed_in("amina").post(line(run), form("Les ponts unissent.", seen=seen))
    assert current() == "Les ponts relient les gens."
    signed_in("reviewer", Role.REVIEWER).post(line(run), form("Les ponts unissent.", seen=seen))
    assert current() == "Les ponts unissent."


def test_a_clash_shows_both_and_loses_neither() -> None:
    run = publish()
    signed_in("amina").post(line(run), form("Les ponts relient."))
    answer = signed_in("bilal").post(line(run), form("Les ponts unissent les gens."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "amina" in html
    assert "Les ponts relient." in html
    assert "Les ponts unissent les gens.</textarea>" in html
    seen = Target.objects.get().pk
    assert f'name="seen" value="{seen}"' in html
    signed_in("bilal").post(line(run), form("Les ponts unissent les gens.", seen=str(seen)))
    assert current() == "Les ponts unissent les gens."
    assert Target.objects.count() == 2


def test_a_changed_source_is_shown_with_what_was_typed() -> None:
    run = publish()
    address = line(run)
    publish(course(unit(text(html="<p>Bridges join many people.</p>"), exercise())))
    answer = signed_in("amina").post(address, form("Les ponts relient les gens."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The author changed this text while you wrote." in html
    assert "Les ponts relient les gens.</textarea>" in html
    assert 'name="source" value="Bridges join many people."' in html


def test_a_warning_is_shown_once_and_heeded_by_saving_again() -> None:
    run = publish()
    client = signed_in("amina")
    answer = client.post(line(run), form("Les ponts relient"))  # the full stop is missing
    assert answer.status_code == 200
    assert not Target.objects.exists()
    assert "Les ponts relient</textarea>" in answer.content.decode()
    heeded = answer.context["panel"].checked.heeded
    assert heeded
    client.post(line(run), form("Les ponts relient", heeded=heeded))
    assert current() == "Les ponts relient"


def test_an_error_is_refused_with_a_sentence_and_loses_nothing() -> None:
    run = publish(course(unit(text(html="<p>Read <a href='https://example.org/'>this</a> first.</p>"))))
    source = "Read <a1>this</a1> first."
    answer = signed_in("amina").post(line(run, source), form("Lisez ceci <1>.", source))
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "&lt;1&gt; is not in the source." in html
    assert "Lisez ceci &lt;1&gt;.</textarea>" in html
    assert not Target.objects.exists()


def test_a_mark_of_what_was_seen_that_is_none_counts_as_nothing() -> None:
    run = publish()
    signed_in("amina").post(line(run), form("Les ponts relient les gens."))
    answer = signed_in("bilal").post(line(run), form("Les ponts unissent les gens.", seen="²"))
    assert answer.status_code == 409


def test_an_empty_translation_is_refused() -> None:
    run = publish()
    answer = signed_in("amina").post(line(run), form("  "))
    assert answer.status_code == 400
    assert "The translation is empty." in answer.content.decode()


def test_what_gives_answers_away_is_not_there_for_others() -> None:
    run = publish()
    secret = next(row for row in run.course.messages.filter(reveals=True))
    address = f"{LESSON}{secret.uuid}/"
    assert signed_in("amina").get(address).status_code == 404
    assert signed_in("amina").post(address, form("x", secret.text)).status_code == 404
    assert signed_in("named", Role.TRANSLATOR).get(address).status_code == 200


def test_approving_is_for_reviewers() -> None:
    run = publish()
    signed_in("amina").post(line(run), form("Les ponts relient les gens."))
    target = Target.objects.get()
    assert signed_in("bilal").post(line(run), {"act": f"approve:{target.pk}"}).status_code == 403
    assert signed_in("rima", Role.REVIEWER, "ar").post(line(run), {"act": f"approve:{target.pk}"}).status_code == 403
    assert not Review.objects.exists()
    assert signed_in("rachid", Role.REVIEWER).post(line(run), {"act": f"approve:{target.pk}"}).status_code == 302
    assert Review.objects.get().verdict == Verdict.APPROVED


def test_a_suggestion_is_taken_back_by_who_made_it_and_by_nobody_else() -> None:
    run = publish()
    signed_in("named", Role.TRANSLATOR)
    signed_in("amina").post(line(run), form("Les ponts relient les gens."))
    act = {"act": f"reject:{Target.objects.get().pk}"}
    assert signed_in("bilal").post(line(run), act).status_code == 403
    assert signed_in("amina").post(line(run), act).status_code == 302
    assert Review.objects.get().verdict == Verdict.REJECTED


def test_still_valid_is_said_of_an_outdated_text() -> None:
    run = publish()
    client, address = signed_in("amina"), line(run)
    client.post(address, form("Les ponts relient les gens."))
    publish(course(unit(text(html="<p>Bridges join the people.</p>"), exercise())))
    page = client.get(address).content.decode()
    assert "<ins>the </ins>" in page
    client.post(address, {"act": f"keep:{Target.objects.get().pk}"})
    assert "What changed since it was translated" in client.get(address).content.decode()
    assert "state-translated" in client.get(address).content.decode()


@pytest.mark.parametrize("act", ["approve:999999", "approve:x", "approve:²", "settle:1", "settle:²", "accept:"])
def test_what_is_not_there_is_not_found(act: str) -> None:
    run = publish()
    assert signed_in("reviewer", Role.REVIEWER).post(line(run), {"act": act}).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"{LESSON}{UUID(int=1)}/",
        LESSON.replace("start", "nowhere"),
        LESSON.replace("Bridges", "Nothing"),
        LESSON.replace("/fr/", "/en/"),  # the course's own language
    ],
)
def test_what_is_no_text_of_the_course_is_not_found(client: Client, address: str) -> None:
    publish()
    assert client.get(address).status_code == 404


def test_a_page_costs_the_same_in_a_long_course() -> None:
    counted = []
    client = signed_in("amina")
    for length in (1, 30):
        units = [unit(text(f"t{number}", f"<p>Text {number}.</p>"), code=f"u{number}") for number in range(length)]
        run = publish(course(unit(text()), *units))
        client.get(line(run))
        with CaptureQueriesContext(connection) as captured:
            client.get(line(run))
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 20


def test_two_texts_that_say_the_same_are_said_the_same() -> None:
    publish(course(unit(text(), text("again", "<p>Bridges join people.</p>"))))
    first, second = Message.objects.filter(text=SOURCE).order_by("pk").values_list("uuid", flat=True)
    client = signed_in("amina")
    client.post(f"{LESSON}{first}/", form("Les ponts relient les gens."))
    answer = client.post(f"{LESSON}{second}/", form("Les ponts unissent les hommes."))
    assert "Les ponts relient les gens." in answer.content.decode()
    assert Target.objects.count() == 1


def test_a_remark_is_left_and_settled() -> None:
    run = publish()
    client = signed_in("amina")
    client.post(f"{line(run)}remark/", {"remark": "Is this a metaphor?"})
    page = client.get(line(run)).content.decode()
    assert "Is this a metaphor?" in page
    remark = message(run, SOURCE).remarks.get()
    client.post(line(run), {"act": f"settle:{remark.pk}"})
    remark.refresh_from_db()
    assert remark.settled_by is not None


@pytest.mark.parametrize("act", ["save", "suggest"])
def test_a_text_that_is_too_long_is_refused_with_how_long_it_may_be(act: str) -> None:
    run, client = publish(), signed_in("amina")
    text = "Les ponts. " * 5000
    warned = client.post(line(run), form(text, act=act))
    answer = client.post(line(run), form(text, act=act, heeded=warned.context["panel"].checked.heeded))
    assert answer.status_code == 400
    assert "50000 are the most there may be" in answer.content.decode()
    assert not Target.objects.filter(language="fr").exists()
