"""The notation of messages: placeholders, and characters that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.messages.strategies import message_texts, words
from polylect.messages import Kind, check
from polylect.messages.message import Form, Mark, escape, is_safe_address, join, split, words_of

marks = st.builds(Mark, st.integers(0, 9999), st.sampled_from(Form), st.sampled_from(["", "a", "img", "math"]))


@given(st.lists(st.one_of(words, st.text(), marks)))
def test_what_is_joined_is_taken_apart_again(parts: list[str | Mark]) -> None:
    together: list[str | Mark] = []
    for part in parts:
        if isinstance(part, str) and together and isinstance(together[-1], str):
            together[-1] += part
        elif part != "":
            together.append(part)
    assert list(split(join(parts))) == together


@given(message_texts)
def test_any_text_is_a_text_of_the_notation(text: str) -> None:
    assert split(join(split(text))) == split(text)


@given(st.one_of(words, message_texts, st.text()))
def test_escaped_words_are_words(text: str) -> None:
    assert words_of(escape(text)) == text
    assert not any(isinstance(part, Mark) for part in split(escape(text)))


@given(message_texts, message_texts)
def test_checking_never_fails(source: str, target: str) -> None:
    assert all(issue.sentence for issue in check(source, target))


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("Click <1>Save</1>", "Cliquez <1>ici</1>", []),
        ("Click <1>Save</1>", "Cliquez", ["message-emphasis-lost"]),
        ("One<1/>two", "Un deux", ["message-emphasis-lost"]),
        ("<a1>Read</a1> it", "Lisez", ["message-placeholder-lost"]),
        ("<a1>Read</a1> it", "<a1>Lisez</a1> <a1>ceci</a1>", ["message-placeholder-twice"]),
        ("Add <var1/>", "Ajoutez <var1/> et <var1/>", []),
        ("Add <math1/>", "Ajoutez", ["message-placeholder-lost"]),
        ("Add <img1/>", "<img1/> + <img1/>", ["message-placeholder-twice"]),
        ("One <1>two</1>", "Un <2>deux</2>", ["message-placeholder-unknown"] * 2 + ["message-emphasis-lost"]),
        ("One <a1>two</a1>", "Un <1>deux</1>", ["message-placeholder-unknown"] * 2),
        ("One <1>two</1>", "Un <1>deux", ["message-placeholder-unpaired"]),
        ("One <1>two</1>", "Un <1/>deux", ["message-placeholder-unpaired"]),
        ("A <1>b <2>c</2></1>", "A <1>b <2>c</1></2>", ["message-placeholder-unpaired"] * 2),
        ("A <1>b <2>c</2></1>", "A <2>c <1>b</1></2>", []),
        ("Type \\<1>", "Tapez \\<1>", []),
        ("Type \\<1>", "Tapez <1>", ["message-placeholder-unknown"]),
        ("Text", " \n", ["message-blank"]),
        ("Text", "<1>", ["message-blank"]),
    ],
)
def test_a_translator_is_told_what_is_wrong(source: str, target: str, codes: list[str]) -> None:
    assert [issue.code for issue in check(source, target)] == codes


@pytest.mark.parametrize(
    ("kind", "source", "target", "is_right"),
    [
        (Kind.ADDRESS, "/a", "https://fr.wikipedia.org/", True),
        (Kind.ADDRESS, "/a", "mailto:a@b.example", True),
        (Kind.ADDRESS, "/a", "JavaScript:alert(1)", False),
        (Kind.ADDRESS, "/a", "java\tscript:alert(1)", False),
        (Kind.ADDRESS, "/a", "data:text/html,x", False),
        (Kind.MEDIA, "/a.png", "/static/b.png", True),
        (Kind.MEDIA, "/a.png", "https://elsewhere.example/b.png", False),
        (Kind.MEDIA, "/a.png", "//elsewhere.example/b.png", False),
        (Kind.MEDIA, "/a.png", "\\\\elsewhere.example\\b.png", False),
        (Kind.MEDIA, "https://a.example/x", "https://A.example/y", True),
    ],
)
def test_an_address_is_one_that_a_page_may_use(kind: Kind, source: str, target: str, is_right: bool) -> None:
    assert (not check(source, target, kind=kind)) == is_right


@given(st.text())
def test_no_address_that_runs_a_script_is_safe(text: str) -> None:
    assert not is_safe_address(f"javascript:{text}")
