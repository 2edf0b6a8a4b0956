"""Sentences that any language can say."""

import string

import pytest

from polylect import partnership  # noqa: F401  (declares its sentences)
from polylect.sentences import All, AnyOf, Number, declare, declared_kinds

TIME = declare("test-time", "time", context="test")
NOBODY = declare("test-nobody", "Nothing comes from {sides}.")
CHOICE = declare("test-choice", "It takes {things}.")
FRENCH = {"time": "du temps", "Nothing comes from {sides}.": "Rien n’est apporté par {sides}."}


def test_names_and_lists_are_joined_as_the_language_joins_them() -> None:
    sentence = NOBODY.of(sides=All(("le club", "la ville", "l’école")))
    assert sentence.english == "Nothing comes from le club, la ville, and l’école."
    said = sentence.said(lambda kind: FRENCH[kind.text], "fr-CA")
    assert said == "Rien n’est apporté par le club, la ville et l’école."


def test_the_names_of_things_are_translated_too() -> None:
    sentence = CHOICE.of(things=AnyOf((TIME.of(), "des livres")))
    assert sentence.english == "It takes time or des livres."
    assert sentence.said(lambda kind: FRENCH.get(kind.text, kind.text), "fr") == "It takes du temps ou des livres."


def test_one_is_no_list() -> None:
    assert NOBODY.of(sides=All(("the club",))).english == "Nothing comes from the club."


def test_braces_in_a_name_are_only_braces() -> None:
    assert NOBODY.of(sides="{sides} {0} {").english == "Nothing comes from {sides} {0} {."


def test_a_name_that_runs_the_other_way_is_kept_apart() -> None:
    assert NOBODY.of(sides="مكتبة").english == "Nothing comes from \u2068مكتبة\u2069."
    assert "\u2068" not in NOBODY.of(sides="مكتبة").said(lambda kind: kind.text, "ar")


def test_numbers_are_written_as_the_language_writes_them() -> None:
    sentence = NOBODY.of(sides=Number(1234.56, 1))
    assert sentence.english == "Nothing comes from 1,234.6."
    assert sentence.said(lambda kind: "{sides}", "de") == "1.234,6"
    assert NOBODY.of(sides=Number(3.0, 1)).english == "Nothing comes from 3."


def test_a_language_that_nobody_knows_joins_lists_as_english_does() -> None:
    assert NOBODY.of(sides=All(("a", "b"))).said(lambda kind: kind.text, "qqx") == "Nothing comes from a and b."


def test_a_code_stands_for_one_sentence() -> None:
    assert declare("test-time", "time", context="test") is not None
    with pytest.raises(ValueError, match="declared twice"):
        declare("test-time", "hours", context="test")


def test_no_sentence_begins_with_a_name() -> None:
    """A name may be written small: “the library”."""
    for kind in declared_kinds():
        assert not kind.text.startswith("{") or kind.text.startswith("{count} "), kind.code
        assert all(name for _, name, _, _ in string.Formatter().parse(kind.text) if name is not None)
