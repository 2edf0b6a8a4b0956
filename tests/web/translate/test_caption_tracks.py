"""The videos of a course, with the captions that its authors can edit."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect.captions.track import Track
from polylect_web.accounts.models import Role
from web.builders import RUN, course, person, publish, text, unit
from web.translate.builders import signed_in
from web.translate.track_builders import EDITOR, LIST, author, film, sent, with_film

pytestmark = pytest.mark.django_db


def test_it_lists_the_videos_with_their_own_captions() -> None:
    publish(course(unit(text(), film(), film(Track(()), "silent"))))
    html = author().get(LIST).content.decode()
    assert EDITOR in html
    assert "4 cues" in html
    assert f"{LIST}silent/en/" in html
    assert "none yet" in html


def test_it_says_where_somebody_has_a_draft() -> None:
    with_film()
    client = author()
    assert "you have a draft" not in client.get(LIST).content.decode()
    sent(client, "merge")
    assert "you have a draft" in client.get(LIST).content.decode()
    assert "you have a draft" not in author("other").get(LIST).content.decode()


def test_a_course_without_videos_says_so() -> None:
    publish()
    assert "This course has no videos." in author().get(LIST).content.decode()


def test_authors_are_led_there_from_the_matrix() -> None:
    with_film()
    matrix = f"/en/translate/{RUN}/"
    assert LIST in author().get(matrix).content.decode()
    assert LIST not in signed_in("amina", Role.REVIEWER).get(matrix).content.decode()


def test_a_visitor_is_led_to_signing_in() -> None:
    with_film()
    guest = Client()
    guest.force_login(person(None))
    for client in (Client(), guest):
        assert client.get(LIST).headers["Location"].startswith("/en/sign-in/?next=%2Fen%2Ftranslate%2Fcaptions%2F")


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.TRANSLATOR, Role.REVIEWER])
def test_it_is_for_those_who_publish_the_course(role: Role | None) -> None:
    with_film()
    assert signed_in("amina", role).get(LIST).status_code == 403


def test_a_course_that_is_none_is_not_found() -> None:
    with_film()
    assert author().get(LIST.replace("Bridges", "Nothing")).status_code == 404


def test_it_cannot_be_posted() -> None:
    with_film()
    assert author().post(LIST).status_code == 405


def test_it_costs_the_same_however_many_videos_there_are() -> None:
    counted = []
    client = author()
    for count in (1, 30):
        publish(course(unit(*(film(code=f"film{at}") for at in range(count)))))
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(LIST).context["videos"]) == count
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 7
