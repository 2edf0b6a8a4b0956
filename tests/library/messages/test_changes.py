"""What changed between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.messages.changes import Fate, changes
from polylect.messages.words import tokens


def told(before: str, after: str, language: str = "") -> str:
    marks = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "[+{}+]"}
    return "".join(marks[span.fate].format(span.text) for span in changes(before, after, language))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It joins two sides.", "It joins two sides.", "It joins two sides."),
        ("It joins two sides.", "It joins the two sides.", "It joins [+the +]two sides."),
        ("It joins two sides.", "It joins sides.", "It joins [-two -]sides."),
        ("One two three four.", "One zwei drei four.", "One [-two three-][+zwei drei+] four."),
        ("", "New.", "[+New.+]"),
        ("Click <1>Save</1>.", "Click Save.", "Click [-<1>-]Save[-</1>-]."),
        ("Pay 1,500 now.", "Pay 1,600 now.", "Pay [-1,500-][+1,600+] now."),
        ("नमस्ते दुनिया", "नमस्ते भारत", "नमस्ते [-दुनिया-][+भारत+]"),
        ("مرحبا بالعالم", "مرحبا يا عالم", "مرحبا [-بالعالم-][+يا عالم+]"),
        ("한국어 문장", "한국어 단어", "한국어 [-문장-][+단어+]"),
    ],
)
def test_the_words_that_changed_are_marked(before: str, after: str, expected: str) -> None:
    assert told(before, after) == expected


def test_a_script_without_spaces_is_not_one_long_word() -> None:
    assert told("今天我们学习合作。", "今天他们学习合作。", "zh").startswith("今天")
    assert told("今天我们学习合作。", "今天他们学习合作。", "zh").endswith("合作。")
    assert told("ความร่วมมือคืออะไร", "ความร่วมมือนั้นคืออะไร", "th").endswith("อะไร")


texts = st.lists(st.sampled_from(["one", "two", " ", "\n", "<1>", "</1>", ".", "伙伴", "ร่วม", "é", "3,5"]), max_size=12)
any_text = st.one_of(texts.map("".join), st.text(max_size=20))


@given(any_text, any_text, st.sampled_from(["", "zh", "th", "en"]))
def test_both_texts_can_be_read_off(before: str, after: str, language: str) -> None:
    spans = changes(before, after, language)
    assert "".join(span.text for span in spans if span.fate is not Fate.ADDED) == before
    assert "".join(span.text for span in spans if span.fate is not Fate.REMOVED) == after
    assert all(span.text for span in spans)
    assert all(one.fate is not other.fate for one, other in pairwise(spans))


@given(any_text)
def test_words_put_together_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert changes(text, text) == changes(text, text)[:1]


def test_what_is_too_long_to_compare_is_one_change() -> None:
    before, after = "a " * 5000 + "end", "b " * 5000 + "end"
    assert [span.fate for span in changes(before, after)] == [Fate.REMOVED, Fate.ADDED, Fate.KEPT]
