"""What a machine sees of a message, and what becomes of its answer."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from library.messages.strategies import message_texts, words
from polylect.issues import Severity
from polylect.messages import Kind, check
from polylect.messages.message import Form, Mark, split, without_controls
from polylect.messages.sheltering import restore, shelter

SOURCES = (
    "Click <1>Save</1> to keep <a2>your work</a2>: <math3/> of it is in <code4/>.",
    "A <1>b <2>c</2></1><3/>d <img4/> e",
    "<field1/> meters and <var2/>, or $x at https://example.org/a?b=c&d=e.",
)


def restored(source: str, answer: str, terms: tuple[str, ...] = ()) -> str | None:
    return restore(shelter(source, terms=terms), answer)


def test_a_machine_sees_words_and_elements() -> None:
    sheltered = shelter(SOURCES[0])
    assert sheltered.html == (
        'Click <b id="1">Save</b> to keep <b id="2">your work</b>: <b id="3">X3</b> of it is in <b id="4">X4</b>.'
    )
    assert sheltered.has_words


def test_words_that_look_like_markup_are_words() -> None:
    assert shelter("If a < b & \\<1> > c").html == "If a &lt; b &amp; &lt;1&gt; &gt; c"
    assert shelter("a\x00b\udc80c").html == "abc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write to me@example.org today", 'Write to <b id="t0">me@example.org</b> today'),
        ("See https://example.org/a?b=c&d.", 'See <b id="t0">https://example.org/a?b=c&amp;d</b>.'),
        ("The sum \\(a+b\\) of $n apples", 'The sum <b id="t0">\\(a+b\\)</b> of <b id="t1">$n</b> apples'),
        ("It costs $5 or $$x^2$$", 'It costs $5 or <b id="t0">$$x^2$$</b>'),
        ("All the Wikis of a Wiki", 'All the Wikis of a <b id="t0">Wiki</b>'),
    ],
)
def test_what_is_not_translated_is_put_aside(text: str, shown: str) -> None:
    assert shelter(text, terms=("Wiki", " ")).html == shown


def test_the_longest_term_counts() -> None:
    assert shelter("Open Wiki", terms=("Open", "Open Wiki")).html == '<b id="t0">Open Wiki</b>'


def test_what_stands_around_the_words_never_leaves() -> None:
    sheltered = shelter(" <img1/> <2><a3>Read</a3></2>\n<field4/>")
    assert sheltered.html == "Read"
    assert restore(sheltered, " Lisez\n") == " <img1/> <2><a3>Lisez</a3></2>\n<field4/>"


def test_a_formula_at_the_edge_is_part_of_its_sentence() -> None:
    assert shelter("<math1/> is large").html == '<b id="1">X1</b> is large'


@pytest.mark.parametrize("text", ["", " ", "<img1/>", "42", "<math1/> + <math2/>", "https://example.org", "$x"])
def test_where_there_are_no_words_there_is_nothing_to_ask(text: str) -> None:
    assert not shelter(text).has_words


def test_a_word_of_the_text_stands_for_nothing() -> None:
    assert shelter("X1 is <math1/> and Y1").html == 'X1 is <b id="1">Z1</b> and Y1'


@pytest.mark.parametrize(
    ("source", "answer", "expected"),
    [
        # what stands for itself may come back changed inside
        ("Add <math1/> now", 'Ajoutez <b id="1">Ex un</b> tout de suite', "Ajoutez <math1/> tout de suite"),
        ("Add <math1/> now", 'Ajoutez <b id="1">X1 vite</b>', "Ajoutez <math1/> vite"),
        # or without its tags, where its word shows its place
        ("Add <math1/> now", "Ajoutez X1 maintenant", "Ajoutez <math1/> maintenant"),
        ("Add <math1/> <2>now</2>", 'Ajoutez <b id="2">X1 ici</b>, vite', "Ajoutez <2><math1/> ici</2>, vite"),
        ("Add <math1/> now", "Ajoutez X1 et X1", None),
        ("Add <math1/> now", 'Ajoutez <b id="1">X1</b> et X1', None),
        ("Add <math1/> now", "Ajoutez maintenant", None),
        # doubled
        ("See <img1/> now", 'Voir <b id="1">X1</b> et <b id="1">X1</b>', "Voir <img1/> et"),
        ("Add <math1/> now", 'Ajoutez <b id="1">X1</b> <b id="1">X1</b>', "Ajoutez <math1/>"),
        (
            "It is <a1>our red</a1> house",
            'C’est <b id="1">notre</b> maison <b id="1">rouge</b>',
            "C’est <a1>notre maison rouge</a1>",
        ),
        ("Add <math1/> now", 'Ajoutez <b id="1">X1</b> et <b id="1">X1</b>', None),
        ("At www.a.example now", 'En <b id="t0">Www</b>.<b id="t0">un</b>.<b id="t0">x</b>', "En www.a.example"),
        ("At www.a.example now", 'En <b id="t0">Www</b> et <b id="t0">un</b>', None),
        # lost, or open at the end
        ("It is <a1>our</a1> house", "C’est notre maison", None),
        ("It is <a1>our</a1> house", 'C’est <b id="1">notre maison', None),
        ("It is <a1>our</a1> house", 'C’est notre <b id="1"></b> maison', None),
        ("It is <1>our</1> house", 'C’est notre <b id="1"></b>maison', "C’est notre maison"),
        ("It is <1>our</1> house", 'C’est <b id="1">notre maison', "C’est notre maison"),
        # made up by the machine
        ("It is <1>our</1> house", '<p>C’est <i>à</i> <b id="1">nous</b></b><b id="7">!</b>', "C’est à <1>nous</1>!"),
        ("It is so", "C’est <script>x()</script><1> ainsi<!-- x -->", "C’est \\<1> ainsi"),
        ("It is so", "C’est\nainsi\x00", "C’est ainsi"),
        ("It is  so", "C’est  ainsi", "C’est  ainsi"),
        ("It is so", "C’est  ainsi", "C’est ainsi"),
        ("It is, so.", "C’est , ainsi .", "C’est, ainsi."),
        ("Say <1>so</1>.", 'Dis <b id="1">.com , net</b> .', "Dis <1>.com, net</1>."),
        ("It is so", " &nbsp; ", None),
        ("Open it", "Abra &lt;b&gt;", "Abra <b>"),
        ("Open it", "<b>" * 10000, None),
        ("Open it", "Ouvre" + "<b>" * 10000, None),
    ],
)
def test_an_answer_is_mended_or_given_up(source: str, answer: str, expected: str | None) -> None:
    assert restored(source, answer) == expected


def test_a_term_comes_back_as_it_was() -> None:
    assert (
        restored("Big Red is a house", '<b id="t0">Rojo Grande</b> es una casa', ("Big Red",)) == "Big Red es una casa"
    )
    assert restored("Big Red is a house", "Una casa", ("Big Red",)) is None
    assert restored("Wikis of a Wiki", 'Bikis de un <b id="t0">Wiki</b>', ("Wiki",)) == "Bikis de un Wiki"
    assert restored("Wiki, a Wiki", 'Wiki, un <b id="t1">Wiki</b>', ("Wiki",)) == "Wiki, un Wiki"


def test_a_machine_never_suggests_an_address() -> None:
    assert restore(shelter("https://example.org/"), "https://example.org/", kind=Kind.ADDRESS) is None


@given(st.one_of(message_texts.map(without_controls), st.sampled_from(SOURCES)), st.lists(words, max_size=3))
def test_what_a_machine_leaves_alone_is_as_it_was(text: str, terms: list[str]) -> None:
    begun = [part.number for part in split(text) if isinstance(part, Mark) and part.form is not Form.CLOSE]
    assume(len(begun) == len(set(begun)))  # as in every message that was found in a course
    assume(not any(issue.severity is Severity.ERROR for issue in check(text, text)))
    sheltered = shelter(text, terms=terms)
    found = restore(sheltered, sheltered.html)
    assert found is not None or not sheltered.has_words
    if found is not None:
        assert split(found) == split(text)


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, tuple[str, ...], str]:
    """A text, terms, and what is left of it after a machine took pieces out, doubled, moved and added some."""
    source = draw(st.one_of(message_texts, st.sampled_from(SOURCES)))
    terms = tuple(draw(st.lists(st.sampled_from(["Save", "work", "b", "meters"]), max_size=2)))
    pieces = re.findall(r"<[^>]*>|[^<\s]+|\s+|<", shelter(source, terms=terms).html)
    made_up = st.sampled_from(
        ["</b>", '<b id="1">', '<b id="t1">', "<br>", "X3", "<", "&lt;2/>", "\\", "\n", '<b id="2']
    )
    kept = draw(st.lists(st.one_of(st.sampled_from(pieces or [""]), made_up, words), max_size=30))
    return source, terms, "".join(draw(st.sampled_from([kept, draw(st.permutations(pieces)), pieces + kept])))


@given(mangled())
def test_whatever_a_machine_does_what_is_suggested_has_no_error(given: tuple[str, tuple[str, ...], str]) -> None:
    source, terms, answer = given
    found = restore(shelter(source, terms=terms), answer)
    if found is not None:
        assert not [issue for issue in check(source, found) if issue.severity is Severity.ERROR]
        assert all(
            term in found
            for term in terms
            if re.search(rf"(?<!\w){term}(?!\w)", "".join(part for part in split(source) if isinstance(part, str)))
        )
