"""Asking and saying something about a text."""

import pytest
from django.test import Client
from django.utils.http import urlencode

from polylect_web.texts.models import Remark
from web.builders import publish
from web.translate.builders import line, signed_in

pytestmark = pytest.mark.django_db


def test_a_remark_is_there_for_everybody() -> None:
    run = publish()
    answer = signed_in("amina").post(f"{line(run)}remark/", {"remark": "Is this a metaphor?"})
    assert (answer.status_code, answer.headers["Location"]) == (302, line(run))
    assert "Is this a metaphor?" in Client().get(line(run)).content.decode()


def test_a_visitor_signs_in_first_and_comes_back_to_the_text() -> None:
    run = publish()
    led = Client().post(f"{line(run)}remark/", {"remark": "Hm?"}).headers["Location"]
    assert led == f"/en/sign-in/?{urlencode({'next': line(run)})}"
    assert Client().get(line(run)).status_code == 200
    assert not Remark.objects.exists()


@pytest.mark.parametrize("words", ["", "  ", "x" * 60_000])
def test_nothing_and_too_much_are_refused_with_a_sentence(words: str) -> None:
    run = publish()
    answer = signed_in("amina").post(f"{line(run)}remark/", {"remark": words})
    assert answer.status_code == 400
    assert "The remark was not kept" in answer.content.decode()


def test_what_somebody_wrote_is_never_markup() -> None:
    run = publish()
    signed_in("amina").post(f"{line(run)}remark/", {"remark": "<script>alert(1)</script>"})
    assert "<script>alert" not in Client().get(line(run)).content.decode()
