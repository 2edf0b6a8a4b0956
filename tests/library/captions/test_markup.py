"""The text of a cue: a tree by the standard's rules, what a person reads of it, and the way back."""

import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.captions.text_cases import Case, cases
from polylect.captions import markup, plain
from polylect.captions.track import Cue


def _shown(nodes: Sequence[markup.Node], indent: str = "") -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield indent + json.dumps(node)
        elif isinstance(node, markup.Moment):
            yield f"{indent}{node.time_ms}"
        else:
            annotation = f" {node.annotation!r}" if node.annotation else ""
            yield f"{indent}{'.'.join([node.kind.value, *node.classes])}{annotation}"
            yield from _shown(node.children, indent + "  ")


@pytest.mark.parametrize("case", cases("cue-text.txt"))
def test_a_payload_has_the_tree_of_its_case(case: Case) -> None:
    payload = case.text("payload")
    assert list(_shown(markup.parse(payload))) == case.lines("tree")
    assert plain.readable(payload) == json.loads(case.text("readable"))


@pytest.mark.parametrize("case", cases("cue-text.txt"))
def test_a_tree_comes_back_from_the_payload_it_is_written_to(case: Case) -> None:
    tree = markup.parse(case.text("payload"))
    written = markup.write(tree)
    assert markup.parse(written) == tree
    assert markup.flaws(written) == ()


def test_endless_nesting_is_no_reason_to_fail() -> None:
    payload = "<b>" * 50_000 + "a" + "<i>" * 50_000
    assert plain.readable(payload) == "a"
    assert markup.parse(markup.write(markup.parse(payload))) == markup.parse(payload)


@given(st.text(alphabet="<>/&;-.\n av1:0lrtbycg#") | st.text())
def test_any_text_has_a_tree_that_can_be_written(payload: str) -> None:
    tree = markup.parse(payload)
    assert markup.parse(markup.write(tree)) == tree
    assert "-->" not in markup.write(tree)


@given(st.text(alphabet="<>/&;- {}\\anbi#1") | st.text())
def test_plain_text_comes_back_from_its_payload(text: str) -> None:
    kept = "\n".join(line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line)
    assert plain.readable(plain.escaped(text)) == kept.replace("\0", "\ufffd")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("<v Ada Lovelace>Hello", "Ada Lovelace"),
        ("Hello <v.loud Bob>you</v>", "Bob"),
        ("<v Ada>Hi.</v>\n<v Bob>Hi!</v>", "Ada"),
        ("<b>nobody</b>", ""),
        ("", ""),
    ],
)
def test_the_speaker_is_the_first_voice(text: str, speaker: str) -> None:
    assert plain.speaker(Cue(0, 1, text)) == speaker


def test_voices_say_who_says_what() -> None:
    payload = "Well. <v Ada>Is <i>it</i>?</v>\n<v Bob>Yes &amp; no.</v>"
    text = plain.readable(payload)
    said = [(text[start:end], name) for start, end, name in plain.voices(payload)]
    assert said == [("Well. ", ""), ("Is it?", "Ada"), ("\n", ""), ("Yes & no.", "Bob")]


@pytest.mark.parametrize(
    ("loose", "payload", "readable"),
    [
        ("I <3 you & AT&T", "I &lt;3 you &amp; AT&amp;T", "I <3 you & AT&T"),
        ("<i>it&#39;s</i>", "<i>it&#39;s</i>", "it's"),
        ('<font color="red">red</font>', '<font color="red">red</font>', "red"),
        (r"{\an8}above", r"<{\an8}>above", "above"),
        ("a --> b", "a --&gt; b", "a --> b"),
        ("2 < 3 > 1", "2 &lt; 3 > 1", "2 < 3 > 1"),
    ],
)
def test_loose_text_becomes_a_payload_and_back(loose: str, payload: str, readable: str) -> None:
    assert plain.from_loose(loose) == payload
    assert plain.readable(payload) == readable
    assert plain.to_loose(payload) == loose


def test_webvtt_markup_is_left_out_of_loose_text() -> None:
    payload = "<v Ada><c.red>Rock &amp; <b>roll</b></c> <00:01.000>1 &lt; 2&nbsp;</v>"
    assert plain.to_loose(payload) == "Rock & <b>roll</b> 1 < 2\u00a0"


@pytest.mark.parametrize(
    ("payload", "loose"),
    [
        ("&lt;b.&lt;b.&gt;", "&#60;b.&#60;b.>"),
        ("&lt;b &lt;", "<b <"),  # no tag: nothing ends it
        (r"{\a{\b}", r"&#123;\a&#123;\b}"),
        ("&lt;b <v Ada>&gt;", "&#60;b >"),
        ("&lt;<v Ada>b&gt;", "&#60;b>"),
        ("&amp;<v Ada>lt;", "&#38;lt;"),
        ("&lt;b &#60; &gt;", "&#60;b &#60; >"),
        (r"&lt;b <{\an8}>&gt;", r"&#60;b {\an8}>"),
    ],
)
def test_what_is_no_markup_does_not_become_some(payload: str, loose: str) -> None:
    assert plain.to_loose(payload) == loose
    assert plain.readable(plain.from_loose(loose)) == plain.readable(payload)


@given(
    st.lists(st.sampled_from(["&lt;", "&gt;", "<v A>", "<i>", "</i>", "b", ".", "&#60;", "&amp;", "lt;", "{\\", "}"]))
)
def test_any_payload_reads_the_same_through_loose_text(pieces: list[str]) -> None:
    payload = "".join(pieces)
    assert plain.readable(plain.from_loose(plain.to_loose(payload))) == plain.readable(payload)


@given(st.text(alphabet="<>/&;- {}\\anbi#1lt") | st.text())
def test_text_that_looks_like_markup_reads_the_same_through_loose_text(text: str) -> None:
    payload = plain.escaped(text)
    assert plain.readable(plain.from_loose(plain.to_loose(payload))) == plain.readable(payload)


@given(st.text(alphabet="<>/&;- {}\\anbi#1lt") | st.text())
def test_loose_text_is_written_back_to_what_reads_the_same(text: str) -> None:
    payload = plain.from_loose(text)
    assert plain.readable(plain.from_loose(plain.to_loose(payload))) == plain.readable(payload)
