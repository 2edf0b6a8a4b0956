"""The page that judges a case, and keeps nothing of it."""

import logging
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts.models import Person, Session
from polylect_web.practice import case_file
from web.learn.parts import page, text_of
from web.practice.cases import HALL, LIBRARY, PAGE, amina, arrangement, browser_of

pytestmark = pytest.mark.django_db

SECRET = "Zanzibar Choir"
LANGUAGES = ["en", "fr", "es", "ar"]


def judged(client: Client, form: dict[str, Any], language: str = "en", **more: Any) -> Any:
    return page(client.post(f"/{language}/partnership/", form | {"act": "judge"} | more))


def chosen(shown: Any, name: str) -> list[str]:
    """The values that are ticked, or the text of a field."""
    return [box.get("value") for box in shown.cssselect(f"form [name={name}]") if box.get("checked") is not None]


def test_it_begins_with_two_sides_of_whom_nothing_is_said(client: Client) -> None:
    shown = page(client.get(PAGE))
    assert len(shown.cssselect("[data-sides] > .side")) == 2
    assert not shown.cssselect("form [checked]")
    assert not shown.cssselect(".answer")


def test_the_verdict_comes_first_and_in_plain_words(client: Client) -> None:
    shown = judged(client, HALL)
    assert text_of(shown, "h1") == (
        "This is a donation: money, things or a place are given, and nothing that counts comes back."
    )
    assert text_of(shown, ".answer-kind") == "Donation"
    assert "A donation is a good thing, too" in text_of(shown, ".answer")
    (verdict,) = shown.cssselect("main h1")
    assert verdict.getparent().getprevious().get("class") == "kicker"
    assert (verdict.get("id"), verdict.get("tabindex")) == ("verdict", "-1")


def test_each_condition_is_told_by_sign_and_word_with_the_cells_that_decide_it(client: Client) -> None:
    shown = judged(client, HALL)
    conditions = shown.cssselect(".condition")
    assert [text_of(one, "b") for one in conditions] == ["fulfilled", "missing", "fulfilled", "missing"]
    assert all(one.cssselect(".condition-name .icon") for one in conditions)
    assert text_of(conditions[1], "dl") == "The choirnothing"
    (link,) = conditions[3].cssselect("dl a")
    assert (link.get("href"), link.text_content()) == ("#gains-1", "The owner of the hall")
    assert shown.cssselect("#gains-1")


def test_a_partnership_lacks_nothing(client: Client) -> None:
    shown = judged(client, LIBRARY)
    assert shown.cssselect(".answer-partnership")
    assert not shown.cssselect(".steps")


def test_all_smallest_changes_are_offered_and_what_each_alone_would_do(client: Client) -> None:
    shown = judged(client, HALL)
    steps = shown.cssselect(".steps > li")
    assert len(steps) == 2
    assert "thanks" not in [box.get("value") for box in steps[0].cssselect("input")]
    assert len(steps[0].cssselect("input")) == 8
    assert "This alone would not be enough." in steps[1].text_content()


def test_a_change_that_was_chosen_is_made_and_judged(client: Client) -> None:
    change = {"act": "change", "change-0": "reach", "change-1": "time"}
    shown = page(client.post(PAGE, HALL | change))
    assert shown.cssselect(".answer-partnership")
    assert chosen(shown, "gains-1") == ["reach", "thanks"]
    assert chosen(shown, "invests-2") == ["time"]


def test_a_change_that_is_none_of_the_ways_changes_nothing(client: Client) -> None:
    shown = page(client.post(PAGE, HALL | {"act": "change", "change-0": "<script>", "change-9": "time"}))
    assert shown.cssselect(".answer-donation")


def test_somebody_alone_is_offered_a_partner(client: Client) -> None:
    alone = {"side": "1", "name-1": "Noor", "invests-1": "time"}
    shown = judged(client, alone)
    assert "nobody to have it with" in text_of(shown, "h1")
    change = {"act": "change", "change-1": "reach", "change-2": "venue", "change-3": "skills", "change-4": "shared"}
    shown = page(client.post(PAGE, alone | change))
    assert shown.cssselect(".answer-partnership")
    assert len(shown.cssselect("[data-sides] > .side")) == 2


