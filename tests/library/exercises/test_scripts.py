"""What stands in an exercise for a script's variables, and what a script may say."""

from hypothesis import given
from hypothesis import strategies as st

from polylect.exercises.scripts import filled, said_texts


def test_the_longest_name_that_is_one_is_filled_in() -> None:
    assert filled("$a, $ab, $abc, $b", {"a": "1", "ab": "2"}) == "1, 2, 2c, $b"


def test_what_is_filled_in_is_not_read_again() -> None:
    assert filled("$a", {"a": "$b", "b": "2"}) == "$b"


def test_without_variables_every_name_counts_as_one() -> None:
    assert filled("[$low,$high) for 5$", None) == "[1,1) for 5$"


@given(st.text(), st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), st.text()))
def test_a_text_without_dollars_stays(text: str, variables: dict[str, str]) -> None:
    text = text.replace("$", "")
    assert filled(text, variables) == text
    assert filled(text, None) == text


SCRIPT = '''
"""What this script is for."""
import re

def check(expect, ans):
    """Judges an answer."""
    if re.match(r"\\d+ apples", ans):
        return {"ok": True, "msg": " Yes, that many. "}
    if ans == "wrong":
        return {"ok": False, "msg": f"You wrote {ans} here."}
    return {"ok": False, "msg": "Yes, that many."} if ans else "please answer it"
'''


def test_sentences_of_a_script_are_found_once_and_in_order() -> None:
    assert said_texts(SCRIPT) == ("Yes, that many.", "please answer it")


def test_words_and_what_documents_are_no_sentences() -> None:
    assert said_texts("x = 'correct'\n'An explanation of it'\ny = ['a', 'partially-correct', '1 2']") == ()


@given(st.text(st.sampled_from("'\"\\({[def x:\n\0 =é$"), max_size=40))
def test_any_text_is_read(code: str) -> None:
    assert isinstance(said_texts(code), tuple)


def test_a_script_without_end_to_its_depth_says_nothing() -> None:
    assert said_texts("(" * 100_000) == ()
    assert said_texts("-" * 100_000 + "1") == ()
