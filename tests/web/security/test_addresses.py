"""Addresses that nobody types: they lead nowhere, on either database, and say nothing of how the site is made."""

import pytest
from django.test import Client

from web.security.world import OPEN, build

pytestmark = pytest.mark.django_db

BASE, UNIT = f"/en/courses/{OPEN}", f"courses/{OPEN}/start/"
HOSTS = ["evil.example", "testserver.evil.example", "testserver@evil.example", "", "a b", "[::1"]
ODD = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "..%2f..",
    "%252e",
    "%0d%0aSet-Cookie:a=b",
    "'%22--",
    "x" * 3000,
    "%F0%9F%98%80",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_leads_nowhere(odd: str, client: Client) -> None:
    build()
    for address in (
        f"/{odd}/",
        f"/en/{odd}/",
        f"/en/courses/{odd}/",
        f"/en/courses/a+{odd}+c/",
        f"/en/courses/a+b+{odd}/x/",
        f"{BASE}/{odd}/",
        f"{BASE}/start/{odd}/ask/",
        f"{BASE}/start/transcript/{odd}/",
        f"{BASE}/start/captions/film/{odd}.vtt",
        f"{BASE}/start/captions/film/en.{odd}",
        f"/en/unplaced/{OPEN}/{odd}/",
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        assert "Traceback" not in response.content.decode()
    assert client.post(f"{BASE}/start/answer/{odd}/", {"q1": "c1"}).status_code == 404
    assert client.post(f"{BASE}/{odd}/answer/ask/", {"q1": "c1"}).status_code == 404


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_question_gets_the_page(odd: str, client: Client) -> None:
    build()
    for name in ("second", "play", "answered", "v", "next", "x"):
        for page in (
            f"{BASE}/start/",
            f"{BASE}/start/transcript/film/",
            f"{BASE}/start/captions/film/en.vtt",
            "/en/sign-in/",
        ):
            response = client.get(f"{page}?{name}={odd}")
            assert response.status_code == 200, (page, name)
            assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_form_is_refused_with_a_sentence(odd: str, client: Client) -> None:
    build()
    for name in ("q1", "act", "hints", "version", "csrfmiddlewaretoken", odd):
        body = f"q1=c1&{name}={odd}"
        form = "application/x-www-form-urlencoded"
        response = client.post(f"{BASE}/start/answer/ask/", body, content_type=form)
        assert response.status_code in (200, 302, 422), name
    for page in ("sign-in", "sign-up"):
        response = client.post(f"/en/{page}/", f"username={odd}&password={odd}&next={odd}", content_type=form)
        assert response.status_code == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "", "a b", "[::1"]
)
def test_a_host_that_is_not_ours_is_refused(host: str, client: Client) -> None:
    for page in ("/en/", "/en/sign-in/", "/"):
        response = client.get(page, HTTP_HOST=host)
        assert response.status_code == 400
        assert "evil" not in response.content.decode()