def test_an_incomplete_case_is_told_what_is_empty_and_is_not_judged(client: Client) -> None:
    shown = judged(client, HALL | {"invests-1": [], "overlap": ""})
    assert text_of(shown, ".answer-kind") == "Not judged yet"
    assert [text_of(one, ".asked") for one in shown.cssselect("form .cell") if one.cssselect(".asked")] == [
        "Not filled in yet"
    ] * 2
    assert shown.cssselect("#invests-1")[0].get("aria-describedby") == "invests-1-asked"
    assert not shown.cssselect(".steps")


def test_what_a_side_is_is_asked_for_where_that_decides(client: Client) -> None:
    shown = judged(client, HALL | {"kind-1": "", "invests-1": ["time"]})
    assert text_of(shown, ".answer-kind") == "Not judged yet"
    assert text_of(shown, "#kind-1 .asked") == "Not filled in yet"
    assert judged(client, HALL | {"kind-1": "person", "invests-1": ["time"]}).cssselect(".answer-volunteering")


def test_nothing_beside_something_is_to_be_put_right(client: Client) -> None:
    shown = judged(client, HALL | {"invests-1": ["venue", "nothing"]})
    assert "Take one or the other" in text_of(shown, "#invests-1 .field-error")


def test_sides_come_and_go_without_scripts_and_the_rest_stays(client: Client) -> None:
    form = HALL
    for count in (3, 4, 5):
        shown = page(client.post(PAGE, form | {"act": "add"}))
        form = form | {"side": [field.get("value") for field in shown.cssselect("[data-sides] [name=side]")]}
        assert len(form["side"]) == count
    assert not shown.cssselect(".answer")
    assert shown.cssselect("[value=add]")[0].get("hidden") is not None
    assert len(page(client.post(PAGE, form | {"act": "add"})).cssselect("[data-sides] > .side")) == 5
    shown = page(client.post(PAGE, form | {"act": "remove:1"}))
    assert [field.get("value") for field in shown.cssselect("[data-sides] [name=side]")] == ["2", "3", "4", "5"]
    assert shown.cssselect("#name-2")[0].get("value") == "The choir"
    assert chosen(shown, "gains-2") == ["reach", "skills"]
    assert text_of(shown, "#side-2 legend") == "Side 1"


def test_one_side_always_stays(client: Client) -> None:
    shown = page(client.post(PAGE, {"side": "1", "name-1": "Noor", "act": "remove:1"}))
    assert len(shown.cssselect("[data-sides] > .side")) == 1


def test_what_nobody_can_have_filled_in_counts_as_nothing(client: Client) -> None:
    odd = {"side": ["1", "1", "x", "999", "2", "3", "4", "5", "6"], "kind-1": "robot", "invests-1": ["<b>", "time"]}
    shown = judged(client, odd | {"name-1": "<script>\x00a"}, overlap="?")
    assert len(shown.cssselect("[data-sides] > .side")) == 5
    assert shown.cssselect("#name-1")[0].get("value") == "<script>a"
    assert chosen(shown, "invests-1") == ["time"]
    assert page(client.post(PAGE, {"act": "judge"})).cssselect(".answer-not-yet")


def test_a_file_fills_in_the_form(client: Client) -> None:
    file = SimpleUploadedFile("case.json", case_file.to_bytes(arrangement()))
    shown = page(client.post(PAGE, {"side": "1", "act": "open", "file": file}))
    assert shown.cssselect("#name-2")[0].get("value") == "The choir"
    assert shown.cssselect(".answer-partnership")


def test_a_file_that_is_no_case_leaves_the_form_as_it_was(client: Client) -> None:
    for file in (SimpleUploadedFile("case.json", b"[]"), ""):
        answer = client.post(PAGE, HALL | {"act": "open", "file": file})
        assert answer.status_code == 400
        assert page(answer).cssselect("#name-2")[0].get("value") == "The choir"
        assert page(answer).cssselect("[role=alert]")


