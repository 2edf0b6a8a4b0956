"""Texts of authors, translators and learners that try to break out of their place. More of them: the journeys."""

import pytest
from django.test import Client

from polylect.course import tree
from web.builders import course, exercise, publish, text, unit
from web.learn.parts import UNIT, page

pytestmark = pytest.mark.django_db

MARK = "\ue000q1\ue001"
FIELDS = ".exercise .answer-line input"
SECOND = "\ue000q2\ue001"
INLINE = (
    "<problem><p>One {0} <stringresponse answer='a'><textline/></stringresponse> two <b title='{0}'>{0}</b>"
    " <stringresponse answer='b'><textline/></stringresponse></p></problem>"
)


@pytest.mark.parametrize("address", ["https://[oops", "http://[::1", "https://a]b/"])
def test_a_video_at_no_address_is_not_at_hand(address: str, client: Client) -> None:
    publish(course(unit(tree.Video("film", "A film", (tree.Source(address),)))))
    response = client.get(UNIT)
    assert response.status_code == 200
    assert "oops" not in response.content.decode()


def test_a_field_stands_once_and_in_its_place_whatever_its_author_wrote(client: Client) -> None:
    publish(course(unit(exercise(xml=INLINE.format(MARK)))))
    shown = page(client.get(UNIT))
    assert [field.get("name") for field in shown.cssselect(FIELDS)] == ["q1", "q2"]
    assert MARK[0] not in shown.text_content()
    assert shown.cssselect("b[title]")[0].get("title") == "q1"


def test_what_a_learner_typed_brings_no_field_into_another(client: Client) -> None:
    publish(course(unit(exercise(xml=INLINE.format("")))))
    client.post(f"{UNIT}answer/ask/", {"q1": SECOND, "q2": MARK, "act": "answer"})
    shown = page(client.get(UNIT))
    assert [field.get("value") for field in shown.cssselect(FIELDS)] == [SECOND, MARK]


def test_an_answer_of_any_characters_is_taken_or_refused(client: Client) -> None:
    publish(course(unit(text(), exercise(xml=INLINE.format("")))))
    for typed in (b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\u202e<script>".encode(), b"%", b"a" * 30_000):
        body = b"act=answer&q1=" + b"".join(b"%%%02x" % byte for byte in typed) + b"&q2=" + typed
        response = client.post(f"{UNIT}answer/ask/", body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (302, 422), typed[:10]
        assert "<script>" not in client.get(UNIT).content.decode()
