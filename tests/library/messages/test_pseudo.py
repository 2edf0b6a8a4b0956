"""Pseudo-languages: what an author sees of a course that is translated by nobody."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from library.messages import builders
from library.messages.strategies import message_texts, messy_html, words
from polylect import languages
from polylect.issues import has_errors
from polylect.messages import Kind, Message, check, find_all, html, pseudo
from polylect.messages.message import Mark, split, words_of

both = st.sampled_from(pseudo.PSEUDO_LANGUAGES)
PLAIN = "Click <1>Save</1> to keep <a2>your work</a2>: <math3/> of it, 1,250.5 times?"


def translated(text: str, language: str, kind: Kind = Kind.TEXT) -> str:
    target = pseudo.translate(Message("html", text, kind), language)
    assert target is not None
    assert (target.language, target.made_for) == (language, text)
    return target.text


def test_the_first_is_longer_and_has_accents() -> None:
    assert translated("Who gains something?", "en-XA") == "⟦Ŵĥöö ğååîñš šööṁééţĥîîñğ?~~⟧"


def test_the_second_is_written_from_right_to_left() -> None:
    text = translated("Who gains something?", "ar-XB")
    assert text == "⟦ضهو غاينس سومعتهينغ؟⟧"
    letters = [character for character in text if character.isalpha()]
    assert {unicodedata.bidirectional(letter) for letter in letters} == {"AL"}
    assert languages.direction("ar-XB") == "rtl"


@pytest.mark.parametrize("language", pseudo.PSEUDO_LANGUAGES)
def test_what_is_no_word_stays(language: str) -> None:
    text = translated(PLAIN, language)
    assert [part for part in split(text) if isinstance(part, Mark)] == [
        part for part in split(PLAIN) if isinstance(part, Mark)
    ]
    assert "1,250.5" in text
    kept = ["\\(x^2 + y\\)", "${total}", "$x", "https://example.org/a?b=c", "help@example.org", "15:30", "2019"]
    text = pseudo.words(f"See {' and '.join(kept)} there", language)
    assert [one for one in kept if one not in text] == []
    assert "see" not in text.lower()


def test_a_text_is_a_third_longer() -> None:
    text = "A partnership is an arrangement in which every side gives something, and gets something out of it."
    assert 1.33 < len(pseudo.words(text, "en-XA")) / len(text) < 1.42


def test_other_scripts_have_their_brackets() -> None:
    assert pseudo.words("Кто выигрывает", "en-XA") == "⟦Кто выигрывает~~~~~⟧"
    assert pseudo.words("كُتِب", "ar-XB") == "⟦كُتِب⟧"
    assert unicodedata.bidirectional(pseudo.words("你", "ar-XB")[1]) == "AL"
    assert pseudo.words("Où été", "ar-XB") == pseudo.words("Ou ete", "ar-XB")


def test_no_other_language_is_made_up() -> None:
    message = Message("html", "Hello", Kind.TEXT)
    assert [pseudo.translate(message, language) for language in ("en", "ar", "en-GB", "qps")] == [None] * 4
    assert not pseudo.is_pseudo("en")


@pytest.mark.parametrize("kind", [Kind.ADDRESS, Kind.MEDIA])
def test_addresses_are_right_in_every_language(kind: Kind) -> None:
    assert pseudo.translate(Message("html.href.1", "/static/a.png", kind), "en-XA") is None


def test_a_title_that_says_nothing_says_nothing() -> None:
    assert pseudo.words("", "en-XA") == ""
    assert translated("<img1/>", "en-XA") == "<img1/>"


@given(st.one_of(message_texts, words, st.text()), both)
def test_no_placeholder_is_ever_broken(text: str, language: str) -> None:
    assume(not has_errors(check(text, text)))
    assert not check(text, translated(text, language))


@given(st.one_of(message_texts, words, st.text()), both)
def test_it_is_the_same_each_time_and_in_brackets(text: str, language: str) -> None:
    found = translated(text, language)
    assert found == translated(text, language)
    if words_of(text).strip():
        assert (found[0], found[-1]) == ("⟦", "⟧")


@given(messy_html, both)
def test_a_page_in_it_has_the_tags_of_the_page(page: str, language: str) -> None:
    messages = html.find("html", page)
    targets = {one.role: target for one in messages if (target := pseudo.translate(one, language)) is not None}
    written = html.put_back("html", page, targets, language=language, source_language="en")
    again = [one for one in html.find("html", written) if one.text.startswith("⟦")]
    assert len(again) >= len([one for one in messages if not one.optional and words_of(one.text).strip()])


@pytest.mark.parametrize("language", pseudo.PSEUDO_LANGUAGES)
def test_every_text_of_a_course_has_one(language: str) -> None:
    for _, message in find_all(builders.course()):
        assert message.optional or translated(message.text, language, message.kind).startswith("⟦")
