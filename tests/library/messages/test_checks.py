"""What is looked at in a translation. Cases: tests/cases/messages/checks.txt."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from library.messages.cases import Case, cases
from library.messages.strategies import message_texts
from polylect.issues import IssueKind, Severity
from polylect.messages import Kind, checks, message
from polylect.messages.checks import check, inconsistent
from polylect.messages.message import split

LANGUAGES = ["en", "fr", "es", "ar", "ru", "el", "zh", "ja", "th", "hy", "hi", "tr", "he", "en-XA", "ar-XB", "qps"]
ERRORS = {kind.code for kind in vars(message).values() if isinstance(kind, IssueKind)}
TAKES_AS_IT_IS = {
    "message-identical",
    "message-number-form",
    "message-number-lost",
    "message-number-other",
    "message-end-missing",
    "message-end-added",
    "message-end-other",
    "message-sign-of-other-script",
    "message-opening-sign",
    "message-space-before-sign",
    "message-much-longer",
    "message-much-shorter",
}
"""What another language may say of the source text itself: the rest are faults that a source would have, too."""

languages = st.sampled_from(LANGUAGES)
signs = st.text(st.sampled_from('aбωا漢ท १1٣.,?؟!…: «»“”"()[]\u200b\u200d\u202e\u00a0\ufffc<>/@&;'), max_size=40)
texts = st.one_of(signs, message_texts, st.text())


def codes(source: str, target: str, language: str = "fr", kind: Kind = Kind.TEXT) -> list[str]:
    return [issue.code for issue in check(source, target, kind=kind, source_language="en", language=language)]


def unseen(text: str) -> str:
    """Invisible characters are written as {200B} in the cases."""
    return re.sub(r"\{([0-9A-F]{4})\}", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("case", cases("checks.txt"), ids=str)
def test_a_translation_is_looked_at_as_the_cases_say(case: Case) -> None:
    source_language, language, *kind = case.parts["languages"].split()
    found = check(
        case.parts["source"],
        unseen(case.parts["target"]),
        kind=Kind(kind[0]) if kind else Kind.TEXT,
        source_language=source_language,
        language=language,
    )
    assert [issue.code for issue in found] == case.parts["codes"].splitlines()
    assert all(issue.sentence for issue in found)


def test_there_is_a_case_for_every_code() -> None:
    told = {code for case in cases("checks.txt") for code in case.parts["codes"].splitlines()}
    own = {kind.code for kind in vars(checks).values() if isinstance(kind, IssueKind)}
    assert own - told == {checks.INCONSISTENT.code}


@given(texts, texts, languages, languages, st.sampled_from(Kind))
def test_checking_never_fails(source: str, target: str, before: str, language: str, kind: Kind) -> None:
    found = check(source, target, kind=kind, source_language=before, language=language)
    assert all(issue.sentence for issue in found)
    if any(issue.code not in ERRORS for issue in found):
        errors = [issue.severity is Severity.ERROR for issue in found]
        assert errors == sorted(errors, reverse=True)


@given(texts, languages)
def test_a_text_in_its_own_language_is_right_as_it_is(text: str, language: str) -> None:
    found = check(text, text, source_language=language, language=language)
    assert found == message.check(text, text)


@given(texts, languages, languages)
@example("a\u200b (b  b b", "en", "fr")
def test_what_the_source_does_itself_is_no_fault_of_its_translation(text: str, before: str, language: str) -> None:
    found = check(text, text, source_language=before, language=language)
    assert {issue.code for issue in found} <= TAKES_AS_IT_IS | ERRORS


@pytest.mark.parametrize(
    "unit",
    [
        *("1 ", "1,", "1.5 ", "1 000", "I", "-"),
        *("a", "a a ", "аa", "ا\u064b", "漢", " ", "\u200b", "\u202e"),
        *("(", '"', "…", ".", "«a ", "? "),
        *("https://", "a@b.c ", "< 1 >", "<1>", "&lt;", "\\"),
    ],
)
def test_texts_of_any_length_are_looked_at(unit: str) -> None:
    """Finds what does not end: a square of this length would take a minute."""
    check("2 https://a.example x", unit * 20_000, source_language="en", language="fr")
    check(unit * 20_000, "2 https://a.example x", source_language="en", language="ar")


def test_a_warning_says_what_is_there_and_what_would_be_right() -> None:
    (found,) = check("There are 12,500 books.", "Es gibt 12,500 Bücher.", source_language="en", language="de")
    assert found.sentence == "12,500 is read as another number in this language. Write 12.500."
    (found,) = check("Do they?", "它们会。", source_language="en", language="zh")
    assert found.sentence == "The source ends with “?”, the translation with “。”. Write “？” at the end."


def test_right_numbers_are_shown_in_the_digits_that_are_used() -> None:
    (found,) = check("Es sind 2,5 m.", "यह २,५ m है.", source_language="de", language="hi")
    assert found.params["right"] == "२.५"


def test_another_translation_of_the_same_source_is_named() -> None:
    others = [("Save <1>it</1>", "Enregistrez-<1>le</1>"), ("save it", "enregistrez-le"), ("Other", "Autre")]
    (found,) = inconsistent("Save <2>it</2>", "Sauvegardez-le", others)
    assert found.params["other"] == "Enregistrez-<1>le</1>"
    assert inconsistent("Save it", "Enregistrez-le", others) == ()
    assert inconsistent("Another", "Autrement", others) == ()
    assert inconsistent("Save it", "Sauvegardez-le", []) == ()


def test_of_two_translations_in_use_either_is_right() -> None:
    assert inconsistent("Save", "Sauvegarder", [("Save", "Sauvegarder"), ("Save", "Enregistrer")]) == ()
    (found,) = inconsistent("Save", "Sauver", [("Save", "Sauvegarder"), ("Save", "Enregistrer")])
    assert found.params["other"] == "Sauvegarder"


@given(texts, texts, st.lists(st.tuples(texts, texts)))
def test_comparing_with_other_translations_never_fails(source: str, target: str, others: list[tuple[str, str]]) -> None:
    assert len(inconsistent(source, target, others)) <= 1
    assert inconsistent(source, target, [(source, target)]) == ()


def test_the_notation_stays_a_matter_of_the_notation() -> None:
    assert codes("Type \\<1>", "Tapez \\<1>") == []
    assert [str(part) for part in split("\\<1>")] == ["<1>"]
