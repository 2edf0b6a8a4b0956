"""What an author changed and translations were not made for, and the word that it is cosmetic."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run
from polylect_web.texts.changed import changed_texts
from polylect_web.texts.models import Review, Verdict
from web.builders import RUN, course, exercise, message, person, publish, text, translate, unit
from web.translate.builders import SOURCE, signed_in

pytestmark = pytest.mark.django_db

CHANGES = f"/en/translate/changes/{RUN}/"
EDITED = "Bridges join many people."


def author() -> Client:
    return signed_in("author", Role.AUTHOR, "")


def edited(html: str = f"<p>{EDITED}</p>") -> Run:
    """A course that was translated into two languages, and then edited."""
    run = publish()
    translate(run, "fr", {SOURCE: "Les ponts relient les gens."})
    translate(run, "ar", {SOURCE: "الجسور تجمع الناس."})
    return publish(course(unit(text(html=html), exercise())))


def seen(run: Run, source: str = EDITED) -> str:
    one = next(one for one in changed_texts(run.course) if one.text == source)
    return f"{one.message}:{one.mark}"


def test_it_says_what_changed_and_how_many_languages_are_outdated() -> None:
    edited()
    html = author().get(CHANGES).content.decode()
    assert "<ins>many </ins>" in html
    assert "Outdated in 2 languages:" in html
    assert "العربية" in html


def test_a_text_that_changed_twice_is_one_text_with_what_each_language_has() -> None:
    run = edited()
    translate(run, "fr", {EDITED: "Les ponts relient beaucoup de gens."})
    last = "Bridges join very many people."
    publish(course(unit(text(html=f"<p>{last}</p>"), exercise())))
    changes = author().get(CHANGES).context["changes"]
    assert [len(one.before) for one in changes.entries] == [2]
    author().post(CHANGES, {"act": f"cosmetic:{seen(run, last)}"})
    assert author().get(CHANGES).context["changes"].entries == ()


def test_translations_stay_valid_where_it_is_cosmetic() -> None:
    run = edited()
    client = author()
    answer = client.post(CHANGES, {"act": f"cosmetic:{seen(run)}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, CHANGES)
    said = Review.objects.all()
    assert {(one.verdict, one.source_text, str(one.person)) for one in said} == {
        (Verdict.STILL_VALID, EDITED, "author")
    }
    assert said.count() == 2
    html = client.get(CHANGES).content.decode()
    assert "Of 1 text the translations stay valid." in html
    assert "All translations are of the texts as they are now." in html


def test_it_is_said_of_several_at_once() -> None:
    run = publish(course(unit(text(), text("more", "<p>They stand for years.</p>"))))
    translate(run, "fr", {SOURCE: "Les ponts relient.", "They stand for years.": "Ils durent."})
    publish(course(unit(text(html=f"<p>{EDITED}</p>"), text("more", "<p>They stand for many years.</p>"))))
    author().post(CHANGES, {"act": "cosmetic", "seen": [seen(run), seen(run, "They stand for many years.")]})
    assert Review.objects.count() == 2


def test_nothing_is_said_of_what_changed_meanwhile() -> None:
    run = edited()
    before = seen(run)
    publish(course(unit(text(html="<p>Bridges part many people.</p>"), exercise())))
    client = author()
    client.post(CHANGES, {"act": "cosmetic", "seen": before})
    assert not Review.objects.exists()
    assert "1 text changed meanwhile" in client.get(CHANGES).content.decode()


def test_a_visitor_is_led_to_signing_in_and_back() -> None:
    edited()
    guest = Client()
    guest.force_login(person(None))
    for client in (Client(), guest):
        assert client.get(CHANGES).headers["Location"].startswith("/en/sign-in/?next=%2Fen%2Ftranslate%2Fchanges%2F")
        assert client.post(CHANGES, {"act": "cosmetic"}).status_code == 302


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.TRANSLATOR, Role.REVIEWER])
def test_it_is_for_those_who_publish_the_course(role: Role | None) -> None:
    run = edited()
    client = signed_in("amina", role)
    assert client.get(CHANGES).status_code == 403
    assert client.post(CHANGES, {"act": f"cosmetic:{seen(run)}"}).status_code == 403
    assert not Review.objects.exists()


def test_a_course_that_is_none_is_not_found() -> None:
    publish()
    assert author().get(CHANGES.replace("Bridges", "Nothing")).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"act": "approve"}, 400),
        ({"act": "cosmetic"}, 302),
        ({"act": "cosmetic:x"}, 302),
        ({"act": "cosmetic", "seen": "00000000-0000-0000-0000-000000000001:0123456789ab"}, 302),
    ],
)
def test_what_stands_for_no_text_changes_nothing(fields: dict[str, str], status: int) -> None:
    edited()
    assert author().post(CHANGES, fields).status_code == status
    assert not Review.objects.exists()


def test_a_message_of_another_course_is_none() -> None:
    run = edited()
    other = publish(course(unit(text(html="<p>Towers stand.</p>"))))
    assert author().post(CHANGES, {"act": f"cosmetic:{message(other, 'Towers stand.').uuid}:x"}).status_code == 302
    assert run.course_id is not None
    assert not Review.objects.exists()


def test_only_who_publishes_is_led_there_from_the_matrix() -> None:
    edited()
    matrix = f"/en/translate/{RUN}/"
    assert CHANGES in author().get(matrix).content.decode()
    assert CHANGES not in signed_in("amina", Role.REVIEWER).get(matrix).content.decode()


def test_a_page_costs_the_same_however_much_changed() -> None:
    counted = []
    client = author()
    for length in (1, 40):
        run = publish(course(unit(*(text(f"t{at}", f"<p>Text {at} of {length}.</p>") for at in range(length)))))
        translate(run, "fr", {f"Text {at} of {length}.": f"Texte {at}." for at in range(length)})
        publish(course(unit(*(text(f"t{at}", f"<p>Text {at} of the {length}.</p>") for at in range(length)))))
        client.get(CHANGES)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(CHANGES).context["changes"].page.paginator.count >= length
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 8
