"""`polylect translations choose`: what a course decides for a language."""

import json

import pytest

from polylect_web.texts.models import LanguageChoice, TranslationUnit
from web.builders import publish, translate
from web.test_cli import run

pytestmark = pytest.mark.django_db

BRIDGES = "Bridges join people."


def choose(*arguments: str) -> dict[str, object]:
    result = run("translations", "choose", "Test+Bridges", "fr", "--json", *arguments)
    found: dict[str, object] = json.loads(result.output)
    return found


def test_without_an_option_it_says_what_holds_and_changes_nothing() -> None:
    publish()
    result = run("translations", "choose", "Test+Bridges", "fr")
    assert result.exit_code == 0
    assert "Whoever is signed in translates. (As the rule says: until somebody is named.)" in result.output
    assert not LanguageChoice.objects.exists()


def test_what_is_chosen_holds_and_the_rest_stays() -> None:
    translate(publish(), "fr", {BRIDGES: "Les ponts relient les gens."})
    assert choose("--shown", "approved")["changed"] == 1
    assert TranslationUnit.objects.get().shown is None
    said = choose("--who", "team", "--machine")
    assert (said["who"], said["shown"], said["shows_machine"], said["changed"]) == ("team", "approved", True, 0)
    assert choose("--who", "rule")["is_named"] is False
    assert choose()["shown"] == "approved"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Test+Bridges", "x!"], "“x!” is not a language"),
        (["Test+Bridges", "en"], "The course itself is in en"),
        (["Test+Nothing", "fr"], "There is no course “Test+Nothing”"),
        (["Test+Bridges", "fr", "--who", "anybody"], "expected one of: open, team, rule"),
        (["Test+Bridges", "fr", "--shown", "all"], "expected one of: translated, approved"),
    ],
)
def test_what_cannot_be_chosen_is_said_in_a_sentence(arguments: list[str], sentence: str) -> None:
    publish()
    result = run("translations", "choose", *arguments)
    assert result.exit_code == 1
    assert sentence in " ".join(result.output.split())
    assert not LanguageChoice.objects.exists()
