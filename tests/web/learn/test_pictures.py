"""Pictures to point into: what is loaded and what is not, and the pin."""

import pytest
from django.test import Client
from lxml.html import HtmlElement

from polylect_web.courses.models import Asset, VersionAsset
from web.builders import course, exercise, publish, unit
from web.learn.parts import ANSWER, UNIT, page, text_of

pytestmark = pytest.mark.django_db

XML = (
    "<problem><imageresponse><label>Where?</label><imageinput src='{src}' {size} alt='An &quot;arch&quot;' "
    "rectangle='(1,1)-(50,40)'/></imageresponse></problem>"
)


def show(client: Client, src: str = "/static/arch.png", size: str = "width='200' height='100'") -> HtmlElement:
    """The page of a unit with such a picture; the course has the file arch.png."""
    version = publish(course(unit(exercise(xml=XML.format(src=src, size=size), show_answer="attempted")))).version
    (asset,) = Asset.objects.bulk_create([Asset(sha256="a" * 64, size_bytes=1, media_type="image/png")])
    VersionAsset.objects.create(version=version, asset=asset, path="arch.png")
    return page(client.get(UNIT))


def test_a_picture_of_the_course_is_drawn_in_its_authors_pixels(client: Client) -> None:
    shown = show(client)
    (plane,) = shown.cssselect("svg[role=img]")
    assert plane.get("viewbox") == "0 0 200 100"
    assert plane.get("aria-label") == 'An "arch"'
    assert plane.cssselect("image")[0].get("href") == f"/media/{'a' * 64}/arch.png"
    assert "(0 to 200)" in text_of(shown, ".question")


@pytest.mark.parametrize("src", ["https://elsewhere.example/arch.png", "//elsewhere.example/arch.png"])
def test_a_picture_of_another_site_is_a_link(client: Client, src: str) -> None:
    shown = show(client, src)
    assert not shown.cssselect("image, .question img")
    assert shown.cssselect(".picture-instead a")[0].get("href") == src
    assert len(shown.cssselect(".picture-place input")) == 2


@pytest.mark.parametrize("src", ["/static/lost.png", "javascript:alert(1)", ""])
def test_a_picture_that_is_not_there_leaves_its_words(client: Client, src: str) -> None:
    shown = show(client, src)
    assert not shown.cssselect("image")
    (instead,) = shown.cssselect(".picture-instead img")
    assert instead.get("src") is None or not instead.get("src")
    assert instead.get("alt") == 'An "arch"'


def test_a_picture_without_its_size_is_shown_and_has_no_pin(client: Client) -> None:
    shown = show(client, size="")
    assert shown.cssselect(".question img")[0].get("src") == f"/media/{'a' * 64}/arch.png"
    assert not shown.cssselect(".pin")


def test_the_pin_stands_where_the_learner_pointed_with_the_sign_of_the_verdict(client: Client) -> None:
    show(client)
    for across, down, sign, place in (
        ("50", "25", "pin-right", ("25.00%", "25.00%")),
        ("١٠٠", "٥٠", "pin-not-yet", ("50.00%", "50.00%")),
    ):
        client.post(f"/ar{ANSWER[3:]}", {"q1": [across, down]})
        (pin,) = page(client.get(UNIT)).cssselect(".pin")
        assert sign in pin.get("class").split()
        assert (pin.get("x"), pin.get("y")) == place


def test_a_place_outside_of_the_picture_has_no_pin(client: Client) -> None:
    show(client)
    client.post(ANSWER, {"q1": ["900", "25"]})
    (pin,) = page(client.get(UNIT)).cssselect(".pin")
    assert "pin-none" in pin.get("class")
