"""The library's sentences in the languages of the interface."""

import pytest
from django.conf import settings
from django.utils import translation

from polylect.partnership import english, explained, judge, nearest, nearest_sentences, parse
from polylect.sentences import All, Sentence, declare, declared_kinds
from polylect_web.foundation import saying

GREETING = declare("test-say-greeting", "Hello {names}.")
GIFT = {
    "sides": [
        {"name": "la bibliothèque", "kind": "organization", "invests": ["venue", "time"], "gains": "thanks"},
        {"name": "le club", "kind": "group", "invests": ["money"], "gains": ["recruits"]},
    ],
    "overlap": "shared",
}


@pytest.fixture
def sentences() -> tuple[Sentence, ...]:
    arrangement, issues = parse(GIFT)
    assert issues == []
    return (*explained(judge(arrangement)), *nearest_sentences(nearest(arrangement)))


def test_an_explanation_is_said_in_the_language_of_the_interface(sentences: tuple[Sentence, ...]) -> None:
    with translation.override("fr"):
        said = saying.said_together(sentences)
    assert "C’est un soutien à sens unique" in said
    assert "Apporté par la bibliothèque\u00a0: un lieu de rencontre et du temps." in said
    with translation.override("en"):
        assert saying.said_together(sentences) == english(sentences)


def test_names_that_run_the_other_way_are_kept_apart(sentences: tuple[Sentence, ...]) -> None:
    with translation.override("ar"):
        assert "\u2068la bibliothèque\u2069: مكان للقاء والوقت." in saying.said_together(sentences)


def test_a_translation_that_names_unknown_things_gives_way_to_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saying, "gettext", lambda text: "Bonjour {noms}.")
    assert saying.said(GREETING.of(names=All(("Amina", "Ben")))) == "Hello Amina and Ben."


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_every_sentence_has_words_of_its_own_in_every_language(language: str) -> None:
    """Two kinds that differ in English differ in every language: nothing that tells them apart is lost."""
    with translation.override(language):
        said: dict[tuple[str, str], set[str]] = {}
        for kind in declared_kinds():
            if not kind.code.startswith("test-"):
                said.setdefault((kind.context, saying._text(kind)), set()).add(kind.text)
    assert [texts for texts in said.values() if len(texts) > 1] == []
