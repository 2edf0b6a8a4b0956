"""What is said of a translation while it is typed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.texts.models import Target
from web.builders import course, publish, text, unit
from web.translate.builders import form, line

pytestmark = pytest.mark.django_db


def said(run: object, wording: str, source: str = "Bridges join people.") -> str:
    return Client().post(f"{line(run, source)}check/", form(wording, source)).content.decode()  # type: ignore[arg-type]


def test_a_lost_full_stop_is_mentioned() -> None:
    run = publish()
    assert "checks-heed" in said(run, "Les ponts relient les gens")
    assert "checks-heed" not in said(run, "Les ponts relient les gens.")


def test_nothing_is_said_of_an_empty_text() -> None:
    assert "<li>" not in said(publish(), "   ")


def test_the_lesson_is_shown_with_the_draft_in_it_and_without_what_it_must_not_hold() -> None:
    found = said(publish(), "Les ponts <script>alert(1)</script> relient.")
    assert '<mark class="here">Les ponts &lt;script&gt;' in found


def test_a_draft_in_an_attribute_leaves_no_mark() -> None:
    html = '<p><img src="/static/bridge.png" alt="A bridge of stone"></p>'
    run = publish(course(unit(text(html=html))))
    found = said(run, "Un pont de pierre", "A bridge of stone")
    assert "Un pont de pierre" in found
    assert "\ue010" not in found
    assert "<mark" not in found


def test_checking_keeps_nothing_and_asks_little() -> None:
    run = publish()
    said(run, "Les ponts relient les gens.")
    with CaptureQueriesContext(connection) as captured:
        said(run, "Les ponts relient les gens !")
    assert len(captured) <= 14
    assert not [query for query in captured if not query["sql"].lstrip().startswith("SELECT")]
    assert not Target.objects.exists()


def test_looking_is_not_checking(client: Client) -> None:
    assert client.get(f"{line(publish())}check/").status_code == 405
