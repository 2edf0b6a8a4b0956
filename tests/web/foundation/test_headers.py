"""What every page says to the browser about itself."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from polylect_web.foundation.csp import YOUTUBE, PolicyMiddleware, allow_frame

pytestmark = pytest.mark.django_db


def directives(response: HttpResponse) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def test_a_page_loads_from_this_site_alone(client: Client) -> None:
    policy = directives(client.get("/en/sign-in/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert not [value for values in policy.values() for value in values if "unsafe" in value or "http" in value]


def test_only_the_page_that_was_asked_for_it_may_show_a_frame() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        if "play" in request.GET:
            allow_frame(response, YOUTUBE)
        return response

    ask = RequestFactory().get
    assert directives(PolicyMiddleware(view)(ask("/?play")))["frame-src"] == [YOUTUBE]
    assert directives(PolicyMiddleware(view)(ask("/")))["frame-src"] == ["'none'"]


@pytest.mark.parametrize("path", ["/en/sign-in/", "/healthz", "/", "/nowhere"])
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Content-Security-Policy" in response


def test_a_page_has_no_script_or_style_of_its_own(client: Client) -> None:
    page = client.get("/en/sign-in/").content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert "<script>" not in page
    assert "onclick" not in page


def test_healthz_answers_without_a_session(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_healthz_is_for_looking_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
