"""What others saved since somebody looked."""

import pytest
from django.test import Client

from polylect_web.texts.models import Target
from web.builders import publish, translate
from web.translate.builders import LESSON, SOURCE, form, line, signed_in, uuid_of

pytestmark = pytest.mark.django_db


def news(since: object) -> str:
    return Client().get(f"{LESSON}news/", {"since": since}).content.decode()


def test_what_others_saved_comes_as_lines() -> None:
    run = publish()
    translate(run, "fr", {"About bridges": "Sur les ponts"})
    before = Target.objects.get().pk
    signed_in("amina").post(line(run), form("Les ponts relient les gens."))
    found = news(before)
    assert f'id="line-{uuid_of(run, SOURCE)}"' in found
    assert "Les ponts relient les gens." in found
    assert "Sur les ponts" not in found
    assert f'data-newest="{Target.objects.latest("pk").pk}"' in found


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30, "²"])
def test_a_mark_that_is_none_is_not_found(client: Client, since: str) -> None:
    publish()
    assert client.get(f"{LESSON}news/", {"since": since}).status_code == 404
