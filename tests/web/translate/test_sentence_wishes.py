"""Translators ask for sentences to be joined or parted, and an author finds it and does it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect.captions import groups
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run, Version
from polylect_web.texts import wishes
from polylect_web.texts.models import Asks, Remark
from web.builders import RUN, course, person, publish, text, unit
from web.texts.test_regrouping import now, sentences, translated
from web.translate.builders import line, signed_in

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "We met on a train.", "It was late, and it was cold.", "Then we went home."
WISHES = f"/en/translate/sentences/{RUN}/"


def author() -> Client:
    return signed_in("author", Role.AUTHOR, "")


def ask(client: Client, run: Run, source: str = FIRST, language: str = "fr", **fields: str) -> int:
    """Asks at a sentence: the status that is answered."""
    body = {"source": source, "asks": "join"} | fields
    return client.post(f"{line(run, source).replace('/fr/', f'/{language}/')}remark/", body).status_code


def key() -> str:
    (one,) = wishes.of_version(Run.objects.get().version)
    return one.key


def test_one_press_asks_and_the_author_finds_it_and_does_it() -> None:
    run = translated()
    assert ask(signed_in("amina"), run) == 302
    client = author()
    assert "1 sentence to join or part" in client.get(f"/en/translate/{RUN}/").content.decode()
    assert "1 sentence to join or part" in client.get(f"/en/translate/captions/{RUN}/").content.decode()
    page = client.get(WISHES)
    assert page.context["wishes"].entries[0].parts == (FIRST, SECOND)
    answer = client.post(WISHES, {"act": f"do:{key()}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, WISHES)
    assert sentences(run) == [f"{FIRST} {SECOND}", THIRD]
    html = client.get(WISHES).content.decode()
    assert "Done, for all languages." in html
    assert "Nobody asks for other sentences" in html
    assert str(Remark.objects.get().settled_by) == "author"


def test_a_sentence_is_parted_where_somebody_asked_for_it() -> None:
    run = translated()
    assert ask(signed_in("amina"), run, SECOND, asks="part", place="13", remark="Two thoughts.") == 302
    html = author().get(WISHES).content.decode()
    assert "Two thoughts." in html
    author().post(WISHES, {"act": f"do:{key()}"})
    assert sentences(run) == [FIRST, "It was late,", "and it was cold.", THIRD]


def test_everybody_at_the_sentence_sees_that_it_is_asked_for() -> None:
    run = translated()
    ask(signed_in("amina"), run, SECOND, asks="part", place="13")
    ask(signed_in("berta"), run, SECOND, "de", asks="part", place="13")
    said = "Asks for this sentence to be parted here: \u2068It was late, | and it was cold.\u2069"
    html = signed_in("chen").get(line(run, SECOND)).content.decode()
    assert html.count(said) == 2  # above the form, and among the remarks of this language
    assert "Deutsch" in html
    assert WISHES not in html
    page = author().get(line(run, SECOND)).content.decode()
    assert WISHES in page
    assert '<option value="13" selected>' in page


def test_reviewers_find_it_in_their_queue() -> None:
    run = translated()
    ask(signed_in("amina"), run)
    html = signed_in("rosa", Role.REVIEWER).get("/en/translate/fr/review/").content.decode()
    assert "Asks for this sentence and the next to be made one." in html


def test_what_several_ask_for_is_one_wish_and_done_at_once() -> None:
    run = translated()
    for name, language in (("amina", "fr"), ("berta", "de"), ("chen", "fr")):
        ask(signed_in(name), run, language=language)
    (one,) = wishes.of_version(now(run).version)
    assert (one.languages, len(one.remarks), wishes.count(run.course)) == (("fr", "de"), 3, 1)
    client = author()
    assert client.post(f"{line(run, FIRST)}sentences/", {"source": FIRST, "act": "join"}).status_code == 302
    assert wishes.of_version(now(run).version) == []


def test_the_same_person_asks_once() -> None:
    run = translated()
    assert [ask(signed_in("amina"), run) for _time in range(2)] == [302, 302]
    assert Remark.objects.count() == 1


def test_an_author_leaves_a_sentence_as_it_is() -> None:
    run = translated()
    ask(signed_in("amina"), run)
    author().post(WISHES, {"act": f"leave:{key()}"})
    assert sentences(run) == [FIRST, SECOND, THIRD]
    assert Version.objects.count() == 1
    assert wishes.count(run.course) == 0


def test_who_asked_for_a_sentence_that_is_another_now_is_told_so() -> None:
    run = translated()
    ask(signed_in("amina"), run, SECOND, asks="part", place="13")
    author().post(f"{line(run, FIRST)}sentences/", {"source": FIRST, "act": "join"})
    client = author()
    html = client.get(WISHES).content.decode()
    assert "The captions changed since" in html
    assert "do:" not in html
    client.post(WISHES, {"act": f"do:{key()}"})
    assert "The captions changed meanwhile." in client.get(WISHES).content.decode()
    assert len(sentences(run)) == 2


@pytest.mark.parametrize(
    ("source", "fields", "said"),
    [
        (THIRD, {}, "This is the last sentence"),
        (SECOND, {"asks": "part"}, "Choose where to part the sentence first."),
        (SECOND, {"asks": "part", "place": "2"}, "Choose where to part the sentence first."),
        (SECOND, {"asks": "part", "place": "²"}, "Choose where to part the sentence first."),
        (SECOND, {"asks": "shuffle"}, "The remark was not kept"),
        (SECOND, {"remark": "x" * 60_000}, "The remark was not kept"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_a_sentence(source: str, fields: dict[str, str], said: str) -> None:
    run = translated()
    answer = signed_in("amina").post(f"{line(run, source)}remark/", {"source": source, "asks": "join"} | fields)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Remark.objects.exists()


def test_a_script_gets_the_refusal_with_the_text_in_hand() -> None:
    run = translated()
    headers = {"X-Fragment": "parts"}
    answer = signed_in("amina").post(
        f"{line(run, SECOND)}remark/", {"source": "Other.", "asks": "join"}, headers=headers
    )
    assert answer.status_code == 400
    assert answer.content.decode().count("The captions changed meanwhile.") == 1


def test_other_texts_than_sentences_are_not_asked_for() -> None:
    run = translated()
    assert signed_in("amina").post(f"{line(run)}remark/", {"source": "x", "asks": "join"}).status_code == 400


def test_visitors_are_led_to_signing_in_and_find_no_form() -> None:
    run = translated()
    assert ask(Client(), run) == 302
    assert not Remark.objects.exists()
    assert "Join or part sentences" not in Client().get(line(run, FIRST)).content.decode()
    for client in (Client(), signed_in_guest()):
        assert client.get(WISHES).headers["Location"].startswith("/en/sign-in/?next=")
        assert client.post(WISHES, {"act": "do:1"}).status_code == 302


def signed_in_guest() -> Client:
    client = Client()
    client.force_login(person(None))
    return client


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.TRANSLATOR, Role.REVIEWER])
def test_the_list_is_for_those_who_publish_the_course(role: Role | None) -> None:
    run = translated()
    client = signed_in("amina", role)
    ask(client, run)
    assert client.get(WISHES).status_code == 403
    assert client.post(WISHES, {"act": f"do:{key()}"}).status_code == 403
    assert "to join or part" not in client.get(f"/en/translate/{RUN}/").content.decode()
    assert len(sentences(run)) == 3


@pytest.mark.parametrize(("act", "status"), [("", 400), ("join", 400), ("do:", 302), ("do:x", 302), ("leave:99", 302)])
def test_what_names_no_wish_changes_nothing(act: str, status: int) -> None:
    run = translated()
    ask(signed_in("amina"), run)
    client = author()
    assert client.post(WISHES, {"act": act}).status_code == status
    assert wishes.count(run.course) == 1
    assert ("answered meanwhile" in client.get(WISHES).content.decode()) is (status == 302)


def test_a_course_that_is_none_is_not_found() -> None:
    translated()
    assert author().get(WISHES.replace("Bridges", "Nothing")).status_code == 404


def test_the_list_costs_the_same_however_much_is_asked() -> None:
    counted = []
    client = author()
    for count in (2, 20):
        track = Track(tuple(Cue(at * 1000, at * 1000 + 900, f"Sentence {at} of {count}.") for at in range(count)))
        captions = tree.VideoTrack("en", track, groups=groups.group(track, "en"))
        run = publish(course(unit(text(), tree.Video("film", "A film", tracks=(captions,)))))
        amina = person(f"amina{count}")
        for one in run.course.messages.filter(text__endswith=f"of {count}."):
            Remark.objects.create(message=one, language="fr", person=amina, asks=Asks.JOIN, source_text=one.text)
        client.get(WISHES)
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(WISHES).context["wishes"].entries) >= count
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 8