def test_a_file_with_something_wrong_is_read_as_far_as_it_goes(client: Client) -> None:
    file = SimpleUploadedFile("case.json", b'{"sides": [{"name": "Noor", "invests": ["gold"]}, {"name": "Kofi"}]}')
    shown = page(client.post(PAGE, {"act": "open", "file": file}))
    assert shown.cssselect("#name-2")[0].get("value") == "Kofi"
    assert text_of(shown, "[role=alert]").startswith("Side 1: “invests” cannot be “gold”. Known are: money, goods,")


# Kept nowhere


@pytest.mark.parametrize("act", ["judge", "add", "remove:2", "change", "open", "anything"])
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nothing_is_written_logged_or_remembered(
    client: Client, act: str, is_signed_in: bool, caplog: pytest.LogCaptureFixture
) -> None:
    if is_signed_in:
        client = browser_of(amina())
        client.get(PAGE)
    before = (Person.objects.count(), list(Session.objects.values()))
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        answer = client.post(PAGE, HALL | {"name-1": SECRET, "act": act})
    assert SECRET in answer.content.decode()
    assert (Person.objects.count(), list(Session.objects.values())) == before
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert not [query["sql"] for query in queries if SECRET in query["sql"]]
    assert SECRET not in caplog.text
    assert set(answer.cookies) <= {"csrf"}
    assert "Location" not in answer.headers


def test_a_mistake_of_ours_tells_nobody_of_the_case(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr("polylect_web.practice.views.answer", fail)
    client.raise_request_exception = False
    assert client.post(PAGE, HALL | {"name-2": SECRET}).status_code == 500
    assert "a mistake" in caplog.text
    assert SECRET not in caplog.text


def test_the_answer_is_kept_by_no_cache_and_its_address_says_nothing(client: Client) -> None:
    answer = client.post(PAGE, HALL | {"name-2": SECRET})
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    shown = page(answer)
    assert not [link for link in shown.cssselect("[href]") if "Zanzibar" in link.get("href")]
    actions = {form.get("action") for form in shown.cssselect("main form")}
    assert actions == {f"{PAGE}#verdict"}


def test_a_file_that_is_opened_never_lies_on_a_disk() -> None:
    """Django keeps uploads in memory up to its own limit, and no request is as long as that."""
    assert site.LONGEST_REQUEST_BYTES <= site.FILE_UPLOAD_MAX_MEMORY_SIZE


def test_an_address_fills_in_nothing(client: Client) -> None:
    shown = page(client.get(PAGE, HALL))
    assert not shown.cssselect("form [checked]")
    assert shown.cssselect("#name-1")[0].get("value") == ""


def test_a_form_from_elsewhere_is_refused_also_of_nobody() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, HALL).status_code == 403
    token = page(strict.get(PAGE)).cssselect("form[data-case] [name=csrfmiddlewaretoken]")[0].get("value")
    assert strict.post(PAGE, HALL | {"csrfmiddlewaretoken": token}).status_code == 200


def test_judging_costs_visitors_no_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.post(PAGE, HALL)
    assert len(queries) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_the_readers_language(client: Client, language: str) -> None:
    shown = judged(client, HALL, language)
    assert shown.get("dir") == ("rtl" if language == "ar" else "ltr")
    english = language == "en"
    assert ("This is a donation" in text_of(shown, "h1")) is english
    assert ("The four conditions" in shown.text_content()) is english
    links = {link.get("hreflang"): link.get("href") for link in shown.cssselect(".menu-list a")}
    assert links == {other: f"/{other}/partnership/" for other in LANGUAGES}


def test_home_and_header_lead_there(client: Client) -> None:
    shown = page(client.get("/fr/"))
    links = [link.get("href") for link in shown.cssselect("header a, main a")]
    assert links.count("/fr/partnership/") == 2
