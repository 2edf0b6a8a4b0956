"""The language of an address, and that of the interface."""

import pytest
from django.test import Client

from polylect_web.accounts.models import Person, PersonLanguage

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Person:
    """Somebody who reads Swahili best, then Spanish."""
    person = Person.objects.create(username="reader")
    PersonLanguage.objects.create(person=person, language="sw", position=0)
    PersonLanguage.objects.create(person=person, language="es", position=1)
    return person


def html_element(client: Client, path: str, **headers: str) -> str:
    page = client.get(path, headers=headers).content.decode()
    return page[page.index("<html") : page.index(">", page.index("<html")) + 1]


@pytest.mark.parametrize(
    ("spelled", "canonical"), [("EN", "en"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("iw", "he")]
)
def test_another_spelling_of_a_language_leads_to_the_canonical_one(
    client: Client, spelled: str, canonical: str
) -> None:
    answer = client.get(f"/{spelled}/sign-in/?next=/x")
    assert (answer.status_code, answer["Location"]) == (301, f"/{canonical}/sign-in/?next=/x")


@pytest.mark.parametrize("path", ["/english/sign-in/", "/e/sign-in/", "/..//sign-in/", "/en-/sign-in/"])
def test_what_is_no_language_is_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_anyone_may_read_in_any_language(client: Client) -> None:
    assert client.get("/tlh/sign-in/").status_code == 200


@pytest.mark.parametrize(
    ("path", "accepted", "interface"),
    [
        ("/fr/sign-in/", "es", '<html lang="fr" dir="ltr">'),
        ("/fr-CA/sign-in/", "es", '<html lang="fr" dir="ltr">'),
        ("/ar-EG/sign-in/", "es", '<html lang="ar" dir="rtl">'),
        ("/sw/sign-in/", "de, es;q=0.5", '<html lang="es" dir="ltr">'),
        ("/sw/sign-in/", "de, *;q=0.5", '<html lang="en" dir="ltr">'),
        ("/sw/sign-in/", "", '<html lang="en" dir="ltr">'),
    ],
)
def test_the_interface_speaks_the_first_language_it_has(
    client: Client, path: str, accepted: str, interface: str
) -> None:
    assert html_element(client, path, accept_language=accepted) == interface


def test_a_persons_own_languages_come_before_the_browsers(client: Client, reader: Person) -> None:
    client.force_login(reader)
    assert html_element(client, "/de/account/", accept_language="fr") == '<html lang="es" dir="ltr">'


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("fr-CA, en", "/fr/"), ("pt-BR", "/pt-BR/"), ("en-US", "/en/"), ("", "/en/"), ("x y;;q", "/en/")],
)
def test_the_bare_address_leads_to_the_language_of_the_browser(client: Client, accepted: str, home: str) -> None:
    answer = client.get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_the_bare_address_leads_people_to_their_own_language(client: Client, reader: Person) -> None:
    client.force_login(reader)
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/sw/"


def test_an_address_without_a_language_gets_one(client: Client) -> None:
    answer = client.get("/sign-in?next=/x", headers={"accept-language": "ar"})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/sign-in/?next=/x")


def test_a_post_is_never_sent_on(client: Client) -> None:
    assert client.post("/sign-in/").status_code == 404


def test_a_shared_link_changes_nobodys_preference(client: Client, reader: Person) -> None:
    client.force_login(reader)
    client.get("/fr/sign-in/")
    assert client.get("/")["Location"] == "/sw/"
    assert reader.reading_languages() == ["sw", "es"]
